"""Posts and places: who works in a body, who belongs to it, which team looks after whom."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Fresh, Id, Recorded, Ref
from alongside.kernel.policy import INSTALLATION, the_installation
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_in_use,
    not_strong,
    those_who_work_for_them,
)
from alongside.topics.people.models import Basis, Kinds, Link, LinkKind, Organisation, Person, Scope, Team
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import in_a_body, is_the_person, officers_of


class GivePost(PeopleCommand):
    """Say that somebody works in this body."""

    records = "people.post_given"
    may = in_a_body([LinkKind.MANAGER], "pk") | the_installation
    says = _("%(by)s said that somebody works there.")
    judged_on = "organisation"

    link: Fresh[Link] = Ask(settled=True)
    organisation: Id[Organisation]
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who works there?"), used_for=_("Those they work with and for, to know who is who.")
    )
    kind: LinkKind = Ask(_("What do they do there?"), used_for=_("Alongside, to know what they may see."))
    team: Id[Team] | None = Ask(_("In which team?"), default=None)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, organisation: Organisation, team: Team | None, at: At) -> Reasons:
        if at.by.person is not None and not at.by.strong:
            yield "", _("To change this for others, sign in with your passkey or your council account.")
        if self.kind not in Kinds.POSTS:
            yield "kind", _("Choose what they do in this body.")
        if team is not None and team.organisation != organisation.id:
            yield "team", _("Choose a team of this body.")
        same = Link.everything.filter(
            live(at.moment), person=self.person, other=None, organisation=organisation.id, kind=self.kind
        )
        if same.filter(team=self.team).exists():
            yield "person", _("They have this post already.")
        theirs = Link.everything.filter(organisation=organisation.id, kind__in=Kinds.POSTS)
        left = theirs.filter(person=self.person, withdrawn_at__isnull=False)
        if at.by.person is not None and left.exists():
            yield "person", _("They said that they do not work there. Ask whoever runs this site.")

    def apply(self, organisation: Organisation, team: Team | None, entry: Recorded) -> None:
        _begin_post(entry, self.link, self.person, organisation, team, kind=self.kind, basis=Basis.OFFICE)

    def leaves(
        self, organisation: Organisation, team: Team | None, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Whoever is made a colleague hears of it: a colleague is not counted where their body is judged."""
        if self.link is not None and recorded.by not in (self.person, INSTALLATION):
            there = {"link": f"/people/links/{self.link}", "matter": self.link.hex}
            yield "tell", {"person": self.person.hex, "what": "post_given", **there}


class EndPost(PeopleCommand):
    """Say that somebody no longer works in this body."""

    records = "people.post_ended"
    to_oneself = {"title": _("Say that you no longer work in this body")}
    may = in_a_body([LinkKind.MANAGER]) | is_the_person() | the_installation
    says = _("%(by)s said that somebody no longer works there.")

    link: Id[Link]

    def objections(self, link: Link, at: At) -> Reasons:
        if link.other is not None or link.organisation is None:
            yield "", _("This is not a post in a body.")
        elif link.kind == LinkKind.DRAWS_ON_SUPPORT:
            yield "", _("Support ends only by a decision made with the person. Raise one.")
        elif link.kind in Kinds.MEMBERS and at.by.person is not None and link.person not in at.by.records:
            yield "", _("This is a membership. End it as one, and say why.")
        elif link.closes_at is not None and link.closes_at <= at.moment:
            yield "", _("This has ended already.")
        yield from not_strong(at, link.person)

    def apply(self, link: Link, entry: Recorded) -> None:
        said_so = {"withdrawn_at": entry.at} if entry.by == link.person else {}
        link.change(entry, closes_at=entry.at, until_on=clock.day_of(entry.at), **said_so)


class JoinBody(PeopleCommand):
    """Say that you belong to a group or sit on its board."""

    records = "people.body_joined"
    may = is_the_person("pk") | the_installation
    says = _("%(by)s joined a group.")
    judged_on = "person"

    link: Fresh[Link] = Ask(settled=True)
    person: Id[Person]
    organisation: Id[Organisation] = Ask(_("Which group?"), used_for=_("The group, to know its members."))
    on_the_board: bool = Ask(_("Do you sit on its board?"), default=False)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, person: Person, organisation: Organisation, at: At) -> Reasons:
        yield from not_in_use(person)
        same = Link.everything.filter(live(at.moment), person=person.id, other=None)
        if same.filter(organisation=organisation.id, kind=self.kind_of_member()).exists():
            yield "organisation", _("You have said so already.")

    def leaves(
        self, person: Person, organisation: Organisation, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Those who act for the body hear that somebody waits for them; the message names nobody."""
        page = {"link": f"/organisations/{organisation.id}/members", "matter": organisation.id.hex}
        if recorded.by == person.id:
            for officer in officers_of(organisation.id, recorded.at):
                yield "tell", {"person": officer.hex, "what": "membership_said", **page}

    def kind_of_member(self) -> LinkKind:
        return LinkKind.BOARD_MEMBER if self.on_the_board else LinkKind.GROUP_MEMBER

    def apply(self, person: Person, organisation: Organisation, entry: Recorded) -> None:
        kind = self.kind_of_member()
        _begin_post(entry, self.link, person.id, organisation, None, kind=kind, basis=Basis.CONSENT)


def _begin_post(
    entry: Recorded,
    link: UUID,
    person: UUID,
    organisation: Organisation,
    team: Team | None,
    *,
    kind: LinkKind,
    basis: Basis,
) -> None:
    Link.begin(
        entry,
        id=link,
        person=person,
        other=None,
        organisation=organisation.id,
        team=team.id if team else None,
        kind=kind,
        basis=basis,
        legal_basis="",
        scope=Scope.EVERYTHING,
        in_use=True,
        shows=False,
        since_on=clock.day_of(entry.at),
        opens_at=entry.at,
        consented_at=entry.at if basis == Basis.CONSENT else None,
        said_by=entry.by,
    )


class PlaceWithTeam(PeopleCommand):
    """Say which team looks after this person’s support."""

    records = "people.placed_with_team"
    may = those_who_work_for_them
    says = _("%(by)s said which team looks after this person’s support.")

    link: Fresh[Link] = Ask(settled=True)
    person: Id[Person]
    team: Id[Team] = Ask(_("Which team?"), used_for=_("The person, to know whom to ask."))
    before: list[UUID] = Ask(settled=True, default=[])

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def settle(self, person: Person, team: Team, at: At) -> dict[str, list[UUID]]:
        rows = Link.everything.filter(
            live(at.moment), person=person.id, kind=LinkKind.DRAWS_ON_SUPPORT, organisation=team.organisation
        )
        return {"before": sorted(rows.values_list("id", flat=True))}

    def objections(self, person: Person, team: Team, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)

    def about(self, person: Person, team: Team, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, team: Team, entry: Recorded) -> None:
        for pk in self.before:
            Link.everything.get(pk=pk).change(entry, closes_at=entry.at, until_on=clock.day_of(entry.at))
        Link.begin(
            entry,
            id=self.link,
            person=person.id,
            other=None,
            organisation=team.organisation,
            team=team.id,
            kind=LinkKind.DRAWS_ON_SUPPORT,
            basis=Basis.FACT,
            legal_basis="",
            scope=Scope.EVERYTHING,
            in_use=True,
            shows=False,
            since_on=clock.day_of(entry.at),
            opens_at=entry.at,
            said_by=entry.by,
        )
