"""Holding an urgent act back from the person it is about: who asks, who agrees, until when, and why.

Nobody holds anything back alone. The people room has the act, on a stated test, by two people, with an end
and a day to look again; here is the way to it from the matter, for those who work with the person alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.people.commands.keeping import WhyHeldBack
from alongside.topics.people.models import HoldBack
from alongside.topics.people.pages.sight import was_held_back
from alongside.topics.people.policy import names_of

TABLE = "decisions.Decision"
MOST = 5


def holding(actor: Actor, decision: models.Decision, steps: list[models.Step], here: str) -> dict[str, Any]:
    """What the matter's page offers of this; nothing where no help began in a hurry or it is not theirs."""
    began = decision.size == "urgent" or any(step.kind == "urgent_help" for step in steps)
    person = decision.person
    if not began or person is None:
        return {}
    if person in actor.ids:
        was = [row for row in was_held_back(actor, person) if row["row"].thing == decision.id]
        return {"was": was} if was else {}
    if not may_do(actor, "people.hold_back_proposed", person):
        return {}
    asked = _open(actor, clock.now()).filter(thing=decision.id).order_by("proposed_at")
    rows = [_shown(row, actor, here) for row in asked]
    given = {"about_whom": person, "table": TABLE, "thing_held": decision.id, "held_from": person}
    from_them = [each for each in rows if not each["from_other"]]
    ask = "" if from_them else address_of("people.hold_back_proposed", next=here, **given)
    return {"rows": from_them, "others": [each for each in rows if each["from_other"]], "ask": ask}


def _open(actor: Actor, at: datetime) -> Any:
    return HoldBack.objects.seen_by(actor, at).filter(table=TABLE, lifted_at=None, ends_at__gt=at)


@kept_question
def _waiting(actor: Actor, at: datetime) -> Any:
    """What is held back, or asked to be, of matters that the reader may see: the longest ago first. Whoever
    is asked from outside the line has a page of their own for it."""
    its = models.Decision.objects.seen_by(actor, at).filter(id=OuterRef("thing"))
    return _open(actor, at).filter(Exists(its)).order_by("proposed_at")[: 4 * MOST]


def _shown(row: HoldBack, actor: Actor, here: str) -> dict[str, Any]:
    names = names_of([row.proposed_by, row.agreed_by, row.held_from])
    waits = row.agreed_at is None
    may_agree = waits and row.proposed_by not in actor.ids and may_do(actor, "people.hold_back_agreed", row)
    may_agree = may_agree and row.test == WhyHeldBack.SERIOUS_HARM  # else only somebody outside the line
    may_lift = not waits and may_do(actor, "people.hold_back_lifted", row)
    return {
        "row": row,
        "from_other": names[row.held_from] if row.held_from != row.about else "",
        "test": WhyHeldBack(row.test).label,
        "asked_by": names[row.proposed_by],
        "agreed_by": names[row.agreed_by] if row.agreed_by else "",
        "by_line": bool(row.by_line),
        "agree": address_of("people.hold_back_agreed", hold_back=row.id, next=here) if may_agree else "",
        "lift": address_of("people.hold_back_lifted", hold_back=row.id, next=here) if may_lift else "",
        "look_again": not waits and row.review_on <= clock.today(),
        "ends_on": clock.day_of(row.ends_at),
    }


def asks_you(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of a worker or manager: what waits for a second person, and what to look at again today."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    rows = _waiting(actor)
    shown = [_shown(row, actor, request.path) for row in rows]
    mine = [each for each in shown if each["agree"] or _must_look_again(each, actor)]
    if not mine:
        return None
    for each in mine:
        each["link"] = reverse("decisions:decision", args=[each["row"].thing])
    return "decisions/parts/asks_you.html", {"rows": mine[:MOST], "place": "work"}


def _must_look_again(each: dict[str, Any], actor: Actor) -> bool:
    return each["look_again"] and bool({each["row"].proposed_by, each["row"].agreed_by} & set(actor.ids))
