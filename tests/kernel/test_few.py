"""Numbers of people that everyone may read: two readings of one differ by nobody or by enough."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.few import answers_told, as_the_last_lot_stood, parts_bounded, parts_told

SMALLEST = 5
words = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["for", "against"])), max_size=40)


@given(words)
def test_two_readings_differ_by_nobody_or_by_as_many_as_are_shown(said: list[tuple[int, str]]) -> None:
    came = [(number, whose, what) for number, (whose, what) in enumerate(said)]
    before: dict[int, str] = {}
    since: set[int] = set()
    for end in range(len(came) + 1):
        now = as_the_last_lot_stood(came[:end], smallest=SMALLEST)
        since |= {came[end - 1][1]} if end else set()
        if now != before or len(now) != len(before):
            assert len(since) >= SMALLEST  # so many have spoken since it was last read otherwise
        if now != before:
            before, since = now, set()
    assert len(before) == 0 or len(before) >= SMALLEST


@given(words)
def test_those_who_may_read_each_answer_read_the_last_word_of_each(said: list[tuple[int, str]]) -> None:
    came = [(number, whose, what) for number, (whose, what) in enumerate(said)]
    assert as_the_last_lot_stood(reversed(came), smallest=0) == dict(said)


acts = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["for", "against", "deny"])), max_size=40)


@given(acts)
def test_what_is_found_not_to_be_theirs_moves_no_number_by_fewer_than_are_shown(
    done: list[tuple[int, str]],
) -> None:
    """Somebody says that the last word in their name is not theirs: that is one more who spoke."""
    came: list[tuple[int, int, tuple[int, str]]] = []
    unsaid: list[tuple[int, int, tuple[int, str]]] = []
    stands: dict[int, tuple[int, str]] = {}
    before: dict[int, tuple[int, str]] = {}
    since: set[int] = set()
    for number, (whose, what) in enumerate(done):
        if what != "deny":
            stands[whose] = (number, what)
            came.append((number, whose, stands[whose]))
        elif whose in stands:
            unsaid.append((number, whose, stands.pop(whose)))
        since.add(whose)
        now = as_the_last_lot_stood(came, smallest=SMALLEST, unsaid=unsaid)
        if now != before:
            assert len(since) >= SMALLEST
            before, since = now, set()
    assert as_the_last_lot_stood(came, smallest=0, unsaid=unsaid) == stands


# Parts of a whole ---------------------------------------------------------------------------------


def alike(tell: Callable[..., object], parts: int, most: int) -> dict[object, list[tuple[int, ...]]]:
    """All parts of a whole, by what everyone is told: the whole, unless it is a few, and each part."""
    found: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for each in product(range(most), repeat=parts):
        whole = None if 0 < sum(each) < SMALLEST else sum(each)
        found[whole, str(tell(each, smallest=SMALLEST))].append(each)
    return found


@pytest.mark.parametrize("tell", [parts_told, answers_told, parts_bounded])
@pytest.mark.parametrize(("parts", "most"), [(2, 20), (3, 15), (4, 10)])
def test_no_few_follow_from_all_that_is_told_for_somebody_who_knows_the_rule(
    tell: Callable[..., object], parts: int, most: int
) -> None:
    """Of 13 as 5, 5 and 3 one 5 was told once: then the other two were 5 and 3, and nothing else."""
    for told, could_be in alike(tell, parts, most).items():
        if max(max(each) for each in could_be) == most - 1:
            continue  # there would be more of them, with larger numbers
        for at in range(parts):
            could = {each[at] for each in could_be}
            assert len(could) > 1 or not 0 < min(could) < SMALLEST, (told, could_be)


def test_what_is_called_a_few_can_be_any_few_whatever_the_others_are() -> None:
    for parts in product(range(0, 24, 3), range(8), range(8), range(0, 20, 4)):
        told = parts_bounded(parts, smallest=SMALLEST)
        few = [at for at, one in enumerate(told or ()) if one.number is None]
        if told is None or not few:
            continue
        at_least = sum(one.number or 0 for one in told if one.is_at_least)
        exact = sum(one.number or 0 for one in told if not one.is_at_least)
        for guess in product(range(1, SMALLEST), repeat=len(few)):
            assert sum(parts) - exact - sum(guess) >= at_least


def test_what_nobody_few_said_is_told_as_it_is_and_deciders_read_all() -> None:
    def told(*parts: int) -> Sequence[int | None]:
        return parts_told(parts, smallest=SMALLEST)

    assert told(30, 12, 0) == [30, 12, 0]
    assert told(30, 3, 2) == [30, None, None]  # three and two, two and three, four and one
    assert told(30, 12, 1) == [30, None, None]
    assert told(30, 6, 1) == [None, None, None]  # one of seven would be two at most
    assert told(2, 1) == [None, None]
    assert parts_told((30, 6, 1), smallest=0) == [30, 6, 1]
