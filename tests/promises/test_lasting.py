"""After a promise was kept: asked again at 6 and 12 months, and what follows when it no longer holds."""

from datetime import date
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.promises.commands import AnswerErosion, AnswerWhatNow, AskAgain, SayWhatNow
from alongside.topics.promises.models import AskedAgain, Erosion, StillHolds, WhatNow
from tests.decisions.acts import typed_for
from tests.interfaces.conftest import browser_of
from tests.promises.groups import members, to_group
from tests.promises.lasting import A_YEAR, HALF_A_YEAR, KEPT, holds, the_clock, told
from tests.promises.making import judge, promised, to_whom
from tests.visitor import page as seen
from tests.world import Cast


def test_they_are_asked_again_at_six_and_twelve_months_and_once_each_time(cast: Cast, ramp: UUID) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
        the_clock()
    with clock.at("2026-11-03"):
        assert "promises.asked_again" not in the_clock()
    for day in (HALF_A_YEAR, A_YEAR):
        with clock.at(day):
            assert "promises.asked_again" in the_clock()
            assert the_clock() == []
            with pytest.raises(NotAllowed):
                do(AskAgain(promise=ramp, months=6), by=cast.ken)
    months = AskedAgain.everything.filter(person=cast.rosa.person).order_by("months")
    assert list(months.values_list("months", flat=True)) == [6, 12]


@pytest.mark.parametrize("said", ["not_kept", "no_longer", "too_early"])
def test_nobody_is_asked_whether_it_holds_who_never_said_it_was_kept(
    cast: Cast, ramp: UUID, said: str
) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, said), by=cast.rosa)
        with pytest.raises(Refused, match="First say"):
            do(holds(ramp, cast.rosa.person), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        assert "promises.asked_again" not in the_clock()


def test_nobody_is_asked_again_before_they_know_what_became_of_their_last_answer(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "partly"), by=cast.rosa)
        wants = SayWhatNow(promise=ramp, made_to=to_whom(ramp, cast.rosa.person), wants="call")
        do(wants, by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        assert "promises.asked_again" not in the_clock()
        answer = AnswerWhatNow(promise=ramp, what_now=WhatNow.everything.get().id, answer="We rang.")
        do(answer, by=cast.ken)
        assert "promises.asked_again" in the_clock()
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
    with clock.at(A_YEAR):  # Ken has not answered that it no longer holds
        assert "promises.asked_again" not in the_clock()
        do(
            AnswerErosion(promise=ramp, erosion=Erosion.everything.get().id, answer="I am sorry."),
            by=cast.ken,
        )
        assert "promises.asked_again" in the_clock()


def test_when_it_no_longer_holds_owner_and_person_are_told_and_she_says_what_she_wants(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        for other in (cast.ken, cast.priya, cast.devon, cast.stranger):
            with pytest.raises((Missing, NotAllowed)):
                do(holds(ramp, cast.rosa.person), by=other)
        do(holds(ramp, cast.rosa.person, words="It is broken again."), by=cast.rosa)
        row = Erosion.everything.get()
        assert (str(row.kept_on), str(row.on_day), row.no_longer, row.answered) == (KEPT, HALF_A_YEAR, 1, 1)
        assert cast.ken.person is not None and cast.rosa.person is not None
        assert told("promise_no_longer_holds") == {cast.ken.person.hex, cast.rosa.person.hex}
        do(SayWhatNow(promise=ramp, made_to=to_whom(ramp, cast.rosa.person), wants="call"), by=cast.rosa)
        with pytest.raises(Refused, match="Say what has happened"):
            do(AnswerErosion(promise=ramp, erosion=row.id, answer=""), by=cast.ken)
        with pytest.raises((Missing, NotAllowed)):
            do(AnswerErosion(promise=ramp, erosion=row.id, answer="No."), by=cast.omar)
        do(AnswerErosion(promise=ramp, erosion=row.id, answer="We mend it."), by=cast.ken)
    assert told("erosion_was_answered") == {cast.rosa.person.hex}


def test_one_who_says_it_holds_is_no_alarm(cast: Cast, ramp: UUID) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(ramp, cast.rosa.person, "still"), by=cast.rosa)
    assert not Erosion.everything.exists()


def test_in_a_group_half_of_those_who_answer_must_say_so_and_nobody_counts_twice(cast: Cast) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    with clock.at(KEPT):
        for each in people:
            do(judge(promise, None, "kept"), by=each)
    with clock.at(HALF_A_YEAR):
        the_clock()
        for each in people[:4]:
            do(holds(promise, None, "still"), by=each)
        for _turn in range(4):
            do(holds(promise, None), by=people[4])  # the same person four times is one of five
        assert not Erosion.everything.exists()
        do(holds(promise, None), by=people[5])
        assert not Erosion.everything.exists()
        do(holds(promise, None), by=people[0])
    row = Erosion.everything.get()
    assert (row.no_longer, row.answered) == (3, 6)
    assert StillHolds.everything.filter(counts=True).count() == 6


def test_what_the_owners_team_types_about_whether_it_holds_is_refused(cast: Cast, ramp: UUID) -> None:
    lenas = promised(cast, to=cast.lena, by=cast.priya, what="Ring you.")
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
        do(judge(lenas, cast.lena.person, "kept"), by=cast.lena)
    with clock.at(HALF_A_YEAR):
        with pytest.raises(Refused, match="answers for this promise"):
            do(holds(ramp, cast.rosa.person, "still"), by=typed_for(cast.rosa, cast.priya))
        do(holds(lenas, cast.lena.person), by=typed_for(cast.lena, cast.mina))
    assert date(2026, 11, 5) == Erosion.everything.get().on_day


def test_her_own_page_asks_her_again_and_his_says_who_waits_for_an_answer(cast: Cast, ramp: UUID) -> None:
    from tests.visitor import page

    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        assert "Does it still hold?" not in page(cast.rosa, "/")
        the_clock()
        assert "Does it still hold?" in page(cast.rosa, "/")
        asked = page(cast.rosa, f"/promises/{ramp}")
        assert "6 months ago you said that this promise was kept." in asked
        assert "No, it no longer holds" in asked and "No, it no longer holds" not in page(
            cast.ken, f"/promises/{ramp}"
        )
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
        assert "It was kept on 4 May 2026. On 5 November 2026, 1 of 1" in page(cast.ken, f"/promises/{ramp}")
        assert "They wait for your answer." in page(cast.ken, "/")
        assert "They wait for your answer." not in page(cast.june, "/")


def test_whoever_says_that_it_no_longer_holds_reads_on_their_own_page_what_they_can_ask_and_who_answered(
    cast: Cast, ramp: UUID
) -> None:
    from tests.visitor import page

    gone, answered = "It was said that these hold no longer", "This was answered on 20 June 2027"
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(A_YEAR):  # asked for the first time after a year
        assert "promises.asked_again" in the_clock()
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
        mine = page(cast.rosa, "/")
        assert gone in mine and f"/promises/{ramp}/after" in mine, "her page fell silent"
        assert "not fully kept" not in mine
        do(SayWhatNow(promise=ramp, made_to=to_whom(ramp, cast.rosa.person), wants="call"), by=cast.rosa)
        assert gone not in page(cast.rosa, "/")
    with clock.at("2027-06-20"):
        do(
            AnswerErosion(promise=ramp, erosion=Erosion.everything.get().id, answer="We mend it."),
            by=cast.ken,
        )
    with clock.at("2027-07-01"):
        mine = page(cast.rosa, "/")
        assert answered in mine and "Read the answer" in mine and "We mend it" not in mine
        for other in (cast.ken, cast.priya, cast.devon):
            assert answered not in page(other, "/")
        do(holds(ramp, cast.rosa.person, "still"), by=cast.rosa)
        assert answered not in page(cast.rosa, "/")


def test_of_few_answers_strangers_do_not_learn_that_a_promise_no_longer_holds(cast: Cast) -> None:
    from tests.visitor import page

    promise, people = to_group(cast, of=cast.ulo), members(cast)
    with clock.at(KEPT):
        for each in people:
            do(judge(promise, None, "kept"), by=each)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(promise, None), by=people[0])
        assert "It no longer holds" in page(cast.june, f"/promises/{promise}")
        assert "It no longer holds" not in page(None, f"/promises/{promise}")
        for each in people[1:5]:
            do(holds(promise, None), by=each)
        assert "It no longer holds" in page(None, f"/promises/{promise}")
        assert "5 of 5 who answered" in page(None, f"/promises/{promise}")
    assert Erosion.everything.count() == 2


def test_whoever_says_that_it_is_gone_again_does_not_read_that_it_was_not_kept(
    cast: Cast, ramp: UUID
) -> None:
    assert cast.rosa.person is not None
    to = to_whom(ramp, cast.rosa.person)
    form = f"/do/promises.what_now_said?promise={ramp}&made_to={to}"
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(ramp, cast.rosa.person), by=cast.rosa)
        shown = browser_of(cast.rosa).get(form).content.decode()
        assert "Say what you want now that this no longer holds" in shown
        assert "now that the promise was not kept" not in shown


def test_beside_what_was_said_of_whether_it_holds_stands_who_said_it(cast: Cast, ramp: UUID) -> None:
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(ramp, cast.rosa.person, words="It is soft."), by=cast.rosa)
        hers, his = (seen(who, f"/promises/{ramp}") for who in (cast.rosa, cast.ken))
        assert "You, 5 November 2026" in hers and "Rosa Marlow, 5 November 2026" in his
        assert "On 5 November 2026 you said that it no longer holds." in hers
        assert "1 of 1 who answered say that it no longer holds" in his


def test_an_advocate_is_asked_whether_the_person_says_that_it_still_holds(cast: Cast) -> None:
    promise = promised(cast, to=cast.lena, by=cast.priya)
    with clock.at(KEPT):
        do(judge(promise, cast.lena.person, "kept"), by=cast.lena)
    with clock.at(HALF_A_YEAR):
        the_clock()
        made_to = to_whom(promise, cast.lena.person)
        form = f"/do/promises.still_holds_said?promise={promise}&made_to={made_to}"
        shown = seen(cast.mina, form)
        assert "Say what they told you: does it still hold?</h1>" in shown
        assert "You speak for Lena Fox here." in shown and "Do they say that it still holds?" in shown
        assert "Say whether this promise still holds</h1>" in seen(cast.lena, form)
