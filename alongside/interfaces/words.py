"""Dates, counts, money and lists, said in plain words in the reader's language."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, gettext_lazy

from alongside.kernel.few import whole_lots

LONDON = ZoneInfo("Europe/London")
WELSH_VOWELS = tuple("aeiouwyâêîôûŵŷ")


def day(when: date) -> str:
    """14 May 2026."""
    return _day(_as_day(when), get_language() or "")


def day_in(language: str) -> Callable[[date], str]:
    """The same, where the language is known: a page asks for a dozen days."""
    return lambda when: _day(_as_day(when), language)


@lru_cache(maxsize=2000)
def _day(when: date, _language: str) -> str:
    return date_format(when, "j F Y")


def day_of_week(when: date) -> str:
    """Thursday 14 May 2026: for a day that someone must keep free or act by."""
    return date_format(_as_day(when), "l j F Y")


def month(when: date) -> str:
    """May 2026."""
    return date_format(_as_day(when), "F Y")


AT = {(0, 0): gettext_lazy("%(day)s, as the day began"), (12, 0): gettext_lazy("%(day)s at noon")}


def moment(when: datetime) -> str:
    """14 May 2026 at 2.05 pm, in the clock time of the place."""
    here = when.astimezone(LONDON)
    hour = here.hour % 12 or 12
    if (here.hour, here.minute) in AT:
        return str(AT[here.hour, here.minute]) % {"day": day(here)}
    return gettext("%(day)s at %(hour)d.%(minute)02d %(half)s") % {
        "day": day(here),
        "hour": hour,
        "minute": here.minute,
        "half": _half(here),
    }


def hour(when: datetime) -> str:
    """2.05 in the afternoon, in the clock time of the place: where the day stands beside it."""
    here = when.astimezone(LONDON)
    if (here.hour, here.minute) == (12, 0):
        return gettext("noon")
    said = {"hour": here.hour % 12 or 12, "minute": here.minute, "half": _half(here)}
    return gettext("%(hour)d.%(minute)02d %(half)s") % said


def _half(here: datetime) -> str:
    if here.hour >= 18:
        return gettext("in the evening")
    return gettext("in the morning") if here.hour < 12 else gettext("in the afternoon")


def _as_day(when: date) -> date:
    return when.astimezone(LONDON).date() if isinstance(when, datetime) else when


def money(pence: int) -> str:
    """£1,250 or £1,250.50."""
    sign, pounds, rest = "−" if pence < 0 else "", abs(pence) // 100, abs(pence) % 100
    return f"{sign}£{pounds:,}" + (f".{rest:02d}" if rest else "")


def number(count: int) -> str:
    """1,250."""
    return f"{count:,}"


def listing(items: Iterable[object], *, last: str = "and") -> str:
    """Rosa, Devon and Ana; with last="or": by post, by text or by phone.

    In Welsh, "a" becomes "ac" before a vowel.
    """
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    joint = gettext("and") if last == "and" else gettext("or")
    if get_language() == "cy" and last == "and":
        joint = "ac" if words[-1].lower().startswith(WELSH_VOWELS) else "a"
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def at_least(count: int, *, smallest: int) -> str:
    """A number of people that everyone reads: at least 10, fewer than 5, or 0. For whoever knows all: 12."""
    if not smallest or not count:
        return number(count)
    told = whole_lots(count, smallest=smallest)
    if not told:
        return gettext("fewer than %(count)s") % {"count": number(smallest)}
    return gettext("at least %(count)s") % {"count": number(told)}


def few_words(smallest: int) -> str:
    """Why a number of people is not said."""
    said = gettext(
        "They are fewer than %(count)s people, so we do not say how many. Nobody can be known by it."
    )
    return said % {"count": number(smallest)}


def out_of(part: int, whole: int) -> str:
    """5 of 8: a count never goes without what it is counted out of."""
    return gettext("%(part)s of %(whole)s") % {"part": number(part), "whole": number(whole)}


def ngettext(one: str, many: str, count: int) -> str:
    """A sentence of one or of many, as Django gives it. A page asks often."""
    return _of_many(one, many, count, get_language() or "")


@lru_cache(maxsize=4000)
def _of_many(one: str, many: str, count: int, _language: str) -> str:
    return translation.ngettext(one, many, count)


def decisions(count: int) -> str:
    """1 decision, 14 decisions."""
    return ngettext("%(count)s decision", "%(count)s decisions", count) % {"count": number(count)}


def promises(count: int) -> str:
    """1 promise, 40 promises."""
    return ngettext("%(count)s promise", "%(count)s promises", count) % {"count": number(count)}


def people(count: int) -> str:
    """1 person, 12 people."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}


def views(count: int) -> str:
    """1 view, 200 views."""
    return ngettext("%(count)s view", "%(count)s views", count) % {"count": number(count)}


def days(count: int) -> str:
    """1 day, 14 days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def hours(count: int) -> str:
    """1 hour, 72 hours."""
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": number(count)}


def times(count: int) -> str:
    """1 time, 3 times."""
    return ngettext("%(count)s time", "%(count)s times", count) % {"count": number(count)}


def things(count: int) -> str:
    """1 thing, 2 things."""
    return ngettext("%(count)s thing", "%(count)s things", count) % {"count": number(count)}


def verbs_stay() -> bool:
    """Whether a sentence made for a name holds for “you” too. In Welsh the verb would be another one."""
    return not (get_language() or "").startswith("cy")
