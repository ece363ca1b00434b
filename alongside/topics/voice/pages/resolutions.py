"""Resolutions: the list; one, with its versions, what changed, and each place where it is quoted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import names_of, organisations_of
from alongside.topics.voice.engine import differences
from alongside.topics.voice.models import Check, Hearing, Quote, Resolution, Version
from alongside.topics.voice.pages.shown import one_page

LOOKS = {Check.EXACT: "good", Check.SHORTENED: "part", Check.ALTERED: "bad"}


@require_safe
def resolutions_page(request: Request) -> HttpResponseBase:
    """Every resolution the reader may see, the newest first."""
    actor = request.actor
    every = Resolution.objects.seen_by(actor).order_by("-first_passed_on", "-made_by", "id")
    rows, beside = one_page(every, request)
    names = names_of(row.organisation for row in rows)
    mine = organisations_of(actor.person, clock.now()) if actor.person and actor.only is None else set()
    context = {
        "lines": [{"row": row, "body": names[row.organisation]} for row in rows],
        "new": address_of("voice.resolution_passed") if mine else "",
        **beside,
    }
    return render(request, "voice/resolutions.html", context)


@require_safe
def resolution_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One resolution, word for word."""
    actor = request.actor
    row: Resolution = the(Resolution, pk, seen_by=actor)
    versions = list(Version.objects.seen_by(actor).filter(resolution=row.id).order_by("-number"))
    before = [*versions[1:], None]
    quotes = list(Quote.objects.seen_by(actor).filter(resolution=row.id).order_by("-made_by", "id"))
    signed_in = actor.person is not None and actor.only is None
    quote = address_of("voice.resolution_quoted", resolution=row.id, next=request.path)
    revise = address_of("voice.resolution_revised", resolution=row.id, next=request.path)
    context = {
        "row": row,
        "body": names_of([row.organisation])[row.organisation],
        "versions": [_version(now, old) for now, old in zip(versions, before, strict=True)],
        "quotes": [_quote(actor, each, versions) for each in quotes],
        "exact": sum(each.check_says == Check.EXACT for each in quotes),
        "quote": quote if signed_in else "",
        "revise": revise if may_do(actor, "voice.resolution_revised", row) else "",
    }
    return render(request, "voice/resolution.html", context)


def _version(now: Version, old: Version | None) -> dict[str, Any]:
    pieces = differences(str(old.words or ""), str(now.words or "")) if old is not None else []
    return {
        "row": now,
        "pieces": pieces,
        "has_votes": now.votes_for is not None or now.votes_against is not None,
    }


def _quote(actor: Actor, row: Quote, versions: list[Version]) -> dict[str, Any]:
    day = row.quoted_on or row.found_on
    stood = max((one.number for one in versions if one.passed_on <= day), default=1)
    return {
        "row": row,
        "check": Check(row.check_says).label,
        "look": LOOKS[Check(row.check_says)],
        "is_old": row.number < stood,
        "stood": stood,
        "link": _link(actor, row),
        "is_web": str(row.place or "").startswith(("https://", "http://")),
    }


def _link(actor: Actor, row: Quote) -> str:
    """Where the quote stands on this site, if the reader may see that."""
    if row.hearing is not None and Hearing.objects.seen_by(actor).filter(pk=row.hearing).exists():
        return reverse("voice:hearing", args=[row.hearing])
    if row.matter is not None:
        matters: Any = apps.get_model("decisions", "Decision")
        if matters.objects.seen_by(actor).filter(pk=row.matter).exists():
            return reverse("decisions:decision", args=[row.matter])
    return ""


def of_decision(request: HttpRequest, decision: UUID) -> tuple[str, dict[str, Any]] | None:
    """For the page of a decision: the resolutions quoted in it, as checked."""
    actor = actor_of(request)
    rows = list(Quote.objects.seen_by(actor).filter(matter=decision).order_by("found_on", "id"))
    if not rows:
        return None
    shown = [
        {"row": row, "check": Check(row.check_says).label, "look": LOOKS[Check(row.check_says)]}
        for row in rows
    ]
    return "voice/of_decision.html", {"quotes": shown}
