"""A protocol of promises that a body adopted."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import AdoptProtocol
from alongside.topics.promises.models import Promise
from tests.world import Cast


def adopted(cast: Cast, *, by: Actor | None = None) -> UUID:
    adopt = AdoptProtocol(organisation=cast.council, to_body=cast.ulo, group_size=60, due_on=date(2026, 6, 1))
    return do(adopt, by=by or cast.june).thing


def line(protocol: UUID, code: str) -> Promise:
    found: Promise = Promise.everything.get(protocol=protocol, line=code)
    return found
