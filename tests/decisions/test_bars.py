"""Each thing that stands in the way at a gate stands there alone: a plan that is sound but for one thing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.engine.counted import Measure, Tally
from alongside.topics.decisions.engine.gates import (
    Bar,
    Plan,
    TryOut,
    may_evaluate,
    may_go_on,
    may_start,
    ways_on,
)

TODAY = date(2026, 6, 1)
ENOUGH = Tally(whom=100, is_for=8, against=2, left=0)
SOUND = Plan(state=gates.PROPOSED, tally=ENOUGH, was_asked=True, time_is_up=True)
GOES = replace(SOUND, state=gates.RUNNING, judged_from=date(2026, 5, 1), review_on=date(2026, 7, 1))
FEW = Tally(whom=100, is_for=5, left=0)  # half of the ten that it needs
LEAST = replace(FEW, is_for=4)
NOBODY = Tally(whom=100, left=0)
AGAINST = replace(ENOUGH, is_for=2, against=8)
LOT = Tally(whom=20, is_for=10, drawn_from=100, is_by_lot=True, left=0)
OVER = {"passes_over": True, "looks_again": True}
SET_OUT = {"is_pilot": True, "is_set_out": True}


def codes(bars: tuple[Bar, ...] | list[Bar]) -> list[str]:
    return [code for code, _sentence in bars]


def test_a_sound_plan_passes_both_gates() -> None:
    assert codes(may_start(SOUND)) == codes(may_go_on(GOES, TODAY)) == []
    assert codes(may_start(replace(SOUND, tally=LOT))) == []


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"state": gates.RUNNING}, ["state"]),
        ({"state": gates.DROPPED}, ["state"]),
        ({"is_agreed_on": False}, ["undecided"]),
        ({"others": (TryOut("East", True, True, True),)}, ["stop_rule_met"]),
        ({"others": (TryOut("East", True, False, False),)}, ["not_evaluated"]),
        ({"others": (TryOut("East", False, False, False),)}, []),
        ({"others": (TryOut("East", False, False, False, waits=True),)}, ["not_tried"]),
        ({"others": (TryOut("East", False, False, False, waits=True),), **SET_OUT}, []),
        ({"others": (TryOut("East", True, True, False),)}, []),
        ({"is_pilot": True}, ["not_set_out"]),
        (SET_OUT, []),
        ({"needs_fitness": True, "unfit": ("slow",), "is_good_claimed": True}, ["unfit"]),
        ({"needs_fitness": True}, ["no_claim"]),
        ({"unfit": ("slow",)}, []),  # only a front door or a system must be tried first
        ({"tally": Tally()}, ["no_group"]),
        ({"was_asked": False}, ["not_asked"]),
        ({"drawn_wait": True}, ["drawn_wait"]),
        ({"time_is_up": False}, ["time"]),
        ({"time_is_up": False, "tally": replace(ENOUGH, whom=10)}, []),  # all of them have judged it
        ({"unanswered": 1}, ["no_reply"]),
        ({"tally": AGAINST}, ["not_agreed", "no_reason", "no_day"]),
        ({"tally": replace(ENOUGH, is_for=5, against=5)}, ["not_agreed", "no_reason", "no_day"]),
        ({"tally": AGAINST, "passes_over": True}, ["not_agreed", "no_day"]),
        ({"tally": AGAINST, "looks_again": True}, ["not_agreed", "no_reason"]),
        ({"tally": AGAINST, **OVER}, []),
        ({"tally": replace(LOT, beside_against=15)}, ["others_against", "no_reason", "no_day"]),
        ({"tally": NOBODY, "asked_again": True, **OVER}, ["unheard", "nobody"]),
        ({"tally": FEW, "takes_away": True, "asked_again": True, **OVER}, ["unheard", "too_few_to_lose"]),
        ({"tally": FEW, "said_to_take": True, "asked_again": True, **OVER}, ["unheard", "too_few_to_lose"]),
        # of a few, nobody else reads what one of them said
        ({"tally": FEW, "said_to_take": True, "smallest": 10, **OVER}, ["unheard", "too_few"]),
        ({"tally": replace(NOBODY, beside_for=1), "asked_again": True, **OVER}, ["unheard", "too_few"]),
        ({"tally": replace(LEAST, beside_for=4), "asked_again": True, **OVER}, ["unheard", "too_few"]),
        ({"tally": FEW, **OVER}, ["unheard", "ask_again"]),
        ({"tally": FEW, "smallest": 10, **OVER}, ["unheard", "too_few"]),
        ({"tally": FEW, "smallest": 10, "asked_again": True, **OVER}, ["unheard", "too_few"]),
        ({"tally": FEW, "time_is_up": False, **OVER}, ["time", "unheard", "too_few"]),
        ({"tally": LEAST, "asked_again": True, **OVER}, ["unheard", "too_few"]),
        ({"tally": FEW, "asked_again": True, **OVER}, []),
        ({"tally": FEW, "asked_again": True}, ["unheard", "no_reason", "no_day"]),
    ],
)
def test_what_stands_in_the_way_of_starting(spoilt: dict[str, Any], said: list[str]) -> None:
    assert codes(may_start(replace(SOUND, **spoilt))) == said


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"state": gates.PROPOSED}, ["state"]),
        ({"state": gates.LAPSED}, []),
        ({"is_agreed_on": False}, ["undecided"]),
        ({"stop_rule_met": True}, ["stop_rule_met"]),
        ({"judged_from": date(2026, 6, 2)}, ["early"]),
        ({"judged_from": date(2026, 6, 1)}, []),
        ({"judged_from": date(2026, 6, 2), "state": gates.LAPSED}, []),
        ({"tally": replace(ENOUGH, left=None)}, ["left_unknown"]),
        ({"tally": replace(ENOUGH, left=3)}, ["left_not_asked"]),
        ({"tally": replace(ENOUGH, left=3, left_asked=2)}, []),
        ({"tally": replace(ENOUGH, left=None), "was_asked": False}, ["not_asked"]),
        ({"tally": AGAINST, "was_passed_over": True, **OVER}, ["twice"]),
        ({"tally": AGAINST, **OVER}, []),
        ({"was_passed_over": True}, []),
        ({"judged_from": None}, []),
    ],
)
def test_what_stands_in_the_way_of_going_on(spoilt: dict[str, Any], said: list[str]) -> None:
    assert codes(may_go_on(replace(GOES, **spoilt), TODAY)) == said


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({}, []),
        ({"is_pilot": False}, ["not_a_pilot"]),
        ({"state": gates.PROPOSED}, ["state"]),
        ({"tally": NOBODY}, ["unheard"]),
        ({"tally": replace(ENOUGH, left=None)}, ["left_unknown"]),
        ({"tally": NOBODY, "stop_rule_met": True}, []),  # what must stop is written down at once
    ],
)
def test_what_stands_in_the_way_of_saying_what_came_of_a_try_out(
    spoilt: dict[str, Any], said: list[str]
) -> None:
    assert codes(list(may_evaluate(replace(GOES, **{"is_pilot": True, **spoilt})))) == said


@pytest.mark.parametrize(
    ("spoilt", "count"),
    [
        ({"tally": FEW}, 3),
        ({"tally": FEW, "was_asked": False}, 0),
        ({"tally": FEW, "state": gates.DROPPED}, 0),
        ({}, 0),  # enough have judged it
        ({"tally": replace(LOT, is_for=3)}, 4),
        ({"tally": Tally(whom=3, is_for=1)}, 4),
    ],
)
def test_there_is_a_way_on_while_too_few_have_judged_and_none_is_offered_else(
    spoilt: dict[str, Any], count: int
) -> None:
    assert len(list(ways_on(replace(SOUND, **spoilt)))) == count


@pytest.mark.parametrize(
    ("state", "review_on", "lapsed"),
    [
        (gates.RUNNING, date(2026, 5, 31), True),
        (gates.RUNNING, TODAY, False),  # on the day itself it may still run
        (gates.RUNNING, None, False),
        (gates.LAPSED, date(2026, 7, 1), True),
        (gates.PROPOSED, date(2026, 5, 31), False),
        (gates.STOPPED, date(2026, 5, 31), False),
    ],
)
def test_permission_ends_after_its_day_whether_or_not_the_clock_wrote_that_down(
    state: str, review_on: date | None, lapsed: bool
) -> None:
    assert gates.is_lapsed(state, review_on, TODAY) == lapsed


def sentence(plan: Plan, code: str) -> str:
    return str(dict(may_start(plan))[code])


def test_whoever_may_not_know_a_small_number_reads_it_in_no_sentence() -> None:
    few = replace(SOUND, tally=LEAST, numbers=LEAST)
    assert sentence(few, "unheard") == "Judged by 4 of 100. It needs 10."
    assert sentence(replace(few, smallest=5), "unheard") == "Only a few of 100 have judged it. It needs 10."
    no = replace(SOUND, tally=AGAINST, numbers=AGAINST)
    hidden = "Those who judged it did not agree: not enough of them are for it."
    assert sentence(no, "not_agreed") == "2 of 10 who judged it are for it."
    assert sentence(replace(no, smallest=5), "not_agreed") == hidden
    assert sentence(replace(no, numbers=ENOUGH), "not_agreed") == hidden  # of an earlier lot, which agreed


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        (NOBODY, "Nobody has judged it in this round yet."),
        (FEW, "Not passed so far: too few have judged it."),
        (AGAINST, "Not passed: those who judged it do not agree to it."),
        (replace(LOT, beside_against=15), gates._ALL),
        (replace(LOT, is_for=20, beside_against=15), gates._OTHERS),
        (ENOUGH, "Passed: those who judged it agree to it."),
    ],
)
def test_how_a_judgement_stands_is_always_said(tally: Tally, said: str) -> None:
    assert str(gates.passed(tally, Measure())) == str(said)


def test_the_ways_on_fit_how_far_it_has_come() -> None:
    first, *_more, last = map(str, ways_on(replace(SOUND, tally=FEW)))
    assert first.startswith("Give more time") and last.startswith("Or change the plan")
    asked, *_more, stop = map(str, ways_on(replace(GOES, tally=FEW, time_is_up=False)))
    assert asked.startswith("Ask whoever has not answered") and stop.startswith("Or stop it")
