"""What anybody may be told of a place in numbers, with small numbers protected. Pure functions, no database.

Months are told whole and never while they run: two counts of a running month, a day apart, would give away
what happened on that day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.interfaces.wired import Figure as FigureTold
from alongside.kernel.few import as_the_last_lot_stood, number_told, parts_bounded


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


def as_settled(found: Iterable[tuple[datetime, UUID, UUID, str]]) -> Iterator[tuple[int, UUID, str]]:
    """(the how-manieth, about whom, what came about) of things that were settled.

    Each is given as (when, its id, about whom, what). They go by when they were settled: what changes a row
    later moves nobody into another lot.
    """
    for number, (_at, _pk, whom, what) in enumerate(sorted(found)):
        yield number, whom, what


def in_whole_lots(came: Iterable[tuple[int, UUID, str]], *, smallest: int) -> Counter[str]:
    """How often each thing came about, as the last whole lot of people stood (kernel/few.py).

    `came` are as `as_settled` gives them.
    """
    now: dict[UUID, Counter[str]] = {}
    said = []
    for number, whom, what in sorted(came):
        now[whom] = now.get(whom, Counter()) + Counter([what])
        said.append((number, whom, now[whom]))
    return sum(as_the_last_lot_stood(said, smallest=smallest).values(), Counter())


def protected(parts: Mapping[str, int], *, smallest: int) -> Figures:
    """Each part as strangers may see it (kernel/few.py). A part of nought is left out; where parts would give
    too much away, only the total is told."""
    found = {name: number for name, number in parts.items() if number}
    total = sum(found.values())
    if total < smallest:
        return Figures(0 if total == 0 else None, (), smallest)
    told = parts_bounded(list(found.values()), smallest=smallest) or []
    shown = [
        Figure(name, part.number, part.is_at_least) for name, part in zip(found, told, strict=bool(told))
    ]
    return Figures(total, tuple(shown), smallest)


def one(number: int, *, smallest: int) -> Figure:
    """A number by itself."""
    return Figure("", number_told(number, smallest=smallest))


def for_programs(parts: Iterable[Figure]) -> dict[str, FigureTold]:
    """Each part by its name, as the API tells it."""
    return {part.name: {"number": part.number, "at_least": part.is_at_least} for part in parts}


def whole_month_before(day: date) -> tuple[date, date]:
    """The first and the last day of the last month that is over."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
