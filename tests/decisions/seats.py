"""A seat on a panel that is offered, and taken."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import acts


def offered(decision: UUID, by: Actor, to: Actor, **more: bool) -> models.Seat:
    do(commands.OfferVote(decision=decision, person=to.person, **more), by=by)
    seat: models.Seat = acts.latest(models.Seat, decision)
    return seat


def sits(decision: UUID, who: Actor) -> bool:
    return models.Decider.everything.filter(decision=decision, person=who.person, until_at=None).exists()
