"""A matter about a place and what people think of it: for the tests of this room."""

from typing import Any
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.world import Cast


def hall(cast: Cast, what: str = "Close the hall on Mondays", change: str = "cut") -> UUID:
    return do(
        commands.RaiseAboutPlace(organisation=cast.council, what=what, change=change), by=cast.june
    ).thing


def place_view(decision: UUID, by: Actor, position: str = "for", **more: Any) -> models.View:
    do(commands.GiveViewOnPlace(decision=decision, position=position, **more), by=by)
    found: models.View = models.View.everything.get(decision=decision, said_by=by.person, is_current=True)
    return found


def told() -> list[str]:
    """Whom a message was written for, in order."""
    return [str(row.payload.get("person")) for row in Outbox.objects.order_by("made_at", "id")]
