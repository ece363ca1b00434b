"""Words taken from sight on one matter: which reason, what was said to their giver, and a second look."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do, needs_passkey
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, rules
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.moderating import may_look_again
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.opened import opened

MOST = 100


@require_safe
def taken_page(request: Request, pk: UUID) -> HttpResponseBase:
    """For whoever wrote them, those who decide, and those who look after words here."""
    actor = request.actor
    decision = opened(pk, actor)
    rows = list(models.Taken.objects.seen_by(actor).filter(decision=pk).order_by("-taken_at", "id")[:MOST])
    boxes: dict[UUID, list[Any]] = defaultdict(list)
    for box in models.TakenBox.objects.seen_by(actor).filter(decision=pk).order_by("taken", "column"):
        if box.words is not None:
            boxes[box.taken].append(box.words)
    people = {one for row in rows for one in (row.person, row.taken_by, row.looked_by)}
    names = NamesHere(actor, decision, people)
    looks_after = may_do(actor, "decisions.words_taken", pk) and not needs_passkey(
        actor, "decisions.words_taken"
    )
    reasons = dict(rules.here(clock.today()).choices("decision.taking_reasons"))
    here = request.get_full_path()

    def act(kind: str, row: models.Taken) -> str:
        return address_of(f"decisions.{kind}", decision=pk, taken=row.id, next=here)

    context = {
        "decision": decision,
        "rows": [
            {
                "row": row,
                "who": names(row.person),
                "by": names(row.taken_by),
                "looked_by": names(row.looked_by) if row.looked_by else "",
                "reason": reasons.get(row.reason, row.reason),
                "words": boxes.get(row.id, []),
                "answer": act("taking_answered", row)
                if row.person in actor.ids and row.looked_at is None
                else "",
                "look": act("taking_judged", row)
                if looks_after
                and row.wants_another_look
                and row.looked_at is None
                and may_look_again(decision, row, actor, clock.now())
                else "",
            }
            for row in rows
        ],
        "take": address_of("decisions.words_taken", decision=pk, next=here) if looks_after else "",
        "back": reverse("decisions:map", args=[pk]),
    }
    return render(request, "decisions/taken.html", context)
