"""What somebody of a body is to do by a day, and has not: the next one up is told, once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock, replay
from alongside.kernel.door import do
from alongside.topics.decisions import commands
from alongside.topics.decisions.models import ChangeState, Check
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.commands.waiting import Wait, next_up
from alongside.topics.people.models import Awaits, ToldUp, Waited
from alongside.topics.voice.models import Note
from tests.decisions import acts as matters
from tests.decisions.changing import again, running
from tests.home.waits import is_hex, later, told
from tests.visitor import page
from tests.voice import acts
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> Any:
    with clock.at("2026-03-02"):
        acts.offices(cast)
        yield
        assert replay.verify().problems == []
        assert replay.compare().problems == []


def test_what_waits_of_one_kind_in_one_body_is_said_once_with_how_many_and_since_when(cast: Cast) -> None:
    acts.asked(cast, office=cast.kens_office)
    acts.asked(cast, office=cast.kens_office)
    later(days=60)
    shown = page(cast.june, "/waits-too-long")
    assert shown.count("<article") == 1 and "2 were due by" in shown
    assert "You answer for the work" not in page(cast.rosa, "/waits-too-long"), "nothing is told to her"


def test_a_request_to_be_heard_that_waits_too_long_is_told_once_to_the_one(cast: Cast) -> None:
    acts.asked(cast, office=cast.kens_office)
    assert "The first is due by" in page(cast.ken, "/")
    assert told() == [] and "It waits longer than its day" not in page(cast.june, "/")
    later(days=60)
    for _again in range(3):
        later(days=1)
    row = Waited.everything.get()
    assert (row.what, row.body, row.over_at) == (Awaits.HEARING, cast.council, None)
    assert told() == is_hex(cast.june), "once, and nobody else"
    assert "It waits longer than its day" in page(cast.june, "/")
    text = page(cast.june, "/waits-too-long")
    assert "A request to be heard" in text and "Wexmoor Council" in text and "commissioned" not in text
    for who in (cast.ken, cast.priya, cast.omar, cast.rosa):
        assert "It waits longer than its day" not in page(who, "/")


def test_what_was_done_after_all_is_found_no_more_and_the_next_is_told_anew(cast: Cast) -> None:
    hearing = acts.asked(cast, office=cast.kens_office)
    later(days=60)
    acts.offered(cast, hearing)
    later(days=1)
    assert Waited.everything.get().over_at is not None
    assert "It waits longer than its day" not in page(cast.june, "/")
    acts.asked(cast, office=cast.kens_office, meets_on=clock.today() + timedelta(days=90))
    acts.asked(cast, office=cast.kens_office, meets_on=clock.today() + timedelta(days=91))
    later(days=60)
    assert told() == is_hex(cast.june, cast.june), "two at once are one message"
    assert ToldUp.everything.filter(told_at=None).count() == 1


def test_words_that_nobody_has_read_are_told_to_whoever_manages_the_whole_body(cast: Cast) -> None:
    words = commands.RaiseProblem(what="place", organisation=cast.council, where="The bus", words="Late.")
    do(words, by=cast.lena)
    assert "The first is due by" in page(cast.dee, "/")
    later(days=10)
    later(days=1)
    assert Waited.everything.get().what == Awaits.WORDS
    assert told() == is_hex(cast.june), "June is over Ken: he is not the next one up of the body"
    assert "Late." not in page(cast.june, "/waits-too-long")


def test_what_a_practitioner_said_waits_and_nobody_of_their_own_line_is_told_of_it(cast: Cast) -> None:
    """The guardian answers to nobody at the council: elected members see that it is late."""
    acts.spoke_up(cast, cast.priya)
    later(days=60)
    assert Note.everything.get().overdue_on is not None
    assert Waited.everything.filter(what=Awaits.NOTE).exists()
    assert told() == []
    for who in (cast.ken, cast.june, cast.priya):
        assert not Waited.objects.seen_by(who).exists()


def test_the_one_over_the_office_is_told_where_they_are_not_of_the_writers_line(cast: Cast) -> None:
    """June is over Omar, whose turn it is. She is over Priya too, who wrote; and not over Tom."""
    omars = Wait(Awaits.NOTE, named("a note"), cast.council, clock.today(), (named("omar"),))
    assert next_up(omars, clock.now()) == [cast.june.person]
    assert next_up(replace(omars, away_from=named("tom")), clock.now()) == [cast.june.person]
    assert next_up(replace(omars, away_from=named("priya")), clock.now()) == []


def test_a_change_that_lost_its_permission_is_told_to_the_one_over_those_who_decide(cast: Cast) -> None:
    change = running(cast)
    clock.advance(days=400)
    do_what_is_due(Work())
    do_what_is_due(Work())
    assert again(change).state == ChangeState.LAPSED
    row = Waited.everything.get(what=Awaits.CHANGE)
    assert row.due_on == again(change).review_on


def test_everyone_is_told_how_many_waited_longer_in_lots_and_of_nobody(cast: Cast) -> None:
    where = f"/organisations/{cast.council}"
    assert "No more than a few things waited longer" in page(None, where)
    for number in range(6):
        acts.asked(cast, office=cast.kens_office, meets_on=clock.today() + timedelta(days=90 + number))
    later(days=60)
    text = page(None, where)
    assert "5 things waited longer than their day here" in text and "Ken" not in text


def typed_and_asked(cast: Cast) -> None:
    decision = matters.raised(cast.ken, cast.rosa)
    matters.said(decision, matters.typed_for(cast.rosa, cast.priya), "for", "Yes, she says.")
    matters.checker_asked(decision, cast.ken)


def test_a_check_that_nobody_does_climbs_and_ends_when_the_person_says_it_themself(cast: Cast) -> None:
    typed_and_asked(cast)
    later(days=1)
    assert not Waited.everything.exists(), "its day is not over"
    later(days=2)
    row = Waited.everything.get()
    assert (row.what, row.body, row.over_at) == (Awaits.CHECK, cast.council, None)
    assert told() == is_hex(cast.june), "who is over those whose turn it was, and once"
    text = page(cast.june, "/waits-too-long")
    assert "must be checked with them" in text and "Rosa" not in text
    for _day in range(4):
        later(days=9)
    assert cast.ana.person is not None and cast.ana.person.hex in told(), "then the user-led organisation"
    matters.said(row_of(row.thing).decision, cast.rosa, "against")
    later(days=1)
    assert Waited.everything.get().over_at is not None


def row_of(check: Any) -> Any:
    return Check.everything.get(id=check)


def test_a_check_for_which_nobody_stands_outside_is_told_to_who_can_name_an_office(cast: Cast) -> None:
    for link in ("dee post", "omar post"):
        do(EndPost(link=named(link)), by=cast.june)
    decision = matters.raised(cast.ken, cast.rosa)
    matters.said(decision, matters.typed_for(cast.rosa, cast.priya), "for", "Yes, she says.")
    do(commands.AskForCheck(decision=decision), by=cast.ken)
    assert Check.everything.get().became == "", "and nobody was asked"
    later(days=4)
    assert Waited.everything.get().what == Awaits.CHECK
    assert told() == is_hex(cast.june)
