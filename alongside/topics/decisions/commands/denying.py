"""What somebody typed for a person, and the person says that they did not say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, Command, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import OnDecision
from alongside.topics.decisions.commands.problems import OnProblem

OF_A_MATTER: tuple[Any, ...] = (
    models.AgreedWord,
    models.BenefitAnswer,
    models.Effect,
    models.HowItWent,
    models.Judgement,
    models.Trial,
    models.View,
)


class SetAsideTyped(OnDecision):
    """Set aside what was typed for somebody who says that they did not say it."""

    records = "decisions.typed_set_aside"
    may = the_installation
    says = _("What was typed for somebody was not what they said. It counts no more.")
    only_as_consequence = True
    person_is_named: ClassVar[bool] = False

    rows: list[UUID] = Ask(settled=True, default=[])

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for model in OF_A_MATTER:
            for row in model.everything.filter(id__in=self.rows, decision=decision.id).order_by("id"):
                row.change(entry, is_current=False)


class SetAsideTypedOfProblem(OnProblem):
    """Set aside what was typed of a problem for somebody who says that they did not say it."""

    records = "decisions.problem_typed_set_aside"
    may = the_installation
    says = _("What was typed for somebody was not what they said. It counts no more.")
    only_as_consequence = True

    rows: list[UUID] = Ask(settled=True, default=[])

    def apply(self, problem: models.Problem, entry: Recorded) -> None:
        for model in (models.MeToo, models.ProblemResult):
            for row in model.everything.filter(id__in=self.rows, problem=problem.id).order_by("id"):
                row.change(entry, is_current=False)


def set_aside(thing: UUID, rows: list[UUID]) -> Iterator[Command]:
    """The command that sets aside what an act on this thing wrote."""
    if models.Decision.everything.filter(id=thing).exists():
        yield SetAsideTyped(decision=thing, rows=rows)
    elif models.Problem.everything.filter(id=thing).exists():
        yield SetAsideTypedOfProblem(problem=thing, rows=rows)
