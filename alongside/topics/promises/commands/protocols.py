"""Protocols: promises made together to a user-led organisation, each with a test, and what tests showed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.topics.people.policy import is_user_led, name_of, organisations_of, works_in_a_body
from alongside.topics.promises.commands.numbers import is_of_the_body
from alongside.topics.promises.commands.promising import MakePromise
from alongside.topics.promises.commands.telling import tell
from alongside.topics.promises.engine import against_a_pass, can_be_looked_at, figures
from alongside.topics.promises.models import Promise, Protocol, ProtocolUse, Tested, TestResult, Unit
from alongside.topics.promises.policy import (
    either_side,
    its_owner,
    its_owners_manager,
    members_of,
    whom_it_was_made_to,
)

COMMISSIONING = "protocol.commissioning"


class AdoptProtocol(Command):
    """Promise a user-led organisation to commission by the twenty tests."""

    records = "promises.protocol_adopted"
    may = works_in_a_body
    says = _("%(by)s adopted a protocol: %(count)s promises, each with a test.")
    judged_on = "organisation"
    page: ClassVar[str] = "promises:protocol"
    done: ClassVar[Lazy] = _("The protocol is adopted. Each of its lines is a promise now.")

    protocol: Fresh[Protocol] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Which organisation adopts it?"), used_for=_("It makes each promise in the protocol.")
    )
    to_body: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Which user-led organisation do you promise it to?"),
        used_for=_("Its members say of each line whether it was kept."),
    )
    group_size: int = Ask(
        _("How many members does it have?"),
        used_for=_("Each count is shown out of this number."),
        ge=1,
        le=10_000_000,
    )
    due_on: date = Ask(
        _("By which day does it hold?"), used_for=_("From this day on we ask the members how it went.")
    )
    owned_by: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("Who will see that it is done?"), hint=_("You, if you leave this blank."), default=None
    )
    office: Annotated[UUID, Ref("people.Office")] | None = Ask(
        _("Which office is that?"), hint=_("Public pages show the office, never a worker."), default=None
    )
    pack: str = Ask(settled=True, default="", max_length=80)
    lines: list[str] = Ask(settled=True, default=[])
    adopted_on: date | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        return {
            "pack": pack.version,
            "lines": list(pack.codes(COMMISSIONING)),
            "adopted_on": at.date(),
            "owned_by": self.owned_by or at.by.person,
            "office": self.office or (at.by.office if self.owned_by in (None, at.by.person) else None),
        }

    def objections(self, at: At) -> Iterator[tuple[str, Lazy]]:
        if not is_user_led(self.to_body) or self.to_body == self.organisation:
            yield "to_body", _("Choose another one. Its board must be counted as user-led.")
        if self.due_on < at.date():
            yield "due_on", _("This day is past. Choose today or a later day.")
        if self.owned_by is None or self.organisation not in organisations_of(self.owned_by, at.moment):
            yield "owned_by", _("Choose someone who works for the organisation that adopts it.")
        if Protocol.everything.filter(organisation=self.organisation, made_to=self.to_body).exists():
            yield "to_body", _("You have adopted it with them already. Look at how it stands.")

    def gaps(self) -> Mapping[str, Any]:
        return {"count": len(self.lines)}

    def apply(self, entry: Recorded) -> None:
        Protocol.begin(
            entry,
            id=self.protocol,
            organisation=self.organisation,
            made_to=self.to_body,
            list_key=COMMISSIONING,
            pack=self.pack,
            adopted_on=self.adopted_on,
            adopted_by=entry.by,
        )

    def leaves(self, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        for person in members_of(self.to_body, recorded.at):
            if person != recorded.by:
                what, sent = tell(person, "protocol_adopted", self.protocol)
                yield what, {**sent, "link": f"/promises/protocols/{self.protocol}"}


def promises_of_protocol(command: Command, recorded: Recorded) -> Iterable[Command]:
    """Each line of a protocol is a promise, with its own words and its own test."""
    assert isinstance(command, AdoptProtocol)
    pack = rules.version(command.pack, on=command.adopted_on)
    for code in command.lines:
        line = pack.item(COMMISSIONING, code)
        yield MakePromise(
            organisation=command.organisation,
            what=line["promise"],
            due_on=command.due_on,
            owned_by=command.owned_by,
            office=command.office,
            group=str(_("the members of %(body)s") % {"body": name_of(command.to_body)}),
            group_of=command.to_body,
            group_size=command.group_size,
            test=line["test"],
            protocol=command.protocol,
            line=code,
        )


class UseProtocol(Command):
    """Begin a use of this protocol, such as one procurement."""

    records = "promises.protocol_used"
    may = either_side
    says = _("%(by)s wrote down one more use of the protocol.")
    page: ClassVar[str] = "promises:protocol"

    protocol: Id[Protocol]
    use: Fresh[ProtocolUse] = Ask(settled=True)
    name: Sealed = Ask(
        _("What is it used for?"),
        hint=_("For example: the home care tender of spring 2026."),
        used_for=_("The results of the tests are shown under this name."),
        belongs_to="thing",
        widget="line",
    )
    link: Sealed = Ask(_("Where can it be seen?"), default="", belongs_to="thing", widget="line")
    begun_on: date | None = Ask(settled=True)

    def settle(self, protocol: Protocol, at: At) -> Mapping[str, Any]:
        return {"begun_on": at.date()}

    def objections(self, protocol: Protocol, at: At) -> Iterator[tuple[str, Lazy]]:
        if not self.name:
            yield "name", _("Give it a name that people know it by.")

    def apply(self, protocol: Protocol, entry: Recorded) -> None:
        ProtocolUse.begin(
            entry,
            id=self.use,
            protocol=protocol.id,
            name=self.name,
            link=self.link or None,
            begun_by=entry.by,
            begun_on=self.begun_on,
        )


class RecordTest(Command):
    """Write down what the test of this promise showed."""

    records = "promises.test_recorded"
    may = its_owner | its_owners_manager | whom_it_was_made_to
    says = _("%(by)s wrote down what a test showed: %(result)s. It is evidence, not a verdict.")
    page: ClassVar[str] = "promises:promise"
    later: ClassVar[tuple[str, ...]] = ("found", "unit", "out_of")
    lead: ClassVar[Lazy] = _("This is evidence. Only those it was promised to say whether it was kept.")

    promise: Id[Promise]
    test: Fresh[TestResult] = Ask(settled=True)
    use: Id[ProtocolUse] | None = Ask(_("In which use of the protocol?"), default=None)
    result: Tested = Ask(
        _("What did it show?"), used_for=_("Everyone reads it beside the promise."), widget="radios"
    )
    document: Sealed = Ask(
        _("In which document?"),
        hint=_("Its name and where anybody can read it, such as a web address."),
        needed=_("needed, unless nothing shows it"),
        default="",
        belongs_to="thing",
        widget="line",
    )
    number: Sealed = Ask(
        _("Which number did you find?"),
        hint=_("For example: 28 days."),
        default="",
        belongs_to="thing",
        widget="line",
    )
    found: int | None = Ask(
        _("The number alone, as a figure"),
        hint=_("For 28 days, type 28. For 6 of 8, type 6."),
        needed=_("needed, if you say of what it is a number"),
        default=None,
        ge=0,
        le=10_000_000_000,
    )
    unit: Unit | None = Ask(_("Of what is it a number?"), default=None)
    out_of: int | None = Ask(
        _("Out of how many, if it is a part of something?"), default=None, ge=1, le=10_000_000_000
    )
    reason: Sealed = Ask(_("Is there a reason to give?"), default="", belongs_to="thing")
    looked_on: date | None = Ask(settled=True)
    by_owner: bool = Ask(settled=True, default=False)

    def settle(self, promise: Promise, *rest: Any) -> Mapping[str, Any]:
        at: At = rest[-1]
        return {"looked_on": at.date(), "by_owner": is_of_the_body(promise, at)}

    def objections(self, promise: Promise, *rest: Any) -> Iterator[tuple[str, Lazy]]:
        use: ProtocolUse | None = rest[0] if len(rest) > 1 else None
        if promise.test is None:
            yield "", _("This promise has no test. Say how far it is instead.")
        if self.result != Tested.NOT_EVIDENCED and not self.document:
            yield (
                "document",
                _("Name the document. Without one nobody can look for themself: it is “not evidenced”."),
            )
        elif self.result != Tested.NOT_EVIDENCED and not can_be_looked_at(str(self.document)):
            yield ("document", _("Name it so that others find it: its name in full, or a web address."))
        if self.found is None and (self.unit or self.out_of):
            yield "found", _("Type the number too.")
        elif self.out_of is not None and (self.unit or (self.found or 0) > self.out_of):
            yield "out_of", _("A part is no more than the whole, and has no unit.")
        if self.result != Tested.NOT_EVIDENCED and not (self.figures or self.reason):
            yield "number", _("Give the number you found, or say why there is none.")
        elif self.result == Tested.PASSED and promise.test is not None:
            yield from self._against(str(promise.test))
        if use is not None and use.protocol != promise.protocol:
            yield "use", _("This use is of another protocol. Please choose again.")

    @property
    def figures(self) -> str:
        """The number that was found, as the test is compared with it."""
        return figures(self.found, self.out_of, self.unit or "") or str(self.number or "")

    def _against(self, test: str) -> Iterator[tuple[str, Lazy]]:
        """The numbers of the test are compared here: nobody calls it a pass against its own number."""
        for one in against_a_pass(test, self.figures, str(self.reason or "")):
            told = {"asks": one.bound.words, "found": self.figures}
            if one.found is None:
                yield "number", _("The test asks for %(asks)s. Give that number, with its unit.") % told
            else:
                yield "number", _("The test asks for %(asks)s. With %(found)s it is not a pass.") % told

    def about(self, promise: Promise, *rest: Any) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"result": self.result.label}

    def apply(self, promise: Promise, *rest: Any) -> None:
        entry: Recorded = rest[-1]
        TestResult.begin(
            entry,
            id=self.test,
            promise=promise.id,
            use=self.use,
            result=self.result,
            document=self.document or None,
            number=self.number or None,
            found=self.found,
            out_of=self.out_of,
            unit=self.unit,
            reason=self.reason or None,
            looked_on=self.looked_on,
            said_by=entry.by,
            by_owner=self.by_owner,
        )
