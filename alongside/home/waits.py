"""Who is told of what waits longer than its day (waiting.py), and how much did, on a body's page."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe
from ninja import Router

from alongside.home import told
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.few import as_the_last_lot_stood
from alongside.kernel.kept import kept_question
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Awaits, Organisation, ToldUp, Waited
from alongside.topics.people.policy import names_of, smallest_shown

A_PAGE = 50

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
    alike: dict[tuple[str, UUID | None, bool], dict[str, Any]] = {}
    for row in rows:
        key = (row.what, row.body, row.id in outside)
        one = alike.setdefault(
            key,
            {
                "what": Awaits(row.what).label,
                "body": names[row.body] if row.body else "",
                "days": Counter(),
                "link": "" if row.id in outside else reverse(WHERE[Awaits(row.what)]),
            },
        )
        one["days"][row.due_on, (today - row.due_on).days] += 1
    is_outside = bool(rows) and all(row.id in outside for row in rows)
    items = [one | {"days": list(one["days"].items())} for one in alike.values()]
    context = {"items": items, "is_outside": is_outside, "back": reverse("home")}
    return render(request, "home/waits.html", context)


WHERE = {
    Awaits.WORDS: "to_read",
    Awaits.HEARING: "voice:hearings",
    Awaits.APPEAL: "voice:hearings",
    Awaits.FEEDBACK: "voice:replies",
    Awaits.NOTE: "voice:speak_up",
    Awaits.CHANGE: "decisions:changes",
    Awaits.GROUND: "decisions:decisions",
    Awaits.CHECK: "decisions:decisions",
    Awaits.WRONG: "decisions:decisions",
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
def waited_here(request: Request, organisation: UUID) -> told.WaitedHere:
    """How many things waited longer than their day in one body; a few are not told."""
    the(Organisation, organisation, seen_by=request.actor)
    return {"waited_longer": counted(organisation), "told_in_lots_of": smallest_shown()}
