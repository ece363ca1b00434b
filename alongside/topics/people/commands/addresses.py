"""Whose address it is: what another wrote down is confirmed with the person by somebody outside of that line,
or by the person, who came in by a way that nobody else saw.

Until then whoever wrote it down may read what is sent there: what comes in by it counts as typed by them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.agreeing import THEY_READ, answered, asked_to_agree, only_from_outside
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_by_program,
    not_in_use,
    not_strong,
    the_person_here,
    they_or_their_workers,
    who_wrote_it,
)
from alongside.topics.people.models import AddressCheck, Person, Said, SignInName, WayToTell, not_refused

_NOTHING_TO_CONFIRM = _("There is nothing to confirm here. Please choose again.")


def unconfirmed(person: UUID) -> list[WayToTell | SignInName]:
    """The addresses of somebody that another wrote down, and that nobody has confirmed yet."""
    ways = WayToTell.everything.filter(person=person, ended_at=None, set_by__isnull=False, confirmed_at=None)
    names = SignInName.everything.filter(person=person, ended_at=None, set_by__isnull=False)
    return [*ways.order_by("place", "id"), *names.order_by("since", "id")]


def waits_for_somebody(address: UUID) -> bool:
    """Whether somebody outside the line was asked to confirm this address, and has not said no."""
    return not_refused(AddressCheck.everything.filter(address=address, agreed_at=None)).exists()


def row_of(person: UUID, address: UUID) -> WayToTell | SignInName | None:
    return next((row for row in unconfirmed(person) if row.id == address), None)


class _OfAnAddress(PeopleCommand):
    """What the two commands below have in common: one address of one person."""

    page: ClassVar[str] = "people:ways"

    person: Id[Person]
    address: UUID = Ask(
        _("Which address or number?"), used_for=_("This one is confirmed, and no other."), widget="select"
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[UUID, Lazy]] | None:
        """Those that wait for it, by their kind: the address itself is for their own page."""
        if field != "address":
            return None
        person = as_id(given.get("person"))
        if person is None or not Person.objects.seen_by(actor).filter(pk=person).exists():
            return []
        return [(row.id, row.shown_title) for row in unconfirmed(person)]

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person, self.address)

    def about(self, person: Person, *more: Any) -> UUID | None:
        return person.id


class SayAddressIsMine(_OfAnAddress):
    """Say that an address somebody wrote down for you is yours."""

    records = "people.address_mine"
    may = the_person_here
    says = _("%(by)s said that an address which was written down for them is theirs.")
    says_to_you = _("You said that an address which was written down for you is yours.")
    lead: ClassVar[Lazy] = _("Then what you send by a code that we send there is your own word.")
    done: ClassVar[Lazy] = _("Thank you. What comes in by it is your own word from now on.")

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_by_program(person.id, at)
        if row_of(person.id, self.address) is None:
            yield "address", _NOTHING_TO_CONFIRM
        if who_wrote_it(person.id, at) is not None:
            yield "", _("We cannot know who is at the keys here. Do it on your own page.")

    def apply(self, person: Person, entry: Recorded) -> None:
        confirm(self.address, entry)


class AskToCheckAddress(_OfAnAddress):
    """Ask somebody from outside to confirm an address with the person."""

    records = "people.address_check_asked_for"
    to_oneself = {
        "title": _("Ask somebody from outside to confirm an address with you"),
        "done": _("Somebody from outside has been asked. They speak with you first."),
    }
    thing: ClassVar[str] = "check"
    judged_on: ClassVar[str] = "person"
    may = they_or_their_workers
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    says = _("%(by)s asked that somebody from outside confirms an address with the person.")
    says_about_you = _("%(by)s asked that somebody from outside confirms an address with you.")
    done: ClassVar[Lazy] = _("Somebody from outside has been asked. They speak with the person first.")

    check: Fresh[AddressCheck] = Ask(settled=True)
    written_by: UUID | None = Ask(settled=True)

    def settle(self, person: Person, at: At) -> dict[str, UUID | None]:
        row = row_of(person.id, self.address)
        return {"written_by": row.set_by if row is not None else None}

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        if self.written_by is None:
            yield "address", _NOTHING_TO_CONFIRM
        if waits_for_somebody(self.address):
            yield "address", _("Somebody from outside was asked already.")

    def apply(self, person: Person, entry: Recorded) -> None:
        AddressCheck.begin(
            entry,
            id=self.check,
            person=person.id,
            address=self.address,
            written_by=self.written_by,
            asked_by=entry.by,
            asked_at=entry.at,
            agreed_by=None,
            agreed_at=None,
        )


class ConfirmAddress(PeopleCommand):
    """Say that you spoke with the person, and that this address is theirs."""

    records = "people.address_confirmed"
    may = asked_to_agree
    says = _("%(by)s spoke with the person and confirmed an address of theirs.")
    says_about_you = _("%(by)s spoke with you and confirmed an address of yours.")
    strong = True
    page: ClassVar[str] = ""
    lead: ClassVar[Lazy] = _(
        "Speak with them by another way than this one. Let them tell you the address. We do not show it."
    )

    check: Id[AddressCheck]
    told: Sealed = Ask(
        _("Which address or number did they tell you?"),
        used_for=_("It must be the one that is written down."),
        belongs_to="about",
        widget="line",
    )
    checked: Sealed = Ask(
        _("How did you reach them, and what did they say?"), used_for=THEY_READ, belongs_to="by"
    )
    address: UUID | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        row = AddressCheck.everything.filter(pk=self.check).first()
        return (row.person, row.address) if row is not None else ()

    def settle(self, check: AddressCheck, at: At) -> dict[str, UUID]:
        return {"address": check.address}

    def objections(self, check: AddressCheck, at: At) -> Reasons:
        row = row_of(check.person, check.address)
        if check.agreed_at is not None or row is None:
            yield "", _("This was settled already.")
            return
        yield from only_from_outside(check, self.checked, at)
        if not is_the_same(str(self.told or ""), str(row.address or "")):
            yield "told", _("That is not what is written down. Ask them again, or say no and why.")

    def about(self, check: AddressCheck, at: At) -> UUID | None:
        return check.person

    def apply(self, check: AddressCheck, entry: Recorded) -> None:
        confirm(check.address, entry)
        check.change(entry, agreed_by=entry.by, agreed_at=entry.at)
        answered(check.id, entry, Said.YES, self.checked)


def confirm(address: UUID, entry: Recorded) -> None:
    """For apply: from now on what comes in by this address is the person’s own."""
    for way in WayToTell.everything.filter(pk=address):
        way.change(entry, confirmed_by=entry.by, confirmed_at=entry.at)
    for name in SignInName.everything.filter(pk=address):
        name.change(entry, set_by=None)


def is_the_same(told: str, written: str) -> bool:
    """Whether somebody told the address that is written down: a postal one may leave out a part of it."""
    one, other = (re.findall(r"[^\W_]+", words.casefold()) for words in (told, written))
    if not one or not other:
        return False
    if "".join(one) == "".join(other):
        return True
    return min(len(set(one)), len(set(other))) >= 3 and (set(one) <= set(other) or set(other) <= set(one))
