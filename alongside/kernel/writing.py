"""What one transaction of the door is about to write, kept together and sent in as few statements as can be.

Rows are flushed before anything is read, so a guard never counts without what was just written. Outside
the door nothing can be written: there is no `Writing` to put it in.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from django.db import connection


class SideDoor(Exception):
    """Something tried to change a table without an entry."""


class Group:
    """One statement and the rows it is to be run with."""

    __slots__ = ("changes", "rows", "sql", "table")

    def __init__(self, table: str, sql: str, changes: bool) -> None:
        self.table, self.sql, self.changes = table, sql, changes
        self.rows: list[Sequence[Any]] = []


class Writing:
    """The statements that wait, in an order that keeps each table's own."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._last: dict[str, Group] = {}

    def insert(self, table: str, sql: str, row: Sequence[Any]) -> None:
        self._add(table, sql, row, changes=False)

    def update(self, table: str, sql: str, row: Sequence[Any]) -> None:
        self._add(table, sql, row, changes=True)

    def _add(self, table: str, sql: str, row: Sequence[Any], *, changes: bool) -> None:
        group = self._last.get(table)
        if group is None or group.sql != sql:
            group = self._last[table] = Group(table, sql, changes)
            self.groups.append(group)
        group.rows.append(row)

    def flush(self) -> None:
        if not self.groups:
            return
        groups, self.groups, self._last = self.groups, [], {}
        with connection.cursor() as cursor:
            for group in groups:
                if len(group.rows) == 1:
                    cursor.execute(group.sql, group.rows[0])
                else:
                    cursor.executemany(group.sql, group.rows)
                if group.changes and cursor.rowcount not in (len(group.rows), -1):
                    raise SideDoor(f"A row of {group.table} was not there to change.")


class _Here(threading.local):
    writing: Writing | None = None


_here = _Here()


def begin() -> Writing:
    """Open the buffer of this thread: the door and replay only."""
    if _here.writing is not None:
        raise SideDoor("This thread is inside the door already.")
    _here.writing = Writing()
    return _here.writing


def end() -> None:
    _here.writing = None


def inside() -> bool:
    return _here.writing is not None


def writing() -> Writing:
    """The buffer, for rows; there is one only inside the door."""
    if _here.writing is None:
        raise SideDoor("These rows change only by a command's apply, with its entry.")
    return _here.writing


def flush() -> None:
    """Send what waits, so that what is read next is true."""
    if _here.writing is not None:
        _here.writing.flush()
