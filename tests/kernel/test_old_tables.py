"""A record whose tables are as they were before chains went by numbers is the same record afterwards."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from alongside.kernel import ledger
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from tests.ids import id_of
from tests.kernel.toy.commands import Plant, Water
from tests.written import written

IRIS, MOSS = Actor(person=uuid4()), uuid4()
NAMES = (
    "number",
    "id",
    "thing",
    "place",
    "kind",
    "about",
    "author",
    "typed_by",
    "at",
    "header",
    "boxes",
    "leaf",
)
AS_IT_WAS = (
    "CREATE TABLE kernel_head (thing {id} NOT NULL PRIMARY KEY, length integer NOT NULL,"
    " leaf {bytes} NOT NULL)",
    "CREATE TABLE kernel_entry (number {number} NOT NULL PRIMARY KEY, id {id} NOT NULL, thing {id} NOT NULL,"
    " place integer NOT NULL, kind varchar(80) NOT NULL, about {id} NULL, author {id} NOT NULL,"
    " typed_by {id} NULL, at varchar(40) NOT NULL, header text NOT NULL, boxes {bytes} NOT NULL,"
    " leaf {bytes} NOT NULL, CONSTRAINT entry_once UNIQUE (thing, place))",
)
KINDS = {
    "sqlite": {"id": "char(32)", "bytes": "BLOB", "number": "integer"},
    "postgresql": {"id": "uuid", "bytes": "bytea", "number": "bigint"},
}
Execute = Callable[..., list[tuple[Any, ...]]]


class Editor:
    """What a step of a migration is given: the database, and a way to send a statement."""

    def __init__(self, execute: Execute) -> None:
        self.connection, self.execute = connection, execute


@pytest.fixture
def apart(db: None) -> Iterator[Execute]:
    """Somewhere beside the live tables, with the tables as they were."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as aside:
            yield lambda sql, values=(): aside.execute(sql.replace("%s", "?"), values).fetchall()
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA as_it_was")

        def execute(sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
            cursor.execute("SET LOCAL search_path = as_it_was")
            try:
                cursor.execute(sql, values or None)
                return cursor.fetchall() if cursor.description else []
            finally:
                cursor.execute("SET LOCAL search_path TO DEFAULT")

        yield execute


def test_an_older_record_is_carried_over_line_by_line(apart: Execute) -> None:
    fern, moss = do(Plant(note="a fern"), by=IRIS).thing, do(Plant(), by=IRIS).thing
    for thing in (fern, moss, fern):
        do(Water(plant=thing, litres=1), by=IRIS)
    do(Water(plant=fern, litres=1), by=replace(IRIS, typed_by=MOSS))
    for statement in AS_IT_WAS:
        apart(statement.format(**KINDS[connection.vendor]))
    add = f"INSERT INTO kernel_entry ({', '.join(NAMES)}) VALUES ({', '.join(['%s'] * len(NAMES))})"
    live = list(ledger.entries())
    for row, each in zip(live, written(), strict=True):
        said = each.entry
        values = (row.number, said.id, said.thing, said.place, said.kind, said.about, said.by, said.typed_by)
        leaf = ledger.leaf_of(row.header.encode(), bytes(row.boxes))
        more = (said.at.isoformat(), row.header, bytes(row.boxes), leaf)
        apart(add, [*map(_kept, values), *more])
        head = (_kept(said.thing), said.place, leaf)
        apart("DELETE FROM kernel_head WHERE thing = %s", head[:1])
        apart("INSERT INTO kernel_head (thing, length, leaf) VALUES (%s, %s, %s)", head)
    import_module("alongside.kernel.migrations.0005_a_chain_by_its_numbers").by_numbers(None, Editor(apart))
    import_module("alongside.kernel.migrations.0006_a_stamp_for_each_line").stamped(None, Editor(apart))
    columns = ", ".join(ledger.Row._fields)
    assert _plain(apart(f"SELECT {columns} FROM kernel_entry ORDER BY number"), 2, 3) == _plain(live, 2, 3)
    heads = "SELECT thing, length, leaf, last FROM kernel_head ORDER BY thing"
    with connection.cursor() as cursor:
        cursor.execute(heads)
        assert _plain(apart(heads), 0) == _plain(cursor.fetchall(), 0)
    assert [row.before for row in live].count(None) == 2 and sum(
        row.typed_for is not None for row in live
    ) == 1


def _kept(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value


def _plain(rows: Any, *ids: int) -> list[list[Any]]:
    """Rows whose ids, in these places, are ids however they were read."""
    return [
        [id_of(one) if place in ids and one is not None else _bytes(one) for place, one in enumerate(row)]
        for row in rows
    ]


def _bytes(one: Any) -> Any:
    return bytes(one) if isinstance(one, memoryview) else one
