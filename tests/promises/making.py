"""Promises made by the cast, for the tests of this room."""

from datetime import date
from typing import Any
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.persons import AddPerson
from alongside.topics.promises.commands import GiveVerdict, MakePromise
from alongside.topics.promises.models import Promise, PromisedTo
from tests.world import BUILDER, Cast, named


def promised(cast: Cast, *, to: Actor, by: Actor | None = None, **more: Any) -> UUID:
    """A promise of Ken's about somebody's life."""
    words: dict[str, Any] = {"what": "Mend the ramp.", "due_on": date(2026, 5, 1), **more}
    made = do(MakePromise(organisation=cast.council, person=to.person, **words), by=by or cast.ken)
    return made.thing


def promised_to_members(cast: Cast, *, by: Actor | None = None, **more: Any) -> UUID:
    """A promise of the council's to the twelve members of the user-led organisation."""
    words: dict[str, Any] = {
        "what": "Keep the library open on Saturdays.",
        "due_on": date(2026, 5, 1),
        "group": "Members of Living Our Way",
        "group_size": 12,
        **more,
    }
    made = MakePromise(organisation=cast.council, group_of=cast.ulo, **words)
    return do(made, by=by or cast.june).thing


def to_whom(promise: UUID, person: UUID | None = None) -> UUID:
    """The row that says to whom a promise was made."""
    found: UUID = PromisedTo.everything.get(promise=promise, person=person).id
    return found


def the_promise(pk: UUID) -> Promise:
    found: Promise = Promise.everything.get(pk=pk)
    return found


def judge(promise: UUID, person: UUID | None, said: str = "not_kept", **more: object) -> GiveVerdict:
    """A verdict on a promise that was made to this person, or (nobody named) to a group."""
    return GiveVerdict(promise=promise, made_to=to_whom(promise, person), said=said, **more)


def promised_to_a_neighbour(cast: Cast, count: int, *, due_on: date) -> tuple[UUID, UUID]:
    """One more person who draws on support, and a promise of June's to ring them: (person, promise)."""
    person = named(f"neighbour {count}")
    joined = AddPerson(
        person=person,
        draws=named(f"neighbour {count} draws"),
        organisation=cast.council,
        team=cast.east,
        name=f"Neighbour {count}",
    )
    do(joined, by=BUILDER)
    promise = MakePromise(
        organisation=cast.council, person=person, what="Ring you.", due_on=due_on, owned_by=cast.june.person
    )
    return person, do(promise, by=cast.june).thing
