"""Processes that share one port: a new connection goes to whichever has the fewest.

Left to themselves all wake when somebody connects, and whoever is first takes it. Of sixteen connections
that came at once, one process often took nearly all and sometimes all, and the other had nothing to do for
as long as they stayed open. So each writes down how many it has, where all can read it; and whoever has more
than another waits a moment before it takes one more. A process that hangs or has died keeps nobody waiting
for longer than that.
"""

from __future__ import annotations

import mmap
import selectors
import time
from functools import partial
from itertools import count
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

A_MOMENT, MOMENTS = 0.001, 5  # seconds, and how often it looks whether another took one
PLACES = 256  # more than there are processes, also while new ones take over from old ones
NOBODY = -1

held = memoryview(mmap.mmap(-1, 4 * PLACES)).cast("i")  # each one's connections; all that are forked share it
for _place in range(PLACES):
    held[_place] = NOBODY


def takes_place(server: Any, worker: Any) -> None:
    """Before a process is made: give it the first place that no other has."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in count() if place not in taken) % PLACES


def leaves_place(_server: Any, worker: Any) -> None:
    """After a process has ended, however it did."""
    held[worker.place] = NOBODY


def _took_one(fewer: dict[int, int]) -> bool:
    """Wait a moment for one of these to take a connection. Whether it did."""
    for _moment in range(MOMENTS):
        time.sleep(A_MOMENT)
        if any(held[place] > had for place, had in fewer.items()):
            return True
    return False


class EvenWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's process of several threads. It lets the one with fewer connections go first."""

    place: int

    def accept(self, listener: Any) -> None:
        """Take one connection, unless another process that has fewer is awake and takes them."""
        if (fewer := self._with_fewer()) and _took_one(fewer) and self._with_fewer():
            return  # whatever is still there wakes us again
        super().accept(listener)
        self._write_down()

    def enqueue_req(self, conn: Any) -> None:
        """Give a connection to a thread as soon as something came on it.

        Gunicorn gives it a thread at once, which waits up to five seconds. Browsers open connections before
        they need them, and eight such would keep everybody from this process.
        """
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.set_timeout()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _cap_keepalive(self, deadline: float) -> None:
        """As it stops: whoever has said nothing yet is waited for no longer than whoever is done."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        self._write_down()
        super().wait_for_and_dispatch_events(timeout)
        self._write_down()

    def _with_fewer(self) -> dict[int, int]:
        return {place: had for place, had in enumerate(held) if NOBODY < had < self.nr_conns}

    def _write_down(self) -> None:
        held[self.place] = self.nr_conns if self.alive else NOBODY
