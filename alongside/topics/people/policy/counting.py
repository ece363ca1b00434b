"""How few people are too few to be told of."""

from __future__ import annotations

from datetime import date

from alongside.kernel import clock, rules


def smallest_shown(day: date | None = None) -> int:
    """The smallest number of people that others may see, by the rules of the place on this day, or today."""
    return rules.here(day or clock.today()).number("numbers.smallest_shown")
