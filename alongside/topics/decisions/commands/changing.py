"""A change to a service: proposed, put to those it affects, judged by them; what they said is answered."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, AsWhat, At, Code, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.gating import (
    AGREED,
    OnChange,
    counts,
    earlier,
    judged_from,
    pack_of_change,
    refused_by,
    say_of_change,
    step_of_change,
    try_outs,
)
from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.models import Affected, Change, ChangeState, ChangeStep, Judged, Judgement
from alongside.topics.decisions.policy import anyone_here, runs_a_change, someone_affected, who_decides
from alongside.topics.people.commands.looking import waits_from

_ANYONE = _("Anyone can read it.")


class ProposeChange(OnDecision):
    """Propose a change to a service."""

    records = "decisions.change_proposed"
    may = who_decides
    says = _("%(by)s proposed a change. Those it affects judge it before it starts.")
    page: ClassVar[str] = "decisions:changes"
    later: ClassVar[tuple[str, ...]] = ("follows", "group", "size")
    done: ClassVar[Lazy] = _("It is proposed. It cannot start before those it affects have judged it.")

    change: Fresh[Change] = Ask(settled=True)
    kind: Annotated[str, Code("change.kinds")] = Ask(
        _("What kind of change is it?"), used_for=_("It says what must be shown before it starts.")
    )
    name: Sealed = Ask(
        _("What is it called, in a few words?"), used_for=_ANYONE, belongs_to="thing", widget="line"
    )
    plan: Sealed = Ask(
        _("What will change, for whom, from when?"),
        hint=_("Anyone can read this. Name no person."),
        used_for=_("Those it affects judge these words."),
        belongs_to="thing",
    )
    run_by: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Who runs it?"), used_for=_("Whoever works there is heard, but not counted.")
    )
    is_pilot: bool = Ask(_("It is a try-out"), hint=_("Then say also when you would stop."), default=False)
    follows: Id[Change] | None = Ask(
        _("Does it take the place of another change, or make a try-out wider?"), default=None
    )
    group: Sealed = Ask(
        _("Which people does it affect?"),
        hint=_("Leave this blank if they are those of the decision."),
        default="",
        belongs_to="thing",
    )
    size: int | None = Ask(_("How many people are they?"), default=None, ge=1, le=10_000_000)
    needs_fitness: bool | None = Ask(settled=True)
    whom: int | None = Ask(settled=True)
    number: int | None = Ask(settled=True)
    rules_version: str | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, follows: Change | None, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        return {
            "needs_fitness": bool(pack.item("change.kinds", self.kind)["needs_fitness"]),
            "whom": self.size or whom_it_affects(decision.id),
            "number": Change.everything.filter(decision=decision.id).count() + 1,
            "rules_version": pack.version,
            "on_day": at.date(),
        }

    def objections(self, decision: models.Decision, follows: Change | None, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, follows=follows)
        if decision.is_about_person:
            yield "", _("This is about one person’s life. A change here is about a service or a place.")
        elif decision.state != models.State.DECIDED or decision.outcome not in AGREED:
            yield "", _("Decide it first. A change comes from a decision that was agreed.")
        if not self.name:
            yield "name", _("Give it a short name.")
        if not self.plan:
            yield "plan", _("Say what will change.")
        if bool(self.group) != bool(self.size):
            yield "size", _("Say both: which people, and how many they are.")
        known = whom_it_affects(decision.id)
        if self.size is not None and self.size < known and not self.is_pilot:
            yield "size", _("The decision affects more people than that. Only a try-out may be for fewer.")
        if follows is not None and follows.is_pilot:
            yield from refused_by(gates.may_widen(try_outs(decision.id)))
            if follows.state == ChangeState.DROPPED:
                yield "follows", _("That try-out was dropped, and never tried. Propose this for itself.")

    def apply(self, decision: models.Decision, follows: Change | None, entry: Recorded) -> None:
        Change.begin(
            entry,
            id=self.change,
            decision=decision.id,
            number=self.number,
            kind=self.kind,
            is_pilot=self.is_pilot,
            needs_fitness=self.needs_fitness,
            name=self.name,
            plan=self.plan,
            run_by=self.run_by,
            office=entry.office,
            group=self.group or None,
            size=self.whom,
            follows=self.follows,
            state=ChangeState.PROPOSED,
            round=1,
            asked_on=None,
            judge_by=None,
            reached=None,
            left=None,
            left_asked=None,
            rules_version=self.rules_version,
            proposed_by=entry.by,
            proposed_on=self.on_day,
            started_on=None,
            review_on=None,
            is_passed_over=False,
            ended_on=None,
        )


def whom_it_affects(decision: UUID) -> int:
    """How many people a decision affects: its groups by their size, and those it names."""
    rows = Affected.everything.filter(decision=decision, ended_at=None)
    sizes = list(rows.values_list("size", flat=True))
    return sum(size or 0 for size in sizes) or len(sizes)


class PutPlan(OnChange):
    """Put the plan of this change in other words. Those it affects judge it anew."""

    records = "decisions.plan_put"
    may = who_decides
    says = _("%(by)s changed the plan. Those it affects judge it anew.")

    step: Fresh[ChangeStep] = Ask(settled=True)
    plan: Sealed = Ask(
        _("What will change, for whom, from when?"),
        used_for=_("Those it affects judge these words."),
        belongs_to="thing",
    )
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        yield from refused_by(gates.may_move(change.state, "put"))
        if not self.plan:
            yield "plan", _("Say what will change.")
        elif str(self.plan).split() == str(change.plan).split():
            yield "plan", _("This is the plan that people judge now. Say what is different.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        step_of_change(self, change, entry, "plan_before", change.plan)
        change.change(entry, plan=self.plan, **new_round(change))


def new_round(change: Change) -> dict[str, Any]:
    """What begins a round: nobody has been asked yet, and nobody has answered."""
    return {
        "round": change.round + 1,
        "asked_on": None,
        "judge_by": None,
        "reached": None,
        "left": None,
        "left_asked": None,
    }


MORE_THAN_ALL = _("That is more than all it affects. Say how many of them it reached.")


class AskToJudge(OnChange):
    """Ask those it affects to judge this change, those who left among them."""

    records = "decisions.judgement_asked"
    may = who_decides | runs_a_change
    says = _("%(by)s asked those it affects to judge this change.")

    reached: int = Ask(
        _("How many of them did this reach, as far as you know?"),
        hint=_("You can write this down again when you know more."),
        used_for=_("Anyone can see how many were reached, out of all."),
        ge=0,
        le=10_000_000,
    )
    left: int | None = Ask(
        _("How many used it and left?"),
        hint=_("For a change that has started."),
        default=None,
        ge=0,
        le=10_000_000,
    )
    left_asked: int | None = Ask(
        _("How many of those who left did you ask?"),
        needed=_("needed, if you say how many left"),
        default=None,
        ge=0,
        le=10_000_000,
    )
    asked_on: date | None = Ask(settled=True)
    judge_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        asked_on = change.asked_on or at.date()  # asking again does not begin their time anew
        return {
            "asked_on": asked_on,
            "judge_by": change.judge_by or pack_of_change(change).due("change.judge_days", asked_on),
        }

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        at: At = rest[-1]
        yield from super().objections(decision, change)
        yield from may_be_judged(change, at)
        if self.reached > change.size:
            yield "reached", MORE_THAN_ALL
        if (self.left is None) != (self.left_asked is None) or (self.left_asked or 0) > (self.left or 0):
            yield "left_asked", _("Say how many left, and how many of those you asked.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        change.change(
            entry,
            asked_on=self.asked_on,
            judge_by=self.judge_by,
            reached=self.reached,
            left=self.left,
            left_asked=self.left_asked,
        )


def may_be_judged(change: Change, at: At) -> Iterator[Objection]:
    """A plan is judged until it starts; what it did, from some weeks before its review."""
    why = may_be_judged_on(change, at.date())
    if why:
        yield "", why


def may_be_judged_on(change: Change, today: date) -> Lazy:
    """Why it cannot be judged on this day; nothing when it can."""
    if change.state not in (ChangeState.PROPOSED, ChangeState.RUNNING, ChangeState.LAPSED):
        return _("This is over. There is nothing to judge now.")
    first = judged_from(change)
    if change.state == ChangeState.RUNNING and first is not None and today < first:
        day = {"day": date_format(first, "j F Y")}
        return _("You can judge what it did from %(day)s. If something is wrong now, tell us that.") % day
    return ""


class JudgeChange(OnChange):
    """Say what you think of this change."""

    records = "decisions.change_judged"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.UNCOUNTED
    may = someone_affected | anyone_here
    says = _("%(by)s judged this change.")
    may_be_anonymous: ClassVar[bool] = True
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_WHOM)
    seen_by_line: ClassVar[Lazy] = _("You and those who decide can see this. Others see only numbers.")

    judgement: Fresh[Judgement] = Ask(settled=True)
    judged: Judged = Ask(
        _("What do you say of it?"),
        used_for=_("It starts, or goes on, only by what people say."),
        widget="radios",
    )
    standing: Annotated[str, Code("change.standings")] = Ask(
        _("How does it touch you?"), used_for=_("Those it affects are counted."), widget="radios"
    )
    words: Sealed = Ask(
        _("Why, or what should change?"),
        hint=_("Name no other person."),
        needed=_("needed, if something must change"),
        default="",
    )
    takes_away: bool = Ask(
        _("It takes something away from me, or limits me"),
        used_for=_("Then it waits until enough have judged it, whatever it is called."),
        default=False,
        widget="tick",
    )
    may_be_read: bool = Ask(_("Anyone may read my words, without my name"), default=False, widget="tick")
    look_by: date | None = Ask(settled=True)
    is_counted: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_beside: bool | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        standing = pack_of_change(change).item("change.standings", self.standing)
        return {
            "is_counted": counts(bool(standing["counts"]), decision, change, at),
            **earlier(Judgement, change, at, round=change.round),
            "on_day": at.date(),
            "look_by": waits_from(at.date(), may_be_read=self.may_be_read, words=self.words),
        }

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        yield from may_be_judged(change, rest[-1])
        if self.judged == Judged.FOR_IF and not self.words:
            yield "words", _("Say what should change.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        said = {"id": self.judgement, "judged": self.judged, "standing": self.standing}
        said["takes_away"] = self.takes_away
        unanswered = {"denied": None, "reply": None, "replied_on": None}
        say_of_change(self, Judgement, entry, change, round=change.round, **said, **unanswered)


class AnswerJudgement(OnChange):
    """Answer what somebody said of this change."""

    records = "decisions.judgement_answered"
    may = who_decides | runs_a_change
    says = _("%(by)s answered what somebody said of this change.")

    judgement: Id[Judgement]
    words: Sealed = Ask(
        _("What do you say to them?"),
        hint=_("Say what you did with it. They can judge again."),
        used_for=_("They read it, and can change what they said."),
    )
    on_day: date | None = Ask(settled=True)

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[2].person
        return person

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        return {"on_day": rest[-1].date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        judgement: Judgement = rest[0]
        at: At = rest[-1]
        yield from super().objections(decision, change)
        if judgement.of_change != change.id:
            yield "judgement", _("That was said of another change. Open the right page.")
        if judgement.person in at.by.ids:
            yield "judgement", _("That is your own. Somebody else must answer it.")
        if not self.words:
            yield "words", _("Write your answer to them.")

    def apply(self, decision: models.Decision, change: Change, judgement: Judgement, entry: Recorded) -> None:
        judgement.change(entry, reply=self.words, replied_on=self.on_day)
