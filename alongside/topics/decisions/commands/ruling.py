"""By which rule a matter is decided. A rule that makes deciding easier is never slipped in."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Recorded, Ref, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open
from alongside.topics.decisions.commands.outside import deciders_of
from alongside.topics.decisions.commands.telling import later_answer_day
from alongside.topics.decisions.commands.voices import open_proposal, rule_of
from alongside.topics.decisions.engine.votes import Tally
from alongside.topics.decisions.models import Agree, Who
from alongside.topics.decisions.policy import who_decides
from alongside.topics.people.policy import holders_of, office_name

ALL_READ = _("Everyone who sees this can read it.")


class WithRule(OnDecision):
    """A rule for deciding, as it is asked for."""

    who: Who = Ask(_("Who decides?"), used_for=ALL_READ, widget="radios")
    agree: Agree = Ask(_("If several decide: how many must agree?"), default=Agree.ALL, widget="radios")
    needed: int | None = Ask(_("If it is a number: how many?"), default=None, ge=2, le=50)
    office: Annotated[UUID, Ref("people.Office")] | None = Ask(_("If it is an office: which?"), default=None)
    why: Sealed = Ask(
        _("Why this way?"),
        hint=_("You must say why if people have been told already."),
        needed=_("needed, if people have been told or several decide"),
        default="",
        belongs_to="thing",
    )

    def sound_rule(self) -> Iterator[Objection]:
        if self.who == Who.OFFICE and self.office is None:
            yield "office", _("Say which office decides this.")
        if self.agree == Agree.NUMBER and self.who in (Who.SEVERAL, Who.PANEL) and self.needed is None:
            yield "needed", _("Say how many must agree.")


def was_told(decision: models.Decision) -> bool:
    return models.Telling.everything.filter(decision=decision.id).exists() or decision.answer_by is not None


def makes_easier(decision: models.Decision, command: Any) -> bool:
    """Whether fewer people would have to agree than now, or than now once more of them have a vote."""
    seats, rule = len(deciders_of(decision.id)), rule_of(decision.id)
    return any(
        needed_for(command.who, command.agree, command.needed, many) < needed_now(rule, many)
        for many in range(seats, 2 * seats + 1)
    )


def needed_now(rule: models.DecidingRule | None, seats: int) -> int:
    return 1 if rule is None else needed_for(rule.who, rule.agree, rule.needed, seats)


def needed_for(who: str, agree: str, number: int | None, seats: int) -> int:
    """How many must say yes when nobody stands aside. One person or one office: one."""
    if who in (Who.ONE, Who.OFFICE):
        return 1
    return max(2, Tally(agree, number, seats).needed)


class SayWhoDecides(WithRule):
    """Say who decides this, and by which rule."""

    records = "decisions.rule_said"
    may = who_decides
    says = _("%(by)s said who decides this, and by which rule.")
    strong = True

    rule: Fresh[models.DecidingRule] = Ask(settled=True)
    number: int | None = Ask(settled=True)
    after_told: bool | None = Ask(settled=True)
    asks_again: bool | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return settled_rule(decision, self, at)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from self.sound_rule()
        yield from _office_keeps_it(decision, at)
        if self.after_told and not self.why:
            yield "why", _("People have been told of this already. Say why the rule changes.")
        if makes_easier(decision, self) and len(deciders_of(decision.id)) > 1 and rule_of(decision.id):
            yield "", _("That makes it easier to decide. Put the new rule to all who decide.")
        if open_proposal(decision.id) is not None:
            yield "", _("Something is put to those who decide now. Wait, or take it back first.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        begin_rule(entry, self.rule, decision, self, self)
        ask_again(decision, self, entry)


def _office_keeps_it(decision: models.Decision, at: At) -> Iterator[Objection]:
    """What an office decides stays with whoever holds it, until they give it to others."""
    rule = rule_of(decision.id)
    if rule is None or rule.who != Who.OFFICE or rule.office is None:
        return
    holders = holders_of(rule.office, at.moment)
    if holders and at.by.person not in holders:
        office = {"office": office_name(rule.office)}
        yield "", _("Only the %(office)s decides this, and who else may. Ask them.") % office


def settled_rule(decision: models.Decision, rule: Any, at: At) -> dict[str, Any]:
    """What follows from a new rule: its number, whether people knew the old one, whether they are asked."""
    told, again = was_told(decision), makes_easier(decision, rule)
    before = models.DecidingRule.everything.filter(decision=decision.id).count()
    asks = told and again
    found = {"number": before + 1, "after_told": told, "asks_again": asks}
    found["shape"] = decision.shape + 1 if asks else decision.shape
    place_again = asks and not decision.is_about_person
    return found | {"answer_by": later_answer_day(decision, at) if place_again else decision.answer_by}


def begin_rule(entry: Recorded, row: UUID | None, decision: models.Decision, rule: Any, settled: Any) -> None:
    models.DecidingRule.begin(
        entry,
        id=row,
        decision=decision.id,
        number=settled.number,
        who=rule.who,
        agree=rule.agree,
        needed=rule.needed,
        office=rule.office,
        why=rule.why if hasattr(rule, "why") else rule.reasons,
        after_told=settled.after_told,
        asks_again=settled.asks_again,
        said_by=entry.by,
        said_at=entry.at,
    )


def ask_again(decision: models.Decision, settled: Any, entry: Recorded) -> None:
    """Where deciding became easier after people were told, their answers were to something else."""
    if settled.asks_again:
        decision.change(entry, shape=settled.shape, change_shape=settled.shape, answer_by=settled.answer_by)
