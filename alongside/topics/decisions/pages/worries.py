"""Worries that strangers sent: a receipt for them, a list for the duty team."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
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
