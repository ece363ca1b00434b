"""Numbers that were promised: which they are, how many it is now as each side says, and words put right."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.topics.people.policy import organisations_of
from alongside.topics.promises.commands.telling import tell_all
from alongside.topics.promises.models import Correction, Figure, NumberIs, OfferedWords, Promise, Verdict
from alongside.topics.promises.policy import (
    answers_for_it,
    its_owner,
    its_owners_manager,
    whom_it_was_made_to,
)

IN_NUMBERS = _("If there is a number in it")
MOST = 10_000_000_000


NUMBER: Any = Ask(
    _("Is there a number in it? How many?"),
    hint=_("Type it as a figure, such as 40. Leave this blank if there is none."),
    used_for=_("It stands beside how many it is now, as each side says."),
    default=None,
    ge=0,
    le=MOST,
)


def _number_of(belongs_to: str) -> Any:
    return Ask(
        _("Of what is it a number?"),
        hint=_("For example: hours a week, days, seats."),
        default="",
        belongs_to=belongs_to,
        widget="line",
    )


NUMBER_OF, NUMBER_OF_PLACE = _number_of("person"), _number_of("thing")
NUMBER_IS: Any = Ask(
    _("Just that many, or more or fewer?"), default=None, blank=_("There is no number in it")
)
OUT_OF: Any = Ask(_("Out of how many, if it is a part of something?"), default=None, ge=1, le=MOST)


class WithNumber(Protocol):
    """What asks for a number: how many, of what, how it is meant, and out of how many."""

    @property
    def number(self) -> int | None: ...
    @property
    def number_of(self) -> Sealed: ...
    @property
    def number_is(self) -> NumberIs | None: ...
    @property
    def out_of(self) -> int | None: ...


def meant(asked: WithNumber) -> NumberIs | None:
    """How a number is meant: just this many, where nothing else is said."""
    return asked.number_is or (NumberIs.JUST if asked.number is not None else None)


def wrong_number(asked: WithNumber) -> Iterator[tuple[str, Lazy]]:
    """What is wrong with a number that was promised."""
    if asked.number is None:
        if asked.number_of or asked.out_of or asked.number_is:
            yield "number", _("Type the number too, or leave the other answers about it blank.")
    elif not asked.number_of:
        yield "number_of", _("Say of what it is a number, such as hours, days or seats.")
    elif asked.out_of is not None and asked.number > asked.out_of:
        yield "out_of", _("A part is no more than the whole.")


class SayFigure(Command):
    """Say how many it is now."""

    records = "promises.figure_said"
    may = its_owner | its_owners_manager | whom_it_was_made_to
    says = _("%(by)s said how many it is now. It is no verdict.")
    page: ClassVar[str] = "promises:promise"
    lead: ClassVar[Lazy] = _("Only those it was promised to say whether it was kept.")
    done: ClassVar[Lazy] = _("Thank you. Your number stands beside what was promised.")

    promise: Id[Promise]
    figure: Fresh[Figure] = Ask(settled=True)
    number: int = Ask(
        _("How many is it now?"),
        hint=_("Type it as a figure, such as 28."),
        used_for=_("Whoever can read the promise reads it, with the day and your side of the promise."),
        ge=0,
        le=MOST,
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    by_owner: bool = Ask(settled=True, default=False)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        return {"person": promise.person, "said_on": at.date(), "by_owner": is_of_the_body(promise, at)}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if promise.number is None:
            yield "", _("No number was promised here. Say how it goes in your own words.")
        elif promise.out_of is not None and self.number > promise.out_of:
            yield "number", _("A part is no more than the whole.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        Figure.begin(
            entry,
            id=self.figure,
            promise=promise.id,
            number=self.number,
            said_by=entry.by,
            said_on=self.said_on,
            by_owner=self.by_owner,
        )


def is_of_the_body(promise: Promise, at: At) -> bool:
    """Whoever works for the body that promised speaks for that body, whatever else they belong to."""
    person = at.by.person
    works_there = person is not None and promise.organisation in organisations_of(person, at.moment)
    return works_there or answers_for_it(promise, person, at.moment)


class PutPromiseRight(Command):
    """Put the words of this promise right."""

    records = "promises.put_right"
    may = its_owner | its_owners_manager
    says = _("%(by)s put the words of this promise right. The words from before are kept.")
    page: ClassVar[str] = "promises:promise"
    later: ClassVar[tuple[str, ...]] = ("number", "number_of", "number_is", "out_of")
    later_says: ClassVar[Lazy] = IN_NUMBERS

    promise: Id[Promise]
    correction: Fresh[Correction] = Ask(settled=True)
    what: Sealed = Ask(
        _("What does the promise say?"),
        hint=_("For a slip of the pen, on the day it was made. A promise cannot be taken back."),
        used_for=_("The people it was made to judge these words."),
        belongs_to="person",
    )
    why: Sealed = Ask(
        _("What was wrong?"),
        used_for=_("The people it was made to see what changed and why."),
        belongs_to="person",
    )
    number: int | None = Ask(
        _("Is its number wrong? Which is right?"),
        hint=_("Leave this blank to leave the number as it is."),
        default=None,
        ge=0,
        le=MOST,
    )
    number_of: Sealed = NUMBER_OF
    number_is: NumberIs | None = NUMBER_IS
    out_of: int | None = OUT_OF
    person: UUID | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        return {"person": promise.person, "on_day": at.date(), "number_is": meant(self)}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if not self.what:
            yield "what", _("Type the words of the promise.")
        if not self.why:
            yield "why", _("Say what was wrong.")
        yield from wrong_number(self)
        if OfferedWords.everything.filter(promise=promise.id, state="waiting").exists():
            yield "", _("Other words are waiting for their answer. Wait for that first.")
        if Verdict.everything.filter(promise=promise.id, is_held=False).exists():
            yield "", _("Somebody has said how it went. Leave this promise as it is, and make a new one.")
        elif promise.due_on < at.date():
            yield "", _("Its day is past. Leave this promise as it is, and make a new one.")
        elif promise.decision is not None:
            yield "", _("It was promised in a decision. Leave it, and make a new promise or a new decision.")
        elif promise.made_on < at.date():
            yield "", _("People go by these words already. Leave this promise as it is, and make a new one.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        Correction.begin(
            entry,
            id=self.correction,
            promise=promise.id,
            was=promise.what,
            was_number=promise.number,
            was_number_is=promise.number_is,
            was_out_of=promise.out_of,
            was_number_of=promise.number_of,
            why=self.why,
            by=entry.by,
            on_day=self.on_day,
        )
        promise.change(entry, what=self.what)
        if self.number is not None:
            promise.change(
                entry,
                number=self.number,
                number_is=self.number_is,
                out_of=self.out_of,
                number_of=self.number_of or None,
            )

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return tell_all(promise.id, "promise_put_right", recorded.by)
