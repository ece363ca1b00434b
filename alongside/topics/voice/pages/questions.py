"""The log of councillors' questions, overdue first, and one question with its answer and evidence."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.people.policy import names_of
from alongside.topics.voice.commands.desks import bodies_run_by
from alongside.topics.voice.models import Evidence, Question, Seat, Ward
from alongside.topics.voice.pages.shown import one_page
from alongside.topics.voice.policy import is_councillor

OPEN_FIRST = 4  # of those that wait, before the others are folded


def overdue_first(rows: Any, today: date) -> Any:
    """Overdue ones first, then those that wait, then the answered; each by its day."""
    turn = Case(
        When(answered_on=None, due_on__lt=today, then=Value(0)),
        When(answered_on=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return rows.annotate(turn=turn).order_by("turn", "due_on", "id")


def lines(actor: Actor, rows: list[Question]) -> list[dict[str, Any]]:
    """Questions as a list shows them: the office that was asked, never a worker; the answer; asked again?"""
    names = names_of({row.office for row in rows})
    wards = {row.id: str(row) for row in Ward.objects.seen_by(NOBODY).filter(id__in=[r.ward for r in rows])}
    today, again = clock.today(), _asked_again(actor, rows)
    return [
        {
            "row": row,
            "link": reverse("voice:question", args=[row.id]),
            "office": names[row.office],
            "ward": wards.get(row.ward, "") if row.ward else "",
            "late": (row.answered_on - row.due_on).days if row.answered_on else 0,
            "again": again.get(row.id),
            **state_of(row, today),
        }
        for row in rows
    ]


def _asked_again(actor: Actor, rows: list[Question]) -> dict[UUID, Question]:
    """Of these questions, those that were asked again, each with the first that asked it again."""
    after = Question.objects.seen_by(actor).filter(follows__in=[row.id for row in rows])
    return {each.follows: each for each in after.order_by("-asked_on", "-made_by") if each.follows}


def state_of(row: Question, today: date) -> dict[str, str]:
    if row.answered_on is not None:
        return {"state": _("Answered"), "look": "good"}
    if row.due_on < today:
        return {"state": _("Overdue"), "look": "bad"}
    return {"state": _("Waits for an answer"), "look": "waiting"}


@require_safe
def questions_page(request: Request) -> HttpResponseBase:
    """Every question that the reader may see."""
    actor = request.actor
    rows, beside = one_page(overdue_first(Question.objects.seen_by(actor), clock.today()), request)
    found = lines(actor, rows)
    waiting = [one for one in found if one["row"].answered_on is None]
    first = len(waiting) if len(waiting) <= OPEN_FIRST + 1 else OPEN_FIRST
    context = {
        "waiting": waiting[:first],
        "waiting_more": waiting[first:],
        "answered": [one for one in found if one["row"].answered_on is not None],
        "councillor": is_councillor(actor, clock.now()),
        "wards": _wards(),
        "name_ward": address_of("voice.ward_named") if bodies_run_by(actor) else "",
        **beside,
    }
    return render(request, "voice/questions.html", context)


def _wards() -> list[dict[str, Any]]:
    """Each ward and who stands for it: elected, so named."""
    seats = list(Seat.objects.seen_by(NOBODY).filter(ended_at=None).order_by("id"))
    names = names_of(seat.councillor for seat in seats)
    wards = sorted(Ward.objects.seen_by(NOBODY), key=str)
    return [
        {
            "row": ward,
            "name": str(ward),
            "who": [names[seat.councillor] for seat in seats if seat.ward == ward.id],
            "link": reverse("voice:ward", args=[ward.id]),
        }
        for ward in wards
    ]


@require_safe
def ward_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What was asked for one ward: who must answer, by when, and the answer; and who stands for it."""
    ward: Ward = the(Ward, pk, seen_by=request.actor)
    today, public = clock.today(), Question.objects.seen_by(request.actor).filter(is_about_a_life=False)
    asked = public.filter(ward=ward.id)
    rows, beside = one_page(overdue_first(asked, today), request)
    context = {
        "lines": lines(request.actor, rows),
        "ward": next(one for one in _wards() if one["row"].id == ward.id),
        "asked": asked.count(),
        "answered": asked.exclude(answered_on=None).count(),
        "overdue": asked.filter(answered_on=None, due_on__lt=today).count(),
        "seat": address_of("voice.ward_seated", ward=ward.id)
        if may_do(request.actor, "voice.ward_seated", ward)
        else "",
        **beside,
    }
    return render(request, "voice/ward.html", context)


@require_safe
def question_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One question, its answer, and what the answer rests on."""
    actor = request.actor
    row: Question = the(Question, pk, seen_by=actor)
    rows = Question.objects.seen_by(actor)
    follow = address_of(
        "voice.question_asked", organisation=row.organisation, office=row.office, follows=row.id
    )
    answer = address_of("voice.question_answered", question=row.id, next=request.path)
    context = {
        **lines(actor, [row])[0],
        "body": names_of([row.organisation])[row.organisation],
        "evidence": list(Evidence.objects.seen_by(actor).filter(question=row.id).order_by("made_by", "id")),
        "before": rows.filter(pk=row.follows).first() if row.follows else None,
        "after": list(rows.filter(follows=row.id).order_by("asked_on", "id")),
        "follow": follow if row.asked_by in actor.records and actor.only is None else "",
        "answer": answer if may_do(actor, "voice.question_answered", row) else "",
    }
    return render(request, "voice/question.html", context)
