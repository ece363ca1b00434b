"""Two readings of the open answer of the yardstick: who changes their word is not seen to have done so."""

import pytest

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from alongside.topics.decisions.models import Sees
from alongside.topics.people.commands.persons import AddPerson
from tests.visitor import read
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_who_says_something_else_is_not_seen_to_have_done_so(cast: Cast) -> None:
    """The entries behind a row that counts in lots were listed: one of them was another one afterwards."""
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    matter = do(raised, by=cast.june).thing
    do(commands.SayWhichPeople(decision=matter, group="Those who eat there", size=40), by=cast.june)
    people = [named(f"speaks {number}") for number in range(6)]
    for person in people:
        do(AddPerson(person=person, organisation=cast.council, name="Somebody"), by=BUILDER)
        first = {"position": "for", "words": "So.", "sees": Sees.DECIDERS}
        do(commands.GiveViewOnPlace(decision=matter, **first), by=Actor(person=person))
    here = f"/api/decisions/{matter}/yardstick"
    before = read(here)
    assert before.startswith("200")
    second = {"position": "unsure", "words": "I do not know.", "sees": Sees.DECIDERS}
    do(commands.GiveViewOnPlace(decision=matter, **second), by=Actor(person=people[1]))
    assert read(here) == before
