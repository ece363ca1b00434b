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

    A few are not told; nor the next smallest, where taking the others from the whole would tell the few.
    """
    whole = sum(parts)
    if 0 < whole < smallest:
        return [None] * len(parts)
    hidden = {at for at, part in enumerate(parts) if 0 < part < smallest}
    if _follow(whole=sum(parts[at] for at in hidden), many=len(hidden), smallest=smallest):
        rest = [at for at, part in enumerate(parts) if part and at not in hidden]
        if not rest and len(hidden) > 1:
            return [None] * len(parts)
        hidden |= {min(rest, key=lambda at: parts[at])} if rest else set()
    return [None if at in hidden else part for at, part in enumerate(parts)]


def _follow(*, whole: int, many: int, smallest: int) -> bool:
    """Whether some hidden parts, each of a few, are known from how many they are together."""
    return many > 0 and (many == 1 or whole < smallest or whole in (many, many * (smallest - 1)))


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
