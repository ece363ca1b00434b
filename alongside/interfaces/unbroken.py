"""A day or a count of time stays on one line: “1 December 2026” and “14 days” do not break in the middle.

Words are spelt with plain spaces everywhere, for texts, files and programs too. Only where a page or a letter
is drawn do those spaces become ones that do not break. What somebody typed stands in a form as they typed it.
"""

import re
from functools import cache

from django.utils.dates import MONTHS
from django.utils.translation import get_language

HOLD = "\u00a0"
TYPED = re.compile(r"(<textarea\b.*?</textarea>|<(?:input|option|button)\b[^>]*>)", re.DOTALL)
COUNTED = ("day", "week", "month", "year", "hour", "minute")
COUNTED_IN_WELSH = ("diwrnod", "ddiwrnod", "wythnos", "mis", "fis", "blynedd", "flynedd", "awr", "munud")


def unbroken(page: str) -> str:
    """This page, or this letter, with its days and counts of time held together."""
    loose = _loose(get_language() or "en")
    parts = TYPED.split(page)
    parts[::2] = [loose.sub(_held, part) for part in parts[::2]]
    return "".join(parts)


def _held(found: re.Match[str]) -> str:
    return f"{HOLD}{found[1]}{HOLD}" if found[1] else HOLD


@cache
def _loose(_language: str) -> re.Pattern[str]:
    """The space after a number, before a month of this language and its year, or before what is counted.

    It begins with the space, for which a page is searched quickly, and looks back from there.
    """
    months = "|".join(str(name) for name in MONTHS.values())
    counted = "|".join(COUNTED + COUNTED_IN_WELSH)
    return re.compile(rf" (?<=\d )(?:({months}) (?=\d{{4}})|(?=(?:{counted})))")
