"""Voices, judgements and lots, counted by hand right where an answer turns: pure numbers, no database."""

from datetime import date
from hashlib import sha256
from itertools import product
from typing import Any
from uuid import UUID, uuid5

import pytest

from alongside.topics.decisions.engine import counted
from alongside.topics.decisions.engine.counted import Measure, Tally
from alongside.topics.decisions.engine.few import result_told, told
from alongside.topics.decisions.engine.lot import drawn, list_mark, lot_of
from alongside.topics.decisions.engine.sending import next_day
from alongside.topics.decisions.engine.turn import in_turn
from alongside.topics.decisions.engine.votes import Tally as Votes

MEASURE = Measure()
TODAY = date(2026, 3, 31)
ENTRY = UUID("0b7f8a5e-3c55-4d0e-9a2b-1f4f6f1f7a10")


def lot(is_for: int, against: int, *, whom: int = 20, of: int = 100, **more: Any) -> Tally:
    return Tally(whom=whom, drawn_from=of, is_by_lot=True, is_for=is_for, against=against, **more)


# Those who judge -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whom", "needed"),
    [(0, 0), (1, 1), (4, 4), (5, 5), (6, 5), (50, 5), (51, 6), (60, 6), (100, 10), (101, 11)],
)
def test_at_least_five_judge_or_all_and_of_many_a_tenth_rounded_up(whom: int, needed: int) -> None:
    assert counted.needed(whom, MEASURE) == needed
    assert counted.needed_of(Tally(whom=whom, drawn_from=900), MEASURE) == needed, "no lot was drawn"


@pytest.mark.parametrize(
    ("whom", "of", "needed"),
    [
        (20, 100, 10),  # as many as of all it affects
        (20, 60, 6),
        (20, 40, 5),
        (20, 109, 11),  # half of those drawn and one is eleven too
        (20, 500, 11),  # and no more
        (21, 500, 11),
        (4, 500, 4),
        (200, 210, 21),  # of so many drawn their own tenth
        (200, 100, 20),
    ],
)
def test_of_those_drawn_as_many_judge_as_of_all_but_at_most_half_and_one(
    whom: int, of: int, needed: int
) -> None:
    assert counted.needed_of(lot(0, 0, whom=whom, of=of), MEASURE) == needed


@pytest.mark.parametrize(("whom", "least"), [(0, 1), (1, 1), (2, 1), (3, 2), (5, 3), (100, 5), (110, 6)])
def test_half_of_the_least_number_can_be_gone_over_and_nobody_never(whom: int, least: int) -> None:
    assert counted.least_to_go_over(Tally(whom=whom), MEASURE) == least


def test_enough_have_judged_at_the_number_and_never_where_it_affects_nobody() -> None:
    assert counted.is_heard(Tally(whom=100, is_for=4, for_if=3, against=3), MEASURE)
    assert not counted.is_heard(Tally(whom=100, is_for=3, for_if=3, against=3), MEASURE)
    assert counted.is_heard(Tally(whom=1, against=1), MEASURE)
    assert not counted.is_heard(Tally(), MEASURE)


def test_more_than_half_agree_and_for_if_is_not_for_yet() -> None:
    assert counted.is_agreed(Tally(whom=9, is_for=5, against=4), MEASURE)
    assert not counted.is_agreed(Tally(whom=10, is_for=5, against=5), MEASURE)
    assert not counted.is_agreed(Tally(whom=9, is_for=4, for_if=5), MEASURE)
    assert not counted.is_agreed(Tally(whom=9), MEASURE)


def test_who_has_not_answered_is_never_fewer_than_nobody() -> None:
    assert Tally(whom=10, is_for=3, for_if=1, against=2).not_answered == 4
    assert Tally(whom=2, is_for=3).not_answered == 0
    assert Tally(beside_for=1, beside_for_if=2, beside_against=4).beside == 7


def test_those_not_drawn_stop_what_all_together_would_not_have_let_through() -> None:
    assert not counted.all_are_against(lot(6, 4), MEASURE), "nobody else judged it"
    assert not counted.all_are_against(lot(6, 4, beside_against=1), MEASURE)
    assert counted.all_are_against(lot(6, 4, beside_against=2), MEASURE), (
        "six of twelve are not more than half"
    )
    assert counted.all_are_against(lot(6, 5, beside_against=1), MEASURE), "one turned it"
    assert not counted.all_are_against(lot(4, 6, beside_for=3), MEASURE)
    assert not counted.all_are_against(lot(0, 9), MEASURE)


def test_those_not_drawn_stop_it_by_themselves_once_they_are_enough() -> None:
    strong = lot(20, 0, beside_against=8)  # a tenth of the eighty who were not drawn
    assert counted.beside_are_against(strong, MEASURE)
    assert not counted.beside_are_against(lot(20, 0, beside_against=7), MEASURE)
    assert counted.beside_are_against(lot(20, 0, beside_for=4, beside_against=4), MEASURE)
    assert not counted.beside_are_against(lot(20, 0, beside_for=5, beside_against=4), MEASURE)
    whole = {"whom": 20, "of": 20}  # all of them were drawn: whoever else comes must still be five
    assert not counted.beside_are_against(lot(20, 0, beside_against=4, **whole), MEASURE)
    assert counted.beside_are_against(lot(20, 0, beside_against=5, **whole), MEASURE)
    assert counted.beside_are_against(lot(20, 0, whom=20, of=10, beside_against=5), MEASURE)


def test_only_beside_a_lot_do_others_stand_in_the_way_and_either_way_is_enough() -> None:
    for tally, stands in (
        (lot(6, 4, beside_against=2), True),
        (lot(20, 0, beside_against=8), True),
        (lot(20, 0, beside_against=7), False),
        (Tally(whom=20, is_for=6, against=4, beside_against=9), False),
    ):
        assert counted.others_are_against(tally, MEASURE) is stands
        assert counted.is_passed(tally, MEASURE) is not stands
    assert not counted.is_passed(lot(5, 5), MEASURE) and not counted.is_passed(lot(5, 0), MEASURE)


# Those who decide together -------------------------------------------------------------------------------


def plainly(one: Votes) -> tuple[bool, bool]:
    """(whether it is met, whether it can still be), from what docs/decisions say of each rule."""
    silent = one.seats - one.yes - one.no - one.aside
    if one.agree == "all":
        met = one.no == 0 and one.yes >= 1 and one.yes + one.aside >= one.seats
        return met and one.seats >= 2, one.no == 0 and one.yes + silent > 0
    wanted = one.seats // 2 + 1 if one.agree == "half" else one.number or 1
    return one.seats >= 2 and wanted <= one.seats and one.yes >= wanted, one.yes + silent >= wanted


def test_each_rule_is_met_with_the_voice_that_it_needs_and_not_before() -> None:
    for agree, number, seats in product(("all", "half", "number"), (None, 1, 2, 3, 6), range(6)):
        for yes, no, aside in product(range(seats + 1), repeat=3):
            if yes + no + aside <= seats:
                votes = Votes(agree, number, seats, yes, no, aside)
                assert (votes.is_met, votes.can_still_be_met) == plainly(votes), votes
                assert votes.silent == seats - yes - no - aside


def test_how_many_must_say_yes() -> None:
    assert [Votes("all", None, 4, aside=aside).needed for aside in range(5)] == [4, 3, 2, 1, 1]
    assert [Votes("half", None, seats).needed for seats in range(6)] == [1, 1, 2, 2, 3, 3]
    assert (Votes("number", 3, 5).needed, Votes("number", None, 5).needed) == (3, 1)
    assert not Votes("number", 3, 2).is_enough_people and Votes("number", 2, 2).is_enough_people
    assert not Votes("half", None, 1).is_enough_people


# Lots and turns ------------------------------------------------------------------------------------------


def test_a_lot_is_drawn_by_the_order_of_the_digests_of_all_numbers() -> None:
    order = sorted(range(1, 8), key=lambda number: sha256(f"rain:{number}".encode()).hexdigest())
    assert lot_of("rain", 3) == sha256(b"rain:3").hexdigest()
    assert list(drawn("rain", 7, 7)) == list(drawn("rain", 7, 9)) == order
    assert list(drawn("rain", 7, 3)) == order[:3]
    assert list(drawn("rain", 7, 3, without=[order[1]])) == [order[0], order[2], order[3]]
    assert drawn("rain", 0, 3) == drawn("rain", 7, 0) == ()
    assert sorted(drawn("rain", 1, 1)) == [1]


@pytest.mark.parametrize(("of", "size"), [(-1, 1), (1, -1), (-1, -1)])
def test_no_lot_is_drawn_of_less_than_nobody(of: int, size: int) -> None:
    with pytest.raises(ValueError):
        drawn("rain", of, size)


def test_the_mark_of_a_list_is_of_its_people_in_whatever_order() -> None:
    people = [uuid5(ENTRY, name) for name in "abc"]
    assert list_mark(people) == list_mark(reversed(people)) != list_mark(people[:2])


def test_whose_turn_it_is_is_drawn_among_the_three_who_had_the_fewest_and_then_goes_by_how_many() -> None:
    people = [uuid5(ENTRY, name) for name in "abcdefg"]
    had = dict(zip(people, (0, 1, 2, 2, 3, 3, 9), strict=True))

    def digest(who: UUID) -> bytes:
        return sha256(ENTRY.bytes + who.bytes).digest()

    first, then = sorted(people[:4], key=digest), sorted(people[4:6], key=digest)
    assert in_turn(people, had=had, entry=ENTRY) == [*first, *then, people[6]]
    assert in_turn(people[:2], had=had, entry=ENTRY) == sorted(people[:2], key=digest)
    assert in_turn(people * 2, had={}, entry=ENTRY) == sorted(people, key=digest)
    assert in_turn([], had=had, entry=ENTRY) == []


# When somebody may be sent something ---------------------------------------------------------------------


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("how_often", "most", "asked_on", "next_on"),
    [
        ("any", None, [], TODAY),
        ("any", 1, [], TODAY),
        ("never", None, [], None),
        ("any", 0, [], None),
        ("any", None, ["03-31"], day("04-01")),
        ("any", None, ["03-30"], TODAY),
        ("weekly", None, ["03-24"], TODAY),
        ("weekly", None, ["03-25"], day("04-01")),
        ("weekly", None, ["03-25", "03-01"], day("04-01")),
        ("monthly", None, ["03-01"], TODAY),
        ("monthly", None, ["03-02"], day("04-01")),
        ("any", 2, ["03-10"], TODAY),
        ("any", 2, ["03-20", "03-10"], day("04-09")),
        ("any", 2, ["03-20", "03-10", "03-01"], day("04-09")),
        ("any", 1, ["03-31"], day("04-30")),
        ("weekly", 2, ["03-30", "01-02"], day("04-06")),
    ],
)
def test_the_next_day_is_the_first_that_each_wish_allows(
    how_often: str, most: int | None, asked_on: list[str], next_on: date | None
) -> None:
    assert next_day(how_often, most, [day(each) for each in asked_on], TODAY) == next_on


# What everyone may be told -------------------------------------------------------------------------------


def test_of_few_who_judged_nothing_is_told_and_of_none_that_it_is_none() -> None:
    few = told(Tally(whom=50, is_for=4, left_heard=0), smallest=5)
    assert (few.heard, few.is_for, few.not_answered, few.left_heard) == (None, None, None, 0)
    assert told(Tally(whom=50, is_for=4, left_heard=9), smallest=5).left_heard is None
    none = told(Tally(whom=50), smallest=5)
    assert (none.heard, none.is_for, none.not_answered, none.is_whole) == (0, 0, 50, True)
    assert told(Tally(whom=50, some_more=True), smallest=5).heard is None
    enough = told(Tally(whom=50, is_for=5, some_more=True), smallest=5)
    assert (enough.heard, enough.not_answered) == (5, 45)
    assert told(Tally(whom=50, is_for=1), smallest=0).is_whole


def test_what_is_told_is_whole_only_where_no_number_is_kept_back() -> None:
    full = told(Tally(whom=50, is_for=20, for_if=10, against=10, left_heard=10), smallest=5)
    assert full.is_whole
    assert not told(Tally(whom=50, is_for=20, against=1), smallest=5).is_whole
    assert not told(Tally(whom=50, is_for=20, for_if=10, against=10, left_heard=2), smallest=5).is_whole


def test_of_a_problem_it_is_told_how_it_stands_only_for_enough_people() -> None:
    counts = {"yes": 10, "partly": 10, "no": 5, "heard": 25, "whom": 33}
    assert result_told({}, shared=0, smallest=5) == {}
    found = result_told(counts, shared=0, smallest=5)
    assert found == {"yes": 10, "partly": 10, "no": 5, "heard": 25, "whom": 30}
    assert result_told(counts, shared=5, smallest=5)["whom"] == 30
    for shared in (1, 4):
        assert result_told(counts, shared=shared, smallest=5)["whom"] is None
    few = result_told({"yes": 4, "partly": 0, "no": 0, "heard": 4, "whom": 40}, shared=9, smallest=5)
    assert set(few.values()) == {None}
    assert result_told({**counts, "whom": 20}, shared=9, smallest=5)["whom"] == 25
    just = result_told({"yes": 5, "partly": 0, "no": 0, "heard": 5, "whom": 5}, shared=9, smallest=5)
    assert (just["heard"], just["whom"]) == (5, 5)
