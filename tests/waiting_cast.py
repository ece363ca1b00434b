"""The cast, built once and left standing: each test begins where it stands, and all it did is undone.

To build the cast takes longer than most tests do. So it is built in a transaction that stays open around
the tests that ask for it, one after another; each test is a savepoint in it. A test that commits, or that
wants an empty database, ends that transaction, and the next test that asks for the cast has it built anew.
People's keys lie in a store beside the database, which no rollback reaches: it is put back as it was.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from tests.world import Cast, world

MOST = 200  # tests on one cast, so that what they left undone does not pile up in the database's files


class WaitingCast:
    """Who waits in the database for the next test: the cast, or nobody."""

    def __init__(self) -> None:
        self.cast: Cast | None = None
        self._around: Any = None
        self._keys: list[tuple[Any, ...]] = []
        self._entries: tuple[int, int] = (0, 0)
        self._tests = 0
        self._laid_tables = False

    def come(self, *, for_long: bool = False) -> None:
        """The cast is there, and nothing has happened yet.

        A comparison lays tables. SQLite remembers until the end of the transaction that it did, and at each
        step back reads anew what all tables are: 3 ms for each refused command of the tests that come after.
        Whoever comes for long has the cast built anew then: that takes 65 ms.
        """
        self._tests += 1
        if self.cast is not None and (self._tests > MOST or (self._laid_tables and for_long)):
            self.go()
        if self.cast is None:
            self._build()
            return
        assert _entries() == self._entries, "the test before this one left something in the record"
        _put_back(self._keys)

    def _build(self) -> None:
        self._laid_tables = False
        connection.execute_wrappers.append(self._notice)
        self._around = transaction.atomic()
        self._around._from_testcase = True  # as Django marks a test's own, so that `durable` may stand inside
        self._around.__enter__()
        try:
            self.cast = world()
        except BaseException:
            self.go()
            raise
        self._tests = 1
        self._entries, self._keys = _entries(), _keys()

    def go(self) -> None:
        """Nobody is there, and nothing ever was."""
        if self._around is not None:
            transaction.set_rollback(True)
            self._around.__exit__(None, None, None)
            connection.execute_wrappers.remove(self._notice)
        self._around = self.cast = None

    def _notice(self, go_on: Any, sql: str, *more: Any) -> Any:
        self._laid_tables |= connection.vendor == "sqlite" and sql.startswith("CREATE TEMP")
        return go_on(sql, *more)


def _entries() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), MAX(number) FROM kernel_entry")
        count, last = cursor.fetchone()
        return count, last


def _store() -> Path:
    return Path(settings.KEYS) / "keyring.sqlite3"


def _keys() -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(_store())) as store:
        return store.execute("SELECT * FROM owner_key ORDER BY id").fetchall()


def _put_back(keys: list[tuple[Any, ...]]) -> None:
    """The store of keys as it was. Whoever has it open sees that it changed, and looks again."""
    if _keys() == keys:
        return
    with closing(sqlite3.connect(_store(), timeout=20)) as store, store:
        store.execute("DELETE FROM owner_key")
        store.executemany("INSERT INTO owner_key VALUES (?, ?, ?, ?, ?, ?)", keys)
