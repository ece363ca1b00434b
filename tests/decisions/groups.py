"""Matters that concern a group: for the tests of this room."""

from uuid import UUID

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.persons import AddPerson
from tests.decisions import acts
from tests.world import BUILDER, Cast


def matter(cast: Cast, what: str = "Close the lunch club", size: int = 40) -> tuple[UUID, UUID]:
    place = commands.RaiseAboutPlace(organisation=cast.council, what=what, change="end")
    decision = do(place, by=cast.june).thing
    do(commands.SayWhichPeople(decision=decision, group="Those who eat there", size=size), by=cast.june)
    return decision, acts.latest(models.Affected, decision).id


def listed(cast: Cast, decision: UUID, group: UUID, *people: UUID | None) -> None:
    do(commands.ListPeople(decision=decision, group=group, people=list(people)), by=cast.june)
    do(commands.CloseList(decision=decision, group=group), by=cast.june)


def many(cast: Cast, number: int) -> None:
    """So many more people on record, who draw on the support of East."""
    for each in range(number):
        add = AddPerson(organisation=cast.council, name=f"Person {each}", team=cast.east)
        do(add, by=BUILDER)


def told(decision: UUID, group: UUID, cast: Cast) -> None:
    do(commands.BeginRound(decision=decision, group=group), by=cast.june)
    do_what_is_due(Work())


def bundles(person: UUID | None) -> list[models.Bundle]:
    return list(models.Bundle.everything.filter(person=person).order_by("sent_on"))
