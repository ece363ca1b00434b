"""Who may see the rows of a table, as SQL that is made once for each kind of actor.

Building a visibility rule from Django's parts costs more than asking it of a whole page of rows. So its SQL
is kept with gaps for the person and the moment (gaps.py), and put into the query as one condition. A rule
with a value worked out from the moment is built afresh each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Self

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import Expression

from alongside.kernel import clock
from alongside.kernel.actor import Actor
from alongside.kernel.gaps import Kept, Shelf, Written, has_gaps_for, kept, standing_for
from alongside.kernel.kinds import ForEachKind, watched
from alongside.kernel.wire import on_sqlite

MOST_KEPT = 6000  # for each table or rule, and each kind of actor that it tells apart
EVERYTHING, NOTHING = "everything", "nothing"
_kept: ForEachKind[Kept | str | None] = ForEachKind(MOST_KEPT)
_pinned: Shelf[Kept] = Shelf(MOST_KEPT)


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
        quote, alias = connection.ops.quote_name, compiler.quote_name_unless_alias(self.alias)
        return f"({by_another_name(self.sql, quote(self.table), alias, quote('id'))})", self.values

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        if self.alias not in change_map:
            return self
        return type(self)(self.table, self.sql, self.values, change_map[self.alias])


@lru_cache(maxsize=MOST_KEPT)
def by_another_name(sql: str, table: str, alias: str, its_id: str) -> str:
    """The same condition on rows that go by another name. It is asked of each row that comes into question: a
    list of all that somebody may see would be made whole for a few of them.
    """
    if _has_rows_of_its_own(sql, table):
        return f"EXISTS (SELECT 1 FROM {table} WHERE {table}.{its_id} = {alias}.{its_id} AND ({sql}))"
    names = set(re.findall(r'" ([A-Z]+\d+)\b', sql))
    before = ""
    while alias in {before + name for name in names}:  # else it would be taken for one given within
        before += "S"

    def renamed(found: re.Match[str]) -> str:
        piece = found[0]
        if piece == table:
            return alias if sql.startswith(".", found.end()) else piece
        return before + piece if piece in names else piece

    return re.sub(r"""'[^']*'|"[^"]*"|\b[A-Z]+\d+\b""", renamed, sql)


def _has_rows_of_its_own(sql: str, table: str) -> bool:
    """Whether a question within a condition has rows of the same table by the same name."""
    return re.search(rf"{re.escape(table)}(?!\.| [A-Z]+\d+\b)", sql) is not None


def seen_rows(rows: Any, rule: Callable[[Actor, datetime], Q], actor: Actor, at: datetime) -> Any:
    """The rows of `rows` that `rule` lets this actor see at this moment."""
    found = sight_of(rows.model, rule, actor)
    if found is None:
        return rows.filter(rule(actor, at))
    if isinstance(found, str):
        return rows.all() if found == EVERYTHING else rows.none()
    values = found.filled(standing_for(actor, at))
    return rows.filter(Sight(rows.model._meta.db_table, found.sql, values))


def sight_of(
    model: type[models.Model], rule: Callable[[Actor, datetime], Q], actor: Actor
) -> Kept | str | None:
    """The rule as SQL for this kind of actor, or EVERYTHING, or NOTHING; None when it is not kept."""
    if not has_gaps_for(actor):
        return None

    def write(noted: list[str]) -> Kept | str | None:
        return kept(
            lambda stand_in: _written(model, rule, watched(stand_in.instead_of(actor), noted), stand_in.at)
        )

    return _kept.written((model, rule, on_sqlite()), actor, write)


def _written(
    model: type[models.Model], rule: Callable[[Actor, datetime], Q], actor: Actor, at: datetime
) -> Written | None:
    """The condition as this database takes it, for one stand-in; None where it needs more than one table."""
    with clock.told(at):  # a rule that looks at the clock must not have today's answer kept
        return condition(model, rule(actor, at))


def condition(model: type[models.Model], asked: Q) -> Written | None:
    """What is asked, as this database takes it. None where it needs more than one table."""
    query = model._base_manager.filter(asked).query
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


def pinned(sight: Kept, table: str, column: str) -> Kept:
    """The same rule for rows that all have one id in this column: it names the id, and not the column.

    What it asks of the matter itself is then the same for all of its rows, and the database asks it once.
    """
    return _pinned.made_once((sight, table, column), lambda: _with_pins(sight, table, column))


def _with_pins(sight: Kept, table: str, column: str) -> Kept:
    if _has_rows_of_its_own(sight.sql, table):
        return sight
    known, values, gaps = dict(sight.gaps), list[Any](), list[tuple[int, str]]()
    number = 0
    for piece in re.findall(rf"%%|%s|{re.escape(table)}\.{re.escape(column)}", sight.sql):
        if piece == "%s":
            if number in known:
                gaps.append((len(values), known[number]))
            values.append(sight.values[number])
            number += 1
        elif piece != "%%":
            gaps.append((len(values), "pk"))
            values.append(None)
    return Kept(sight.sql.replace(f"{table}.{column}", "%s"), values, gaps)
