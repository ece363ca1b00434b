"""Which comes first, the day or the month.

03/04/2024 is two different days, depending on who wrote it. One cell with only one reading (30/06/2017)
settles it for the whole file, and we show which. When two cells disagree, or none tells, we ask and do not
guess. Dates such as 2024-03-14 and “Thursday, 14th March, 2024 1.00 pm” have one reading always.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext

from .problem import Problem, Problems, TableRefused, shown

Order = Literal["dmy", "mdy"]
FIRST_YEAR, LAST_YEAR = 1800, 2200

_ZONE = r"(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
_CLOCK = r"[0-9]{1,2}(?:[:.][0-9]{2}){0,2}(?:\.[0-9]+)?\s*(?:[ap]\.?m\.?)?"
_TIME = rf"(?:(?:T|,?\s+(?:at\s+)?){_CLOCK}\s*{_ZONE})?"
_WORD = r"[^\W\d_]+"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|af|ail|il|ydd|fed|eg|ain)?"
_YEAR = r"([0-9]{4})"
_WEEKDAY = rf"(?:(?:dydd\s+)?({_WORD})\.?,?\s+)?"
_ISO = re.compile(rf"{_YEAR}([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_NUMERIC = re.compile(rf"([0-9]{{1,2}})\s?([-/.])\s?([0-9]{{1,2}})\s?\2\s?{_YEAR}{_TIME}", re.IGNORECASE)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s.-]+({_WORD})\.?,?[\s-]+{_YEAR}{_TIME}", re.IGNORECASE
)
_MONTH_FIRST = re.compile(rf"{_WEEKDAY}({_WORD})\.?[\s-]+{_DAY},?[\s-]+{_YEAR}{_TIME}", re.IGNORECASE)
_SHORT_YEAR = re.compile(
    rf"(?:[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1[0-9]{{2}}|[0-9]{{1,2}}[\s-]+{_WORD}[\s-]+'?[0-9]{{2}}){_TIME}",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")

_MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "sept", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
_SHORT_WELSH_MONTHS = ("ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tach", "rhag")
_WEEKDAYS = (
    ("monday", "mon", "llun"),
    ("tuesday", "tue", "tues", "mawrth"),
    ("wednesday", "wed", "mercher"),
    ("thursday", "thu", "thur", "thurs", "iau"),
    ("friday", "fri", "gwener"),
    ("saturday", "sat", "sadwrn"),
    ("sunday", "sun", "sul"),
)
_MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(_MONTHS, 1)
    for name in (*names, names[0][:3], _SHORT_WELSH_MONTHS[number - 1])
}
_WEEKDAY_NUMBERS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}


@dataclass(frozen=True, slots=True)
class DateCell:
    """A cell that should hold a date, and where it is."""

    row: int
    line: int
    column: str
    text: str

    def problem(self, reason: str, what_to_do: str) -> Problem:
        return Problem(reason, what_to_do, self.row, self.line, self.column, shown(self.text))


class NotADate(ValueError):
    """These words are not a day we can be sure of."""

    def __init__(self, reason: str, what_to_do: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.what_to_do = what_to_do


@dataclass(frozen=True, slots=True)
class DateOrder:
    """How this file writes its dates. `settled_by` is the cell that told us, if one did."""

    order: Order
    settled_by: DateCell | None = None
    by_answer: bool = False

    def read(self, text: str) -> date | None:
        """The day a cell names, or nothing for an empty cell. Raises NotADate with what to do."""
        return read_date(text, self.order) if text.strip() else None

    @property
    def sentence(self) -> str:
        """How we settled it, to show the person."""
        order = gettext("day first") if self.order == "dmy" else gettext("month first")
        if self.by_answer:
            return gettext("You told us that dates are written %(order)s.") % {"order": order}
        if self.settled_by is None:
            return gettext("Every date in this file can be read in only one way.")
        return gettext(
            "Dates are read %(order)s, because “%(value)s” in row %(row)s can only be read so."
        ) % {"order": order, "value": shown(self.settled_by.text), "row": self.settled_by.row}


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Nothing in the file tells whether the day or the month comes first. `example` has two readings."""

    example: DateCell
    name: str = ""

    @property
    def question(self) -> str:
        return gettext("Is “%(value)s” %(one)s or %(other)s?") % {
            "value": shown(self.example.text),
            "one": _said(read_date(self.example.text, "dmy")),
            "other": _said(read_date(self.example.text, "mdy")),
        }

    def refusal(self) -> TableRefused:
        mend = gettext("Tell us with “--dates dmy” for day first, or “--dates mdy” for month first.")
        reason = gettext("No date in this file tells whether the day or the month comes first.")
        return TableRefused([self.example.problem(f"{reason} {self.question}", mend)], name=self.name)


def settle_dates(
    columns: Iterable[DateCell], *, answer: Order | None = None, name: str = ""
) -> DateOrder | Ambiguous:
    """Settle the order for the whole file from all cells of its date columns.

    Raises TableRefused for days that do not exist, years of two figures, and cells that contradict one
    another or the person's answer.
    """
    problems = Problems(name)
    settling: dict[Order, DateCell] = {}
    unsure: DateCell | None = None
    for cell in columns:
        if not cell.text.strip():
            continue
        try:
            orders = readings(cell.text)
        except NotADate as fault:
            problems.add(cell.problem(fault.reason, fault.what_to_do))
            continue
        if orders is None:
            unsure = unsure or cell
        else:
            for order in orders:
                settling.setdefault(order, cell)
    if len(settling) == 2:
        _add_conflict(problems, settling)
    elif answer and settling and answer not in settling:
        _add_contradiction(problems, next(iter(settling.values())), answer)
    problems.refuse_if_any()
    if settling:
        order, cell = next(iter(settling.items()))
        return DateOrder(order, settled_by=cell)
    if answer:
        return DateOrder(answer, by_answer=True)
    return Ambiguous(unsure, name) if unsure else DateOrder("dmy")


def readings(text: str) -> tuple[Order, ...] | None:
    """The one order that a date needs, none when it needs none, or None when it can be read in two ways.

    Raises NotADate when it is a day in neither order.
    """
    numeric = _NUMERIC.fullmatch(_clean(text))
    if numeric is None:
        read_date(text, "dmy")
        return ()
    day_first, month_first = _day_or_none(text, "dmy"), _day_or_none(text, "mdy")
    if day_first == month_first:
        if day_first is None:
            is_month_first = int(numeric[1]) <= 12 < int(numeric[3])
            read_date(text, "mdy" if is_month_first else "dmy")
        return ()
    if day_first and month_first:
        return None
    return ("dmy",) if day_first else ("mdy",)


def read_date(text: str, order: Order) -> date:
    """The day these words name. Raises NotADate, with the reason and what to do."""
    text = _clean(text)
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]), text)
    if found := _NUMERIC.fullmatch(text):
        day, month = (found[1], found[3]) if order == "dmy" else (found[3], found[1])
        return _day(int(found[4]), int(month), int(day), text)
    if found := _DAY_FIRST.fullmatch(text):
        return _named_day(found[1], found[2], found[3], found[4], text)
    if found := _MONTH_FIRST.fullmatch(text):
        return _named_day(found[1], found[3], found[2], found[4], text)
    if _SHORT_YEAR.fullmatch(text):
        reason = gettext("The year of “%(value)s” has only two figures.") % {"value": shown(text)}
        raise NotADate(reason, gettext("Write the whole year, such as 2017."))
    if _SERIAL.fullmatch(text):
        reason = gettext("“%(value)s” is a spreadsheet's own number for a day.") % {"value": shown(text)}
        raise NotADate(
            reason, gettext("Set the column to show dates in your spreadsheet, and save it again.")
        )
    reason = gettext("“%(value)s” is not a date we can read.") % {"value": shown(text)}
    raise NotADate(reason, _write_it_so())


def _named_day(weekday: str | None, day: str, month: str, year: str, text: str) -> date:
    number = _MONTH_NUMBERS.get(_letters(month))
    if number is None:
        reason = gettext("“%(month)s” is not the name of a month.") % {"month": shown(month)}
        raise NotADate(reason, _write_it_so())
    found = _day(int(year), number, int(day), text)
    if weekday and (expected := _WEEKDAY_NUMBERS.get(_letters(weekday))) != found.weekday():
        if expected is None:
            reason = gettext("“%(value)s” is not a date we can read.") % {"value": shown(text)}
            raise NotADate(reason, _write_it_so())
        reason = gettext("%(day)s was not a %(weekday)s.") % {"day": _said(found), "weekday": shown(weekday)}
        raise NotADate(reason, gettext("Mend the day of the week or the date."))
    return found


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError as fault:
        reason = gettext("There is no such day as “%(value)s”.") % {"value": shown(text)}
        raise NotADate(reason, gettext("Mend the date, and send the file again.")) from fault
    if not FIRST_YEAR <= year <= LAST_YEAR:
        reason = gettext("The year of “%(value)s” cannot be right.") % {"value": shown(text)}
        raise NotADate(reason, gettext("Mend the year, and send the file again."))
    return found


def _day_or_none(text: str, order: Order) -> date | None:
    try:
        return read_date(text, order)
    except NotADate:
        return None


def _add_conflict(problems: Problems, settling: dict[Order, DateCell]) -> None:
    day_first, month_first = settling["dmy"], settling["mdy"]
    reason = gettext(
        "“%(value)s” has the month first, but “%(other)s” in row %(row)s (%(column)s) has the day first."
    )
    reason %= {
        "value": shown(month_first.text),
        "other": shown(day_first.text),
        "row": day_first.row,
        "column": day_first.column,
    }
    problems.add(
        month_first.problem(reason, gettext("Write all dates in the file in one way. 2017-06-30 is safest."))
    )


def _add_contradiction(problems: Problems, cell: DateCell, answer: Order) -> None:
    if answer == "dmy":
        reason = gettext("You told us the day comes first, but “%(value)s” has the month first.")
    else:
        reason = gettext("You told us the month comes first, but “%(value)s” has the day first.")
    mend = gettext("Change your answer, or mend this date.")
    problems.add(cell.problem(reason % {"value": shown(cell.text)}, mend))


def _said(day: date) -> str:
    months = (
        gettext("January"),
        gettext("February"),
        gettext("March"),
        gettext("April"),
        gettext("May"),
        gettext("June"),
        gettext("July"),
        gettext("August"),
        gettext("September"),
        gettext("October"),
        gettext("November"),
        gettext("December"),
    )
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _write_it_so() -> str:
    return gettext("Write it as year, month, day, such as 2017-06-30.")


def _clean(text: str) -> str:
    return " ".join(text.split())


def _letters(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold()
