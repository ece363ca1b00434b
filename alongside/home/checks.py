"""On a body’s page: of what was typed for people, how much somebody outside the line checked.

Counted from the first on, in lots of people, so that two readings tell of nobody (kernel/few.py). Never by
who checked: that would count workers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from alongside.home import told
from alongside.home.counting import Figures, as_settled, for_programs, in_whole_lots, protected
from alongside.interfaces.who import Request
from alongside.kernel.now import the
from alongside.topics.decisions.models import Became, Check, Decision
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import smallest_shown

WORDS = {
    Became.CHECKED.value: _("checked with them by somebody from outside"),
    Became.THEIRS.value: _("said by the person themself after all"),
    Became.NOT_SO.value: _("not what they said"),
}


def counted(body: UUID) -> Figures:
    """What came of what was to be checked in this body, in matters about one person’s life."""
    smallest = smallest_shown()
    came = in_whole_lots(_all(body), smallest=smallest)
    return protected({each: came[each] for each in WORDS}, smallest=smallest)


def _all(body: UUID) -> Iterator[tuple[int, UUID, str]]:
    """What came of each check that is settled, and with whom."""
    theirs = Decision.everything.filter(organisation=body, about="person").values("id")
    rows = Check.everything.filter(decision__in=theirs, person__isnull=False).exclude(became="")
    yield from as_settled(rows.values_list("settled_at", "id", "person", "became"))


def panel(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """What a body's own page shows of it."""
    figures = counted(body)
    context = {
        "figures": figures,
        "lines": [{"figure": part, "words": WORDS[part.name]} for part in figures.parts],
        "largest_hidden": figures.smallest - 1,
    }
    return "home/parts/checks.html", context


router = Router(tags=["this place"])


@router.get("/checks/{organisation}")
def checks(request: Request, organisation: UUID) -> told.Parts:
    """Of what was typed for people in one body and is settled: how much was checked from outside the line."""
    the(Organisation, organisation, seen_by=request.actor)
    figures = counted(organisation)
    return {"of": figures.total, "parts": for_programs(figures.parts)}
