"""Whoever holds the database changes tables by hand: the triggers refuse it, and without them it is named."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, models, transaction

from alongside.kernel import clock, replay, sidedoors
from alongside.kernel.now import Now, now_tables
from alongside.kernel.scratch import scratch_tables
from alongside.kernel.sidedoors import REFUSAL
from tests.ledgers.rare import rare_acts
from tests.proof.last_acts import last_acts
from tests.proof.story import story
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Row = dict[str, Any]
AT_ONCE = 12  # columns of a table: it names twenty rows of each, and more need no second naming


@pytest.fixture
def tables(cast: Cast) -> Iterator[list[type[Now]]]:
    """Every table in which the story and what is rare leave a row."""
    with clock.at("2026-03-02"):
        for _state in story(cast):
            pass
        rare_acts(cast)
        last_acts(cast)
        yield [model for model in now_tables() if "toy" not in model._meta.label and _rows(model)]


def _rows(model: type[Now]) -> list[Row]:
    names = [str(each.column) for each in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(_quoted, names))} FROM {model._meta.db_table} ORDER BY id")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _changes(model: type[Now], part: int = 0) -> Iterator[tuple[str, Any, Any]]:
    """(column, id, another value): some columns of the table, each in one row or another."""
    rows, columns = _rows(model), [each for each in model._meta.concrete_fields if not each.primary_key]
    for number, field in enumerate(columns[part * AT_ONCE : (part + 1) * AT_ONCE]):
        row, column = rows[number % len(rows)], str(field.column)
        yield column, row["id"], _another(field, row[column])


def _another(field: "models.Field[Any, Any]", value: Any) -> Any:
    if value is not None and field.null:
        return None
    kind = field.get_internal_type()
    if kind == "BooleanField":
        return not value
    if kind == "UUIDField":
        return uuid4() if connection.vendor == "postgresql" else uuid4().hex
    if kind in ("DateField", "DateTimeField"):
        return _later(value, kind)
    if "Integer" in kind:
        return (value or 0) + 1
    if kind == "JSONField":
        return '["changed"]'
    if kind == "BinaryField" or isinstance(value, bytes | memoryview):
        return bytes(reversed(bytes(value or b"changed")))
    return "changed" if value != "changed" else "again"


def _later(value: Any, kind: str) -> Any:
    if isinstance(value, date | datetime):
        return value + timedelta(days=1)
    return "2031-01-01" if kind == "DateField" else "2031-01-01 00:00:00+00:00"


def _refusal(sql: str, *values: Any) -> str:
    """Do it by hand; what the database said against it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
        return ""
    except DatabaseError as no:
        return str(no) or "no"


def _named(tables: list[type[Now]]) -> dict[str, set[str]]:
    """What `alongside verify --tables` names in each table, all of it and not the first twenty."""
    with replay._snapshot(), scratch_tables() as scratch:
        replay.replay(scratch)
        return {model._meta.label: {_id(one) for one in replay._differences(model)} for model in tables}


def _id(problem: str) -> str:
    return UUID(problem.split(" row ")[1].split(" ")[0]).hex


def _hex(value: Any) -> str:
    return UUID(str(value)).hex


def _copy(model: type[Now], row: Row) -> tuple[str, list[Any]]:
    """(SQL, values) of one more row that is like this one but for its id."""
    new = {**row, "id": uuid4() if connection.vendor == "postgresql" else uuid4().hex}
    names, marks = ", ".join(map(_quoted, new)), ", ".join(["%s"] * len(new))
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})", list(new.values())


def test_nobody_changes_takes_or_adds_a_row_by_hand_and_what_is_forced_is_named(
    tables: list[type[Now]],
) -> None:
    assert len(tables) > 100
    _refused_while_the_triggers_stand(tables)
    _named_where_they_are_gone(tables)


def _refused_while_the_triggers_stand(tables: list[type[Now]]) -> None:
    for model in tables:
        table, row = model._meta.db_table, _rows(model)[0]
        column, pk, value = next(_changes(model))
        change = f"UPDATE {table} SET {_quoted(column)} = %s WHERE id = %s"
        added, values = _copy(model, row)
        assert REFUSAL in _refusal(change, value, pk)
        assert REFUSAL in _refusal(f"DELETE FROM {table} WHERE id = %s", pk)
        assert REFUSAL in _refusal(added, *values)


def _named_where_they_are_gone(tables: list[type[Now]]) -> None:
    assert not any(_named(tables).values())
    sidedoors.unlock(connection)
    columns = 0
    for part in range(1 + max(len(model._meta.concrete_fields) for model in tables) // AT_ONCE):
        touched: dict[str, set[str]] = {}
        before = transaction.savepoint()
        for model in tables:
            by_hand = _touched_by_hand(model, part)
            touched[model._meta.label] = {_hex(pk) for pk, _what in by_hand}
            columns += sum(what == "column" for _pk, what in by_hand)
        named = _named(tables)
        missed = {label: here - named[label] for label, here in touched.items() if here - named[label]}
        assert missed == {}
        transaction.savepoint_rollback(before)
    assert columns > 1000


def _touched_by_hand(model: type[Now], part: int) -> list[tuple[Any, str]]:
    """(row, what was done): some columns changed, one row added, one taken, where the table lets it."""
    table, rows, found = model._meta.db_table, _rows(model), list[tuple[Any, str]]()
    for column, pk, value in _changes(model, part):
        if not _refusal(f"UPDATE {table} SET {_quoted(column)} = %s WHERE id = %s", value, pk):
            found.append((pk, "column"))
    more, values = _copy(model, rows[-1])
    if part == 0 and not _refusal(more, *values):
        found.append((values[list(rows[0]).index("id")], "added"))
    there = {_hex(pk) for pk, _what in found}
    gone = next((row["id"] for row in reversed(rows) if _hex(row["id"]) not in there), None)
    if part == 0 and gone is not None and not _refusal(f"DELETE FROM {table} WHERE id = %s", gone):
        found.append((gone, "taken"))
    return found
