"""Now: the base of every table that says how things are. A row knows the entry that made it so.

Rows are made and changed only by a command's `apply`, with the entry in hand. There are two ways to read
them: `objects.seen_by(actor)` and `the(...)` for pages, the API and exports; `everything` for commands,
policies and the kernel, whose guards must never count under a filter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q

from alongside.kernel import clock
from alongside.kernel.command import Missing, Recorded
from alongside.kernel.plain import Plain, PlainRows
from alongside.kernel.plans import plan_of
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box, SealedField, batch
from alongside.kernel.seen import is_one, rows_like, rows_seen, tally_like, tally_seen, values_like
from alongside.kernel.sight import seen_rows
from alongside.kernel.writing import Answer, SideDoor, flush, wire, writing

N = TypeVar("N", bound="Now")


def _locked(what: str) -> Any:
    def refuse(self: Any, *args: Any, **kwargs: Any) -> Any:
        raise SideDoor(f"{what} is locked: these rows change only by a command's apply, with its entry.")

    return refuse


class Rows(PlainRows[N]):
    """Rows, to read. Boxes read together are opened together."""

    def _fetch_all(self) -> None:
        unread = self._result_cache is None
        super()._fetch_all()
        if unread and self._plain is None and self._result_cache and isinstance(self._result_cache[0], Now):
            names = [f.attname for f in self.model._meta.concrete_fields if isinstance(f, SealedField)]
            if names:
                batch(row.__dict__.get(name) for row in self._result_cache for name in names)

    def like(self, like: Mapping[str, Any], order: Sequence[str], most: int | None) -> list[N]:
        """Those whose columns have these values, or one of several."""
        return list(self.matching(like).order_by(*order)[:most])

    def matching(self, like: Mapping[str, Any]) -> Self:
        return self.filter(
            **{name if is_one(value) else f"{name}__in": value for name, value in like.items()}
        )

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
        return Rows.all_of(self.model, self._db, Plain())

    def like(
        self,
        *order: str,
        read_only: tuple[str, ...] = (),
        where: Sequence[Q] = (),
        most: int | None = None,
        **like: Any,
    ) -> list[N]:
        """Those whose columns have these values, or one of several, at once; perhaps of few columns only.

        `where` are conditions that do not change from one asking to the next: each is written out once.
        """
        rows = rows_like(self.model, like, order, read_only, where=where, most=most)
        return self.get_queryset().filter(*where).like(like, order, most) if rows is None else rows

    def values_like(
        self, *columns: str, order: Sequence[str] = (), where: Sequence[Q] = (), **like: Any
    ) -> list[tuple[Any, ...]]:
        """Two columns of them or more, as the database keeps them: hundreds of rows, to be put together."""
        found = values_like(self.model, columns, like, order, where)
        if found is not None:
            return found
        return list(self.get_queryset().filter(*where).matching(like).order_by(*order).values_list(*columns))

    def tally(self, *by: str, where: Sequence[Q] = (), **like: Any) -> dict[tuple[Any, ...], int]:
        """How many of them have each set of values of these columns; `name__isnull` is yes or no."""
        found = tally_like(self.model, by, where=where, like=like)
        if found is not None:
            return found
        rows = self.get_queryset().filter(*where).matching(like)
        return dict(Counter(rows.order_by().values_list(*by)))


class Seen(models.Manager[N]):
    """The only way to rows for pages, the API and exports."""

    def get_queryset(self) -> Rows[N]:
        raise SideDoor("Say who is looking: Model.objects.seen_by(actor).")

    def seen_by(self, actor: Actor, at: datetime | None = None) -> Rows[N]:
        """The rows this actor may see, and no others."""
        rows: Rows[N] = Rows(self.model, using=self._db)
        found: Rows[N] = seen_rows(rows, self.model.seen_by, actor, at or clock.now())
        return found

    def seen(
        self,
        actor: Actor,
        *order: str,
        at: datetime | None = None,
        most: int | None = None,
        read_only: tuple[str, ...] = (),
        **like: Any,
    ) -> list[N]:
        """The same rows, at once: those whose columns have these values, or one of several (seen.py)."""
        given: dict[str, Any] = {"order": order, "most": most, "like": like, "only": read_only}
        rows = rows_seen(self.model, actor, at or clock.now(), **given)
        return self.seen_by(actor, at).like(like, order, most) if rows is None else rows

    def tally(
        self, actor: Actor, by: str, *, where: Q, at: datetime | None = None, **like: Any
    ) -> dict[Any, int]:
        """How many of the same rows have each value of one column; `where` is the same whoever asks."""
        found = tally_seen(self.model, actor, at or clock.now(), by, where=where, like=like)
        if found is not None:
            return found
        rows = self.seen_by(actor, at).filter(where).matching(like).order_by()
        return dict(rows.values_list(by).annotate(number=Count("pk")))


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

    @property
    def leaves_names_out(self) -> bool:
        """Whether its giver wants no name on it: then a copy that others carry away has none either."""
        return False

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


def load(model: type[N], pk: UUID) -> N | None:
    """The row, whoever asks: for the door and replay."""
    flush()
    plan = plan_of(model)
    row: N | None = plan.row(Answer(wire().ask(*plan.question(pk))))
    return row


def the(model: type[N], pk: UUID | str, *, seen_by: Actor, at: datetime | None = None) -> N:
    """The row, if this actor may see it. Raises Missing otherwise: the same as if it were not there."""
    try:
        found: N | None = next(iter(model.objects.seen(seen_by, at=at, id=pk)), None)
    except (
        ValueError,
        TypeError,
        ValidationError,
    ) as error:  # a malformed id is one more way of not being there
        raise Missing from error
    if found is None:
        raise Missing
    return found


def opened_together(*lists: Iterable[Now]) -> None:
    """Let the words of all these rows, of whatever tables, be opened with one statement."""
    batch(row.__dict__.get(name) for rows in lists for row in rows for name in plan_of(type(row)).sealed)


def now_tables() -> list[type[Now]]:
    """Every table that the ledger makes, in a stable order."""
    from django.apps import apps

    found = [m for m in apps.get_models() if issubclass(m, Now)]
    return sorted(found, key=lambda model: model._meta.db_table)


def words_of(value: Box | str | None) -> str | None:
    """Open a sealed value in `apply`, for the lookup table only."""
    return value.words if isinstance(value, Box) else value
