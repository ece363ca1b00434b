"""Plain questions: rows by what stands in their columns, each written as SQL once and for all values.

    Telling.everything.filter(decision=one, person__in=some).exclude(state="sent").order_by("id")

Commands ask hundreds of these. Django puts each together anew and writes it out, which takes several times
as long as the database needs to answer. So it is only noted at first: which words were said of which columns
(`said`), and the values apart. What asks for nothing but plain values gets the statement that was written
when the same was first asked, with the values in its gaps. For all else, and where it becomes a part of a
larger question, Django's own is made from what was noted (`put_together`).

A statement is kept only where each value stands in it as it was given. It is written for two lists of
stand-ins: what differs must be these, in their places. What is worked out from a value, such as the year of
a day, is none of them, and such a question stays Django's.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, Self, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FieldError, FullResultSet, ValidationError
from django.db import connection, models
from django.db.models.query import FlatValuesListIterable, ValuesListIterable

from alongside.kernel.gaps import Kept, Shelf, as_value, size_of_list, stretched, with_gaps
from alongside.kernel.kept import reader_of
from alongside.kernel.wire import Rows
from alongside.kernel.writing import flush, wire

M = TypeVar("M", bound=models.Model)
MOST_STATEMENTS, MOST_LISTED = 4000, 512
LARGEST = 1 << 31  # a number beyond is asked for by Django, which knows what fits into a column
GAPS = frozenset({UUID, str, int, date, datetime})
LISTS = (list, tuple, set, frozenset)
NOT_PLAIN = (EmptyResultSet, FullResultSet, FieldError, ValidationError, ValueError, TypeError)
CUT, VALUES = "cut", "values_list"  # words of ours: the first so many; and Django's, with `flat` first

# What is noted -----------------------------------------------------------------------------------------


class Step(NamedTuple):
    """One word of a question: `filter`, say, with the columns it names and what kind of value each has."""

    word: str
    columns: tuple[tuple[str, Hashable], ...] = ()  # (column, a type | (a type, how many) | yes, no or None)
    names: tuple[Any, ...] = ()  # what is no value: names of columns, or how many rows


@dataclass(frozen=True, slots=True)
class Plain:
    """What was said so far, and the values beside it."""

    said: tuple[Step, ...] = ()
    values: tuple[Any, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether its first rows were counted off: then nothing more can be said of it."""
        return bool(self.said) and self.said[-1].word == CUT

    def and_then(self, word: str, *names: Any) -> Plain | None:
        """The same, and one word more without values."""
        return None if self.is_cut else Plain((*self.said, Step(word, names=names)), self.values)

    def of_columns(self, word: str, like: Mapping[str, Any]) -> Plain | None:
        """The same, and one word more about columns. None where a value is not plain."""
        columns, values = list[tuple[str, Hashable]](), list[Any]()
        for name, value in like.items():
            found = _kind_of(name, value)
            if found is None or self.is_cut:
                return None
            columns.append((name, found[0]))
            values += found[1]
        return Plain((*self.said, Step(word, tuple(columns))), (*self.values, *values))

    def says(self, *words: str) -> bool:
        return any(step.word in words for step in self.said)

    @property
    def has_an_order(self) -> bool:
        """Whether it was said which come first. The last word on it counts, and may take the order away."""
        return next((bool(step.names) for step in reversed(self.said) if step.word == "order_by"), False)


def _kind_of(name: str, value: Any) -> tuple[Hashable, list[Any]] | None:
    """Of what kind a value is, and what is sent for it. None where it is not plain."""
    value = _as_written(value)
    if value is None or type(value) is bool:
        return value, []
    kind: type = type(value)
    if _fills_a_gap(value):
        return kind, [value]
    if not name.endswith("__in") or type(value) not in LISTS:
        return None
    listed = list(map(_as_written, value))
    size = size_of_list(len(listed), MOST_LISTED)
    if not listed or not size or not all(map(_fills_a_gap, listed)) or len(set(map(type, listed))) > 1:
        return None
    return (type(listed[0]), size), stretched(listed, size)


def _as_written(value: Any) -> Any:
    return str(value) if isinstance(value, models.TextChoices) else value


def _fills_a_gap(value: Any) -> bool:
    kind = type(value)
    if kind is datetime:
        return value.tzinfo is not None
    return kind in GAPS and (kind is not int or abs(value) < LARGEST)


def put_together(rows: Any, said: Sequence[Step], values: Sequence[Any]) -> Any:
    """Django's own question from what was noted. `rows` are all of the table."""
    left = iter(values)
    for word, columns, names in said:
        if word == CUT:
            rows = rows[: names[0]]
        elif word == VALUES:
            rows = rows.values_list(*names[1:], flat=names[0])
        else:
            rows = getattr(rows, word)(*names, **{name: _value(kind, left) for name, kind in columns})
    return rows


def _value(kind: Hashable, left: Iterator[Any]) -> Any:
    if isinstance(kind, tuple):
        return [next(left) for _each in range(kind[1])]
    return next(left) if isinstance(kind, type) else kind


# What is written once ----------------------------------------------------------------------------------


class Statement(NamedTuple):
    """What was written, and how its answer is read."""

    kept: Kept
    read: Callable[[Rows], list[Any]]


class Form(NamedTuple):
    """What is asked of the rows: for themselves, whether there are any, or how many."""

    written: Callable[[Any], tuple[str, Sequence[Any]]]  # from Django's question: the text and its values
    read: Callable[[Any], Callable[[Rows], list[Any]]]


_statements: Shelf[Statement | None] = Shelf(MOST_STATEMENTS)


def _answered(form: Form, rows: PlainRows[Any], plain: Plain) -> list[Any] | None:
    """What answers it, by its statement. None where it must be asked by Django."""
    key = (form, rows.model, plain.said)
    statement = _statements.made_once(key, lambda: _written(form, rows, plain))
    if statement is None:
        return None
    flush()
    kept, values = statement.kept, plain.values
    if kept.sent is not None:
        sent = [_sent(values[int(one)]) if isinstance(one, str) else kept.values[one] for one in kept.sent]
        return statement.read(wire().ask(kept.once, sent))
    sent = list(kept.values)
    for place, name in kept.gaps:
        sent[place] = _sent(values[int(name)])
    return statement.read(wire().ask(kept.sql, sent))


def _sent(value: Any) -> Any:
    return value if type(value) is str or type(value) is int else as_value(value)


def _written(form: Form, rows: PlainRows[Any], plain: Plain) -> Statement | None:
    """The statement with its gaps. None where a value does not stand in it as it was given."""
    places = list(enumerate(plain.values))
    ones, others = ([_STAND_INS[type(value)](turn, place) for place, value in places] for turn in (0, 1))
    try:
        question = put_together(rows.afresh(), plain.said, ones)
        sql, first = form.written(question)
        again, second = form.written(put_together(rows.afresh(), plain.said, others))
    except NOT_PLAIN:
        return None
    known = {(_sent(ones[place]), _sent(others[place])): str(place) for place, _value in places}
    kept = with_gaps((sql, first), (again, second), known)
    if kept is None or kept.by_name.keys() != set(known.values()):
        return None
    return Statement(kept, form.read(question))


# Two values of each kind for each place, which nobody asks for. The numbers fit into the smallest column.
_STAND_INS: Mapping[type, Callable[[int, int], Any]] = {
    UUID: lambda turn, place: UUID(f"fefe{turn:04x}-0000-4000-a000-{place:012x}"),
    str: lambda turn, place: f"stands in {turn} {place}",
    int: lambda turn, place: 30_000 + 1_000 * turn + place,
    date: lambda turn, place: date(1905 + 5 * turn, 3, 2) + timedelta(days=place),
    datetime: lambda turn, place: datetime(1905 + 5 * turn, 7, 2, 23, 5, 6, 789, UTC) + timedelta(days=place),
}


def _sql(question: Any) -> tuple[str, Sequence[Any]]:
    found: tuple[str, Sequence[Any]] = question.query.get_compiler(connection.alias).as_sql()
    return found


def _reader(question: Any) -> Callable[[Rows], list[Any]]:
    compiler = question.query.get_compiler(connection.alias)
    compiler.as_sql()
    return reader_of(question, compiler)


def _sql_whether(question: Any) -> tuple[str, Sequence[Any]]:
    found: tuple[str, Sequence[Any]] = question.query.exists().get_compiler(connection.alias).as_sql()
    return found


def _sql_how_many(question: Any) -> tuple[str, Sequence[Any]]:
    sql, values = _sql(question.order_by().values_list("pk"))
    return f"SELECT COUNT(*) FROM ({sql}) AS found", values


def _as_it_is(_question: Any) -> Callable[[Rows], list[Any]]:
    return lambda answer: answer


THEMSELVES = Form(_sql, _reader)
WHETHER, HOW_MANY = Form(_sql_whether, _as_it_is), Form(_sql_how_many, _as_it_is)

# The rows ----------------------------------------------------------------------------------------------


class PlainRows(models.QuerySet[M]):
    """Rows of a table. What is plain is noted, and put together only where Django needs it."""

    _plain: Plain | None = None  # what was noted; None for a question that is Django's own
    _db: str | None
    _fields: Any

    @classmethod
    def all_of(cls, model: type[M], using: str | None, plain: Plain) -> Self:
        """Those of a table of which this was said."""
        rows = cls.__new__(cls)
        rows.__dict__.update(
            _begun(cls, model), _db=using, _hints={}, _known_related_objects={}, _plain=plain
        )
        return rows

    def afresh(self) -> Self:
        """All of the table, as Django asks for them."""
        return type(self)(self.model, using=self._db)

    def _saying(self, plain: Plain) -> Self:
        return self.all_of(self.model, self._db, plain)

    @property
    def query(self) -> Any:
        """Django's own question. Once it is made, whoever has it may change it: the note holds no more."""
        if self._plain is not None:
            made = put_together(self.afresh(), self._plain.said, self._plain.values)
            self.__dict__.update(made.__dict__, _result_cache=self._result_cache, _plain=None)
        return _DJANGOS.fget(self)

    @query.setter
    def query(self, value: Any) -> None:
        _DJANGOS.fset(self, value)

    def _fetch_all(self) -> None:
        if self._result_cache is None and self._plain is not None:
            self._result_cache = _answered(THEMSELVES, self, self._plain)
            if self._result_cache is None:
                _made = self.query
        super()._fetch_all()

    def exists(self) -> bool:
        if self._result_cache is None and self._plain is not None:
            found = _answered(WHETHER, self, self._plain)
            if found is not None:
                return bool(found)
        return super().exists()

    def count(self) -> int:
        plain = self._plain
        if self._result_cache is None and plain is not None and not plain.says(CUT, VALUES, "distinct"):
            found = _answered(HOW_MANY, self, plain)
            if found is not None:
                return int(found[0][0])
        return super().count()

    def all(self) -> Self:
        return super().all() if self._plain is None else self._saying(self._plain)

    def filter(self, *args: Any, **kwargs: Any) -> Self:
        plain = None if self._plain is None or args else self._plain.of_columns("filter", kwargs)
        return super().filter(*args, **kwargs) if plain is None else self._saying(plain)

    def exclude(self, *args: Any, **kwargs: Any) -> Self:
        plain = None if self._plain is None or args else self._plain.of_columns("exclude", kwargs)
        return super().exclude(*args, **kwargs) if plain is None else self._saying(plain)

    def order_by(self, *field_names: Any) -> Self:
        is_plain = self._plain is not None and all(type(name) is str for name in field_names)
        plain = self._plain.and_then("order_by", *field_names) if self._plain and is_plain else None
        return super().order_by(*field_names) if plain is None else self._saying(plain)

    def distinct(self, *field_names: Any) -> Self:
        plain = None if self._plain is None or field_names else self._plain.and_then("distinct")
        return super().distinct(*field_names) if plain is None else self._saying(plain)

    def values_list(self, *fields: Any, flat: bool = False, named: bool = False) -> Any:
        is_plain = self._plain is not None and fields and not named and (len(fields) == 1 or not flat)
        if self._plain is None or not is_plain or any(type(name) is not str for name in fields):
            return super().values_list(*fields, flat=flat, named=named)
        plain = self._plain.and_then(VALUES, flat, *fields)
        if plain is None:
            return super().values_list(*fields, flat=flat, named=named)
        rows = self._saying(plain)
        rows._fields = fields
        rows._iterable_class = FlatValuesListIterable if flat else ValuesListIterable
        return rows

    def __getitem__(self, k: Any) -> Any:
        if self._plain is not None and self._result_cache is None and isinstance(k, slice):
            is_first = k.start is None and k.step is None and type(k.stop) is int and k.stop > 0
            plain = self._plain.and_then(CUT, k.stop) if is_first else None
            if plain is not None:
                rows = self._saying(plain)
                rows._fields, rows._iterable_class = self._fields, self._iterable_class
                return rows
        return super().__getitem__(k)

    def first(self) -> M | None:
        if self._plain is None or self._plain.is_cut or self.model._meta.ordering:
            return super().first()
        rows = self if self._plain.has_an_order else self.order_by("pk")
        found: M | None = next(iter(rows[:1]), None)
        return found

    def get(self, *args: Any, **kwargs: Any) -> M:
        if self._plain is not None and not args and not self._plain.is_cut:
            found = list(self.filter(**kwargs)[:2])
            if len(found) == 1:
                one: M = found[0]
                return one
        return super().get(*args, **kwargs)  # which says whether there is none, or more than one


_DJANGOS: Any = models.QuerySet.__dict__["query"]


@cache
def _begun(rows: type[PlainRows[Any]], model: type[models.Model]) -> dict[str, Any]:
    """What Django remembers beside a question that was not begun yet."""
    return {**rows(model).__dict__, "_query": None}
