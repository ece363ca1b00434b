"""An answer in the evidence of a legal reason, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format


def in_words(question: Mapping[str, Any], answer: str) -> str:
    """A choice as it stood in the form, a day as people write it."""
    if question["type"] == "choice":
        return answer.capitalize()
    day = parse_date(answer) if question["type"] == "date" else None
    return date_format(day, "j F Y") if day else answer
