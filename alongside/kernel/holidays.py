"""Bank holidays, worked out for any year from the days the law names (Banking and Financial Dealings Act 1971).

A holiday made or moved by proclamation for one year cannot be worked out; the rule packs hold those.
"""

from datetime import date, timedelta
from functools import cache

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


class UnknownJurisdiction(LookupError):
    """We do not know the law of this place."""


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
            f"We have no bank holidays for {jurisdiction!r}. Use england, wales, scotland or northern-ireland."
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
