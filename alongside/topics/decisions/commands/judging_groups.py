"""Those a change affects, asked to judge it from a list: in bundles, and by lot where they are many.

Whoever was not drawn may still judge. Those drawn are n of N; the others are counted beside, never with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Lazy, Recorded
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, must_belong
from alongside.topics.decisions.commands.changing import may_be_judged
from alongside.topics.decisions.commands.gating import OnChange, pack_of_change
from alongside.topics.decisions.commands.groups import begin_lot, is_large, lot_now
from alongside.topics.decisions.commands.rounds import begin_round, may_begin, settled_round
from alongside.topics.decisions.models import Change, RoundKind
from alongside.topics.decisions.policy import runs_a_change, who_decides


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
    asked_on: date | None = Ask(settled=True)
    judge_by: date | None = Ask(settled=True)

    def settle(
        self, decision: models.Decision, change: Change, group: models.Affected, at: At
    ) -> Mapping[str, Any]:
        asked_on = change.asked_on or at.date()
        found = settled_round(group) | (lot_now(decision, group) if is_large(decision, group) else {})
        judge_by = change.judge_by or pack_of_change(change).due("change.judge_days", asked_on)
        return found | {"asked_on": asked_on, "judge_by": judge_by}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        group: models.Affected = rest[0]
        yield from super().objections(decision, change)
        yield from must_belong(decision, group=group)
        yield from may_be_judged(change, rest[-1])
        yield from may_begin(decision, group)
        if rounds_of(change).filter(group=group.id).exists():
            yield "group", _("Word of this was sent to this group. We ask no one twice.")
        here = {"of_change": change.id}
        lots = models.Lot.everything.filter(change_round=change.round, **here)
        if lots.exists() and models.Judgement.everything.filter(round=change.round, **here).exists():
            yield "group", _("People drawn by lot judge it already. Others are counted beside.")

    def apply(
        self, decision: models.Decision, change: Change, group: models.Affected, entry: Recorded
    ) -> None:
        of_change = {"of_change": change.id, "change_round": change.round}
        if self.numbers:
            begin_lot(entry, self, decision.id, group.id, **of_change)
        begin_round(entry, self, decision.id, group, RoundKind.JUDGE, **of_change)
        change.change(entry, asked_on=self.asked_on, judge_by=self.judge_by)


def rounds_of(change: Change) -> Any:
    """The rounds of messages that asked for the present judgement of a change."""
    return models.Round.everything.filter(
        of_change=change.id, change_round=change.round, kind=RoundKind.JUDGE
    )
