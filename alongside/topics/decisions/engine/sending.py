"""When somebody may be sent something."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta

APART = {"any": 0, "weekly": 7, "monthly": 30}


def next_day(
    how_often: str, most_a_month: int | None, asked_on: Collection[date], today: date
) -> date | None:
    """The first day from today on which this person may be sent something; None for never.

    One message a day at most. `asked_on` are the days on which they were sent something before. A month is
    any thirty days, so that the end of a month is no way round the limit.
    """
    if how_often == "never" or most_a_month == 0:
        return None
    days: Sequence[date] = sorted(asked_on)
    first = today
    if days:
        first = max(first, days[-1] + timedelta(days=max(1, APART[how_often])))
    if most_a_month is not None and len(days) >= most_a_month:
        first = max(first, days[-most_a_month] + timedelta(days=30))
    return first
