"""Through the gates and out again: a change starts, reports, goes on, lapses, stops, or is dropped."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Fresh, Lazy, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.changing import new_round
from alongside.topics.decisions.commands.gating import (
    NO_ROUND,
    OnChange,
    measure_of,
    pack_of_change,
    plan_of,
    refused_by,
    step_of_change,
    tally_of,
)
from alongside.topics.decisions.commands.outside import works_for
from alongside.topics.decisions.engine import counted, gates
from alongside.topics.decisions.models import Change, ChangeState, ChangeStep
from alongside.topics.decisions.policy import runs_a_change, who_decides

_ANYONE = _("Anyone can read it.")


class ThroughAGate(OnChange):
    """What starting and going on have in common: the day of the next review, and passing over a judgement."""

    later: ClassVar[tuple[str, ...]] = ("review_on", "passed_over", "look_again_on")

    review_on: date | None = Ask(
        _("On which day do they judge it next?"),
        hint=_("Leave this blank for the latest day the rules allow."),
        default=None,
    )
    passed_over: Sealed = Ask(
        _("If you go against what they said, or did not hear enough of them: why?"),
        hint=_("Leave this blank if you do not. Anyone can read it. Where nobody judged, no reason helps."),
        default="",
        belongs_to="thing",
    )
    look_again_on: date | None = Ask(_("If so: on which day will they look again?"), default=None)
    step: Fresh[ChangeStep] = Ask(settled=True)
    note: Fresh[ChangeStep] = Ask(settled=True)
    next_on: date | None = Ask(settled=True)
    is_passed_over: bool | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        latest = latest_review(change, at.date())
        chosen = self.look_again_on if self.passed_over else self.review_on
        return {
            "next_on": min(chosen, latest) if chosen else latest,
            "is_passed_over": bool(self.passed_over),
            "on_day": at.date(),
        }

    def sound(self, change: Change, at: At) -> Iterator[Objection]:
        """Whether the days that were given are days the rules allow."""
        pack = pack_of_change(change)
        for name, key in (
            ("review_on", "change.review_months"),
            ("look_again_on", "change.passed_over.look_again_months"),
        ):
            day: date | None = getattr(self, name)
            if day is not None and not at.date() < day <= pack.due(key, at.date()):
                yield name, _("Choose a day to come, and no later than the rules allow.")

    def plan(self, decision: models.Decision, change: Change, at: At) -> gates.Plan:
        return plan_of(
            decision,
            change,
            at.date(),
            passes_over=bool(self.passed_over),
            looks_again=self.look_again_on is not None,
        )

    def through(self, change: Change, entry: Recorded, kind: str, **values: Any) -> None:
        """Write down that it went through, until when, and why it was against their judgement if it was."""
        step_of_change(self, change, entry, kind, None)
        if self.is_passed_over:
            ChangeStep.begin(
                entry,
                id=self.note,
                decision=change.decision,
                of_change=change.id,
                kind="passed_over",
                words=self.passed_over,
                office=entry.office or change.office,
                on_day=self.on_day,
                **NO_ROUND,
            )
        change.change(
            entry,
            state=ChangeState.RUNNING,
            review_on=self.next_on,
            is_passed_over=self.is_passed_over,
            **new_round(change),
            **values,
        )


def latest_review(change: Change, today: date) -> date:
    """The latest day on which a change that goes through a gate today is judged again."""
    latest = pack_of_change(change).due("change.review_months", today)
    pilot = models.Pilot.everything.filter(of_change=change.id).first()
    return min(latest, pilot.until_on) if pilot and pilot.until_on > today else latest


class StartChange(ThroughAGate):
    """Start this change today."""

    records = "decisions.change_started"
    may = who_decides
    says = _("%(by)s started this change.")
    strong = True

    replaces: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        before = Change.everything.filter(id=change.follows).first() if change.follows else None
        is_replaced = before is not None and (before.state, "replace") in gates.MOVES
        return {
            **super().settle(decision, change, at),
            "replaces": before.id if before and is_replaced else None,
        }

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        yield from self.sound(change, rest[-1])
        plan = self.plan(decision, change, rest[-1])
        yield from refused_by(gates.may_start(plan), plan)

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        self.through(change, entry, "started", started_on=self.on_day)
        if self.replaces is not None:
            before = Change.everything.get(id=self.replaces)
            before.change(entry, state=ChangeState.CHANGED, ended_on=self.on_day)


class GoOn(ThroughAGate):
    """Let this change go on until its next review."""

    records = "decisions.change_goes_on"
    may = who_decides
    says = _("%(by)s let this change go on, after those it affects had judged it.")
    strong = True

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        at: At = rest[-1]
        yield from super().objections(decision, change)
        yield from self.sound(change, at)
        plan = self.plan(decision, change, at)
        yield from refused_by(gates.may_go_on(plan, at.date()), plan)

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        self.through(change, entry, "goes_on")


def can_go_on(decision: models.Decision, change: Change, today: date) -> bool:
    """Whether those who decide could let it go on today, if they publish why and when they look again."""
    plan = plan_of(decision, change, today, passes_over=True, looks_again=True)
    return not any(gates.may_go_on(plan, today))


class ReportChange(OnChange):
    """Say how far this change is."""

    records = "decisions.change_reported"
    may = who_decides | runs_a_change
    says = _("%(by)s said how far this change is.")

    step: Fresh[ChangeStep] = Ask(settled=True)
    words: Sealed = Ask(_("What has been done?"), used_for=_ANYONE, belongs_to="thing")
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        at: At = rest[-1]
        yield from super().objections(decision, change)
        if gates.is_lapsed(change.state, change.review_on, at.date()):
            yield "", _("Its permission has lapsed. Those it affects must judge it first.")
        else:
            yield from refused_by(gates.may_move(change.state, "progress"))
        runs = works_for(at.by.person, change.run_by, at.moment)
        decides = models.Decider.everything.filter(decision=decision.id, person=at.by.person, until_at=None)
        if not runs and not decides.exists():
            yield "change", _("Only those who run this change, or who decide it, can report on it.")
        if not self.words:
            yield "words", _("Write what has been done.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        step_of_change(self, change, entry, "reported", self.words)


class StopChange(OnChange):
    """Stop this change. Help that people have from it goes on."""

    records = "decisions.change_stopped"
    may = who_decides
    says = _("%(by)s stopped this change. Help that people have from it goes on.")
    strong = True

    step: Fresh[ChangeStep] = Ask(settled=True)
    note: Fresh[ChangeStep] = Ask(settled=True)
    words: Sealed = Ask(_("Why do you stop it?"), used_for=_ANYONE, belongs_to="thing")
    care: Sealed = Ask(
        _("How does help go on for people who have it from this?"),
        hint=_("Stopping a change ends nobody’s help. To end help, raise it with each person."),
        used_for=_("Those who have help from it read this."),
        belongs_to="thing",
    )
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        yield from refused_by(gates.may_move(change.state, "stop"))
        if not self.words:
            yield "words", _("Say why you stop it.")
        if not self.care:
            yield "care", _("Say how help goes on for people who have it from this.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        step_of_change(self, change, entry, "stopped", self.words)
        ChangeStep.begin(
            entry,
            id=self.note,
            decision=change.decision,
            of_change=change.id,
            kind="care",
            words=self.care,
            office=entry.office or change.office,
            on_day=self.on_day,
            **NO_ROUND,
        )
        change.change(entry, state=ChangeState.STOPPED, ended_on=self.on_day)


class DropChange(OnChange):
    """Drop this change. It has not started, and nothing changes."""

    records = "decisions.change_dropped"
    may = who_decides
    says = _("%(by)s dropped this change before it started.")

    step: Fresh[ChangeStep] = Ask(settled=True)
    words: Sealed = Ask(_("Why do you drop it?"), default="", belongs_to="thing")
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        yield from refused_by(gates.may_move(change.state, "drop"))

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        step_of_change(self, change, entry, "dropped", self.words or None)
        change.change(entry, state=ChangeState.DROPPED, ended_on=self.on_day)


LAPSED_THOUGH: Mapping[str, Lazy] = {
    "few": _("The review day passed, and too few had judged it. Its permission has lapsed."),
    "for": _(
        "The review day passed. Those it affects had judged it and agreed, and nobody let it go on. "
        "Its permission has lapsed."
    ),
    "against": _(
        "The review day passed. Those it affects had judged it and did not agree. Its permission has lapsed."
    ),
}


class LapseChange(OnChange):
    """Note that the permission of a change has lapsed: its review day passed and nobody let it go on."""

    records = "decisions.permission_lapsed"
    may = the_installation
    says = _("The review day passed, and those it affects have not judged it. Its permission has lapsed.")

    step: Fresh[ChangeStep] = Ask(settled=True)
    on_day: date | None = Ask(settled=True)
    judged: str | None = Ask(settled=True)  # how far they had judged it: a key of LAPSED_THOUGH, or nothing

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        return LAPSED_THOUGH.get(fields.get("judged") or "", cls.says)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        tally, measure = tally_of(change), measure_of(change)
        if tally.heard + tally.beside == 0:
            return {"on_day": at.date()}
        passed = "for" if counted.is_passed(tally, measure) else "against"
        return {"on_day": at.date(), "judged": passed if counted.is_heard(tally, measure) else "few"}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        at: At = rest[-1]
        yield from super().objections(decision, change)
        yield from refused_by(gates.may_move(change.state, "lapse"))
        if not gates.is_lapsed(change.state, change.review_on, at.date()):
            yield "", _("Its review day has not passed.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        step_of_change(self, change, entry, "lapsed", None)
        change.change(entry, state=ChangeState.LAPSED)


def lapses(now: datetime) -> Iterator[LapseChange]:
    """Every change whose review day has passed."""
    rows = Change.everything.filter(state=ChangeState.RUNNING, review_on__lt=clock.day_of(now))
    for row in rows.order_by("review_on", "id"):
        yield LapseChange(decision=row.decision, change=row.id)
