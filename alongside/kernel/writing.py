"""What one transaction of the door is about to write, kept together and sent in as few statements as can be.

Rows are flushed before anything is read, so a guard never counts without what was just written. Outside
the door nothing can be written: there is no `Writing` to put it in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from alongside.kernel.wire import Insert, Question, Rows, Wire

Row = Sequence[Any]


class SideDoor(Exception):
    """Something tried to change a table without an entry."""


class Writing:
    """The rows that wait, in an order that keeps each table's own."""

    def __init__(self) -> None:
        self.wire = Wire()
        self.groups: list[tuple[Insert | str, list[Row]]] = []
        self._last: dict[str, tuple[Insert | str, list[Row]]] = {}
        self.to_count = False  # whether a row waits to be changed that may not be there
        self.remembered: dict[tuple[type, UUID], Answer] = {}  # locked rows, as they were read and still are
        self.before: Callable[[Iterable[str]], None] | None = None  # told what is written into, before it is

    def insert(self, what: Insert, row: Row) -> None:
        self._add(what.table, what, row)

    def update(self, table: str, sql: str, row: Row, *, is_there: bool = False) -> None:
        """`is_there` says that this transaction has locked the row, so that it cannot be gone."""
        self._add(table, sql, row)
        self.to_count = self.to_count or not is_there

    def _add(self, table: str, what: Insert | str, row: Row) -> None:
        group = self._last.get(table)
        if group is None or group[0] is not what:
            group = self._last[table] = (what, [])
            self.groups.append(group)
        group[1].append(row)

    def flush(self, *, last: bool = False) -> None:
        """Send what waits. What is sent last takes the commit along, if nothing must be counted before it."""
        if not self.groups:
            return
        if self.before is not None:
            self.before(self._last)
        commits = last and not self.to_count
        groups, self.groups, self._last, self.to_count = self.groups, [], {}, False
        for (what, rows), count in zip(groups, self.wire.send(groups, commits=commits), strict=True):
            if isinstance(what, str) and count != len(rows):
                raise SideDoor(f"A row was not there to change: {what}")


class Answer:
    """What the database answers to one question of a journey, once it is back."""

    __slots__ = ("rows", "values")

    def __init__(self, rows: Rows | None = None) -> None:
        self.rows: Rows = [] if rows is None else rows
        self.values: list[Any] | None = None  # of its first row, once they were turned into Python's


class Journey:
    """Questions that go to the database together, each a statement of its own, answered in their order."""

    def __init__(self, waiting: Writing) -> None:
        self.waiting = waiting
        self.questions: list[Question] = []
        self.answers: list[Answer] = []
        self.reads = False  # whether it reads what this transaction may have written

    def ask(self, question: Question, *, reads: bool = False) -> Answer:
        answer = Answer()
        self.questions.append(question)
        self.answers.append(answer)
        self.reads = self.reads or reads
        return answer

    def go(self) -> None:
        if self.reads:
            self.waiting.flush()
        for answer, rows in zip(self.answers, self.waiting.wire.ask_all(self.questions), strict=True):
            answer.rows = rows


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


def wire() -> Wire:
    """The wire of this thread's transaction, or one for a single question."""
    return Wire() if _here.writing is None else _here.writing.wire


def flush() -> None:
    """Send what waits, so that what is read next is true."""
    if _here.writing is not None:
        _here.writing.flush()
