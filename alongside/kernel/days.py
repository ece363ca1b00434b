"""Reckoning with days, with no clock: the day of a moment, months, working days and bank holidays.

Bank holidays are worked out for any year from the days the law names (Banking and Financial Dealings Act
1971). A holiday that a proclamation makes or moves cannot be worked out; the rule packs hold those years.
"""

import calendar
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
SATURDAY = calendar.SATURDAY


class UnknownJurisdiction(LookupError):
    """We do not know the law of this place."""


def aware(moment: datetime) -> datetime:
    """The same moment, refused if it does not say its time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} does not say its time zone. Write it as {moment}+00:00 if it is UTC.")
    return moment


def day_of(moment: datetime) -> date:
    """The day on which this moment falls in the United Kingdom."""
    return aware(moment).astimezone(LONDON).date()


def due_end_of_day(day: date) -> datetime:
    """The last moment of this day in the United Kingdom. A thing is late only when now() is past it."""
    tomorrow = datetime.combine(day + timedelta(days=1), time(), LONDON)
    return tomorrow.astimezone(UTC) - timedelta(microseconds=1)


def month_after(day: date, months: int = 1) -> date:
    """The same day of a later month, or that month's last day where there is no such day."""
    if months < 0:
        raise ValueError(f"{months} months after is before; count forwards.")
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def working_days_after(day: date, count: int, is_working_day: Callable[[date], bool]) -> date:
    """The working day that is `count` working days after this day, which itself is not counted.

    With a count of nought it is this day, or the next working day if this is not one.
    """
    if count < 0:
        raise ValueError(f"{count} working days after is before; count forwards.")
    if count == 0 and is_working_day(day):
        return day
    left = max(count, 1)
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return day


@cache
def bank_holidays(jurisdiction: str, year: int) -> dict[date, str]:
    """Every bank holiday of this year in this place, with its name, in order of date."""
    try:
        made = {
            "england": _england_and_wales,
            "wales": _england_and_wales,
            "scotland": _scotland,
            "northern-ireland": _northern_ireland,
        }[jurisdiction]
    except KeyError:
        raise UnknownJurisdiction(
            f"We do not know the law of {jurisdiction!r}. Use england, wales, scotland or northern-ireland."
        ) from None
    return dict(sorted(made(year).items()))


def easter_sunday(year: int) -> date:
    """Western Easter in the Gregorian calendar (the Meeus/Jones/Butcher method)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _england_and_wales(year: int) -> dict[date, str]:
    easter = easter_sunday(year)
    return {
        **_substituted({date(year, 1, 1): "New Year’s Day"}),
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
        **_substituted({date(year, 12, 25): "Christmas Day", date(year, 12, 26): "Boxing Day"}),
    }


def _scotland(year: int) -> dict[date, str]:
    return {
        **_substituted({date(year, 1, 1): "New Year’s Day", date(year, 1, 2): "2nd January"}),
        easter_sunday(year) - timedelta(days=2): "Good Friday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _first_monday(year, 8): "Summer bank holiday",
        **_substituted({date(year, 11, 30): "St Andrew’s Day"}),
        **_substituted({date(year, 12, 25): "Christmas Day", date(year, 12, 26): "Boxing Day"}),
    }


def _northern_ireland(year: int) -> dict[date, str]:
    return {
        **_england_and_wales(year),
        **_substituted({date(year, 3, 17): "St Patrick’s Day"}),
        **_substituted({date(year, 7, 12): "Battle of the Boyne (Orangemen’s Day)"}),
    }


def _substituted(named: dict[date, str]) -> dict[date, str]:
    """Move each day that falls on a weekend to the next weekday that no other of these days takes."""
    found = {day: name for day, name in named.items() if day.weekday() < SATURDAY}
    for day, name in named.items():
        if day.weekday() < SATURDAY:
            continue
        while day.weekday() >= SATURDAY or day in found:
            day += timedelta(days=1)
        found[day] = f"{name} (substitute day)"
    return found


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    """The last Monday of a month of 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())
