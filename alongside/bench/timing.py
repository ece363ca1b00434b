"""How one side times itself: many writers at once, each on a connection of its own."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection


def timed(act: Callable[[int], object], *, count: int, writers: int = 1) -> dict[str, Any]:
    """Do `act(writer)` count times for each writer. Moments are of one clock that all programs here share.

    Gives the moments of the first beginning and the last end, seconds of processor, and the time that
    99 in 100 acts stayed below, in seconds.
    """
    took: list[float] = []
    gc.collect()

    def work(writer: int) -> None:
        mine = []
        try:
            for _ in range(count):
                before = time.monotonic()
                act(writer)
                mine.append(time.monotonic() - before)
        finally:
            took.extend(mine)
            if writers > 1:
                connection.close()

    began, processor = time.monotonic(), time.process_time()
    if writers == 1:
        work(0)
    else:
        threads = [threading.Thread(target=work, args=(writer,)) for writer in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    ended, spent = time.monotonic(), time.process_time() - processor
    if len(took) != count * writers:
        raise RuntimeError(f"Only {len(took)} of {count * writers} were done.")
    took.sort()
    return {
        "began": began,
        "ended": ended,
        "count": count * writers,
        "processor": spent,
        "p99": took[min(len(took) - 1, int(len(took) * 0.99))],
    }
