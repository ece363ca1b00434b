"""The statements of each table, made once: Django's own saving and reading cost several times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models.base import ModelState

from alongside.kernel.seal import Box, SealedField
from alongside.kernel.wire import Insert, Question, Rows, Wire
from alongside.kernel.writing import Answer, wire

MANY = 6  # rows
AS_READ = ModelState()  # of every row: none of ours is saved by Django, or holds rows of other tables
AS_READ.adding, AS_READ.db = False, DEFAULT_DB_ALIAS


class Plan:
    """The statements of one table, made once: Django's own save costs four times as much."""

    def __init__(self, model: type[models.Model], only: Sequence[str] = ()) -> None:
        """`only` names the columns that are read, where a row is wanted for these alone."""
        self.model = model
        self.fields = list(model._meta.concrete_fields)
        read = [field for field in self.fields if not only or field.name in (*only, "id")]
        self.attnames = [field.attname for field in read]
        quote = connection.ops.quote_name
        self.table = quote(model._meta.db_table)
        columns = [quote(str(field.column)) for field in self.fields]
        self.insert = Insert(self.table, columns)
        self.all_rows = f"SELECT {', '.join(quote(str(field.column)) for field in read)} FROM {self.table}"
        self.select = f"{self.all_rows} WHERE {quote('id')} = %s"
        self.kept = {field.attname: _keeper(field) for field in self.fields}
        self.columns = dict(zip(self.kept, columns, strict=True))
        self.attname = {name: f.attname for f in self.fields for name in (f.name, f.attname)}
        self.sealed = [field.attname for field in read if isinstance(field, SealedField)]
        self._updates: dict[tuple[str, ...], str] = {}
        self.converters: list[tuple[int, list[Any], Any]] = []
        for number, field in enumerate(read):
            column = field.get_col(model._meta.db_table)
            found = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
            if found:
                self.converters.append((number, found, column))
        self._readers = [_reader(read[number]) for number, _found, _column in self.converters]

    def update(self, names: tuple[str, ...]) -> str:
        if names not in self._updates:
            sets = ", ".join(f"{self.columns[name]} = %s" for name in names)
            self._updates[names] = f"UPDATE {self.table} SET {sets} WHERE {self.columns['id']} = %s"
        return self._updates[names]

    def row_of(self, values: dict[str, Any]) -> list[Any]:
        """A new row, as this database keeps it; what is not said is as Django would begin it."""
        if values.keys() != self.kept.keys():
            said = {self.attname[name]: value for name, value in values.items()}
            values = {field.attname: field.get_default() for field in self.fields} | said
        return [keep(values[name]) for name, keep in self.kept.items()]

    def values(self, row: models.Model, names: Iterable[str]) -> list[Any]:
        """These columns of a row, as this database keeps them."""
        kept = self.kept
        return [kept[name](getattr(row, name)) for name in names]

    def question(self, pk: UUID) -> Question:
        """Which row is this?"""
        return self.select, [wire().named(pk)]

    def row(self, answer: Answer) -> Any:
        """The row that answers, or None. Each is a row of its own, also where one answer serves twice."""
        if answer.values is None:
            if not answer.rows:
                return None
            here, values = wire().connection, list(answer.rows[0])
            for number, converters, column in self.converters:
                for convert in converters:
                    values[number] = convert(values[number], column, here)
            answer.values = values
        return self._made(answer.values)

    def rows(self, found: Rows, asked: Wire) -> list[Any]:
        """The rows of a whole answer."""
        if len(found) >= MANY:
            return self._many(found, asked)
        made = []
        for raw in found:
            values = list(raw)
            for (number, converters, column), read in zip(self.converters, self._readers, strict=True):
                value = values[number]
                if value is None:
                    continue
                if read is not None:
                    values[number] = read(value)
                    continue
                for convert in converters:
                    value = convert(value, column, asked.connection)
                values[number] = value
            made.append(self._made(values))
        return made

    def _many(self, found: Rows, asked: Wire) -> list[Any]:
        """The same, a column at a time: for many rows that is quicker than a row at a time."""
        columns: list[Any] = list(zip(*found, strict=True))
        for (number, converters, column), read in zip(self.converters, self._readers, strict=True):
            if read is not None:
                columns[number] = [value if value is None else read(value) for value in columns[number]]
                continue
            for convert in converters:
                columns[number] = [
                    value if value is None else convert(value, column, asked.connection)
                    for value in columns[number]
                ]
        return [self._made(values) for values in zip(*columns, strict=True)]

    def value(self, name: str, value: Any, asked: Wire) -> Any:
        """A value of one column, read outside its row."""
        for number, converters, column in self.converters:
            if self.attnames[number] == self.attname[name]:
                for convert in converters:
                    value = convert(value, column, asked.connection)
        return value

    def _made(self, values: Sequence[Any]) -> Any:
        """A row of these values, as `from_db` makes it: no row of ours listens to its own making."""
        row = self.model.__new__(self.model)
        kept = row.__dict__
        kept["_state"] = AS_READ
        kept.update(zip(self.attnames, values, strict=True))
        return row


def _keeper(field: Any) -> Callable[[Any], Any]:
    """How a value of this field is given to the database: at once where its type is plain, else by Django."""
    as_it_is, turned = _KEPT.get(type(field), (type(None), None))
    if connection.vendor == "sqlite":
        turned = _KEPT_BY_SQLITE.get(type(field), turned)

    def keep(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is as_it_is:
            return value if turned is None else turned(value)
        if as_it_is is str and isinstance(value, models.TextChoices):
            return str.__str__(value)
        return field.get_db_prep_save(value, connection)

    return keep


_KEPT: dict[type, tuple[type, Callable[[Any], Any] | None]] = {
    models.UUIDField: (UUID, lambda value: value.hex),
    models.CharField: (str, None),
    models.TextField: (str, None),
    models.IntegerField: (int, None),
    models.BigIntegerField: (int, None),
    models.BooleanField: (bool, None),
    models.DateField: (date, None),
    SealedField: (Box, bytes),
}
_KEPT_BY_SQLITE: dict[type, Callable[[Any], Any]] = {models.DateField: date.isoformat}


def _reader(field: Any) -> Callable[[Any], Any] | None:
    """How SQLite's value of this field becomes Python's, where its type is plain; else Django does it."""
    if isinstance(field, SealedField):
        return lambda value: Box(bytes(value))
    return _READ_FROM_SQLITE.get(type(field)) if connection.vendor == "sqlite" else None


@lru_cache(maxsize=20_000)
def _id(value: str) -> UUID:
    return UUID(value)


def _moment(value: datetime | str) -> datetime:
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).replace(tzinfo=UTC)


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


# Django has taught SQLite's own driver to read days and moments. Where a column does not say that it holds
# them, as in the tables that a replay fills, they come as text.
_READ_FROM_SQLITE: dict[type, Callable[[Any], Any]] = {
    models.UUIDField: _id,
    models.DateTimeField: _moment,
    models.DateField: _day,
    models.BooleanField: bool,
}


_plans: dict[type[models.Model], Plan] = {}
_narrow: dict[tuple[type[models.Model], Sequence[str]], Plan] = {}


def plan_of(model: type[models.Model]) -> Plan:
    """The statements of this table, in the words of this database."""
    known = _plans.get(model)
    if known is None:
        known = _plans[model] = Plan(model)
    return known


def narrow_plan_of(model: type[models.Model], only: tuple[str, ...]) -> Plan:
    """The same, for rows that are read by hundreds and of which few columns are looked at.

    Whatever else is looked at is asked for then, as Django does for columns that it put off.
    """
    known = _narrow.get((model, only))
    if known is None:
        known = _narrow[model, only] = Plan(model, only)
    return known
