"""Short ways to bring a change to a service through its gates, through the door."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.world import Cast

EVERYONE = 40


def hall(cast: Cast, *, change: str = "start", size: int = EVERYONE) -> UUID:
    """A decision about a place, made with those it affects."""
    what = "Open the hall on Sundays"
    raised = do(commands.RaiseAboutPlace(organisation=cast.council, what=what, change=change), by=cast.june)
    decision: UUID = raised.thing
    do(commands.SayWhichPeople(decision=decision, group="Everyone in East", size=size), by=cast.june)
    reason = {"without_them": "It is a trial.", "review_on": clock.today() + timedelta(days=92)}
    decided = commands.DecideForPlace(decision=decision, outcome="agreed", reasons="Asked for.", **reason)
    do(decided, by=cast.june)
    return decision


def proposed(cast: Cast, decision: UUID, kind: str = "service", **more: Any) -> models.Change:
    values = {"name": "Sundays", "plan": "Open from 10 to 4 every Sunday.", "run_by": cast.provider} | more
    do(commands.ProposeChange(decision=decision, kind=kind, **values), by=cast.june)
    found: models.Change = models.Change.everything.filter(decision=decision).order_by("-number")[0]
    return found


def asked(cast: Cast, change: models.Change, **more: Any) -> None:
    part = {"decision": change.decision, "change": change.id, "reached": min(30, change.size), **more}
    do(commands.AskToJudge(**part), by=cast.june)


def judges(
    change: models.Change, by: Actor, judged: str = "for", standing: str = "uses", **more: Any
) -> None:
    judge = commands.JudgeChange(
        decision=change.decision, change=change.id, judged=judged, standing=standing, **more
    )
    do(judge, by=by)


def all_judge(cast: Cast, change: models.Change, judged: str = "for") -> None:
    """Five who are affected, and none of whom works there."""
    for by in (cast.rosa, cast.devon, cast.lena, cast.victor, cast.stranger):
        judges(change, by, judged)


def started(cast: Cast, change: models.Change, **more: Any) -> models.Change:
    do(commands.StartChange(decision=change.decision, change=change.id, **more), by=cast.june)
    return again(change)


def again(change: models.Change) -> models.Change:
    found: models.Change = models.Change.everything.get(id=change.id)
    return found


def running(cast: Cast, **more: Any) -> models.Change:
    """A change that came through gate one."""
    change = proposed(cast, hall(cast), **more)
    asked(cast, change)
    all_judge(cast, change)
    clock.advance(days=29)
    return started(cast, change)
