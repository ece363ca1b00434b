"""Numbers of people that everyone may read: two readings of one differ by nobody or by enough."""

from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel.few import as_the_last_lot_stood

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
