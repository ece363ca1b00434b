"""Numbers that anybody may be told never point to one person, however they are put together."""

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as some

from alongside.home.counting import one, protected, whole_month_before

SMALLEST = 5


def test_numbers_that_are_large_enough_are_told_as_they_are() -> None:
    told = protected({"heard": 14, "law": 0, "small": 9}, smallest=SMALLEST)
    assert (told.total, told.is_whole) == (23, True)
    assert [(part.name, part.number) for part in told.parts] == [("heard", 14), ("small", 9)]


def test_a_small_number_is_hidden_and_another_is_blurred() -> None:
    told = protected({"heard": 18, "law": 2, "small": 16}, smallest=SMALLEST)
    assert [(p.name, p.number, p.is_at_least) for p in told.parts] == [
        ("heard", 18, False),
        ("law", None, False),
        ("small", 10, True),
    ]


def test_five_and_one_would_give_the_one_away_so_only_six_is_told() -> None:
    told = protected({"heard": 5, "law": 1}, smallest=SMALLEST)
    assert (told.total, told.parts) == (6, ())


def test_too_few_altogether_are_not_told_at_all() -> None:
    assert protected({"heard": 3}, smallest=SMALLEST).total is None
    assert protected({"heard": 0}, smallest=SMALLEST).total == 0
    assert one(4, smallest=SMALLEST).number is None
    assert one(0, smallest=SMALLEST).number == 0


@given(some.dictionaries(some.sampled_from("abcd"), some.integers(0, 30), min_size=1))
def test_whatever_is_hidden_could_be_any_small_number(parts: dict[str, int]) -> None:
    told = protected(parts, smallest=SMALLEST)
    hidden = [part for part in told.parts if part.number is None]
    exact = sum(part.number or 0 for part in told.parts if not part.is_at_least)
    at_least = next((part.number or 0 for part in told.parts if part.is_at_least), 0)
    for guess in product(range(1, SMALLEST), repeat=len(hidden)):
        if told.total is not None and hidden:
            assert told.total - exact - sum(guess) >= at_least
    for part in told.parts:
        assert part.number is None or part.number == 0 or part.number >= SMALLEST


def test_months_are_told_when_they_are_over() -> None:
    assert whole_month_before(date(2026, 3, 1)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert whole_month_before(date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))
