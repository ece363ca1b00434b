"""How many promises are past their day: n of N, in words and drawn, and of nobody's life alone."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.few import Added
from alongside.topics.promises.commands import ReportProgress
from alongside.topics.promises.models import Promise
from alongside.topics.promises.pages.bodies import by_quarter
from alongside.topics.promises.pages.overdue import in_a_cell, overdue_told
from alongside.topics.promises.policy.overdue import Piece, _piece, of_body, together
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised_to_a_neighbour
from tests.visitor import page
from tests.world import Cast

SMALLEST = 5
SUMMER = date(2026, 6, 2)


def to_neighbours(cast: Cast, first: int, many: int, due_on: date) -> list[UUID]:
    return [promised_to_a_neighbour(cast, first + each, due_on=due_on)[1] for each in range(many)]


def done(cast: Cast, promises: list[UUID]) -> None:
    for each in promises:
        do(ReportProgress(promise=each, percent=100), by=cast.june)


def test_overdue_is_said_as_n_of_n_in_words_and_drawn(cast: Cast) -> None:
    with clock.at("2026-03-20"):
        made = to_neighbours(cast, 0, 14, date(2026, 4, 10))
    with clock.at("2026-04-09"):
        done(cast, made[:8])
    with clock.at(str(SUMMER)):
        text = page(None, f"/promises/by/{cast.council}")
        assert "14 promises were due. Overdue: 6 of 14." in text
        drawn = browser_of(None).get(f"/promises/by/{cast.council}").content.decode()
        assert "Promises that are past their day" in drawn and "lives-overdue" in drawn


def test_of_a_few_lives_it_is_said_why_there_is_no_number(cast: Cast) -> None:
    with clock.at("2026-03-20"):
        made = to_neighbours(cast, 0, 14, date(2026, 4, 10))
    with clock.at("2026-04-09"):
        done(cast, made[:11])
    with clock.at(str(SUMMER)):
        text = page(None, f"/promises/by/{cast.council}")
        assert "14 promises were due." in text and "Overdue:" not in text
        assert "of fewer than 5 people. We do not say them, so that nobody can be known by them." in text


def test_a_councillors_total_less_the_quarters_tells_nothing(cast: Cast) -> None:
    with clock.at("2026-03-20"):
        to_neighbours(cast, 0, 6, date(2026, 4, 10))
        to_neighbours(cast, 6, 2, date(2026, 5, 10))
        to_neighbours(cast, 8, 6, date(2026, 7, 10))
    with clock.at("2026-09-02"):
        found = of_body(cast.council, clock.today(), places=False)
        assert found.late == Added(12, is_whole=False)  # the two of May are in no number
        quarters = [each["overdue"].late for each in by_quarter(cast.council, places=False).values()]
        assert quarters == [Added(6, is_whole=True), Added(6, is_whole=False)]
        text = "".join(browser_of(cast.boyd).get("/councillor/").content.decode().split())
        assert 'Aboutpeople’sownlives</th><tdclass="number">atleast12</td>' in text


def test_a_month_that_runs_is_not_told_and_what_is_done_in_it_changes_no_number(cast: Cast) -> None:
    with clock.at("2026-03-20"):
        made = to_neighbours(cast, 0, 7, date(2026, 4, 10))
    with clock.at("2026-04-30"):
        assert of_body(cast.council, clock.today(), places=False).promises == Added(0, is_whole=True)
    with clock.at("2026-05-10"):
        before = of_body(cast.council, clock.today(), places=False)
        assert before.late == Added(7, is_whole=True)
        done(cast, made[:1])
        assert Promise.everything.get(id=made[0]).done_on is not None
        assert of_body(cast.council, clock.today(), places=False) == before


several = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)), max_size=6)


def piece(late: int, gone: int, rest: int) -> Piece:
    ids = [UUID(int=number) for number in range(late + gone + rest)]
    return _piece(set(ids), set(ids[:late]), set(ids[late : late + gone]), SMALLEST)


@given(several)
def test_no_sum_less_its_pieces_tells_what_a_piece_does_not(pieces: list[tuple[int, int, int]]) -> None:
    told = [piece(*each) for each in pieces]
    whole = together(told)
    for name in ("promises", "late", "gone"):
        each = [getattr(one, name) for one in told]
        assert getattr(whole, name).number - sum(one or 0 for one in each) == 0
        assert all(one is None or one == 0 or one >= SMALLEST for one in each)
    for (late, gone, rest), one in zip(pieces, told, strict=True):
        if one.promises and one.late is not None and one.gone is not None:
            left = one.promises - one.late - one.gone
            assert left == rest and (left == 0 or left >= SMALLEST)
        assert one.late in (None, late) and one.gone in (None, gone)


def test_what_is_known_from_below_is_called_at_least() -> None:
    found = together([Piece(9, 6, 0), Piece(7, None, None), Piece(None, None, None)])
    assert overdue_told(found).words == "At least 16 promises were due. Overdue: at least 6 of at least 16."
    assert overdue_told(found).bar is None and "nobody can be known" in overdue_told(found).note
    assert (in_a_cell(found.late), in_a_cell(Added(0, is_whole=False))) == ("at least 6", "few")
