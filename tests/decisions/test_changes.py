"""A change to a service waits for those it affects: before it starts, and before it goes on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.interfaces import words
from alongside.kernel import clock, replay
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK
from alongside.site import IMPORTERS
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.gating import judged_from
from alongside.topics.decisions.engine import counted, gates
from tests.decisions import acts, changing
from tests.interfaces.conftest import browser_of
from tests.proof.anything import what_is_due
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def start(change: models.Change, **more: Any) -> commands.StartChange:
    return commands.StartChange(decision=change.decision, change=change.id, **more)


def go_on(change: models.Change, **more: Any) -> commands.GoOn:
    return commands.GoOn(decision=change.decision, change=change.id, **more)


def at_review(change: models.Change, *, days_before: int = 10) -> None:
    assert change.review_on is not None
    clock.advance(days=(change.review_on - clock.today()).days - days_before)


def test_a_change_does_not_start_before_those_it_affects_have_judged_it(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    with pytest.raises(Refused, match="Ask those it affects to judge it"):
        do(start(change), by=cast.june)
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    with pytest.raises(Refused, match="Their time to judge is not up"):
        do(start(change), by=cast.june)
    clock.advance(days=29)
    started = changing.started(cast, change)
    assert (started.state, started.started_on) == ("running", clock.today())
    assert started.review_on == date(2026, 9, 30)  # six months on, by the rule pack


def test_where_nobody_has_said_what_it_must_do_no_nought_is_counted(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast), kind="ict")
    shown = page(cast.june, f"/changes/{change.id}")
    assert "Nobody has said yet what it must do." in shown and "0 things" not in shown


OVER: dict[str, Any] = {"passed_over": "Sundays begin in May.", "look_again_on": date(2026, 6, 1)}


def asked_again(cast: Cast, change: models.Change, ways: str = "At the door.") -> None:
    given = {"decision": change.decision, "change": change.id, "reached": min(35, change.size)}
    do(commands.AskAgain(ways=ways, **given), by=cast.june)


def test_where_nobody_judged_nothing_starts_whatever_the_reason(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    for _time in range(3):
        clock.advance(days=29)
        with pytest.raises(
            Refused, match=r"Nobody it affects has judged it\. No reason can stand in for that"
        ):
            do(start(change, **{**OVER, "look_again_on": clock.today() + timedelta(days=30)}), by=cast.june)
        asked_again(cast, change)
    assert "Ask whoever has not answered in other ways too" in page(None, f"/changes/{change.id}")
    clock.advance(days=29)
    for reader in (None, cast.june):
        shown = page(reader, f"/changes/{change.id}")
        assert "Nobody it affects has judged it." in shown and "go to people, and to help them" in shown
        assert "Give more time and ask again" in shown
    told = browser_of(None).get(f"/api/decisions/changes/{change.id}").json()
    assert "nobody" in [one["code"] for one in told["in_the_way"]] and len(told["ways_on"]) == 3
    assert changing.again(change).state == "proposed"


def test_too_few_voices_are_not_a_yes_and_going_over_them_is_published_with_a_day(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.judges(change, cast.rosa)
    clock.advance(days=29)
    with pytest.raises(Refused, match=r"Judged by 1 of 40\. It needs 5"):
        do(start(change), by=cast.june)
    with pytest.raises(Refused, match=r"Ask them again\. If 3 have judged it then"):
        do(start(change, **OVER), by=cast.june)
    asked_again(cast, change)
    changing.judges(change, cast.devon)
    with pytest.raises(Refused, match="Their time to judge is not up"):
        do(start(change, **OVER), by=cast.june)
    clock.advance(days=29)
    with pytest.raises(Refused, match="only after they were asked twice and 3 have judged it"):
        do(start(change, **OVER), by=cast.june)
    changing.judges(change, cast.lena, "against")
    with pytest.raises(Refused, match="give the day on which they will look again"):
        do(start(change, passed_over="Sundays begin in May."), by=cast.june)
    with pytest.raises(Refused, match="no later than the rules allow"):
        do(start(change, **{**OVER, "look_again_on": date(2026, 12, 1)}), by=cast.june)
    started = changing.started(cast, change, **OVER)
    assert (started.is_passed_over, started.review_on) == (True, date(2026, 6, 1))
    why = models.ChangeStep.everything.get(of_change=change.id, kind="passed_over")
    assert str(why.words) == "Sundays begin in May."


def test_whoever_is_asked_a_second_time_has_their_time_once_more_and_is_told_how(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    with pytest.raises(Refused, match="They have not been asked yet"):
        asked_again(cast, change)
    changing.asked(cast, change)
    with pytest.raises(Refused, match="Their time to judge is not up"):
        asked_again(cast, change)
    changing.judges(change, cast.rosa)
    clock.advance(days=29)
    assert "Give them more time, and ask again" in page(cast.june, f"/changes/{change.id}")
    assert "Give them more time, and ask again" not in page(cast.rosa, f"/changes/{change.id}")
    with pytest.raises(NotAllowed):
        do(
            commands.AskAgain(decision=change.decision, change=change.id, ways="Shout.", reached=1),
            by=cast.ken,
        )
    asked_again(cast, change, "Wexmoor Voices rings at the door.")
    change = changing.again(change)
    assert change.judge_by == date(2026, 4, 28)
    shown = page(None, f"/changes/{change.id}")
    assert "Wexmoor Voices rings at the door." in shown and "They were asked again" in shown
    for by in (cast.devon, cast.lena, cast.victor, cast.stranger):
        changing.judges(change, by)
    clock.advance(days=29)  # Rosa's word of the first time counts: nobody is asked the same twice
    with pytest.raises(Refused, match="nobody is asked until they say yes"):
        asked_again(cast, change)
    assert changing.started(cast, change).state == "running"


def test_that_it_takes_something_away_is_said_by_those_it_affects_and_then_too_few_are_not_gone_over(
    cast: Cast,
) -> None:
    """Whatever those who decide call it: the decision says that something begins."""
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    clock.advance(days=29)
    asked_again(cast, change)
    for by in (cast.rosa, cast.devon):
        changing.judges(change, by)
    changing.judges(change, cast.tom, "against", takes_away=True)  # works there: heard, and not counted
    shown = browser_of(None).get(f"/api/decisions/changes/{change.id}").json()["in_the_way"]
    changing.judges(change, cast.lena, "against", takes_away=True, words="I lose my Mondays.")
    clock.advance(days=29)
    with pytest.raises(Refused, match="takes something away, says one of them"):
        do(start(change, **OVER), by=cast.june)
    page_of = f"/changes/{change.id}"
    assert "says one of them" in page(cast.june, page_of) and "· it takes something away" in page(
        cast.june, page_of
    )
    assert "says one of them" not in page(None, page_of)  # one answer is nobody's to read
    told = browser_of(None).get(f"/api/decisions/changes/{change.id}").json()["in_the_way"]
    assert {one["code"] for one in told} == {one["code"] for one in shown} - {"time"}
    changing.judges(change, cast.lena, "for")  # she says it no more
    assert changing.started(cast, change, **OVER).is_passed_over


def test_of_a_small_group_half_are_enough_to_go_on_only_after_a_second_asking(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast, size=3))
    changing.asked(cast, change)
    changing.judges(change, cast.rosa)
    changing.judges(change, cast.tom)  # works there: heard, and not counted
    clock.advance(days=29)
    assert "They are few, so each of them counts." in page(cast.june, f"/changes/{change.id}")
    asked_again(cast, change)
    clock.advance(days=29)
    with pytest.raises(Refused, match="and 2 have judged it"):
        do(start(change, **OVER), by=cast.june)
    changing.judges(change, cast.devon)
    assert changing.started(cast, change, **OVER).is_passed_over


def test_what_takes_away_waits_until_enough_have_judged_it(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast, change="cut"))
    changing.asked(cast, change)
    clock.advance(days=29)
    asked_again(cast, change)
    for by in (cast.rosa, cast.devon, cast.lena, cast.victor):
        changing.judges(change, by, "against")
    clock.advance(days=29)
    with pytest.raises(Refused, match="waits until enough have judged it"):
        do(start(change, **OVER), by=cast.june)
    changing.judges(change, cast.stranger, "against")
    assert changing.started(cast, change, **OVER).state == "running"


def test_what_is_said_in_public_of_too_few_does_not_tell_that_one_more_came(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    clock.advance(days=29)
    asked_again(cast, change)
    clock.advance(days=29)
    said = []
    for by in (cast.rosa, cast.devon, cast.lena, cast.victor):
        changing.judges(change, by)
        said.append(browser_of(None).get(f"/api/decisions/changes/{change.id}").json()["in_the_way"])
    assert all(each == said[0] for each in said)


def test_an_entry_of_the_old_rule_reads_as_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    clock.advance(days=29)
    with monkeypatch.context() as before:  # the rule as it was: this is how such an entry came about
        before.setattr(gates, "_not_gone_over", lambda plan: ())
        changing.started(cast, change, **OVER)
    shown = page(None, f"/changes/{change.id}")
    assert "It started though nobody had judged it: the rule of that time let it." in shown
    assert "Not passed: nobody judged it." in shown and "Sundays begin in May." in shown
    assert replay.verify().problems == [] and replay.compare().problems == []


def test_what_was_said_against_it_is_answered_before_it_starts(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    changing.judges(change, cast.devon, words="At last.")
    said = models.Judgement.everything.get(person=cast.devon.person, is_current=True)
    thanks = {"decision": change.decision, "change": change.id, "judgement": said.id}
    do(commands.AnswerJudgement(**thanks, words="Thank you."), by=cast.june)
    changing.judges(change, cast.rosa, "for_if", words="If there is a ramp.")
    clock.advance(days=29)
    shown = page(cast.june, f"/changes/{change.id}")
    waits = shown.index("These wait for an answer")
    assert waits < shown.index("If there is a ramp.") < shown.index("Read what the others said")
    assert "These wait for an answer" not in page(cast.rosa, f"/changes/{change.id}")
    with pytest.raises(Refused, match="Answer what people said against it"):
        do(start(change), by=cast.june)
    said = models.Judgement.everything.get(person=cast.rosa.person, is_current=True)
    answer = {"decision": change.decision, "change": change.id, "judgement": said.id}
    do(commands.AnswerJudgement(**answer, words="The ramp comes first."), by=cast.june)
    assert changing.started(cast, change).state == "running"  # four of five are for it


def test_those_who_are_paid_to_run_it_are_heard_and_not_counted(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast, size=5))
    for by in (cast.tom, cast.ken, cast.priya, cast.omar, cast.dee):
        changing.judges(change, by)
    changing.judges(change, acts.typed_for(cast.rosa, cast.priya))
    changing.judges(change, cast.devon, standing="works")
    counted = models.Judgement.everything.filter(of_change=change.id, is_counted=True)
    assert not counted.exists()
    changing.judges(change, cast.rosa)
    assert counted.count() == 1


def test_saying_it_again_takes_the_place_of_what_was_said_before(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.judges(change, cast.rosa, "against")
    changing.judges(change, cast.rosa, "for")
    current = models.Judgement.everything.filter(of_change=change.id, is_current=True)
    assert [row.judged for row in current] == ["for"]


def test_a_new_plan_is_judged_anew(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    plan = commands.PutPlan(decision=change.decision, change=change.id, plan="Only on the first Sunday.")
    do(plan, by=cast.june)
    clock.advance(days=29)
    with pytest.raises(Refused) as refused:
        do(start(change), by=cast.june)
    said = " ".join(reason.sentence for reason in refused.value.reasons)
    assert "Judged by 0 of 40" in said and "Ask those it affects" in said


def test_after_its_review_day_a_change_loses_its_permission_and_nobody_may_report_on_it(cast: Cast) -> None:
    change = changing.running(cast)
    report = commands.ReportChange(decision=change.decision, change=change.id, words="All is well.")
    do(report, by=cast.tom)
    at_review(change, days_before=-1)
    with pytest.raises(Refused, match="Its permission has lapsed"):
        do(report, by=cast.tom)  # already before the clock has noted it
    assert what_is_due(cast) >= 1
    lapsed = changing.again(change)
    assert lapsed.state == "lapsed"
    with pytest.raises(Refused, match="must judge it first"):
        do(report, by=cast.tom)
    with pytest.raises(Refused, match="Ask those it affects"):
        do(go_on(change), by=cast.june)


def test_it_goes_on_when_those_it_affects_and_those_who_left_have_judged_it(cast: Cast) -> None:
    change = changing.running(cast)
    with pytest.raises(Refused, match="You can judge what it did from"):
        changing.judges(change, cast.rosa)
    at_review(change, days_before=50)
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    clock.advance(days=29)
    with pytest.raises(Refused, match="Say how many used it and left"):
        do(go_on(change), by=cast.june)
    changing.asked(cast, change, left=4, left_asked=0)
    with pytest.raises(Refused, match="Ask those who left too"):
        do(go_on(change), by=cast.june)
    changing.asked(cast, change, left=4, left_asked=4)
    changing.judges(change, cast.stranger, "against", standing="left")
    do(go_on(change), by=cast.june)
    assert changing.again(change).state == "running"
    assert changing.again(change).review_on == date(2027, 3, 9)


def test_what_lapsed_by_itself_is_said_to_be_nobodys_act(cast: Cast) -> None:
    change = changing.running(cast)
    at_review(change, days_before=-1)
    what_is_due(cast)
    text = page(None, f"/changes/{change.id}")
    lapsed = text[text.index("Its permission lapsed by itself") :].split("</li>")[0]
    assert "Head of adult social care" not in lapsed and "Wexmoor Council" not in lapsed
    steps = browser_of(None).get(f"/api/decisions/changes/{change.id}").json()["steps"]
    assert [one["office"] for one in steps if one["kind"] == "lapsed"] == [None]
    assert all(one["office"] for one in steps if one["kind"] == "started")


def test_a_lapsed_change_can_be_judged_late_and_goes_on_only_then(cast: Cast) -> None:
    change = changing.running(cast)
    at_review(change, days_before=-1)
    what_is_due(cast)
    changing.asked(cast, change, left=0, left_asked=0)
    changing.all_judge(cast, change)
    clock.advance(days=29)
    do(go_on(change), by=cast.june)
    assert changing.again(change).state == "running"


def test_of_a_change_that_has_just_started_nobody_reads_that_nobody_has_judged_what_it_did(
    cast: Cast,
) -> None:
    change = changing.running(cast)
    shown = page(cast.june, f"/changes/{change.id}")
    assert "It is too early to judge what it did." in shown and "No reason can stand in" not in shown
    first = judged_from(change)
    assert first is not None and f"They can judge it from {words.day(first)}." in shown
    assert "/do/decisions.change_goes_on" not in shown, "what would be refused is not offered"
    with pytest.raises(Refused, match="It is too early to judge what it did"):
        do(go_on(change, **OVER), by=cast.june)
    at_review(change)
    assert "No reason can stand in" in page(cast.june, f"/changes/{change.id}")
    changing.asked(cast, change, left=0, left_asked=0)
    changing.all_judge(cast, change)
    assert "/do/decisions.change_goes_on" not in page(cast.june, f"/changes/{change.id}")
    clock.advance(days=29)
    assert "/do/decisions.change_goes_on" in page(cast.june, f"/changes/{change.id}")


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (0, "those it affects have not judged it."),
        (2, "too few had judged it."),
        (5, "had judged it and agreed, and nobody let it go on."),
        (-5, "had judged it and did not agree."),
    ],
)
def test_of_a_lapse_the_record_says_whether_they_had_judged_it(cast: Cast, judged: int, said: str) -> None:
    change = changing.running(cast)
    at_review(change)
    people = (cast.rosa, cast.devon, cast.lena, cast.victor, cast.stranger)
    for by in people[: abs(judged)]:
        changing.judges(change, by, "against" if judged < 0 else "for")
    clock.advance(days=11)
    what_is_due(cast)
    assert changing.again(change).state == "lapsed"
    assert said in page(cast.june, f"/decisions/{change.decision}/history")
    assert "had not been let go on" in page(cast.june, f"/changes/{change.id}")


def test_whoever_asks_a_second_time_says_how_many_it_reached(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change, reached=12)
    clock.advance(days=29)
    again: dict[str, Any] = {"decision": change.decision, "change": change.id, "ways": "At the door."}
    with pytest.raises(Refused, match="how many of them it has reached"):
        do(commands.AskAgain(**again), by=cast.june)
    with pytest.raises(Refused, match="more than all it affects"):
        do(commands.AskAgain(**again, reached=41), by=cast.june)
    do(commands.AskAgain(**again, reached=31), by=cast.june)
    shown = page(cast.rosa, f"/changes/{change.id}")
    assert "it had reached 31 people by then." in shown and "it reached 31 people." in shown
    assert changing.again(change).reached == 31


def test_a_judgement_is_not_passed_over_twice_running(cast: Cast) -> None:
    change = changing.running(cast)
    at_review(change)
    changing.asked(cast, change, left=0, left_asked=0)
    changing.all_judge(cast, change, "against")
    clock.advance(days=29)
    over = {"passed_over": "We want more time.", "look_again_on": clock.today().replace(day=28)}
    do(go_on(change, **over), by=cast.june)
    change = changing.again(change)
    at_review(change, days_before=0)
    changing.asked(cast, change, left=0, left_asked=0)
    changing.all_judge(cast, change, "against")
    clock.advance(days=29)
    day = clock.today().replace(day=28)
    with pytest.raises(Refused, match="It cannot be passed over again"):
        do(go_on(change, passed_over="Again.", look_again_on=day), by=cast.june)


def test_stopping_says_how_help_goes_on(cast: Cast) -> None:
    change = changing.running(cast)
    stop = {"decision": change.decision, "change": change.id, "words": "Few came."}
    with pytest.raises(Refused, match="Say how help goes on"):
        do(commands.StopChange(**stop, care=""), by=cast.june)
    do(commands.StopChange(**stop, care="Those who came can come on Fridays."), by=cast.june)
    assert changing.again(change).state == "stopped"


def test_another_plan_takes_the_place_of_the_first_only_through_gate_one(cast: Cast) -> None:
    first = changing.running(cast)
    second = changing.proposed(cast, first.decision, name="Saturdays", follows=first.id)
    with pytest.raises(Refused, match="Ask those it affects"):
        do(start(second), by=cast.june)
    changing.asked(cast, second)
    changing.all_judge(cast, second)
    clock.advance(days=29)
    changing.started(cast, second)
    assert (changing.again(first).state, changing.again(second).state) == ("changed", "running")


def test_nobody_starts_a_change_but_those_who_decide(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    for by in (cast.tom, cast.rosa, cast.stranger, cast.ken):
        with pytest.raises(NotAllowed):
            do(start(change), by=by)
    lapse = commands.LapseChange(decision=change.decision, change=change.id)
    with pytest.raises(NotAllowed):
        do(lapse, by=cast.june)
    with pytest.raises(Refused):
        do(lapse, by=THE_CLOCK)


def test_no_route_but_the_gate_starts_or_extends_a_change(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    client = browser_of(cast.june)
    part = {"decision": str(change.decision), "change": str(change.id)}
    for kind in ("decisions.change_started", "decisions.change_goes_on"):
        answer: Any = client.post(f"/api/do/{kind}", part, content_type="application/json")
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
        settled = {**part, "is_passed_over": True, "next_on": "2030-01-01"}
        answer = client.post(f"/api/do/{kind}", settled, content_type="application/json")
        assert answer.status_code == 422
        assert client.post(f"/do/{kind}", part).status_code == 422
    for way in ("cli", "import"):
        with pytest.raises(Refused):
            do(start(change), by=replace(cast.june, way=way))
    with pytest.raises(NotAllowed):
        do(start(change), by=THE_CLOCK)
    assert changing.again(change).state == "proposed"
    assert not any("change" in name for name in IMPORTERS)


def test_a_change_of_another_decision_cannot_be_reached_through_this_one(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast))
    other = changing.hall(cast)
    with pytest.raises(Refused, match="belongs to another decision"):
        do(commands.StartChange(decision=other, change=change.id), by=cast.june)


def test_a_change_comes_only_from_a_decision_about_a_place_that_was_agreed(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    propose = {"kind": "service", "name": "A", "plan": "B", "run_by": cast.council}
    with pytest.raises(Refused, match="about one person’s life"):
        do(commands.ProposeChange(decision=decision, **propose), by=cast.ken)
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Paint it", change="start")
    with pytest.raises(Refused, match="Decide it first"):
        do(commands.ProposeChange(decision=do(place, by=cast.june).thing, **propose), by=cast.june)


# -- Try-outs ----------------------------------------------------------------------------------------


def set_out(change: models.Change, **more: Any) -> commands.SetOutPilot:
    values: dict[str, Any] = {
        "where": "Mill Street",
        "until_on": date(2026, 8, 1),
        "predicts": "20 people come each week.",
        "checks_on": date(2026, 7, 20),
        "measured": "We count who comes.",
        "judges": "Those who come, and those who stopped coming.",
        "stop_rule": "If more than 3 lose help they had.",
        "stop_number": 3,
    }
    return commands.SetOutPilot(decision=change.decision, change=change.id, **(values | more))


def try_out(cast: Cast) -> models.Change:
    """A try-out that started."""
    change = changing.proposed(cast, changing.hall(cast), is_pilot=True, group="Mill Street", size=6)
    do(commands.AskToJudge(decision=change.decision, change=change.id, reached=6), by=cast.june)
    changing.all_judge(cast, change)
    clock.advance(days=29)
    with pytest.raises(Refused, match="when you would stop"):
        do(start(change), by=cast.june)
    with pytest.raises(Refused, match="Nothing starts without it"):
        do(set_out(change, stop_rule=""), by=cast.june)
    do(set_out(change), by=cast.june)
    change = changing.started(cast, change)
    assert change.review_on == date(2026, 8, 1)  # its last day, before the six months are over
    return change


def evaluate(change: models.Change, number: int) -> commands.EvaluatePilot:
    said = {"happened": f"{number} lost help.", "number": number, "came": "partly"}
    return commands.EvaluatePilot(decision=change.decision, change=change.id, **said)


def test_nothing_wider_starts_before_the_try_out_is_evaluated_by_those_who_stayed_and_left(
    cast: Cast,
) -> None:
    pilot = try_out(cast)
    with pytest.raises(Refused, match="First write down what came of the try-out"):
        changing.proposed(cast, pilot.decision, name="Everywhere", follows=pilot.id)
    wider = changing.proposed(cast, pilot.decision, name="Everywhere")  # and leaving out what it follows
    changing.asked(cast, wider)
    changing.all_judge(cast, wider)
    clock.advance(days=29)
    with pytest.raises(Refused, match="First write down what came"):
        do(start(wider), by=cast.june)
    with pytest.raises(Refused, match="Judged by 0 of 6"):
        do(evaluate(pilot, 1), by=cast.june)
    clock.advance(days=40)
    ask = commands.AskToJudge(decision=pilot.decision, change=pilot.id, reached=6, left=2, left_asked=2)
    do(ask, by=cast.june)
    changing.all_judge(cast, pilot)
    changing.judges(pilot, cast.stranger, "against", standing="left", words="Nobody asked me.")
    do(evaluate(pilot, 1), by=cast.june)
    row = models.Evaluation.everything.get(of_change=pilot.id)
    assert (row.heard, row.whom, row.left, row.left_asked, row.left_heard) == (5, 6, 2, 2, 1)
    text = page(None, f"/changes/{pilot.id}")
    assert "5 of 6 had judged it. 2 had left, 2 of them were asked, a few judged it." in text
    assert changing.started(cast, wider).state == "running"


def test_nothing_wider_than_a_try_out_starts_while_nobody_has_tried_it_out(cast: Cast) -> None:
    pilot = changing.proposed(cast, changing.hall(cast), is_pilot=True, group="Mill Street", size=6)
    with pytest.raises(Refused, match="First try out “Sundays”, and write down what came of it"):
        changing.proposed(cast, pilot.decision, name="Everywhere", follows=pilot.id)
    wider = changing.proposed(cast, pilot.decision, name="Everywhere")
    changing.asked(cast, wider)
    changing.all_judge(cast, wider)
    clock.advance(days=29)
    assert "First try out “Sundays”" in page(None, f"/changes/{wider.id}")
    with pytest.raises(Refused, match=r"First try out “Sundays”.* Or drop it"):
        do(start(wider), by=cast.june)
    dropped = {"decision": pilot.decision, "change": pilot.id, "words": "There is no room."}
    do(commands.DropChange(**dropped), by=cast.june)
    with pytest.raises(Refused, match="never tried"):
        changing.proposed(cast, pilot.decision, name="Everywhere", follows=pilot.id)
    assert changing.started(cast, wider).state == "running"


def test_nobody_is_asked_to_make_a_try_out_wider_before_anybody_wrote_what_came_of_it(cast: Cast) -> None:
    pilot, wider = try_out(cast), "Make it wider"
    address = f"/changes/{pilot.id}"
    assert "Nothing wider starts before it is written down here" in page(None, address)
    assert wider not in page(cast.june, address), "the form was offered, and then refused"
    at_review(pilot)
    asked = {"decision": pilot.decision, "change": pilot.id, "reached": 6}
    do(commands.AskToJudge(**asked, left=0, left_asked=0), by=cast.june)
    changing.all_judge(cast, pilot)
    do(evaluate(pilot, 1), by=cast.june)
    assert "Nothing wider starts before" not in page(None, address)
    assert wider in page(cast.june, address)


def test_a_stop_rule_that_is_met_blocks_what_is_wider_and_says_so(cast: Cast) -> None:
    pilot = try_out(cast)
    do(evaluate(pilot, 4), by=cast.june)  # it need not wait: the number says that it must stop
    assert models.Evaluation.everything.get(of_change=pilot.id).is_stop_met
    with pytest.raises(Refused, match=r"met its stop rule\. It may not be made wider"):
        changing.proposed(cast, pilot.decision, name="Everywhere", follows=pilot.id)
    wider = changing.proposed(cast, pilot.decision, name="Everywhere")
    over = {"passed_over": "It is popular.", "look_again_on": date(2026, 5, 1)}
    with pytest.raises(Refused, match="met its stop rule"):
        do(start(wider, **over), by=cast.june)
    at_review(pilot)
    changing.asked(cast, wider)
    with pytest.raises(Refused, match="Its stop rule is met"):
        do(go_on(pilot), by=cast.june)


# -- A front door or a computer system ---------------------------------------------------------------


def front_door(cast: Cast) -> models.Change:
    """One front door, judged by those it affects, and not tried yet."""
    change = changing.proposed(cast, changing.hall(cast), "front_door", name="One number to ring")
    changing.asked(cast, change)
    changing.all_judge(cast, change)
    clock.advance(days=29)
    return change


def tries(change: models.Change, by: Any, tried_as: str, works: str = "yes") -> None:
    item = models.FitnessItem.everything.get(of_change=change.id)
    it = commands.TryIt(
        decision=change.decision, change=change.id, item=item.id, tried_as=tried_as, works=works
    )
    do(it, by=by)


def claim(change: models.Change) -> None:
    good = commands.ClaimBenefit(
        decision=change.decision,
        change=change.id,
        words="People wait less.",
        for_whom="People who ring",
        measured_how="Minutes until a person answers.",
        checks_on=date(2026, 6, 1),
    )
    do(good, by=change_by(change))


def change_by(change: models.Change) -> Any:
    from alongside.kernel.policy import Actor

    decider = models.Decider.everything.filter(decision=change.decision)[0]
    return Actor(person=decider.person, strong=True)


def fit(cast: Cast) -> models.Change:
    change = front_door(cast)
    with pytest.raises(Refused, match="Say each thing it must do"):
        do(start(change), by=cast.june)
    must = commands.SayWhatItMustDo(
        decision=change.decision, change=change.id, words="A deaf person can ask for help"
    )
    do(must, by=cast.june)
    tries(change, cast.rosa, "disabled", "no")
    tries(change, cast.priya, "practitioner")
    tries(change, cast.ken, "disabled")  # he is paid to bring it in: not counted as that
    with pytest.raises(Refused) as refused:
        do(start(change), by=cast.june)
    said = " ".join(reason.sentence for reason in refused.value.reasons)
    assert "tried by 2. It needs 3" in said and "“I am disabled” found that it works" in said
    assert "Say what good it will do" in said
    tries(change, cast.rosa, "disabled")  # after it was mended she tries it again
    tries(change, cast.devon, "carer")
    claim(change)
    return changing.started(cast, change)


def test_a_front_door_goes_live_only_when_people_who_will_use_it_found_that_it_works(cast: Cast) -> None:
    change = fit(cast)
    assert change.state == "running"
    for reader, tried in ((None, None), (cast.june, 3)):  # whoever decides reads each answer anyway
        told = browser_of(reader).get(f"/api/decisions/changes/{change.id}").json()
        assert [(one["tried"], one["works"]) for one in told["must_do"]] == [(tried, tried)]
        (good,) = told["claims"]  # nobody has said anything of it, and nought is told
        assert (good["words"], good["said"], good["came"]) == ("People wait less.", 0, 0)


@pytest.mark.parametrize(
    ("measured", "said", "result"),
    [
        (True, "yes", "came"),
        (True, "no", "failed"),
        (False, "yes", "not_measured"),
        (True, None, "not_measured"),
    ],
)
def test_a_good_that_did_not_come_opens_the_decision_to_switch_it_off(
    cast: Cast, measured: bool, said: str | None, result: str
) -> None:
    change = fit(cast)
    good = models.Benefit.everything.get(of_change=change.id)
    part = {"decision": change.decision, "change": change.id, "benefit": good.id}
    with pytest.raises(Refused, match="You can say this from"):
        do(commands.SayIfGoodCame(**part, came="yes", is_for_me=True), by=cast.rosa)
    clock.advance(days=(good.checks_on - clock.today()).days)
    if measured:
        do(commands.MeasureBenefit(**part, found="11 minutes, it was 14."), by=cast.june)
    if said:
        do(commands.SayIfGoodCame(**part, came=said, is_for_me=True), by=cast.rosa)
        do(commands.SayIfGoodCame(**part, came="yes" if said == "no" else "no", is_for_me=True), by=cast.tom)
    clock.advance(days=29)
    before = models.Decision.everything.count()
    what_is_due(cast)
    assert models.Benefit.everything.get(id=good.id).result == result
    opened = models.Origin.everything.filter(from_change=change.id)
    assert models.Decision.everything.count() - before == opened.count() == (0 if result == "came" else 1)
    for row in opened:
        decision = models.Decision.everything.get(id=row.decision)
        assert (decision.about, decision.change_code, decision.state) == ("place", "end", "open")
        told = page(None, f"/changes/{change.id}")
        assert f'href="/decisions/{row.decision}"' in told
        assert "Those who decide claim this." in told and ("Written down on" in told) == measured


# -- The gates as pure logic -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whom", "wanted"), [(0, 0), (1, 1), (4, 4), (5, 5), (40, 5), (51, 6), (900, 90), (10_000, 1000)]
)
def test_how_many_must_judge_follows_from_how_many_it_affects(whom: int, wanted: int) -> None:
    assert counted.needed(whom, counted.Measure()) == wanted


def test_half_is_not_more_than_half_and_if_is_not_yes() -> None:
    measure = counted.Measure()
    assert not counted.is_agreed(counted.Tally(40, is_for=3, against=3), measure)
    assert not counted.is_agreed(counted.Tally(40, is_for=3, for_if=3), measure)
    assert counted.is_agreed(counted.Tally(40, is_for=4, against=3), measure)
    assert not counted.is_agreed(counted.Tally(40), measure)


def test_help_is_never_a_move_of_a_change() -> None:
    assert {wish for _state, wish in gates.MOVES} == {
        "put",
        "start",
        "drop",
        "progress",
        "go_on",
        "lapse",
        "stop",
        "replace",
    }
    assert not any(state in (gates.STOPPED, gates.CHANGED, gates.DROPPED) for state, _wish in gates.MOVES)


def test_who_decides_without_a_passkey_is_told_to_sign_in_with_it_first(cast: Cast) -> None:
    """A councillor on a panel comes by an emailed code: a form that refuses at the end wastes their words."""
    change = changing.running(cast)
    with_it = page(cast.june, f"/changes/{change.id}")
    without = page(replace(cast.june, strong=False), f"/changes/{change.id}")
    assert "/do/decisions.change_stopped" in with_it and "sign in with your passkey" not in with_it
    assert "/do/decisions.change_stopped" not in without and "sign in with your passkey" in without


def test_those_who_answer_for_a_change_find_on_their_page_that_it_may_not_go_on(cast: Cast) -> None:
    words, lapsed = "Changes you answer for", "Its permission lapsed on"
    assert words not in page(cast.june, "/")
    change = changing.running(cast)
    assert lapsed not in page(cast.june, "/")
    at_review(change, days_before=-1)
    home = page(cast.june, "/")
    assert words in home and lapsed in home and f"/changes/{change.id}" in home
    for other in (cast.ken, cast.ana, cast.rosa):
        assert words not in page(other, "/")


def test_where_no_change_was_ever_proposed_the_list_says_so(cast: Cast) -> None:
    assert "No change has been proposed yet." in page(None, "/changes/")
