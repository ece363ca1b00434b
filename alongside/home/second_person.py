"""On a body's page: who agrees when one line may not decide by itself, and how often somebody outside it did.

Counted from the first such thing on, in lots of people, so that two readings tell of nobody (kernel/few.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router

from alongside.home import told
from alongside.home.counting import Figures, as_settled, for_programs, in_whole_lots, protected
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.topics.people.models import TAKES_TWO, AskedToAgree, HoldBack, Organisation, Person, Said
from alongside.topics.people.policy import lines_without, smallest_shown

OUTSIDE, ONE_LINE = "outside", "one_line"


def counted(body: UUID) -> Figures:
    """How many things that need two people were agreed in this body, and how many from outside the line."""
    smallest = smallest_shown()
    agreed = in_whole_lots(_all_agreed(body), smallest=smallest)
    parts = {each: agreed[each] for each in (OUTSIDE, ONE_LINE)}
    return protected(parts, smallest=smallest)


def _all_agreed(body: UUID) -> Iterator[tuple[int, UUID, str]]:
    """Whose record each thing that was agreed is about, and from where the yes came."""
    found: list[tuple[datetime, UUID, UUID, str]] = []
    theirs = Person.everything.filter(held_by=body).values("id")
    yes = set(AskedToAgree.everything.filter(said=Said.YES).values_list("ask", flat=True))
    for model, column in ((HoldBack, "about"), *((each, "person") for each in TAKES_TWO)):
        rows = model.everything.filter(agreed_at__isnull=False, **{f"{column}__in": theirs})
        for pk, agreed_at, about in rows.values_list("id", "agreed_at", column):
            found.append((agreed_at, pk, about, OUTSIDE if pk in yes else ONE_LINE))
    yield from as_settled(found)


def panel(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """What a body's own page shows of it."""
    figures = counted(body)
    parts = {part.name: part for part in figures.parts}
    context = {
        "figures": figures,
        "outside": parts.get(OUTSIDE),
        "nobody": bool(lines_without(body, clock.now())),
        "link": reverse("people:not_yet", args=[body]),
        "largest_hidden": figures.smallest - 1,
    }
    return "home/parts/second_person.html", context


router = Router(tags=["this place"])


@router.get("/second-person/{organisation}")
def second_person(request: Request, organisation: UUID) -> told.SecondPerson:
    """Of what needs two people in one body: how many were agreed by somebody outside the line."""
    the(Organisation, organisation, seen_by=request.actor)
    figures = counted(organisation)
    told = for_programs(figures.parts)
    return {
        "of": figures.total,
        "agreed": told,
        "somebody_has_nobody": bool(lines_without(organisation, clock.now())),
    }
