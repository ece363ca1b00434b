"""What becomes of a problem: its words held back or shown, the decision it leads to, and its result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Code, Fresh, Id, Lazy, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.problems import OnProblem
from alongside.topics.decisions.commands.standing import typist, works_for
from alongside.topics.decisions.models import MeToo, Origin, Problem, ProblemResult, ProblemWords, Works
from alongside.topics.decisions.policy import answers_for_it, anyone_who_is_here, first_said_it
from alongside.topics.people.policy import looks_at_words


class HoldWords(OnProblem):
    """Hold back the words of this problem, and say why. The problem itself stays."""

    records = "decisions.problem_words_held"
    may = looks_at_words
    says = _("%(by)s held back the words of this problem. The problem stays on the list.")
    strong = True

    reason: Annotated[str, Code("problem.held_reasons")] = Ask(
        _("Why?"), used_for=_("Anyone can see that words are held back, and why."), widget="radios"
    )
    words: UUID | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        return {"words": ProblemWords.everything.get(problem=problem.id).id}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        if problem.held_for:
            yield "", _("They are held back already.")
        if problem.raised_by in at.by.ids:
            yield "", _("These are your own words. Somebody else must look.")

    def apply(self, problem: Problem, entry: Recorded) -> None:
        ProblemWords.everything.get(id=self.words).change(entry, is_held=True)
        problem.change(entry, held_for=self.reason)


class ShowWords(OnProblem):
    """Show the words of this problem to everyone. You have read them, and they point to no person."""

    records = "decisions.problem_words_shown"
    may = looks_at_words
    says = _("%(by)s looked at the words of this problem, and showed them to everyone.")
    title: ClassVar[Lazy] = _("Show these words to everyone?")
    lead: ClassVar[Lazy] = _(
        "Read them first. Do they name or point to a person, or put somebody in danger? Then hold them back."
    )
    button: ClassVar[Lazy] = _("Show them")

    words: UUID | None = Ask(settled=True)
    shows_on: date | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        row = ProblemWords.everything.get(problem=problem.id)
        return {"words": row.id, "shows_on": row.shows_on or at.date()}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        row = ProblemWords.everything.get(problem=problem.id)
        if not row.is_held and row.shows_on is not None:
            yield "", _("Everyone can read them already.")
        if problem.raised_by in at.by.ids:
            yield "", _("These are your own words. Somebody else must look.")

    def apply(self, problem: Problem, entry: Recorded) -> None:
        row = ProblemWords.everything.get(id=self.words)
        row.change(entry, is_held=False, shows_on=self.shows_on or row.shows_on)
        problem.change(entry, held_for="")


class CarryProblem(OnProblem):
    """Say which decision, or which way in it, comes from this problem."""

    records = "decisions.problem_carried"
    may = answers_for_it | first_said_it
    says = _("%(by)s said which decision comes from this problem.")

    row: Fresh[Origin] = Ask(settled=True)
    decision: Id[models.Decision] = Ask(
        _("Which decision comes from it?"), used_for=_("Its origin is shown there, down to the result.")
    )
    option: Id[models.Option] | None = Ask(_("Which way in that decision comes from it?"), default=None)
    on_day: date | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[Any, Lazy]] | None:
        if field != "decision":
            return None
        found = models.Decision.objects.seen_by(actor).filter(about="place", state="open")
        return [(row.pk, str(row.title)) for row in found.order_by("-raised_at")[:200]]

    def settle(self, problem: Problem, *rest: Any) -> Mapping[str, Any]:
        return {"on_day": rest[-1].date()}

    def objections(
        self, problem: Problem, decision: models.Decision, option: models.Option | None, at: At
    ) -> Iterator[Objection]:
        if decision.is_about_person:
            yield (
                "decision",
                _("That is about one person’s life. A problem here leads to a place’s decision."),
            )
        if option is not None and option.decision != decision.id:
            yield "option", _("That belongs to another decision. Open the right page and choose again.")
        known = Origin.everything.filter(problem=problem.id, decision=decision.id, option=self.option)
        if known.exists():
            yield "decision", _("That is written down already.")

    def apply(
        self, problem: Problem, decision: models.Decision, option: models.Option | None, entry: Recorded
    ) -> None:
        Origin.begin(
            entry,
            id=self.row,
            decision=decision.id,
            problem=problem.id,
            from_change=None,
            option=self.option,
            on_day=self.on_day,
        )


class SayIfBetter(OnProblem):
    """Say whether this problem is better now."""

    records = "decisions.problem_judged"
    may = anyone_who_is_here
    says = _("%(by)s said whether this problem is better now.")
    assisted: ClassVar[bool] = True

    row: Fresh[ProblemResult] = Ask(settled=True)
    better: Works = Ask(
        _("Is it better now?"),
        used_for=_("The result is what those who have the problem say."),
        widget="radios",
    )
    words: Sealed = Ask(_("What has changed, or not?"), hint=_("Name no person."), default="")
    may_be_read: bool = Ask(_("Anyone may read my words, without my name"), default=False, widget="tick")
    is_raiser: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        mine = ProblemResult.everything.filter(problem=problem.id, person__in=at.by.ids, is_current=True)
        return {
            "is_raiser": problem.raised_by in at.by.ids,
            "replaces": list(mine.values_list("id", flat=True)),
            "on_day": at.date(),
        }

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        shares = MeToo.everything.filter(problem=problem.id, person__in=at.by.ids)
        if not self.is_raiser and not shares.exists():
            yield "", _("Only those who have this problem can say that. Say “me too” first.")
        writer = typist(at)
        if writer is not None and works_for(writer, problem.organisation, at.moment):
            yield (
                "",
                _("You work for the body that must mend this. Somebody else must write down their answer."),
            )
        if writer is not None and self.may_be_read:
            yield "may_be_read", _("Only they themself can let anyone read their words.")

    def apply(self, problem: Problem, entry: Recorded) -> None:
        for pk in self.replaces or ():
            ProblemResult.everything.get(id=pk).change(entry, is_current=False)
        ProblemResult.begin(
            entry,
            id=self.row,
            problem=problem.id,
            person=entry.by,
            is_raiser=self.is_raiser,
            better=self.better,
            words=self.words or None,
            may_be_read=self.may_be_read,
            is_current=True,
            on_day=self.on_day,
        )
