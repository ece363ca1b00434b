"""How those it affects judged a change, counted: n of N, and whether that is enough.

A lot makes a gate no easier. It says what those think who would not have spoken, and silences nobody: what
the whole group would not have let through, no lot lets through (docs/decisions/0012).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """How many must judge, and how many of them must be for it: from the rule pack."""

    least_heard: int = 5
    least_heard_percent: int = 10
    more_than_percent: int = 50


@dataclass(frozen=True)
class Tally:
    """What those affected said: n of N. Who did not answer is a number of its own, never a yes."""

    whom: int = 0  # how many it affects, by its definition; where a lot was drawn, how many were drawn
    reached: int | None = None  # how many of them it reached, as far as the body knows
    is_for: int = 0
    for_if: int = 0
    against: int = 0
    left: int | None = None  # how many used it and left
    left_asked: int | None = None  # and how many of those were asked
    left_heard: int = 0
    is_by_lot: bool = False  # all these were drawn by lot; whoever else judged it is counted beside
    drawn_from: int = 0  # where a lot was drawn: how many it affects, by its definition
    beside_for: int = 0
    beside_for_if: int = 0
    beside_against: int = 0
    some_more: bool = False  # some judged it since the last whole lot, and are in no number of these
    some_more_beside: bool = False

    @property
    def beside(self) -> int:
        """How many judged it who were not drawn. They are never added to those who were."""
        return self.beside_for + self.beside_for_if + self.beside_against

    @property
    def heard(self) -> int:
        return self.is_for + self.for_if + self.against

    @property
    def not_answered(self) -> int:
        return max(0, self.whom - self.heard)


def needed(whom: int, measure: Measure) -> int:
    """How many of `whom` people must judge: all of them, where they are few."""
    part = -(-whom * measure.least_heard_percent // 100)
    return min(whom, max(measure.least_heard, part))


def needed_of(tally: Tally, measure: Measure) -> int:
    """How many must judge it. Of those drawn by lot: as many as of all it affects, but at most half of those
    drawn and one. A tenth of sixty would speak for nobody."""
    if not tally.is_by_lot:
        return needed(tally.whom, measure)
    most = tally.whom // 2 + 1
    return max(needed(tally.whom, measure), min(needed(tally.drawn_from, measure), most, tally.whom))


def least_to_go_over(tally: Tally, measure: Measure) -> int:
    """How many must have judged it before a reason can go over their being too few: half of the least number.
    Of three people two, of a hundred five; nobody is never enough (docs/decisions/0065)."""
    return max(1, -(-needed_of(tally, measure) // 2))


def is_heard(tally: Tally, measure: Measure) -> bool:
    """Whether enough of those it affects have judged; never where it affects nobody."""
    return tally.whom > 0 and tally.heard >= needed_of(tally, measure)


def is_agreed(tally: Tally, measure: Measure) -> bool:
    """Whether more than the wanted part of those who judged are for it. “For, if” is not “for” yet."""
    return are_for(tally.is_for, tally.heard, measure)


def are_for(is_for: int, heard: int, measure: Measure) -> bool:
    """Whether more than the wanted part of `heard` people are for it."""
    return is_for * 100 > heard * measure.more_than_percent


def all_are_against(tally: Tally, measure: Measure) -> bool:
    """Whether it would not pass if nobody had been drawn: of all who judged it, not enough are for it."""
    whole = tally.heard + tally.beside
    return tally.beside > 0 and not are_for(tally.is_for + tally.beside_for, whole, measure)


def beside_are_against(tally: Tally, measure: Measure) -> bool:
    """Whether those not drawn are so many that they pass or fail a gate by themselves, and it fails."""
    enough = max(measure.least_heard, needed(max(0, tally.drawn_from - tally.whom), measure))
    return tally.beside >= enough and not are_for(tally.beside_for, tally.beside, measure)


def others_are_against(tally: Tally, measure: Measure) -> bool:
    """Whether those not drawn stand in the way. They can only stop a change, never help it through."""
    return tally.is_by_lot and (all_are_against(tally, measure) or beside_are_against(tally, measure))


def is_passed(tally: Tally, measure: Measure) -> bool:
    """Whether enough of them judged it, agree to it, and nobody who was not drawn is passed over."""
    agreed = is_heard(tally, measure) and is_agreed(tally, measure)
    return agreed and not others_are_against(tally, measure)
