"""People: writing somebody down, putting a name right, where they are in the council's own system."""

from typing import ClassVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, AsWhat, At, Fresh, Id, Recorded, Sealed
from alongside.kernel.now import words_of
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_in_use,
    not_strong,
    they_or_their_workers,
    those_who_work_for_them,
    without_name,
)
from alongside.topics.people.commands.written_down import by_name, write_down
from alongside.topics.people.models import (
    Basis,
    CouncilReference,
    Findable,
    Link,
    LinkKind,
    Organisation,
    Person,
    Scope,
    Team,
)
from alongside.topics.people.models.persons import found_by
from alongside.topics.people.policy import works_in_a_body


class AddPerson(PeopleCommand):
    """Write somebody down, so that they can be told and heard."""

    records = "people.person_added"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.BOOKS
    may = works_in_a_body | the_installation
    says = _("%(by)s wrote down a new person.")

    person: Fresh[Person] = Ask(settled=True)
    draws: Fresh[Link] = Ask(settled=True)
    organisation: Id[Organisation] = Ask(
        _("Which body answers for this record?"),
        used_for=_("The person can ask this body to see, correct or erase it."),
    )
    name: Sealed = Ask(
        _("What is their name?"),
        hint=_("As they like to be called."),
        used_for=_("Everyone who may see them, to greet them and find them."),
        belongs_to="person",
        widget="line",
    )
    team: Id[Team] | None = Ask(
        _("If they draw on care and support: which team looks after it?"),
        hint=_("Leave this blank for an unpaid carer or somebody who works with us."),
        default=None,
    )
    is_child: bool = Ask(_("Are they under 18?"), default=False)

    def objections(self, organisation: Organisation, team: Team | None, at: At) -> Reasons:
        yield from without_name(self.name)
        if team is not None and team.organisation != organisation.id:
            yield "team", _("Choose a team of this body.")

    def about(self, organisation: Organisation, team: Team | None, at: At) -> UUID | None:
        return self.person

    def apply(self, organisation: Organisation, team: Team | None, entry: Recorded) -> None:
        whose = {"held_by": organisation.id, "added_by": entry.by}
        write_down(entry, self.person, self.name, is_child=self.is_child, **whose)
        if team is not None:
            Link.begin(
                entry,
                id=self.draws,
                person=self.person,
                other=None,
                organisation=organisation.id,
                team=team.id,
                kind=LinkKind.DRAWS_ON_SUPPORT,
                basis=Basis.FACT,
                legal_basis="",
                scope=Scope.EVERYTHING,
                in_use=True,
                shows=False,
                since_on=entry.at.date(),
                opens_at=entry.at,
                said_by=entry.by,
            )


class PutNameRight(PeopleCommand):
    """Put somebody’s name right."""

    records = "people.name_put_right"
    to_oneself = {
        "title": _("Put your name right"),
        "name.used_for": _("Everyone who may see you, to greet you and find you."),
    }
    may = they_or_their_workers
    says = _("%(by)s put a name right.")

    person: Id[Person]
    name: Sealed = Ask(
        _("What is the right name?"),
        used_for=_("Everyone who may see them, to greet them and find them."),
        belongs_to="person",
        widget="line",
    )

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        yield from without_name(self.name)

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        Findable.everything.get(pk=person.id).change(entry, **by_name(self.name))


class System(TextChoices):
    """Whose own system a reference is from."""

    ADULT_SOCIAL_CARE = "social_care", _("Adult social care")
    HOUSING = "housing", _("Housing")
    FINANCE = "finance", _("Finance")
    NHS = "nhs", _("NHS number")


class LinkToCouncilSystem(PeopleCommand):
    """Say where this person is in the council’s own system."""

    records = "people.council_system_linked"
    may = those_who_work_for_them
    says = _("%(by)s noted a number from the council’s own system.")

    reference_row: Fresh[CouncilReference] = Ask(settled=True)
    person: Id[Person]
    system: System = Ask(
        _("Which system?"), used_for=_("Workers, to find the right page in the council’s own system.")
    )
    reference: Sealed = Ask(
        _("What is the number there?"),
        used_for=_("Workers, to find the right page in the council’s own system."),
        belongs_to="person",
        widget="line",
    )

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        if not self.reference:
            yield "reference", _("Type the number.")
            return
        wanted = found_by("reference", self.system, str(self.reference))
        same = CouncilReference.everything.filter(finder=wanted, ended_at=None).first()
        if same is not None and same.person == person.id:
            yield "reference", _("We have this number already.")
        elif same is not None:
            yield "reference", _("Another person has this number. If they are one person, join the records.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        CouncilReference.begin(
            entry,
            id=self.reference_row,
            person=person.id,
            system=self.system,
            finder=found_by("reference", self.system, words_of(self.reference)),
            reference=self.reference,
            since=entry.at,
        )


class UnlinkFromCouncilSystem(PeopleCommand):
    """Take back a number from the council’s own system."""

    records = "people.council_system_unlinked"
    may = they_or_their_workers
    says = _("%(by)s took back a number from the council’s own system.")
    thing = "reference_row"
    judged_on = "person"

    reference_row: Id[CouncilReference]
    person: Id[Person]

    def objections(self, row: CouncilReference, person: Person, at: At) -> Reasons:
        yield from not_strong(at, person.id)
        if row.person != person.id or row.ended_at is not None:
            yield "", _("This number was taken back already.")

    def about(self, row: CouncilReference, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, row: CouncilReference, person: Person, entry: Recorded) -> None:
        row.change(entry, ended_at=entry.at, finder="")


def person_for_reference(system: str, reference: str) -> UUID | None:
    """Whose number this is in the council's own system. Whoever asks must then be able to see them."""
    wanted = found_by("reference", system, reference)
    row = CouncilReference.everything.filter(finder=wanted, ended_at=None).first()
    return row.person if row is not None else None
