"""What anybody may be told of hearings and feedback in numbers.

They look at everything, so that nothing is counted under a filter, and give numbers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.kernel import rules
from alongside.kernel.few import answers_told, as_the_last_lot_stood, number_told, parts_told
from alongside.topics.people.models.read_first import held_q
from alongside.topics.people.policy import smallest_shown
from alongside.topics.voice.engine import STANDS, GivenPiece, Stepped, in_ward, middle, pieces_now
from alongside.topics.voice.models import (
    Appeal,
    Channel,
    Feedback,
    FeedbackStep,
    Hearing,
    HearingState,
    HearingStep,
    Judged,
    Offer,
    Outcome,
    Question,
)
from alongside.topics.voice.models.hearings import waits_for_an_answer_q
from alongside.topics.voice.policy import working_days_between


@dataclass(frozen=True)
class HearingCounts:
    """The register of hearings in numbers: the open ones, which are listed, and the private ones apart."""

    whole: int = 0
    partly: int = 0
    leaflets: int = 0
    waiting: int = 0
    refused: int = 0
    withdrawn: int = 0
    appealed: int = 0
    ever_refused: int = 0
    minutes_asked: int = 0
    minutes_granted: int = 0
    minutes_waiting: int = 0  # asked for in requests that wait for an answer, from either side
    minutes_withdrawn: int = 0
    days: int | None = None
    days_of_offers: int | None = None  # from asking to the offer that stood last
    days_of_appeals: int | None = None  # from an appeal to its answer
    of_user_led: int = 0
    private: tuple[tuple[str, int | None], ...] = ()  # by outcome, counted apart, as anyone may be told
    private_total: int | None = 0

    @property
    def asked(self) -> int:
        return self.whole + self.partly + self.leaflets + self.waiting + self.refused + self.withdrawn


OUTCOMES = tuple(one.value for one in Outcome)


def hearing_counts(today: date) -> HearingCounts:
    """How requests to be heard fared. Each open one is on the list, so from a sum of all the private ones
    would follow: they are counted apart, by the one rule of the house (kernel/few.py)."""
    rows = list(Hearing.everything.order_by("id"))
    private, private_total = _private(today)
    counted = [row for row in rows if row.is_open]
    standing = Counter(row.outcome for row in counted)
    granted = [row for row in counted if row.outcome in ("whole", "partly")]
    ids = [row.id for row in counted]
    return HearingCounts(
        **{name: standing[name] for name in OUTCOMES},
        appealed=Appeal.everything.filter(hearing__in=ids).values("hearing").distinct().count(),
        ever_refused=sum(row.was_refused for row in counted),
        minutes_asked=sum(row.minutes_asked for row in counted),
        minutes_granted=sum(row.minutes_granted or 0 for row in granted),
        minutes_waiting=_minutes(counted, Outcome.WAITING),
        minutes_withdrawn=_minutes(counted, Outcome.WITHDRAWN),
        days=middle(row.days_taken for row in counted if row.days_taken is not None),
        days_of_offers=middle(_days_of_offers(counted)),
        days_of_appeals=middle(_days_of_appeals(ids)),
        of_user_led=sum(row.is_user_led for row in counted),
        private=private,
        private_total=private_total,
    )


def _minutes(rows: Iterable[Hearing], outcome: Outcome) -> int:
    """How many minutes were asked for in those of these that fared so."""
    return sum(row.minutes_asked for row in rows if row.outcome == outcome)


def _days_of_offers(rows: Sequence[Hearing]) -> Iterable[int]:
    """For each request with an offer, the working days until the last one: what an answer really took."""
    asked = {row.id: row.asked_on for row in rows}
    made = Offer.everything.filter(hearing__in=list(asked)).order_by("offered_on", "made_by")
    last = dict(made.values_list("hearing", "offered_on"))
    return [working_days_between(asked[one], day) for one, day in last.items()]


def _days_of_appeals(hearings: Sequence[UUID]) -> Iterable[int]:
    rows = Appeal.everything.filter(hearing__in=hearings, answered_on__isnull=False)
    return [working_days_between(*days) for days in rows.values_list("appealed_on", "answered_on")]


def _private(today: date) -> tuple[tuple[tuple[str, int | None], ...], int | None]:
    """Requests that not everyone reads, by outcome and in all, as the last whole lot of them left them."""
    least = smallest_shown(today)
    rows = HearingStep.everything.order_by("made_by", "id")
    steps = list(rows.values_list("made_by", "hearing", "outcome"))
    standing = Counter(as_the_last_lot_stood(steps, smallest=least).values())
    if not standing:
        return ((), 0) if not steps else (tuple((name, None) for name in OUTCOMES), None)
    told = parts_told([standing[name] for name in OUTCOMES], smallest=least)
    return tuple(zip(OUTCOMES, told, strict=True)), number_told(standing.total(), smallest=least)


@dataclass(frozen=True)
class FeedbackCounts:
    """Feedback in numbers, as anyone may see them: a few is None.

    As it stood when the last whole lot of pieces had come in, been answered or been judged (kernel/few.py).
    """

    results: tuple[int | None, ...]  # did, partly, did not, waits in time, late: they add up to the total
    total: int | None
    days: int | None
    channels: tuple[tuple[str, int | None], ...]
    judged: tuple[int | None, ...]  # yes, partly, no
    some_more: bool  # whether there are pieces in none of these numbers yet

    @property
    def overdue(self) -> int | None:
        return self.results[STANDS.index("late")]


def _pieces(smallest: int) -> list[GivenPiece]:
    """Each piece as it stands in public. What the duty team has is not counted here."""
    wards = dict(Feedback.everything.filter(ward__isnull=False).values_list("id", "ward"))
    steps = FeedbackStep.everything.order_by("made_by", "id")
    columns = ("made_by", "feedback", "kind", "said", "days")
    return pieces_now(
        (
            Stepped(number, one, kind, said, days, wards.get(one))
            for number, one, kind, said, days in steps.values_list(*columns)
        ),
        smallest=smallest,
    )


def feedback_counts(today: date) -> FeedbackCounts:
    """What became of feedback."""
    least = smallest_shown(today)
    pieces = _pieces(least)
    some_more = _pieces(0) != pieces
    if some_more and not pieces:
        nothing = tuple((name, None) for name in Channel.values)
        return FeedbackCounts((None,) * len(STANDS), None, None, nothing, (None,) * 3, some_more=True)
    results = Counter(one.stands for one in pieces)
    channels = Counter(one.channel for one in pieces)
    judged = Counter(one.judged for one in pieces)
    by_way = parts_told([channels[name] for name in Channel.values], smallest=least)
    taken = [one.days for one in pieces if one.days is not None]
    return FeedbackCounts(
        tuple(parts_told([results[name] for name in STANDS], smallest=least)),
        number_told(len(pieces), smallest=least),
        middle(taken) if len(taken) >= least else None,
        tuple(zip(Channel.values, by_way, strict=True)),
        tuple(answers_told([judged[name] for name in Judged.values], smallest=least)),
        some_more=some_more,
    )


def feedback_of_ward(ward: UUID, today: date) -> tuple[int | None, int | None]:
    """(with no reply yet, and late of these) in one ward, so that neither it nor another follows from all."""
    least = smallest_shown(today)
    return in_ward(_pieces(least), ward, smallest=least)


def waiting_to_be_shown(today: date) -> list[tuple[UUID, date]]:
    """Bodies that have not said in time whether words their giver lets all read may be shown; since when."""
    open_words = Feedback.everything.filter(
        may_be_shown=True, is_shown=False, moderation="", shown_on=None, held_for="", is_for_duty=False
    )
    wait = rules.here(today)
    first: dict[UUID, date] = {}
    for body, said_on in open_words.order_by("said_on", "id").values_list("organisation", "said_on"):
        if wait.due("problem.words_wait_days", said_on) < today:
            first.setdefault(body, said_on)
    return list(first.items())


def held_back(today: date) -> list[tuple[UUID, str]]:
    """(body, why) of words that their giver lets everyone read and that are held back. Not how many."""
    rows = Feedback.everything.filter(held_q(today), may_be_shown=True, is_for_duty=False)
    return sorted(set(rows.values_list("organisation", "held_for")), key=str)


def overdue_of_body(body: UUID, today: date) -> dict[str, int]:
    """How many of a body's answers are late, of those that anyone may count: open hearings and questions."""
    hearings = Hearing.everything.filter(
        waits_for_an_answer_q(), organisation=body, is_open=True, answer_due_on__lt=today
    ).exclude(state=HearingState.WITHDRAWN)
    questions = Question.everything.filter(
        organisation=body, is_about_a_life=False, answered_on=None, due_on__lt=today
    )
    return {"hearings": hearings.count(), "questions": questions.count()}
