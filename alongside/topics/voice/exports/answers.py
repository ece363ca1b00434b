"""The public registers of councillors' questions and of resolutions, as a visitor sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.interfaces import words
from alongside.interfaces.open_data import Column, News, Register
from alongside.kernel import clock
from alongside.kernel.policy import NOBODY
from alongside.kernel.seal import words_or_none
from alongside.topics.people.policy import names_of
from alongside.topics.voice.models import Check, Evidence, Question, Quote, Resolution, Version, Ward
from alongside.topics.voice.pages.questions import state_of
from alongside.topics.voice.pages.quoting import quotes_of

# Councillors' questions ------------------------------------------------------------------------------


def _question_rows() -> Any:
    return Question.objects.seen_by(NOBODY)


def _questions_shown(rows: Sequence[Question]) -> list[dict[str, Any]]:
    names = names_of({one for row in rows for one in (row.organisation, row.office, row.asked_by)})
    wards = {row.id: str(row) for row in Ward.objects.seen_by(NOBODY)}
    evidence: dict[Any, list[str]] = {}
    for one in Evidence.objects.seen_by(NOBODY).filter(question__in=[row.id for row in rows]).order_by("id"):
        says = f"{one.what} ({one.where})" if one.where else str(one.what)
        evidence.setdefault(one.question, []).append(says)
    return [
        {
            "id": row.id,
            "body": names[row.organisation],
            "office": names[row.office],
            "councillor": names[row.asked_by],
            "ward": wards.get(row.ward) if row.ward else None,
            "for_a_resident": row.is_of_resident,
            "question": words_or_none(row.words),
            "follows": row.follows,
            "asked_on": row.asked_on,
            "due_on": row.due_on,
            "answered_on": row.answered_on,
            "is_overdue": row.answered_on is None and row.due_on < clock.today(),
            "answer": words_or_none(row.answer),
            "evidence": evidence.get(row.id, []),
            "rules": row.pack,
        }
        for row in rows
    ]


def _question_news(rows: Sequence[Question]) -> list[News]:
    names = names_of(row.organisation for row in rows)
    today = clock.today()
    return [
        News(
            id=row.id,
            title=str(row.words or ""),
            says=_("%(state)s. Due by %(day)s.")
            % {"state": state_of(row, today)["state"], "day": words.day(row.due_on)},
            path=reverse("voice:question", args=[row.id]),
            of=names[row.organisation],
            number=row.made_by,
        )
        for row in rows
    ]


questions = Register(
    name="questions",
    title=gettext_lazy("Councillors’ questions"),
    says=gettext_lazy("What councillors ask of which office, by when it must answer, and what it answered."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("body", gettext_lazy("The body that was asked.")),
        Column("office", gettext_lazy("The office that answers.")),
        Column("councillor", gettext_lazy("Who asked. Councillors are elected, so they are named.")),
        Column("ward", gettext_lazy("The ward it is about.")),
        Column("for_a_resident", gettext_lazy("Whether it was asked for a resident, who is never named.")),
        Column("question", gettext_lazy("What was asked.")),
        Column("follows", gettext_lazy("The number of the question that it follows up.")),
        Column("asked_on", gettext_lazy("When it was asked.")),
        Column("due_on", gettext_lazy("By when it must be answered.")),
        Column("answered_on", gettext_lazy("When it was answered.")),
        Column("is_overdue", gettext_lazy("Whether its day has passed without an answer.")),
        Column("answer", gettext_lazy("What was answered.")),
        Column("evidence", gettext_lazy("What the answer rests on.")),
        Column("rules", gettext_lazy("The version of the rules it was asked under.")),
    ],
    rows=_question_rows,
    shown=_questions_shown,
    news=_question_news,
)


# Resolutions, word for word --------------------------------------------------------------------------


def _resolution_rows() -> Any:
    return Resolution.objects.seen_by(NOBODY)


def _resolutions_shown(rows: Sequence[Resolution]) -> list[dict[str, Any]]:
    names, ids = names_of(row.organisation for row in rows), [row.id for row in rows]
    latest = {
        one.resolution: one
        for one in Version.objects.seen_by(NOBODY).filter(resolution__in=ids).order_by("number")
    }
    checks = quotes_of(Quote.objects.seen_by(NOBODY).filter(resolution__in=ids))
    return [
        {
            "id": row.id,
            "body": names[row.organisation],
            "title": words_or_none(row.title),
            "words": words_or_none(latest[row.id].words),
            "version": latest[row.id].number,
            "passed_by": words_or_none(latest[row.id].passed_by),
            "first_passed_on": row.first_passed_on,
            "passed_on": latest[row.id].passed_on,
            "votes_for": latest[row.id].votes_for,
            "votes_against": latest[row.id].votes_against,
            "votes_abstained": latest[row.id].votes_abstained,
            "quoted": len(checks[row.id]),
            "quoted_exactly": checks[row.id].count(Check.EXACT.value),
            "quoted_shortened": checks[row.id].count(Check.SHORTENED.value),
            "quoted_altered": checks[row.id].count(Check.ALTERED.value),
        }
        for row in rows
    ]


def _resolution_news(rows: Sequence[Resolution]) -> list[News]:
    names = names_of(row.organisation for row in rows)
    checks = quotes_of(Quote.objects.seen_by(NOBODY).filter(resolution__in=[row.id for row in rows]))
    return [
        News(
            id=row.id,
            title=str(row.title or ""),
            says=_("Version %(number)s. Quoted in %(quoted)s places, in %(altered)s with other words.")
            % {
                "number": row.versions,
                "quoted": len(checks[row.id]),
                "altered": checks[row.id].count(Check.ALTERED.value),
            },
            path=reverse("voice:resolution", args=[row.id]),
            of=names[row.organisation],
            number=row.made_by,
        )
        for row in rows
    ]


resolutions = Register(
    name="resolutions",
    title=gettext_lazy("Resolutions"),
    says=gettext_lazy("What bodies and groups resolved, word for word, and how it is quoted."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("body", gettext_lazy("Whose resolution it is.")),
        Column("title", gettext_lazy("What it is called.")),
        Column("words", gettext_lazy("The words of the version that stands, word for word.")),
        Column("version", gettext_lazy("The number of that version.")),
        Column("passed_by", gettext_lazy("The meeting that passed it.")),
        Column("first_passed_on", gettext_lazy("When the first version was passed.")),
        Column("passed_on", gettext_lazy("When the version that stands was passed.")),
        Column("votes_for", gettext_lazy("Votes for it.")),
        Column("votes_against", gettext_lazy("Votes against it.")),
        Column("votes_abstained", gettext_lazy("How many abstained.")),
        Column("quoted", gettext_lazy("In how many places it is quoted.")),
        Column("quoted_exactly", gettext_lazy("In how many with the exact words.")),
        Column("quoted_shortened", gettext_lazy("In how many with words left out.")),
        Column("quoted_altered", gettext_lazy("In how many with other words.")),
    ],
    rows=_resolution_rows,
    shown=_resolutions_shown,
    news=_resolution_news,
)
