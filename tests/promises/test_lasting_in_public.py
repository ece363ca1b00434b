"""What anybody reads of promises that were kept, and no longer hold: never a bare "kept"."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.topics.promises.commands.lasting import AnswerErosion
from alongside.topics.promises.engine import (
    GONE,
    HOLDS,
    Again,
    Lasting,
    Protected,
    ShownCount,
    lasting,
    mended,
)
from alongside.topics.promises.models import Erosion
from alongside.topics.promises.pages.bodies import by_quarter
from tests.interfaces.conftest import browser_of
from tests.promises.groups import members, six, to_group
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, read, the_clock
from tests.promises.making import judge
from tests.visitor import page
from tests.world import Cast


def whole(kept: int) -> Protected:
    names = ("kept", "partly", "not_kept", "too_early", "no_longer", "no_answer")
    return Protected(tuple(ShownCount((name,), kept if name == "kept" else 0) for name in names), kept)


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from([HOLDS, GONE, ""]))))
def test_each_answer_kept_is_in_one_of_the_three_and_in_one_only(pieces: list[tuple[int, str]]) -> None:
    found = lasting((whole(kept), now) for kept, now in pieces)
    assert found.kept == sum(kept for kept, _now in pieces)
    assert found.gone == sum(kept for kept, now in pieces if now == GONE)


def test_a_figure_that_is_not_shown_is_in_none_of_them() -> None:
    assert (
        lasting([(Protected((ShownCount(("kept",), 9),), 9), GONE), (Protected((), 40), HOLDS)]) == Lasting()
    )


@pytest.fixture
def kept_by_six(cast: Cast) -> UUID:
    promise = to_group(cast, of=cast.ulo)
    with clock.at(KEPT):
        for each in members(cast):
            do(judge(promise, None, "kept"), by=each)
    return promise


def counted(quarter: dict[str, Any]) -> tuple[int | None, int | None]:
    """How many are late, and how many are gone again."""
    return quarter["overdue"].late.told, quarter["overdue"].gone.told


def test_the_page_of_a_body_says_kept_then_and_whether_it_holds_now(cast: Cast, kept_by_six: UUID) -> None:
    address = f"/promises/by/{cast.council}"
    with clock.at(KEPT):
        assert "5 kept then and not known yet to hold still" in page(None, address)
    with clock.at(HALF_A_YEAR):
        the_clock()
        for each in six(cast)[:5]:
            do(holds(kept_by_six, None, "still"), by=each)
        assert "5 kept then and still holding" in page(None, address)
        for each in six(cast)[:3]:
            do(holds(kept_by_six, None), by=each)
        text = page(None, address)
        assert "5 kept then and no longer holding" in text and "5 kept," not in text
        said = "1 promise was due. Overdue: 0 of 1. Kept once, and no longer holding: 1 of 1."
        assert said in text
        assert "answers can be given" in text
        (quarter,) = by_quarter(cast.council, places=True).values()
        assert quarter["lasting"] == Lasting(gone=5)


def test_fewer_than_five_who_say_so_tell_nobody_that_it_holds(cast: Cast, kept_by_six: UUID) -> None:
    with clock.at(HALF_A_YEAR):
        the_clock()
        for each in six(cast)[:4]:
            do(holds(kept_by_six, None, "still"), by=each)
        assert "not known yet to hold still" in page(None, f"/promises/by/{cast.council}")


def test_the_register_and_its_feed_say_that_a_promise_no_longer_holds(cast: Cast, kept_by_six: UUID) -> None:
    with clock.at(HALF_A_YEAR):
        the_clock()
        before = read("/open-data/promises.atom")
        assert "no longer holds" not in before
    with clock.at("2026-11-12"):
        for each in six(cast)[:5]:
            do(holds(kept_by_six, None), by=each)
        after = read("/open-data/promises.atom")
        assert after.count(f"urn:uuid:{kept_by_six}") == 1
        assert "It was kept, and no longer holds." in after
        assert after.count("<updated>2026-11-12T") == 2  # of the feed, and of the promise
        (line,) = [row for row in read("/open-data/promises.csv").splitlines() if str(kept_by_six) in row]
        assert ",gone,2026-11-12," in line
        (row,) = browser_of(None).get("/open-data/promises.json").json()["items"]
        assert (row["lasts"], row["no_longer_holds_since"]) == ("gone", "2026-11-12")


def test_the_lines_of_a_protocol_are_one_card_in_the_lists(cast: Cast) -> None:
    from tests.promises.protocols import adopted

    pk = adopted(cast)
    for address in ("/promises/", f"/promises/by/{cast.council}"):
        text = page(None, address)
        assert "20 promises of Wexmoor Council, each with a test" in text
        assert text.count("card promise") == 0 and f"/promises/protocols/{pk}" in text
    assert f'href="/promises/by/{cast.council}"' in page(None, "/promises/")


def test_what_was_kept_and_is_gone_again_is_not_called_overdue_too(cast: Cast, kept_by_six: UUID) -> None:
    with clock.at(HALF_A_YEAR):
        (quarter,) = by_quarter(cast.council, places=True).values()
        assert counted(quarter) == (1, 0)
        the_clock()
        for each in six(cast):
            do(holds(kept_by_six, None), by=each)
        (quarter,) = by_quarter(cast.council, places=True).values()
        assert counted(quarter) == (0, 1)
        assert "is gone again is counted apart" in page(None, f"/promises/by/{cast.council}")


# Eroded, then mended ------------------------------------------------------------------------------------

words_of = st.lists(st.sampled_from(["still", "partly", "no_longer"]), max_size=14)


@given(words_of, st.integers(0, 6))
def test_one_who_comes_round_mends_nothing_and_most_must_say_so(said: list[str], smallest: int) -> None:
    day = date(2026, 11, 20)
    words = [Again(day, one == "still", one == "no_longer", is_since=True) for one in said]
    found = mended(words, smallest=smallest)
    still, gone = said.count("still"), said.count("no_longer")
    assert (found is not None) == (still >= max(smallest, 1) and 2 * still > len(said) > 2 * gone)
    before = [Again(day, one == "still", one == "no_longer", is_since=False) for one in said]
    assert mended(before, smallest=smallest) is None  # what was said before it was gone mends nothing


def test_the_day_is_the_one_on_which_enough_had_said_so_and_moves_no_more() -> None:
    days = [date(2026, 11, each) for each in (1, 2, 3, 4, 5, 6)]
    words = [Again(day, holds=True, gone=False, is_since=True) for day in days]
    found = mended(words, smallest=3)
    assert found is not None and (found.on_day, found.still, found.of) == (date(2026, 11, 4), 6, 6)


def test_what_eroded_and_is_mended_says_both_in_order_and_is_counted_once(
    cast: Cast, kept_by_six: UUID
) -> None:
    body, own = f"/promises/by/{cast.council}", f"/promises/{kept_by_six}"
    with clock.at(HALF_A_YEAR):
        the_clock()
        for each in six(cast):
            do(holds(kept_by_six, None), by=each)
        assert "It no longer holds" in page(None, own)
    with clock.at("2026-12-01"):
        assert "Has it changed? Does it hold now?" in page(six(cast)[0], own)
        for each in six(cast)[:4]:
            do(holds(kept_by_six, None, "still"), by=each)
        assert "It holds again" not in page(None, own)  # four are a few
        for each in six(cast)[4:]:
            do(holds(kept_by_six, None, "still"), by=each)
    with clock.at("2026-12-10"):
        text = page(None, own)
        places = [
            text.index(each)
            for each in ("It no longer held", "5 of 5 who answered say that it no", "It holds again")
        ]
        assert places == sorted(places)
        assert "Since 1 December 2026: 6 of 6 who answered say that it holds." in text
        (quarter,) = by_quarter(cast.council, places=True).values()
        assert counted(quarter) == (0, 0) and quarter["overdue"].mended.told == 1
        assert quarter["lasting"] == Lasting(holds=5)
        told = page(None, body)
        assert "1 promise was due." in told and "Gone once, and holding again: 1 of 1." in told
        assert "5 kept then and still holding" in told and "It is counted once, as holding" in told
        found = browser_of(None).get(f"/api/promises/{kept_by_six}").json()
        assert found["holds_again"] == {"since": "2026-12-01", "still": 6, "answered": 6}
        assert found["no_longer_holds"][0]["on_day"] == HALF_A_YEAR
        (row,) = browser_of(None).get("/open-data/promises.json").json()["items"]
        assert (row["lasts"], row["no_longer_holds_since"], row["holds_again_since"]) == (
            "holds",
            HALF_A_YEAR,
            "2026-12-01",
        )
        for each in six(cast)[:4]:
            do(holds(kept_by_six, None), by=each)  # and it is gone once more
        assert "It holds again" not in page(None, own)
        assert by_quarter(cast.council, places=True).popitem()[1]["overdue"].gone.told == 1


def test_who_said_that_it_is_gone_reads_the_answer_also_where_few_answered(cast: Cast) -> None:
    """A member heard that there was an answer, and found none: of few, only those who said so may read it."""
    with clock.at("2026-03-02"):
        promise = to_group(cast, of=cast.ulo)
        asked, other = members(cast)[1:3]
    with clock.at(KEPT):
        for one in (asked, other):
            do(judge(promise, None, "kept"), by=one)
    with clock.at(HALF_A_YEAR):
        the_clock()
        do(holds(promise, None, "no_longer"), by=asked)
        the_clock()
        erosion = Erosion.everything.get(promise=promise)
        assert not erosion.is_open
        do(AnswerErosion(promise=promise, erosion=erosion.id, answer="A new team."), by=cast.june)
        assert "A new team." in page(asked, f"/promises/{promise}")
        assert "A new team." not in page(other, f"/promises/{promise}")
        told = Outbox.objects.filter(kind="tell", payload__what="erosion_was_answered")
        assert asked.person is not None
        assert {row.payload["person"] for row in told} == {asked.person.hex}
