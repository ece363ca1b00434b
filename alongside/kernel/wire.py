"""The door's own statements, sent straight to the database.

Django's cursors cost more than the small statements they carry: each finds its connection anew, makes a
cursor and rewrites the text. The connection, its transactions and its errors are still Django's. On
PostgreSQL the questions of one command go in one journey (a pipeline), each still a statement of its own
that sees what the one before it waited for; and a statement sent often is prepared once.
"""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

if TYPE_CHECKING:
    import psycopg

Rows = list[tuple[Any, ...]]
Question = tuple[str, Sequence[Any]]  # a statement, and its values
PREPARED_AFTER = 3  # times a statement is sent before PostgreSQL keeps its plan
COPIED_FROM = 8  # rows of one table from which PostgreSQL is sent a copy, not statement after statement
IDLE = 0  # how psycopg calls a connection in no transaction: a place on SQLite does not read psycopg in
_MARK = re.compile(r"(?<!%)%s")


class Insert:
    """Adding rows to one table: as a statement, or as a copy."""

    __slots__ = ("copy", "sql", "table")

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        self.table = table
        self.sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        self.copy = f"COPY {table} ({names}) FROM STDIN"


@lru_cache(maxsize=2000)
def _for_sqlite(sql: str) -> str:
    """The text with the marks SQLite knows, as Django would write it."""
    return _MARK.sub("?", sql).replace("%%", "%")


@lru_cache(maxsize=4000)
def _for_postgresql(sql: str) -> bytes:
    """The text with the marks PostgreSQL knows: the driver would look for them in each long one anew."""
    numbers = itertools.count(1)
    return _MARK.sub(lambda _mark: f"${next(numbers)}", sql).replace("%%", "%").encode()


@cache
def on_sqlite() -> bool:
    """Whether this program keeps its record in SQLite. It has one database all its life."""
    return bool(connections[DEFAULT_DB_ALIAS].vendor == "sqlite")


def plain_moment(value: datetime) -> str:
    """A moment in UTC, as SQLite keeps it."""
    return str(value.replace(tzinfo=None))


class _Here(threading.local):
    connection: Any = None  # Django's, which is the same as long as its thread lives


_here = _Here()


def _found() -> Any:
    """The connection of this thread, which Django looks for anew each time."""
    _here.connection = connections[DEFAULT_DB_ALIAS]
    return _here.connection


class Wire:
    """One connection's wire, for as long as one transaction or one question."""

    __slots__ = ("connection", "is_sqlite")

    def __init__(self) -> None:
        self.connection: Any = _here.connection or _found()
        self.is_sqlite = on_sqlite()
        if self.connection.connection is None:
            self.connection.ensure_connection()

    def named(self, value: UUID | None) -> str | None:
        """An id as both databases take it. SQLite keeps it so; PostgreSQL reads it into its own kind."""
        return None if value is None else value.hex

    def moment(self, value: datetime) -> Any:
        """A moment as this database keeps it."""
        if self.is_sqlite and value.tzinfo is UTC:  # by far the most of them
            return plain_moment(value)
        return self.connection.ops.adapt_datetimefield_value(value)

    def ask(self, sql: str, values: Sequence[Any] = (), *, binary: bool = False) -> Rows:
        """The rows that answer one question. In binary, PostgreSQL sends large values as they are."""
        if self.connection.force_debug_cursor:  # so that whoever counts questions counts these too
            self.connection.queries_log.append({"sql": sql, "time": ""})
        with self.connection.wrap_database_errors:
            if self.is_sqlite:
                found: Rows = self.connection.connection.execute(_for_sqlite(sql), values).fetchall()
                return found
            return self._cursor().execute(_for_postgresql(sql), values, binary=binary).fetchall()

    def ask_all(self, questions: Sequence[Question]) -> list[Rows]:
        """The rows that answer each question, asked in this order. What begins a transaction goes along."""
        begins = not self.is_sqlite and _is_to_begin(self.connection.connection)
        if self.is_sqlite or (len(questions) < 2 and not begins):
            return [self.ask(sql, values) for sql, values in questions]
        with self.connection.wrap_database_errors:
            with self._begun() if begins else self.connection.connection.pipeline():
                asked = [self._cursor().execute(_for_postgresql(sql), values) for sql, values in questions]
            return [cursor.fetchall() for cursor in asked]  # within the pipeline it would be a journey more

    @contextmanager
    def _begun(self) -> Iterator[None]:
        """A pipeline that begins the transaction which Django asked the driver for: one journey less.

        The driver would send its BEGIN alone, before the first question, and wait for the answer. So it is
        told that nothing is to begin. Commit and rollback go by what the server says, and Django tells the
        driver anew at the next transaction.
        """
        raw = self.connection.connection
        raw.autocommit = True
        try:
            with raw.pipeline():
                self._cursor().execute("BEGIN")
                yield
        finally:
            if raw.pgconn.transaction_status == IDLE:  # it was not begun
                raw.autocommit = False

    def run(self, sql: str) -> None:
        """A statement that answers nothing."""
        with self.connection.wrap_database_errors:
            self.connection.connection.execute(sql)

    def send(
        self, changes: Sequence[tuple[Insert | str, list[Sequence[Any]]]], *, commits: bool = False
    ) -> list[int]:
        """Send rows to be added or changed, in this order. Gives how many rows each touched.

        On PostgreSQL the commit may go along: one journey less. What goes wrong before it keeps it from
        being done, its warnings are heard as ever, and Django, told of it next, finds nothing left to commit.
        """
        with self.connection.wrap_database_errors:
            if self.is_sqlite:
                return [self._send_to_sqlite(what, rows) for what, rows in changes]
            large = any(isinstance(what, Insert) and len(rows) >= COPIED_FROM for what, rows in changes)
            if large:  # a copy cannot go in a pipeline
                return [self._send_to_postgresql(what, rows)() for what, rows in changes]
            with self.connection.connection.pipeline():
                sent = [self._send_to_postgresql(what, rows) for what, rows in changes]
                if commits:
                    self._cursor().execute("COMMIT")
            return [count() for count in sent]

    def _send_to_sqlite(self, what: Insert | str, rows: list[Sequence[Any]]) -> int:
        sql = _for_sqlite(what.sql if isinstance(what, Insert) else what)
        raw = self.connection.connection
        found = raw.execute(sql, rows[0]) if len(rows) == 1 else raw.executemany(sql, rows)
        return int(found.rowcount)

    def _send_to_postgresql(self, what: Insert | str, rows: list[Sequence[Any]]) -> Callable[[], int]:
        cursor = self._cursor()
        if isinstance(what, Insert) and len(rows) >= COPIED_FROM:
            with cursor.copy(what.copy) as copy:
                for row in rows:
                    copy.write_row(row)
            return lambda: cursor.rowcount
        sql = _for_postgresql(what.sql if isinstance(what, Insert) else what)
        if len(rows) == 1:
            cursor.execute(sql, rows[0])
        else:
            cursor.executemany(sql, rows)
        return lambda: cursor.rowcount

    def _cursor(self) -> psycopg.RawCursor[tuple[Any, ...]]:
        """Values travel beside the text, so that a statement can be prepared; Django writes them into it."""
        import psycopg  # here, for a place on SQLite needs none of it

        return psycopg.RawCursor(self.connection.connection)


def _is_to_begin(raw: psycopg.Connection[Any]) -> bool:
    """Whether the driver will begin a transaction before what is sent next, as plainly as we would."""
    plainly = raw.isolation_level is None and raw.read_only is None and raw.deferrable is None
    return plainly and not raw.autocommit and raw.pgconn.transaction_status == IDLE


def prepare_often_asked(connection: Any) -> None:
    """Let a new connection to PostgreSQL keep the plans of what the door sends again and again.

    Nor does it compile them: who may see what is long to say and quick to answer, and compiling one such
    question took it more than a second. Nor does it plan what it keeps anew for each reader, which took it
    longer than to answer: what tells readers apart stands in the text, and only ids and moments are gaps.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET jit = off; SET plan_cache_mode = force_generic_plan")
    if "prepare_threshold" not in connection.settings_dict["OPTIONS"]:
        connection.connection.prepare_threshold = PREPARED_AFTER
