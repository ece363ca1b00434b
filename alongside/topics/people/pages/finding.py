"""Finding somebody the reader works with or knows. Nobody browses everybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.letters import plain_letters
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.persons import System, person_for_reference
from alongside.topics.people.models import (
    ActingProgram,
    AgreesFor,
    BoardCount,
    CouncilReference,
    Death,
    Dispute,
    Erasure,
    Findable,
    Hold,
    HoldBack,
    Holding,
    InformationNeed,
    Kinds,
    Link,
    Merge,
    Office,
    Organisation,
    Person,
    PersonState,
    SignInName,
    Team,
    WayIn,
    WayToTell,
)
from alongside.topics.people.models.links import live
from alongside.topics.people.models.persons import folded
from alongside.topics.people.policy import names_of, works_for_q

MOST = 20
SHORTEST = 2


@require_safe
def find_page(request: Request) -> HttpResponseBase:
    """Those the reader works for, and a search among those the reader may know of."""
    actor = request.actor
    if actor.person is None or actor.only is not None:
        raise Missing
    asked = request.GET.get("q", "")[:200]
    found = search(actor, asked)
    context = {
        "asked": asked,
        "too_short": 0 < len(folded(asked)) < SHORTEST,
        "found": found,
        "mine": _mine(actor),
        "books": [] if found else _books(actor),
    }
    return render(request, "people/find.html", context)


def _books(actor: Actor) -> list[dict[str, Any]]:
    """The bodies in whose books the reader may write somebody new."""
    mine = Organisation.objects.seen_by(actor).filter(works_for_q(actor, clock.now(), "id")).order_by("id")
    bodies = [body.id for body in mine if may_do(actor, "people.person_added", body)]
    return [{"id": pk, "name": name} for pk, name in names_of(bodies).items()]


def search(actor: Actor, asked: str) -> list[dict[str, Any]]:
    """People the actor may know of, by a part of the name or a number of the council's own system."""
    words = folded(asked)
    if len(words) < SHORTEST:
        return []
    by_name = Q(folded__contains=plain_letters(asked)) | Q(folded__contains=words)
    by_number = [person_for_reference(system, asked) for system in System.values]
    rows = Findable.objects.seen_by(actor).filter(kind=Findable.PERSON)
    rows = rows.filter(by_name | Q(pk__in=[one for one in by_number if one is not None]))
    ids = list(rows.order_by("folded", "id").values_list("id", flat=True)[: MOST + 1])
    states = [PersonState.ACTIVE, PersonState.DIED]  # a record is found after its person has died
    in_use = Person.objects.seen_by(actor).filter(pk__in=ids, state__in=states)
    there = set(in_use.values_list("id", flat=True))
    names = names_of(there)
    return [{"id": one, "name": names[one]} for one in ids if one in there][:MOST]


def _mine(actor: Actor) -> list[dict[str, Any]]:
    """Those in whose life the reader stands by their work."""
    kinds = [kind.value for kind in (*Kinds.WORKERS, *Kinds.PAID, *Kinds.ADVOCATES)]
    rows = Link.objects.seen_by(actor).filter(live(clock.now()), other=actor.person, kind__in=kinds)
    ids = list(dict.fromkeys(rows.order_by("since_on").values_list("person", flat=True)))
    names = names_of(ids)
    return [{"id": one, "name": names[one]} for one in ids[:200]]


ROUTES: list[tuple[Any, str, str]] = [  # a table, the column that says whose page shows it, the page
    (Person, "id", "people:person"),
    (Organisation, "id", "people:organisation"),
    (Link, "id", "people:link"),
    (Death, "id", "people:death"),
    (ActingProgram, "id", "people:program"),
    (Team, "organisation", "people:organisation"),
    (Office, "organisation", "people:organisation"),
    (Holding, "organisation", "people:organisation"),
    (BoardCount, "organisation", "people:organisation"),
    (InformationNeed, "person", "people:ways"),
    (WayToTell, "person", "people:ways"),
    (Dispute, "person", "people:person"),
    (CouncilReference, "person", "people:person"),
    (SignInName, "person", "people:person"),
    (WayIn, "person", "people:person"),
    (Hold, "person", "people:person"),
    (HoldBack, "about", "people:person"),
    (Erasure, "person", "people:person"),
    (Merge, "person", "people:person"),
    (AgreesFor, "organisation", "people:not_yet"),
]


@require_safe
def of_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Lead to the page of anything in this room, where the reader may see it."""
    for model, column, page in ROUTES:
        row = model.objects.seen_by(request.actor).filter(pk=pk).first()
        if row is not None:
            return redirect(page, getattr(row, column))
    raise Missing
