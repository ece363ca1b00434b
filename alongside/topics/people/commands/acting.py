"""Letting a program act for oneself, and stopping it: by one's own hand alone.

At a terminal, and with a token that was made there, nobody knows who is at the keys, and next to nothing is
taken. What a program does with the token of a person who let it in, that person does.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Recorded, Sealed
from alongside.topics.people.commands.checks import (
    PeopleCommand,
    Reasons,
    not_by_code,
    not_by_program,
    not_in_use,
    the_person_here,
    without_name,
)
from alongside.topics.people.models import ActingProgram, Person
from alongside.topics.people.policy import is_the_person

USUALLY, AT_MOST = timedelta(days=30), timedelta(days=92)  # how long one may act: long enough to be noticed


class LetProgramAct(PeopleCommand):
    """Let a program act for you."""

    records = "people.program_let_in"
    may = the_person_here
    says = _("%(by)s let a program act for them.")
    says_to_you = _("You let a program act for you.")
    judged_on = "person"
    page = "people:program"
    lead = _("It can see what you see here, and do what you can do here. What it does counts as yours.")
    button = _("Let it act for me")
    done = _("It may act for you now. Copy its token: we show it for ten minutes.")

    program: Fresh[ActingProgram] = Ask(settled=True)
    person: Id[Person]
    name: Sealed = Ask(
        _("What do you call this program?"),
        used_for=_("You, to tell it from others."),
        widget="line",
        belongs_to="person",
    )
    until: date | None = Ask(
        _("What is the last day it may act for you?"),
        hint=_("At most three months from today. If you say nothing, it is 30 days."),
        default=None,
    )
    is_strong: bool = Ask(
        _("It may also decide about other people, as I can with my passkey"),
        hint=_("Only for people whose work it is. Leave this blank if you are not sure."),
        default=False,
    )

    def settle(self, person: Person, at: At) -> Mapping[str, Any]:
        return {"until": self.until or at.date() + USUALLY}

    def objections(self, person: Person, at: At) -> Reasons:
        yield from not_in_use(person)
        yield from not_by_code(at)
        yield from without_name(self.name)
        yield from not_by_program(person.id, at)
        if self.until is not None and not at.date() <= self.until <= at.date() + AT_MOST:
            yield "until", _("Choose a day from today on, at most three months from now.")
        if self.is_strong and not at.by.strong:
            yield ("is_strong", _("For this, sign in with your passkey or your council account."))

    def about(self, person: Person, at: At) -> Any:
        return person.id

    def apply(self, person: Person, entry: Recorded) -> None:
        ActingProgram.begin(
            entry,
            id=self.program,
            person=person.id,
            name=self.name,
            is_strong=self.is_strong,
            since=entry.at,
            until=self.until,
            ended_at=None,
        )


class StopProgram(PeopleCommand):
    """Stop this program from acting for you."""

    records = "people.program_stopped"
    may = is_the_person()
    says = _("%(by)s stopped a program from acting for them.")
    says_to_you = _("You stopped a program from acting for you.")
    page = "people:program"
    lead = _("It stops at once. What it has done for you stays, until you take it back.")
    button = _("Stop it")
    done = _("It cannot act for you any more.")

    program: Id[ActingProgram]

    def objections(self, program: ActingProgram, at: At) -> Reasons:
        yield from not_by_code(at)
        if program.ended_at is not None:
            yield "", _("It was stopped already.")

    def about(self, program: ActingProgram, at: At) -> Any:
        return program.person

    def apply(self, program: ActingProgram, entry: Recorded) -> None:
        program.change(entry, ended_at=entry.at)
