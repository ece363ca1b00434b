"""Numbers of people that everyone may read: none of a few, nor what follows from others or from two readings.

Every number of people that leaves the house goes through this page (docs/decisions/0026). Who may read each
answer anyway is told with nought as the smallest.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def as_the_last_lot_stood(
    said: Iterable[tuple[int, K, V]], *, smallest: int, unsaid: Iterable[tuple[int, K, V]] = ()
) -> dict[K, V]:
    """The last word of each as it was when the last whole lot had come in: `smallest` people or more.

    `said` are (since which entry it counts, whose, what). Two readings, one after the other, differ by nought
    people or by `smallest` at least: who looks each hour learns of no one that they spoke, nor what they
    said.
    Whoever spoke since the last whole lot is not in it yet. With nought as the smallest, everyone is.
    `unsaid` are words that are found not to be theirs, and since when: whoever has no other is in no number.
    """
    came = [(number, whose, what, True) for number, whose, what in said]
    came += [(number, whose, what, False) for number, whose, what in unsaid]
    now: dict[K, V] = {}
    shown: dict[K, V] = {}
    lot: set[K] = set()
    for _number, whose, what, is_said in sorted(came, key=lambda each: each[0]):
        if is_said:
            now[whose] = what
        elif now.get(whose) == what:
            del now[whose]
        else:
            continue
        lot.add(whose)
        if len(lot) >= smallest:
            shown, lot = dict(now), set()
    return shown if smallest else now


# What everyone may be told of one moment -----------------------------------------------------------


def number_told(number: int, *, smallest: int) -> int | None:
    """A number by itself: nought, or so many that it points to nobody. Nothing for a few."""
    return None if 0 < number < smallest else number


def whole_lots(number: int, *, smallest: int) -> int:
    """How many of them have come in whole lots: at least so many. The rest of a lot is not told yet."""
    return number // smallest * smallest if smallest else number


def at_least_told(number: int, *, smallest: int) -> int | None:
    """The same for programs: nought, at least so many, or nothing for a few."""
    return whole_lots(number, smallest=smallest) or (0 if number == 0 else None)


def parts_told(parts: Sequence[int], *, smallest: int) -> list[int | None]:
    """The parts of a whole that is told too, so that no few follow from the others.

    A few are not told; nor as many of the next smallest as it takes, until none of the few follows from what
    is told, not even for somebody who knows this rule.
    """
    back = _kept_back(parts, smallest=smallest, more=0)
    return [None if at in back else part for at, part in enumerate(parts)]


@dataclass(frozen=True, slots=True)
class Bounded:
    """One part of a whole: exact, or at least so many, or a few, of which nothing is told."""

    number: int | None
    is_at_least: bool = False


def parts_bounded(parts: Sequence[int], *, smallest: int) -> list[Bounded] | None:
    """The same where each part is called by what it is: a few, at least so many, or exact. Then each of the
    few can still be any few, whatever the others are. None where the whole alone can be told."""
    back = _kept_back(parts, smallest=smallest, more=1)
    few = [at for at in back if parts[at] < smallest]
    others = [at for at in back if parts[at] >= smallest]
    reaches = sum(parts[at] for at in back) - len(few) * (smallest - 1)
    if few and (len(others) != 1 or reaches < smallest):
        return None
    found = [Bounded(None if at in few else part) for at, part in enumerate(parts)]
    for at in others:
        found[at] = Bounded(whole_lots(reaches, smallest=smallest), is_at_least=True)
    return found


def _kept_back(parts: Sequence[int], *, smallest: int, more: int) -> set[int]:
    """Which parts are not told: the few, and the smallest others beside them, `more` of these at least.

    Whoever knows this rule knows that what is kept back beside the few is no few, and no larger than any part
    that is told. With that each of the few must be able to be any few. Where nothing is enough, all are back.
    """
    most = smallest - 1
    few = {at for at, part in enumerate(parts) if 0 < part < smallest}
    all_of_them = {at for at, part in enumerate(parts) if part} or set(range(len(parts)))
    if 0 < sum(parts) < smallest:
        return set(range(len(parts)))
    if not few:
        return set()
    known = sum(parts[at] for at in few)
    if not more and len(few) - 1 + most <= known <= (len(few) - 1) * most + 1:
        return few
    others = sorted((at for at, part in enumerate(parts) if part >= smallest), key=lambda at: (parts[at], at))
    for many in range(1, len(others) + 1):
        known += parts[others[many - 1]]
        largest = parts[others[many]] if many < len(others) else known
        if known - len(few) * most >= many * smallest and known - len(few) <= many * largest:
            return few | set(others[:many])
    return all_of_them


def answers_told(parts: Sequence[int], *, smallest: int) -> list[int | None]:
    """The same of what people said. All of a small group who said the same are not told either: then each
    one’s answer would be known."""
    whole = sum(parts)
    if parts and max(parts) == whole and 0 < whole < 2 * smallest:
        return [None] * len(parts)
    return parts_told(parts, smallest=smallest)


@dataclass(frozen=True, slots=True)
class Added:
    """A number that is added up from pieces, of which each is told or not."""

    number: int  # of the pieces that are told
    is_whole: bool  # whether every piece is told; if not, there are more than that

    @property
    def told(self) -> int | None:
        """The number, where it is exact."""
        return self.number if self.is_whole else None


def added(pieces: Iterable[int | None]) -> Added:
    """The sum of pieces. What no piece tells, no sum tells: so sums can be taken from each other freely."""
    found = list(pieces)
    return Added(sum(piece or 0 for piece in found), None not in found)


def all_added(sums: Iterable[Added]) -> Added:
    """The sum of sums: exact where each of them is."""
    found = list(sums)
    return Added(sum(one.number for one in found), all(one.is_whole for one in found))
