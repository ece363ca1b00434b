"""Two people whose records were joined as if they were one: what to put right, and by which form.

There is no command that parts them (record 0024): what was done while they were one, only people who
know both can tell apart. This page finds each thing, says which record it came from, and leads to its form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.now import Now, the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import InformationNeed, Link, Merge, Person, SignInName, WayIn, WayToTell
from alongside.topics.people.pages.shown import choices_of, shown_links, shown_ways
from alongside.topics.people.policy import held_from, joined_records, name_of, names_of, works_with

MOST = 200
PAGES = {"decisions.raised": "decisions:decision", "promises.made": "promises:promise"}


@require_safe
def parting_page(request: Request, pk: UUID) -> HttpResponseBase:
    """For whoever works with the person: the way to part what was joined wrongly, by hand."""
    actor, at = request.actor, clock.now()
    person = the(Person, pk, seen_by=actor)
    stands, former = joined_records(person.id)
    if not former or not works_with(actor, stands, at):
        raise Missing
    if person.id != stands:
        return redirect("people:parting", stands)
    reading.looked(actor, stands, "people:parting")
    went = _named_in(former)
    here = request.path
    context = {
        "person": person,
        "name": name_of(stands),
        "joined": _joined(actor, stands, former),
        "reaches": [*_ways(actor, stands, went, here), *_codes(actor, stands, went, here)],
        "circle": list(_links(actor, stands, went, here)),
        "needs": list(_needs(actor, stands, went, here)),
        "matters": _matters(actor, stands, former, at),
        "add": address_of("people.person_added", next=here),
        "notes": list(_notes(actor, stands, former, at, here)),
    }
    return render(request, "people/parting.html", context)


def _joined(actor: Actor, stands: UUID, former: Iterable[UUID]) -> list[dict[str, Any]]:
    """When they were joined, who asked and who agreed, and how they knew."""
    rows = Merge.objects.seen_by(actor).filter(person__in=[stands, *former]).exclude(agreed_at=None)
    names = names_of([one for row in rows for one in (row.asked_by, row.agreed_by)])
    return [
        {"row": row, "asked": names[row.asked_by], "agreed": names[row.agreed_by]}
        for row in rows.order_by("agreed_at", "id")
    ]


def _named_in(records: Iterable[UUID]) -> set[str]:
    """All that the lines of the record name which was joined into the other: what it began is among them."""
    return {
        str(value)
        for line in reading.about(*records, limit=MOST)
        for value in line.fields.values()
        if isinstance(value, str | UUID)
    }


def _origin(row: Now, went: set[str]) -> str:
    known = {str(row.pk), row.pk.hex}
    return str(_("From the record that went")) if known & went else str(_("From the record that stayed"))


def _acts(actor: Actor, row: Now, here: str, *acts: tuple[str, str, Any]) -> list[tuple[str, Any]]:
    """The forms that the reader may send about this row: (address, words)."""
    return [
        (address_of(kind, next=here, **{name: row.pk}), words)
        for kind, name, words in acts
        if may_do(actor, kind, row)
    ]


def _ways(actor: Actor, stands: UUID, went: set[str], here: str) -> Iterator[dict[str, Any]]:
    rows = WayToTell.objects.seen_by(actor).filter(person=stands, ended_at=None).order_by("place", "since")
    stop = ("people.way_stopped", "way", _("Stop using this"))
    unsafe = ("people.way_not_safe", "way", _("This is not safe"))
    for way in shown_ways(rows):
        row = way["row"]
        words = f"{way['channel']}: {row.address}" if row.address else way["channel"]
        acts = _acts(actor, row, here, stop, unsafe)
        yield {"words": words, "at": row.since, "origin": _origin(row, went), "acts": acts}


def _codes(actor: Actor, stands: UUID, went: set[str], here: str) -> Iterator[dict[str, Any]]:
    """Codes that still open something, and addresses with which one can sign in."""
    codes = WayIn.objects.seen_by(actor).filter(person=stands, stopped_at=None, expires_at__gt=clock.now())
    for row in codes.order_by("made_at", "id")[:MOST]:
        acts = _acts(actor, row, here, ("people.code_stopped", "row", _("Stop this code")))
        yield {"words": _("A code"), "at": row.made_at, "origin": _origin(row, went), "acts": acts}
    names = SignInName.objects.seen_by(actor).filter(person=stands, ended_at=None)
    for name in names.order_by("id"):
        acts = _acts(actor, name, here, ("people.sign_in_unlinked", "sign_in", _("Take back")))
        words = _("Signs in with %(address)s") % {"address": name.address}
        yield {"words": words, "at": None, "origin": _origin(name, went), "acts": acts}


def _links(actor: Actor, stands: UUID, went: set[str], here: str) -> Iterator[dict[str, Any]]:
    rows = {row.id: row for row in Link.objects.seen_by(actor).filter(person=stands, closes_at=None)[:MOST]}
    for link in shown_links(rows.values()):
        acts = _acts(actor, rows[link.id], here, ("people.link_ended", "link", _("End this")))
        acts.append((reverse("people:link", args=[link.id]), _("See or change this")))
        words = f"{link.who}: {link.kind}"
        yield {"words": words, "at": link.since_on, "origin": _origin(rows[link.id], went), "acts": acts}


def _needs(actor: Actor, stands: UUID, went: set[str], here: str) -> Iterator[dict[str, Any]]:
    rows = InformationNeed.objects.seen_by(actor).filter(person=stands, ended_at=None).order_by("since")
    for row in rows:
        name = choices_of(f"access.{row.category}").get(row.code, row.code)
        acts = _acts(actor, row, here, ("people.need_ended", "need", _("It is not needed now")))
        yield {"words": name, "at": row.since, "origin": _origin(row, went), "acts": acts}


def _matters(actor: Actor, stands: UUID, former: frozenset[UUID], at: datetime) -> list[dict[str, Any]]:
    """Decisions and promises that were begun under either record. Their own pages say who may see them."""
    hidden = held_from(actor, at)
    return [
        {
            "words": _("A decision") if line.recorded.kind == "decisions.raised" else _("A promise"),
            "at": line.recorded.at,
            "origin": origin,
            "acts": [
                (reverse(PAGES[line.recorded.kind], args=[line.recorded.thing]), _("Put it right there"))
            ],
        }
        for records, origin in (
            (former, _("From the record that went")),
            ({stands}, _("From the record that stayed")),
        )
        for line in reversed(reading.about(*records, limit=MOST))
        if line.recorded.kind in PAGES and line.recorded.thing not in hidden
    ]


def _notes(
    actor: Actor, stands: UUID, former: frozenset[UUID], at: datetime, here: str
) -> Iterator[dict[str, Any]]:
    """What was written down under the record that went, each with the way to ask for it to be taken out."""
    hidden, kind = held_from(actor, at), "people.note_removal_asked_for"
    may = may_do(actor, kind, stands)
    lines = [one for one in reading.about(*former, limit=MOST) if one.recorded.thing not in hidden]
    names = names_of([line.recorded.by for line in lines])
    for line in reversed(lines):
        words = line.says % {"by": names[line.recorded.by]} if "%(by)s" in line.says else line.says
        if "%(" in words:
            continue
        link = (
            address_of(kind, person=stands, note=line.recorded.id, next=here) if may and line.lengths else ""
        )
        yield {"at": line.recorded.at, "words": words, "link": link, "link_words": _("Take this note out")}
