"""What was joined wrongly is parted: a decision that does not come from a problem is said not to."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.outside import typist, works_for
from alongside.topics.decisions.commands.problems import OnProblem
from alongside.topics.decisions.models import NotMine, Origin, Parted, Problem
from alongside.topics.decisions.policy import answers_for_it, first_said_it


def must_be_joined(problem: Problem, origin: Origin) -> Iterator[Objection]:
    if origin.problem != problem.id:
        yield "origin", _("That belongs to another problem. Open the right page and choose again.")
    elif origin.ended_on is not None:
        yield "origin", _("They are parted already.")


class SayNotMine(OnProblem):
    """Say that this decision does not come from what you said."""

    records = "decisions.origin_not_mine"
    may = first_said_it
    says = _("%(by)s said that a decision does not come from what they said. It is no origin of it.")
    says_to_you = _("You said that a decision does not come from what you said. It is no origin of it.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)
    done: ClassVar[Lazy] = _("Thank you. It no longer says that it comes from what you said.")
    seen_by_line: ClassVar[Lazy] = _("Anyone can see that you said so. Those who must answer read why.")

    row: Fresh[NotMine] = Ask(settled=True)
    origin: Id[Origin] = Ask(
        _("Which decision is it?"), used_for=_("It then no longer counts as coming from you.")
    )
    words: Sealed = Ask(_("What did you mean instead?"), default="")
    on_day: date | None = Ask(settled=True)

    def settle(self, problem: Problem, origin: Origin, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, problem: Problem, origin: Origin, at: At) -> Iterator[Objection]:
        yield from must_be_joined(problem, origin)
        if works_for(typist(at), problem.organisation, at.moment):
            yield "", _("You work for the body that must answer it. Somebody else must write that down.")

    def apply(self, problem: Problem, origin: Origin, entry: Recorded) -> None:
        origin.change(entry, ended_on=self.on_day, ended_as=Parted.NOT_MINE)
        NotMine.begin(
            entry,
            id=self.row,
            problem=problem.id,
            origin=origin.id,
            person=entry.by,
            words=self.words or None,
            on_day=self.on_day,
        )


class UndoCarrying(OnProblem):
    """Undo it: this decision does not come from this problem."""

    records = "decisions.origin_undone"
    may = answers_for_it
    says = _("%(by)s undid it: the decision does not come from this problem.")

    origin: Id[Origin] = Ask(_("Which decision is it?"), used_for=_("It then no longer stands there."))
    words: Sealed = Ask(
        _("Why was it joined wrongly?"), used_for=_("It stays in the record."), belongs_to="thing"
    )
    on_day: date | None = Ask(settled=True)

    def settle(self, problem: Problem, origin: Origin, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, problem: Problem, origin: Origin, at: At) -> Iterator[Objection]:
        yield from must_be_joined(problem, origin)
        if not self.words:
            yield "words", _("Say why.")

    def apply(self, problem: Problem, origin: Origin, entry: Recorded) -> None:
        origin.change(entry, ended_on=self.on_day, ended_as=Parted.UNDONE)


def says_it_is_not_theirs(problem: UUID, decision: UUID) -> bool:
    """Whether the one who first said it has said of this decision that it does not come from them."""
    return Origin.everything.filter(problem=problem, decision=decision, ended_as=Parted.NOT_MINE).exists()
