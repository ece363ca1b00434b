"""Counting answers, and showing strangers no more than they may know."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.topics.promises.engine import (
    FIGURES,
    VERDICTS,
    Counts,
    Protected,
    counts,
    in_lots,
    protect,
    total,
)

SMALLEST = 5
some = st.integers(0, 40)
any_counts = st.builds(lambda *numbers: Counts(*numbers), some, some, some, some, some, some)


def test_silence_is_not_kept() -> None:
    found = counts({"kept": 2}, of=9)
    assert (found.kept, found.no_answer, found.of) == (2, 7, 9)


def test_an_answer_nobody_confirmed_is_no_answer() -> None:
    found = counts({"kept": 2}, of=5, unconfirmed=1)
    assert (found.answered, found.no_answer, found.unconfirmed) == (2, 3, 1)


@given(st.dictionaries(st.sampled_from(VERDICTS), some), some)
def test_every_count_shows_its_denominator(verdicts: dict[str, int], of: int) -> None:
    found = counts(verdicts, of=of)
    assert found.of == sum(getattr(found, name) for name in FIGURES) >= of
    assert found.answered == sum(verdicts.values())


@pytest.mark.parametrize("verdicts, of", [({"splendid": 1}, 1), ({"kept": -1}, 1), ({"kept": 1}, -1)])
def test_nonsense_is_not_counted(verdicts: dict[str, int], of: int) -> None:
    with pytest.raises(ValueError, match="cannot be counted"):
        counts(verdicts, of=of)


@given(st.lists(any_counts, max_size=5))
def test_a_total_is_the_sum_of_its_parts(several: list[Counts]) -> None:
    found = total(several)
    for field in fields(Counts):
        assert getattr(found, field.name) == sum(getattr(one, field.name) for one in several)


@given(any_counts)
def test_strangers_never_see_a_small_number(found: Counts) -> None:
    shown = protect(found, smallest=SMALLEST)
    assert all(part.number == 0 or part.number >= SMALLEST for part in shown.parts)
    assert shown.of is None or shown.of == 0 or shown.of >= SMALLEST
    if shown.parts:
        assert sum(part.number for part in shown.parts) == found.of == shown.of


def test_large_numbers_and_nought_are_shown_as_they_are() -> None:
    shown = protect(Counts(kept=21, partly=6, not_kept=5, no_answer=8), smallest=SMALLEST)
    assert (shown.number("kept"), shown.number("too_early"), shown.of) == (21, 0, 40)
    assert shown.is_whole
    assert protect(Counts(), smallest=SMALLEST).of == 0


def test_a_small_number_is_shown_together_with_its_neighbours() -> None:
    shown = protect(Counts(kept=21, partly=6, not_kept=1, no_answer=8), smallest=SMALLEST)
    assert [part.number for part in shown.parts] == [21, 7, 8]
    assert shown.number("not_kept") is None


def _ways(whole: int, figures: int) -> Iterator[tuple[int, ...]]:
    if figures == 1:
        yield (whole,)
        return
    for first in range(whole + 1):
        for rest in _ways(whole - first, figures - 1):
            yield (first, *rest)


def test_no_small_number_can_be_worked_out_by_somebody_who_knows_the_rule() -> None:
    """Every count up to twelve people, seen by someone who knows exactly how we hide."""
    seen: defaultdict[Protected, list[tuple[int, ...]]] = defaultdict(list)
    for whole in range(13):
        for way in _ways(whole, len(FIGURES)):
            seen[protect(Counts(*way), smallest=SMALLEST)].append(way)
    for shown, ways in seen.items():
        noughts = {name for part in shown.parts if part.number == 0 for name in part.of}
        for place, name in enumerate(FIGURES):
            if shown.number(name) is None and name not in noughts:
                assert len({way[place] for way in ways}) > 1, (shown, name)


LIVING = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(VERDICTS)), max_size=16)


@given(LIVING, st.lists(st.integers(0, 11), unique=True, max_size=12))
def test_who_died_before_they_answered_leaves_the_figures_in_whole_lots(
    said: list[tuple[int, str]], deaths: list[int]
) -> None:
    """Whoever reads before and after one more death sees nothing, or that five or more left."""
    answers = [(number, whose, (number, what)) for number, (whose, what) in enumerate(said)]
    before = None
    for count in range(len(deaths) + 1):
        shown = in_lots(answers, of=12, smallest=SMALLEST, died=deaths[:count])
        never = len(set(deaths[:count]) - {whose for whose, _what in said})
        if shown.of is not None:
            assert shown.of == 12 - never // SMALLEST * SMALLEST
            assert before is None or before - shown.of in (0, SMALLEST)
            before = shown.of
        assert all(part.number == 0 or part.number >= SMALLEST for part in shown.parts)
