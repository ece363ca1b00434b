"""More people on record, where a matter needs many."""

from __future__ import annotations

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.persons import AddPerson
from tests.world import BUILDER, Cast, named


def people(cast: Cast, number: int) -> list[Actor]:
    """So many more who are on record."""
    found = []
    for each in range(number):
        person = named(f"eats there {each}")
        do(AddPerson(person=person, organisation=cast.council, name=f"Guest {each}"), by=BUILDER)
        found.append(Actor(person=person))
    return found
