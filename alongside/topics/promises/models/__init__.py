"""How promises stand now, and who may see each row; and what other systems claimed."""

from alongside.topics.promises.models.elsewhere import (
    ClaimedPromise,
    FromElsewhere,
    Import,
    ReportedDecision,
    Taken,
)
from alongside.topics.promises.models.promise import (
    NOBODY,
    Correction,
    DateAnswer,
    HandOver,
    Progress,
    Promise,
    PromisedTo,
    ProposedDate,
    Said,
    Through,
    Verdict,
    Wants,
    WhatNow,
    knows_answers_q,
    sees_promise_q,
)

__all__ = [
    "NOBODY",
    "ClaimedPromise",
    "Correction",
    "DateAnswer",
    "FromElsewhere",
    "HandOver",
    "Import",
    "Progress",
    "Promise",
    "PromisedTo",
    "ProposedDate",
    "ReportedDecision",
    "Said",
    "Taken",
    "Through",
    "Verdict",
    "Wants",
    "WhatNow",
    "knows_answers_q",
    "sees_promise_q",
]
