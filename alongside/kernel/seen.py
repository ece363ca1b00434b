"""Rows that somebody may see, read with a statement that is made once.

Django builds each question from its parts anew, which costs ten times what the database takes to answer it.
Here the whole statement is kept: the columns, who may see (sight.py), the values asked for and the order.
The rows are the same, and so is the rule that shows them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel.gaps import STAND_INS, Kept, Shelf, size_of_list, standing_for, stretched
from alongside.kernel.plans import Plan, narrow_plan_of, plan_of
from alongside.kernel.policy import Actor
from alongside.kernel.seal import batch
from alongside.kernel.sight import EVERYTHING, NOTHING, condition, pinned, sight_of
from alongside.kernel.wire import Rows
from alongside.kernel.writing import flush, wire

MOST_STATEMENTS = 3000
_statements: Shelf[str] = Shelf(MOST_STATEMENTS)
_conditions: Shelf[Kept] = Shelf(MOST_STATEMENTS)  # without gaps
IS_NULL = "__isnull"  # after a column's name: whether it holds nothing
Shape = list[tuple[str, int]]  # of each column: -1 for no value, 0 for one value, or how many are listed


def rows_seen(
    model: Any,
    actor: Actor,
    at: datetime,
    *,
    order: Sequence[str],
    most: int | None,
    like: Mapping[str, Any],
    only: tuple[str, ...] = (),
) -> list[Any] | None:
    """The rows, or None where the rule cannot be kept and they must be asked for otherwise."""
    plan = _plan(model, only)
    found = _sight(plan, actor, at, like)
    if found is None:
        return None
    sight, values = found
    return [] if sight == NOTHING else _read(plan, sight, values, order, most, like)


def rows_like(
    model: Any,
    like: Mapping[str, Any],
    order: Sequence[str] = (),
    only: tuple[str, ...] = (),
    *,
    where: Sequence[Q] = (),
    most: int | None = None,
) -> list[Any] | None:
    """The rows whoever asks: for the door, guards and policies. None where a list is too long."""
    return _read(_plan(model, only), EVERYTHING, [], order, most, like, where)


def values_like(
    model: Any, only: tuple[str, ...], like: Mapping[str, Any], order: Sequence[str], where: Sequence[Q]
) -> list[tuple[Any, ...]] | None:
    """Of these rows a few columns, as the database keeps them: to be compared, not read. None as above."""
    plan = narrow_plan_of(model, only)
    found = _asked(plan, EVERYTHING, [], order, None, like, where)
    if not isinstance(found, list):
        return [] if found == NOTHING else None
    return list(map(itemgetter(*[plan.attnames.index(plan.attname[name]) for name in only]), found))


def tally_seen(
    model: Any, actor: Actor, at: datetime, by: str, *, where: Q, like: Mapping[str, Any]
) -> dict[Any, int] | None:
    """How many rows this actor may see have each value of one column, where `where` holds.

    `where` is the same whoever asks and whenever. None where the rule cannot be kept.
    """
    plan = plan_of(model)
    seen = _sight(plan, actor, at, like)
    if seen is None:
        return None
    sight, values = seen
    if sight == NOTHING:
        return {}
    found = _tally(plan, sight, values, (by,), where=[where], like=like)
    return None if found is None else {value: number for (value,), number in found.items()}


def tally_like(
    model: Any, by: tuple[str, ...], *, where: Sequence[Q], like: Mapping[str, Any]
) -> dict[tuple[Any, ...], int] | None:
    """How many rows have each set of values of these columns, whoever asks; `name__isnull` is yes or no."""
    return _tally(plan_of(model), EVERYTHING, [], by, where=where, like=like)


def _sight(
    plan: Plan, actor: Actor, at: datetime, like: Mapping[str, Any]
) -> tuple[Kept | str, list[Any]] | None:
    """Which of the rows asked for this actor sees, and its values. None where the rule cannot be kept.

    Where all of them belong to one thing, such as a matter, the rule names it: then whether the actor sees
    that matter is asked once, and not of each row.
    """
    sight = sight_of(plan.model, plan.model.seen_by, actor)  # type: ignore[attr-defined]  # of Now
    if not isinstance(sight, Kept):
        return None if sight is None else (sight, [])
    belongs = _belongs(plan, like)
    if belongs is None:
        return sight, sight.sends(standing_for(actor, at))
    found = pinned(sight, plan.table, belongs[0])
    return found, found.sends(standing_for(actor, at, belongs[1]))


def _belongs(plan: Plan, like: Mapping[str, Any]) -> tuple[str, UUID] | None:
    """The one thing that all rows asked for belong to: the column that says so, and its id."""
    for name, value in like.items():
        if type(value) is UUID and name != "id":
            return plan.columns[plan.attname[name]], value
    return None


def _tally(
    plan: Plan,
    sight: Kept | str,
    values: list[Any],
    by: tuple[str, ...],
    *,
    where: Sequence[Q],
    like: Mapping[str, Any],
) -> dict[tuple[Any, ...], int] | None:
    always = _same_for_all(plan, where, values, like)
    shape = _shape(plan, values, like)
    if not isinstance(shape, list):
        return {} if shape == NOTHING else None
    key = (plan, sight, tuple(shape), by, always)
    sql = _statements.made_once(key, lambda: _tallying(plan, by, sight, *always, shape))
    flush()
    here = wire()
    return {
        tuple(
            bool(value) if name.endswith(IS_NULL) else plan.value(name, value, here)
            for name, value in zip(by, row, strict=True)
        ): number
        for *row, number in here.ask(sql, values)
    }


def _same_for_all(
    plan: Plan, where: Sequence[Q], values: list[Any], like: Mapping[str, Any]
) -> tuple[Kept, ...]:
    """Conditions that are the same whoever asks, of what all rows belong to; their values are added.

    Raises ValueError where one asks for more than this table holds.
    """
    if not where:
        return ()
    belongs, found = _belongs(plan, like), []
    for each in where:
        one = _same(plan.model, each)
        if belongs is not None:
            one = pinned(one, plan.table, belongs[0])
        values += one.filled(replace(STAND_INS[0], pk=belongs[1])) if belongs and one.gaps else one.values
        found.append(one)
    return tuple(found)


def _same(model: Any, where: Q) -> Kept:
    return _conditions.made_once((model, where), lambda: _plainly(model, where))


def _plainly(model: Any, where: Q) -> Kept:
    found = condition(model, where)
    if not isinstance(found, tuple):
        raise ValueError(f"{where} is not a condition on the rows of {model.__name__} alone")
    return Kept(found[0], found[1], ())


def _plan(model: Any, only: tuple[str, ...]) -> Plan:
    return narrow_plan_of(model, only) if only else plan_of(model)


def _read(
    plan: Plan,
    sight: Kept | str,
    values: list[Any],
    order: Sequence[str],
    most: int | None,
    like: Mapping[str, Any],
    where: Sequence[Q] = (),
) -> list[Any] | None:
    found = _asked(plan, sight, values, order, most, like, where)
    if not isinstance(found, list):
        return [] if found == NOTHING else None
    rows = plan.rows(found, wire())
    if plan.sealed:
        batch(row.__dict__[name] for row in rows for name in plan.sealed)
    return rows


def _asked(
    plan: Plan,
    sight: Kept | str,
    values: list[Any],
    order: Sequence[str],
    most: int | None,
    like: Mapping[str, Any],
    where: Sequence[Q],
) -> Rows | str | None:
    """The rows as the database gives them. NOTHING where none is like it; None where a list is too long."""
    always = _same_for_all(plan, where, values, like)
    shape = _shape(plan, values, like)
    if not isinstance(shape, list):
        return shape
    key = (plan, sight, tuple(shape), tuple(order), most, always)
    sql = _statements.made_once(key, lambda: _statement(plan, [sight, *always, shape], order, most))
    flush()
    return wire().ask(sql, values)


def _shape(plan: Plan, values: list[Any], like: Mapping[str, Any]) -> Shape | str | None:
    """Add what is asked for to the values. NOTHING where no row is like it; None where a list is too long."""
    shape: Shape = []
    for name, value in like.items():
        keep = plan.kept[plan.attname[name]]
        if is_one(value):
            values += [] if value is None else [keep(value)]
            shape.append((name, -1 if value is None else 0))
            continue
        size = size_of_list(len(value))
        if not size or not value:
            return NOTHING if not value else None
        values += stretched([keep(one) for one in value], size)
        shape.append((name, size))
    return shape


def counted(models: Sequence[Any], name: str, value: Any) -> list[int]:
    """How many rows each table has whose column has this value, whoever asks, in one question."""
    if not models:
        return []
    plans = tuple(plan_of(model) for model in models)
    sql = _statements.made_once((plans, name), lambda: _counting(plans, name))
    flush()
    values = [plan.kept[plan.attname[name]](value) for plan in plans]
    found: dict[int, int] = dict(wire().ask(sql, values))
    return [found[number] for number in range(len(plans))]


def is_one(value: Any) -> bool:
    """Whether a column must have this value; otherwise it is one of several."""
    return isinstance(value, str) or not isinstance(value, Collection)


def _statement(
    plan: Plan, parts: Sequence[Kept | str | Shape], order: Sequence[str], most: int | None
) -> str:
    found = [plan.all_rows, *_where(plan, *parts)]
    if order:
        by = [(plan.columns[plan.attname[one.lstrip("-")]], one.startswith("-")) for one in order]
        found.append(f"ORDER BY {', '.join(f'{name} DESC' if down else name for name, down in by)}")
    if most is not None:
        found.append(f"LIMIT {int(most)}")
    return " ".join(found)


def _counting(plans: Sequence[Plan], name: str) -> str:
    return " UNION ALL ".join(
        f"SELECT {number}, COUNT(*) FROM {plan.table} WHERE {plan.columns[plan.attname[name]]} = %s"
        for number, plan in enumerate(plans)
    )


def _tallying(plan: Plan, by: Sequence[str], *parts: Kept | str | Shape) -> str:
    columns = ", ".join(_column(plan, name) for name in by)
    where = _where(plan, *parts)
    return " ".join([f"SELECT {columns}, COUNT(*) FROM {plan.table}", *where, f"GROUP BY {columns}"])


def _column(plan: Plan, name: str) -> str:
    column = f"{plan.table}.{plan.columns[plan.attname[name.removesuffix(IS_NULL)]]}"
    return f"({column} IS NULL)" if name.endswith(IS_NULL) else column


def _where(plan: Plan, *parts: Kept | str | Shape) -> list[str]:
    """The conditions, each in brackets, in the order of their values. Who may see is first, and numbered."""
    conditions = []
    for place, part in enumerate(parts):
        if isinstance(part, Kept):
            conditions.append(f"({part.sql if place else part.once})")
        elif isinstance(part, list):
            conditions += [_has(plan, name, size) for name, size in part]
    return [f"WHERE {' AND '.join(conditions)}"] if conditions else []


def _has(plan: Plan, name: str, size: int) -> str:
    column = f"{plan.table}.{plan.columns[plan.attname[name]]}"
    if size < 0:
        return f"{column} IS NULL"
    return f"{column} = %s" if size == 0 else f"{column} IN ({', '.join(['%s'] * size)})"
