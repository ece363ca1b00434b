"""What somebody typed for a person, and the person says that they did not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.answering import ConfirmView
from alongside.topics.decisions.commands.base import OnDecision
from alongside.topics.decisions.commands.problems import OnProblem
from alongside.topics.people.commands.looking import look_by

OF_A_MATTER: tuple[Any, ...] = (
    models.AgreedWord,
    models.BenefitAnswer,
    models.Effect,
    models.HowItWent,
    models.Judgement,
    models.Trial,
    models.View,
)
KEEP_THAT_IT_WAS_DENIED = (models.Judgement, models.View)
CONFIRMS = {"decisions.view_confirmed": "view", "decisions.telling_confirmed": "telling"}  # kind: of what


class SetAsideTyped(OnDecision):
    """Set aside what was typed for somebody who says that they did not say it."""

    records = "decisions.typed_set_aside"
    may = the_installation
    says = _("What was typed for somebody was not what they said. It counts no more.")
    only_as_consequence = True
    person_is_named: ClassVar[bool] = False

    rows: list[UUID] = Ask(settled=True, default=[])
    unconfirmed: list[UUID] = Ask(settled=True, default=[])  # what was confirmed in their name

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for model in OF_A_MATTER:
            denied = {"denied": entry.number} if model in KEEP_THAT_IT_WAS_DENIED else {}
            for row in model.everything.filter(id__in=self.rows, decision=decision.id).order_by("id"):
                row.change(entry, is_current=False, **denied)
        for sign in models.Signature.everything.filter(id__in=self.rows, decision=decision.id, left_at=None):
            sign.change(entry, left_at=entry.at)
        for sits in models.Decider.everything.filter(id__in=self.rows, decision=decision.id, until_at=None):
            sits.change(entry, until_at=entry.at)
        nobody = {"confirmed_by": None, "confirmed_at": None}
        for view in models.View.everything.filter(id__in=self.unconfirmed, decision=decision.id):
            view.change(entry, denied=entry.number, **nobody)
        for telling in models.Telling.everything.filter(id__in=self.unconfirmed, decision=decision.id):
            telling.change(entry, **nobody)


class SetAsideTypedOfProblem(OnProblem):
    """Set aside what was typed of a problem for somebody who says that they did not say it."""

    records = "decisions.problem_typed_set_aside"
    may = the_installation
    says = _("What was typed for somebody was not what they said. It counts no more.")
    only_as_consequence = True

    rows: list[UUID] = Ask(settled=True, default=[])
    look_by: date | None = Ask(settled=True)

    def settle(self, problem: models.Problem, at: At) -> Mapping[str, Any]:
        return {"look_by": look_by(at.date())}

    def apply(self, problem: models.Problem, entry: Recorded) -> None:
        if problem.id in self.rows and problem.is_named:
            problem.change(entry, is_named=False)
            words = models.ProblemWords.everything.get(problem=problem.id)
            words.change(entry, look_by=self.look_by, shown_on=None)
        for model in (models.MeToo, models.ProblemResult):
            for row in model.everything.filter(id__in=self.rows, problem=problem.id).order_by("id"):
                row.change(entry, is_current=False)


def set_aside(thing: UUID, rows: list[UUID], kind: str, fields: Mapping[str, Any]) -> Iterator[Command]:
    """The command that sets aside what an act of this kind on this thing wrote, or confirmed."""
    if models.Decision.everything.filter(id=thing).exists():
        confirmed = [UUID(str(fields[CONFIRMS[kind]]))] if kind in CONFIRMS else []
        yield SetAsideTyped(decision=thing, rows=rows, unconfirmed=confirmed)
    elif models.Problem.everything.filter(id=thing).exists():
        yield SetAsideTypedOfProblem(problem=thing, rows=rows)


def meant(thing: UUID, rows: list[UUID], person: UUID) -> Iterator[Command]:
    """What makes an answer that was typed for somebody theirs, once they say that it is: where it waits for
    that or was set aside, and they have said nothing themself since."""
    open_one = models.Decision.everything.filter(id=thing, state=models.State.OPEN)
    if not open_one.exists():
        return
    theirs = models.View.everything.filter(decision=thing, person=person)
    for view in theirs.filter(id__in=rows, typist__isnull=False, confirmed_by=None).exclude(typist=person):
        later = theirs.filter(said_by=view.said_by, is_current=True, said_at__gt=view.said_at)
        if not later.exclude(id=view.id).exists():
            yield ConfirmView(decision=thing, view=view.id)
