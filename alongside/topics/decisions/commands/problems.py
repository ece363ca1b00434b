"""A problem people raise about a service or a place, carried to its result with its origin kept."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import (
    Actor,
    Ask,
    AsWhat,
    At,
    Code,
    Command,
    Fresh,
    Hand,
    Id,
    Lazy,
    Recorded,
    Ref,
    Sealed,
)
from alongside.kernel.policy import PUBLIC, anyone
from alongside.topics.decisions.commands.base import Objection, codes_offered
from alongside.topics.decisions.commands.outside import works_for
from alongside.topics.decisions.models import MeToo, Problem, ProblemAnswer, ProblemWords
from alongside.topics.decisions.policy import answers_for_it, anyone_who_is_here
from alongside.topics.people.commands.looking import look_by
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy import now_is

_ANYONE = _("Anyone can read it.")


class What(StrEnum):
    """Whether it is about a service or a place, or about one person’s life."""

    PLACE = "place"
    LIFE = "life"


class RaiseProblem(Command):
    """Say what is wrong with a service or a place."""

    records = "decisions.problem_raised"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.NAMELESS
    may = anyone
    says = _("%(by)s said what is wrong.")
    page: ClassVar[str] = "decisions:problem"
    done: ClassVar[Lazy] = _(
        "Thank you. We have it in your words. They must answer it. Come back to this page to read how."
    )
    may_be_anonymous: ClassVar[bool] = True
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)

    problem: Fresh[Problem] = Ask(settled=True)
    said: Fresh[ProblemWords] = Ask(settled=True)
    what: What = Ask(
        _("What is it about?"),
        hint=_("What is wrong in one person’s life is never made public."),
        used_for=_("It says who may read it."),
        widget="radios",
    )
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Who should mend it?"), used_for=_("They must answer you.")
    )
    where: Sealed = Ask(
        _("Which service or place is it?"),
        hint=_("For example: the day centre in Mill Street."),
        used_for=_("Others find it by this."),
        widget="line",
    )
    words: Sealed = Ask(
        _("What is wrong, in your own words?"),
        hint=_("Name no person. If your name is not shown, somebody reads it before everyone can."),
        used_for=_("Your words stay with it to the end. Nobody rewrites them."),
    )
    standing: Annotated[str, Code("problem.standings")] = Ask(
        _("How do you stand to it?"),
        hint=_("It is shown beside your words, so that people know where they come from."),
        default="unsaid",
        widget="radios",
    )
    is_named: bool = Ask(_("Show my name beside it"), default=False, widget="tick")
    is_of_body: bool | None = Ask(settled=True)
    shows_on: date | None = Ask(settled=True)  # nothing until somebody has looked, where no name stands by it
    look_by: date | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)
    rules_version: str | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[Any, Lazy]] | None:
        if field == "what":
            return [
                (What.PLACE, _("A service or a place")),
                (What.LIFE, _("My own life, or the life of one person")),
            ]
        return codes_offered("problem.standings", field, {}) if field == "standing" else None

    def settle(self, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        of_body = works_for(at.by.person, self.organisation, at.moment)
        is_named = self.is_named and at.by.person is not None and not of_body
        if at.by.typed_by is not None and works_for(at.by.typed_by, self.organisation, at.moment):
            is_named = False  # nobody puts a name in public for another beside words about their own body
        return {
            "is_of_body": of_body,
            "is_named": is_named,
            "shows_on": at.date() if is_named else None,
            "look_by": None if is_named else look_by(at.date()),
            "answer_by": pack.due("problem.answer_days", at.date()),
            "rules_version": pack.version,
            "on_day": at.date(),
        }

    def objections(self, at: At) -> Iterator[Objection]:
        if self.what == What.LIFE:
            yield (
                "what",
                _("This must not be public. Go to “Say what needs deciding”, or tell us you are worried."),
            )
        if self.is_named and at.unnamed:
            yield "is_named", _("You chose to show your name and to lock it away. Choose one of them.")
        if not self.where:
            yield "where", _("Say which service or place it is.")
        if not self.words:
            yield "words", _("Say what is wrong.")

    def apply(self, entry: Recorded) -> None:
        Problem.begin(
            entry,
            id=self.problem,
            organisation=self.organisation,
            standing=self.standing,
            is_named=self.is_named,
            is_of_body=self.is_of_body,
            raised_by=entry.by,
            raised_on=self.on_day,
            answer_by=self.answer_by,
            answer="",
            answered_on=None,
            held_for="",
            rules_version=self.rules_version,
        )
        ProblemWords.begin(
            entry,
            id=self.said,
            problem=self.problem,
            person=entry.by,
            where=self.where,
            words=self.words,
            **at_first(self.look_by, self.shows_on),
        )


class OnProblem(Command):
    """A command on a problem that is on the list."""

    page: ClassVar[str] = "decisions:problem"

    problem: Id[Problem]


class SayMeToo(OnProblem):
    """Say that you have this problem too."""

    records = "decisions.problem_shared"
    may = anyone_who_is_here
    says = _("%(by)s has this problem too.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    seen_by_line: ClassVar[Lazy] = _("Others see only how many you are.")

    row: Fresh[MeToo] = Ask(settled=True)
    standing: Annotated[str, Code("problem.standings")] = Ask(
        _("How do you stand to it?"), default="unsaid", widget="radios"
    )
    on_day: date | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        if problem.raised_by in at.by.ids:
            yield "", _("You raised it. You are counted already.")
        elif MeToo.everything.filter(problem=problem.id, person__in=at.by.ids, is_current=True).exists():
            yield "", _("You are counted already.")
        elif works_for(at.by.person, problem.organisation, at.moment):
            yield "", _("You work for those who must answer it. Tell them inside, or raise it yourself.")

    def apply(self, problem: Problem, entry: Recorded) -> None:
        MeToo.begin(
            entry,
            id=self.row,
            problem=problem.id,
            person=entry.by,
            standing=self.standing,
            said_on=self.on_day,
            is_current=True,
        )


class NoLongerMe(OnProblem):
    """Say that you do not have this problem any more."""

    records = "decisions.problem_unshared"
    may = anyone_who_is_here
    says = _("%(by)s does not have this problem any more.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)

    replaces: list[UUID] | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        mine = MeToo.everything.filter(problem=problem.id, person__in=at.by.ids, is_current=True)
        return {"replaces": list(mine.values_list("id", flat=True))}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        if not self.replaces:
            yield "", _("You are not counted here.")
        elif works_for(at.by.typed_by, problem.organisation, at.moment):
            yield "", _("You work for the body that must answer it. Somebody else must write that down.")

    def apply(self, problem: Problem, entry: Recorded) -> None:
        for pk in self.replaces or ():
            MeToo.everything.get(id=pk).change(entry, is_current=False)


class AnswerProblem(OnProblem):
    """Answer this problem."""

    records = "decisions.problem_answered"
    may = answers_for_it
    says = _("%(by)s answered this problem.")

    row: Fresh[ProblemAnswer] = Ask(settled=True)
    answer: Annotated[str, Code("problem.answers")] = Ask(
        _("What do you answer?"), used_for=_("We tell whoever raised it, if we know them."), widget="radios"
    )
    words: Sealed = Ask(_("Why?"), hint=_("Name no person."), used_for=_ANYONE, belongs_to="thing")
    would_change: Sealed = Ask(
        _("If not now: what would change your answer?"),
        hint=_("Something people can do or wait for."),
        needed=_("needed, if not now"),
        default="",
        belongs_to="thing",
    )
    on_day: date | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        if not self.words:
            yield "words", _("Say why.")
        item = rules.here(at.date()).item("problem.answers", self.answer)
        if item["needs_change"] and not self.would_change:
            yield "would_change", _("Say what would change your answer.")

    def apply(self, problem: Problem, entry: Recorded) -> None:
        ProblemAnswer.begin(
            entry,
            id=self.row,
            problem=problem.id,
            answer=self.answer,
            words=self.words,
            would_change=self.would_change or None,
            office=entry.office,
            on_day=self.on_day,
        )
        problem.change(entry, answer=self.answer, answered_on=self.on_day)


def people_of_problem(problem: UUID) -> list[UUID]:
    """Who raised it and who has it too: they are told at each step. Who gave no name cannot be."""
    row = Problem.everything.get(id=problem)
    shared = MeToo.everything.filter(problem=problem, is_current=True).values_list("person", flat=True)
    who = {now_is(one) for one in (row.raised_by, *shared)}  # of two records that were joined, one is told
    return sorted(who - {PUBLIC})
