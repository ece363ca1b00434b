"""How a person comes in: by an email address, by the council's single sign-on, by a code from a letter."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.letter import short_code
from alongside.kernel import chance
from alongside.kernel.command import Actor, Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.now import words_of
from alongside.kernel.policy import INSTALLATION, the_installation
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_by_code,
    not_by_program,
    not_in_use,
    not_strong,
    the_person_here,
    those_who_work_for_them,
    typed_by_someone_near,
)
from alongside.topics.people.models import Kinds, Person, SignInName, WayIn
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.models.persons import finder, found_by
from alongside.topics.people.policy import is_the_person, manager_of, same_line, way_in, worker_of

CODE_DAYS = 56  # a letter lies on the mat, is read aloud by a friend, is answered in good time


class SignInKind(TextChoices):
    """By what somebody signs in."""

    EMAIL = "email", _("An email address")
    COUNCIL = "oidc", _("The council’s sign-in")


class LinkSignIn(PeopleCommand):
    """Say how somebody signs in."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "people.sign_in_linked"
    to_oneself = {
        "title": _("Say how you sign in"),
        "kind.label": _("By what do you sign in?"),
        "address.hint": _("Only you should be able to open this email."),
    }
    may = the_person_here | those_who_work_for_them
    says = _("%(by)s said by which address somebody signs in.")
    lead: ClassVar[Lazy] = _(
        "If you write it down for somebody: what comes in by it counts as typed by you. "
        "That ends when somebody outside your line has asked them, and confirms the same address."
    )

    sign_in: Fresh[SignInName] = Ask(settled=True)
    person: Id[Person]
    kind: SignInKind = Ask(_("By what do they sign in?"), default=SignInKind.EMAIL)
    issuer: Sealed = Ask(
        _("For the council’s sign-in: its address"),
        needed=_("needed for the council’s sign-in"),
        default="",
        belongs_to="person",
        widget="line",
    )
    address: Sealed = Ask(
        _("The email address, or the name at the council’s sign-in"),
        hint=_("Only the person themselves should be able to open this email."),
        used_for=_("Alongside, to know who has signed in."),
        belongs_to="person",
        widget="line",
    )
    set_by: UUID | None = Ask(settled=True)
    vouches_for: UUID | None = Ask(settled=True)  # the row of this very address, which another wrote down

    @classmethod
    def lead_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """Whoever writes down their own reads nothing of what holds for those who type for others."""
        return "" if str(given.get("person", "")) == str(actor.person) else cls.lead

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def settle(self, person: Person, at: At) -> dict[str, UUID | None]:
        hand = at.by.typed_by or at.by.person
        is_alone = self.kind == SignInKind.EMAIL and hand is not None and hand != person.id
        same = self._same().filter(person=person.id, set_by__isnull=False).exclude(set_by=hand)
        row = same.first() if is_alone else None
        outside = row is not None and hand is not None and not same_line(row.set_by, hand, at.moment)
        found: UUID | None = row.id if row is not None and outside else None
        return {"set_by": hand if is_alone else None, "vouches_for": found}

    def _same(self) -> Any:
        wanted = _finder(self.kind, str(self.issuer or ""), str(self.address or ""))
        return SignInName.everything.filter(finder=wanted, ended_at=None)

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        yield from not_by_code(at)
        yield from not_by_program(person.id, at)
        yield from typed_by_someone_near(person.id, at)
        if person.is_child:
            yield "", _("People under 18 have no account yet. Their worker or advocate brings their view.")
        if not self.address or (self.kind == SignInKind.EMAIL and "@" not in str(self.address)):
            yield "address", _("Type an email address, with an @ in it.")
            return
        if self.kind == SignInKind.COUNCIL and not self.issuer:
            yield "issuer", _("Type the address of the council’s sign-in.")
        if self.kind == SignInKind.COUNCIL and by_another(person.id, at) and not works_there(person.id, at):
            yield "kind", _("Only those who work for a body sign in there. Write down an email address.")
        if self._same().exclude(id=self.vouches_for).exists():
            # The same words whoever has it: nobody learns who else is here.
            yield "address", _("This address cannot be used. Choose another.")
        mine = SignInName.everything.filter(person=person.id, ended_at=None, set_by=None)
        if by_another(person.id, at) and self.vouches_for is None and mine.exists():
            yield "", _("They have a way to sign in. Only they can add another.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        if self.vouches_for is not None:
            SignInName.everything.get(id=self.vouches_for).change(entry, set_by=None)
            return
        address = words_of(self.address)
        SignInName.begin(
            entry,
            id=self.sign_in,
            person=person.id,
            kind=self.kind,
            finder=_finder(self.kind, words_of(self.issuer) or "", address) if address else "",
            address=self.address,
            since=entry.at,
            set_by=self.set_by,
        )


def by_another(person: UUID, at: At) -> bool:
    """Whether somebody else than the person does this: the installation is nobody."""
    hand = at.by.typed_by or at.by.person
    return hand is not None and hand != person


def works_there(person: UUID, at: At) -> bool:
    """Whether they work anywhere, by another word than that of whoever does this: only then can a worker know
    who they are at a council’s sign-in."""
    posts = posts_of(person, at.moment, Kinds.COLLEAGUES)
    return bool(posts.exclude(said_by=at.by.typed_by or at.by.person).exists())


def told_of_it(person: UUID, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """A way in that somebody else closed is told to whoever came in by it: else nobody sees it."""
    if recorded.by != INSTALLATION and (recorded.typed_by or recorded.by) != person:
        yield "tell", {"person": person.hex, "what": "way_in_closed", "link": f"/people/{person}"}


def _finder(kind: str, issuer: str, address: str) -> str:
    if kind == SignInKind.EMAIL:
        return found_by("email", "", address)
    return finder("oidc", issuer, address)  # single sign-on tells capitals apart


class UnlinkSignIn(PeopleCommand):
    """Say that somebody no longer signs in by this address."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "people.sign_in_unlinked"
    to_oneself = {"title": _("Say that you no longer sign in by this address")}
    may = is_the_person() | worker_of() | manager_of() | the_installation
    says = _("%(by)s took back an address for signing in.")

    sign_in: Id[SignInName]

    def objections(self, sign_in: SignInName, at: At) -> Reasons:
        yield from not_strong(at, sign_in.person)
        yield from not_by_program(sign_in.person, at)
        if sign_in.ended_at is not None:
            yield "", _("This was taken back already.")

    def about(self, sign_in: SignInName, at: At) -> UUID | None:
        return sign_in.person

    def apply(self, sign_in: SignInName, entry: Recorded) -> None:
        sign_in.change(entry, ended_at=entry.at, finder="")

    def leaves(self, sign_in: SignInName, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return told_of_it(sign_in.person, recorded)


def new_code() -> tuple[str, str]:
    """(the code to print once, its keyed digest to record). The code itself is kept nowhere."""
    code = short_code(chance.mint())
    return code, finder("code", code)


class IssueCode(PeopleCommand):
    """Give somebody a code that opens one matter, for a letter or a text."""

    records = "people.code_issued"
    to_oneself = {
        "title": _("Make a code for yourself that opens one matter, for a letter or a text"),
        "matter.used_for": _("You, to answer without an account."),
        "path.used_for": _("You, to come to the right page."),
    }
    may = the_person_here | those_who_work_for_them
    says = _("%(by)s gave out a code.")

    row: Fresh[WayIn] = Ask(settled=True)
    person: Id[Person]
    matter: UUID = Ask(_("For which matter?"), used_for=_("The person, to answer without an account."))
    path: str = Ask(
        _("Which page does it open?"),
        used_for=_("The person, to come to the right page."),
        pattern="^/[a-z0-9/_-]{0,120}$",
    )
    digest: str = Ask(
        _("The digest of the code"),
        used_for=_("Alongside, to know the code again. Make both with new_code()."),
        min_length=64,
        max_length=64,
        pattern="^[0-9a-f]{64}$",
    )
    way: UUID | None = Ask(_("By which way is it sent?"), default=None)
    is_once: bool = Ask(_("May it be used once only?"), default=False)
    expires_at: datetime | None = Ask(settled=True)

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def settle(self, person: Person, at: At) -> dict[str, datetime]:
        return {"expires_at": at.moment + timedelta(days=1 if self.is_once else CODE_DAYS)}

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        yield from not_by_code(at)
        yield from not_by_program(person.id, at)
        if person.is_child:
            yield "", _("People under 18 have no account yet. Their worker or advocate brings their view.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        WayIn.begin(
            entry,
            id=self.row,
            person=person.id,
            matter=self.matter,
            path=self.path,
            finder=self.digest,
            way=self.way,
            given_by=None if entry.by in (INSTALLATION, person.id) else entry.by,
            is_once=self.is_once,
            made_at=entry.at,
            expires_at=self.expires_at,
        )


class UseCode(PeopleCommand):
    """Come in with a code from a letter or a text."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "people.code_used"
    may = is_the_person() | the_installation
    says = _("Somebody came in with a code.")

    row: Id[WayIn]

    def objections(self, row: WayIn, at: At) -> Reasons:
        spent = row.is_once and row.used_at is not None
        if spent or row.stopped_at is not None or row.expires_at <= at.moment:
            yield "", _("This code does not work any more. Ring us, and we send you a new one.")

    def about(self, row: WayIn, at: At) -> UUID | None:
        return row.person

    def apply(self, row: WayIn, entry: Recorded) -> None:
        row.change(entry, used_at=entry.at)


class StopCode(PeopleCommand):
    """Stop a code, so that nobody can come in with it."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "people.code_stopped"
    may = is_the_person() | worker_of() | manager_of() | the_installation
    says = _("%(by)s stopped a code.")

    row: Id[WayIn]

    def objections(self, row: WayIn, at: At) -> Reasons:
        if row.stopped_at is not None:
            yield "", _("This code was stopped already.")

    def about(self, row: WayIn, at: At) -> UUID | None:
        return row.person

    def apply(self, row: WayIn, entry: Recorded) -> None:
        row.change(entry, stopped_at=entry.at)

    def leaves(self, row: WayIn, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return told_of_it(row.person, recorded)


def way_in_used(way: Any, at: datetime) -> UseCode | None:
    """The command that notes a code's first use."""
    found = way_in(way) if isinstance(way, str) else way
    if found is None or WayIn.everything.filter(pk=found.id, used_at__isnull=False).exists():
        return None
    return UseCode(row=found.id)
