"""A letter to Rosa, and who sends it."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.interfaces.letter import Heading, Letter, Points, Question, Sender

SENDER = Sender("Alongside Wexmoor", "01632 960 100", "FREEPOST ALONGSIDE, Wexmoor", "alongside.example")
ROSA = ("Rosa Marlow", "Flat 2", "14 Mill Lane", "Wexmoor", "WX1 4RM")


def a_letter(**changes: Any) -> Letter:
    kept: dict[str, Any] = {
        "language": "en",
        "recipient_lines": ROSA,
        "title": "Ken wants to change your morning help",
        "reference": "WX-2041",
        "dated": date(2026, 5, 2),
        "dear": "Dear Rosa,",
        "code": "K7PD-3MXR",
        "sender": SENDER,
        "parts": (
            "Ken Holt wants to change your morning help from 7 days to 5.",
            Heading("Why"),
            Points(("Keep 7 days.", "Change to 5 days.")),
        ),
        "reply_slip": (
            Question("What do you want?", ("Keep 7 days", "Change to 5")),
            Question("More?", lines=3),
        ),
    }
    return Letter(**{**kept, **changes})
