"""Temporary tables that stand before the live ones under the same names, for a replay to fill.

A table in which nothing stands is laid only when something is written into it: till then whoever reads it
finds as little in the live one. Most tables of a small place hold nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from alongside.kernel.now import Now, now_tables

FEW = 1000  # entries: for fewer, making the indexes of 130 tables takes longer than they save
IN_FRONT, BEHIND = "pg_temp, public", "public, pg_temp"  # where kept temporary tables stand, in use and not


class Scratch:
    """The scratch tables of one replay: of each table that holds something, or into which it writes."""

    def __init__(self, *, are_kept: bool) -> None:
        self.are_kept = are_kept
        self._is_small = _is_small()
        self._not_laid = {quoted(model): model for model in now_tables()}
        self._laid: list[type[Now]] = []

    def lay(self, tables: Iterable[str]) -> None:
        """Let these stand before the live ones, if they do not yet."""
        fresh = [self._not_laid.pop(table) for table in tables if table in self._not_laid]
        if fresh and not self.are_kept:
            with connection.cursor() as cursor:
                for model in fresh:
                    _shadow(cursor, model._meta.db_table, is_small=self._is_small)
                _forget_plans(cursor)
        self._laid += fresh

    def in_order(self) -> list[type[Now]]:
        """Those that hold something, live or made."""
        return sorted(self._laid, key=lambda model: model._meta.db_table)


@contextmanager
def scratch_tables() -> Iterator[Scratch]:
    """Temporary tables that stand before the live ones, inside one transaction that is then undone."""
    scratch = Scratch(are_kept=_are_kept())
    scratch.lay(_that_hold_something())
    with connection.cursor() as cursor:
        if scratch.are_kept:
            cursor.execute(f"SET LOCAL search_path = {IN_FRONT}")
            _forget_plans(cursor)
    try:
        yield scratch
    finally:
        with connection.cursor() as cursor:
            if scratch.are_kept:
                emptied = [f"DELETE FROM {temporary()}.{quoted(model)}" for model in scratch.in_order()]
                cursor.execute("; ".join([*emptied, f"SET LOCAL search_path = {BEHIND}"]))
            else:
                for model in scratch.in_order():
                    cursor.execute(f"DROP TABLE {temporary()}.{quoted(model)}")
            _forget_plans(cursor)


def keep_scratch_tables() -> None:
    """On PostgreSQL, make the temporary tables once for this connection, empty and out of the way until used.

    Making 130 tables costs a third of a second, and leaves its traces in the catalogue of PostgreSQL, so each
    time costs more than the last. Whoever compares often keeps them. Call this outside any transaction.
    """
    if connection.vendor == "postgresql" and not _are_kept():
        Scratch(are_kept=False).lay(map(quoted, now_tables()))
        with connection.cursor() as cursor:
            cursor.execute(f"SET search_path = {BEHIND}")


def _are_kept() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        return bool(cursor.fetchone()[0] == BEHIND)


def _is_small() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM (SELECT 1 FROM kernel_entry LIMIT %s) AS entries", [FEW])
        return bool(cursor.fetchone()[0] < FEW)


def _that_hold_something() -> list[str]:
    tables = [quoted(model) for model in now_tables()]
    asked = ", ".join(f"EXISTS (SELECT 1 FROM {live()}.{table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return [table for table, holds in zip(tables, cursor.fetchone(), strict=True) if holds]


def _forget_plans(cursor: Any) -> None:
    """A plan that PostgreSQL keeps names the table it was made for, and would write into the live one."""
    if connection.vendor == "postgresql":
        cursor.execute("DISCARD PLANS")


def temporary() -> str:
    return "temp" if connection.vendor == "sqlite" else "pg_temp"


def live() -> str:
    return "main" if connection.vendor == "sqlite" else "public"


def quoted(model: type[Now]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def columns_of(model: type[Now]) -> list[str]:
    return [connection.ops.quote_name(str(field.column)) for field in model._meta.concrete_fields]


def _shadow(cursor: Any, table: str, *, is_small: bool) -> None:
    if connection.vendor != "sqlite":
        cursor.execute(f'CREATE TEMPORARY TABLE "{table}" (LIKE public."{table}" INCLUDING INDEXES)')
        return
    cursor.execute(f'CREATE TEMPORARY TABLE "{table}" AS SELECT * FROM main."{table}" WHERE 0')
    cursor.execute(f'CREATE UNIQUE INDEX temp."shadow_{table}_id" ON "{table}" (id)')
    if is_small:
        return
    cursor.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
    for name, sql in cursor.fetchall():
        if sql and "ON" in sql:
            columns = sql[sql.index("(", sql.index(" ON ")) :]
            cursor.execute(f'CREATE INDEX temp."shadow_{name}" ON "{table}" {columns}')
