"""Which numbers of those who judged everyone may be told, so that no one person’s answer follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.kernel.few import answers_told, number_told, whole_lots
from alongside.topics.decisions.engine.counted import Tally


@dataclass(frozen=True)
class Told:
    """What everyone may be told of a tally. None where the number would show what one person said."""

    heard: int | None
    is_for: int | None
    for_if: int | None
    against: int | None
    not_answered: int | None
    left_heard: int | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is kept back."""
        return None not in (self.heard, self.is_for, self.for_if, self.against, self.left_heard)


def told(tally: Tally, *, smallest: int) -> Told:
    """The numbers for everyone. `smallest` is the smallest number of people shown; 0 for those who decide,
    who read each answer anyway."""
    said = (tally.is_for, tally.for_if, tally.against)
    left = number_told(tally.left_heard, smallest=smallest)
    if 0 < tally.heard < smallest or (tally.some_more and not tally.heard):
        return Told(None, None, None, None, None, None if tally.left_heard else left)
    is_for, for_if, against = answers_told(said, smallest=smallest)
    return Told(tally.heard, is_for, for_if, against, tally.not_answered, left)


def result_told(counts: Mapping[str, int], *, shared: int, smallest: int) -> dict[str, int | None]:
    """What those who have a problem say of it now, as anyone may know it.

    `counts` has yes, partly, no, heard and whom, as the last whole lot left them; `shared` is how many said
    "me too". None where a number would tell what one of a few said, or that only a few have the problem; of
    all who have it, at least so many. Empty where nobody said anything.
    """
    if not counts:
        return {}
    names = ("yes", "partly", "no")
    parts = answers_told([counts[name] for name in names], smallest=smallest)
    few = counts["heard"] < smallest
    if few:
        parts = [None] * len(names)
    at_least = max(whole_lots(counts["whom"], smallest=smallest), counts["heard"])
    whom = None if few or 0 < shared < smallest else at_least
    return {**dict(zip(names, parts, strict=True)), "heard": None if few else counts["heard"], "whom": whom}
