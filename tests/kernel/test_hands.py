"""By whose hand: which ways are shut to a command, and what counts as another's hand."""

from itertools import combinations
from uuid import uuid4

import pytest

from alongside.kernel.actor import FILE, OWN_PROGRAM, PROGRAM, SHARED_CODE, TERMINAL, Actor
from alongside.kernel.hands import AsWhat, Hand, is_anothers, shut_to

KEYS = {TERMINAL, FILE, PROGRAM}
COUNTS_BY_A_SEEN_CODE = {Hand.THEIRS, Hand.WAITS, Hand.OWN_RULE}


def test_what_says_nothing_of_other_hands_is_taken_from_nobody_whom_we_do_not_know() -> None:
    assert shut_to((), None) == KEYS | {SHARED_CODE}


@pytest.mark.parametrize("hand", Hand)
def test_a_code_that_somebody_saw_opens_only_what_says_how_it_counts_then(hand: Hand) -> None:
    expected = KEYS if hand in COUNTS_BY_A_SEEN_CODE else KEYS | {SHARED_CODE}
    assert shut_to((hand,), None) == expected


def test_one_such_word_among_others_is_enough_and_none_opens_a_terminal() -> None:
    for pair in combinations(Hand, 2):
        shut = shut_to(pair, None)
        assert shut >= KEYS
        assert (SHARED_CODE in shut) is COUNTS_BY_A_SEEN_CODE.isdisjoint(pair)


@pytest.mark.parametrize(
    ("as_what", "opened"),
    [
        (AsWhat.WAITS, KEYS | {SHARED_CODE}),
        (AsWhat.UNCOUNTED, KEYS | {SHARED_CODE}),
        (AsWhat.NAMELESS, KEYS | {SHARED_CODE}),
        (AsWhat.FILED, {FILE}),
        (AsWhat.BOOKS, {TERMINAL, PROGRAM}),
        (AsWhat.ASKS, {TERMINAL, PROGRAM}),
    ],
)
def test_at_the_keys_only_those_ways_open_that_the_declaration_names(
    as_what: AsWhat, opened: set[str]
) -> None:
    assert shut_to((), as_what) == (KEYS | {SHARED_CODE}) - opened
    assert shut_to((Hand.WAITS,), as_what) == KEYS - opened
    assert as_what.sentence


@pytest.mark.parametrize(
    ("by", "anothers"),
    [
        (Actor(), False),
        (Actor(way="code"), False),
        (Actor(way=OWN_PROGRAM), False),
        (Actor(way=SHARED_CODE), True),
        (Actor(typed_by=uuid4()), True),
        (Actor(typed_by=uuid4(), way=SHARED_CODE), True),
    ],
)
def test_it_may_be_anothers_hand_where_another_typed_or_saw_the_code(by: Actor, anothers: bool) -> None:
    assert is_anothers(by) is anothers
