"""What becomes of a problem: the decision it leads to, and its result."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.outside import typist, works_for
from alongside.topics.decisions.commands.parting import says_it_is_not_theirs
from alongside.topics.decisions.commands.problems import OnProblem
from alongside.topics.decisions.models import MeToo, Origin, Problem, ProblemResult, Works
from alongside.topics.decisions.policy import answers_for_it, anyone_who_is_here, first_said_it
from alongside.topics.people.commands.looking import waits_from
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy import over_earlier


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
        known = Origin.everything.filter(
            problem=problem.id, decision=decision.id, option=self.option, ended_on=None
        )
        if known.exists():
            yield "decision", _("That is written down already.")
        if problem.raised_by not in at.by.ids and says_it_is_not_theirs(problem.id, decision.id):
            yield (
                "decision",
                _("Whoever first said it says that this does not come from it. Only they can join it again."),
            )

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
            ended_on=None,
            ended_as="",
        )


class SayIfBetter(OnProblem):
    """Say whether this problem is better now."""

    records = "decisions.problem_judged"
    may = anyone_who_is_here
    says = _("%(by)s said whether this problem is better now.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_WHOM)

    row: Fresh[ProblemResult] = Ask(settled=True)
    better: Works = Ask(
        _("Is it better now?"),
        used_for=_("The result is what those who have the problem say."),
        widget="radios",
    )
    words: Sealed = Ask(_("What has changed, or not?"), hint=_("Name no person."), default="")
    may_be_read: bool = Ask(_("Anyone may read my words, without my name"), default=False, widget="tick")
    look_by: date | None = Ask(settled=True)
    is_raiser: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_beside: bool | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        mine = ProblemResult.everything.filter(problem=problem.id, person__in=at.by.ids, is_current=True)
        return {
            "is_raiser": problem.raised_by in at.by.ids,
            **over_earlier(mine.order_by("id"), typist(at)),
            "on_day": at.date(),
            "look_by": waits_from(at.date(), may_be_read=self.may_be_read, words=self.words),
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
            **at_first(self.look_by),
            typist=self.typed,
            is_current=not self.is_beside,
            heard=None if self.is_beside else entry.number,
            on_day=self.on_day,
        )
