"""Changes that people drawn by lot judge: for the tests of this room."""

from uuid import UUID

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.models import Link, LinkKind
from tests.decisions import acts, changing
from tests.decisions.groups import many
from tests.world import Cast

MANY = 151


@pytest.fixture
def change(cast: Cast) -> models.Change:
    return changing.proposed(cast, changing.hall(cast, size=200))


def group_of(change: models.Change) -> UUID:
    found: UUID = acts.latest(models.Affected, change.decision).id
    return found


def listed(cast: Cast, change: models.Change, *people: UUID | None) -> None:
    """The list of those it affects, made after the decision: for those who judge what comes of it."""
    part = {"decision": change.decision, "group": group_of(change)}
    do(commands.ListPeople(**part, people=list(people)), by=cast.june)
    do(commands.CloseList(**part), by=cast.june)


def tied(cast: Cast, change: models.Change) -> None:
    """More than are asked by name, all who draw on East."""
    many(cast, MANY)
    part = {"decision": change.decision, "group": group_of(change)}
    do(commands.TieToBody(**part, body=cast.council, team=cast.east), by=cast.june)
    do_what_is_due(Work())


def asks(cast: Cast, change: models.Change, by: Actor | None = None) -> None:
    ask = commands.AskGroupToJudge(decision=change.decision, change=change.id, group=group_of(change))
    do(ask, by=by or cast.june)
    do_what_is_due(Work())


def lot_for(change: models.Change) -> models.Lot:
    lots = models.Lot.everything.filter(of_change=change.id, change_round=change.round)
    found: models.Lot = lots.order_by("-made_by")[0]
    return found


def those(change: models.Change, *, are_drawn: bool) -> list[Actor]:
    """Who was drawn to judge it, or was not: none who works for a body."""
    numbers = set(lot_for(change).drawn)
    rows = models.Listed.everything.filter(group=group_of(change)).order_by("number")
    staff = set(Link.everything.exclude(kind=LinkKind.DRAWS_ON_SUPPORT).values_list("person", flat=True))
    return [
        Actor(person=row.person)
        for row in rows
        if (row.number in numbers) == are_drawn and row.person not in staff
    ]
