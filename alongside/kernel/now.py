"""Now: the base of every table that says how things are. A row knows the entry that made it so.

Rows are made and changed only by a command's `apply`, with the entry in hand. There are two ways to read
them: `objects.seen_by(actor)` and `the(...)` for pages, the API and exports; `everything` for commands,
policies and the kernel, whose guards must never count under a filter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Q

from alongside.kernel import clock
from alongside.kernel.command import Missing, Recorded
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box, SealedField, batch
from alongside.kernel.sight import seen_rows
from alongside.kernel.wire import Insert, Question
from alongside.kernel.writing import Answer, SideDoor, flush, wire, writing

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
        found: Rows[N] = seen_rows(rows, self.model.seen_by, actor, at or clock.now())
        return found


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
    def begin(cls, entry: Recorded, **values: Any) -> None:
        """Add a row. The id is in the values: the door minted it."""
        values["made_by"] = entry.number
        waiting, plan = writing(), plan_of(cls)
        waiting.remembered.pop((cls, values["id"]), None)
        waiting.insert(plan.insert, plan.row_of(values))

    def change(self, entry: Recorded, **values: Any) -> Self:
        """Set some columns."""
        values["made_by"] = entry.number
        plan = plan_of(type(self))
        for name, value in values.items():
            setattr(self, name, value)
        names = tuple(plan.attname[name] for name in values)
        waiting = writing()
        waiting.remembered.pop((type(self), self.id), None)
        waiting.update(plan.table, plan.update(names), plan.values(self, (*names, "id")))
        return self

    save = _locked("save()")
    delete = _locked("delete()")


class _Plan:
    """The statements of one table, made once: Django's own save costs four times as much."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = list(model._meta.concrete_fields)
        self.attnames = [field.attname for field in self.fields]
        quote = connection.ops.quote_name
        self.table = quote(model._meta.db_table)
        columns = [quote(str(field.column)) for field in self.fields]
        self.insert = Insert(self.table, columns)
        self.select = f"SELECT {', '.join(columns)} FROM {self.table} WHERE {quote('id')} = %s"
        self.kept = {field.attname: _keeper(field) for field in self.fields}
        self.columns = dict(zip(self.attnames, columns, strict=True))
        self.attname = {name: f.attname for f in self.fields for name in (f.name, f.attname)}
        self._updates: dict[tuple[str, ...], str] = {}
        self.converters: list[tuple[int, list[Any], Any]] = []
        for number, field in enumerate(self.fields):
            column = field.get_col(model._meta.db_table)
            found = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
            if found:
                self.converters.append((number, found, column))

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

    def values(self, row: Now, names: Iterable[str]) -> list[Any]:
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
        return self.model.from_db(DEFAULT_DB_ALIAS, self.attnames, answer.values)


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
            return value.value
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


_plans: dict[tuple[type[models.Model], bool], _Plan] = {}


def plan_of(model: type[models.Model]) -> _Plan:
    """The statements of this table, in the words of this database."""
    key = (model, wire().is_sqlite)
    known = _plans.get(key)
    if known is None:
        known = _plans[key] = _Plan(model)
    return known


def load(model: type[N], pk: UUID) -> N | None:
    """The row, whoever asks: for the door and replay."""
    flush()
    plan = plan_of(model)
    row: N | None = plan.row(Answer(wire().ask(*plan.question(pk))))
    return row


def the(model: type[N], pk: UUID | str, *, seen_by: Actor, at: datetime | None = None) -> N:
    """The row, if this actor may see it. Raises Missing otherwise: the same as if it were not there."""
    try:
        found: N | None = model.objects.seen_by(seen_by, at).filter(pk=pk).first()
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
