"""Resolutions: the list; one, with its versions, what changed, and each place where it is quoted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.interfaces.words import number
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import names_of, organisations_of
from alongside.topics.voice.engine import differences
from alongside.topics.voice.models import Check, Quote, Resolution, Version
from alongside.topics.voice.pages.looked import QUOTE_LOOKED_AT, of_resolution
from alongside.topics.voice.pages.quoting import quoted, quotes_of
from alongside.topics.voice.pages.shown import one_page


@require_safe
def resolutions_page(request: Request) -> HttpResponseBase:
    """Every resolution the reader may see, the newest first."""
    actor = request.actor
    every = Resolution.objects.seen_by(actor).order_by("-first_passed_on", "-made_by", "id")
    rows, beside = one_page(every, request)
    names = names_of(row.organisation for row in rows)
    seen = Quote.objects.seen_by(actor).filter(resolution__in=[row.id for row in rows])
    checks = quotes_of(seen)  # what waits to be read first is in no number
    mine = organisations_of(actor.person, clock.now()) if actor.person and actor.only is None else set()
    context = {
        "lines": [
            {
                "row": row,
                "body": names[row.organisation],
                "quoted": len(checks[row.id]),
                "altered": checks[row.id].count(Check.ALTERED.value),
            }
            for row in rows
        ],
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
    body = names_of([row.organisation])[row.organisation]
    looks = may_do(actor, QUOTE_LOOKED_AT, row)
    shown = [
        {**one, "look_link": _look_link(actor, one["row"], request.path) if looks else ""}
        for one in quoted(actor, quotes, versions)
    ]
    context = {
        "row": row,
        "body": body,
        "versions": [_version(now, old) for now, old in zip(versions, before, strict=True)],
        "quotes": sorted(
            shown, key=lambda one: not one["look_link"]
        ),  # what the reader is asked to read first
        **of_resolution(row, body),
        "exact": sum(each.check_says == Check.EXACT for each in quotes),
        "quote": quote if signed_in else "",
        "revise": revise if may_do(actor, "voice.resolution_revised", row) else "",
    }
    return render(request, "voice/resolution.html", context)


def _look_link(actor: Actor, row: Quote, here: str) -> str:
    """For whoever may read it first: say whether everyone may."""
    if row.noted_by in actor.ids:
        return ""
    return address_of(QUOTE_LOOKED_AT, resolution=row.resolution, quote=row.id, next=here)


def _version(now: Version, old: Version | None) -> dict[str, Any]:
    pieces = differences(str(old.words or ""), str(now.words or "")) if old is not None else []
    return {"row": now, "pieces": pieces, "votes": _votes(now)}


def _votes(row: Version) -> str:
    """How many voted each way, as far as somebody wrote it down."""
    counted = (
        (_("%(n)s for"), row.votes_for),
        (_("%(n)s against"), row.votes_against),
        (_("%(n)s abstained"), row.votes_abstained),
    )
    return ", ".join(str(words) % {"n": number(many)} for words, many in counted if many is not None)


def of_decision(request: HttpRequest, decision: UUID) -> tuple[str, dict[str, Any]] | None:
    """For the page of a decision: the resolutions quoted in it, as checked."""
    if not Quote.everything.filter(matter=decision).exists():
        return None  # nearly every decision: one short question
    actor = actor_of(request)
    rows = list(Quote.objects.seen_by(actor).filter(matter=decision).order_by("found_on", "id"))
    if not rows:
        return None
    versions = list(Version.objects.seen_by(actor).filter(resolution__in={row.resolution for row in rows}))
    shown = [one for row in rows for one in quoted(actor, [row], _of(row, versions))]
    return "voice/of_decision.html", {"quotes": shown}


def _of(row: Quote, versions: list[Version]) -> list[Version]:
    return [one for one in versions if one.resolution == row.resolution]
