"""Promises made in public: written down in their exact words, taken up by the body, or answered."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor, signed_in
from alongside.topics.people.commands.looking import look_by
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy import organisations_of
from alongside.topics.promises.commands.about import about_somebody
from alongside.topics.promises.commands.numbers import (
    IN_NUMBERS,
    NUMBER,
    NUMBER_IS,
    NUMBER_OF_PLACE,
    OUT_OF,
    wrong_number,
)
from alongside.topics.promises.commands.promising import MakePromise
from alongside.topics.promises.models import LinkedAct, NumberIs, Statement, Stood
from alongside.topics.promises.policy import who_answers_for_the_body, who_wrote_it_down

ANSWERS = (Stood.NOT_OURS, Stood.DIFFERENT)


def tell_of(statement: Statement, person: UUID, what: str) -> tuple[str, Mapping[str, Any]]:
    """A message without words, with where to look."""
    link = f"/promises/said/{statement.id}"
    return ("tell", {"person": person.hex, "what": what, "link": link, "matter": statement.id.hex})


class WriteDownStatement(Command):
    """Write down a promise that was made in public."""

    records = "promises.statement_written_down"
    may = signed_in
    says = _("%(by)s wrote down a promise that was made in public.")
    page: ClassVar[str] = "promises:statement"
    lead: ClassVar[Lazy] = _(
        "A promise that a council or another body made to people, where others could hear."
    )
    done: ClassVar[Lazy] = _(
        "It is written down. Someone from the body or from a user-led organisation reads it first. "
        "If nobody does so in time, everyone can see that. Then the body can take it up, or answer it."
    )
    seen_by_line: ClassVar[Lazy] = _(
        "Everyone can read this, once somebody has read it. Your name is not shown."
    )

    statement: Fresh[Statement] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Which body made it?"), used_for=_("It stands on the public page of this body.")
    )
    words: Sealed = Ask(
        _("What was said, word for word?"),
        hint=_(
            "Copy the exact words. Leave out what you think of them, and anything about one person’s life."
        ),
        used_for=_("The body answers these words, and everyone can compare them with what was done."),
        belongs_to="thing",
    )
    who: Sealed = Ask(
        _("Who said it?"),
        hint=_("The post, not the name. For example: Director of adult services."),
        used_for=_("Readers see on whose behalf it was said."),
        belongs_to="thing",
        widget="line",
    )
    said_on: date = Ask(_("On which day?"), used_for=_("The days since are counted from here."))
    source: Sealed = Ask(
        _("Where was it said?"),
        hint=_("The meeting, paper, broadcast or web page."),
        used_for=_("Anyone can check the words."),
        belongs_to="thing",
        widget="line",
    )
    pages: Sealed = Ask(
        _("On which page, or at which minute?"), default="", belongs_to="thing", widget="line"
    )
    link: Sealed = Ask(_("What is its web address?"), default="", belongs_to="thing", widget="line")
    made_to: Sealed = Ask(
        _("Whom was it made to, as they said it?"),
        hint=_("For example: all disabled people in Wexmoor."),
        used_for=_("If the body takes it up, these are the people who judge it."),
        belongs_to="thing",
        widget="line",
    )
    by_when: date | None = Ask(_("By when, if they said so?"), default=None)
    written_on: date | None = Ask(settled=True)
    look_by: date | None = Ask(settled=True)
    shown_on: date | None = Ask(settled=True)  # only what was written down before words were read first
    version = 2
    upcasts: ClassVar[Any] = {1: lambda fields: fields | {"shown_on": fields["written_on"]}}

    def settle(self, at: At) -> Mapping[str, Any]:
        return {"written_on": at.date(), "look_by": look_by(at.date()), "shown_on": None}

    def objections(self, at: At) -> Iterator[tuple[str, Lazy]]:
        if self.said_on > at.date():
            yield "said_on", _("This day is still to come. Say when it was said.")
        for name, words in (
            ("words", _("Copy the exact words.")),
            ("who", _("Say which post it was.")),
            ("source", _("Say where it was said, so that others can check.")),
            ("made_to", _("Say whom it was made to, in their words.")),
        ):
            if not getattr(self, name):
                yield name, words

    def apply(self, entry: Recorded) -> None:
        Statement.begin(
            entry,
            id=self.statement,
            organisation=self.organisation,
            words=self.words,
            who=self.who,
            made_to=self.made_to,
            source=self.source,
            page=self.pages or None,
            link=self.link or None,
            said_on=self.said_on,
            by_when=self.by_when,
            written_by=entry.by,
            written_on=self.written_on,
            state=Stood.WAITING,
            answer=None,
            answered_by=None,
            answered_on=None,
            **at_first(self.look_by, self.shown_on),
        )


class TakeUpStatement(Command):
    """Say that this public promise is ours, and who will see that it is done."""

    records = "promises.statement_taken_up"
    may = who_answers_for_the_body
    says = _("%(by)s took up a promise that was made in public. It is now a promise with an owner and a day.")
    page: ClassVar[str] = "promises:statement"
    later: ClassVar[tuple[str, ...]] = ("number", "number_of", "number_is", "out_of")
    later_says: ClassVar[Lazy] = IN_NUMBERS
    done: ClassVar[Lazy] = _("It is now a promise. Those it was made to will say whether it was kept.")

    statement: Id[Statement]
    what: Sealed = Ask(
        _("What will be done?"),
        hint=_("One thing that people can tell was done. The words that were said stay beside it."),
        used_for=_(
            "Those it was made to judge these words, and everyone can compare them with what was said."
        ),
        belongs_to="thing",
    )
    due_on: date = Ask(
        _("By which day?"), used_for=_("From this day on we ask those it was made to how it went.")
    )
    group: Sealed = Ask(
        _("Which group of people is it made to?"),
        used_for=_("Everyone who belongs to it can say whether it was kept."),
        belongs_to="thing",
        widget="line",
    )
    group_size: int = Ask(
        _("How many people are in the group?"),
        used_for=_("Each count is shown out of this number."),
        ge=1,
        le=10_000_000,
    )
    group_of: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Which organisation are they members of?"),
        hint=_("Leave this blank if there is none."),
        default=None,
    )
    owned_by: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("Who will see that it is done?"), hint=_("You, if you leave this blank."), default=None
    )
    office: Annotated[UUID, Ref("people.Office")] | None = Ask(
        _("Which office is that?"), hint=_("Public pages show the office, never a worker."), default=None
    )
    number: int | None = NUMBER
    number_of: Sealed = NUMBER_OF_PLACE
    number_is: NumberIs | None = NUMBER_IS
    out_of: int | None = OUT_OF
    organisation: UUID | None = Ask(settled=True)
    writer: UUID | None = Ask(settled=True)
    answered_on: date | None = Ask(settled=True)

    def settle(self, statement: Statement, at: At) -> Mapping[str, Any]:
        return {
            "organisation": statement.organisation,
            "writer": statement.written_by,
            "answered_on": at.date(),
            "owned_by": self.owned_by or at.by.person,
            "office": self.office or (at.by.office if self.owned_by in (None, at.by.person) else None),
        }

    def objections(self, statement: Statement, at: At) -> Iterator[tuple[str, Lazy]]:
        yield from _open_still(statement)
        yield from _not_read(statement)
        if not self.what:
            yield "what", _("Say what will be done.")
        yield from about_somebody(self, at)
        if not self.group:
            yield "group", _("Say which people it is made to. Only they can say whether it was kept.")
        yield from wrong_number(self)
        if self.due_on < at.date():
            yield "due_on", _("This day is past. Choose today or a later day.")
        if self.owned_by is None or statement.organisation not in organisations_of(self.owned_by, at.moment):
            yield "owned_by", _("Choose someone who works for the organisation that makes this promise.")

    def apply(self, statement: Statement, entry: Recorded) -> None:
        statement.change(entry, state=Stood.OURS, answered_by=entry.by, answered_on=self.answered_on)

    def leaves(self, statement: Statement, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield tell_of(statement, statement.written_by, "statement_was_answered")


def promise_taken_up(command: Command, recorded: Recorded) -> Iterable[Command]:
    """Public words that a body takes up become a promise like any other."""
    assert isinstance(command, TakeUpStatement) and command.organisation is not None
    yield MakePromise(
        organisation=command.organisation,
        what=command.what,
        due_on=command.due_on,
        owned_by=command.owned_by,
        office=command.office,
        group=command.group,
        group_of=command.group_of,
        group_size=command.group_size,
        statement=command.statement,
        number=command.number,
        number_of=command.number_of,
        number_is=command.number_is,
        out_of=command.out_of,
    )


def _open_still(statement: Statement) -> Iterator[tuple[str, Lazy]]:
    if statement.state == Stood.OURS:
        yield "", _("This has been taken up already. It is a promise now.")
    if statement.state == Stood.WITHDRAWN:
        yield "", _("Who wrote this down has taken it back. There is nothing to answer.")


def _not_read(statement: Statement) -> Iterator[tuple[str, Lazy]]:
    if statement.shown_on is None and not statement.held_for:
        yield "", _("First say whether everyone may read these words. Then answer them.")


class AnswerStatement(Command):
    """Say that this is not ours, or was said differently."""

    records = "promises.statement_answered"
    may = who_answers_for_the_body
    says = _("%(by)s answered public words that somebody wrote down: %(state)s.")
    page: ClassVar[str] = "promises:statement"
    done: ClassVar[Lazy] = _("Your answer stands beside the words.")

    statement: Id[Statement]
    state: Stood = Ask(
        _("What do you say of these words?"),
        hint=_("If they are yours, go back and take them up."),
        used_for=_("Everyone reads it beside the words."),
        widget="radios",
    )
    answer: Sealed = Ask(
        _("Why?"),
        hint=_("If it was said differently, give the words and where they can be read."),
        used_for=_("It stands beside the words. Neither is taken away."),
        belongs_to="thing",
    )
    answered_on: date | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[str, Lazy]] | None:
        """Only what a body can say of words: whether they stand, or were taken back, it does not choose."""
        return [(one.value, one.label) for one in ANSWERS] if field == "state" else None

    def settle(self, statement: Statement, at: At) -> Mapping[str, Any]:
        return {"answered_on": at.date()}

    def objections(self, statement: Statement, at: At) -> Iterator[tuple[str, Lazy]]:
        yield from _open_still(statement)
        yield from _not_read(statement)
        if self.state not in ANSWERS:
            yield "state", _("Choose: it is not ours, or it was said differently.")
        if not self.answer:
            yield "answer", _("Say why. Everyone can read it beside the words.")

    def gaps(self) -> Mapping[str, Any]:
        return {"state": self.state.label}

    def apply(self, statement: Statement, entry: Recorded) -> None:
        statement.change(
            entry, state=self.state, answer=self.answer, answered_by=entry.by, answered_on=self.answered_on
        )

    def leaves(self, statement: Statement, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield tell_of(statement, statement.written_by, "statement_was_answered")


class TakeBackStatement(Command):
    """Take back what you wrote down."""

    records = "promises.statement_withdrawn"
    may = who_wrote_it_down
    says = _("%(by)s took back what they had written down.")
    page: ClassVar[str] = "promises:statements"

    statement: Id[Statement]

    def objections(self, statement: Statement, at: At) -> Iterator[tuple[str, Lazy]]:
        yield from _open_still(statement)

    def apply(self, statement: Statement, entry: Recorded) -> None:
        statement.change(entry, state=Stood.WITHDRAWN)


class LinkAct(Command):
    """Add something that was done about these public words since."""

    records = "promises.act_linked"
    may = signed_in
    says = _("%(by)s added something that was done since.")
    page: ClassVar[str] = "promises:statement"
    seen_by_line: ClassVar[Lazy] = _(
        "Everyone can read this, once somebody has read it. Your name is not shown."
    )

    statement: Id[Statement]
    act: Fresh[LinkedAct] = Ask(settled=True)
    words: Sealed = Ask(
        _("What was done?"), used_for=_("Everyone can compare it with what was said."), belongs_to="thing"
    )
    on_day: date = Ask(_("On which day?"), used_for=_("It stands in its place after the words."))
    where: Sealed = Ask(
        _("Where can that be seen?"),
        hint=_("A paper, a page or a place to look."),
        used_for=_("Anyone can check it."),
        belongs_to="thing",
        widget="line",
    )
    decision: Annotated[UUID, Ref("decisions.Decision")] | None = Ask(
        _("Which decision is it, if it is one here?"), default=None
    )
    written_on: date | None = Ask(settled=True)
    by_the_body: bool = Ask(settled=True, default=False)
    look_by: date | None = Ask(settled=True)
    shown_on: date | None = Ask(settled=True)
    version = 2
    upcasts: ClassVar[Any] = {1: lambda fields: fields | {"shown_on": fields["written_on"]}}

    def settle(self, statement: Statement, at: At) -> Mapping[str, Any]:
        works = at.by.person is not None and statement.organisation in organisations_of(
            at.by.person, at.moment
        )
        found = {"written_on": at.date(), "look_by": look_by(at.date()), "shown_on": None}
        return {**found, "by_the_body": works}

    def objections(self, statement: Statement, at: At) -> Iterator[tuple[str, Lazy]]:
        if statement.state == Stood.WITHDRAWN:
            yield "", _("Who wrote this down has taken it back. There is nothing to add to.")
        if not self.words:
            yield "words", _("Say what was done.")
        if not self.where:
            yield "where", _("Say where that can be seen.")
        if not statement.said_on <= self.on_day <= at.date():
            yield "on_day", _("Choose a day from when it was said until today.")

    def apply(self, statement: Statement, entry: Recorded) -> None:
        LinkedAct.begin(
            entry,
            id=self.act,
            statement=statement.id,
            decision=self.decision,
            words=self.words,
            where=self.where,
            on_day=self.on_day,
            written_by=entry.by,
            written_on=self.written_on,
            by_the_body=self.by_the_body,
            **at_first(self.look_by, self.shown_on),
        )
