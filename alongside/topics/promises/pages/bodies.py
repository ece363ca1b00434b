"""The public page of a body: how its promises turned out, by quarter, in shapes and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from alongside.interfaces import chart
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.words import number
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import name_of
from alongside.topics.promises.engine import FIGURES, Lasting, Protected, lasting, together
from alongside.topics.promises.models import Promise, Statement
from alongside.topics.promises.pages.lasting import lasts
from alongside.topics.promises.pages.listing import lines, of_protocols, one_page, page_number
from alongside.topics.promises.pages.overdue import in_a_cell, overdue_told
from alongside.topics.promises.pages.shown import Told, told_of_several, way_to
from alongside.topics.promises.policy.counting import public_pieces, published
from alongside.topics.promises.policy.overdue import Overdue, Piece, all_of, pieces_of, whose
from alongside.topics.promises.policy.overdue import together as all_together

MOST_QUARTERS = 8
Quarter = tuple[int, int]


def quarter_of(day: date) -> Quarter:
    return day.year, (day.month + 2) // 3


def quarter_name(quarter: Quarter) -> str:
    months = {1: _("January to March"), 2: _("April to June"), 3: _("July to September")}
    name = months.get(quarter[1], _("October to December"))
    return _("%(months)s %(year)s") % {"months": name, "year": quarter[0]}


def quarter_short(quarter: Quarter) -> str:
    """The same for the narrow first column of a table."""
    months = {1: _("Jan to Mar"), 2: _("Apr to Jun"), 3: _("Jul to Sep")}
    name = months.get(quarter[1], _("Oct to Dec"))
    return _("%(months)s %(year)s") % {"months": name, "year": quarter[0]}


@require_safe
def body_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What one body has promised to everyone, and how all its promises were judged, as numbers."""
    body: Organisation = the(Organisation, pk, seen_by=request.actor)
    public = Promise.objects.seen_by(Actor()).filter(organisation=body.id, protocol=None)
    public = public.order_by("-due_on", "id")
    rows, beside = one_page(public, request)
    promises = [
        each | {"link": way_to(request.actor, row.id)}
        for row, each in zip(rows, lines(Actor(), rows), strict=True)
    ]
    protocols = of_protocols(Actor(), organisation=body.id)
    context = {
        "name": name_of(body.id),
        "promises": promises,
        "kinds": [
            _told("places", by_quarter(body.id, places=True)),
            _told("lives", by_quarter(body.id, places=False)),
        ],
        "figures": [str(FIGURE_NAMES[name]) for name in FIGURES],
        "said": Statement.objects.seen_by(Actor()).filter(organisation=body.id).exists(),
        "protocols": protocols if page_number(request) == 1 else [],
        "has_protocols": bool(protocols),
        "body": body.id,
        "back": reverse("promises:promises"),
        **beside,
    }
    return render(request, "promises/body.html", context)


def by_quarter(body: UUID, *, places: bool) -> dict[Quarter, dict[str, Any]]:
    """For each quarter of the first promised day, newest first: the answers, and how many promises."""
    today = clock.today()
    come = whose(body, today, places=places)
    days = dict(Promise.everything.filter(come).values_list("id", "first_due_on"))
    of, counted = public_pieces(come), pieces_of(come, today, places=places)
    now = lasts(days) if places else {}
    pieces: defaultdict[Quarter, list[tuple[Protected, str]]] = defaultdict(list)
    promises: defaultdict[Quarter, list[Piece]] = defaultdict(list)
    for piece, told in published(of).items():
        quarter = quarter_of(days[of[piece][0]])
        pieces[quarter].append((told, now.get(of[piece][0], "")))
        promises[quarter].append(counted[piece])
    return {
        quarter: {
            "answers": together(told for told, _now in pieces[quarter]),
            "lasting": lasting(pieces[quarter]) if places else None,
            "overdue": all_together(promises[quarter]),
        }
        for quarter in sorted(pieces, reverse=True)[:MOST_QUARTERS]
    }


def _told(name: str, quarters: Mapping[Quarter, Mapping[str, Any]]) -> dict[str, Any]:
    whole = together(each["answers"] for each in quarters.values()) if quarters else Protected((), 0)
    hidden = sum(each["answers"].unshown for each in quarters.values())
    whole = Protected(whole.parts, whole.of, whole.unshown + hidden)
    all_last = [each["lasting"] for each in quarters.values() if each["lasting"] is not None]
    overdue = [each["overdue"] for each in quarters.values()]
    last = sum(all_last, Lasting()) if all_last else None
    return {
        "id": name,
        "told": _said(whole, last),
        "overdue": overdue_told(all_of(overdue)) if overdue else None,
        "first": quarter_short(min(quarters)) if quarters else "",
        "latest": quarter_short(max(quarters)) if quarters else "",
        "quarters": [_quarter(name, quarter, each) for quarter, each in quarters.items()],
    }


def _quarter(name: str, quarter: Quarter, each: Mapping[str, Any]) -> dict[str, Any]:
    overdue: Overdue = each["overdue"]
    return {
        "name": quarter_name(quarter),
        "short": quarter_short(quarter),
        "id": f"{name}-{quarter[0]}-{quarter[1]}",
        "told": _said(each["answers"], each["lasting"]),
        "overdue": overdue_told(overdue),
        "cells": _cells(each["answers"]),
        "of": each["answers"].of,
        "promises": in_a_cell(overdue.promises),
        "late": in_a_cell(overdue.late),
        "eroded": in_a_cell(overdue.gone),
        "mended": in_a_cell(overdue.mended),
    }


def _said(answers: Protected, last: Lasting | None) -> Told:
    """Counts of several promises, with what became of those that were kept, where anybody may know it."""
    found = {part.of[0]: part.number for part in answers.parts} if answers.is_whole else {}
    bar = None
    if any(found.values()):
        bar = chart.kept_bar(
            kept=found["kept"] if last is None else last.holds,
            gone=last.gone if last is not None else None,
            not_asked_again=last.not_asked if last is not None else 0,
            partly=found["partly"],
            not_kept=found["not_kept"],
            no_answer=found["no_answer"],
            too_early=found["too_early"],
            no_longer_matters=found["no_longer"],
        )
        can = ngettext("%(count)s answer can be given.", "%(count)s answers can be given.", bar.total)
        bar = replace(bar, caption=can % {"count": number(bar.total)})
    return told_of_several(answers, bar)


def _cells(found: Protected) -> list[str]:
    told = [found.number(name) for name in FIGURES]
    return [_("few") if one is None else number(one) for one in told]


FIGURE_NAMES = {
    "kept": gettext_lazy("Kept"),
    "partly": gettext_lazy("Partly"),
    "not_kept": gettext_lazy("Not kept"),
    "too_early": gettext_lazy("Too early"),
    "no_longer": gettext_lazy("No longer matters"),
    "no_answer": gettext_lazy("No answer"),
}
