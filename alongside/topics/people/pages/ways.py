"""How one person is told things: the four kinds of need, the safe ways, how often."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.hands import is_anothers
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.addresses import waits_for_somebody
from alongside.topics.people.models import Asking, InformationNeed, Person, SignInName, WayToTell
from alongside.topics.people.pages.shown import shown_needs, shown_ways
from alongside.topics.people.policy import name_of, names_of, works_with


@require_safe
def ways_page(request: Request, pk: UUID) -> HttpResponseBase:
    """For the person, for whoever works with them, and for somebody with a code from a first letter."""
    actor, at = request.actor, clock.now()
    person = the(Person, pk, seen_by=actor)
    is_me = person.id in actor.ids
    if actor.only is not None and actor.only != person.id:
        raise Missing
    if not is_me and not works_with(actor, person.id, at):
        raise Missing
    reading.looked(actor, person.id, "people:ways")
    needs = InformationNeed.objects.seen_by(actor).filter(person=person.id, ended_at=None).order_by("since")
    ways = WayToTell.objects.seen_by(actor).filter(person=person.id, ended_at=None)
    shown = shown_needs(needs)
    context = {
        "person": person,
        "name": name_of(person.id),
        "is_me": is_me,
        "is_sure": is_me and actor.only is None and not is_anothers(actor),
        "came_by_code": actor.only is not None,
        "needs": shown,
        "no_format_yet": not any(part["needs"] for part in shown if part["category"] == "format"),
        "ways": shown_ways(ways.order_by("place", "-since")),
        "sign_ins": _sign_ins(actor, person.id),
        "asking": Asking.objects.seen_by(actor).filter(pk=person.id).first(),
    }
    return render(request, "people/ways.html", context)


def _sign_ins(actor: Actor, person: UUID) -> list[dict[str, Any]]:
    """How this person signs in, where another wrote it down alone: for them, and for who works with them."""
    if actor.only is not None:
        return []
    alone = SignInName.everything.filter(person=person, ended_at=None, set_by__isnull=False)
    rows = list(alone.order_by("since", "id"))
    names = names_of([row.set_by for row in rows])
    is_me = person in actor.ids
    return [
        {
            "row": row,
            "address": row.address if is_me else None,
            "set_by": names[row.set_by],
            "was_asked": waits_for_somebody(row.id),
        }
        for row in rows
    ]
