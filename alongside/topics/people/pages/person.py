"""One person: who stands in their life, what they need, how they are told, what was written down of late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import matters_shown
from alongside.interfaces.words import verbs_stay
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.links import BY_LAW
from alongside.topics.people.commands.persons import System
from alongside.topics.people.models import (
    Basis,
    CouncilReference,
    Dispute,
    Erasure,
    Hold,
    InformationNeed,
    Kinds,
    Link,
    LinkKind,
    Person,
    PersonState,
    SignInName,
    WayToTell,
)
from alongside.topics.people.pages.deaths import of_death
from alongside.topics.people.pages.shown import (
    ShownLink,
    choices_of,
    ended_by,
    shown_links,
    shown_needs,
    shown_ways,
)
from alongside.topics.people.pages.who_wrote import who_wrote
from alongside.topics.people.policy import held_from, joined_records, name_of, names_of, now_is, works_with

LATELY = 20
CHOSEN = (LinkKind.ADVOCATE, LinkKind.SPOKESPERSON)


@require_safe
def me_page(request: Request) -> HttpResponseBase:
    """Your own page of what is known of you."""
    if request.actor.person is None:
        raise Missing
    return redirect("people:person", request.actor.person)


@require_safe
def person_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What the reader may see of this person, and nothing else."""
    actor, at = request.actor, clock.now()
    person = the(Person, pk, seen_by=actor)
    if person.state == PersonState.MERGED:
        return redirect("people:person", now_is(person.id))
    is_me = person.id in actor.ids
    works = works_with(actor, person.id, at)
    all_of_it = (is_me or works) and actor.only is None  # a code opens one matter, and not what else was done
    reading.looked(actor, person.id, "people:person")
    needs = shown_needs(_in_force(InformationNeed, actor, person.id))
    context = {
        "person": person,
        "name": name_of(person.id),
        "is_me": is_me,
        "works": works,
        "is_joined": works and bool(joined_records(person.id)[1]),
        "held_by": name_of(person.held_by) if person.held_by else "",
        "links": _links(actor, person.id, works=works),
        "needs": needs,
        "unsaid": [part["title"] for part in needs if not part["needs"]],
        "has_needs_shown": is_me or works,
        "ways": shown_ways(_in_force(WayToTell, actor, person.id).order_by("place", "-since")),
        "all_of_it": all_of_it,
        "lately": lately(actor, person.id, at) if all_of_it else [],
        "kept": _kept(actor, person.id) if all_of_it else {},
        **of_death(actor, person),
    }
    return render(request, "people/person.html", context)


@require_safe
def add_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Who is it that is to be added to this person's life? One question, before the form asks the rest."""
    person = the(Person, pk, seen_by=request.actor)
    if not may_do(request.actor, "people.related", person):
        raise Missing
    is_me = person.id in request.actor.ids
    groups: list[tuple[str, tuple[LinkKind, ...]]] = [
        (_("People close to you") if is_me else _("Close to them"), Kinds.CIRCLE),
        (_("Someone to speak for you") if is_me else _("Speaks for them"), CHOSEN),
        (_("Someone who is paid to help"), Kinds.PAID),
    ]
    if not is_me:
        groups.append((_("Works for them in a council or in health"), Kinds.WORKERS))
        groups.append((_("The law provides it"), BY_LAW))
    form = address_of("people.related", person=person.id)
    shown = [
        {
            "title": title,
            "kinds": [(f"{form}&kind={kind.value}", kind.said_to(is_me=is_me)) for kind in kinds],
        }
        for title, kinds in groups
    ]
    context = {"person": person, "name": name_of(person.id), "is_me": is_me, "groups": shown}
    return render(request, "people/add.html", context)


def _links(actor: Actor, person: UUID, *, works: bool) -> dict[str, list[ShownLink]]:
    """Who is who: what waits for a yes or no, who is there now, and who was before."""
    rows = Link.objects.seen_by(actor).filter(Q(person=person) | Q(other=person))
    found = list(rows.order_by("since_on", "id")[:200])
    shown = shown_links(found, reader=actor.person, matters=ended_by(actor, found))
    written = who_wrote(actor, found, works=works, in_brief=True)
    facts = {row.id for row in found if row.basis == Basis.FACT and written[row.id]}  # who said so is enough
    shown = [
        replace(link, written=written[link.id], why="" if link.id in facts else link.why) for link in shown
    ]
    parts = {
        "asks": [link for link in shown if link.waits],
        "now": [link for link in shown if not link.waits and not link.is_over],
        "ended": [link for link in shown if link.is_over],
    }
    return parts if shown else {}


def _in_force(model: Any, actor: Actor, person: UUID) -> Any:
    return model.objects.seen_by(actor).filter(person=person, ended_at=None).order_by("since")


def lately(actor: Actor, person: UUID, at: datetime) -> list[dict[str, Any]]:
    """What was written down about this person of late, each with the way to the matter or promise it is of,
    without what is held back from the reader."""
    hidden = held_from(actor, at)
    stands, former = joined_records(person)
    lines = reading.about(stands, *former, limit=3 * LATELY)
    found = [line for line in lines if line.recorded.thing not in hidden][:LATELY]
    names = names_of([line.recorded.by for line in found])
    of = matters_shown(actor, {line.recorded.thing for line in found})
    return [
        {
            "link": of[line.recorded.thing][1] if line.recorded.thing in of else "",
            "link_words": str(of[line.recorded.thing][0]) if line.recorded.thing in of else "",
            "at": line.recorded.at,
            "words": says % {"by": _by(actor, line, names)} if "%(by)s" in says else says,
            "is_voice": line.recorded.by == person,
        }
        for line in found
        if "%(" not in (says := line.says_to(actor.ids)).replace("%(by)s", "")
    ]


def _by(actor: Actor, line: reading.Line, names: Mapping[UUID, str]) -> str:
    """“You”, where that fits any verb; in a language whose verbs change with it, the name."""
    return _("You") if verbs_stay() and line.recorded.by in actor.ids else names[line.recorded.by]


def _kept(actor: Actor, person: UUID) -> dict[str, Any]:
    """What holds this record, and what would end it."""
    holds = choices_of("retention.holds")
    return {
        "references": [
            {"row": row, "name": System(row.system).label}
            for row in CouncilReference.objects.seen_by(actor).filter(person=person, ended_at=None)
        ],
        "holds": [
            {"row": row, "name": holds.get(row.reason, row.reason)}
            for row in Hold.objects.seen_by(actor).filter(person=person, lifted_at=None)
        ],
        "erasures": Erasure.objects.seen_by(actor).filter(person=person, agreed_at=None),
        "disputes": [
            {"row": row, "speaker": name_of(row.speaker)}
            for row in Dispute.objects.seen_by(actor).filter(person=person, settled_at=None)
        ],
        "sign_ins": SignInName.objects.seen_by(actor).filter(person=person, ended_at=None),
    }
