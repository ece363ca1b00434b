"""Whether a thing is fit to go live, whether the good it promised came, and whether a try-out must stop."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

Lazy = Any


@dataclass(frozen=True)
class Try:
    """One person tried one thing it must do."""

    tried_as: str
    works: bool
    counts: bool = True


@dataclass(frozen=True)
class Wanted:
    """What the rule pack asks before it may go live."""

    people: int = 3
    passed_percent: int = 80
    needed: Collection[str] = ("disabled", "practitioner")


def why_unfit(
    name: str, tries: Iterable[Try], wanted: Wanted, names: dict[str, Lazy], *, is_exact: bool = True
) -> list[Lazy]:
    """What is missing before this thing it must do has passed; nothing when it has.

    Where it is not exact, no sentence says how many tried it, for that could show what one of them found.
    """
    counted = [each for each in tries if each.counts]
    said = {"name": name, "count": len(counted), "needed": wanted.people}
    found = []
    if len(counted) < wanted.people:
        exact = _("“%(name)s”: tried by %(count)s. It needs %(needed)s.")
        found.append((exact if is_exact else _("“%(name)s”: %(needed)s must have tried it.")) % said)
    for who in wanted.needed:
        if not any(each.tried_as == who and each.works for each in counted):
            said_by = {"name": name, "who": names.get(who, who)}
            found.append(_("“%(name)s”: nobody who says “%(who)s” found that it works.") % said_by)
    works = sum(each.works for each in counted)
    if counted and works * 100 < len(counted) * wanted.passed_percent:
        exact = _("“%(name)s”: it works for %(works)s of %(count)s who tried it.")
        vague = _("“%(name)s”: it does not work for enough of those who tried it.")
        found.append((exact if is_exact else vague) % {**said, "works": works})
    return found


def came_of(*, was_measured: bool, came: int, partly: int, not_: int) -> str:
    """Whether a promised good came, by those it was for: came, failed or not_measured.

    Silence is not a yes. With no measurement, or no word of those it was for, it is not measured.
    """
    heard = came + partly + not_
    if not was_measured or not heard:
        return "not_measured"
    return "came" if came * 2 > heard else "failed"


def crosses(number: int | None, line: int | None, when: str) -> bool:
    """Whether a number crosses the line of a stop rule: `when` is above or below."""
    if number is None or line is None:
        return False
    return number > line if when == "above" else number < line
