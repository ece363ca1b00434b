"""Now: the base of every table that says how things are. A row knows the entry that made it so.

Rows are made and changed only by a command's `apply`, with the entry in hand. There are two ways to read
them: `objects.seen_by(actor)` and `the(...)` for pages, the API and exports; `everything` for commands,
policies and the kernel, whose guards must never count under a filter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import Q

from alongside.kernel import clock
from alongside.kernel.command import Missing, Recorded
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box, SealedField, batch
from alongside.kernel.writing import SideDoor, flush, writing

N = TypeVar("N", bound="Now")


def _locked(what: str) -> Any:
    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise SideDoor(f"{what} is locked: these rows change only by a command's apply, with its entry.")

    return refuse


class Rows(models.QuerySet[N]):
    """Rows, to read. Boxes read together are opened together."""

    def _fetch_all(self) -> None:
        unread = self._result_cache is None
        super()._fetch_all()
        if unread and self._result_cache and isinstance(self._result_cache[0], Now):
            names = [f.attname for f in self.model._meta.concrete_fields if isinstance(f, SealedField)]
            if names:
                batch(row.__dict__.get(name) for row in self._result_cache for name in names)

    update = _locked("update()")
    delete = _locked("delete()")
    bulk_create = _locked("bulk_create()")
    bulk_update = _locked("bulk_update()")
    create = _locked("create()")
    get_or_create = _locked("get_or_create()")
    update_or_create = _locked("update_or_create()")
    raw = _locked("raw()")


class Everything(models.Manager[N]):
    """Every row, whoever asks: for the door, commands, policies and replay only."""

    def get_queryset(self) -> Rows[N]:
        flush()  # what this transaction has written so far must be counted too
        return Rows(self.model, using=self._db)


class Seen(models.Manager[N]):
    """The only way to rows for pages, the API and exports."""

    def get_queryset(self) -> Rows[N]:
        raise SideDoor("Say who is looking: Model.objects.seen_by(actor).")

    def seen_by(self, actor: Actor, at: datetime | None = None) -> Rows[N]:
        """The rows this actor may see, and no others."""
        rows: Rows[N] = Rows(self.model, using=self._db)
        return rows.filter(self.model.seen_by(actor, at or clock.now()))


class Now(models.Model):
    """A table of how things are now."""

    id = models.UUIDField(primary_key=True)
    made_by = models.BigIntegerField()  # the number of the entry that last made it so

    everything: ClassVar[Everything[Any]] = Everything()
    objects: ClassVar[Seen[Any]] = Seen()

    class Meta:
        abstract = True
        base_manager_name = "everything"

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Who may see a row, as one predicate. Every table says it once."""
        raise SideDoor(f"{cls.__name__} does not say who may see it: write seen_by.")

    # Writing, from `apply` only.

    @classmethod
    def begin(cls, entry: Recorded, **values: Any) -> Self:
        """Add a row. The id is in the values: the door minted it."""
        row = cls(made_by=entry.number, **values)
        plan = _plan(cls)
        writing().insert(plan.table, plan.insert, plan.values(row))
        row._state.adding, row._state.db = False, connection.alias
        return row

    def change(self, entry: Recorded, **values: Any) -> Self:
        """Set some columns."""
        values["made_by"] = entry.number
        plan = _plan(type(self))
        for name, value in values.items():
            setattr(self, name, value)
        names = list(values)
        params = [*plan.some(self, names), *plan.some(self, ["id"])]
        writing().update(plan.table, plan.update(names), params)
        return self

    save = _locked("save()")
    delete = _locked("delete()")


class _Plan:
    """The statements of one table, made once: Django's own save costs four times as much."""

    def __init__(self, model: type[Now]) -> None:
        self.fields = list(model._meta.concrete_fields)
        self.by_name = {f.attname: f for f in self.fields} | {f.name: f for f in self.fields}
        quote = connection.ops.quote_name
        self.table = quote(model._meta.db_table)
        self.columns = [str(f.column) for f in self.fields]
        columns = ", ".join(quote(column) for column in self.columns)
        marks = ", ".join(["%s"] * len(self.fields))
        self.insert = f"INSERT INTO {self.table} ({columns}) VALUES ({marks})"
        self.select = f"SELECT {columns} FROM {self.table} WHERE {quote('id')} = %s"
        self.attnames = [f.attname for f in self.fields]
        self._updates: dict[tuple[str, ...], str] = {}
        self.converters: list[tuple[int, list[Any], Any]] = []
        for number, field in enumerate(self.fields):
            column = field.get_col(model._meta.db_table)
            found = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
            if found:
                self.converters.append((number, found, column))

    def update(self, names: Iterable[str]) -> str:
        key = tuple(names)
        if key not in self._updates:
            quote = connection.ops.quote_name
            sets = ", ".join(f"{quote(str(self.by_name[name].column))} = %s" for name in key)
            self._updates[key] = f"UPDATE {self.table} SET {sets} WHERE {quote('id')} = %s"
        return self._updates[key]

    def values(self, row: Now) -> list[Any]:
        return [f.get_db_prep_save(getattr(row, f.attname), connection) for f in self.fields]

    def some(self, row: Now, names: Iterable[str]) -> list[Any]:
        fields = [self.by_name[name] for name in names]
        return [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]

    def load(self, model: type[N], pk: UUID) -> N | None:
        flush()
        with connection.cursor() as cursor:
            cursor.execute(self.select, [pk if connection.features.has_native_uuid_field else pk.hex])
            found = cursor.fetchone()
        if found is None:
            return None
        values = list(found)
        for number, converters, column in self.converters:
            for convert in converters:
                values[number] = convert(values[number], column, connection)
        row: N = model.from_db(connection.alias, self.attnames, values)
        return row


_plans: dict[tuple[type[Now], str], _Plan] = {}


def _plan(model: type[Now]) -> _Plan:
    key = (model, connection.vendor)
    if key not in _plans:
        _plans[key] = _Plan(model)
    return _plans[key]


def load(model: type[N], pk: UUID) -> N | None:
    """The row, whoever asks: for the door and replay."""
    return _plan(model).load(model, pk)


def the(model: type[N], pk: UUID | str, *, seen_by: Actor, at: datetime | None = None) -> N:
    """The row, if this actor may see it. Raises Missing otherwise: the same as if it were not there."""
    try:
        found = model.objects.seen_by(seen_by, at).filter(pk=pk).first()
    except (
        ValueError,
        TypeError,
        ValidationError,
    ) as error:  # a malformed id is one more way of not being there
        raise Missing from error
    if found is None:
        raise Missing
    return found


def now_tables() -> list[type[Now]]:
    """Every table that the ledger makes, in a stable order."""
    from django.apps import apps

    found = [m for m in apps.get_models() if issubclass(m, Now)]
    return sorted(found, key=lambda model: model._meta.db_table)


def words_of(value: Box | str | None) -> str | None:
    """Open a sealed value in `apply`, for the lookup table only."""
    return value.words if isinstance(value, Box) else value
