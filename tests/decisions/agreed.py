"""Something small that somebody agreed to, as a worker types it."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from tests.world import Cast


def typed(cast: Cast, what: str = "Come at eight, not at nine", about: Actor | None = None) -> UUID:
    """A small thing that Priya says Rosa agreed, or another."""
    person = (about or cast.rosa).person
    assert person is not None
    small = commands.AgreeEveryday(
        person=person, what=what, change="swap", words="Yes, please.", channel="phone"
    )
    return do(small, by=cast.priya).thing
