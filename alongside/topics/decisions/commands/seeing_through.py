"""Seeing it through: who does what, who judges it, whether that binds, and what the body claims."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import is_their_own_word, typist
from alongside.topics.decisions.commands.taking_part import must_be_a_place
from alongside.topics.decisions.models import State, Together, Went
from alongside.topics.decisions.policy import anyone_here, of_the_body, who_decides
from alongside.topics.people.policy import over_earlier

_SHOWN_HINT = _("Leave this blank, and others see only that it is counted.")


class TakeOnTask(OnDecision):
    """Say what you will do, so that this comes about."""

    records = "decisions.task_taken"
    may = anyone_here
    says = _("%(by)s took something on, so that this comes about.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.WAITS,)

    task: Fresh[models.Task] = Ask(settled=True)
    words: Sealed = Ask(
        _("What will you do?"), used_for=_("It is counted as your part in this."), widget="line"
    )
    is_shown: bool = Ask(_("Anyone may read this."), hint=_SHOWN_HINT, default=False, widget="tick")
    is_own: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"is_own": is_their_own_word(decision.id, at.by.person, at)}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        if not self.words:
            yield "words", _("Say what you will do.")
        if decision.state in (State.WITHDRAWN, State.UNDONE):
            yield "", _("This was dropped. Nothing is to be done.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Task.begin(
            entry,
            id=self.task,
            decision=decision.id,
            person=entry.by,
            words=self.words,
            is_shown=self.is_shown,
            is_own_word=bool(self.is_own),
            taken_at=entry.at,
            done_at=None,
        )


class SayTaskIsDone(OnDecision):
    """Say that you have done what you took on."""

    records = "decisions.task_done"
    may = anyone_here
    says = _("%(by)s did what they had taken on.")
    says_to_you = _("You did what you had taken on.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    task: Id[models.Task]

    def objections(self, decision: models.Decision, task: models.Task, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, task=task)
        if task.person not in at.by.ids:
            yield "task", _("Only whoever took it on can say that.")
        elif task.done_at is not None:
            yield "task", _("You have said that already.")
        elif not is_their_own_word(decision.id, task.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, task: models.Task, entry: Recorded) -> None:
        task.change(entry, done_at=entry.at)


class JudgeHowItWent(OnDecision):
    """Say whether what was done works for you."""

    records = "decisions.judged"
    may = anyone_here
    says = _("%(by)s said whether what was done works for them.")
    says_to_you = _("You said whether what was done works for you.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.WAITS)
    seen_by_line: ClassVar[Any] = _("Those who decide see your answer. Others see only how many.")

    judgement: Fresh[models.HowItWent] = Ask(settled=True)
    said: Went = Ask(_("Does it work for you?"), used_for=_("Those who decide read it."), widget="radios")
    words: Sealed = Ask(_("Say it in your own words."), default="")
    is_shown: bool = Ask(_("Anyone may read this."), hint=_SHOWN_HINT, default=False, widget="tick")
    is_own: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        is_own = is_their_own_word(decision.id, at.by.person, at)
        before = models.HowItWent.everything.filter(
            decision=decision.id, person__in=at.by.ids, is_current=True
        )
        found = over_earlier(before.order_by("id"), typist(at))
        is_beside = found.pop("is_beside")
        is_own = is_own and not is_beside
        return {"is_own": is_own, **found, "replaces": found["replaces"] if is_own else []}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        if decision.decided_at is None:
            yield "", _("Nothing is decided yet. Say what you think of it: that is a view.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.HowItWent.everything.get(id=earlier).change(entry, is_current=False)
        models.HowItWent.begin(
            entry,
            id=self.judgement,
            decision=decision.id,
            person=entry.by,
            said=self.said,
            words=self.words,
            is_shown=self.is_shown,
            is_own_word=bool(self.is_own),
            said_at=entry.at,
            typist=self.typed,
            is_current=True,
        )


class SayIfItBinds(OnDecision):
    """Say whether you will do as the people it affects judge."""

    records = "decisions.judging_binds"
    may = who_decides
    says = _("%(by)s said whether they will do as the people it affects judge.")
    lead: ClassVar[Any] = _("It counts only when you say it before anybody has judged.")

    bound: Fresh[models.Bound] = Ask(settled=True)
    binds: bool = Ask(
        _("If most of them say that it does not work, will it stop?"),
        used_for=_("Anyone can read it, and hold you to it."),
        widget="radios",
    )

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Bound.begin(entry, id=self.bound, decision=decision.id, binds=self.binds, said_at=entry.at)


class ClaimHowTogether(OnDecision):
    """Say how much of this you believe was done together."""

    records = "decisions.together_claimed"
    may = who_decides | of_the_body
    says = _("%(by)s said how much of this they believe was done together.")
    lead: ClassVar[Any] = _("It is shown beside what the facts say. It changes no number.")

    claim: Fresh[models.Claim] = Ask(settled=True)
    step: Together = Ask(
        _("How much was done together?"), used_for=_("Anyone can read it beside the facts."), widget="radios"
    )
    words: Sealed = Ask(
        _("Where did you say so, and in which words?"),
        hint=_("Anyone can read this. Name no person."),
        default="",
        belongs_to="thing",
    )

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Claim.begin(
            entry,
            id=self.claim,
            decision=decision.id,
            step=self.step,
            words=self.words,
            claimed_by=entry.by,
            office=entry.office,
            organisation=decision.organisation,
            claimed_at=entry.at,
        )
