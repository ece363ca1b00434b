"""Numbers of people that everyone may read: none of a few, nor what follows from two readings of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
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
