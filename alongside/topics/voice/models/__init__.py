"""The tables of voice: hearings, resolutions, feedback, speaking up, questions, and who answers."""

from alongside.topics.voice.models.desks import Desk, Purpose, Seat, Ward
from alongside.topics.voice.models.feedback import (
    About,
    Channel,
    Contact,
    Feedback,
    FeedbackStep,
    FeedbackWord,
    Judged,
    Result,
    StepKind,
    WordKind,
)
from alongside.topics.voice.models.hearings import (
    Account,
    Answered,
    Appeal,
    Happened,
    Hearing,
    HearingState,
    InWhoseName,
    Offer,
    Way,
)
from alongside.topics.voice.models.questions import Evidence, Question
from alongside.topics.voice.models.resolutions import Check, Quote, Resolution, Version
from alongside.topics.voice.models.speaking import Note, NoteKind, NoteWord, Reader, Standing

__all__ = [
    "About",
    "Account",
    "Answered",
    "Appeal",
    "Channel",
    "Check",
    "Contact",
    "Desk",
    "Evidence",
    "Feedback",
    "FeedbackStep",
    "FeedbackWord",
    "Happened",
    "Hearing",
    "HearingState",
    "InWhoseName",
    "Judged",
    "Note",
    "NoteKind",
    "NoteWord",
    "Offer",
    "Purpose",
    "Question",
    "Quote",
    "Reader",
    "Resolution",
    "Result",
    "Seat",
    "Standing",
    "StepKind",
    "Version",
    "Ward",
    "Way",
    "WordKind",
]
