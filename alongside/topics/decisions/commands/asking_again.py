"""Too few judged a change: those it affects are asked again, in other ways, and have their time once more."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import NEEDED, Ask, At, Fresh, Lazy, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.changing import MORE_THAN_ALL, may_be_judged
from alongside.topics.decisions.commands.gating import (
    OnChange,
    measure_of,
    pack_of_change,
    step_of_change,
    tally_of,
)
from alongside.topics.decisions.commands.lots import AGAIN
from alongside.topics.decisions.engine import counted
from alongside.topics.decisions.models import Change, ChangeStep
from alongside.topics.decisions.policy import runs_a_change, who_decides


class AskAgain(OnChange):
    """Give those it affects more time, and ask them again in other ways."""

    records = "decisions.judgement_asked_again"
    may = who_decides | runs_a_change
    says = _("%(by)s gave those it affects more time to judge this change, and asked them in other ways.")
    lead: ClassVar[Lazy] = _("Whoever has judged it need not do so again. What they said counts.")
    done: ClassVar[Lazy] = _("They have their time once more. Where there is a list, send word to it now.")

    step: Fresh[ChangeStep] = Ask(settled=True)
    ways: Sealed = Ask(
        _("How do you ask them this time, and who helps them to answer?"),
        hint=_(
            "For example: by letter, by telephone, or through a user-led organisation that goes to people."
        ),
        used_for=_("Anyone can read how they were asked."),
        belongs_to="thing",
    )
    reached: int | None = Ask(
        _("How many of them has it reached by now, as far as you know?"),
        hint=_("Count those you reached the first time too, each person once."),
        used_for=_("Anyone can see how many were reached, out of all."),
        needed=NEEDED,
        default=None,
        ge=0,
        le=10_000_000,
    )
    judge_by: date | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        today = at.date()
        return {"on_day": today, "judge_by": pack_of_change(change).due("change.judge_days", today)}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        at: At = rest[-1]
        yield from super().objections(decision, change)
        yield from may_be_judged(change, at)
        yield from why_not_again(change, at.date())
        if not self.ways:
            yield "ways", _("Say how you ask them this time.")
        if self.reached is None:
            yield "reached", _("Say how many of them it has reached by now. You can write 0.")
        elif self.reached > change.size:
            yield "reached", MORE_THAN_ALL

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        step_of_change(self, change, entry, AGAIN, self.ways, reached=self.reached)
        reached = change.reached if self.reached is None else self.reached  # it was not always asked
        change.change(entry, judge_by=self.judge_by, reached=reached)


def why_not_again(change: Change, today: date) -> Iterator[Objection]:
    """Nobody is asked until the answer suits: only where too few came, and only once their time is up."""
    if change.judge_by is None:
        yield "", _("They have not been asked yet. Ask those it affects to judge it.")
    elif change.judge_by >= today:
        yield "", _("Their time to judge is not up.")
    elif counted.is_heard(tally_of(change), measure_of(change)):
        yield "", _("Enough have judged it. What they said stands: nobody is asked until they say yes.")
