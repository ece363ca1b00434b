"""That somebody has died: what was told and written down, what stops, what stays, how a mistake ends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Death, Person
from alongside.topics.people.policy import name_of, names_of, works_with
from alongside.topics.people.policy.deaths import a_second_must_tell_first


def death_shown(actor: Actor, person: UUID) -> Death | None:
    """What this reader may know: that it is written down, or that somebody told us."""
    rows = Death.objects.seen_by(actor).filter(person=person, undone_at=None, taken_up_at=None)
    found = sorted(rows, key=lambda row: (not row.stands, row.written_at or row.told_at))
    return found[0] if found else None


def of_death(actor: Actor, person: Person) -> dict[str, Any]:
    """For the page of the person: what is known, and the one thing that the reader can do about it."""
    row = death_shown(actor, person.id)
    if row is not None:
        return {"death": row, "death_told_by": name_of(row.told_by) if row.told_by else ""}
    tells = a_second_must_tell_first(person.id, actor.person, clock.now())
    for kind in ("people.death_told",) if tells else ("people.death_written_down", "people.death_told"):
        if person.id not in actor.ids and actor.only is None and may_do(actor, kind, person):
            return {"say_died": address_of(kind, person=person.id)}
    return {}


@require_safe
def death_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What is written down of it, gently, and what comes of it."""
    actor, at = request.actor, clock.now()
    row = the(Death, pk, seen_by=actor)
    names = names_of([row.person, row.told_by, row.written_by, row.borne_by, row.undone_by])
    is_me = row.person in actor.ids
    works = works_with(actor, row.person, at)
    is_over = row.undone_at is not None or row.taken_up_at is not None
    undo = not is_over and may_do(actor, "people.death_undone", row)
    write = row.written_at is None and not is_over and may_do(actor, "people.death_written_down", row.person)
    write = write and not a_second_must_tell_first(row.person, actor.person, at)
    bear = row.stands and actor.person not in (row.written_by, row.borne_by) and not is_me
    bear = bear and may_do(actor, "people.death_borne_out", row)
    there = reverse("people:person", args=[row.person])
    context = {
        "row": row,
        "name": names[row.person],
        "told_by": names[row.told_by] if row.told_by else "",
        "written_by": names[row.written_by] if row.written_by else "",
        "borne_by": names[row.borne_by] if row.borne_by else "",
        "is_me": is_me,
        "is_mine": row.told_by in actor.ids,
        "works": works,
        "asks_outside": bear and not works and row.borne_at is None,
        "back": there if Person.objects.seen_by(actor).filter(pk=row.person).exists() and not is_me else "",
        "undo": address_of("people.death_undone", death=row.id) if undo else "",
        "bear": address_of("people.death_borne_out", death=row.id) if bear else "",
        "write": address_of("people.death_written_down", person=row.person) if write else "",
    }
    return render(request, "people/death.html", context)
