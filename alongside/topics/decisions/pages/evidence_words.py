"""The evidence of a legal reason, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.topics.decisions.commands.grounds import evidence_of


def answered(item: Mapping[str, Any], evidence: str | None) -> list[tuple[str, str]]:
    """Each question of this kind of legal reason that has an answer, and the answer."""
    answers = evidence_of(evidence) or {}
    return [
        (_(each["label"]), _in_words(each, answers[each["name"]]))
        for each in item["evidence"]
        if answers.get(each["name"])
    ]


def _in_words(question: Mapping[str, Any], answer: str) -> str:
    """A choice as it stood in the form, a day as people write it."""
    if question["type"] == "choice":
        return answer.capitalize()
    day = parse_date(answer) if question["type"] == "date" else None
    return date_format(day, "j F Y") if day else answer
