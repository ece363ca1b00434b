"""Who can see what of one person's, and why: asked of the very predicates that every page is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import answers, wiring
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.keeping import WhyHeldBack
from alongside.topics.people.models import HoldBack, Kinds, Link, Person
from alongside.topics.people.models.links import live
from alongside.topics.people.pages.shown import ShownLink, shown_links
from alongside.topics.people.policy import around, joined_records, name_of, names_of, works_with


@dataclass(frozen=True)
class Sight:
    """One kind of thing that can be seen: its table, and the column that names the person."""

    words: Any
    table: str
    column: str = "person"


OWN: tuple[Sight, ...] = (
    Sight(_("Your name, and that you are here"), "people.Person", "id"),
    Sight(_("What you need to read, hear and answer"), "people.InformationNeed"),
    Sight(_("How you are safely told things"), "people.WayToTell"),
    Sight(_("Who is who in your life"), "people.Link"),
    Sight(_("Who should not speak for you"), "people.Dispute"),
    Sight(_("Your number in the council’s own system"), "people.CouncilReference"),
    Sight(_("How often you want to be asked"), "people.Asking", "id"),
)


def sights() -> Iterable[Sight]:
    """What this room shows, and what others add in the wiring page: SIGHTS, each (words, table, column)."""
    yield from OWN
    for words, table, column in wiring("SIGHTS", ()):
        yield Sight(words, table, column)


FEW = 3  # so many can be read through at once, with all that each can see


@dataclass(frozen=True)
class Seer:
    """Somebody who can see something of the person's."""

    person: UUID
    name: str
    areas: tuple[tuple[Any, int, int], ...]  # (words, how many they see, of how many)
    links: tuple[ShownLink, ...]  # why


def seers(person: UUID, at: datetime) -> list[Seer]:
    """Everyone who sees anything of this person's, each with what and why."""
    ask = answers("who_else")
    candidates = sorted(around(person, at, ask(person) if ask else ()))
    names = names_of(candidates)
    found = []
    areas = [(sight, _ids(sight, person)) for sight in sights()]
    for other in candidates:
        seen = []
        for sight, all_ids in areas:
            if all_ids:
                count = len(all_ids & _ids(sight, person, Actor(person=other, strong=True), at))
                if count:
                    seen.append((sight.words, count, len(all_ids)))
        if seen:
            found.append(Seer(other, names[other], tuple(seen), tuple(_why(person, other, at))))
    return sorted(found, key=lambda seer: (-len(seer.areas), seer.name))


def _ids(sight: Sight, person: UUID, actor: Actor | None = None, at: datetime | None = None) -> set[UUID]:
    """The person's rows of one kind: all of them as the person sees them, or those that an actor sees."""
    model: Any = apps.get_model(sight.table)
    who, like = actor or Actor(person=person), {sight.column: person}
    return {row.id for row in model.objects.seen(who, at=at, read_only=("id",), **like)}


def _why(person: UUID, other: UUID, at: datetime) -> list[ShownLink]:
    """The relationships between the two."""
    rows = Link.objects.seen_by(Actor(person=person), at).filter(person=person, other=other)
    return [link for link in shown_links(rows, at) if link.is_live]


def _works_at(person: UUID, actor: Actor, at: datetime) -> list[str]:
    """Where the person has a post: those who work there, or with it, may know their name."""
    posts = Link.objects.seen_by(actor, at).filter(live(at), person=person, other=None)
    bodies = posts.filter(kind__in=[kind.value for kind in Kinds.POSTS]).values_list(
        "organisation", flat=True
    )
    return sorted(names_of(bodies).values())


def was_held_back(actor: Actor, person: UUID) -> list[dict[str, Any]]:
    """What was held back from this person and is so no longer: since when, till when, by whom, on which test.
    In what words is not shown here, for those may point to somebody: they can ask."""
    rows = list(HoldBack.objects.seen_by(actor).filter(about=person).order_by("-proposed_at")[:50])
    names = names_of({one for row in rows for one in (row.proposed_by, row.agreed_by) if one is not None})
    return [
        {
            "row": row,
            "asked_by": names[row.proposed_by],
            "agreed_by": names[row.agreed_by] if row.agreed_by else "",
            "until": min(one for one in (row.lifted_at, row.ends_at) if one is not None),
            "test": WhyHeldBack(row.test).label,
        }
        for row in rows
    ]


@require_safe
def who_can_see_page(request: Request, pk: UUID) -> HttpResponseBase:
    """For the person, and for whoever works with them, to go through it together."""
    actor, at = request.actor, clock.now()
    person = the(Person, pk, seen_by=actor)
    is_me = person.id in actor.ids
    if not is_me and not works_with(actor, person.id, at):
        raise Missing
    if actor.only is not None:
        raise Missing
    reading.looked(actor, person.id, "people:who_can_see")
    looked = reading.who_looked(person.id, *joined_records(person.id)[1])
    names = names_of([one.by for one in looked])
    found = seers(person.id, at)
    context = {
        "person": person,
        "name": name_of(person.id),
        "is_me": is_me,
        "seers": found,
        "are_few": len(found) <= FEW,
        "works_at": _works_at(person.id, actor, at),
        "was_held": was_held_back(actor, person.id) if is_me else [],
        "looked": [{"at": one.at, "who": names[one.by]} for one in looked],
    }
    return render(request, "people/who_can_see.html", context)
