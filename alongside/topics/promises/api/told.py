"""What programs read of promises: the kinds of answer, field by field."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Says
from alongside.topics.promises.pages.for_programs import InFull
from alongside.topics.promises.pages.numbers import Asks


class Promised(TypedDict):
    """A promise, as a row of a list. Its worker is named only where not everybody can read it."""

    id: UUID
    what: str
    due_on: date
    first_due_on: date
    made_on: date
    organisation: UUID
    office: UUID | None
    owner: UUID | None
    person: Annotated[UUID | None, Says("Whose life it is about; null: a place.")]
    decision: UUID | None
    group: str | None
    group_size: int | None
    test: str | None
    asks: Annotated[Asks | None, Says("The number that was promised.")]
    statement: UUID | None
    protocol: UUID | None
    owner_says_percent: int | None
    owner_says_done_on: date | None


class Count(TypedDict):
    """How many gave one of these answers, which are not told apart."""

    answers: list[str]
    count: int


class Answers(TypedDict):
    """What those it was made to say, in counts that point to nobody. Parts add up to `of`."""

    of: Annotated[int | None, Says("null: too few to tell.")]
    not_in_any_figure: int
    parts: list[Count]


class NoLongerHolds(TypedDict):
    """That what was kept is gone again, and what its owner answers."""

    id: UUID
    kept_on: date
    on_day: date
    no_longer: int | None
    answered: int | None
    owner_answers: str | None
    answer_by: date | None
    is_late: bool


class HoldsAgain(TypedDict):
    """Since when it holds again, and of how many who answered."""

    since: date
    still: int | None
    answered: int | None


class WholePromise(Promised, InFull):
    """One promise, with what is said of it; of a public one, the counts anybody may know."""

    no_longer_holds: list[NoLongerHolds]
    answers: Answers | None
    holds_again: HoldsAgain | None


FromElsewhere = TypedDict(
    "FromElsewhere",
    {
        "id": UUID,
        "import": UUID,
        "row": int,
        "line": int | None,
        "title": str,
        "words": str | None,
        "reference": str | None,
        "link": str | None,
    },
)


class Claimed(FromElsewhere):
    """A promise that another system claims. It has no verdict."""

    made_to: str | None
    due_on: date | None
    owner_says_percent: int | None
    says: str


class Reported(FromElsewhere):
    """A decision that another system reports. We do not know who was asked."""

    on_day: date | None
    outcome: str | None
    votes_for: int | None
    votes_against: int | None
    votes_abstained: int | None
    absent: int | None


class SaidInPublic(TypedDict):
    """A promise made in public, as somebody wrote it down, with what is recorded of it."""

    id: UUID
    organisation: UUID
    words: str
    who: str
    made_to: str
    source: str
    page: str | None
    link: str | None
    said_on: date
    by_when: date | None
    state: str
    answer: str | None
    answered_on: date | None
    promise: UUID | None
    recorded: Annotated[list[str], Says("In whole sentences.")]


class DoneSince(TypedDict):
    """One thing that was done since."""

    on_day: date
    words: str
    where: str
    decision: UUID | None
    by_the_body: bool


class OneSaidInPublic(SaidInPublic):
    """The same, with what was done since."""

    since: list[DoneSince]


class Protocol(TypedDict):
    """A protocol that a body adopted."""

    id: UUID
    organisation: UUID
    made_to: UUID
    rules: str
    pack: str
    adopted_on: date


class Use(TypedDict):
    """One use of a protocol."""

    id: UUID
    name: str
    begun_on: date


class AskedNumber(TypedDict):
    """One number that a test asks for, and how what was found stands to it."""

    is_least: bool
    number: float
    unit: str
    may_have_reason: bool
    found: float | None
    is_met: bool | None


class Line(TypedDict):
    """One line of a protocol: its test, the latest result, and what those it was made to say."""

    promise: UUID
    line: str
    what: str
    test: str
    result: str | None
    document: str | None
    number: str | None
    found: int | None
    out_of: int | None
    unit: str | None
    asks: list[AskedNumber]
    holds_from: date
    looked_on: date | None
    answers: Answers
    no_longer_holds: bool
    has_eroded_on: date | None
    holds_again_since: date | None


class WholeProtocol(Protocol):
    """One protocol with its uses and lines."""

    uses: list[Use]
    lines: list[Line]


class Kept(TypedDict):
    """Of the answers that say “kept”: on promises that still hold, that no longer do, and not asked yet."""

    holds: int
    gone: int
    not_asked: int


class QuarterOf(TypedDict):
    """How the promises first due in one quarter turned out. null: too few to tell."""

    year: int
    quarter: int
    answers: Answers
    kept_and: Kept | None
    promises: int | None
    overdue: int | None
    no_longer_hold: int | None
    hold_again: int | None


class OfBody(TypedDict):
    """How the promises of one body turned out, by quarter."""

    organisation: UUID
    places: list[QuarterOf]
    lives: list[QuarterOf]
