"""What anybody may be told of a place in numbers, with small numbers protected. Pure functions, no database.

Months are told whole and never while they run: two counts of a running month, a day apart, would give away
what happened on that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from alongside.kernel.few import as_the_last_lot_stood, number_told


@dataclass(frozen=True)
class Figure:
    """One number as strangers may see it: exact, or “at least so many”, or too small to show."""

    name: str
    number: int | None  # None: from one to one less than the smallest we show
    is_at_least: bool = False


@dataclass(frozen=True)
class Figures:
    """Numbers that add up to a total. With no total, there were too few to tell anything."""

    total: int | None
    parts: tuple[Figure, ...]
    smallest: int

    @property
    def is_whole(self) -> bool:
        """Whether every part is exact, so that it can be drawn."""
        return self.total is not None and all(
            part.number is not None and not part.is_at_least for part in self.parts
        )


def in_whole_lots(came: Iterable[tuple[int, UUID, str]], *, smallest: int) -> Counter[str]:
    """How often each thing came about, as the last whole lot of people stood (kernel/few.py).

    `came` are (since which entry, about whom, what came about).
    """
    now: dict[UUID, Counter[str]] = {}
    said = []
    for number, whom, what in sorted(came):
        now[whom] = now.get(whom, Counter()) + Counter([what])
        said.append((number, whom, now[whom]))
    return sum(as_the_last_lot_stood(said, smallest=smallest).values(), Counter())


def protected(parts: Mapping[str, int], *, smallest: int) -> Figures:
    """Hide each part from one to `smallest` - 1, and blur one other, so that nobody can work it out.

    A part of nought is left out. The blurred part is the first that is not small, told as a multiple of five
    that it reaches whatever the hidden ones are; so each of them can still be anything from one to
    `smallest` - 1. Where even that would give too much away, only the total is told.
    """
    found = {name: number for name, number in parts.items() if number}
    total = sum(found.values())
    small = [name for name, number in found.items() if number < smallest]
    if total < smallest:
        return Figures(0 if total == 0 else None, (), smallest)
    if not small:
        return Figures(total, tuple(Figure(name, number) for name, number in found.items()), smallest)
    blurred = next((name for name in found if name not in small), "")
    known_together = sum(found[name] for name in (*small, blurred) if name)
    reaches = (known_together - len(small) * (smallest - 1)) // 5 * 5
    if not blurred or reaches < smallest:
        return Figures(total, (), smallest)
    shown = []
    for name, number in found.items():
        if name == blurred:
            shown.append(Figure(name, reaches, is_at_least=True))
        else:
            shown.append(Figure(name, None if name in small else number))
    return Figures(total, tuple(shown), smallest)


def one(number: int, *, smallest: int) -> Figure:
    """A number by itself."""
    return Figure("", number_told(number, smallest=smallest))


def for_programs(parts: Iterable[Figure]) -> dict[str, dict[str, Any]]:
    """Each part by its name, as the API tells it."""
    return {part.name: {"number": part.number, "at_least": part.is_at_least} for part in parts}


def whole_month_before(day: date) -> tuple[date, date]:
    """The first and the last day of the last month that is over."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
