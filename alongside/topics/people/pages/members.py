"""Who belongs to a body: for those who act for it and for nobody else, since belonging can tell a lot."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, Link, LinkKind, Organisation
from alongside.topics.people.models.links import live, own_word_q
from alongside.topics.people.pages.outside import not_reached
from alongside.topics.people.policy import bodies_of, name_of, names_of

MOST = 500


@kept_question
def _officer_of(actor: Actor, at: datetime) -> Any:
    """The bodies that somebody acts for."""
    return bodies_of(actor, at, Kinds.OFFICERS).values_list("organisation", flat=True)


def acts_for(actor: Actor) -> set[UUID]:
    """The bodies that somebody acts for."""
    if actor.person is None or actor.only is not None:
        return set()
    return set(_officer_of(actor))


def memberships(actor: Actor, body: UUID) -> list[Link]:
    """The memberships of a body that stand or wait, as whoever acts for it sees them; Missing for others."""
    if body not in acts_for(actor):
        raise Missing
    rows = Link.objects.seen_by(actor).filter(organisation=body, other=None, kind__in=Kinds.MEMBERS)
    found = rows.filter(closes_at=None).order_by("opens_at", "id")[:MOST]
    return [row for row in found if row.is_live(clock.now())]


@require_safe
def members_page(request: Request, pk: UUID) -> HttpResponseBase:
    """First who says that they belong and waits for an answer, then who does."""
    body: Organisation = the(Organisation, pk, seen_by=request.actor)
    rows = memberships(request.actor, body.id)
    names = names_of(row.person for row in rows)
    shown = [_shown(row, names[row.person], request) for row in rows]
    context = {
        "body": body,
        "name": name_of(body.id),
        "waiting": [one for one in shown if one["row"].is_own_word],
        "members": sorted(
            (one for one in shown if not one["row"].is_own_word), key=lambda one: one["name"].casefold()
        ),
        "back": reverse("people:organisation", args=[body.id]),
    }
    return render(request, "people/members.html", context)


def _shown(row: Link, name: str, request: Request) -> dict[str, Any]:
    given = {"link": row.id, "next": request.path}
    is_mine = row.person in request.actor.records
    return {
        "row": row,
        "name": name,
        "is_mine": is_mine,
        "waits_for_another": row.is_own_word and row.first_yes_by is not None,
        "i_said_so": row.first_yes_by in request.actor.records,
        "by_two": row.kind == LinkKind.BOARD_MEMBER and row.first_yes_by is not None,
        "kind": LinkKind(row.kind).label,
        "confirm": address_of("people.member_confirmed", **given),
        "decline": address_of("people.member_declined", **given),
        "end": address_of("people.membership_ended", **given),
    }


def seats_of(body: UUID) -> dict[str, int]:
    """How many seats on the board stand, and how many of these two who act for the body have confirmed."""
    rows = Link.everything.filter(live(clock.now()), organisation=body, kind=LinkKind.BOARD_MEMBER)
    rows = rows.filter(other=None).exclude(own_word_q())
    seats = dict(rows.order_by("opens_at", "id").values_list("person", "first_yes_by"))
    return {"by_two": sum(first is not None for first in seats.values()), "of": len(seats)}


def own_membership(actor: Actor, body: UUID) -> dict[str, Any]:
    """On the page of a body: whether the reader belongs to it, by whose word, and how to join or leave."""
    if actor.person is None or actor.only is not None:
        return {}
    rows = Link.everything.filter(person__in=actor.records, organisation=body, other=None)
    live = [row for row in rows.filter(kind__in=Kinds.MEMBERS) if row.is_live(clock.now())]
    return {
        "rows": [{"row": row, "leave": address_of("people.consent_withdrawn", link=row.id)} for row in live],
        "join": "" if live else address_of("people.body_joined", person=actor.person, organisation=body),
    }


def waits_for_you(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For the reader's own page: how many people wait for them to say whether they belong, and of which
    bodies a program is not reached."""
    actor = actor_of(request)
    bodies = acts_for(actor)
    if not bodies:
        return None
    rows = Link.objects.seen_by(actor).filter(organisation__in=bodies, kind__in=Kinds.MEMBERS)
    others = [row for row in rows if row.person not in actor.records]
    mine = actor.records
    unsaid = [row for row in others if row.is_own_word and row.first_yes_by not in mine]
    waiting = [row for row in unsaid if row.is_live(clock.now())]
    names = names_of(row.organisation for row in waiting)
    found = [
        {
            "name": names[body],
            "count": sum(row.organisation == body for row in waiting),
            "link": reverse("people:members", args=[body]),
        }
        for body in sorted({row.organisation for row in waiting if row.organisation is not None})
    ]
    silent = not_reached(actor)
    context = {"bodies": found, "silent": silent}
    return ("people/members_panel.html", context) if found or silent else None
