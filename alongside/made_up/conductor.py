"""Tells many stories side by side, in the order of their days, with the clock standing where each is."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK
from alongside.made_up.place import Place
from alongside.site import DUE

Story = Iterator[datetime]  # a story yields the moment of its next step, and is then told that far
Progress = Callable[[float], None]
A_MOMENT = timedelta(minutes=7)


def tell(place: Place, stories: Iterable[Story], progress: Progress) -> None:
    """Tell every story as far as it has come. What is still to come is left untold: it is open."""
    order, waiting = count(), list[tuple[datetime, int, Story]]()
    end = place.at(0, 0)
    for story in stories:
        _wait(waiting, story, next(order), None)
    first = min((moment for moment, _place, _story in waiting), default=end)
    last_day = first
    while waiting:
        moment, number, story = heapq.heappop(waiting)
        if moment >= end:
            break
        while last_day.date() < moment.date():
            last_day += timedelta(days=1)
            _what_is_due(place, last_day.replace(hour=5))
        with clock.at(moment):
            _wait(waiting, story, number, moment)
        progress((moment - first) / (end - first))
    while last_day + timedelta(days=1) < end:
        last_day += timedelta(days=1)
        _what_is_due(place, last_day.replace(hour=5))


def _wait(
    waiting: list[tuple[datetime, int, Story]], story: Story, number: int, now: datetime | None
) -> None:
    """Tell the next step of a story, and put it back where its step after that belongs."""
    wanted = next(story, None)
    if wanted is not None:
        heapq.heappush(waiting, (max(wanted, now + A_MOMENT) if now else wanted, number, story))


def _what_is_due(place: Place, moment: datetime) -> None:
    """What the clock brings on a day: a ground lapses, people are asked how a promise went."""
    with clock.at(moment):
        for come_due in DUE:
            for command in list(come_due(moment)):
                try:
                    do(command, by=THE_CLOCK)
                    place.lines += 1
                except Refused:  # something done since made this needless
                    continue
