"""How one person is told things: the four kinds of need, the safe ways, how often."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.topics.people.models import Asking, InformationNeed, Person, WayToTell
from alongside.topics.people.pages.shown import shown_needs, shown_ways
from alongside.topics.people.policy import name_of, works_with


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
        "came_by_code": actor.only is not None,
        "needs": shown,
        "no_format_yet": not any(part["needs"] for part in shown if part["category"] == "format"),
        "ways": shown_ways(ways.order_by("place", "-since")),
        "asking": Asking.objects.seen_by(actor).filter(pk=person.id).first(),
    }
    return render(request, "people/ways.html", context)
