"""What waits in every room for somebody who is to do it by a day; who is told when the day is over; how many
waited longer, on a body's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja import Router

from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.few import as_the_last_lot_stood
from alongside.kernel.kept import kept_question
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.decisions import models as decisions
from alongside.topics.decisions.models import Change, ChangeState, Decider, Decision, Problem
from alongside.topics.people.commands.waiting import Wait
from alongside.topics.people.models import Awaits, Office, Organisation, ToldUp, Waited
from alongside.topics.people.models.read_first import WAITING
from alongside.topics.people.policy import holders_of, names_of, now_is, smallest_shown
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

A_PAGE = 50
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


def _words(today: date) -> Iterator[Wait]:
    """Words that nobody has read: anybody of the body may, so those who answer for the body are next."""
    for model, column, about in WORDS_OF:
        rows = model.everything.filter(WAITING, look_by__lt=today)
        current = {each.name for each in model._meta.get_fields()}
        for name in ("is_current", "may_be_read", "counts"):
            rows = rows.filter(**{name: True}) if name in current else rows
        found = list(rows.order_by("look_by", "id").values_list("id", column, "look_by"))
        bodies = dict(
            about.everything.filter(id__in={of for _pk, of, _day in found}).values_list("id", "organisation")
        )
        for pk, of, day in found:
            yield Wait(Awaits.WORDS, pk, bodies.get(of), day)


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


# What the next one up finds ---------------------------------------------------------------------------


@kept_question
def _told(actor: Actor, at: datetime) -> Any:
    """What waits longer than its day in work that this person answers for, the longest first."""
    return Waited.objects.seen_by(actor, at).filter(over_at=None).order_by("due_on", "id")[:A_PAGE]


@kept_question
def _told_outside(actor: Actor, at: datetime) -> Any:
    """Of these, what this person was told as one who acts for a user-led organisation."""
    rows = ToldUp.objects.seen_by(actor, at).filter(is_outside=True)
    return rows.order_by("id").values_list("waited", flat=True)


def panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of whoever answers for those whose turn it was."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    rows = _told(actor)
    if not rows:
        return None
    said = {"count": len(rows), "due_on": rows[0].due_on, "link": reverse("waits_too_long"), "place": "work"}
    said["is_outside"] = all(row.id in set(_told_outside(actor)) for row in rows)
    return "home/parts/waits.html", said


@require_safe
def waits_page(request: Request) -> HttpResponseBase:
    """What waits longer than its day: which kind, in which body, and since when. Never in whose words."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    rows = _told(actor)
    names = names_of({row.body for row in rows if row.body is not None})
    outside = set(_told_outside(actor))
    today = clock.today()
    shown = [
        {
            "row": row,
            "what": Awaits(row.what).label,
            "body": names[row.body] if row.body else "",
            "days": (today - row.due_on).days,
            "link": "" if row.id in outside else reverse(WHERE[Awaits(row.what)]),
        }
        for row in rows
    ]
    is_outside = bool(shown) and all(row.id in outside for row in rows)
    context = {"items": shown, "is_outside": is_outside, "back": reverse("home")}
    return render(request, "home/waits.html", context)


WHERE = {
    Awaits.WORDS: "to_read",
    Awaits.HEARING: "voice:hearings",
    Awaits.APPEAL: "voice:hearings",
    Awaits.FEEDBACK: "voice:replies",
    Awaits.NOTE: "voice:speak_up",
    Awaits.CHANGE: "decisions:changes",
}


# What everyone is told of a body ----------------------------------------------------------------------


def counted(body: UUID) -> int:
    """How many things waited longer than their day in this body, as the last whole lot of them stood."""
    rows = Waited.everything.filter(body=body).order_by("noted_at", "id").values_list("made_by", "id")
    # made_by is that of the last entry; the order in which they were noted is what tells nobody apart
    said = [(number, pk, 1) for number, (_entry, pk) in enumerate(rows)]
    return len(as_the_last_lot_stood(said, smallest=smallest_shown()))


def body_panel(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """What a body's own page shows of it."""
    count, smallest = counted(body), smallest_shown()
    return "home/parts/waited.html", {"count": count, "smallest": smallest}


router = Router(tags=["this place"])


@router.get("/waited/{organisation}")
def waited_here(request: Request, organisation: UUID) -> dict[str, Any]:
    """How many things waited longer than their day in one body; a few are not told."""
    the(Organisation, organisation, seen_by=request.actor)
    return {"waited_longer": counted(organisation), "told_in_lots_of": smallest_shown()}
