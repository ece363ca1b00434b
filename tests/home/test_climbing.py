"""What waits still climbs, one after the other, to the end of the line, and then to who speaks for people."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.door import do
from alongside.kernel.policy import NOBODY
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.models import Awaits, ToldUp, Waited
from alongside.topics.voice import commands
from alongside.topics.voice.models import Feedback, Note, Purpose, Result
from tests.home.waits import is_hex, later, told
from tests.visitor import page
from tests.voice import acts
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
OUTSIDE = "nobody there is over those who were told"


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> Iterator[None]:
    with clock.at("2026-03-02"):
        acts.offices(cast)
        office = named("replies east")
        do(AddOffice(office=office, organisation=cast.council, name="Replies"), by=BUILDER)
        holding = AppointToOffice(holding=named("priya replies"), office=office, person=cast.priya.person)
        do(holding, by=BUILDER)
        do(
            commands.NameDesk(organisation=cast.council, purpose=Purpose.FEEDBACK, office=office),
            by=cast.june,
        )
        yield
        assert replay.verify().problems == []
        assert replay.compare().problems == []


def feedback(cast: Cast, words: str = "The phone rings and nobody answers.", **more: bool) -> Feedback:
    do(commands.GiveFeedback(organisation=cast.council, words=words, **more), by=NOBODY)
    row: Feedback = Feedback.everything.order_by("-made_by")[0]
    return row


def in_turn() -> list[str]:
    """Who was told, in the order in which they were, each by one message."""
    rows = ToldUp.everything.filter(told_at__isnull=False).order_by("told_at")
    found = [row.person.hex for row in rows]
    assert sorted(found) == sorted(told())
    return found


def day_by_day(days: int) -> None:
    for _day in range(days):
        later(days=1)


def test_feedback_that_nobody_replies_to_climbs_step_by_step_and_then_leaves_the_body(cast: Cast) -> None:
    row = feedback(cast)
    clock.advance(days=(row.due_on - clock.today()).days + 1)
    later()
    assert Waited.everything.get().what == Awaits.FEEDBACK
    assert in_turn() == is_hex(cast.ken), "first the one over her whose turn it was"
    day_by_day(5)
    assert in_turn() == is_hex(cast.ken), "his days are not over"
    day_by_day(4)
    assert in_turn() == is_hex(cast.ken, cast.june)
    day_by_day(10)
    assert in_turn() == is_hex(cast.ken, cast.june), "nobody is over June, and her days are not over"
    day_by_day(10)
    assert in_turn() == is_hex(cast.ken, cast.june, cast.ana)
    day_by_day(40)
    assert in_turn() == is_hex(cast.ken, cast.june, cast.ana), "nobody is told twice"
    assert [one.is_outside for one in ToldUp.everything.order_by("made_by")] == [None, False, True]


def test_what_the_user_led_organisation_reads_names_nothing(cast: Cast) -> None:
    row = feedback(cast, "Priya shouted at me.")
    clock.advance(days=(row.due_on - clock.today()).days + 1)
    later()
    day_by_day(32)
    assert "is not done, and nobody is left there" in page(cast.ana, "/")
    text = page(cast.ana, "/waits-too-long")
    assert OUTSIDE in text and "A reply to what somebody told a body" in text and "Wexmoor Council" in text
    assert "Priya" not in text and "shouted" not in text and str(row.id) not in text
    assert "Where these are done" not in text, "it is not hers to do"
    mine = page(cast.ken, "/waits-too-long")
    assert OUTSIDE not in mine and "Where these are done" in mine
    for who in (cast.rosa, cast.tom, cast.omar, cast.priya):
        assert "Wexmoor Council" not in page(who, "/waits-too-long")


def test_once_it_is_done_it_climbs_no_further(cast: Cast) -> None:
    row = feedback(cast)
    clock.advance(days=(row.due_on - clock.today()).days + 1)
    later()
    strong = replace(cast.priya, strong=True)
    do(commands.ReplyToFeedback(feedback=row.id, result=Result.DID, because="We mended it."), by=strong)
    day_by_day(40)
    assert in_turn() == is_hex(cast.ken)
    assert Waited.everything.get().over_at is not None


def test_words_of_feedback_that_nobody_has_read_are_told_of_as_all_such_words_are(cast: Cast) -> None:
    row = feedback(cast, may_be_shown=True)
    assert row.look_by is not None
    clock.advance(days=(row.look_by - clock.today()).days + 1)
    later()
    assert Waited.everything.get().what == Awaits.WORDS and told() == is_hex(cast.june)


def test_a_worry_that_went_to_the_duty_team_is_no_feedback_that_waits(cast: Cast) -> None:
    feedback(cast, is_unsafe=True)
    later(days=60)
    assert not Waited.everything.filter(what=Awaits.FEEDBACK).exists()


def test_of_what_somebody_spoke_up_about_nobody_outside_is_told(cast: Cast) -> None:
    acts.spoke_up(cast, cast.priya)
    later(days=60)
    day_by_day(60)
    assert Note.everything.get().overdue_on is not None
    assert told() == []
    for who in (cast.ken, cast.june, cast.priya, cast.ana):
        assert not Waited.objects.seen_by(who).exists()
