"""How a person is told things: what they need, the safe way, how often they are asked."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import INSTALLATION, SHARED_CODE, Actor, the_installation
from alongside.topics.people.commands import said_to_oneself
from alongside.topics.people.commands.checks import (
    NOT_BY_A_SHARED_CODE,
    PeopleCommand,
    Reasons,
    known_but,
    not_by_program,
    not_in,
    not_in_use,
    not_strong,
    pack,
    they_or_their_workers,
    typed_by_someone_near,
    who_wrote_it,
)
from alongside.topics.people.models import InformationNeed, Kinds, Person, WayToTell
from alongside.topics.people.models.kinds import Language
from alongside.topics.people.policy import is_the_person, linked, manager_of, worker_of
from alongside.topics.people.policy.reaching import those_behind

they_or_those_who_meet_it = they_or_their_workers | linked(Kinds.ADVOCATES, "pk")
on_their_row = is_the_person() | worker_of() | manager_of() | the_installation


class _SaysANeed(PeopleCommand):
    """What the four commands below share: all but the list that the answer comes from."""

    may = they_or_those_who_meet_it
    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)
    category: ClassVar[str] = ""

    need: Fresh[InformationNeed] = Ask(settled=True)
    person: Id[Person]
    code: str
    words: Sealed = Ask(
        _("Anything we should know about this?"),
        hint=_("Say what they need. Nobody has to say why."),
        default="",
        belongs_to="person",
    )

    def also_locks(self) -> tuple[UUID, ...]:
        return (self.person,)

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        yield from typed_by_someone_near(person.id, at)
        yield from not_in(f"access.{self.category}", self.code, at, "code")
        same = InformationNeed.everything.filter(person=person.id, category=self.category, code=self.code)
        if same.filter(ended_at=None).exists():
            yield "code", _("We have this written down already.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        InformationNeed.begin(
            entry,
            id=self.need,
            person=person.id,
            category=self.category,
            code=self.code,
            words=self.words,
            said_by=entry.by,
            since=entry.at,
            checked_at=entry.at,
        )


_USED = _("Everyone who writes to them or talks with them, so that they can read, hear and answer.")


class AskForFormat(_SaysANeed):
    """Say in which format somebody can read things."""

    records = "people.format_asked_for"
    to_oneself = said_to_oneself.FORMAT
    done = _("Thank you. From now on we write in this way. What waited for it is sent now.")
    says = _("%(by)s asked for a format.")
    category = "format"

    code: Annotated[str, Code("access.format")] = Ask(
        _("How do they need things written or recorded?"), used_for=_USED
    )


class SayHowToContact(_SaysANeed):
    """Say how we should contact somebody."""

    records = "people.contact_asked_for"
    to_oneself = said_to_oneself.CONTACT
    says = _("%(by)s said how to contact them.")
    says_to_you = _("You said how to contact you.")
    category = "contact"

    code: Annotated[str, Code("access.contact")] = Ask(_("How should we contact them?"), used_for=_USED)


class AskForSupport(_SaysANeed):
    """Say whom somebody needs with them to communicate."""

    records = "people.support_asked_for"
    to_oneself = said_to_oneself.SUPPORT
    says = _("%(by)s said whom they need to communicate.")
    says_to_you = _("You said whom you need to communicate.")
    category = "support"

    code: Annotated[str, Code("access.support")] = Ask(
        _("Whom do they need with them to communicate?"), used_for=_USED
    )


class AskForAids(_SaysANeed):
    """Say which aids or changes somebody uses."""

    records = "people.aids_asked_for"
    to_oneself = said_to_oneself.AIDS
    says = _("%(by)s said which aids or changes they use.")
    says_to_you = _("You said which aids or changes you use.")
    category = "aids"

    code: Annotated[str, Code("access.aids")] = Ask(_("Which aids or changes do they use?"), used_for=_USED)


class SayNeedIsStillRight(PeopleCommand):
    """Say that a need is still right."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    records = "people.need_checked"
    may = on_their_row | linked(Kinds.ADVOCATES)
    says = _("%(by)s checked that a need is still right.")

    need: Id[InformationNeed]

    def objections(self, need: InformationNeed, at: At) -> Reasons:
        if need.ended_at is not None:
            yield "", _("This need has ended. Write it down again if it is back.")

    def about(self, need: InformationNeed, at: At) -> UUID | None:
        return need.person

    def apply(self, need: InformationNeed, entry: Recorded) -> None:
        need.change(entry, checked_at=entry.at)


class EndNeed(PeopleCommand):
    """Say that somebody does not need this any more."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)
    records = "people.need_ended"
    to_oneself = said_to_oneself.NEED_ENDED
    may = on_their_row
    says = _("%(by)s said that a need has ended.")

    need: Id[InformationNeed]

    def objections(self, need: InformationNeed, at: At) -> Reasons:
        if need.ended_at is not None:
            yield "", _("This need has ended already.")
        yield from not_strong(at, need.person)
        yield from typed_by_someone_near(need.person, at)

    def about(self, need: InformationNeed, at: At) -> UUID | None:
        return need.person

    def apply(self, need: InformationNeed, entry: Recorded) -> None:
        need.change(entry, ended_at=entry.at)


class SetWayToTell(PeopleCommand):
    """Say how we can safely tell somebody things."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)
    records = "people.way_set"
    to_oneself = said_to_oneself.WAY
    may = they_or_their_workers
    lead: ClassVar[Any] = _(
        "If you write it down for somebody: what comes in by a code sent there counts as typed by you. "
        "That ends when they themself, or somebody outside your line, have confirmed it."
    )
    says = _("%(by)s said how they can be told.")
    says_to_you = _("You said how you can be told.")

    way: Fresh[WayToTell] = Ask(settled=True)
    person: Id[Person]
    channel: Annotated[str, Code("told.channels")] = Ask(
        _("How should we tell them things?"), used_for=_("Whoever has something to tell them.")
    )
    address: Sealed = Ask(
        _("The number, email or postal address for this"),
        hint=_("This is kept apart from where they live. Nobody at home sees it here."),
        needed=_("needed for a letter, a call, a text or an email"),
        default="",
        belongs_to="person",
    )
    is_safe: bool = Ask(
        _("Is it safe for them to be told this way?"),
        hint=_("If somebody could be angry or hurt them over it, say no. We then never use it."),
        used_for=_("Alongside: it never uses a way that is not safe."),
    )
    shared_with: Annotated[UUID | None, Ref("people.Person")] = Ask(
        _("Who else can see or hear what comes this way?"), default=None
    )
    place: int = Ask(
        _("Should we try this first, second or third?"),
        hint=_("1 is first. Then the one that was first comes second."),
        default=1,
        ge=1,
        le=9,
    )
    language: Language = Ask(_("In which language?"), default=Language.ENGLISH)
    times: Sealed = Ask(
        _("When is a good time?"),
        hint=_("For example: mornings."),
        default="",
        belongs_to="person",
        widget="line",
    )
    set_by: UUID | None = Ask(settled=True)
    moved: list[UUID] | None = Ask(settled=True)  # the ways that then come one later, so that one is first

    @classmethod
    def lead_for(cls, actor: Actor, given: Mapping[str, Any]) -> Any:
        """Whoever writes down their own way reads nothing of what holds for those who type for others."""
        return "" if str(given.get("person", "")) == str(actor.person) else cls.lead

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[UUID, str]] | None:
        """Those whom the reader finds around the person."""
        return known_but(str(given.get("person", "")), actor) if field == "shared_with" else None

    def also_locks(self) -> tuple[UUID, ...]:
        shared = [self.shared_with] if self.shared_with else []
        return (self.person, *shared, *(those_behind(self.person, self.place) if self.is_safe else ()))

    def settle(self, person: Person, at: At) -> dict[str, Any]:
        moved = those_behind(person.id, self.place) if self.is_safe else []
        return {"set_by": who_wrote_it(person.id, at), "moved": moved}

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_strong(at, person.id)
        yield from typed_by_someone_near(person.id, at)
        yield from not_by_program(person.id, at)
        if at.by.way == SHARED_CODE:
            yield "", NOT_BY_A_SHARED_CODE
        yield from not_in("told.channels", self.channel, at, "channel")
        if self.channel in pack(at).codes("told.channels"):
            needs = pack(at).item("told.channels", self.channel)["needs"]
            if needs in ("post", "phone", "mobile", "email", "link") and not self.address:
                yield "address", _("Type the number or address for this.")
            if needs == "email" and self.address and "@" not in str(self.address):
                yield "address", _("Type an email address, with an @ in it.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        WayToTell.begin(
            entry,
            id=self.way,
            person=person.id,
            channel=self.channel,
            address=self.address,
            is_safe=self.is_safe,
            place=self.place,
            shared_with=self.shared_with,
            language=self.language,
            times=self.times,
            since=entry.at,
            set_by=self.set_by,
            confirmed_by=None,
            confirmed_at=None,
        )
        for one in self.moved or ():
            behind = WayToTell.everything.get(pk=one)
            behind.change(entry, place=behind.place + 1)


def whose_way(way: UUID) -> tuple[UUID, ...]:
    """Whoever it reaches: what puts another way before it holds them, and may not know of this one yet."""
    row = WayToTell.everything.filter(pk=way).first()
    return (row.person,) if row is not None else ()


class SayWayIsNotSafe(PeopleCommand):
    """Say that a way to tell somebody is not safe."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)
    records = "people.way_not_safe"
    to_oneself = said_to_oneself.NOT_SAFE
    may = on_their_row
    says = _("%(by)s said that a way to be told is not safe.")
    lead: ClassVar[Lazy] = _("We never use it again. Nobody who shares it is told.")
    button: ClassVar[Lazy] = _("It is not safe")

    way: Id[WayToTell]

    def also_locks(self) -> tuple[UUID, ...]:
        return whose_way(self.way)

    def objections(self, way: WayToTell, at: At) -> Reasons:
        if not way.is_safe:
            yield "", _("We have stopped using this already.")
        yield from typed_by_someone_near(way.person, at)

    def about(self, way: WayToTell, at: At) -> UUID | None:
        return way.person

    def apply(self, way: WayToTell, entry: Recorded) -> None:
        way.change(entry, is_safe=False)


class StopWayToTell(PeopleCommand):
    """Say that we should no longer use this way to tell somebody."""

    assisted = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)
    records = "people.way_stopped"
    to_oneself = said_to_oneself.STOPPED
    may = on_their_row
    says = _("%(by)s stopped a way to be told.")
    lead: ClassVar[Lazy] = _("We send nothing by it any more. With no other way left, we can send nothing.")
    button: ClassVar[Lazy] = _("Stop using it")

    way: Id[WayToTell]

    def also_locks(self) -> tuple[UUID, ...]:
        return whose_way(self.way)

    def objections(self, way: WayToTell, at: At) -> Reasons:
        if way.ended_at is not None:
            yield "", _("We have stopped using this already.")
        yield from not_strong(at, way.person)
        yield from typed_by_someone_near(way.person, at)

    def about(self, way: WayToTell, at: At) -> UUID | None:
        return way.person

    def apply(self, way: WayToTell, entry: Recorded) -> None:
        way.change(entry, ended_at=entry.at)

    def leaves(self, way: WayToTell, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """By the ways that are left: a worker stops none behind somebody's back."""
        if recorded.typed_by is None and recorded.by not in (way.person, INSTALLATION):
            here = {"link": f"/people/{way.person}", "matter": recorded.thing.hex}
            yield "tell", {"person": way.person.hex, "what": "way_stopped", **here}


class SendFirstLetter(PeopleCommand):
    """Write to somebody once, in plain large print, to ask which format suits them."""

    records = "people.first_letter_sent"
    may = the_installation
    says = _("We wrote once, in plain large print, to ask which format suits them.")

    person: Id[Person]

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        if person.first_letter_at is not None:
            yield "", _("We asked once already. Ask them in another way.")

    def about(self, person: Person, at: At) -> UUID | None:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        person.change(entry, first_letter_at=entry.at)
