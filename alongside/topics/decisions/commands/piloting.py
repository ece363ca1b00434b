"""A try-out says when it stops, and nothing wider starts before it was evaluated against that."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.gating import OnChange, pack_of_change, plan_of, refused_by, tally_of
from alongside.topics.decisions.engine import fitness, gates
from alongside.topics.decisions.models import Change, Evaluation, Pilot, Works
from alongside.topics.decisions.policy import who_decides

_ANYONE = _("Anyone can read it.")


class StopWhen(StrEnum):
    """On which side of the number a try-out stops."""

    ABOVE = "above"
    BELOW = "below"


class SetOutPilot(OnChange):
    """Set out this try-out: where, for how long, what you expect, and when you would stop."""

    records = "decisions.pilot_set_out"
    may = who_decides
    says = _("%(by)s set out this try-out, and when it would stop.")

    pilot: Fresh[Pilot] = Ask(settled=True)
    where: Sealed = Ask(_("Where is it tried out?"), used_for=_ANYONE, belongs_to="thing", widget="line")
    until_on: date = Ask(_("Until which day?"), used_for=_("Those it affects judge it by then."))
    predicts: Sealed = Ask(
        _("What do you expect to happen?"),
        used_for=_("It is held against what happened."),
        belongs_to="thing",
    )
    checks_on: date = Ask(_("On which day is that checked?"), used_for=_ANYONE)
    measured: Sealed = Ask(
        _("What is measured, and how?"), used_for=_("It is held against what happened."), belongs_to="thing"
    )
    judges: Sealed = Ask(
        _("Who judges it?"),
        hint=_("Those it affects do, those who left among them. Say how you reach them."),
        used_for=_ANYONE,
        belongs_to="thing",
    )
    stop_rule: Sealed = Ask(
        _("When would you stop it?"),
        hint=_("For example: if more than 5 people lose help they had."),
        used_for=_("When this is met, it may not be made wider."),
        belongs_to="thing",
    )
    stop_number: int | None = Ask(
        _("Is there a number at which you stop?"), default=None, ge=0, le=10_000_000
    )
    stop_when: StopWhen = Ask(
        _("Do you stop above that number, or below it?"), default=StopWhen.ABOVE, widget="radios"
    )

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        today = rest[-1].date()
        yield from super().objections(decision, change)
        if not change.is_pilot:
            yield "", _("This is not a try-out.")
        elif change.state != gates.PROPOSED or Pilot.everything.filter(of_change=change.id).exists():
            yield "", _("This is set out already. To try something else out, propose it anew.")
        longest = pack_of_change(change).due("change.pilot.longest_months", today)
        if not today < self.until_on <= longest:
            yield "until_on", _("Choose a day to come, and no later than the rules allow.")
        elif not today < self.checks_on <= self.until_on:
            yield "checks_on", _("Check it before the try-out ends.")
        for name in ("where", "predicts", "measured", "judges", "stop_rule"):
            if not getattr(self, name):
                yield name, _("Write this down. Nothing starts without it.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        Pilot.begin(
            entry,
            id=self.pilot,
            decision=decision.id,
            of_change=change.id,
            where=self.where,
            until_on=self.until_on,
            predicts=self.predicts,
            checks_on=self.checks_on,
            measured=self.measured,
            judges=self.judges,
            stop_rule=self.stop_rule,
            stop_number=self.stop_number,
            stop_when=self.stop_when,
        )


class EvaluatePilot(OnChange):
    """Write down what came of this try-out, held against when it should stop."""

    records = "decisions.pilot_evaluated"
    may = who_decides
    says = _("%(by)s wrote down what came of this try-out.")
    strong = True

    evaluation: Fresh[Evaluation] = Ask(settled=True)
    happened: Sealed = Ask(
        _("What happened, held against the rule for stopping?"), used_for=_ANYONE, belongs_to="thing"
    )
    number: int | None = Ask(
        _("What was the number?"),
        needed=_("needed, if it stops by a number"),
        default=None,
        ge=0,
        le=10_000_000,
    )
    is_stop_met: bool = Ask(
        _("The rule for stopping is met"),
        hint=_("If the number says so, it is met whatever you choose here."),
        default=False,
    )
    came: Works = Ask(
        _("Did what you expected come?"), used_for=_("Anyone can see what was expected, and what came.")
    )
    met: bool | None = Ask(settled=True)
    counted: list[int] | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        pilot = Pilot.everything.filter(of_change=change.id).first()
        crossed = pilot is not None and fitness.crosses(self.number, pilot.stop_number, pilot.stop_when)
        tally = tally_of(change)
        counted = [tally.heard, tally.whom, tally.left or 0, tally.left_asked or 0, tally.left_heard]
        return {"met": self.is_stop_met or crossed, "counted": counted, "on_day": at.date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        today = rest[-1].date()
        yield from super().objections(decision, change)
        plan = plan_of(decision, change, today)
        if not self.met or not plan.is_pilot or plan.state in (gates.PROPOSED, gates.DROPPED):
            yield from refused_by(gates.may_evaluate(plan))  # that it must stop can be said at once
        pilot = Pilot.everything.filter(of_change=change.id).first()
        if pilot is not None and pilot.stop_number is not None and self.number is None:
            yield "number", _("This try-out stops by a number. Write down what it was.")
        if not self.happened:
            yield "happened", _("Write down what happened.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        heard, whom, left, left_asked, left_heard = self.counted or [0, 0, 0, 0, 0]
        Evaluation.begin(
            entry,
            id=self.evaluation,
            decision=decision.id,
            of_change=change.id,
            happened=self.happened,
            number=self.number,
            is_stop_met=self.met,
            came=self.came,
            heard=heard,
            whom=whom,
            left=left,
            left_asked=left_asked,
            left_heard=left_heard,
            on_day=self.on_day,
        )


__all__ = ["EvaluatePilot", "SetOutPilot", "StopWhen"]
