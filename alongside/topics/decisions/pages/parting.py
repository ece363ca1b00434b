"""On a problem's page: which decisions it was joined to wrongly, and how to say so of the others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.interfaces.acting import address_of, may_do, needs_passkey
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import NotMine, Origin, Parted, Problem


def ways_to_part(actor: Actor, problem: Problem, steps: list[dict[str, Any]], here: str) -> None:
    """Put beside each decision how this reader may say that it does not come from the problem."""
    if actor.person is None or actor.only not in (None, problem.id):
        return
    kind = "decisions.origin_not_mine" if problem.raised_by in actor.ids else "decisions.origin_undone"
    may = may_do(actor, kind, problem.id) and not needs_passkey(actor, kind)
    for step in steps:
        if may and step["origins"]:
            origin = step["origins"][-1]
            step["part"] = address_of(kind, problem=problem.id, origin=origin, next=here)
            step["is_mine"] = kind == "decisions.origin_not_mine"


def parted_of(actor: Actor, problem: UUID, parted: list[Origin]) -> list[dict[str, Any]]:
    """Each decision that does not come from it after all: who said so, and why, for those who may read it."""
    wanted = {row.decision for row in parted}
    matters = {row.id: row for row in models.Decision.objects.seen_by(actor).filter(id__in=wanted)}
    said = {row.origin: row.words for row in NotMine.objects.seen_by(actor).filter(problem=problem)}
    return [
        {
            "title": matters[row.decision].title,
            "link": reverse("decisions:decision", args=[row.decision]),
            "on": row.ended_on,
            "how": Parted(row.ended_as).label,
            "words": said.get(row.id),
        }
        for row in parted
        if row.decision in matters
    ]
