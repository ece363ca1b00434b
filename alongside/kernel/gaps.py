"""SQL that is made once for each kind of actor, with gaps for the person, the row and the moment.

Making SQL from Django's parts costs more than asking it. So it is written twice, for two different
stand-ins: a value that differs between the two and is none of those we know was worked out from them, and
such SQL is not kept. Rules of `may` (policy.py) and of who sees (sight.py) are both kept so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.actor import Actor
from alongside.kernel.kinds import unwatched
from alongside.kernel.wire import on_sqlite, plain_moment
from alongside.kernel.writing import wire

T = TypeVar("T")
Statement = tuple[str, Sequence[Any]]  # SQL with its values
Written = Statement | str  # the same, or a plain answer
MOST_VOICES = 6  # pseudonyms that have a gap each; for someone with more it is written anew each time
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048)  # of a list: few, so that few statements are kept
LOOKED_BACK = (30, 56, 92)  # days before the moment, or its day, that a question may begin with
MOST_AMONG = 64  # rows that a question can name one by one, each with a gap


@dataclass(frozen=True)
class StandIn:
    """What the gaps are filled with."""

    pk: UUID
    person: UUID
    at: datetime
    only: UUID
    office: UUID
    typist: UUID
    voices: tuple[UUID, ...]
    among: tuple[UUID, ...] = ()

    def instead_of(self, actor: Actor) -> Actor:
        """The same kind of actor, as somebody else. Only what has a gap is changed."""
        actor = unwatched(actor)
        return replace(
            actor,
            person=None if actor.person is None else self.person,
            only=None if actor.only is None else self.only,
            office=None if actor.office is None else self.office,
            typed_by=None if actor.typed_by is None else self.typist,
            voices=frozenset(self.voices[: len(actor.voices)]),
        )


def _stand_in(mark: str, late_on_a_summer_evening: str) -> StandIn:
    ids = [UUID(f"{mark * 4}-0000-4000-8000-0000000000{number:02x}") for number in range(5 + MOST_VOICES)]
    # In the evening the day in London is not the day in UTC, so that one cannot be taken for the other.
    among = tuple(UUID(f"{mark * 4}-0000-4000-9000-0000000000{number:02x}") for number in range(MOST_AMONG))
    at = datetime.fromisoformat(late_on_a_summer_evening)
    return StandIn(ids[0], ids[1], at, ids[2], ids[3], ids[4], tuple(ids[5:]), among)


STAND_INS = (
    _stand_in("fe", "1999-06-15T23:30:06.789012+00:00"),
    _stand_in("fd", "1997-07-21T23:45:08.123456+00:00"),
)


def standing_for(actor: Actor, at: datetime, pk: UUID | None = None, among: Sequence[UUID] = ()) -> StandIn:
    """What fills the gaps when this actor asks. What the actor lacks has no gap."""
    nobody, actor = STAND_INS[0], unwatched(actor)
    voices = tuple(sorted(actor.voices)) if actor.voices else ()
    person, only = actor.person or nobody.person, actor.only or nobody.only
    office, typist = actor.office or nobody.office, actor.typed_by or nobody.typist
    return StandIn(pk or nobody.pk, person, at, only, office, typist, voices, tuple(among))


def has_gaps_for(actor: Actor) -> bool:
    """Whether everything by which this actor is known has a gap. Records that were joined have none."""
    return len(actor.voices) <= MOST_VOICES and not actor.former


class Kept:
    """SQL with gaps.

    Who may see a row names the same person and the same moment a hundred times. SQLite is sent each of them
    once: in `once` the marks have numbers, from the first on, so it stands before anything that is asked too.
    """

    __slots__ = ("by_name", "gaps", "once", "sent", "sql", "values")

    def __init__(self, sql: str, values: Sequence[Any], gaps: Sequence[tuple[int, str]]) -> None:
        sql, values, gaps = _spelt_out(sql, values, gaps)
        self.sql, self.values, self.gaps = sql, tuple(values), tuple(gaps)
        self.by_name: dict[str, list[int]] = {}
        for place, name in self.gaps:
            self.by_name.setdefault(name, []).append(place)
        self.once, self.sent = _each_once(sql, len(self.values), dict(self.gaps))

    def filled(self, here: StandIn) -> list[Any]:
        """The values for this asking, as this database takes them."""
        values = list(self.values)
        for name, places in self.by_name.items():
            value = as_value(_GAPS[name](here))
            for place in places:
                values[place] = value
        return values

    def sends(self, here: StandIn) -> list[Any]:
        """The values of `once` for this asking."""
        if self.sent is None:
            return self.filled(here)
        return [as_value(_GAPS[one](here)) if isinstance(one, str) else self.values[one] for one in self.sent]


_MARK = re.compile(r"(%%|%s)")
_WORD = re.compile(r"\w+")


def _spelt_out(
    sql: str, values: Sequence[Any], gaps: Sequence[tuple[int, str]]
) -> tuple[str, list[Any], list[tuple[int, str]]]:
    """Our own words and numbers, which never change, stand in the text: each value sent costs a moment."""
    named, text, left, places = dict(gaps), list[str](), list[Any](), list[tuple[int, str]]()
    sent = iter(enumerate(values))
    for piece in _MARK.split(sql):
        if piece == "%s":
            number, value = next(sent)
            said = "" if number in named else _in_text(value)
            if not said:
                places += [(len(left), named[number])] if number in named else []
                left.append(value)
            text.append(said or piece)
        else:
            text.append(piece)
    return "".join(text), left, places


def _each_once(sql: str, count: int, gaps: dict[int, str]) -> tuple[str, tuple[int | str, ...] | None]:
    """The text for SQLite with numbered marks, and which value or gap each number is. Elsewhere as it was."""
    if not on_sqlite():
        return sql, None
    places: Iterator[int | str] = (gaps.get(place, place) for place in range(count))
    numbers: dict[int | str, int] = {}
    text = [
        f"?{numbers.setdefault(next(places), len(numbers) + 1)}" if piece == "%s" else piece
        for piece in _MARK.split(sql)
    ]
    return "".join(text), tuple(numbers)


def _in_text(value: Any) -> str:
    """A plain word or number as both databases write it; empty for anything else."""
    if isinstance(value, str):
        return f"'{value!s}'" if _WORD.fullmatch(value) else ""
    return str(value) if type(value) is int else ""


def kept(write: Callable[[StandIn], Written | None]) -> Kept | str | None:
    """What `write` makes, kept with gaps; a plain answer; or None when it must be made afresh each time."""
    first, second = (write(stand_in) for stand_in in STAND_INS)
    if not isinstance(first, tuple) or not isinstance(second, tuple):
        return first if first == second and isinstance(first, str) else None
    return with_gaps(first, second, _names(on_sqlite()))


def with_gaps(first: Statement, second: Statement, names: Mapping[tuple[Any, Any], str]) -> Kept | None:
    """One statement from the same written for two lists of stand-ins: each value in which they differ is a
    gap by its name. None where they differ in anything else, such as a value that was worked out."""
    if first[0] != second[0]:
        return None
    gaps = []
    for place, pair in enumerate(zip(first[1], second[1], strict=True)):
        if pair[0] != pair[1]:
            try:
                gaps.append((place, names[pair]))
            except (KeyError, TypeError):  # TypeError: a list, say; no gap is filled with one
                return None
    return Kept(first[0], first[1], gaps)


@cache
def _names(_on_sqlite: bool) -> dict[tuple[Any, Any], str]:
    """The gap of each pair of values that the two stand-ins give, as this database takes them."""
    found: dict[tuple[Any, Any], str] = {}
    for name, value_of in _GAPS.items():
        one, two = (as_value(value_of(stand_in)) for stand_in in STAND_INS)
        found.setdefault((one, two), name)
    return found


@cache
def _voice(number: int) -> Callable[[StandIn], Any]:
    return lambda found: found.voices[number]


@cache
def _before(days: int) -> Callable[[StandIn], Any]:
    return lambda found: found.at - timedelta(days=days)


@cache
def _day_before(days: int) -> Callable[[StandIn], Any]:
    return lambda found: clock.day_of(found.at) - timedelta(days=days)


@cache
def _among(number: int) -> Callable[[StandIn], Any]:
    return lambda found: found.among[number]


_GAPS: dict[str, Callable[[StandIn], Any]] = {
    "pk": lambda found: found.pk,
    "person": lambda found: found.person,
    "only": lambda found: found.only,
    "office": lambda found: found.office,
    "typist": lambda found: found.typist,
    **{f"voice {number}": _voice(number) for number in range(MOST_VOICES)},
    **{f"among {number}": _among(number) for number in range(MOST_AMONG)},
    "at": lambda found: found.at,
    "day": lambda found: clock.day_of(found.at),
    "day in UTC": lambda found: found.at.date(),
    **{f"{days} days before": _before(days) for days in LOOKED_BACK},
    **{f"the day {days} days before": _day_before(days) for days in LOOKED_BACK},
}


def as_value(value: Any) -> Any:
    """An id, a moment or a day as this database takes it from Django."""
    if isinstance(value, UUID):
        return value.hex if on_sqlite() else value
    if isinstance(value, datetime):
        return plain_moment(value) if on_sqlite() and value.tzinfo is UTC else wire().moment(value)
    return wire().connection.ops.adapt_datefield_value(value)


def size_of_list(count: int, most: int = SIZES[-1]) -> int:
    """For how many values a statement has room that is asked about so many; nought for too many."""
    return next((size for size in SIZES if count <= size <= most), 0)


def stretched(values: list[Any], size: int) -> list[Any]:
    """As many as there is room for: the last again and again, which asks for nothing more."""
    return values + values[-1:] * (size - len(values))


_NOT_MADE = object()


class Shelf(dict[Hashable, T]):
    """What was made, by what it was made from. It is emptied when it has grown too large."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def made_once(self, key: Hashable, make: Callable[[], T]) -> T:
        found: Any = self.get(key, _NOT_MADE)
        if found is _NOT_MADE:
            if len(self) >= self.most:
                self.clear()
            found = self[key] = make()
        made: T = found
        return made
