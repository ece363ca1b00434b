"""What programs may, because somebody asked: one's days in a calendar, to act for one, word to a body's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from alongside.interfaces import calendar, hooks, programs
from alongside.interfaces.acting import may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import wiring
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.models import ActingProgram, Calendar, Hook, Organisation, Person, PersonState
from alongside.topics.people.policy import name_of, names_of

LATELY = timedelta(days=30)
TRIES_IN_VAIN = 3  # of one word, some minutes: a program that is started anew comes back sooner
SHOWN_FOR = timedelta(minutes=10)  # how long the token of a new program is shown


@require_safe
def calendar_page(request: Request, pk: UUID | None = None) -> HttpResponseBase:
    """One's own calendar: whether it is on, and its address. Nobody else's can be seen."""
    actor = request.actor
    if actor.person is None or actor.only is not None or (pk is not None and pk not in actor.ids):
        raise Missing
    row = Calendar.objects.seen_by(actor).filter(person=actor.person, ended_at=None).first()
    address = calendar.address_of(row.id) if row else ""
    return render(request, "people/calendar.html", {"person": actor.person, "row": row, "address": address})


@require_safe
def calendar_feed(request: Request, token: str) -> HttpResponseBase:
    """The calendar itself, for whoever has its address."""
    found = calendar.calendar_of(token)
    row = Calendar.objects.seen_by(THE_CLOCK).filter(pk=found, ended_at=None).first() if found else None
    alive = Person.objects.seen_by(THE_CLOCK).filter(pk=row.person, state=PersonState.ACTIVE) if row else None
    if row is None or alive is None or not alive.exists():
        raise Missing
    owner = Actor(person=row.person)
    days = [day for place in wiring("CALENDAR", []) for day in import_string(place)(owner)]
    answer = HttpResponse(
        calendar.written(row.id, row.since, days), content_type="text/calendar; charset=utf-8"
    )
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
def programs_page(request: Request) -> HttpResponseBase:
    """The programs that act for whoever is here: those that still do first."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    rows = ActingProgram.objects.seen_by(actor).order_by("-until", "-since", "id")
    shown = [{"row": row, "acts": row.acts_on(clock.today())} for row in rows]
    shown.sort(key=lambda one: not one["acts"])
    return render(request, "people/programs.html", {"person": actor.person, "programs": shown})


@require_safe
def program_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One program that acts for whoever is here; its token, in the first minutes."""
    row = the(ActingProgram, pk, seen_by=request.actor)
    acts = row.acts_on(clock.today())
    token = programs.own_token(row.id) if acts and clock.now() < row.since + SHOWN_FOR else ""
    answer = render(request, "people/program.html", {"row": row, "acts": acts, "token": token})
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def hooks_page(request: Request, pk: UUID) -> HttpResponseBase:
    """The programs that a body has told, for those who manage it: each with how it went lately."""
    body = the(Organisation, pk, seen_by=request.actor)
    rows = list(
        Hook.objects.seen_by(request.actor).filter(organisation=body.id).order_by("ended_at", "-since")
    )
    if not rows and not may_do(request.actor, "people.hook_set", body.id):
        raise Missing
    silent = _silent(row.id for row in rows if row.ended_at is None)
    shown = [
        {"row": row, "secret": hooks.shown_secret(row.id), "is_silent": row.id in silent, **_lately(row.id)}
        for row in rows
    ]
    return render(request, "people/hooks.html", {"body": body, "name": name_of(body.id), "hooks": shown})


def not_reached(actor: Actor) -> list[dict[str, str]]:
    """For the own page of whoever manages a body: that a program of it is not reached, and where to see why.
    Nothing of what it was to be told, and not its address, which may hold a secret."""
    rows = list(Hook.objects.seen_by(actor).filter(ended_at=None).values_list("id", "organisation"))
    silent = _silent(one for one, _body in rows)
    bodies = {body for one, body in rows if one in silent}
    return [
        {"name": name, "link": reverse("people:hooks", args=[body])}
        for body, name in names_of(bodies).items()
    ]


def _silent(hooks_asked: Iterable[UUID]) -> set[UUID]:
    """Of these, the programs to which a word was given up, or tried in vain three times, since the last one
    that arrived."""
    wanted = {one.hex for one in hooks_asked}
    if not wanted:
        return set()
    lately = Outbox.objects.filter(kind="webhook", made_at__gte=clock.now() - LATELY)
    missed = lately.filter(Q(state="failed") | Q(state="waiting", tries__gte=TRIES_IN_VAIN))
    last = {row.payload["hook"]: row.made_at for row in missed.order_by("made_at", "id")}
    found = wanted & last.keys()
    return {UUID(one) for one in found if not _arrived_since(one, last[one])}


def _arrived_since(hook: str, at: datetime) -> bool:
    """Whether a later word to this program arrived."""
    return Outbox.objects.filter(kind="webhook", state="sent", made_at__gt=at, payload__hook=hook).exists()


def _lately(hook: UUID) -> dict[str, Any]:
    """How many words to this program arrived, wait and failed in the last month, and why the last did not."""
    sent = Outbox.objects.filter(kind="webhook", payload__hook=hook.hex, made_at__gte=clock.now() - LATELY)
    tried = list(sent.order_by("made_at", "id").values_list("state", "said"))
    states = [state for state, _said in tried]
    why = next((said for state, said in reversed(tried) if said and state in ("waiting", "failed")), "")
    return {"why": why, **{name: states.count(name) for name in ("sent", "waiting", "failed")}}
