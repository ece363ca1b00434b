"""Those a change affects, asked to judge it from a list: in bundles, and by lot where they are many.

Whoever was not drawn may still judge. Those drawn are n of N; the others are counted beside, never with them.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Lazy, Recorded
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.changing import may_be_judged
from alongside.topics.decisions.commands.gating import OnChange, pack_of_change
from alongside.topics.decisions.commands.groups import begin_lot
from alongside.topics.decisions.commands.lots import (
    asked_on_lists,
    groups_asked,
    is_large,
    last_asked_again,
    lot_to_judge,
    round_of_lot,
    who_cannot,
)
from alongside.topics.decisions.commands.rounds import begin_round, may_begin, settled_round
from alongside.topics.decisions.models import Change, RoundKind
from alongside.topics.decisions.policy import runs_a_change, someone_on_a_list, who_decides


class AskGroupToJudge(OnChange):
    """Send word to everyone on the list of a group that they can judge this change."""

    records = "decisions.group_asked_to_judge"
    may = who_decides | runs_a_change
    says = _("%(by)s sent word to everyone on a list that they can judge this change.")
    done: ClassVar[Lazy] = _("Word goes to everyone on the list, each in their safe way.")
    lead: ClassVar[Lazy] = _(
        "A large group is asked by lot. Anyone else may still judge, and is counted beside."
    )
    strong = True

    group: Id[models.Affected] = Ask(
        _("Which people?"), used_for=_("They are told, each in their safe way, that they can judge it.")
    )
    round: Fresh[models.Round] = Ask(settled=True)
    number: int | None = Ask(settled=True)
    lot: Fresh[models.Lot] = Ask(settled=True)
    seed: str | None = Ask(settled=True)
    of: int | None = Ask(settled=True)
    size: int | None = Ask(settled=True)
    numbers: list[int] | None = Ask(settled=True)
    first_lot: UUID | None = Ask(settled=True)
    passed: list[int] | None = Ask(settled=True)
    asked_on: date | None = Ask(settled=True)
    judge_by: date | None = Ask(settled=True)

    def settle(
        self, decision: models.Decision, change: Change, group: models.Affected, at: At
    ) -> Mapping[str, Any]:
        asked_on = change.asked_on or at.date()
        found = settled_round(group) | (lot_to_judge(decision, group) if is_large(decision, group) else {})
        judge_by = change.judge_by or pack_of_change(change).due("change.judge_days", asked_on)
        return found | {"asked_on": asked_on, "judge_by": judge_by}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        group: models.Affected = rest[0]
        yield from super().objections(decision, change)
        yield from must_belong(decision, group=group)
        yield from may_be_judged(change, rest[-1])
        yield from may_begin(decision, group)
        sent = rounds_of(change).filter(group=group.id)
        if sent.exists():
            yield "group", _("Word of this was sent to this group. We ask no one twice in one time.")
        before = round_of_lot(change)
        if before not in (None, (change.id, change.round)) and group.id not in groups_asked(before):
            yield "group", _("Those who were drawn before judge it again. Others are counted beside.")
        here = {"of_change": change.id}
        lots = models.Lot.everything.filter(change_round=change.round, **here)
        judged = models.Judgement.everything.filter(round=change.round, **here)
        if lots.exists() and judged.exists() and not asked_on_lists(change).filter(group=group.id).exists():
            yield "group", _("People drawn by lot judge it already. Others are counted beside.")

    def apply(
        self, decision: models.Decision, change: Change, group: models.Affected, entry: Recorded
    ) -> None:
        of_change = {"of_change": change.id, "change_round": change.round}
        if self.numbers:
            passed = ",".join(map(str, self.passed or ())) or None
            begin_lot(
                entry, self, decision.id, group.id, **of_change, first_lot=self.first_lot, passed=passed
            )
        begin_round(entry, self, decision.id, group, RoundKind.JUDGE, **of_change)
        change.change(entry, asked_on=self.asked_on, judge_by=self.judge_by)


class LeaveLot(OnDecision):
    """Say that you cannot judge this."""

    records = "decisions.lot_left"
    may = someone_on_a_list
    says = _("Somebody who was drawn by lot said that they cannot judge.")
    under_a_pseudonym: ClassVar[bool] = True
    lead: ClassVar[Lazy] = _("You were drawn to judge it. The next one drawn is asked in your place.")
    done: ClassVar[Lazy] = _(
        "You are not asked by name again. Your number on the list is shown as passed over, and no name."
    )

    group: Id[models.Affected] = Ask(_("Which people?"), used_for=_("The next one drawn is asked."))
    row: Fresh[models.LotLeft] = Ask(settled=True)

    def objections(self, decision: models.Decision, group: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, group=group)
        listed = models.Listed.everything.filter(group=group.id, person__in=at.by.ids)
        numbers = set(listed.values_list("number", flat=True))
        drawn = {number for lot in _lots_to_judge(group) for number in lot.drawn}
        if not numbers & drawn:
            yield "group", _("You were not drawn to judge anything here.")
        elif numbers <= who_cannot(group):
            yield "group", _("You said that already. You are not asked by name again.")

    def apply(self, decision: models.Decision, group: models.Affected, entry: Recorded) -> None:
        models.LotLeft.begin(
            entry, id=self.row, decision=decision.id, group=group.id, person=entry.by, left_at=entry.at
        )


def _lots_to_judge(group: models.Affected) -> Any:
    return models.Lot.everything.filter(group=group.id, of_change__isnull=False)


def rounds_of(change: Change) -> Any:
    """The rounds of messages that asked for the present judgement of a change; after they were asked again,
    those that were sent since."""
    again = last_asked_again(change)
    rounds = asked_on_lists(change)
    return rounds if again is None else rounds.filter(made_by__gt=again.made_by)
