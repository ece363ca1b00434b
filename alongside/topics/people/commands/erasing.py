"""Erasing a person, or taking out one misfiled note: asked by one, agreed by another, on a stated reason.

The entry comes first and blanks what people are found by; then the outbox has their keys destroyed. What
stays is said: that something happened, when, and under which id.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel import clock, reading
from alongside.kernel.command import NEEDED, Ask, AsWhat, At, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.seal import owners_of
from alongside.topics.people.commands.agreeing import (
    THEY_READ,
    answered,
    asked_before,
    asked_to_agree,
    only_from_outside,
)
from alongside.topics.people.commands.checks import (
    IN_THEIR_OWN_NAME,
    PeopleCommand,
    Reasons,
    not_by_code,
    not_strong,
    pack,
    they_or_their_workers,
    those_who_work_for_them,
    typed_by_their_workers,
)
from alongside.topics.people.models import (
    ActingProgram,
    Calendar,
    CouncilReference,
    Erasure,
    Findable,
    Hold,
    InformationNeed,
    Link,
    LinkKind,
    Person,
    PersonState,
    Said,
    SignInName,
    WayIn,
    WayToTell,
)
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import keepers
from alongside.topics.people.policy.deaths import has_died


class WhyErased(TextChoices):
    """On what ground words are destroyed."""

    NO_LONGER_NEEDED = "no_longer_needed", _("It is no longer needed")
    CONSENT_GONE = "consent_gone", _("Consent was taken back, and nothing else allows it")
    OBJECTED = "objected", _("The person objects, and nothing weighs more")
    UNLAWFUL = "unlawful", _("It should never have been kept")
    LEGAL_DUTY = "legal_duty", _("A court or a law says that it must be erased")
    MISFILED = "misfiled", _("It is about somebody else")


WHATEVER_THE_YEARS = (WhyErased.UNLAWFUL, WhyErased.LEGAL_DUTY)


def must_be_kept(person: UUID, why: str, at: At) -> Reasons:
    """What stands in the way of erasing somebody: a hold, work that goes on, the years that a rule names."""
    holds = Hold.everything.filter(person=person, lifted_at=None)
    names = dict(pack(at).choices("retention.holds"))
    for hold in holds:
        yield (
            "",
            _("This must be kept for now: %(reason)s. When that is over, ask again.")
            % {"reason": names.get(hold.reason, hold.reason)},
        )
    if why in WHATEVER_THE_YEARS:
        return
    works = Link.everything.filter(live(at.moment)).filter(Q(person=person) | Q(other=person))
    if not has_died(person) and works.exists():
        yield "", _("Support or work still goes on with this person. End that first.")
        return
    until = _kept_until(person, at)
    if until is not None and until > at.date():
        yield (
            "",
            _("The rules say that this is kept until %(until)s. Ask again then.") % {"until": day(until)},
        )


def _kept_until(person: UUID, at: At) -> date | None:
    """The day until which a care and support record is kept: so many years after support ended."""
    ended = Link.everything.filter(person=person, kind=LinkKind.DRAWS_ON_SUPPORT, closes_at__isnull=False)
    last = ended.order_by("-closes_at").first()
    if last is None:
        return None
    years = pack(at).item("retention.classes", "support")["years"]
    return clock.month_after(clock.day_of(last.closes_at), 12 * years)


class AskToErase(PeopleCommand):
    """Ask for everything this person said, and was said of them, to be erased."""

    records = "people.erasure_asked_for"
    to_oneself = {"title": _("Ask for everything you said, and was said of you, to be erased")}
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.ASKS
    may = they_or_their_workers | keepers
    says = _("%(by)s asked for a record to be erased.")
    done = _("Nothing is erased yet. Somebody from outside must agree. Your page shows who is asked.")
    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)

    erasure: Fresh[Erasure] = Ask(settled=True)
    person: Id[Person]
    why: WhyErased = Ask(_("Why should it be erased?"), used_for=_("The second person, to check it."))
    words: Sealed = Ask(_("Anything more to say?"), default="", belongs_to="by")

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_strong(at, person.id)
        yield from not_by_code(at)
        if typed_by_their_workers(person.id, at):
            yield "", IN_THEIR_OWN_NAME
        if person.state == PersonState.ERASED:
            yield "", _("This record was erased already.")
        if person.state == PersonState.MERGED:
            yield "", _("This record was joined with another. Ask for it there, and both are erased.")
        if self.why == WhyErased.MISFILED:
            yield "why", _("To take out one note only, choose the note.")
        yield from must_be_kept(person.id, self.why, at)
        alike = Erasure.everything.filter(person=person.id, note=None, reason=self.why)
        yield from asked_before(alike, at)

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        Erasure.begin(
            entry,
            id=self.erasure,
            person=person.id,
            held_by=person.held_by,
            reason=self.why,
            words=self.words,
            asked_by=entry.by,
            asked_at=entry.at,
        )

    def leaves(self, person: Person, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Where another asked, the person is told that there is something to read, while there is time."""
        if (entry.typed_by or entry.by) != person.id:
            page = {"what": "erasure_asked", "link": f"/people/{person.id}", "soon": True}
            yield "tell", {"person": person.id.hex, **page}


class ErasePerson(PeopleCommand):
    """Agree, as the second person, and erase this person’s words for ever."""

    records = "people.person_erased"
    may = asked_to_agree
    says = _("%(by)s agreed, and a record was erased.")
    strong = True

    erasure: Id[Erasure]
    checked: Sealed = Ask(
        _("What did you check?"), used_for=THEY_READ, needed=NEEDED, default="", belongs_to="by"
    )
    records_of: list[UUID] = Ask(settled=True, default=[])  # the person, and records joined with theirs

    def also_locks(self) -> tuple[UUID, ...]:
        row = Erasure.everything.filter(pk=self.erasure).first()
        return (row.person,) if row is not None else ()

    def settle(self, erasure: Erasure, at: At) -> dict[str, list[UUID]]:
        joined = _joined_with(erasure.person)
        return {"records_of": [erasure.person, *sorted(joined - {erasure.person})]}

    def objections(self, erasure: Erasure, at: At) -> Reasons:
        yield from _from_outside(erasure, self.checked, at)
        if erasure.note is not None:
            yield "", _("This is about one note. Take out the note instead.")
        yield from must_be_kept(erasure.person, erasure.reason, at)

    def about(self, erasure: Erasure, at: At) -> UUID | None:
        return erasure.person

    def apply(self, erasure: Erasure, entry: Recorded) -> None:
        erasure.change(entry, agreed_by=entry.by, agreed_at=entry.at)
        answered(erasure.id, entry, Said.YES, self.checked)
        for pk in self.records_of:
            _blank(pk, entry)

    def leaves(self, erasure: Erasure, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return [("destroy_keys", {"owner": pk.hex, "purpose": ""}) for pk in self.records_of]


def _joined_with(person: UUID) -> set[UUID]:
    """The records that were joined into this one, and into those."""
    found: set[UUID] = set()
    step = {person}
    while step:
        found |= step
        step = set(Person.everything.filter(merged_into__in=step).values_list("id", flat=True)) - found
    return found


def _blank(person: UUID, entry: Recorded) -> None:
    """Leave nothing by which this person can be found."""
    Person.everything.get(pk=person).change(entry, state=PersonState.ERASED)
    Findable.everything.get(pk=person).change(entry, name="", folded="")
    for model in (SignInName, CouncilReference):
        for row in list(model.everything.filter(person=person).order_by("pk")):
            row.change(entry, finder="", ended_at=row.ended_at or entry.at)
    for code in list(WayIn.everything.filter(person=person).order_by("pk")):
        code.change(entry, finder="", stopped_at=code.stopped_at or entry.at)
    for told in (WayToTell, InformationNeed, Calendar, ActingProgram):
        for row in list(told.everything.filter(person=person, ended_at=None).order_by("pk")):
            row.change(entry, ended_at=entry.at)
    links = Link.everything.filter(Q(person=person) | Q(other=person)).filter(
        Q(closes_at=None) | Q(closes_at__gt=entry.at)
    )
    for link in list(links.order_by("pk")):
        link.change(entry, closes_at=entry.at, shows=False)


class AskToRemoveNote(PeopleCommand):
    """Ask for one misfiled note to be taken out."""

    records = "people.note_removal_asked_for"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.ASKS
    may = those_who_work_for_them | keepers
    says = _("%(by)s asked for one note to be taken out.")
    done = _("The note is still there. Somebody outside your line must agree. Your page shows who is asked.")

    erasure: Fresh[Erasure] = Ask(settled=True)
    person: Id[Person]
    note: UUID = Ask(
        _("Which entry is it?"),
        hint=_("Its number is shown beside it in the history."),
        used_for=_("The second person, to check it."),
    )
    words: Sealed = Ask(
        _("Why should it be taken out?"), used_for=_("The second person, to check it."), belongs_to="by"
    )

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_strong(at, person.id)
        if not self.words:
            yield "words", _("Say why.")
        yield from _cannot_be_taken_out(self.note, person.id)
        yield from asked_before(Erasure.everything.filter(person=person.id, note=self.note), at)

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        Erasure.begin(
            entry,
            id=self.erasure,
            person=person.id,
            held_by=person.held_by,
            note=self.note,
            reason=WhyErased.MISFILED,
            words=self.words,
            asked_by=entry.by,
            asked_at=entry.at,
        )


class RemoveNote(PeopleCommand):
    """Agree, as the second person, and take out one misfiled note."""

    records = "people.note_removed"
    may = asked_to_agree
    says = _("%(by)s agreed, and one note was taken out.")
    strong = True

    erasure: Id[Erasure]
    checked: Sealed = Ask(
        _("What did you check?"), used_for=THEY_READ, needed=NEEDED, default="", belongs_to="by"
    )

    def objections(self, erasure: Erasure, at: At) -> Reasons:
        yield from _from_outside(erasure, self.checked, at)
        if erasure.note is None:
            yield "", _("No note was named here.")
            return
        if Hold.everything.filter(person=erasure.person, lifted_at=None).exists():
            yield "", _("This record must be kept for now. When that is over, ask again.")
        yield from _cannot_be_taken_out(erasure.note, erasure.person)

    def about(self, erasure: Erasure, at: At) -> UUID | None:
        return erasure.person

    def apply(self, erasure: Erasure, entry: Recorded) -> None:
        erasure.change(entry, agreed_by=entry.by, agreed_at=entry.at)
        answered(erasure.id, entry, Said.YES, self.checked)

    def leaves(self, erasure: Erasure, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        assert erasure.note is not None  # objections refuse it otherwise
        line = reading.entry_about(erasure.person, erasure.note)
        assert line is not None  # likewise
        return [
            ("take_out_note", {"owner": owner.hex, "purpose": purpose, "entry": erasure.note.hex})
            for owner, purpose in owners_of(line.boxes)
        ]


def _cannot_be_taken_out(note: UUID, person: UUID) -> Reasons:
    line = reading.entry_about(person, note)
    if line is None:
        yield "note", _("We could not find that entry in this person’s record.")
    elif line.recorded.kind.startswith("people."):
        yield "note", _("Names, addresses and numbers are put right or ended, not taken out.")
    elif not owners_of(line.boxes):
        yield "note", _("There are no words in this entry to take out.")


def _from_outside(erasure: Erasure, checked: Any, at: At) -> Reasons:
    if erasure.agreed_at is not None:
        yield "", _("This was done already.")
        return
    yield from only_from_outside(erasure, checked, at)
