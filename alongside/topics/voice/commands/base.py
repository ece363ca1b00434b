"""What every command of this room has: where it is shown, and the small questions several of them ask."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import At, Command, Lazy
from alongside.topics.people.models import Holding, Office
from alongside.topics.people.policy import holders_of, names_of, office_name

Objections = Iterator[tuple[str, Lazy]]
Leaving = tuple[str, Mapping[str, Any]]


class VoiceCommand(Command):
    """A command of this room."""

    page: ClassVar[str] = ""


def due(key: str, start: date) -> Mapping[str, Any]:
    """The day by which an answer is due, and the rules that say so."""
    pack = rules.here(start)
    return {"due_on": pack.due(key, start), "pack": pack.version}


def due_before(key: str, start: date, meeting: date) -> Mapping[str, Any]:
    """The day by which an answer is due that is of use before a meeting: the day before it at the latest.

    After a meeting nothing comes in time for it. Then the rules alone say by when: for another day.
    """
    found = due(key, start)
    if meeting < start:
        return found
    return {**found, "due_on": max(start, min(found["due_on"], meeting - timedelta(days=1)))}


def tell(person: UUID, what: str, address: str, matter: UUID) -> Leaving:
    """A message without words: whom it is for, a neutral code, and where to look."""
    return "tell", {"person": person.hex, "what": what, "link": address, "matter": matter.hex}


def tell_office(office: UUID | None, what: str, address: str, matter: UUID, at: Any) -> Iterator[Leaving]:
    """Tell whoever holds an office."""
    for holder in holders_of(office, at) if office is not None else ():
        yield tell(holder, what, address, matter)


def offices_of_body(body: UUID) -> list[tuple[UUID, str]]:
    """The offices of a body, with their names."""
    rows = Office.everything.filter(organisation=body).values_list("id", flat=True)
    return sorted(((one, office_name(one)) for one in rows), key=lambda pair: pair[1])


def offices_with_bodies() -> list[tuple[UUID, str]]:
    """Every office, each with the body it is of: where no body was chosen yet."""
    rows = dict(Office.everything.values_list("id", "organisation"))
    names = names_of({*rows, *rows.values()})
    return sorted(
        ((one, f"{names[one]}, {names[body]}") for one, body in rows.items()), key=lambda one: one[1]
    )


def bodies_with_an_agenda() -> list[tuple[UUID, str, Mapping[str, Any]]]:
    """(body, its name, its office where it has but one): every body of which somebody holds an office."""
    now = clock.now()
    held = Holding.everything.filter(Q(closes_at=None) | Q(closes_at__gt=now), opens_at__lte=now)
    offices: dict[UUID, list[UUID]] = {}
    for office, body in (
        Office.everything.filter(id__in=held.values("office"))
        .order_by("id")
        .values_list("id", "organisation")
    ):
        offices.setdefault(body, []).append(office)
    names = names_of(offices)
    found = [
        (body, names[body], {"office": each[0]} if len(each) == 1 else {}) for body, each in offices.items()
    ]
    return sorted(found, key=lambda one: one[1].casefold())


def office_is_of(office: UUID | None, body: UUID, field: str = "office") -> Objections:
    """An office of another body cannot answer for this one."""
    if office is not None and not Office.everything.filter(id=office, organisation=body).exists():
        yield field, _("Choose an office of that body.")


def somebody_holds(office: UUID | None, at: At, field: str = "office") -> Objections:
    """Nobody would read what is sent to an empty office."""
    if office is not None and not holders_of(office, at.moment):
        yield field, _("Nobody holds this office now. Choose another.")
