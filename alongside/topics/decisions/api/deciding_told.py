"""What programs read of who decides, of what came after, and of the groups: the kinds of answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, NotRequired
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Says
from alongside.topics.decisions.pages.by_whom import DecidedBy


class DecidingRule(TypedDict):
    """A rule of who decides, as it was said."""

    number: int
    who: str
    agree: str
    needed: int | None
    office: UUID | None
    why: str | None
    after_people_were_told: bool
    asks_again: bool
    said_at: datetime


class Seat(TypedDict):
    """Who decides with others: by office, or as a kind of person, where anybody can read."""

    who: str
    office: UUID | None
    member: bool
    person: NotRequired[Annotated[UUID, Says("Only of a matter about one life.")]]


class RuleThen(TypedDict):
    """The rule by which something was put."""

    who: str
    agree: str
    needed: int | None


class Proposal(TypedDict):
    """What was put to those who decide, and whether it was carried."""

    id: UUID
    put_by: str
    outcome: str | None
    option: UUID | None
    rule: RuleThen | None
    reasons: str | None
    would_change: str | None
    put_at: datetime
    closed_at: datetime | None
    carried: bool | None


class Said(Seat):
    """What one of them said to it."""

    proposal: UUID
    says: str
    reasons: str | None
    said_at: datetime


class ItsPart(TypedDict):
    """One part of it: who it goes back to, and as what they stood in this."""

    part: str
    who: str
    stands: str | None
    link: str | None


class Deciding(TypedDict):
    """Who decides a matter, and who decided it."""

    decision: UUID
    rules: list[DecidingRule]
    seats: list[Seat]
    interests: list[Seat]
    proposals: list[Proposal]
    voices: list[Said]
    parts: list[ItsPart]
    decided: DecidedBy | None


Asked = TypedDict(
    "Asked",
    {
        "checker": UUID,
        "as": str,
        "asked_at": datetime,
        "answer_by": date | None,
        "said": str | None,
        "words": str | None,
        "ended_at": datetime | None,
    },
)


class Check(TypedDict):
    """One check with somebody of what was typed for them."""

    id: UUID
    person: UUID | None
    asked_by: UUID | None
    asked_at: datetime
    became: str | None
    settled_at: datetime | None
    asked: list[Asked]


class Checks(TypedDict):
    """Who was asked to check, by which day, and what came of it."""

    decision: UUID
    checks: list[Check]


class Effect(TypedDict):
    """What it did, in the words of somebody it affects."""

    id: UUID
    said: str
    words: str | None
    person: UUID | None
    sees: str
    checked: bool
    said_at: datetime
    learnt: UUID | None


class Learnt(TypedDict):
    """What those who decided learnt, and what they will do."""

    id: UUID
    learnt: str | None
    will_do: str | None
    at: datetime


ToAnswer = TypedDict(
    "ToAnswer",
    {
        "answerer": UUID | None,
        "as": str,
        "office": UUID | None,
        "asked_at": datetime,
        "answer_by": date,
        "ended_at": datetime | None,
    },
)


class Challenge(TypedDict):
    """That somebody says it is wrong, and what was answered from outside the line."""

    id: UUID
    wrong: str | None
    wants: str | None
    made_at: datetime
    answer_by: date
    answered_at: datetime | None
    upheld: bool | None
    reasons: str | None
    go_next: list[str]
    asked: list[ToAnswer]


class Earlier(TypedDict):
    """How it had been decided before it was opened again."""

    number: int
    outcome: str
    option: UUID | None
    reasons: str | None
    decided_at: datetime
    challenge: UUID | None
    emergency_that_nobody_saw: UUID | None


class Afterwards(TypedDict):
    """What a decision did, what was learnt from it, who said that it is wrong."""

    decision: UUID
    reopened_at: datetime | None
    effects_asked_at: datetime | None
    effects: list[Effect]
    learnt: list[Learnt]
    challenges: list[Challenge]
    earlier: list[Earlier]


class Group(TypedDict):
    """One group it affects, as counts. null: too few to tell, or nobody could be asked by name."""

    id: UUID
    listed_after_decision: bool
    group: str | None
    size: int | None
    word_reached: int | None
    word_may_have_reached_more: bool
    word_typed_by: list[str]
    say_nobody_told_them: int | None
    said_if_told: int | None
    body: UUID | None
    team: UUID | None
    on_record: int | None
    list_mark: str | None
    asked_by_name: int | None
    of_these_answered: int | None
    others_spoke: int | None


class Lot(TypedDict):
    """A lot, with all that anyone needs to draw it again."""

    group: UUID
    method: str
    seed: str
    of: int
    size: int
    numbers: list[int]
    drawn_at: datetime
    to_judge: UUID | None
    first_lot: UUID | None
    passed_over: list[int]


class Round(TypedDict):
    """One going through a group."""

    group: UUID
    kind: str
    begun_at: datetime
    gone_through: int
    of: int
    whole_at: datetime | None


class PeopleAffected(TypedDict):
    """The groups it affects, the lots and the rounds."""

    decision: UUID
    groups: list[Group]
    lots: list[Lot]
    rounds: list[Round]
