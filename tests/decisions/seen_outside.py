"""Legal reasons that somebody outside the line looks at: for the tests of this room."""

from typing import Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import GroundAsked
from tests.decisions import acts
from tests.world import Cast


def matter(cast: Cast, by: Actor | None = None, change: str = "move") -> UUID:
    return acts.raised(by or cast.ken, cast.lena, "Move Lena to a home", change)


def ground(decision: UUID, by: Actor, code: str = "best_interests", **more: Any) -> models.Ground:
    found = acts.ground(decision, by, code, **more)
    acts.safeguard(decision, by, "involved_anyway", "least_restrictive")
    return found


def again(decision: UUID, row: models.Ground, by: Actor, **more: str) -> None:
    """It is written down anew."""
    evidence = acts.evidence(row.code, **more)
    do(commands.RenewGround(decision=decision, ground=row.id, evidence=evidence), by=by)


def asked(row: models.Ground) -> set[UUID]:
    rows = GroundAsked.everything.filter(ground=row.id, closed_at=None)
    return set(rows.values_list("person", flat=True))


def what_is_due() -> None:
    for command in list(commands.due(clock.now())):
        do(command, by=THE_CLOCK)


def state(decision: UUID) -> str:
    return str(models.Decision.everything.get(id=decision).state)
