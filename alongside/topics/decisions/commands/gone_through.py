"""The rounds in which a change was judged, oldest first: how each stood when it ended, and what followed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from alongside.topics.decisions.commands.gating import measure_of, tally_of
from alongside.topics.decisions.engine import counted, gates
from alongside.topics.decisions.models import Change, ChangeState, ChangeStep

OF_A_GATE = ("asked_again", "lapsed", "passed_over")  # what happens on the way, beside what ends a round
OVER = (ChangeState.STOPPED, ChangeState.DROPPED)


@dataclass(frozen=True)
class Gone:
    """One round of judging: which gate it was at, what those it affects said, and what was done then."""

    number: int
    gate: int  # 1: may it start; 2: what did it do, and may it go on
    asked_on: date | None
    judge_by: date | None
    plan: gates.Plan  # its tallies: as it stands, and as the reader may be told
    then: tuple[ChangeStep, ...]
    is_open: bool  # it is the round of now

    @property
    def passed(self) -> bool:
        return counted.is_passed(self.plan.tally, self.plan.measure)


def gone_through(change: Change, steps: Sequence[ChangeStep], *, smallest: int) -> list[Gone]:
    """Every round of a change, oldest first. `steps` are its steps; `smallest` as in kernel/few.py."""
    return list(_rounds(change, sorted(steps, key=lambda row: (row.made_by, row.ended is None)), smallest))


def _rounds(change: Change, steps: list[ChangeStep], smallest: int) -> Iterator[Gone]:
    gate, then = 1, list[ChangeStep]()
    ends = {row.made_by for row in steps if row.ended is not None}
    for at, row in enumerate(steps):
        if row.ended is not None or row.kind in OF_A_GATE:
            then.append(row)
        is_last_of_entry = at + 1 == len(steps) or steps[at + 1].made_by != row.made_by
        if row.made_by in ends and is_last_of_entry:
            end = next(one for one in then if one.made_by == row.made_by and one.ended is not None)
            yield _gone(change, smallest, gate, then, end)
            gate, then = (2 if end.kind == "started" else gate), []
    if change.state not in OVER:
        yield _gone(change, smallest, gate, then, None)


def _gone(change: Change, smallest: int, gate: int, then: list[ChangeStep], end: ChangeStep | None) -> Gone:
    tally = tally_of(change, end=end)
    numbers = tally_of(change, smallest=smallest, end=end) if smallest else tally
    stood = change if end is None else end
    return Gone(
        number=change.round if end is None else end.ended or 0,
        gate=gate,
        asked_on=stood.asked_on,
        judge_by=stood.judge_by,
        plan=gates.Plan(change.state, tally=tally, numbers=numbers, measure=measure_of(change)),
        then=tuple(then),
        is_open=end is None and change.state != ChangeState.CHANGED,
    )
