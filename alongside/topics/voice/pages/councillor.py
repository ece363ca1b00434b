"""A page that serves a councillor: their questions, their ward in numbers, what practitioners say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of
from alongside.interfaces.page import body_panels, render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.people.models import LinkKind
from alongside.topics.people.models.links import bodies_of, posts_of
from alongside.topics.people.policy import names_of, smallest_shown
from alongside.topics.voice.commands.questions import wards_of
from alongside.topics.voice.models import Question
from alongside.topics.voice.pages.questions import lines, overdue_first
from alongside.topics.voice.pages.speaking import themes
from alongside.topics.voice.policy import is_councillor, overdue_notes, themes_for_members
from alongside.topics.voice.policy.counting import feedback_of_ward, overdue_of_body

MOST_SHOWN = 5
MOST_QUESTIONS = 50


@require_safe
def councillor_page(request: Request) -> HttpResponseBase:
    """For councillors. To everybody else this page is not there."""
    actor, today = request.actor, clock.today()
    mine, bodies = work_of(actor, today)
    known = themes()
    late = overdue_notes(today)
    context = {
        "lines": lines(actor, mine),
        "ask": address_of(
            "voice.question_asked", **({"organisation": bodies[0]} if len(bodies) == 1 else {})
        ),
        "wards": wards_told(actor, today),
        "themes": [(known.get(code, code), count) for code, count in themes_for_members(today)],
        "late_offices": sorted(names_of(late).values()),
        "bodies": [_body(request, body) for body in bodies],
        "smallest": smallest_shown(today),
    }
    return render(request, "voice/councillor.html", context)


def work_of(actor: Actor, today: date) -> tuple[list[Question], list[UUID]]:
    """A councillor’s own questions, overdue ones first, and the bodies they sit in. Nobody else has any."""
    if not is_councillor(actor, clock.now()) or actor.person is None:
        raise Missing
    mine = Question.objects.seen_by(actor).filter(asked_by__in=actor.records)
    councils = bodies_of(actor, clock.now(), [LinkKind.COUNCILLOR]).values_list("organisation", flat=True)
    return list(overdue_first(mine, today)[:MOST_QUESTIONS]), sorted(set(councils))


def wards_told(actor: Actor, today: date) -> list[dict[str, Any]]:
    """What waits in the wards a councillor stands for: small numbers are None, and none is by worker."""
    found = []
    open_questions = Question.everything.filter(answered_on=None)
    for ward in wards_of(actor.person) if actor.person is not None else ():
        no_reply, late = feedback_of_ward(ward.id, today)
        waiting = open_questions.filter(ward=ward.id, is_about_a_life=False).count()
        own = open_questions.filter(asked_by__in=actor.records).exclude(ward=ward.id).count()
        told = {"name": str(ward), "no_reply": no_reply, "overdue": late, "questions": waiting}
        found.append({"id": ward.id, **told, "elsewhere": own})
    return found


def _body(request: HttpRequest, body: UUID) -> dict[str, Any]:
    return {
        "name": names_of([body])[body],
        **overdue_of_body(body, clock.today()),
        "panels": body_panels(request, body),
    }


@kept_question
def _seats(actor: Actor, at: datetime) -> Any:
    """The seats of the reader as an elected member here."""
    return posts_of(actor.person, at, [LinkKind.COUNCILLOR])


@kept_question
def _unanswered(actor: Actor, at: datetime) -> Any:
    """What the reader asked and nobody has answered, what is due first at the top."""
    mine = Question.objects.seen_by(actor, at).filter(asked_by__in=actor.records, answered_on=None)
    return mine.order_by("due_on", "id")


def own_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For a councillor's own page: the way to the page that serves them, and what is overdue."""
    from alongside.interfaces.who import actor_of

    actor = actor_of(request)
    if actor.person is None or actor.only is not None or not _seats.count(actor):
        return None
    mine, today = _unanswered(actor), clock.today()
    late = lines(actor, [row for row in mine if row.due_on < today][:MOST_SHOWN])
    return "voice/parts/councillor_panel.html", {
        "late": late,
        "waiting": len(mine),
        "link": reverse("voice:councillor"),
        "title": _("Your work as a councillor"),
    }
