"""Whose turn it is to look: for the tests of this room."""

from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.checking import due_to_check
from alongside.topics.decisions.models import Checker
from alongside.topics.people.commands.links import Relate
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.models import LinkKind
from tests.decisions import acts
from tests.world import BUILDER, Cast, named


def typed_yes(cast: Cast, by: Actor | None = None) -> tuple[UUID, models.View]:
    """Rosa’s answer, typed in the line that decides: it opens nothing until it is checked with her."""
    decision = acts.raised(cast.ken, cast.rosa)
    view = acts.said(decision, acts.typed_for(cast.rosa, by or cast.priya), "for", "Yes, she says.")
    return decision, view


def asked(decision: UUID) -> list[Checker]:
    rows = Checker.everything.filter(decision=decision, check_of__isnull=False)
    return list(rows.order_by("asked_at", "made_by"))


def goes_on(days: int = 0) -> int:
    """What the clock brings after so many days. Gives how many were asked."""
    if days:
        clock.advance(days=days)
    due = list(due_to_check(clock.now()))
    for command in due:
        do(command, by=THE_CLOCK)
    return len(due)


def came(name: str, cast: Cast, team: UUID, *, by: Actor = BUILDER) -> Actor:
    """Somebody new, with a post in a team of the council."""
    do(AddPerson(person=named(name), organisation=cast.council, name=name), by=by)
    post = GivePost(organisation=cast.council, person=named(name), kind=LinkKind.PRACTITIONER, team=team)
    do(post, by=by)
    return Actor(person=named(name), strong=True)


def knows(cast: Cast, worker: Actor, team: UUID | None = None) -> None:
    """Rosa knows somebody of another team, who has worked with her."""
    near = Relate(
        person=cast.rosa.person, other=worker.person, kind=LinkKind.PRACTITIONER, team=team or cast.west
    )
    do(near, by=BUILDER)
