"""The evidence of a legal reason, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.topics.decisions.commands.grounds import evidence_of

TO_THEM: Final[Mapping[str, Any]] = {  # a question about a person, as that person reads it
    "capacity_decision": gettext_lazy("Which decision can you not make now, they say?"),
    "functional_limb": gettext_lazy("What can you not do, even with help, they say?"),
    "causal_nexus": gettext_lazy("How does your condition cause this, they say?"),
    "help_given": gettext_lazy("What help were you given to decide?"),
    "wishes_feelings": gettext_lazy("What do you show you want, and what is their reply?"),
    "less_restrictive": gettext_lazy("Which ways that limit you less did they look at?"),
    "where": gettext_lazy("Where can you see it, or get a copy?"),
    "tried": gettext_lazy("How did they try to reach you?"),
}


def answered(
    item: Mapping[str, Any], evidence: str | None, *, is_theirs: bool = False
) -> list[tuple[str, str]]:
    """Each question of this kind of legal reason that has an answer, and the answer."""
    answers = evidence_of(evidence) or {}
    return [
        (_asked(each, is_theirs=is_theirs), _in_words(each, answers[each["name"]]))
        for each in item["evidence"]
        if answers.get(each["name"])
    ]


def _asked(question: Mapping[str, Any], *, is_theirs: bool) -> str:
    return (
        str(TO_THEM[question["name"]]) if is_theirs and question["name"] in TO_THEM else _(question["label"])
    )


def _in_words(question: Mapping[str, Any], answer: str) -> str:
    """A choice as it stood in the form, a day as people write it."""
    if question["type"] == "choice":
        return answer.capitalize()
    day = parse_date(answer) if question["type"] == "date" else None
    return date_format(day, "j F Y") if day else answer
