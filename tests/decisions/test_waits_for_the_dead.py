"""Somebody whom another’s matter waited for has died: it goes on once somebody outside its line says so."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import UUID

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions.commands.resting import due_to_hear, due_to_rest
from alongside.topics.decisions.models import Affected, Decision, State
from alongside.topics.people.commands.deaths import BearOutDeath, SayTheyLive, WriteDownDeath
from alongside.topics.people.commands.links import Relate
from alongside.topics.people.models import LinkKind
from tests.decisions import acts
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = pytest.mark.django_db
DEVON = named("devon")


@pytest.fixture
def matter(cast: Cast) -> UUID:
    """Rosa's, decided by Ken's line. It touches Devon's home too, so it waits for him. Rosa has answered."""
    for worker, team in ((cast.priya, cast.east), (cast.omar, cast.west)):
        works = Relate(person=DEVON, other=worker.person, kind=LinkKind.NAMED_WORKER, team=team)
        do(works, by=Actor(installation=True, way="cli", strong=True))
    pk = acts.raised(cast.ken, cast.rosa)
    do(decisions.SayWhoIsAffected(decision=pk, person=DEVON, stake="home"), by=cast.rosa)
    acts.sent(pk, cast.ken)
    acts.said(pk, cast.rosa, "for", "Yes.")
    return pk


def died(by: Actor) -> UUID:
    return do(WriteDownDeath(person=DEVON, words="His sister rang."), by=by).thing


def refusal(matter: UUID, by: Actor) -> str:
    with pytest.raises(Refused) as no:
        acts.decided(matter, by)
    return str(no.value)


def test_it_goes_on_where_somebody_outside_the_line_wrote_the_death_down(cast: Cast, matter: UUID) -> None:
    assert "Devon Marlow has not answered" in refusal(matter, cast.ken)
    died(cast.omar)
    words = page(cast.ken, f"/decisions/{matter}")
    assert "Ring or visit Devon" not in words and "waits for Devon" not in words
    acts.decided(matter, cast.ken)
    assert Decision.everything.get(pk=matter).state == State.DECIDED
    assert replay.compare().sound


def test_whoever_decides_wins_nothing_by_writing_a_death_until_somebody_outside_says_so_too(
    cast: Cast, matter: UUID
) -> None:
    death = died(cast.priya)  # of Ken's team
    assert "Somebody from outside must say so too" in refusal(matter, cast.ken)
    assert "Somebody from outside must say so too" in page(cast.ken, f"/decisions/{matter}")
    assert "I know of it too" not in page(cast.priya, f"/people/deaths/{death}")
    with pytest.raises(Refused, match="said so already"):
        do(BearOutDeath(death=death), by=cast.priya)
    with pytest.raises((NotAllowed, Missing)):
        do(BearOutDeath(death=death), by=cast.rosa)
    assert "I know of it too" in page(cast.omar, f"/people/deaths/{death}")
    do(BearOutDeath(death=death), by=cast.omar)
    acts.decided(matter, cast.ken)
    assert replay.compare().sound


def test_whose_life_it_is_says_that_it_does_not_wait_for_the_dead(cast: Cast, matter: UUID) -> None:
    died(cast.priya)
    row = Affected.everything.get(decision=matter, person=DEVON)
    over = decisions.NoLongerAffected(decision=matter, affected=row.id, words="He has died.")
    with pytest.raises(Refused, match="Only they can say"):
        do(over, by=cast.ken)
    do(over, by=cast.rosa)
    acts.decided(matter, cast.ken)


def test_a_mistake_lets_it_wait_again(cast: Cast, matter: UUID) -> None:
    death = died(cast.omar)
    do(SayTheyLive(death=death), by=cast.devon)
    assert "Devon Marlow has not answered" in refusal(matter, cast.ken)
    assert replay.compare().sound


def test_the_clock_hears_what_was_written_before(cast: Cast, matter: UUID) -> None:
    """And what the installation wrote is nobody's word."""
    died(BUILDER)
    assert "must say so too" in refusal(matter, cast.ken)
    assert list(due_to_hear(clock.now())) == []


def test_of_the_dead_the_clock_asks_one_question_where_nobody_waits_for_them(
    cast: Cast, matter: UUID, django_assert_num_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    assert Affected.everything.filter(decision=matter, ended_at=None).exists()
    with django_assert_num_queries(1):
        assert list(due_to_rest(clock.now())) == []
    with django_assert_num_queries(1):
        assert list(due_to_hear(clock.now())) == []


def test_nobody_who_has_died_is_named(cast: Cast, matter: UUID) -> None:
    row = Affected.everything.get(decision=matter, person=DEVON)
    died(cast.omar)
    do(decisions.NoLongerAffected(decision=matter, affected=row.id, words="He has died."), by=cast.rosa)
    with pytest.raises(Refused, match="They have died"):
        do(decisions.SayWhoIsAffected(decision=matter, person=DEVON, stake="home"), by=cast.ken)
