"""What programs read of matters, of minds and power, of what came in: the kinds of answer, field by field."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Page, Says


class Matter(TypedDict):
    """A matter to be decided, as a row of a list."""

    id: UUID
    about: Annotated[str, Says("person: one life; place: a service or a place.")]
    person: Annotated[UUID | None, Says("Whose life it is about.")]
    title: str | None
    size: Annotated[str, Says("everyday, weighty or urgent.")]
    change: Annotated[str, Says("A code of the rules it was raised under.")]
    takes_away: bool
    state: str
    outcome: Annotated[str | None, Says("What was decided. null: not yet.")]
    option: Annotated[UUID | None, Says("Which way was chosen.")]
    raised_at: datetime
    answer_by: date | None
    decided_at: datetime | None
    undo_until: date | None
    without_them: Annotated[bool, Says("Decided without those it is about.")]
    review_on: date | None
    would_change: Annotated[str | None, Says("What would change the answer.")]
    proposal: Annotated[UUID | None, Says("What those who decide together carried.")]
    rules: Annotated[str, Says("The edition of the rules it was raised under.")]


class Way(TypedDict):
    """One way that it could go."""

    id: UUID
    number: int
    change: str | None
    name: str | None
    words: str | None
    tasks: str | None
    risk: str | None
    risk_to: str | None
    forgone: str | None


class View(TypedDict):
    """What somebody said of it. A number of a person stands only where you may know whose it is."""

    id: UUID
    person: UUID | None
    said_by: UUID | None
    declined: bool
    position: str | None
    option: UUID | None
    words: str | None
    instead: str | None
    interest: str | None
    wants_help: bool
    taken: Annotated[str | None, Says("Why the words were taken from sight.")]
    typed_by: UUID | None
    confirmed: Annotated[bool, Says("Nobody typed it for them, or they were asked and it holds.")]
    said_at: datetime


class Answered(TypedDict):
    """What those who decide answered to a view, and whether that answers its giver."""

    id: UUID
    view: UUID
    result: str
    words: str | None
    replied_at: datetime
    answers_them: str | None


class Telling(TypedDict):
    """One time that somebody was told."""

    id: UUID
    person: UUID | None
    channel: str
    sign: str
    reached: bool
    confirmed: bool
    told_at: datetime


class AgreedWord(TypedDict):
    """Of a small thing that was written down as agreed: what the person says."""

    said: str | None
    their_own_word: bool
    said_at: NotRequired[datetime]


class LooksAgain(TypedDict):
    """What waits to be looked at again, and the last day for it."""

    why: str
    due_on: date | None
    asked_at: datetime | date | None
    change: UUID | None


class WholeMatter(Matter):
    """One matter, with what you may see of it."""

    why: str | None
    reasons: str | None
    options: list[Way]
    views: list[View]
    replies: list[Answered]
    tellings: list[Telling]
    agreed: AgreedWord | None
    looks_again: list[LooksAgain]


class Worry(TypedDict):
    """A worry that came in, as the duty team and whoever is asked may read it."""

    id: UUID
    organisation: UUID
    words: str | None
    contact: str | None
    raised_at: datetime
    take_by: date | None
    taken_further_at: datetime | None
    nobody_left_at: datetime | None
    taken_at: datetime | None
    you_are_asked_by: date | None
    came_of: str | None


# Together ------------------------------------------------------------------------------------------


class Given(TypedDict):
    """One thing you gave, and what came of it."""

    what: str
    words: str | None
    at: datetime
    came: Annotated[list[str], Says("In whole sentences.")]
    taken: bool


class Became(TypedDict):
    """One matter to which you gave something."""

    decision: UUID
    title: str | None
    state: str
    given: list[Given]


class JointText(TypedDict):
    """One version of the words."""

    number: int
    words: str | None
    written_at: datetime
    taken: str | None


class Signature(TypedDict):
    """Who signed which version, as what they stand. No person is named."""

    id: UUID
    version: int
    stands_as: str
    body: UUID | None
    dissents: bool
    words: str | None
    signed_at: datetime
    taken: str | None


class JointPosition(TypedDict):
    """A position that people wrote together."""

    id: UUID
    name: str | None
    version: int
    texts: list[JointText]
    signatures: list[Signature]


class Power(TypedDict):
    """How somebody says they stand in this matter."""

    id: UUID
    stake: str | None
    body: UUID | None
    paid: str
    conflict: str | None
    said_at: datetime
    current: bool
    taken: str | None


Support = TypedDict(
    "Support",
    {
        "id": UUID,
        "for": UUID | None,
        "what": str,
        "state": str,
        "words": str | None,
        "supporter": str | None,
        "payer": str | None,
        "independent_of": str | None,
        "answer": str | None,
        "body": UUID | None,
        "independent": bool,
        "hours": int | None,
        "hours_given": int | None,
        "changed_at": datetime,
    },
)


class SupportPage(Page[Support]):
    """Independent support, and in a sentence how it stands in a matter about a place."""

    status: str | None


class Taken(TypedDict):
    """Words taken from sight, and what their giver answered."""

    id: UUID
    kind: str
    what: UUID
    reason: str
    words: str | None
    taken_at: datetime
    answer: str | None
    wants_another_look: bool
    looked_at: datetime | None
    looked_words: str | None
    back: bool


# Thinking ------------------------------------------------------------------------------------------


class Risk(TypedDict):
    """What could go wrong with a way, and who says that they carry it."""

    id: UUID
    option: UUID | None
    who: str | None
    carrier: str | None
    words: str | None
    to_whom: str | None
    carried_by: str | None
    carries: str | None
    carrier_words: str | None
    said_at: datetime
    taken: str | None


class Forgone(TypedDict):
    """The good that would be lost without a way."""

    id: UUID
    option: UUID | None
    words: str | None
    said_at: datetime
    taken: str | None


class EvidenceAnswer(TypedDict):
    """What those whom a claim is about answered to it."""

    id: UUID
    words: str | None
    is_described: bool
    said_at: datetime
    taken: str | None


class Evidence(TypedDict):
    """A claim, its label and how it was used. What is null was not said."""

    id: UUID
    kind: str
    by: UUID | None
    who: str | None
    option: UUID | None
    leans: str
    how_many: int | None
    words: str | None
    method: str | None
    place: str | None
    period: str | None
    limits: str | None
    source: str | None
    use_words: str | None
    practised_on: date | None
    said_at: datetime
    withdrawn_at: datetime | None
    use: str | None
    taken: str | None
    answers: list[EvidenceAnswer]


class Moved(TypedDict):
    """A mind that changed, and what moved it."""

    id: UUID
    view: UUID
    first: str
    now: str
    by: str
    what: UUID | None
    words: str | None
    moved_at: datetime


class Moves(TypedDict):
    """How many people went from one position to another."""

    first: str
    now: str
    people: int


class Minds(Page[Moved]):
    """Minds that changed, and how many went where."""

    positions: list[Moves]
    others: Annotated[str, Says("How many more are not counted here, in a sentence; empty: none.")]


class SaidOnce(TypedDict):
    """One thing that people said, once, with how many said it."""

    words: str | None
    people: int
    about_options: list[UUID]


class Position(TypedDict):
    """One position, and what those who hold it say."""

    position: str
    people: Annotated[int | None, Says("null: about one life, while few have spoken.")]
    interests: list[SaidOnce]
    reasons: list[SaidOnce]
    instead: list[SaidOnce]


class QuestionHere(TypedDict):
    """What was asked of those who decide."""

    id: UUID
    words: str | None
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None
    taken: str | None


class PositionMap(TypedDict):
    """Who stands where and why, and what was asked."""

    decision: UUID
    positions: list[Position]
    others: str
    questions: list[QuestionHere]
