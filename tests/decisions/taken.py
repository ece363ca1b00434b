"""Words of a view that are taken from sight."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import acts


def taken(decision: UUID, by: Actor, view: UUID) -> models.Taken:
    take = commands.TakeFromSight(
        decision=decision, what=f"view:{view}", reason="names_somebody", words="Jo did not agree to it."
    )
    do(take, by=by)
    found: models.Taken = acts.latest(models.Taken, decision)
    return found
