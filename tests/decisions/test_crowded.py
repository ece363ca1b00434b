"""A matter with many people and many views: its page says what counts in few words, to each reader."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, guard, models
from alongside.topics.decisions.commands.standing import Held, Reading
from alongside.topics.people.commands.persons import AddPerson
from tests.decisions import acts
from tests.decisions.acts import at
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db
MANY = 24


@pytest.fixture
def crowd(cast: Cast) -> list[Actor]:
    people = [Actor(person=uuid4()) for _ in range(MANY)]
    for number, one in enumerate(people):
        added = AddPerson(
            person=one.person, draws=uuid4(), organisation=cast.council, name=f"Neighbour {number}"
        )
        do(added, by=cast.ken)
    return people


@pytest.fixture
def matter(cast: Cast, crowd: list[Actor]) -> UUID:
    """Everyone in the crowd is named, and has said that they do not agree; the first of them spoke first."""
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="The library hours", change="swap")
    decision = do(raised, by=cast.ken).thing
    for number, one in enumerate(crowd):
        assert one.person is not None
        do(commands.SayWhoIsAffected(decision=decision, person=one.person, stake="home"), by=cast.ken)
        words = f"View {number}"
        given: dict[str, Any] = {"position": "against", "words": words, "instead": "As now."}
        do(commands.GiveViewOnPlace(decision=decision, **given), by=one, anonymous=False)
    return decision


def test_whoever_spoke_long_ago_is_not_asked_again(cast: Cast, crowd: list[Actor], matter: UUID) -> None:
    assert "This needs you" not in page(crowd[0], at(matter))
    late = Actor(person=cast.ana.person)
    assert late.person is not None
    do(commands.SayWhoIsAffected(decision=matter, person=late.person, stake="home"), by=cast.ken)
    assert "This needs you" in page(late, at(matter))


def test_the_one_who_decides_reads_a_few_sentences_and_how_many_more_there_are(
    cast: Cast, matter: UUID
) -> None:
    text = page(cast.ken, at(matter))
    assert text.count("said something else. Answer what they said first.") == 3
    assert f"And {MANY - 3} more like these." in text
    assert f"And {MANY - 8} more people" in text
    assert "Read all that people said" in text and f"{MANY} people said what they think." in text
    assert f"“I do not agree”: {MANY}" in text
    assert text.index("You cannot decide this yet") < text.index("What people said")


def test_only_those_who_may_know_read_everyone_it_affects(
    cast: Cast, crowd: list[Actor], matter: UUID
) -> None:
    everyone = page(cast.ken, f"{at(matter)}/whom")
    assert all(f"Neighbour {number}<" in everyone for number in range(MANY))
    own = page(crowd[5], f"{at(matter)}/whom")
    assert "You<" in own and "Neighbour" not in own
    assert "There is nobody here whose name you can read." in page(cast.stranger, f"{at(matter)}/whom")


def test_what_waits_for_you_to_decide_is_asked_as_often_for_five_matters_as_for_one(cast: Cast) -> None:
    def asked() -> list[str]:
        """The statements of the shortest of three visits: one visit may also tidy something up."""
        client = browser_of(cast.ken)
        client.get("/")
        visits = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as found:
                answer: Any = client.get("/")
                assert b"What you decide" in answer.content
            visits.append([statement["sql"] for statement in found.captured_queries])
        return min(visits, key=len)

    acts.sent(acts.raised(cast.ken, cast.rosa), cast.ken)
    one = asked()
    for number in range(4):
        acts.sent(acts.raised(cast.ken, cast.rosa, f"Change {number}"), cast.ken)
    five = asked()
    assert len(five) <= len(one), "\n".join(sorted(set(five) - set(one)))


def test_matters_read_together_stand_as_they_do_alone(cast: Cast, matter: UUID) -> None:
    first = acts.raised(cast.ken, cast.rosa)
    acts.sent(first, cast.ken)
    acts.replied(first, cast.ken, acts.said(first, cast.rosa).id)
    second = acts.raised(cast.ken, cast.lena)
    rows = [models.Decision.everything.get(id=pk) for pk in (first, second, matter)]
    now = clock.now()
    held = Held([row.id for row in rows], now)
    for row in rows:
        alone, together = Reading(row, now).standing(), Reading(row, now, held=held).standing()
        assert together == alone
        said = [str(each.sentence) for each in guard.may_decide(together).in_the_way]
        assert said == [str(each.sentence) for each in guard.may_decide(alone).in_the_way]
