"""What can be done in voice, a file for each theme; and what the clock brings."""

from collections.abc import Iterable
from datetime import datetime

from alongside.kernel import clock
from alongside.kernel.command import Command
from alongside.topics.voice.commands.appeals import (
    AnswerAppeal,
    AppealIsLate,
    AppealRefusal,
    HearingIsLate,
    TellAsTheBody,
    TellWhatHappened,
)
from alongside.topics.voice.commands.desks import EndDesk, NameDesk, NameWard, SeatCouncillor
from alongside.topics.voice.commands.feedback import GiveFeedback, WriteDownFeedback
from alongside.topics.voice.commands.hearings import AnswerOffer, AskToBeHeard, OfferPlace
from alongside.topics.voice.commands.questions import AnswerQuestion, AskAsCouncillor, QuestionIsLate
from alongside.topics.voice.commands.quoting import LookAtQuote
from alongside.topics.voice.commands.refusing import RefuseHearing, WithdrawHearing
from alongside.topics.voice.commands.replying import (
    AddToFeedback,
    AskWhoTheyAre,
    FeedbackIsLate,
    JudgeFeedbackReply,
    ModerateFeedback,
    PassToDuty,
    ReplyToFeedback,
    SayWhoIAm,
)
from alongside.topics.voice.commands.resolutions import NoteQuote, PassResolution, ReviseResolution
from alongside.topics.voice.commands.speaking import (
    AddToNote,
    AnswerNote,
    JudgeAnswer,
    NoteIsLate,
    ReportRetaliation,
    SetReaders,
    SpeakUp,
)
from alongside.topics.voice.models import Appeal, Feedback, Hearing, HearingState, Note, Question
from alongside.topics.voice.models.hearings import waits_for_an_answer_q
from alongside.topics.voice.policy import readers_now, readers_wanted

__all__ = [
    "AddToFeedback",
    "AddToNote",
    "AnswerAppeal",
    "AnswerNote",
    "AnswerOffer",
    "AnswerQuestion",
    "AppealIsLate",
    "AppealRefusal",
    "AskAsCouncillor",
    "AskToBeHeard",
    "AskWhoTheyAre",
    "EndDesk",
    "FeedbackIsLate",
    "GiveFeedback",
    "HearingIsLate",
    "JudgeAnswer",
    "JudgeFeedbackReply",
    "LookAtQuote",
    "ModerateFeedback",
    "NameDesk",
    "NameWard",
    "NoteIsLate",
    "NoteQuote",
    "OfferPlace",
    "PassResolution",
    "PassToDuty",
    "QuestionIsLate",
    "RefuseHearing",
    "ReplyToFeedback",
    "ReportRetaliation",
    "ReviseResolution",
    "SayWhoIAm",
    "SeatCouncillor",
    "SetReaders",
    "SpeakUp",
    "TellAsTheBody",
    "TellWhatHappened",
    "WithdrawHearing",
    "WriteDownFeedback",
    "due",
]

MOST_AT_ONCE = 500


def due(now: datetime) -> Iterable[Command]:
    """What the clock brings: late answers are noted once; notes stay outside their writer’s line."""
    today = clock.day_of(now)
    late = {"overdue_on": None}
    hearings = Hearing.everything.filter(waits_for_an_answer_q(), **late, answer_due_on__lt=today)
    for pk in _ids(hearings.exclude(state=HearingState.WITHDRAWN)):
        yield HearingIsLate(hearing=pk)
    appeals = Appeal.everything.filter(**late, answered_on=None, due_on__lt=today).order_by("due_on", "id")
    for appeal, hearing in appeals.values_list("id", "hearing")[:MOST_AT_ONCE]:
        yield AppealIsLate(hearing=hearing, appeal=appeal)
    waiting = {**late, "due_on__lt": today}
    for pk in _ids(Feedback.everything.filter(**waiting, replied_on=None, is_for_duty=False)):
        yield FeedbackIsLate(feedback=pk)
    for pk in _ids(Question.everything.filter(**waiting, answered_on=None)):
        yield QuestionIsLate(question=pk)
    for note in list(Note.everything.order_by("id")):
        if set(readers_wanted(note, now)) != set(readers_now(note.id)):
            yield SetReaders(note=note.id)
    for pk in _ids(Note.everything.filter(**waiting, answered_on=None)):
        yield NoteIsLate(note=pk)


def _ids(rows: object) -> Iterable[object]:
    found: Iterable[object] = rows.order_by("id").values_list("id", flat=True)[:MOST_AT_ONCE]  # type: ignore[attr-defined]  # rows of one of our tables
    return list(found)
