"""Who stands where with what power, and whether the people affected had independent, paid support."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, rules
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.outside import deciders_of
from alongside.topics.decisions.commands.supporting import is_of_another_side
from alongside.topics.decisions.models import Paid, SupportState
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.policy import independent_support
from alongside.topics.people.policy import names_of

MOST = 100
WAITS = (SupportState.OFFERED, SupportState.ACCEPTED, SupportState.ARRANGED)  # for those it is for


def support_words(decision: models.Decision, rows: int = 1) -> str:
    """Whether the people it affects had independent support, in a few words; `rows` of support it has."""
    state = independent_support(decision.id) if rows else ""
    if state == SupportState.GIVEN:
        return _("The people it affects had independent support.")
    if state == SupportState.ARRANGED:
        return _("Independent support is set up, but has not begun.")
    if not decision.is_open:
        return _("The people it affects had no independent support.")
    return _(
        "Independent support for those it affects: not arranged. "
        "Those who decide find it and pay for it. Anyone it affects can ask for it."
    )


@require_safe
def support_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show how people stand, what support there is, and what this reader may do about it."""
    actor = request.actor
    decision = opened(pk, actor)
    here = request.get_full_path()
    powers = models.Power.objects.seen_by(actor).filter(decision=pk, is_current=True)
    stands = list(powers.order_by("said_at", "id")[:MOST])
    rows = list(models.Support.objects.seen_by(actor).filter(decision=pk).order_by("-began_at", "id")[:MOST])
    people = {row.person for row in (*stands, *rows)} | {row.offered_by for row in rows}
    names = NamesHere(actor, decision, people)
    bodies = names_of([*(row.body for row in stands), *(row.supporting_body for row in rows)])
    decides = any(one in actor.ids for one in deciders_of(pk))
    may_know = not decision.is_about_person or decides or decision.person in actor.ids
    context = {
        "decision": decision,
        "status": support_words(decision) if may_know else "",
        "stands": [
            {
                "row": row,
                "who": names(row.person),
                "body": bodies.get(row.body, "") if row.body else "",
                "paid": str(Paid(row.paid).label),
            }
            for row in stands
        ],
        "supports": [_support(decision, row, actor, names, bodies, here, decides=decides) for row in rows],
        "acts": _acts(actor, decision, here),
        "back": reverse("decisions:map", args=[pk]),
    }
    return render(request, "decisions/support.html", context)


def _support(
    decision: models.Decision,
    row: models.Support,
    actor: Actor,
    names: NamesHere,
    bodies: dict[UUID, str],
    here: str,
    *,
    decides: bool,
) -> dict[str, Any]:
    def act(kind: str, **given: Any) -> str:
        return address_of(f"decisions.{kind}", decision=row.decision, support=row.id, next=here, **given)

    state, offered_it = SupportState(row.state), row.offered_by in actor.ids
    kinds = dict(rules.here(clock.today()).choices("decision.support_kinds"))
    answers = state in WAITS and not offered_it and _is_for(decision, row, actor)
    found = {
        "answer": act("support_answered") if answers and state == SupportState.OFFERED else "",
        "given": act("support_given") if answers and state != SupportState.OFFERED else "",
        "arranged": act("support_arranged")
        if (decides or offered_it) and state == SupportState.ACCEPTED
        else "",
        "offer": address_of("decisions.support_offered", decision=row.decision, asked=row.id, next=here)
        if decides and state == SupportState.ASKED
        else "",
    }
    return {
        "row": row,
        "kind": kinds.get(row.what, row.what),
        "whom": names(row.person) if row.person else _("Everyone it affects"),
        "state": str(state.label),
        "body": bodies.get(row.supporting_body, "") if row.supporting_body else "",
        **found,
    }


def _is_for(decision: models.Decision, row: models.Support, actor: Actor) -> bool:
    """Whether this reader is one of those whom the support is for, as the door will ask."""
    if row.person is not None or actor.person is None:
        return row.person in actor.ids
    return not is_of_another_side(decision, row, actor, clock.now())


def _acts(actor: Actor, decision: models.Decision, here: str) -> list[tuple[str, str]]:
    if actor.person is None or not decision.is_open:
        return []
    offered = [
        ("decisions.power_said", _("Say how I stand in this")),
        ("decisions.support_asked", _("Ask for independent support")),
        ("decisions.support_offered", _("Offer independent support")),
    ]
    return [
        (address_of(kind, decision=decision.id, next=here), name)
        for kind, name in offered
        if may_do(actor, kind, decision.id)
    ]
