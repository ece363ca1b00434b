"""What waits in every room for somebody who is to do it by a day, and whose day is over. The clock asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel import clock
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.decisions import models as decisions
from alongside.topics.decisions.commands.asking_outside import overdue
from alongside.topics.decisions.commands.checking import overdue_checks
from alongside.topics.decisions.commands.seeing import due_days
from alongside.topics.decisions.models import Change, ChangeState, Decider, Decision, Problem
from alongside.topics.people.commands.waiting import Wait
from alongside.topics.people.models import Awaits, Office
from alongside.topics.people.models.read_first import WAITING
from alongside.topics.people.policy import holders_of, now_is
from alongside.topics.promises import models as promises
from alongside.topics.voice.commands.feedback import repliers
from alongside.topics.voice.models import (
    Appeal,
    Feedback,
    Hearing,
    HearingState,
    Note,
    Quote,
    Reader,
    Resolution,
)

WORDS_OF: tuple[tuple[Any, str, Any], ...] = (  # each table of words; where they stand
    (decisions.Judgement, "decision", Decision),
    (decisions.Trial, "decision", Decision),
    (decisions.BenefitAnswer, "decision", Decision),
    (decisions.Question, "decision", Decision),
    (decisions.ProblemResult, "problem", Problem),
    (decisions.ProblemWords, "problem", Problem),
    (promises.Verdict, "promise", promises.Promise),
    (promises.DateAnswer, "promise", promises.Promise),
    (promises.Statement, "id", promises.Statement),
    (promises.LinkedAct, "statement", promises.Statement),
    (Quote, "resolution", Resolution),
    (Feedback, "id", Feedback),
)


def waits(now: datetime) -> Iterator[Wait]:
    """All that is to be done by somebody of a body, and whose day is over."""
    today = clock.day_of(now)
    yield from _words(today)
    yield from _hearings(today, now)
    yield from _feedback(today, now)
    yield from _notes(today)
    yield from _changes(today, now)
    yield from _legal_reasons(now)
    yield from _checks(now)
    yield from _challenges(now)


def _words(today: date) -> Iterator[Wait]:
    """Words that nobody has read: anybody of the body may, so those who answer for the body are next."""
    for model, column, about in WORDS_OF:
        unread = model.everything.like(
            "look_by", "id", read_only=(column, "look_by"), where=(_unread(model),)
        )
        late = [(row.id, getattr(row, column), row.look_by) for row in unread if row.look_by < today]
        if not late:
            continue
        matters = about.everything.like(
            read_only=("organisation",), id=sorted({of for _pk, of, _day in late if of})
        )
        bodies = {row.id: row.organisation for row in matters}
        for pk, of, day in late:
            yield Wait(Awaits.WORDS, pk, bodies.get(of), day)


@cache
def _unread(model: Any) -> Q:
    """Which rows of a table hold words that wait to be read, and still count."""
    current = {each.name for each in model._meta.get_fields()}
    return WAITING & Q(**{name: True for name in ("is_current", "may_be_read", "counts") if name in current})


def _hearings(today: date, now: datetime) -> Iterator[Wait]:
    asked = Hearing.everything.filter(answered_on=None, answer_due_on__lt=today)
    for row in asked.exclude(state=HearingState.WITHDRAWN).order_by("answer_due_on", "id"):
        holders = tuple(holders_of(row.office, now))
        yield Wait(Awaits.HEARING, row.id, row.organisation, row.answer_due_on, holders)
    for appeal in Appeal.everything.filter(answered_on=None, due_on__lt=today).order_by("due_on", "id"):
        body = _body_of_office(appeal.office)
        yield Wait(Awaits.APPEAL, appeal.id, body, appeal.due_on, tuple(holders_of(appeal.office, now)))


def _feedback(today: date, now: datetime) -> Iterator[Wait]:
    """What somebody told a body and nobody replied to. A worry about safety went to the duty team at once."""
    rows = Feedback.everything.filter(replied_on=None, is_for_duty=False, due_on__lt=today)
    for row in rows.order_by("due_on", "id"):
        holders = tuple(repliers(row.organisation, now, about_site=row.is_about_site))
        yield Wait(Awaits.FEEDBACK, row.id, row.organisation, row.due_on, holders)


def _notes(today: date) -> Iterator[Wait]:
    """What practitioners said: nobody of their own line is told that it waits, nor that there is anything."""
    for note in Note.everything.filter(answered_on=None, due_on__lt=today).order_by("due_on", "id"):
        readers = Reader.everything.filter(note=note.id, ended_on=None).order_by("id")
        writer = person_behind(note.said_by)
        yield Wait(
            Awaits.NOTE,
            note.id,
            _body_of_office(note.office),
            note.due_on,
            tuple(readers.values_list("person", flat=True)),
            now_is(writer) if writer is not None else None,
        )


def _body_of_office(office: UUID) -> UUID | None:
    return Office.everything.filter(pk=office).values_list("organisation", flat=True).first()


def _changes(today: date, now: datetime) -> Iterator[Wait]:
    """Changes whose review day passed: they lost their permission, and wait to be judged or stopped."""
    rows = Change.everything.filter(state=ChangeState.LAPSED, review_on__lt=today)
    for row in rows.order_by("review_on", "id"):
        deciders = Decider.everything.filter(decision=row.decision, until_at=None, person__isnull=False)
        runs = holders_of(row.office, now) if row.office is not None else ()
        holders = tuple(sorted({*deciders.values_list("person", flat=True), *runs}))
        assert row.review_on is not None  # the filter asks for it
        yield Wait(Awaits.CHANGE, row.id, row.run_by, row.review_on, holders)


def _legal_reasons(now: datetime) -> Iterator[Wait]:
    """Legal reasons that nobody outside the line that decides has looked at. Nothing is decided on them."""
    for decision, ground, day, asked in due_days(now):
        yield Wait(Awaits.GROUND, ground.id, decision.organisation, day, asked)


def _checks(now: datetime) -> Iterator[Wait]:
    """What was typed for somebody, and nobody outside the line has checked with them. It opens nothing."""
    for decision, check, day, asked in overdue_checks(now):
        yield Wait(Awaits.CHECK, check.id, decision.organisation, day, asked)


def _challenges(now: datetime) -> Iterator[Wait]:
    """Somebody says that a decision is wrong, and nobody outside the line that decided has answered."""
    for decision, challenge, day, asked in overdue(now):
        yield Wait(Awaits.WRONG, challenge.id, decision.organisation, day, asked)
