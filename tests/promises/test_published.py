"""What strangers are told cannot be taken apart: not over time, and not with one table from another."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import GiveVerdict
from alongside.topics.promises.engine import FIGURES, VERDICTS, Protected, ShownCount, in_lots, together
from alongside.topics.promises.models import PromisedTo
from alongside.topics.promises.pages.bodies import by_quarter
from alongside.topics.promises.policy.counting import public_counts, public_pieces, published
from tests.promises.making import promised_to_a_neighbour
from tests.visitor import page
from tests.world import Cast

SMALLEST = 5
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine too
answers = st.lists(st.tuples(st.integers(0, 30), st.sampled_from(VERDICTS)), max_size=60)


def figures(found: Protected) -> list[int]:
    return [found.number(name) or 0 for name in FIGURES]


def lots(said: Sequence[tuple[int, str]], of: int = 40) -> Protected:
    events = [(place, whose, verdict) for place, (whose, verdict) in enumerate(said)]
    came = [(number, whose, (number, said)) for number, whose, said in events]
    return in_lots(came, of=of, smallest=SMALLEST)


@calmly
@given(answers)
def test_whoever_looks_after_every_answer_never_sees_one_persons(said: list[tuple[int, str]]) -> None:
    """Between two figures that differ, at least five people have spoken."""
    shown_at, before = 0, lots([])
    for place in range(1, len(said) + 1):
        now = lots(said[:place])
        if now != before and before.parts and now.parts:
            assert len({whose for whose, _said in said[shown_at:place]}) >= SMALLEST
        if now != before:
            shown_at, before = place, now


@calmly
@given(answers)
def test_no_small_number_is_published(said: list[tuple[int, str]]) -> None:
    found = lots(said)
    assert all(part.number == 0 or part.number >= SMALLEST for part in found.parts)


def test_fewer_answers_than_a_lot_are_not_told_and_are_not_called_silence() -> None:
    assert lots([(1, "kept")] * 4) == Protected((), 40)
    assert lots([]).number("no_answer") == 40


pieces = st.lists(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(VERDICTS)), max_size=40), max_size=5)


@calmly
@given(pieces)
def test_a_table_is_the_sum_of_what_each_of_its_pieces_shows(several: list[list[tuple[int, str]]]) -> None:
    """So a table less its shown pieces is always nought: overlapping tables have nothing to give away."""
    shown = [lots(said) for said in several]
    whole = together(shown)
    left = [
        all_ - sum(figures(one)[place] for one in shown if one.is_whole)
        for place, all_ in enumerate(figures(whole))
    ]
    assert left == [0] * len(FIGURES)
    assert together([Protected((), 9), Protected((ShownCount(("kept",), 9),), 9)]).number("kept") is None


def test_a_bodys_quarters_the_places_months_and_its_total_rest_on_the_same_pieces(cast: Cast) -> None:
    made = []
    for count in range(12):
        due = date(2026, 4, 10) if count < 7 else date(2026, 5, 10)
        made.append(promised_to_a_neighbour(cast, count, due_on=due))
    with clock.at("2026-06-02"):
        for person, told in made:
            row = PromisedTo.everything.get(promise=told)
            do(GiveVerdict(promise=told, made_to=row.id, said="kept"), by=Actor(person=person))
        (quarter,) = by_quarter(cast.council, places=False).values()
        april = public_counts(Q(person__isnull=False, first_due_on__month=4))
        may = public_counts(Q(person__isnull=False, first_due_on__month=5))
        parts = published(public_pieces(Q(person__isnull=False)))
        assert quarter["answers"] == together(parts.values())
        assert figures(quarter["answers"]) == [
            a + b for a, b in zip(figures(april), figures(may), strict=True)
        ]
        text = page(None, f"/promises/by/{cast.council}")
        assert f"At least {quarter['answers'].unshown} more answers can be given, in counts too small" in text
        assert "we count whole months that are over" in text
