"""The public page of a body: how its promises turned out, by quarter, in shapes and words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.words import number
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import name_of
from alongside.topics.promises.engine import FIGURES, Protected, together
from alongside.topics.promises.models import Erosion, Promise, Protocol, Statement
from alongside.topics.promises.pages.listing import lines, one_page
from alongside.topics.promises.pages.shown import told_to_all, way_to
from alongside.topics.promises.policy import public_pieces, published, smallest_shown

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
    public = Promise.objects.seen_by(Actor()).filter(organisation=body.id).order_by("-due_on", "id")
    rows, beside = one_page(public, request)
    promises = [
        each | {"link": way_to(request.actor, row.id)}
        for row, each in zip(rows, lines(Actor(), rows), strict=True)
    ]
    context = {
        "name": name_of(body.id),
        "promises": promises,
        "kinds": [
            _told("places", by_quarter(body.id, places=True)),
            _told("lives", by_quarter(body.id, places=False)),
        ],
        "figures": [str(FIGURE_NAMES[name]) for name in FIGURES],
        "said": Statement.objects.seen_by(Actor()).filter(organisation=body.id).exists(),
        "protocols": Protocol.objects.seen_by(Actor()).filter(organisation=body.id).exists(),
        "body": body.id,
        "back": reverse("promises:promises"),
        **beside,
    }
    return render(request, "promises/body.html", context)


def by_quarter(body: UUID, *, places: bool) -> dict[Quarter, dict[str, Any]]:
    """For each quarter of the first promised day, newest first: the answers, and how many promises."""
    today = clock.today()
    whose = Q(person=None) if places else Q(person__isnull=False)
    come = whose & Q(organisation=body, first_due_on__lte=today)
    days = dict(Promise.everything.filter(come).values_list("id", "first_due_on"))
    gone = Erosion.everything.filter(promise__in=days)
    gone = gone.filter(is_open=True) if places else gone
    eroded = set(gone.values_list("promise", flat=True))
    late = Promise.everything.filter(come, due_on__lt=today, done_on=None).values_list("id", flat=True)
    pieces: defaultdict[Quarter, list[Protected]] = defaultdict(list)
    of = public_pieces(come)
    for piece, told in published(of).items():
        pieces[quarter_of(days[of[piece][0]])].append(told)
    smallest = 1 if places else smallest_shown()
    found = {}
    for quarter in sorted(pieces, reverse=True)[:MOST_QUARTERS]:
        here = {one for one, day in days.items() if quarter_of(day) == quarter}
        found[quarter] = {
            "answers": together(pieces[quarter]),
            "promises": _shown(len(here), smallest),
            "late": _shown(len(here & set(late)), smallest),
            "eroded": _shown(len(here & eroded), smallest),
        }
    return found


def _shown(count: int, smallest: int) -> int | None:
    """The number, or nothing where it could point to one person."""
    return count if count == 0 or count >= smallest else None


def _told(name: str, quarters: Mapping[Quarter, Mapping[str, Any]]) -> dict[str, Any]:
    whole = together(each["answers"] for each in quarters.values()) if quarters else Protected((), 0)
    hidden = sum(each["answers"].unshown for each in quarters.values())
    return {
        "id": name,
        "told": told_to_all(Protected(whole.parts, whole.of, whole.unshown + hidden), is_several=True),
        "quarters": [
            {
                "name": quarter_name(quarter),
                "short": quarter_short(quarter),
                "id": f"{name}-{quarter[0]}-{quarter[1]}",
                "told": told_to_all(each["answers"], is_several=True),
                "cells": _cells(each["answers"]),
                "of": each["answers"].of,
                "promises": _word(each["promises"]),
                "late": _word(each["late"]),
                "eroded": _word(each["eroded"]),
            }
            for quarter, each in quarters.items()
        ],
    }


def _word(count: int | None) -> str:
    return _("few") if count is None else number(count)


def _cells(found: Protected) -> list[str]:
    return [_word(found.number(name)) for name in FIGURES]


FIGURE_NAMES = {
    "kept": gettext_lazy("Kept"),
    "partly": gettext_lazy("Partly"),
    "not_kept": gettext_lazy("Not kept"),
    "too_early": gettext_lazy("Too early"),
    "no_longer": gettext_lazy("No longer matters"),
    "no_answer": gettext_lazy("No answer"),
}
