"""On one's own page: that a decision was said to be wrong, by the reader or for them, and how far that is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse

from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models

MOST, LATELY = 5, timedelta(days=30)


@kept_question
def _challenges(actor: Actor, at: datetime) -> Any:
    """What the reader, or somebody for them, said of a decision that it is wrong: what waits for an answer,
    and what was answered in the last month."""
    mine = Q(person__in=actor.ids) | Q(made_by_person__in=actor.ids)
    rows = models.Challenge.objects.seen_by(actor, at).filter(mine)
    rows = rows.filter(Q(answered_at=None) | Q(answered_at__gte=at - LATELY))
    return rows.order_by(F("answered_at").desc(nulls_last=True), "answer_by", "id")[:MOST]


def called_wrong(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What waits for an answer, since when it is late, and what was answered."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None or not (rows := _challenges(actor)):
        return None
    seen = models.Decision.objects.seen(actor, id={row.decision for row in rows})
    titles = {row.id: row.title for row in seen}
    found = [
        {
            "row": row,
            "title": titles[row.decision],
            "link": reverse("decisions:afterwards", args=[row.decision]),
            "is_late": row.answered_at is None and row.answer_by < clock.today(),
        }
        for row in rows
        if row.decision in titles
    ]
    is_quiet = not any(one["is_late"] or one["row"].answered_at for one in found)
    told = {"challenges": found, "is_quiet": is_quiet}
    return ("decisions/parts/called_wrong.html", told) if found else None
