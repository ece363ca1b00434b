"""What changed people's minds: where they stood at first and stand now, and which arguments moved them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces import flow, words
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import POSITIONS
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.policy import positions_held
from alongside.topics.people.policy import smallest_shown

KNOWN = flow.positions(POSITIONS)
BY_CODE = {one.code: one for one in KNOWN}
MOST = 100
KINDS = {
    "view": gettext_lazy("What somebody said"),
    "evidence": gettext_lazy("Something that is known"),
    "option": gettext_lazy("A way this could go"),
    "reply": gettext_lazy("The answer they got"),
    "question": gettext_lazy("The answer to a question"),
    "other": gettext_lazy("Something else"),
    "nothing": gettext_lazy("Nothing. They added to what they said"),
}


def held_by(actor: Actor, decision: models.Decision) -> dict[UUID, tuple[str, str]]:
    """Where each giver whose words this reader may read stood and stands. Nobody else is in it."""
    rows = models.View.objects.seen_by(actor).filter(decision=decision.id)
    now = set(rows.filter(is_current=True).values_list("person", flat=True))
    return {person: where for person, where in positions_held(rows).items() if person in now}


def beside(actor: Actor, decision: models.Decision) -> str:
    """Of a place: how many more let only those who decide read what they think, in whole lots.

    Where they stand is not told: whoever saw one of them answer could tell it from the next number.
    """
    if decision.is_about_person:
        return ""
    every = positions_held(models.View.everything.filter(decision=decision.id))
    hidden = len(every.keys() - held_by(actor, decision).keys())
    if not hidden:
        return ""
    many = words.at_least(hidden, smallest=smallest_shown())
    said = _("Others let only those who decide read what they think (%(many)s). They are not counted here.")
    return said % {"many": many}


def is_drawn(decision: models.Decision, held: Mapping[UUID, Any]) -> bool:
    """About one life nothing is counted out loud while those who spoke are few."""
    return bool(held) and (not decision.is_about_person or len(held) >= smallest_shown())


@require_safe
def minds_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show the flow with its table, and what each said moved them, as far as this reader may read it."""
    actor = request.actor
    decision = opened(pk, actor)
    held = held_by(actor, decision)
    drawn = flow.flow(Counter(held.values()), KNOWN) if is_drawn(decision, held) else None
    rows = models.Moved.objects.seen_by(actor).filter(decision=pk).order_by("-moved_at", "id")
    found = list(rows[:MOST])
    context = {
        "decision": decision,
        "flow": drawn,
        "sentence": flow_sentence(drawn) if drawn else "",
        "beside": beside(actor, decision),
        "marks": [flow.shown(one) for one in KNOWN],
        "moves": shown_moves(actor, decision, found),
        "back": reverse("decisions:map", args=[pk]),
    }
    return render(request, "decisions/minds.html", context)


def flow_sentence(drawn: flow.Flow) -> str:
    found = {"moved": words.people(drawn.moved), "total": words.people(drawn.total)}
    return _("%(total)s said what they think. Since then %(moved)s changed position.") % found


def shown_moves(actor: Actor, decision: models.Decision, rows: list[models.Moved]) -> list[dict[str, Any]]:
    """Each change of mind: who, from what to what, and by which argument, where the reader may see that."""
    names = NamesHere(actor, decision, {one for row in rows for one in (row.person, row.whose)})
    arguments = _arguments(actor, rows)
    return [
        {
            "row": row,
            "who": names(row.person),
            "before": flow.shown(BY_CODE[row.position_before]),
            "after": flow.shown(BY_CODE[row.position_after]),
            "kind": KINDS.get(row.kind, ""),
            "whose": names(row.whose) if row.what in arguments and row.whose else "",
            "argument": arguments.get(row.what),
        }
        for row in rows
    ]


def _arguments(actor: Actor, rows: list[models.Moved]) -> dict[Any, Any]:
    """The words of the arguments that this reader may read."""
    tables: dict[str, tuple[Any, str]] = {
        "view": (models.View, "words"),
        "evidence": (models.Evidence, "words"),
        "option": (models.Option, "name"),
        "reply": (models.Reply, "words"),
        "question": (models.Question, "answer"),
    }
    found: dict[Any, Any] = {}
    for kind, (model, column) in tables.items():
        wanted = [row.what for row in rows if row.kind == kind]
        if wanted:
            seen = model.objects.seen_by(actor).filter(id__in=wanted)
            found |= {one.id: getattr(one, column) or getattr(one, "instead", None) for one in seen}
    return found
