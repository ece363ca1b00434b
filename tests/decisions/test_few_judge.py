"""A gate is counted in public. No one person's answer follows from it; passed or not is always said."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.few import answers_told
from alongside.topics.decisions.engine.counted import Tally
from alongside.topics.decisions.engine.few import told
from tests.decisions import changing
from tests.visitor import page
from tests.world import Cast

SMALLEST = 5


def proposed(cast: Cast, *said: str, size: int = 40) -> Any:
    """A change that these people have judged, each with this word."""
    change = changing.proposed(cast, changing.hall(cast, size=size))
    changing.asked(cast, change)
    people = (cast.rosa, cast.devon, cast.lena, cast.victor, cast.stranger, cast.ana, cast.mina, cast.sol)
    for by, word in zip(people, said, strict=False):
        changing.judges(changing.again(change), by, word)
    clock.advance(days=29)
    return changing.again(change)


def public(change: Any) -> tuple[str, dict[str, Any]]:
    said: Any = Client().get(f"/api/decisions/changes/{change.id}").json()
    return page(None, f"/changes/{change.id}"), said


@pytest.mark.django_db
@pytest.mark.usefixtures("as_recorded")
class TestOnePage:
    @pytest.mark.parametrize("word", ["for", "against"])
    def test_what_a_small_group_said_is_not_told_and_whether_it_passed_is(
        self, cast: Cast, word: str
    ) -> None:
        change = proposed(cast, *[word] * 4, size=4)
        text, said = public(change)
        counts = [said["judgements"][name] for name in ("for", "for_if", "against", "not_answered")]
        assert counts == [None] * 4 and said["judgements"]["passed"] is (word == "for")
        assert ("Passed: those who judged it agree" in text) is (word == "for")
        assert ("Not passed: those who judged it do not agree" in text) is (word == "against")
        assert "4 of 4" not in text and "0 of 4" not in text and "0 of 4" not in str(said["in_the_way"])
        assert "A few of 4 people it affects have judged it." in text and "not shown" in text

    def test_all_of_five_who_said_the_same_are_not_told(self, cast: Cast) -> None:
        text, said = public(proposed(cast, *["against"] * 5))
        assert said["judgements"]["against"] is None and "0 of 5" not in str(said) + text
        assert "5 of 40 people it affects have judged it." in text and "Not passed" in text

    def test_those_who_decide_and_read_each_answer_see_every_number(self, cast: Cast) -> None:
        change = proposed(cast, "for", "against", "against")
        for other in (cast.rosa, cast.tom, None):
            text = page(other, f"/changes/{change.id}")
            assert "3 of 40" not in text and "Not passed so far: too few have judged it." in text
        assert "Judged by 3 of 40. It needs 5." in page(cast.june, f"/changes/{change.id}")

    def test_the_open_list_keeps_back_what_the_page_does(self, cast: Cast) -> None:
        proposed(cast, "for", "for", "for", "against", "against", "against")
        [row] = Client().get("/open-data/changes.json").json()["items"]
        assert row["judgement_passed"] is False and (row["for_it"], row["against_it"]) == (None, None)
        assert "3 of 6" not in str(row)

    def test_the_next_voice_is_not_visible_as_one_more(self, cast: Cast) -> None:
        change = proposed(cast, *["for"] * 4, "against")
        before = public(change)
        for by, word in ((cast.ana, "against"), (cast.mina, "for"), (cast.rosa, "against")):
            changing.judges(changing.again(change), by, word)  # two more, and one who changes her mind
        text, said = public(change)
        assert said["judgements"] == before[1]["judgements"]
        assert "5 of 40 people it affects have judged it." in text and "grow 5 people at a time" in text
        assert "7 of 40" in page(cast.june, f"/changes/{change.id}")


counts = st.integers(0, 30)


@given(counts, counts, counts)
def test_no_part_of_fewer_than_five_is_told_nor_follows_from_the_others(a: int, b: int, c: int) -> None:
    parts, shown = [a, b, c], answers_told([a, b, c], smallest=SMALLEST)
    assert all(one is None or one == 0 or one >= SMALLEST for one in shown)
    hidden = [part for part, one in zip(parts, shown, strict=True) if one is None]
    if hidden and sum(parts) >= SMALLEST:
        assert len(hidden) > 1 and sum(hidden) >= SMALLEST
    if max(parts) == sum(parts) and 0 < sum(parts) < 2 * SMALLEST:
        assert set(shown) == {None}


@given(counts, counts, counts, st.integers(0, 60))
def test_how_many_judged_is_not_told_of_a_few_nor_follows_from_those_who_did_not(
    a: int, b: int, c: int, rest: int
) -> None:
    found = told(Tally(whom=a + b + c + rest, is_for=a, for_if=b, against=c), smallest=SMALLEST)
    if 0 < a + b + c < SMALLEST:
        assert (found.heard, found.not_answered) == (None, None)
    else:
        assert (found.heard, found.not_answered) == (a + b + c, rest)
    exact = told(Tally(whom=a + b + c + rest, is_for=a, for_if=b, against=c), smallest=0)
    assert (exact.is_for, exact.for_if, exact.against) == (a, b, c)
