"""Bodies: organisations, their teams and offices, and the count that says what is user-led."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, AsWhat, At, Fresh, Id, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import PeopleCommand, Reasons, pack, without_name
from alongside.topics.people.commands.written_down import can_be_found
from alongside.topics.people.models import (
    BoardCount,
    Findable,
    Holding,
    LinkKind,
    Office,
    Organisation,
    OrganisationKind,
    Person,
    Team,
)
from alongside.topics.people.policy import in_a_body, organisations_of, works_somewhere

its_managers = in_a_body([LinkKind.MANAGER], "pk") | the_installation
its_managers_by_column = in_a_body([LinkKind.MANAGER], "organisation") | the_installation


class AddOrganisation(PeopleCommand):
    """Add a body: a council, a provider, a user-led organisation."""

    records = "people.organisation_added"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.BOOKS
    may = works_somewhere | the_installation
    says = _("%(by)s added a body.")

    organisation: Fresh[Organisation] = Ask(settled=True)
    kind: OrganisationKind = Ask(
        _("What kind of body is it?"), used_for=_("Everyone, to know whom they deal with.")
    )
    name: Sealed = Ask(
        _("What is it called?"),
        used_for=_("Everyone, to know whom they deal with."),
        belongs_to="thing",
        widget="line",
    )

    def objections(self, at: At) -> Reasons:
        yield from without_name(self.name)

    def apply(self, entry: Recorded) -> None:
        Organisation.begin(entry, id=self.organisation, kind=self.kind, is_user_led=False, is_closed=False)
        can_be_found(entry, self.organisation, Findable.BODY, self.name, added_by=entry.by)


class AddTeam(PeopleCommand):
    """Add a team to a body."""

    records = "people.team_added"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.BOOKS
    may = its_managers
    says = _("%(by)s added a team.")
    judged_on = "organisation"

    team: Fresh[Team] = Ask(settled=True)
    organisation: Id[Organisation]
    above: Id[Team] | None = Ask(_("Which larger team is it part of?"), default=None)
    name: Sealed = Ask(
        _("What is the team called?"),
        used_for=_("Everyone who deals with the team."),
        belongs_to="thing",
        widget="line",
    )
    is_duty: bool = Ask(
        _("Does this team take what is nobody’s yet?"),
        hint=_("A duty team hears worries about people who have no worker."),
        default=False,
    )

    def objections(self, organisation: Organisation, above: Team | None, at: At) -> Reasons:
        yield from without_name(self.name)
        if above is None:
            return
        if above.organisation != organisation.id:
            yield "above", _("Choose a team of this body.")
        elif above.above is not None:
            over = Team.everything.get(pk=above.above)
            if over.above is not None:
                yield "above", _("Teams go three deep at most. Choose a larger team.")

    def apply(self, organisation: Organisation, above: Team | None, entry: Recorded) -> None:
        Team.begin(
            entry,
            id=self.team,
            organisation=organisation.id,
            above=above.id if above else None,
            is_duty=self.is_duty,
        )
        can_be_found(entry, self.team, Findable.TEAM, self.name, added_by=entry.by)


class AddOffice(PeopleCommand):
    """Add an office: a post that acts in public under its own name."""

    records = "people.office_added"
    may = its_managers
    says = _("%(by)s added an office.")
    judged_on = "organisation"

    office: Fresh[Office] = Ask(settled=True)
    organisation: Id[Organisation]
    team: Id[Team] | None = Ask(_("Which team is it in?"), default=None)
    name: Sealed = Ask(
        _("What is the office called?"),
        hint=_("For example: Team manager, East."),
        used_for=_("Everyone: public pages show the office, never the worker."),
        belongs_to="thing",
        widget="line",
    )

    def objections(self, organisation: Organisation, team: Team | None, at: At) -> Reasons:
        yield from without_name(self.name)
        if team is not None and team.organisation != organisation.id:
            yield "team", _("Choose a team of this body.")

    def apply(self, organisation: Organisation, team: Team | None, entry: Recorded) -> None:
        Office.begin(entry, id=self.office, organisation=organisation.id, team=team.id if team else None)
        can_be_found(entry, self.office, Findable.OFFICE, self.name, added_by=entry.by)


class AppointToOffice(PeopleCommand):
    """Say who holds an office from now on."""

    records = "people.appointed_to_office"
    may = its_managers_by_column
    says = _("%(by)s said who holds an office.")
    judged_on = "office"

    holding: Fresh[Holding] = Ask(settled=True)
    office: Id[Office]
    person: Id[Person] = Ask(_("Who holds it?"), used_for=_("Those they decide with, to know who that is."))
    before: list[UUID] = Ask(settled=True, default=[])

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.office, self.person)

    def settle(self, office: Office, person: Person, at: At) -> dict[str, list[UUID]]:
        rows = Holding.everything.filter(office=office.id, closes_at=None)
        return {"before": sorted(rows.values_list("id", flat=True))}

    def objections(self, office: Office, person: Person, at: At) -> Reasons:
        if office.organisation not in organisations_of(person.id, at.moment):
            yield "person", _("They do not work there. Give them a post there first.")

    def apply(self, office: Office, person: Person, entry: Recorded) -> None:
        for pk in self.before:
            Holding.everything.get(pk=pk).change(entry, closes_at=entry.at)
        Holding.begin(
            entry,
            id=self.holding,
            office=office.id,
            organisation=office.organisation,
            holder=person.id,
            opens_at=entry.at,
        )


class CountTheBoard(PeopleCommand):
    """Count how many of the board draw on care and support."""

    records = "people.board_counted"
    may = in_a_body([LinkKind.MANAGER, LinkKind.BOARD_MEMBER], "pk") | the_installation
    says = _("%(by)s counted how many of the board draw on care and support.")
    judged_on = "organisation"

    count: Fresh[BoardCount] = Ask(settled=True)
    organisation: Id[Organisation]
    counted_on: date = Ask(_("On which day?"), used_for=_("Everyone, to see how old the count is."))
    members: int = Ask(
        _("How many people are on the board?"), used_for=_("Everyone, to check the claim."), ge=1, le=999
    )
    who_draw_on_support: int = Ask(
        _("How many of them draw on care and support, now or in the past?"),
        hint=_("Count only those who say so themselves. Nobody is named."),
        used_for=_("Everyone, to check the claim."),
        ge=0,
        le=999,
    )
    evidence: Sealed = Ask(_("How do you know?"), default="", belongs_to="organisation")
    needed_percent: int = Ask(settled=True, default=0)
    passed: bool = Ask(settled=True, default=False)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.organisation,)

    def settle(self, organisation: Organisation, at: At) -> dict[str, int | bool]:
        needed = pack(at).number("organisation.user_led_board_percent")
        passed = self.who_draw_on_support * 100 >= needed * self.members
        return {"needed_percent": needed, "passed": passed}

    def objections(self, organisation: Organisation, at: At) -> Reasons:
        if organisation.kind != OrganisationKind.USER_LED:
            yield "", _("We count only the board of a user-led organisation.")
        if self.who_draw_on_support > self.members:
            yield "who_draw_on_support", _("This cannot be more than the whole board.")
        if self.counted_on > at.date():
            yield "counted_on", _("Choose a day that has been.")
        rows = BoardCount.everything.filter(organisation=organisation.id, counted_on__gt=self.counted_on)
        if rows.exists():
            yield "counted_on", _("There is a later count already. Count again, as it is today.")

    def apply(self, organisation: Organisation, entry: Recorded) -> None:
        BoardCount.begin(
            entry,
            id=self.count,
            organisation=organisation.id,
            counted_on=self.counted_on,
            members=self.members,
            who_draw_on_support=self.who_draw_on_support,
            needed_percent=self.needed_percent,
            passed=self.passed,
            evidence=self.evidence,
            said_by=entry.by,
            at=entry.at,
        )
        organisation.change(entry, is_user_led=self.passed)
