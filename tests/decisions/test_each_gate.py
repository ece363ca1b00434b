"""What each judgement of a change said stays on its page: which gate, n of N, the day, and what followed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.going import lapses
from tests.decisions import changing
from tests.decisions.by_lot import MANY, asks, change, those, tied
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
__all__ = ["MANY", "change"]


def part(of: models.Change) -> dict[str, Any]:
    return {"decision": of.decision, "change": of.id}


def rounds(of: models.Change) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Client().get(f"/api/decisions/changes/{of.id}").json()["rounds"]
    return found


def test_the_first_gate_is_still_on_the_page_once_the_second_is_open(cast: Cast) -> None:
    change = changing.running(cast)
    text = page(None, f"/changes/{change.id}")
    assert "Each time they judged it" in text and "May it start?" in text
    assert "5 of 40 people it affects have judged it." in text and "It started." in text
    first, second = rounds(change)
    assert (first["gate"], first["passed"], first["is_open"]) == (1, True, False)
    assert (first["affected"], first["not_answered"], first["for"]) == (40, 35, None)  # all said the same
    assert first["then"] == [{"kind": "started", "on": str(clock.today())}]
    assert (second["gate"], second["is_open"], second["then"]) == (2, True, [])
    told = page(cast.june, f"/changes/{change.id}")
    assert "for it: 5" in told and "for it: 5" not in text  # those who decide read each answer
    whole_lots = "These numbers grow 5 people at a time."
    before = [each.split("Each time they judged it")[1] for each in (text, told)]
    assert whole_lots in before[0] and whole_lots not in before[1]  # five may be seven: it is said there too


def test_what_was_asked_and_whom_it_reached_outlives_the_round(cast: Cast) -> None:
    change = changing.running(cast)
    assert change.asked_on is None
    step = models.ChangeStep.everything.get(of_change=change.id, kind="started")
    assert (step.ended, step.reached, step.asked_on) == (1, 30, date(2026, 3, 2))
    assert "They were asked on 2 March 2026, and had until 30 March 2026." in page(
        None, f"/changes/{change.id}"
    )


def test_once_their_time_is_over_they_had_it_and_have_it_no_more(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    assert ", and have until 30 March 2026. As far as" in page(None, f"/changes/{change.id}")
    with clock.at("2026-03-31"):
        told = page(None, f"/changes/{change.id}")
    assert ", and had until 30 March 2026. As far as" in told and "have until" not in told


def test_each_plan_and_each_review_stands_in_the_order_in_which_it_was(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.all_judge(cast, change, "against")
    do(commands.PutPlan(**part(change), plan="Only on the first Sunday."), by=cast.june)
    change = changing.again(change)
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    clock.advance(days=29)
    change = changing.started(cast, change)
    text = page(None, f"/changes/{change.id}")
    assert "They judge what it did</strong>: to come" in text  # a second plan is not a second gate
    assert change.review_on is not None
    clock.advance(days=(change.review_on - clock.today()).days + 1)
    [lapse] = lapses(clock.now())
    do(lapse, by=THE_CLOCK)
    changing.asked(cast, changing.again(change), left=0, left_asked=0)
    changing.all_judge(cast, changing.again(change))
    clock.advance(days=29)
    do(commands.GoOn(**part(change)), by=cast.june)
    kinds = [[each["kind"] for each in one["then"]] for one in rounds(change)]
    assert kinds == [["plan_before"], ["started"], ["lapsed", "goes_on"], []]
    assert [one["passed"] for one in rounds(change)] == [False, True, True, False]
    assert [one["gate"] for one in rounds(change)] == [1, 1, 2, 2]
    text = page(None, f"/changes/{change.id}")
    said = ["The new plan was to be judged anew", "It started.", "permission lapsed by", "It was let go on."]
    places = [text.index(each) for each in said]
    assert places == sorted(places)
    assert "They judge what it did</strong>: done" in text


def test_going_over_a_judgement_stands_beside_the_judgement(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.all_judge(cast, change, "against")
    for said in models.Judgement.everything.filter(of_change=change.id):
        answer = commands.AnswerJudgement(**part(change), judgement=said.id, words="We know.")
        do(answer, by=cast.june)
    clock.advance(days=29)
    over = {"passed_over": "Sundays begin in May.", "look_again_on": date(2026, 5, 1)}
    with pytest.raises(Refused):
        changing.started(cast, change)
    changing.started(cast, change, **over)
    first = rounds(change)[0]
    assert first["passed"] is False
    assert [each["kind"] for each in first["then"]] == ["started", "passed_over"]
    text = page(None, f"/changes/{change.id}")
    assert "Not passed: those who judged it do not agree to it." in text
    assert "Those who decide passed over this judgement." in text


def test_a_change_that_was_stopped_keeps_its_last_judgement_and_has_none_of_now(cast: Cast) -> None:
    change = changing.running(cast)
    do(commands.StopChange(**part(change), words="No staff.", care="Nothing ends."), by=cast.june)
    assert [[each["kind"] for each in one["then"]] for one in rounds(change)] == [["started"], ["stopped"]]
    assert not any(one["is_open"] for one in rounds(change))
    assert "Not passed: nobody judged it." in page(None, f"/changes/{change.id}")


def test_of_a_change_that_is_over_nothing_waits_and_nothing_is_to_come(cast: Cast) -> None:
    dropped = changing.proposed(cast, changing.hall(cast))
    do(commands.DropChange(**part(dropped)), by=cast.june)
    stopped = changing.running(cast)
    do(commands.StopChange(**part(stopped), words="No staff.", care="Nothing ends."), by=cast.june)
    for one in (dropped, stopped):
        text = page(None, f"/changes/{one.id}")
        assert "no longer to come" in text and ": to come" not in text and "it waits" not in text


def test_who_wrote_no_words_is_in_the_numbers_and_no_fold_is_empty(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.judges(change, cast.rosa)
    fold = "Read what each of them said"
    assert fold not in page(cast.june, f"/changes/{change.id}")
    assert fold in page(cast.rosa, f"/changes/{change.id}")  # she reads her own
    changing.judges(change, cast.devon, words="At last.")
    said = models.Judgement.everything.get(of_change=change.id, person=cast.devon.person)
    do(commands.AnswerJudgement(**part(change), judgement=said.id, words="Thank you."), by=cast.june)
    assert fold in page(cast.june, f"/changes/{change.id}")


def test_before_anything_followed_the_page_says_it_once(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    assert "Each time they judged it" not in page(None, f"/changes/{change.id}")


def test_in_an_earlier_judgement_too_numbers_grow_five_at_a_time(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    for by in (cast.ana, cast.mina):
        changing.judges(change, by, "against")
    for said in models.Judgement.everything.filter(of_change=change.id, judged="against"):
        do(commands.AnswerJudgement(**part(change), judgement=said.id, words="We know."), by=cast.june)
    clock.advance(days=29)
    change = changing.started(cast, change)
    assert rounds(change)[0]["not_answered"] == 35 and "7 of 40" not in page(None, f"/changes/{change.id}")
    assert "7 of 40 people it affects have judged it." in page(cast.june, f"/changes/{change.id}")


def test_a_lot_drawn_later_does_not_change_who_was_counted_before(cast: Cast, change: models.Change) -> None:
    tied(cast, change)
    changing.asked(cast, change)
    changing.all_judge(cast, changing.again(change), "against")
    before = [one["affected"] for one in rounds(change)]
    do(commands.PutPlan(**part(change), plan="Only on the first Sunday."), by=cast.june)
    asks(cast, changing.again(change))
    assert those(changing.again(change), are_drawn=True)
    first, second = rounds(change)
    assert [first["affected"]] == before and first["by_lot"] is False
    assert second["by_lot"] is True and second["affected"] == 60
