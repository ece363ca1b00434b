"""Whole questions that are made once: which rows, who may see them, and in which order.

Django builds a question of five tables from its parts in a millisecond, and the database answers it in a
tenth of one. A page that asks forty of them spends its time on building. So the statement is kept for each
kind of actor, with gaps for the person, the matter and the moment (gaps.py), as the rules themselves are.

    @kept_question
    def owed(actor: Actor, at: datetime) -> QuerySet[Promise]:
        return Promise.objects.seen_by(actor, at).filter(owner=actor.person, done_on=None)

    owed(actor)             # the rows
    owed.count(actor)       # how many
    owed.rows(actor)        # the same question as Django's own, to be narrowed or put into another

A third argument, where it has one, is the ids that are asked about: `said(actor, among=ids)`. What it is
written from is these alone. The clock tells whoever writes it the moment of
the stand-in, so that no day is baked in; whoever asks the database on the way is refused, since what was
answered for a stand-in would be kept for everyone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from inspect import signature
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models.query import ModelIterable
from django.db.models.sql import Query

from alongside.kernel import clock
from alongside.kernel.gaps import (
    MOST_AMONG,
    Kept,
    StandIn,
    Written,
    has_gaps_for,
    kept,
    size_of_list,
    standing_for,
    stretched,
)
from alongside.kernel.kinds import ForEachKind, watched
from alongside.kernel.plans import plan_of
from alongside.kernel.policy import Actor
from alongside.kernel.seal import batch
from alongside.kernel.sight import NOTHING
from alongside.kernel.wire import Rows, on_sqlite
from alongside.kernel.writing import flush, wire

MOST_KEPT = 1000
Write = Callable[..., Any]  # of the actor, the moment and perhaps ids: a QuerySet of rows, or of values


class AsksOnTheWay(RuntimeError):
    """A kept question asked the database while it was written: its answer would be kept for everyone."""


class KeptQuestion:
    """One question that pages ask again and again."""

    def __init__(self, write: Write) -> None:
        self.write, self.__doc__, self.__module__ = write, write.__doc__, write.__module__
        self.names_ids = len(signature(write).parameters) > 2
        self._statements: ForEachKind[Kept | str | None] = ForEachKind(MOST_KEPT)
        self._read: Callable[[Rows], list[Any]] | None = None

    def rows(self, actor: Actor, at: datetime | None = None, *, among: Sequence[UUID] | None = None) -> Any:
        """The question as Django's own QuerySet."""
        more = () if among is None else (list(among),)
        return self.write(actor, at or clock.now(), *more)

    def __call__(
        self, actor: Actor, at: datetime | None = None, *, among: Sequence[UUID] | None = None
    ) -> list[Any]:
        """Everything that answers it, as this actor may see it."""
        if among is not None and not among:
            return []
        at = at or clock.now()
        statement = self._statement(actor, among)
        if statement is None:
            return list(self.rows(actor, at, among=among))
        if isinstance(statement, str):
            return []
        assert self._read is not None
        return self._read(self._asked(statement.once, statement, actor, at, among))

    def count(self, actor: Actor, at: datetime | None = None) -> int:
        """How many answer it."""
        at = at or clock.now()
        statement = self._statement(actor, None)
        if statement is None:
            return int(self.rows(actor, at).count())
        if isinstance(statement, str):
            return 0
        sql = f"SELECT COUNT(*) FROM ({statement.once}) AS found"
        return int(self._asked(sql, statement, actor, at, None)[0][0])

    def _asked(
        self, sql: str, statement: Kept, actor: Actor, at: datetime, among: Sequence[UUID] | None
    ) -> Rows:
        flush()
        named = [] if among is None else stretched(list(among), _size(among))
        return wire().ask(sql, statement.sends(standing_for(actor, at, among=named)))

    def _statement(self, actor: Actor, among: Sequence[UUID] | None) -> Kept | str | None:
        """The statement for this kind of actor; NOTHING where none can answer; None where it is not kept."""
        size = _size(among)
        if not has_gaps_for(actor) or size < 0:
            return None

        def write(noted: list[str]) -> Kept | str | None:
            return kept(lambda one: self._written(watched(one.instead_of(actor), noted), one, size))

        return self._statements.written((on_sqlite(), size), actor, write)

    def _written(self, actor: Actor, stand_in: StandIn, size: int) -> Written:
        more = (list(stand_in.among[:size]),) if size else ()
        with clock.told(stand_in.at), _asking_nothing():
            found = self.write(actor, stand_in.at, *more)
            compiler = found.query.get_compiler(connection.alias)
            try:
                sql, values = compiler.as_sql()
            except EmptyResultSet:
                return NOTHING
        if self._read is None:
            self._read = reader_of(found, compiler)
        return sql, list(values)


def _size(among: Sequence[UUID] | None) -> int:
    """How many ids the statement has gaps for: nought where it names none, less than nought for too many."""
    return 0 if among is None else size_of_list(len(among), MOST_AMONG) or -1


QUESTIONS: list[KeptQuestion] = []  # all there are, so that a test can hold each against Django's own


def kept_question(write: Write) -> KeptQuestion:
    """A question that is written once for each kind of actor. It stands at the top of a module, as a rule."""
    if write.__closure__:
        raise TypeError(f"{write.__qualname__} looks at names around it: what they hold would be kept.")
    QUESTIONS.append(KeptQuestion(write))
    return QUESTIONS[-1]


class _asking_nothing:
    """Within it, nobody may ask the database anything, by Django's cursor or by the wire."""

    def __enter__(self) -> None:
        self._was, connection.force_debug_cursor = connection.force_debug_cursor, True
        self._before = len(connection.queries_log)

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        connection.force_debug_cursor = self._was
        if error is None and len(connection.queries_log) != self._before:
            raise AsksOnTheWay("A kept question is written from the actor and the moment alone.")


def reader_of(found: Any, compiler: Any) -> Callable[[Rows], list[Any]]:
    """How the rows of the answer are read: as rows of the table, or as the values that were asked for."""
    if found._iterable_class is ModelIterable:
        plan = plan_of(found.model)
        if compiler.query.annotation_select or compiler.query.deferred_loading != (frozenset(), True):
            raise TypeError("A kept question gives whole rows, or values.")

        def rows(answer: Rows) -> list[Any]:
            made = plan.rows(answer, wire())
            if plan.sealed:
                batch(row.__dict__[name] for row in made for name in plan.sealed)
            return made

        return rows
    converters = compiler.get_converters([column for column, *_rest in compiler.select])
    alone = found._iterable_class.__name__ == "FlatValuesListIterable"
    light = type(compiler)(
        Query(found.model), connection, connection.alias
    )  # it is kept: without the question

    def values(answer: Rows) -> list[Any]:
        read: Sequence[Any] = list(light.apply_converters(answer, converters)) if converters else answer
        return [row[0] for row in read] if alone else [tuple(row) for row in read]

    return values
