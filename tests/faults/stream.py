"""Every statement that the door sends to SQLite, as it was sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from alongside.kernel import sidedoors


@contextmanager
def listened(folder: Path) -> Iterator[tuple[bytes, list[str]]]:
    """(the store as it was, the statements since): listens at the connection that the door writes to.

    The triggers are taken away first. They only refuse, and SQLite tells of a statement once more for each.
    """
    sidedoors.unlock(connection)
    copy = folder / "before"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    heard: list[str] = []
    connection.connection.set_trace_callback(heard.append)
    try:
        yield copy.read_bytes(), heard
    finally:
        connection.connection.set_trace_callback(None)
        sidedoors.lock(connection)


def as_promised() -> tuple[str, int]:
    """(journal mode, synchronous) of the connection that the door writes to."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = str(cursor.fetchone()[0])
        cursor.execute("PRAGMA synchronous")
        return journal, int(cursor.fetchone()[0])
