"""Worries that strangers sent: a receipt for them, a list for the duty team."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel.command import Missing
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.shown import Names


@require_safe
def concern_sent_page(request: Request) -> HttpResponseBase:
    """Thank you, and nothing about anybody."""
    return render(request, "decisions/concern_sent.html", {})


@require_safe
def concerns_page(request: Request) -> HttpResponseBase:
    """What came in, for the duty team. To everybody else this page is not there."""
    rows = list(models.Concern.objects.seen_by(request.actor).order_by("-raised_at")[:100])
    if not rows:
        raise Missing
    names = Names(request.actor, {row.taken_by for row in rows})
    shown = [
        {
            "row": row,
            "taken_by": names(row.taken_by) if row.taken_by else "",
            "take": address_of("decisions.concern_taken", concern=row.id, next=request.path),
        }
        for row in rows
    ]
    return render(request, "decisions/concerns.html", {"concerns": shown})


def waits_for_duty(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of whoever is on duty: what came in that nobody has looked into, and the way there."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    count = models.Concern.objects.seen_by(actor).filter(taken_at=None).count()
    if not count:
        return None
    return "decisions/parts/worries.html", {"count": count, "link": reverse("decisions:concerns")}
