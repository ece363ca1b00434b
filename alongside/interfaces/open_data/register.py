"""A public register: its name, its columns, and the rows a visitor may see, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string

from alongside.interfaces.answers import Page
from alongside.interfaces.api import Cursor, cut, plain
from alongside.interfaces.wired import wiring
from alongside.kernel.command import Lazy, Missing

AT_A_TIME = 200


@dataclass(frozen=True)
class Column:
    """One column, and what it says. A number says its unit."""

    name: str
    says: Lazy


@dataclass(frozen=True)
class News:
    """One row as a feed tells it."""

    id: UUID
    title: str
    says: str
    path: str
    of: str  # the body it is about
    number: int  # of the entry that last changed it: when that was is asked of the record


@dataclass(frozen=True)
class Register:
    """Rows that anybody may take away.

    `rows` gives a queryset under a visitor's eyes; `shown` turns a page of its rows into one mapping each,
    with the names of `columns`; `news` says each row for a feed, where the register has one, and
    `also` is what happened to rows without changing them, at most so many, told under the row's own id.
    """

    name: str
    title: Lazy
    says: Lazy
    columns: Sequence[Column]
    rows: Callable[[], Any]
    shown: Callable[[Sequence[Any]], list[dict[str, Any]]]
    news: Callable[[Sequence[Any]], list[News]] | None = None
    also: Callable[[int], list[News]] | None = None

    def page(self, cursor: Cursor = None, limit: int = 50) -> Page[dict[str, Any]]:
        """One page of rows, what changed last first, and the cursor of the next."""
        found = cut(self.rows(), cursor, limit)
        return {"items": [self._in_order(row) for row in self.shown(found["items"])], "next": found["next"]}

    def all(self) -> Iterator[dict[str, Any]]:
        """Every row, read a page at a time."""
        cursor: Cursor = None
        while True:
            found = self.page(cursor, AT_A_TIME)
            yield from found["items"]
            cursor = found["next"]
            if cursor is None:
                return

    def newest(self, count: int) -> list[News]:
        """What changed last."""
        found = self.news(cut(self.rows(), None, count)["items"]) if self.news else []
        latest: dict[UUID, News] = {}
        for one in sorted([*found, *(self.also(count) if self.also else [])], key=lambda one: one.number):
            latest[one.id] = one
        return sorted(latest.values(), key=lambda one: -one.number)[:count]

    def _in_order(self, row: dict[str, Any]) -> dict[str, Any]:
        return {column.name: _value(row[column.name]) for column in self.columns}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return plain(value)


def registers() -> list[Register]:
    """Every register of the wiring page."""
    found: list[Register] = [import_string(place) for place in wiring("REGISTERS", [])]
    return found


def register(name: str) -> Register:
    """The register of this name. Raises Missing."""
    found = next((one for one in registers() if one.name == name), None)
    if found is None:
        raise Missing
    return found
