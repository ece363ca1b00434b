"""On a body's page: of its legal reasons to decide without somebody, how many were seen from outside.

Emergencies are counted by themselves: how many were seen in their day, and how many ended with nobody outside
having seen them. Counted from the first on, in lots of people, so that two readings tell of nobody
(kernel/few.py). What still waits in its day is not counted yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from alongside.home import told
from alongside.home.counting import Figures, as_settled, for_programs, in_whole_lots, protected
from alongside.interfaces.who import Request
from alongside.kernel.now import the
from alongside.topics.decisions.models import Decision, Ground, GroundSaid, Looked
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import smallest_shown

SEEN, NOT_AGREED, UNSEEN = "seen", "not_agreed", "unseen"
EMERGENCY_SEEN, EMERGENCY_UNSEEN = "emergency_seen", "emergency_unseen"
WORDS = {
    SEEN: _("seen by somebody from outside"),
    NOT_AGREED: _("not agreed by somebody from outside"),
    UNSEEN: _("ended, and nobody from outside had seen it"),
}
EMERGENCY_WORDS = {
    SEEN: _("seen by somebody from outside in its day"),
    UNSEEN: _("ended, and nobody from outside had seen it: what was decided on it holds no longer"),
}


def counted(body: UUID) -> tuple[Figures, Figures]:
    """What became of the legal reasons of this body: of emergencies, and of all others."""
    smallest = smallest_shown()
    became = in_whole_lots(_all(body), smallest=smallest)
    urgent = {SEEN: became[EMERGENCY_SEEN], UNSEEN: became[EMERGENCY_UNSEEN]}
    others = {each: became[each] for each in (SEEN, NOT_AGREED, UNSEEN)}
    return protected(urgent, smallest=smallest), protected(others, smallest=smallest)


def _all(body: UUID) -> Iterator[tuple[int, UUID, str]]:
    """What became of each legal reason that is settled, and about whom."""
    yield from as_settled(_settled(body))


def _settled(body: UUID) -> Iterator[tuple[datetime, UUID, UUID, str]]:
    theirs = Decision.everything.filter(organisation=body, about="person").values("id")
    looks: dict[UUID, list[GroundSaid]] = {}
    for row in GroundSaid.everything.filter(decision__in=theirs).order_by("said_at", "id"):
        looks.setdefault(row.ground, []).append(row)
    for ground in Ground.everything.filter(decision__in=theirs, person__isnull=False).order_by("id"):
        said = looks.get(ground.id, [])
        yes = next((row for row in said if row.said == Looked.SEEN), None)
        urgent = ground.held_at_once
        if yes is not None:
            yield yes.said_at, ground.id, ground.person, EMERGENCY_SEEN if urgent else SEEN
        elif said and not urgent:
            yield said[0].said_at, ground.id, ground.person, NOT_AGREED
        elif ground.ended_at is not None and (urgent or ground.holds_until is None):
            yield ground.ended_at, ground.id, ground.person, EMERGENCY_UNSEEN if urgent else UNSEEN


def _kind(name: Any, figures: Figures, words: Any) -> dict[str, Any]:
    lines = [{"figure": part, "words": words[part.name]} for part in figures.parts]
    return {"name": name, "total": figures.total, "lines": lines}


def panel(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """What a body's own page shows of it."""
    emergencies, others = counted(body)
    context = {
        "is_empty": emergencies.total == others.total == 0,
        "kinds": [
            _kind(_("Emergencies"), emergencies, EMERGENCY_WORDS),
            _kind(_("Other legal reasons"), others, WORDS),
        ],
        "largest_hidden": others.smallest - 1,
    }
    return "home/parts/legal_reasons.html", context


router = Router(tags=["this place"])


@router.get("/legal-reasons/{organisation}")
def legal_reasons(request: Request, organisation: UUID) -> told.LegalReasons:
    """Of one body's legal reasons to decide without somebody: how many were seen from outside the line."""
    the(Organisation, organisation, seen_by=request.actor)
    emergencies, others = counted(organisation)
    return {
        "emergencies": {"of": emergencies.total, "parts": for_programs(emergencies.parts)},
        "others": {"of": others.total, "parts": for_programs(others.parts)},
    }
