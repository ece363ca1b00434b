"""What programs read of the registers of voice: the kinds of answer, field by field."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Says
from alongside.interfaces.wired import PromisesLate


class RequestToBeHeard(TypedDict):
    """A request to be heard. The body or the group is named, one person is not."""

    id: UUID
    organisation: UUID
    office: UUID | None
    meeting: str | None
    item: str | None
    meets_on: date | None
    in_whose_name: str
    body: UUID | None
    is_user_led: bool
    people: int | None
    says: str | None
    asked_on: date
    answer_due_on: date
    rules: str
    days_taken: int | None
    state: str
    outcome: str
    minutes_asked: int
    minutes_granted: int | None
    way_granted: str | None
    was_refused: bool
    reasons: str | None
    would_change: str | None
    happened_by_those_who_asked: str | None


class Offer(TypedDict):
    """What was offered, and what those who asked answered."""

    minutes: int
    way: str
    on_day: date
    reason: str | None
    office: UUID | None
    answer: str
    answer_words: str | None


class Appeal(TypedDict):
    """That a no was taken further, and what came of it."""

    office: UUID | None
    words: str | None
    due_on: date
    upheld: bool | None
    answer: str | None
    answered_on: date | None


class Account(TypedDict):
    """What happened at the meeting, as one side says."""

    by_the_body: bool
    happened: str
    minutes: int | None
    words: str | None


class WholeRequest(RequestToBeHeard):
    """One request with its offers, appeals and accounts."""

    offers: list[Offer]
    appeals: list[Appeal]
    accounts: list[Account]


class Minutes(TypedDict):
    """How many minutes were asked for, and what became of them."""

    asked: int
    granted: int
    waiting: int
    withdrawn: int


class RequestCounts(TypedDict):
    """The register of requests to be heard in numbers."""

    asked: int
    by_user_led: int
    granted_as_asked: int
    granted_in_part: int
    leaflets_only: int
    waiting: int
    refused_now: int
    ever_refused: int
    withdrawn: int
    appealed: int
    minutes: Minutes
    median_working_days: int | None
    median_working_days_to_last_offer: int | None
    median_working_days_of_appeals: int | None
    in_private: Annotated[dict[str, int | None], Says("By outcome, beside `asked`; null: a few.")]


class Resolution(TypedDict):
    """A resolution, and how many places quote it."""

    id: UUID
    organisation: UUID
    title: str | None
    first_passed_on: date
    latest_version: int
    quoted: int
    altered: int


Votes = TypedDict("Votes", {"for": int | None, "against": int | None, "abstained": int | None})


class Version(TypedDict):
    """One version, word for word."""

    number: int
    words: str | None
    passed_by: str | None
    passed_on: date
    votes: Votes
    why_changed: str | None


class LeftOut(TypedDict):
    """What of the text a quote leaves out."""

    before: str
    between: list[str]
    after: str


class Quote(TypedDict):
    """One place that quotes it. Nobody is named: a body, an office or a role."""

    version: int
    words: str | None
    place: str | None
    hearing: UUID | None
    check: str
    left_out: LeftOut | None
    quoted_by: UUID | None
    quoted_as: str | None
    noted_as: str
    quoted_on: date | None
    found_on: date
    to_be_read_by: date | None
    not_shown_because: str | None


class WholeResolution(Resolution):
    """One resolution with its versions and where it is quoted."""

    versions: list[Version]
    quotes: list[Quote]


class PieceOfFeedback(TypedDict):
    """One piece of feedback, and what became of it."""

    id: UUID
    organisation: UUID
    channel: str
    words: str | None
    said_on: date
    due_on: date
    result: str | None
    because: str | None
    replied_on: date | None
    office: UUID | None
    shown_to_everyone: bool
    not_shown_because: str | None
    answers_its_giver: str | None


class FeedbackCounts(TypedDict):
    """What became of feedback, in numbers. null: a few."""

    total: int | None
    results: dict[str, int | None]
    median_working_days: int | None
    channels: dict[str, int | None]


class Under(TypedDict):
    """What was answered or said under a note."""

    kind: str
    words: str | None


class Note(TypedDict):
    """What somebody spoke up about. No name, and only the month."""

    id: UUID
    office: UUID
    standing: str
    area: UUID | None
    theme: str
    words: str | None
    month: str
    due_on: date
    is_answered: bool
    answers_its_writer: str | None
    under_it: list[Under]


class QuestionAsked(TypedDict):
    """A councillor’s question to an office."""

    id: UUID
    organisation: UUID
    office: UUID
    ward: UUID | None
    of_a_resident: bool
    words: str | None
    follows: UUID | None
    asked_on: date
    due_on: date
    answer: str | None
    answered_on: date | None


class RestsOn(TypedDict):
    """What an answer rests on."""

    what: str | None
    where: str | None


class WholeQuestion(QuestionAsked):
    """One question, and what its answer rests on."""

    evidence: list[RestsOn]


class WardTold(TypedDict):
    """What waits in one ward. null: a few."""

    ward: UUID
    feedback_with_no_reply: int | None
    late_of_these: int | None
    questions_with_no_answer: int


class Theme(TypedDict):
    """What practitioners speak up about, and how many people."""

    theme: str
    people: int


class Late(TypedDict):
    """What is late at one body, as counts."""

    organisation: UUID
    hearings: int
    questions: int
    promises: PromisesLate | None


class ForCouncillor(TypedDict):
    """What serves a councillor."""

    questions: list[QuestionAsked]
    wards: list[WardTold]
    themes: list[Theme]
    late_to_practitioners: Annotated[list[UUID], Says("Offices whose answers to practitioners are late.")]
    late: list[Late]
