"""Somebody is asked to speak for another, and the other says no to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.kernel.door import do
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import LinkKind
from tests.world import BUILDER, Cast, named


def dispute(cast: Cast, link: UUID) -> None:
    do(DisputeSpeaker(link=link, words="He keeps it."), by=cast.lena)


def asked_to_speak(cast: Cast, **more: Any) -> UUID:
    """Lena was pressed to name Victor as the one who says what she wants."""
    link = named("lena victor spokesperson")
    speaker = Relate(
        link=link, person=cast.lena.person, other=cast.victor.person, kind=LinkKind.SPOKESPERSON, **more
    )
    do(speaker, by=BUILDER)
    do(AgreeToLink(link=link, shows=True), by=cast.lena)
    return link
