"""Relationships: who stands in whose life, who works where, and how each of these ends."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import INSTALLATION, Actor
from alongside.topics.people.commands.asked import told_to_read
from alongside.topics.people.commands.checks import (
    HAVE_DIED,
    PeopleCommand,
    Reasons,
    has_post,
    known_but,
    not_away_from,
    not_in_use,
    not_strong,
    they_or_their_workers,
)
from alongside.topics.people.models import (
    Basis,
    Kinds,
    Link,
    LinkKind,
    Organisation,
    OrganisationKind,
    Person,
    Scope,
    Team,
)
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.policy import is_advocate_of, is_the_person, organisations_of
from alongside.topics.people.policy.deaths import has_died


class LegalBasis(TextChoices):
    """What in law somebody's standing rests on."""

    NONE = "", _("No legal reason")
    LASTING_POWER = "lasting_power", _("A registered lasting power of attorney")
    ENDURING_POWER = "enduring_power", _("A registered enduring power of attorney")
    COURT = "court", _("An order of the Court of Protection")
    CARE_ADVOCATE = "care_advocate", _("An advocate under the Care Act")
    CAPACITY_ADVOCATE = "capacity_advocate", _("An advocate under the Mental Capacity Act")
    HEALTH_ADVOCATE = "health_advocate", _("An advocate under the Mental Health Act")
    NOMINATED = "nominated", _("Named to hold a direct payment")
    CUSTODY = "custody", _("Called to a police station")


BY_LAW = (*Kinds.POWERS, LinkKind.STATUTORY_ADVOCATE, LinkKind.NOMINEE, LinkKind.APPROPRIATE_ADULT)


RESTS_ON: Mapping[LinkKind, tuple[tuple[LegalBasis, ...], Lazy]] = {  # each on its own, and on nothing else
    LinkKind.ATTORNEY: (
        (LegalBasis.LASTING_POWER, LegalBasis.ENDURING_POWER),
        _("An attorney acts by a registered power of attorney. Choose which one you have seen."),
    ),
    LinkKind.DEPUTY: (
        (LegalBasis.COURT,),
        _("A deputy acts by an order of the Court of Protection. Choose that, or say what else they are."),
    ),
    LinkKind.STATUTORY_ADVOCATE: (
        (LegalBasis.CARE_ADVOCATE, LegalBasis.CAPACITY_ADVOCATE, LegalBasis.HEALTH_ADVOCATE),
        _("An advocate that the law provides acts under one of three Acts. Choose which."),
    ),
    LinkKind.NOMINEE: (
        (LegalBasis.NOMINATED,),
        _("Who holds a direct payment was named to hold it. Choose that, or say what else they are."),
    ),
    LinkKind.APPROPRIATE_ADULT: (
        (LegalBasis.CUSTODY,),
        _("An appropriate adult is called to a police station. Choose that, or say what else they are."),
    ),
}


def basis_of(kind: LinkKind) -> Basis:
    """The footing that a kind of relationship stands on."""
    if kind in Kinds.BY_CONSENT:
        return Basis.CONSENT
    return Basis.LAW if kind in BY_LAW else Basis.OFFICE


class Relate(PeopleCommand):
    """Say who somebody is to this person."""

    records = "people.related"
    to_oneself = {
        "title": _("Say who somebody is to you"),
        "other.used_for": _("You and those who work for you, to know who is who."),
        "kind.label": _("Who are they to you?"),
        "scope.label": _("For someone who speaks for you: about what?"),
        "in_use.hint": _("A health and welfare power is used only when you cannot decide."),
        "shows.label": _("May they see what is decided and promised about you?"),
        "shows.hint": _("Only you can say yes to this."),
    }
    may = they_or_their_workers
    says = _("%(by)s said who somebody is to this person.")

    link: Fresh[Link] = Ask(settled=True)
    person: Id[Person]
    other: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who is it?"), used_for=_("The person and those who work for them, to know who is who.")
    )
    kind: LinkKind = Ask(
        _("Who are they to the person?"), used_for=_("Alongside, to know what they may see and do.")
    )
    team: Id[Team] | None = Ask(
        _("For a worker: in which team?"), needed=_("needed, for a worker"), default=None
    )
    organisation: Id[Organisation] | None = Ask(_("For paid staff: from which body?"), default=None)
    scope: Scope = Ask(_("For someone who speaks for them: about what?"), default=Scope.EVERYTHING)
    matter: UUID | None = Ask(_("If about one decision only: which?"), default=None)
    in_use: bool = Ask(
        _("For an attorney: is the power in use now?"),
        hint=_("A health and welfare power is used only when the person cannot decide."),
        default=True,
        widget="radios",  # a tick left out would say no
    )
    legal_basis: LegalBasis = Ask(_("If the law provides it: by what in the law?"), default=LegalBasis.NONE)
    document: Sealed = Ask(
        _("The number of the document you have seen"), default="", belongs_to="person", widget="line"
    )
    shows: bool = Ask(
        _("May they see what is decided and promised about the person?"),
        hint=_("Only the person can say yes to this."),
        default=False,
    )
    since_on: date | None = Ask(_("Since when?"), hint=_("Leave blank for today."), default=None)
    until_on: date | None = Ask(_("Until when?"), hint=_("Leave blank if it goes on."), default=None)
    basis: Basis | None = Ask(settled=True)
    opens_at: datetime | None = Ask(settled=True)
    closes_at: datetime | None = Ask(settled=True)

    @classmethod
    def lead_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """As what somebody is added, where that was chosen before."""
        kind = given.get("kind")
        if kind not in LinkKind.values:
            return cls.lead
        called = LinkKind(kind).said_to(is_me=as_id(str(given.get("person", ""))) in actor.ids)
        return _("You are adding: %(kind)s.") % {"kind": called[:1].lower() + called[1:]}

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """Everyone the reader may know of, but the person themselves; in law, what such a one can rest on."""
        if field == "legal_basis" and given.get("kind") in RESTS_ON:
            return [(one, one.label) for one in RESTS_ON[LinkKind(given["kind"])][0]]
        return known_but(str(given.get("person", "")), actor) if field == "other" else None

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person, self.other)

    def settle(
        self, person: Person, team: Team | None, organisation: Organisation | None, at: At
    ) -> dict[str, object]:
        since = self.since_on or at.date()
        basis = basis_of(self.kind)
        agreed = basis != Basis.CONSENT or at.by.person == person.id
        starts = at.moment if since <= at.date() else clock.moment_of(since)
        return {
            "since_on": since,
            "basis": basis,
            "opens_at": starts if agreed else None,
            "closes_at": clock.due_end_of_day(self.until_on) if self.until_on else None,
            "shows": self.shows and at.by.person == person.id,
        }

    def objections(
        self, person: Person, team: Team | None, organisation: Organisation | None, at: At
    ) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        if self.kind not in Kinds.LIVES:
            yield "kind", _("Choose who they are to the person. Posts in a body are given by the body.")
            return
        if self.other == person.id:
            yield "other", _("Choose somebody else than the person.")
        if has_died(self.other):
            yield "other", HAVE_DIED
        if self.until_on and self.since_on and self.until_on < self.since_on:
            yield "until_on", _("Choose a day after the first one.")
        yield from self._for_workers(person, team, at)
        yield from self._for_powers(person, at)
        if person.is_child and self.shows:
            yield "shows", _("What a child says is not shown to others here. Ask the child’s worker.")
        if self.kind in Kinds.SPEAKERS and at.by.person == person.id:
            yield from not_away_from(self.other, person.id, at)
        same = Link.everything.filter(person=person.id, other=self.other, kind=self.kind)
        if any(row.closes_at is None or row.closes_at > at.moment for row in same):
            yield "other", _("This is written down already. Open it to change or end it.")

    def _for_workers(self, person: Person, team: Team | None, at: At) -> Reasons:
        if self.kind in Kinds.WORKERS:
            if at.by.person == person.id:
                yield "", _("A worker is named by their team. Ask the team to change your worker.")
            if team is None:
                yield "team", _("Choose the team they work in.")
            elif not has_post(self.other, team.id, at):
                yield "team", _("They do not work in this team. Choose their team.")
        elif self.kind == LinkKind.PROVIDER_STAFF and self.organisation is None:
            yield "organisation", _("Choose the body they work for.")

    def _for_powers(self, person: Person, at: At) -> Reasons:
        if self.scope == Scope.ONE_MATTER and self.matter is None:
            yield "scope", _("Start this from the page of the decision, or choose a wider scope.")
        if self.kind not in BY_LAW:
            return
        if at.by.person == person.id:
            yield "", _("Show the document to your worker. They write it down.")
        if self.legal_basis == LegalBasis.NONE:
            yield "legal_basis", _("Choose what in law it rests on.")
        elif self.legal_basis not in RESTS_ON[self.kind][0]:
            yield "legal_basis", RESTS_ON[self.kind][1]
        if self.kind in Kinds.POWERS and not self.document:
            yield "document", _("See the document, and type its number.")
        if self.kind == LinkKind.STATUTORY_ADVOCATE and not self._works_as_advocate(at):
            yield "other", _("An advocate by law works in a group of their own, outside yours. Choose one.")

    def _works_as_advocate(self, at: At) -> bool:
        """Whether somebody else gave them a post in a group that neither decides nor is paid to provide: an
        advocate confirms words and opens gates, and nobody writes a friend of theirs down as one."""
        hand = at.by.typed_by or at.by.person
        if hand is None:
            return True
        groups = Organisation.everything.filter(
            kind__in=[OrganisationKind.COMMUNITY, OrganisationKind.USER_LED]
        )
        posts = posts_of(self.other, at.moment, Kinds.COLLEAGUES).exclude(said_by=hand)
        theirs = set(
            posts.filter(organisation__in=groups.values("id")).values_list("organisation", flat=True)
        )
        return bool(theirs - set(organisations_of(hand, at.moment)))

    def about(self, person: Person, *more: object) -> UUID | None:
        return person.id

    def apply(
        self, person: Person, team: Team | None, organisation: Organisation | None, entry: Recorded
    ) -> None:
        Link.begin(
            entry,
            id=self.link,
            person=person.id,
            other=self.other,
            organisation=organisation.id if organisation else team.organisation if team else None,
            team=team.id if team else None,
            kind=self.kind,
            basis=self.basis,
            legal_basis=self.legal_basis,
            scope=self.scope,
            matter=self.matter,
            in_use=self.in_use,
            shows=self.shows,
            document=self.document,
            since_on=self.since_on,
            until_on=self.until_on,
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            consented_at=entry.at if self.basis == Basis.CONSENT and self.opens_at else None,
            said_by=entry.by,
        )

    def leaves(
        self, person: Person, team: Team | None, organisation: Organisation | None, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Whoever gets a speaker by another's word hears of it: they can agree, or say that it is not so."""
        if self.kind in Kinds.SPEAKERS and recorded.by not in (person.id, INSTALLATION):
            there = f"/people/links/{self.link}"
            yield told_to_read(person.id, there, what="somebody_related", matter=recorded.thing)


class AgreeToLink(PeopleCommand):
    """Agree that somebody stands in your life in this way."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)
    records = "people.link_agreed"
    may = is_the_person()
    says = _("%(by)s agreed.")

    link: Id[Link]
    shows: bool = Ask(
        _("May they see decisions and promises about you?"),
        hint=_("They never see what you say to others about it. You can change this later."),
        default=False,
    )

    def objections(self, link: Link, at: At) -> Reasons:
        if link.basis != Basis.CONSENT or link.consented_at is not None:
            yield "", _("There is nothing to agree to here.")
        if link.closes_at is not None and link.closes_at <= at.moment:
            yield "", _("This has ended. Ask for it again if you want it.")
        if link.kind in Kinds.SPEAKERS and link.other is not None:
            yield from not_away_from(link.other, link.person, at)
        if self.shows and Person.everything.filter(pk=link.person, is_child=True).exists():
            yield "shows", _("What a child says is not shown to others here. Ask the child’s worker.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        link.change(entry, opens_at=entry.at, consented_at=entry.at, shows=self.shows)


class ChangeWhatTheySee(PeopleCommand):
    """Change whether somebody sees decisions and promises about you."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)
    records = "people.sight_changed"
    may = is_the_person()
    says = _("%(by)s changed what somebody sees.")

    link: Id[Link]
    shows: bool = Ask(
        _("May they see decisions and promises about you?"),
        used_for=_("Alongside: it shows them these, or not."),
    )

    def objections(self, link: Link, at: At) -> Reasons:
        if link.kind in Kinds.WORKERS or link.other is None:
            yield "", _("Your worker needs to see this. You can ask the team for another worker.")
        if link.other is not None and at.by.typed_by == link.other:
            yield "", _("This is asked when you are not together. Somebody else can write it down.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        link.change(entry, shows=self.shows)


WHOM_THEY_ASKED = (*Kinds.ADVOCATES, LinkKind.SPOKESPERSON)  # who says what the person wants


class WithdrawConsent(PeopleCommand):
    """Take back your consent to somebody."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)
    records = "people.consent_withdrawn"
    may = is_the_person()
    says = _("%(by)s took back their consent.")
    says_to_you = _("You took back your consent.")
    lead = _(
        "From then on they do not see this by it, and do not speak for you. If they answered for you where "
        "nothing is decided yet, we ask you instead."
    )

    link: Id[Link]

    def objections(self, link: Link, at: At) -> Reasons:
        if link.basis != Basis.CONSENT:
            yield "", _("This does not rest on your consent. You can say that you disagree with it.")
        elif link.closes_at is not None and link.closes_at <= at.moment:
            yield "", _("This has ended already.")
        if link.other is not None and at.by.typed_by == link.other:
            yield "", _("This is asked when you are not together. Somebody else can write it down.")
        elif (
            at.by.typed_by is not None
            and link.kind in WHOM_THEY_ASKED
            and not is_advocate_of(at.by.typed_by, link.person, at.moment)
        ):
            yield "", _("Nobody who works with them ends this for them. They can do it, or an advocate.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        link.change(entry, withdrawn_at=entry.at, closes_at=entry.at, shows=False)
