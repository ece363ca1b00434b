"""Rounds: two sides in turn, and the median of the rounds' ratios."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Round = Callable[[], dict[str, Any]]
AT_LEAST, AT_MOST = "at least", "at most"


@dataclass(frozen=True)
class Target:
    """What a row is called, and what it is to reach."""

    name: str
    reach: float
    sense: str = AT_LEAST
    unit: str = "a second"


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, against what, and whether it is as good as we want."""

    target: Target
    value: float | None = None
    against: float | None = None
    ratio: float | None = None
    missing: str = ""  # why it was not measured
    rounds: list[float] = field(default_factory=list)  # what each round came to, in order of size

    @property
    def judged(self) -> float | None:
        """What is held against the target: the ratio, or the value where there is nothing to divide by."""
        return self.value if self.against is None else self.ratio

    @property
    def reached(self) -> bool:
        if self.judged is None:
            return False
        if self.target.sense == AT_LEAST:
            return self.judged >= self.target.reach
        return self.judged <= self.target.reach

    def as_json(self) -> dict[str, Any]:
        shown = {"value": self.value, "against": self.against, "ratio": self.ratio}
        rounded = {name: None if value is None else round(value, 3) for name, value in shown.items()}
        return {"name": self.target.name, **rounded, "reach": self.target.reach, "reached": self.reached}


def rate(took: dict[str, Any]) -> float:
    """How many a second."""
    return float(took["count"] / max(took["ended"] - took["began"], 1e-9))


def together(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """What several programs did side by side, as one."""
    rounds = list(found)
    return {
        "began": min(each["began"] for each in rounds),
        "ended": max(each["ended"] for each in rounds),
        "count": sum(each["count"] for each in rounds),
        "p99": max(each.get("p99", 0.0) for each in rounds),
    }


def in_turn(ours: Round, theirs: Round, *, rounds: int) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Both sides, round after round; who goes first changes each time. The first round only warms up."""
    ours(), theirs()
    found = []
    for number in range(rounds):
        if number % 2:
            second = theirs()
            found.append((ours(), second))
        else:
            first = ours()
            found.append((first, theirs()))
    return found


def compared(
    target: Target,
    pairs: list[tuple[dict[str, Any], dict[str, Any]]],
    measure: Callable[[dict[str, Any]], float] = rate,
) -> Row:
    """The row of these rounds."""
    ratios = [measure(ours) / measure(theirs) for ours, theirs in pairs]
    return Row(
        target,
        value=median(measure(ours) for ours, _theirs in pairs),
        against=median(measure(theirs) for _ours, theirs in pairs),
        ratio=median(ratios),
        rounds=sorted(ratios),
    )
