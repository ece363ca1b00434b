"""Worries that strangers sent: a receipt for them, a list for the duty team and for whoever is asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.further import take_by
from alongside.topics.decisions.models import ChecksAs
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.people.policy.outside_line import elsewhere


@require_safe
def concern_sent_page(request: Request) -> HttpResponseBase:
    """Thank you, what happens with it by which day, and nothing about anybody."""
    return render(request, "decisions/concern_sent.html", {"elsewhere": elsewhere(clock.today())})


@require_safe
def concerns_page(request: Request) -> HttpResponseBase:
    """What came in, for the duty team and whoever is asked. To everybody else this page is not there."""
    actor = request.actor
    rows = list(models.Concern.objects.seen_by(actor).order_by("-raised_at")[:100])
    if not rows:
        raise Missing
    asked = {row.concern: row for row in models.ConcernAsked.objects.seen_by(actor)[:100]}
    names = Names(actor, {row.taken_by for row in rows})
    shown = [
        {
            "row": row,
            "taken_by": names.subject(row.taken_by) if row.taken_by else "",
            "take_by": take_by(row),
            "take": address_of("decisions.concern_taken", concern=row.id, next=request.path),
            "pass_on": address_of("decisions.concern_passed_on", concern=row.id),
            "asked": asked.get(row.id),
            "as_what": ChecksAs(asked[row.id].standing).label if row.id in asked else "",
        }
        for row in rows
    ]
    context = {"concerns": shown, "elsewhere": elsewhere(clock.today())}
    return render(request, "decisions/concerns.html", context)


def waits_for_duty(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of whoever is on duty, or is asked: what came in that nobody has looked into."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    count = models.Concern.objects.seen_by(actor).filter(taken_at=None).count()
    if not count:
        return None
    asked = models.ConcernAsked.objects.seen_by(actor).filter(taken_at=None).order_by("answer_by")
    days = list(asked.values_list("answer_by", flat=True)[:1])
    context = {"count": count, "link": reverse("decisions:concerns"), "answer_by": days[0] if days else None}
    return "decisions/parts/worries.html", context
