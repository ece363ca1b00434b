"""Two records of one person are joined: asked by one, agreed by another. The old id points to the new."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import NEEDED, Ask, At, Fresh, Id, Recorded, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.agreeing import (
    THEY_READ,
    answered,
    asked_before,
    asked_to_agree,
    only_from_outside,
)
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    known_but,
    not_in_use,
    not_strong,
    those_who_work_for_them,
)
from alongside.topics.people.models import (
    ActingProgram,
    AddressCheck,
    AskedToAgree,
    Calendar,
    CouncilReference,
    Death,
    Dispute,
    EndedByDeath,
    Hold,
    HoldBack,
    Holding,
    InformationNeed,
    Link,
    Merge,
    Person,
    PersonState,
    PowerCheck,
    Said,
    SignInName,
    WayIn,
    WayToTell,
)

MOVES: list[tuple[Any, tuple[str, ...]]] = [  # each table of this room, and its columns that name a person
    (Link, ("person", "other", "said_by")),
    (Dispute, ("person", "speaker", "by")),
    (CouncilReference, ("person",)),
    (SignInName, ("person",)),
    (WayIn, ("person",)),
    (InformationNeed, ("person",)),
    (WayToTell, ("person", "shared_with", "set_by")),
    (AddressCheck, ("person", "written_by", "asked_by")),
    (PowerCheck, ("person", "holder", "written_by", "asked_by", "agreed_by")),
    (Hold, ("person",)),
    (Death, ("person", "told_by", "written_by", "borne_by")),
    (EndedByDeath, ("other",)),
    (HoldBack, ("about", "held_from")),
    (Holding, ("holder",)),
    (Calendar, ("person",)),
    (ActingProgram, ("person",)),
    (AskedToAgree, ("about", "asked_by", "person")),
]


class AskToMerge(PeopleCommand):
    """Say that two records are of one person."""

    records = "people.merge_asked_for"
    may = those_who_work_for_them
    says = _("%(by)s said that two records are of one person.")
    done = _("Nothing is joined yet. Somebody outside your line must agree. Your page shows who is asked.")

    merge: Fresh[Merge] = Ask(settled=True)
    person: Id[Person]
    other: Id[Person] = Ask(
        _("Which record is the same person?"),
        hint=_("The record above stays, with its name. This one leads to it from then on."),
        used_for=_("The second person, to check."),
    )
    words: Sealed = Ask(
        _("How do you know that they are one person?"),
        used_for=_("The second person, to check."),
        belongs_to="person",
    )

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        """Any other record; this one is the same person already."""
        return known_but(str(given.get("person", "")), actor) if field == "other" else None

    def objections(self, person: Person, other: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        if not self.words:
            yield "words", _("Say how you know.")
        if person.id == other.id:
            yield "other", _("Choose another record than this one.")
        seen = Person.objects.seen_by(at.by, at.moment).filter(pk=other.id, state=PersonState.ACTIVE)
        if not seen.exists():
            yield "other", _("We could not find that. Please choose again.")
        both = (person.id, other.id)
        yield from asked_before(Merge.everything.filter(person__in=both, other__in=both), at)

    def apply(self, person: Person, other: Person, entry: Recorded) -> None:
        Merge.begin(
            entry,
            id=self.merge,
            person=person.id,
            other=other.id,
            words=self.words,
            asked_by=entry.by,
            asked_at=entry.at,
        )


class MergePeople(PeopleCommand):
    """Agree, as the second person, that two records are of one person, and join them."""

    records = "people.people_merged"
    may = asked_to_agree
    says = _("%(by)s joined two records of one person.")
    strong = True

    merge: Id[Merge]
    checked: Sealed = Ask(
        _("What did you check?"), used_for=THEY_READ, needed=NEEDED, default="", belongs_to="by"
    )
    person: UUID | None = Ask(settled=True)  # the record that stays
    other: UUID | None = Ask(settled=True)  # the one that points to it from now on

    def also_locks(self) -> tuple[UUID, ...]:
        row = Merge.everything.filter(pk=self.merge).first()
        return (row.person, row.other) if row is not None else ()

    def settle(self, merge: Merge, at: At) -> dict[str, UUID]:
        return {"person": merge.person, "other": merge.other}

    def objections(self, merge: Merge, at: At) -> Reasons:
        if merge.agreed_at is not None:
            yield "", _("These records were joined already.")
            return
        yield from only_from_outside(merge, self.checked, at)
        for pk in (merge.person, merge.other):
            yield from not_in_use(Person.everything.get(pk=pk))

    def about(self, merge: Merge, at: At) -> UUID | None:
        return merge.person

    def apply(self, merge: Merge, entry: Recorded) -> None:
        stays, goes = merge.person, merge.other
        for model, columns in MOVES:
            for row in list(_naming(model, columns, goes)):
                row.change(entry, **{name: stays for name in columns if getattr(row, name) == goes})
        for row in list(Link.everything.filter(person=stays, other=stays)):
            row.change(entry, closes_at=entry.at)  # the two records knew each other
        Person.everything.get(pk=goes).change(entry, state=PersonState.MERGED, merged_into=stays)
        merge.change(entry, agreed_by=entry.by, agreed_at=entry.at)
        answered(merge.id, entry, Said.YES, self.checked)


def _naming(model: Any, columns: tuple[str, ...], person: UUID) -> Any:
    """The rows that name this person, in a stable order."""
    named = Q()
    for name in columns:
        named |= Q(**{name: person})
    return model.everything.filter(named).order_by("pk")
