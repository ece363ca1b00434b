"""What an importer asks of every row, told with the row, the column and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from django.utils.translation import gettext

from .dates import DateOrder, NotADate
from .mapping import MappedRow
from .problem import Problem, Problems, shown
from .row import row_key

Rule = Callable[[MappedRow], Iterator[Problem]]


def require(rows: Iterable[MappedRow], *rules: Rule, name: str = "") -> int:
    """Try every rule on every row; give the number of rows, or raise TableRefused with all that is wrong."""
    problems = Problems(name)
    count = 0
    for row in rows:
        count += 1
        for rule in rules:
            for problem in rule(row):
                problems.add(problem)
    problems.refuse_if_any()
    return count


def filled(wanted: str, *, reason: str = "") -> Rule:
    """This field must have something in it."""

    def rule(row: MappedRow) -> Iterator[Problem]:
        if not row[wanted]:
            told = reason or gettext("This cell is empty, and we need it.")
            yield row.problem(wanted, reason=told, what_to_do=gettext("Fill it in, and send the file again."))

    return rule


def one_filled(wanted: Sequence[str], *, reason: str) -> Rule:
    """At least one of these fields must have something in it: a title in any of its languages, say."""

    def rule(row: MappedRow) -> Iterator[Problem]:
        if not any(row[one] for one in wanted):
            columns = [row.headings[one] for one in wanted if one in row.headings] or list(wanted)
            mend = gettext("Fill in at least one of: %(columns)s.") % {"columns": ", ".join(columns)}
            yield Problem(reason, mend, row.row.number, row.row.line, ", ".join(columns))

    return rule


def whole_number(wanted: str, *, least: int, most: int) -> Rule:
    """A whole number from `least` to `most`, or nothing."""

    def rule(row: MappedRow) -> Iterator[Problem]:
        text = row[wanted]
        if not text:
            return
        is_number = re.fullmatch(r"-?[0-9]{1,18}", text) is not None
        if not is_number or not least <= int(text) <= most:
            told = gettext("“%(value)s” is not a whole number from %(least)s to %(most)s.")
            told %= {"value": shown(text), "least": least, "most": most}
            yield row.problem(wanted, reason=told, what_to_do=gettext("Mend it, and send the file again."))

    return rule


def no_longer_than(wanted: str, letters: int) -> Rule:
    """At most so many letters."""

    def rule(row: MappedRow) -> Iterator[Problem]:
        if len(row[wanted]) > letters:
            told = gettext("This has %(count)s letters. We can take %(most)s.")
            told %= {"count": f"{len(row[wanted]):,}", "most": f"{letters:,}"}
            yield row.problem(
                wanted, reason=told, what_to_do=gettext("Make it shorter, and send the file again.")
            )

    return rule


def a_date(wanted: str, order: DateOrder) -> Rule:
    """A day that exists, or nothing."""

    def rule(row: MappedRow) -> Iterator[Problem]:
        try:
            order.read(row[wanted])
        except NotADate as fault:
            yield row.problem(wanted, reason=fault.reason, what_to_do=fault.what_to_do)

    return rule


def not_before(later: str, earlier: str, order: DateOrder) -> Rule:
    """An end may not come before its beginning."""

    def day(row: MappedRow, wanted: str) -> date | None:
        try:
            return order.read(row[wanted])
        except NotADate:
            return None  # told by `a_date`

    def rule(row: MappedRow) -> Iterator[Problem]:
        first, last = day(row, earlier), day(row, later)
        if first and last and last < first:
            told = gettext("The end, “%(end)s”, is before the start, “%(start)s”.")
            told %= {"end": shown(row[later]), "start": shown(row[earlier])}
            yield row.problem(later, reason=told, what_to_do=gettext("Mend one of the two dates."))

    return rule


def once(wanted: str) -> Rule:
    """What this field names is named in one row alone. A row that says exactly the same again is no other.

    The rule remembers the rows it has seen, so each reading of a file needs one of its own."""
    first: dict[str, tuple[int, str]] = {}

    def rule(row: MappedRow) -> Iterator[Problem]:
        if not row[wanted]:
            return
        name = row_key("", row.row)
        number, known = first.setdefault(row[wanted], (row.row.number, name))
        if name != known:
            told = gettext("“%(value)s” stands in row %(row)s too, with other words.")
            told %= {"value": shown(row[wanted]), "row": number}
            mend = gettext("Keep one of the two rows, or give each a number of its own.")
            yield row.problem(wanted, reason=told, what_to_do=mend)

    return rule
