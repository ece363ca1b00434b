"""How several decide: something is put to all of them; each says yes, no or stands aside, with reasons.

It is decided with the last voice that the rule needs, and only if the guard lets it at that moment.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Id, Lazy, Recorded, Sealed
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong, whose
from alongside.topics.decisions.commands.deciding import (
    Deciding,
    begin_review,
    note_without,
    refused_by,
    sound_outcome,
    step,
)
from alongside.topics.decisions.commands.outside import deciders_of
from alongside.topics.decisions.commands.reopening import note_grounds
from alongside.topics.decisions.commands.ruling import ALL_READ, WithRule, ask_again, begin_rule, settled_rule
from alongside.topics.decisions.commands.standing import pack_of, standing_of
from alongside.topics.decisions.commands.voices import TOGETHER, open_proposal, rule_of, tally_of
from alongside.topics.decisions.models import Says, State
from alongside.topics.decisions.policy import who_decides


class Putting(OnDecision):
    """Whatever is put to those who decide together."""

    proposal: Fresh[models.Proposal] = Ask(settled=True)
    number: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        return {"number": models.Proposal.everything.filter(decision=decision.id).count() + 1}

    def may_be_put(self, decision: models.Decision) -> Iterator[Objection]:
        yield from must_be_open(decision)
        rule = rule_of(decision.id)
        if rule is None or rule.who not in TOGETHER:
            yield "", _("One person decides this. First say that more than one person decides it.")
        if open_proposal(decision.id) is not None:
            yield "", _("Something is put to those who decide now. Wait, or take it back first.")

    def put(self, decision: models.Decision, entry: Recorded, **values: Any) -> None:
        first: dict[str, Any] = dict.fromkeys(
            ("option", "would_change", "without_them", "review_on", "needed", "office")
        )
        models.Proposal.begin(
            entry,
            id=self.proposal,
            decision=decision.id,
            number=self.number,
            shape=decision.change_shape,
            put_by=entry.by,
            put_at=entry.at,
            closed_at=None,
            carried=None,
            **{**first, "outcome": "", "who": "", "agree": "", **values},
        )


class PutToThem(Putting):
    """Put a decision to all who decide this together."""

    records = "decisions.decision_put"
    may = who_decides
    says = _("%(by)s put a decision to those who decide together.")
    strong = True

    outcome: Annotated[str, Code("decision.outcomes")] = Ask(
        _("What should be decided?"), used_for=ALL_READ, widget="radios"
    )
    option: Id[models.Option] | None = Ask(_("Which way?"), default=None)
    reasons: Sealed = Ask(_("Why?"), used_for=_("The people it is about read it, and can answer it."))
    would_change: Sealed = Ask(_("If it is a no: what would change it?"), default="")
    without_them: Sealed = Ask(
        _("If the people it affects did not answer: why decide without them?"), default=""
    )
    review_on: date | None = Ask(_("If so: on which day will they look at it again?"), default=None)

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(
        self, decision: models.Decision, option: models.Option | None, at: At
    ) -> Iterator[Objection]:
        yield from self.may_be_put(decision)
        yield from must_belong(decision, option=option)
        yield from sound_outcome(self, decision, option)
        if self.review_on is not None:
            last = pack_of(decision).due("decision.group.review_months", at.date())
            if decision.is_about_person or not at.date() < self.review_on <= last:
                yield "review_on", _("Choose a day to come, and no later than the rules allow.")

    def apply(self, decision: models.Decision, option: models.Option | None, entry: Recorded) -> None:
        self.put(
            decision,
            entry,
            outcome=self.outcome,
            option=option.id if option else None,
            reasons=self.reasons,
            would_change=self.would_change,
            without_them=self.without_them,
            review_on=self.review_on,
        )


class PutRuleToThem(Putting, WithRule):
    """Put another rule for deciding to all who decide this together."""

    records = "decisions.rule_put"
    may = who_decides
    says = _("%(by)s put another rule for deciding to those who decide together.")
    strong = True

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from self.may_be_put(decision)
        yield from self.sound_rule()
        if not self.why:
            yield "why", _("Say why the rule should change.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        self.put(
            decision,
            entry,
            who=self.who,
            agree=self.agree,
            needed=self.needed,
            office=self.office,
            reasons=self.why,
        )


class TakeBackProposal(OnDecision):
    """Take back what you put to those who decide."""

    records = "decisions.proposal_taken_back"
    may = who_decides
    says = _("%(by)s took back what was put to those who decide.")

    proposal: Id[models.Proposal]

    def objections(self, decision: models.Decision, proposal: models.Proposal, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, proposal=proposal)
        if proposal.closed_at is not None:
            yield "proposal", _("This is closed already.")
        elif proposal.put_by != at.by.person and not stuck(decision, proposal):
            yield "proposal", _("Only the one who put it can take it back, while it can still be agreed.")

    def apply(self, decision: models.Decision, proposal: models.Proposal, entry: Recorded) -> None:
        proposal.change(entry, closed_at=entry.at, carried=False)


def stuck(decision: models.Decision, proposal: models.Proposal) -> bool:
    """Whether it cannot be agreed any more: too many said no, it is about other words, or nobody holds it."""
    seats = deciders_of(decision.id)
    tally = tally_of(rule_of(decision.id), proposal, seats)
    changed = proposal.shape < decision.change_shape
    return tally is None or not tally.can_still_be_met or changed or proposal.put_by not in seats


ENOUGH = _("%(by)s said yes or no, or stood aside. With that, those who decide decided this together.")
ENOUGH_FOR_THE_RULE = _("%(by)s said yes or no, or stood aside. So those who decide agreed on another rule.")


class SayYesOrNo(Deciding):
    """Say yes, no, or that you stand aside."""

    records = "decisions.voice_given"
    may = who_decides
    says = _("%(by)s said yes or no, or stood aside.")

    proposal: Id[models.Proposal]
    voice: Fresh[models.Voice] = Ask(settled=True)
    answer: Says = Ask(_("What do you say?"), used_for=ALL_READ, widget="radios")
    reasons: Sealed = Ask(_("Why?"), used_for=ALL_READ)
    office: UUID | None = Ask(settled=True)
    is_member: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    carries: bool | None = Ask(settled=True)  # with this voice it is decided
    step: Fresh[models.Step] = Ask(settled=True)
    note: Fresh[models.Step] = Ask(settled=True)
    review: Fresh[models.Review] = Ask(settled=True)
    rule: Fresh[models.DecidingRule] = Ask(settled=True)
    number: int | None = Ask(settled=True)
    after_told: bool | None = Ask(settled=True)
    asks_again: bool | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)
    on_grounds: list[UUID] | None = Ask(settled=True)

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        """Whose voice was the last that was needed, and that it decided no more than the others."""
        if not fields.get("carries"):
            return cls.says
        return ENOUGH if fields.get("number") is None else ENOUGH_FOR_THE_RULE

    def settle(self, decision: models.Decision, proposal: models.Proposal, at: At) -> Mapping[str, Any]:
        me = at.by.person
        row = models.Decider.everything.filter(decision=decision.id, person=me, until_at=None).first()
        earlier = models.Voice.everything.filter(proposal=proposal.id, person=me, is_current=True)
        found: dict[str, Any] = {"office": row.office if row else None}
        found |= {"is_member": bool(row and row.is_member)}
        found |= {"replaces": list(earlier.values_list("id", flat=True)), "carries": False}
        if proposal.is_about_the_rule:
            tally = tally_of(rule_of(decision.id), proposal, deciders_of(decision.id), adding=self._mine(me))
            carries = tally is not None and tally.is_met
            return found | settled_rule(decision, proposal, at) | {"carries": carries}
        standing = self._standing(decision, proposal, at)
        carries = self.answer == Says.YES and guard.may_decide(standing).allowed
        return found | {"carries": carries, "on_grounds": guard.rests_on(standing)}

    def _mine(self, me: UUID | None) -> tuple[UUID, str] | None:
        return None if me is None else (me, self.answer.value)

    def _standing(self, decision: models.Decision, proposal: models.Proposal, at: At) -> guard.Standing:
        option = models.Option.everything.filter(id=proposal.option).first() if proposal.option else None
        return standing_of(
            decision,
            at.moment,
            also_decides=at.by.person,
            option=option,
            outcome=proposal.outcome,
            without_reason=proposal.without_them is not None,
            without_review=proposal.review_on is not None,
            proposal=proposal,
            adding=self._mine(at.by.person),
        )

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, proposal: models.Proposal, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, proposal=proposal)
        if proposal.closed_at is not None:
            yield "proposal", _("This is closed already. Look for what is put to you now.")
        if proposal.shape < decision.change_shape:
            yield "", _("What may change was put in other words since. Put the decision to all again.")
        if at.by.typed_by is not None:
            yield "", _("Nobody can say this for you. Do it on your own page.")
        elif not at.by.strong and not self.is_member:
            yield "", _("To decide about others, sign in with your passkey or your council account.")
        if not self.reasons:
            yield "reasons", _("Write why. Everyone who decides gives reasons.")
        if not proposal.is_about_the_rule:
            yield from refused_by(guard.may_say_yes(self._standing(decision, proposal, at)))

    def apply(self, decision: models.Decision, proposal: models.Proposal, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.Voice.everything.get(id=earlier).change(entry, is_current=False)
        models.Voice.begin(
            entry,
            id=self.voice,
            decision=decision.id,
            proposal=proposal.id,
            person=entry.by,
            office=self.office,
            is_member=bool(self.is_member),
            says=self.answer,
            reasons=self.reasons,
            said_at=entry.at,
            is_current=True,
        )
        if not self.carries:
            return
        proposal.change(entry, closed_at=entry.at, carried=True)
        if proposal.is_about_the_rule:
            begin_rule(entry, self.rule, decision, proposal, self)
            ask_again(decision, self, entry)
        else:
            self._it_is_decided(decision, proposal, entry)

    def _it_is_decided(self, decision: models.Decision, proposal: models.Proposal, entry: Recorded) -> None:
        without = proposal.without_them is not None
        decision.change(
            entry,
            state=State.DECIDED,
            outcome=proposal.outcome,
            option=proposal.option,
            reasons=proposal.reasons,
            would_change=proposal.would_change,
            decided_at=entry.at,
            decided_by=entry.by,
            proposal=proposal.id,
            is_without_them=without,
            review_on=proposal.review_on,
        )
        note_grounds(self, decision, entry)
        step(self, decision.id, entry, "decided", proposal.reasons)
        if without:
            note_without(entry, self.note, decision.id, proposal.without_them)
        if proposal.review_on is not None:
            begin_review(entry, self.review, decision, "without_them", proposal.review_on)
