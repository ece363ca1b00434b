"""After a promise was not kept, and when its day is to change."""

from datetime import date
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.promises.commands import (
    AnswerDate,
    AnswerWhatNow,
    AskHowItWent,
    HandOverPromise,
    MakePromise,
    ProposeDate,
    PutPromiseRight,
    ReportProgress,
    SayWhatNow,
    due,
)
from alongside.topics.promises.models import Correction, Promise, ProposedDate, WhatNow
from tests.interfaces.conftest import browser_of
from tests.promises.making import judge, promised, the_promise, to_whom
from tests.visitor import page
from tests.world import Cast

LATER = "2026-05-04"


def what_now(ramp: UUID, cast: Cast, wants: str, **more: object) -> SayWhatNow:
    return SayWhatNow(promise=ramp, made_to=to_whom(ramp, cast.rosa.person), wants=wants, **more)


def test_only_after_a_promise_fell_short_is_the_person_asked_what_they_want(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        with pytest.raises(Refused, match="First say"):
            do(what_now(ramp, cast, "call"), by=cast.rosa)
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
        with pytest.raises(Refused, match="First say"):
            do(what_now(ramp, cast, "call"), by=cast.rosa)
        do(judge(ramp, cast.rosa.person, "not_kept"), by=cast.rosa)
        with pytest.raises((Missing, NotAllowed)):
            do(what_now(ramp, cast, "nothing"), by=cast.ken)
        do(what_now(ramp, cast, "call"), by=cast.rosa)
    told = Outbox.objects.filter(kind="tell", payload__what="what_they_want_now").get()
    assert told.payload["person"] == cast.ken.person.hex  # type: ignore[union-attr]  # Ken is a person


def test_a_call_that_is_agreed_to_is_one_more_promise(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person), by=cast.rosa)
        do(what_now(ramp, cast, "call"), by=cast.rosa)
        row = WhatNow.everything.get()
        answer = AnswerWhatNow(
            promise=ramp, what_now=row.id, answer="I will ring you.", call_on=date(2026, 5, 8)
        )
        do(answer, by=cast.ken)
        with pytest.raises(Refused, match="answered already"):
            do(answer, by=cast.ken)
    call = Promise.everything.exclude(pk=ramp).get()
    assert (call.person, call.owner, str(call.due_on)) == (cast.rosa.person, cast.ken.person, "2026-05-08")


def test_the_day_changes_only_when_those_it_was_made_to_agree(cast: Cast, ramp: UUID) -> None:
    do(ProposeDate(promise=ramp, due_on=date(2026, 6, 1), why="The builder is ill."), by=cast.ken)
    proposal = ProposedDate.everything.get()
    assert str(the_promise(ramp).due_on) == "2026-05-01"
    yes = AnswerDate(promise=ramp, proposal=proposal.id, made_to=to_whom(ramp, cast.rosa.person), agrees=True)
    for other in (cast.ken, cast.priya, cast.devon):
        with pytest.raises((Missing, NotAllowed)):
            do(yes, by=other)
    do(yes, by=cast.rosa)
    promise = the_promise(ramp)
    assert (str(promise.due_on), str(promise.first_due_on)) == ("2026-06-01", "2026-05-01")


def test_a_no_leaves_the_day_as_it_was_promised(cast: Cast, ramp: UUID) -> None:
    do(ProposeDate(promise=ramp, due_on=date(2026, 6, 1), why="The builder is ill."), by=cast.ken)
    proposal = ProposedDate.everything.get()
    no = AnswerDate(promise=ramp, proposal=proposal.id, made_to=to_whom(ramp, cast.rosa.person), agrees=False)
    do(no, by=cast.rosa)
    assert str(the_promise(ramp).due_on) == "2026-05-01"
    assert ProposedDate.everything.get().state == "declined"


def test_a_day_the_person_named_themself_holds_at_once(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person), by=cast.rosa)
        do(what_now(ramp, cast, "new_date", new_day=date(2026, 5, 20)), by=cast.rosa)
        do(ProposeDate(promise=ramp, due_on=date(2026, 5, 20), why="As you asked."), by=cast.ken)
    assert str(the_promise(ramp).due_on) == "2026-05-20"


def test_a_promise_cannot_be_taken_back_only_put_right_and_the_old_words_are_kept(
    cast: Cast, ramp: UUID
) -> None:
    do(PutPromiseRight(promise=ramp, what="Mend the front ramp.", why="There are two."), by=cast.ken)
    assert str(the_promise(ramp).what) == "Mend the front ramp."
    assert str(Correction.everything.get().was) == "Mend the ramp."
    with clock.at(LATER):
        with pytest.raises(Refused, match="day is past"):
            do(PutPromiseRight(promise=ramp, what="Look at the ramp.", why="Cheaper."), by=cast.ken)
        do(judge(ramp, cast.rosa.person), by=cast.rosa)
        with pytest.raises(Refused, match="how it went"):
            do(PutPromiseRight(promise=ramp, what="Look at the ramp.", why="Cheaper."), by=cast.ken)


def test_handing_over_changes_who_answers_and_nothing_else(cast: Cast, ramp: UUID) -> None:
    with pytest.raises((Missing, NotAllowed)):
        do(HandOverPromise(promise=ramp, owned_by=cast.priya.person, why="I leave."), by=cast.rosa)
    with pytest.raises(Refused, match="works for"):
        do(HandOverPromise(promise=ramp, owned_by=cast.tom.person, why="I leave."), by=cast.ken)
    do(HandOverPromise(promise=ramp, owned_by=cast.priya.person, why="I leave."), by=cast.ken)
    promise = the_promise(ramp)
    assert (promise.owner, str(promise.due_on)) == (cast.priya.person, "2026-05-01")
    do(ReportProgress(promise=ramp, percent=50), by=cast.priya)


def test_people_are_asked_once_when_the_day_has_come(cast: Cast, ramp: UUID) -> None:
    assert not list(due(clock.now()))
    with clock.at(LATER):
        (asking,) = due(clock.now())
        with pytest.raises(NotAllowed):
            do(AskHowItWent(promise=ramp), by=cast.ken)
        do(asking, by=THE_CLOCK)
        assert not list(due(clock.now()))
    told = Outbox.objects.filter(kind="tell", payload__what="how_did_it_go").get()
    assert told.payload["person"] == cast.rosa.person.hex  # type: ignore[union-attr]  # Rosa is a person


def test_two_records_of_one_person_become_one_in_every_promise(cast: Cast, ramp: UUID) -> None:
    from alongside.topics.people.commands.merging import AskToMerge, MergePeople

    other = promised(cast, to=cast.lena, what="Ring you on Monday.")
    with clock.at(LATER):
        do(judge(other, cast.lena.person, "kept"), by=cast.lena)
        asked = do(
            AskToMerge(person=cast.rosa.person, other=cast.lena.person, words="The same person."),
            by=cast.priya,
        )
        do(MergePeople(merge=asked.thing, checked="I rang them."), by=cast.dee)
    promise = the_promise(other)
    assert promise.person == cast.rosa.person
    assert to_whom(other, cast.rosa.person)


def test_whoever_said_it_was_too_early_is_asked_when_the_day_has_come(cast: Cast, ramp: UUID) -> None:
    do(judge(ramp, cast.rosa.person, "too_early"), by=cast.rosa)
    with clock.at(LATER):
        for asking in due(clock.now()):
            do(asking, by=THE_CLOCK)
    assert Outbox.objects.filter(kind="tell", payload__what="how_did_it_go").count() == 1


def test_after_a_new_day_those_it_was_not_kept_for_are_asked_again(cast: Cast, ramp: UUID) -> None:
    with clock.at(LATER):
        do(judge(ramp, cast.rosa.person, "not_kept"), by=cast.rosa)
        do(what_now(ramp, cast, "new_date", new_day=date(2026, 5, 20)), by=cast.rosa)
        do(ProposeDate(promise=ramp, due_on=date(2026, 5, 20), why="As you asked."), by=cast.ken)
    with clock.at("2026-05-20"):
        for asking in due(clock.now()):
            do(asking, by=THE_CLOCK)
    assert Outbox.objects.filter(kind="tell", payload__what="how_did_it_go").count() == 1


def test_when_two_records_are_joined_a_speakers_later_answer_does_not_outweigh_the_persons_own(
    cast: Cast,
) -> None:
    from alongside.topics.people.commands.merging import AskToMerge, MergePeople
    from alongside.topics.promises.models import Verdict

    made = MakePromise(
        organisation=cast.council,
        person=cast.rosa.person,
        made_to=[cast.rosa.person, cast.lena.person],
        what="Ring you.",
        due_on=date(2026, 5, 1),
    )
    both = do(made, by=cast.ken).thing
    with clock.at(LATER):
        do(judge(both, cast.rosa.person, "not_kept"), by=cast.rosa)
        do(judge(both, cast.lena.person, "kept"), by=cast.mina)  # Lena’s advocate
        words = AskToMerge(person=cast.rosa.person, other=cast.lena.person, words="The same person.")
        do(MergePeople(merge=do(words, by=cast.priya).thing, checked="I rang them."), by=cast.dee)
    assert [row.said for row in Verdict.everything.filter(promise=both, counts=True)] == ["not_kept"]


def test_a_proposed_day_that_has_passed_is_not_asked_about_any_more_and_reads_so(
    cast: Cast, ramp: UUID
) -> None:
    """Rosa was asked in June whether the day may change to a day in May."""
    with clock.at(LATER):
        do(ProposeDate(promise=ramp, due_on=date(2026, 5, 20), why="The wood is late."), by=cast.ken)
        row = ProposedDate.everything.get(promise=ramp)
        rosa = to_whom(ramp, cast.rosa.person)
        answer = AnswerDate(promise=ramp, proposal=row.id, made_to=rosa, agrees=True)
    with clock.at("2026-05-20"):
        assert "May the day change to" in page(cast.rosa, f"/promises/{ramp}")
        assert "20 May 2026" in page(cast.rosa, "/")
    with clock.at("2026-05-21"):
        shown = page(cast.rosa, f"/promises/{ramp}")
        assert "May the day change to" not in shown and "That day has passed" in shown
        assert "20 May 2026" not in page(cast.rosa, "/")
        [one] = browser_of(cast.rosa).get(f"/api/promises/{ramp}").json()["other_days"]
        assert one["has_passed"] is True
        with pytest.raises(Refused, match="That day has passed"):
            do(answer, by=cast.rosa)
        do(ProposeDate(promise=ramp, due_on=date(2026, 6, 20), why="It came."), by=cast.ken)
        assert "20 June 2026" in page(cast.rosa, "/")
    assert Promise.everything.get(pk=ramp).due_on == date(2026, 5, 1)


def test_whoever_answers_a_wish_for_a_new_day_is_not_asked_on_which_day_they_ring(
    cast: Cast, ramp: UUID
) -> None:
    with clock.at("2026-05-04"):
        do(judge(ramp, cast.rosa.person), by=cast.rosa)
        asks = "On which day will you call them?"
        for wants, is_asked in (("new_date", False), ("call", True)):
            do(what_now(ramp, cast, wants), by=cast.rosa)
            row = WhatNow.everything.filter(promise=ramp, wants=wants).get()
            form = browser_of(cast.ken).get(
                f"/do/promises.what_now_answered?promise={ramp}&what_now={row.id}"
            )
            shown = form.content.decode()
            assert (asks in shown) is is_asked and "What will you do?" in shown
            assert ("Can you do it by another day?" in shown) is not is_asked
            answer = AnswerWhatNow(promise=ramp, what_now=row.id, answer="I will.")
            do(answer, by=cast.ken)


def test_of_what_was_promised_today_nobody_is_asked_today(cast: Cast) -> None:
    promised(cast, to=cast.rosa, what="Ring you today.", due_on=clock.today())
    assert not list(due(clock.now()))
    clock.advance(days=1)
    (asking,) = due(clock.now())
    assert asking.records == "promises.asked_how_it_went"
