"""The only clock. Everything that needs the time asks here, so that a test or a made-up place can stop it.

Moments are aware, in UTC, to the microsecond. Days are days in the United Kingdom.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock

from alongside.kernel import rules
from alongside.kernel.days import LONDON, aware, day_of, due_end_of_day, month_after

__all__ = [
    "LONDON",
    "ClockIsRunning",
    "advance",
    "at",
    "aware",
    "day_of",
    "due_end_of_day",
    "is_stopped",
    "is_working_day",
    "moment_of",
    "month_after",
    "now",
    "today",
    "told",
]

MORNING = time(9)  # the hour meant when only a day is named

# One stopped moment for the whole program, not one a thread: the writer thread must see it too.
_stopped: datetime | None = None
_lock = Lock()
_latest = datetime.min.replace(tzinfo=UTC)  # the latest that the machine told us since we began
_told: ContextVar[datetime | None] = ContextVar("_told", default=None)


class ClockIsRunning(RuntimeError):
    """Only a stopped clock can be moved on."""


def now() -> datetime:
    """This moment, in UTC."""
    return _told.get() or _stopped or _running()


def _running() -> datetime:
    """What the machine says, but never earlier than before.

    Whoever was let see something until three does not see it again because the machine is set back to two:
    until it has caught up, time stands still.
    """
    global _latest
    _latest = max(_latest, datetime.now(UTC))
    return _latest


def today() -> date:
    """This day, as people in the United Kingdom would name it."""
    return day_of(now())


@contextmanager
def at(moment: str | date | datetime) -> Iterator[datetime]:
    """Stop the clock at this moment, in every thread, until the block ends. A day means nine that morning.

    Blocks may stand inside one another; side by side in two threads they would each move the other's
    clock, so do not do that.
    """
    global _stopped
    wanted = moment_of(moment)
    with _lock:
        before, _stopped = _stopped, wanted
    try:
        yield wanted
    finally:
        with _lock:
            _stopped = before


@contextmanager
def told(moment: datetime) -> Iterator[None]:
    """Within the block, in this thread alone, it is this moment: for whoever writes for another moment."""
    before = _told.set(aware(moment))
    try:
        yield
    finally:
        _told.reset(before)


def advance(
    *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0
) -> datetime:
    """Move a stopped clock on, and say what it then reads. A running clock cannot be moved.

    A day here is 24 hours, so the hour named in London shifts when the clocks change.
    """
    global _stopped
    step = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    with _lock:
        if _stopped is None:
            raise ClockIsRunning("The clock is running. Stop it first: with clock.at('2026-03-02'): …")
        _stopped += step
        return _stopped


def is_stopped() -> bool:
    """Whether a test or a made-up place is holding the clock."""
    return _stopped is not None


def moment_of(moment: str | date | datetime) -> datetime:
    """Read a moment from words, a day or a moment. A moment with no time zone is refused, not guessed."""
    if isinstance(moment, str):
        is_only_a_day = len(moment) <= len("2026-03-02")
        moment = date.fromisoformat(moment) if is_only_a_day else datetime.fromisoformat(moment)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, MORNING, LONDON).astimezone(UTC)
    return aware(moment).astimezone(UTC)


def is_working_day(day: date, jurisdiction: str = "england") -> bool:
    """Whether offices are open: not a Saturday, a Sunday or a bank holiday there."""
    return rules.is_working_day(day, jurisdiction)
