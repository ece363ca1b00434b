"""On the page of a change: the way with its two gates, drawn, and what came of each judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.topics.decisions.commands.gone_through import Gone, gone_through
from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.models import Change, ChangeState, ChangeStep
from alongside.topics.decisions.pages.judged import told_of
from alongside.topics.decisions.pages.judged_by_lot import by_lot_words

PARTS = {"passed": "kept", "here": "these", "closed": "not-kept"}
PARTS |= dict.fromkeys(("ahead", "never", "unseen"), "no-answer")
SAYS = {
    "passed": gettext_lazy("done"),
    "here": gettext_lazy("now"),
    "closed": gettext_lazy("not yet: it waits"),
    "ahead": gettext_lazy("to come"),
    "never": gettext_lazy("no longer to come"),
    "unseen": gettext_lazy("not shown with a code"),
}
QUESTIONS = {1: gettext_lazy("May it start?"), 2: gettext_lazy("What did it do, and may it go on?")}
FOLLOWED = {
    "plan_before": gettext_lazy("The plan was changed. The new plan was to be judged anew."),
    "started": gettext_lazy("It started."),
    "asked_again": gettext_lazy("They were asked again in other ways, and given more time."),
    "passed_over": gettext_lazy("Those who decide passed over this judgement. They say why further down."),
    "goes_on": gettext_lazy("It was let go on."),
    "lapsed": gettext_lazy("Its permission lapsed by itself."),
    "stopped": gettext_lazy("It was stopped."),
    "dropped": gettext_lazy("It was dropped before it started."),
}


# Before decision record 0065 a first start could go over nobody's judgement. Such an entry reads as it was.
OVER_NOBODY = gettext_lazy(
    "It started though nobody had judged it: the rule of that time let it. Why, is below."
)


@dataclass(frozen=True)
class Station:
    """One place on a way that is drawn: a gate or a stop, and whether we are past it."""

    name: str
    x: int
    look: str  # passed, here, closed, ahead, never or unseen
    is_gate: bool = False

    @property
    def left(self) -> int:
        return self.x - 8

    @property
    def part(self) -> str:
        return PARTS[self.look]

    @property
    def says(self) -> str:
        return str(SAYS[self.look])


def drawn(names: Sequence[str], looks: Sequence[str], *, gates_at: Sequence[int] = ()) -> list[Station]:
    """Places on a way, side by side over the whole drawing, which is 640 wide."""
    apart = 576 // (len(names) - 1)
    pairs = enumerate(zip(names, looks, strict=True))
    return [Station(name, 32 + apart * at, look, at in gates_at) for at, (name, look) in pairs]


def drawn_gates(change: Change, steps: Sequence[ChangeStep], today: date, sentence: str) -> dict[str, Any]:
    """The way of a change with its two gates, for the drawing, and the sentence that says the same."""
    started = change.started_on is not None
    lapsed = gates.is_lapsed(change.state, change.review_on, today)
    is_over = change.state in (ChangeState.STOPPED, ChangeState.CHANGED, ChangeState.DROPPED)
    went_on = any(row.kind == "goes_on" for row in steps)
    goes_on = went_on and not lapsed and not is_over
    if is_over:  # nothing waits there any more, and nothing is to come
        after = "passed" if went_on else "never"
        looks = ["passed", *(["passed", "passed"] if started else ["never", "never"]), after, after]
    else:
        runs = "here" if started else "ahead"
        if started and (lapsed or goes_on):
            runs = "passed"
        second = "passed" if went_on else "ahead"
        if lapsed:
            second = "closed"
        looks = ["passed", "passed" if started else "closed", runs, second, "here" if goes_on else "ahead"]
    names = [_("Plan"), _("They judge the plan"), _("It runs"), _("They judge what it did"), _("It goes on")]
    stations = drawn(names, looks, gates_at=(1, 3))
    return {"stations": stations, "sentence": sentence, "name": _("The two gates of a change")}


def judged_so_far(change: Change, steps: Sequence[ChangeStep], *, smallest: int) -> dict[str, Any]:
    """Each judgement of it, oldest first, once there is more than the one of now."""
    rounds = gone_through(change, steps, smallest=smallest)
    if all(one.is_open for one in rounds):
        return {"rounds": [], "is_whole": True, "lots_of": smallest}
    shown = [_shown(one, smallest) for one in rounds]
    is_whole = all(one["is_whole"] for one in shown if not one["round"].is_open)
    return {"rounds": shown, "is_whole": is_whole, "lots_of": smallest}


def _shown(one: Gone, smallest: int) -> dict[str, Any]:
    told = told_of(one.plan, smallest=smallest)
    by_lot = by_lot_words(one.plan.numbers, smallest=smallest)
    nobody = one.plan.tally.heard + one.plan.tally.beside == 0
    says = FOLLOWED | ({"passed_over": OVER_NOBODY} if nobody else {})
    return {
        "question": QUESTIONS[one.gate],
        "round": one,
        "sentence": told["sentence"],
        "parts": [(name, count) for name, count in told["rows"] if count is not None],
        "is_whole": told["is_whole"],
        "passed": told["passed"] if one.plan.tally.heard else _("Not passed: nobody judged it."),
        "by_lot": by_lot if one.plan.tally.beside else by_lot[:1],
        "then": [(row.on_day, says[row.kind]) for row in one.then],
    }
