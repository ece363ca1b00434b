"""How a matter begins: what every way of raising one settles first, and the rows that it writes."""

from typing import Any
from uuid import UUID

from alongside.kernel import rules
from alongside.kernel.command import At, Recorded
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Stake, State
from alongside.topics.decisions.policy import ANOTHER_WORKER
from alongside.topics.people.models import Person
from alongside.topics.people.policy import managers_of_team, team_of, workers_of, works_with


def opened(command: Any, entry: Recorded, **values: Any) -> None:
    """Add the row of a decision that was just raised."""
    first = {
        "person": None,
        "is_own": False,
        "size": "weighty",
        "state": State.OPEN,
        "raised_by": entry.by,
        "raised_at": entry.at,
        "answer_by": None,
        "shape": 0,
        "change_shape": 0,
        "decided_at": None,
        "decided_by": None,
        "outcome": "",
        "option": None,
        "reasons": None,
        "undo_days": None,
        "undo_until": None,
        "help_started_at": None,
        "involve_by": None,
        "is_without_them": False,
        "review_on": None,
        "why": None,
        "from_promise": getattr(command, "from_promise", None),
    }
    models.Decision.begin(
        entry,
        id=command.decision,
        title=command.what,
        change_code=command.change,
        takes_away=command.takes_away,
        may_be_unanswered=command.may_be_unanswered,
        rules_version=command.rules_version,
        **{**first, **values},
    )
    if command.decider is not None:
        models.Decider.begin(
            entry,
            id=command.decider_row,
            decision=command.decision,
            person=command.decider,
            since_at=entry.at,
            until_at=None,
        )


def the_one_it_is_about(command: Any, entry: Recorded) -> None:
    """Whose life it is, is affected from the first moment, and the decision waits for them."""
    models.Affected.begin(
        entry,
        id=command.affected,
        decision=command.decision,
        person=command.person,
        stake=Stake.LIFE,
        waits=True,
        is_child=bool(command.is_child),
        group=None,
        size=None,
        named_by=entry.by,
        ended_at=None,
    )


def settled_change(change: str, at: At) -> dict[str, Any]:
    """What the rules of today say of this kind of change, kept with the decision."""
    pack = rules.here(at.date())
    item = pack.item("decision.changes", change)
    return {
        "takes_away": bool(item["taking_away"]),
        "may_be_unanswered": bool(item["may_be_unanswered"]),
        "rules_version": pack.version,
    }


def settled_person(person: UUID, at: At, change: str = "") -> dict[str, Any]:
    """Who decides about this person: the one who raises it, if it is their work; else the named worker.

    Whether somebody gets another worker is never for the worker: it is for whoever manages their team.
    """
    by = at.by.person
    is_theirs = by is not None and by != person and works_with(Actor(person=by), person, at.moment)
    workers = workers_of(person, at.moment)
    row = Person.everything.filter(pk=person).first()
    if change == ANOTHER_WORKER:
        is_theirs = is_theirs and by not in workers
        workers = managers_of_team(team_of(person, at.moment), at.moment)
    decider = by if is_theirs else next((one for one in workers if one != person), None)
    held_by = row.held_by if row else None
    return {"decider": decider, "is_child": bool(row and row.is_child), "organisation": held_by}
