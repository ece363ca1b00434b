"""Who may see the rows of a table, as SQL that is made once for each kind of actor.

Building a visibility rule from Django's parts costs more than asking it of a whole page of rows. So its SQL
is kept with gaps for the person and the moment, as the rules of `may` are (policy.py), and put into the query
as one condition. A rule with a value worked out from the moment is built afresh each time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import Expression

from alongside.kernel.policy import STAND_INS, Actor, Gap, StandIn, filled, slot_of

MOST_KEPT = 2000
EVERYTHING, NOTHING = "everything", "nothing"
Kept = tuple[str, list[Any]] | str | None
_kept: dict[Any, Kept] = {}


class Sight(Expression):
    """A condition on the rows of one table, written out already."""

    conditional = True

    def __init__(self, table: str, sql: str, values: Sequence[Any], alias: str = "") -> None:
        super().__init__(output_field=models.BooleanField())
        self.table, self.sql, self.values, self.alias = table, sql, tuple(values), alias or table

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if self.alias == self.table:
            return f"({self.sql})", self.values
        # Inside another query the table goes by another name, and the words above would not fit it.
        quote = connection.ops.quote_name
        inner = f"SELECT {quote(self.table)}.{quote('id')} FROM {quote(self.table)} WHERE {self.sql}"
        return f"{compiler.quote_name_unless_alias(self.alias)}.{quote('id')} IN ({inner})", self.values

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        if self.alias not in change_map:
            return self
        return type(self)(self.table, self.sql, self.values, change_map[self.alias])


def seen_rows(rows: Any, rule: Callable[[Actor, datetime], Q], actor: Actor, at: datetime) -> Any:
    """The rows of `rows` that `rule` lets this actor see at this moment."""
    kept = None if actor.voices or actor.only else _kept_for(rows.model, rule, actor)
    if kept is None:
        return rows.filter(rule(actor, at))
    if isinstance(kept, str):
        return rows.all() if kept == EVERYTHING else rows.none()
    sql, slots = kept
    here = replace(STAND_INS[0], person=actor.person or STAND_INS[0].person, at=at)
    values = [filled(slot.name, here) if isinstance(slot, Gap) else slot for slot in slots]
    return rows.filter(Sight(rows.model._meta.db_table, sql, values))


def _kept_for(model: type[models.Model], rule: Callable[[Actor, datetime], Q], actor: Actor) -> Kept:
    marks = (actor.person is None, actor.strong, actor.way, actor.installation, actor.office, actor.typed_by)
    key = (model, rule, connection.vendor, marks, actor.how)
    if key not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = _made(model, rule, actor)
    return _kept[key]


def _made(model: type[models.Model], rule: Callable[[Actor, datetime], Q], actor: Actor) -> Kept:
    first, second = (_written(model, rule, actor, stand_in) for stand_in in STAND_INS)
    if isinstance(first, str) or isinstance(second, str) or first is None or second is None:
        return first if first == second else None
    if first[0] != second[0]:
        return None
    slots = [slot_of(one, two) for one, two in zip(first[1], second[1], strict=True)]
    return None if Gap("") in slots else (first[0], slots)


def _written(
    model: type[models.Model], rule: Callable[[Actor, datetime], Q], actor: Actor, stand_in: StandIn
) -> Kept:
    """The condition as this database takes it, for one stand-in; None where it needs more than one table."""
    person = stand_in.person if actor.person is not None else None
    query = model._base_manager.filter(rule(replace(actor, person=person), stand_in.at)).query
    if any(name != model._meta.db_table for name in query.alias_map):
        return None
    compiler = query.get_compiler(connection.alias)
    try:
        sql, values = compiler.compile(query.where)
    except EmptyResultSet:
        return NOTHING
    except FullResultSet:
        return EVERYTHING
    return (sql, list(values)) if sql else EVERYTHING
