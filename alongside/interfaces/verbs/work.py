"""`alongside work`: sends what is waiting in the outbox and does what the clock brings, again and again."""

import argparse
import signal
import threading
from types import FrameType

from django.core.management import call_command
from django.db import close_old_connections

from alongside.interfaces.leaving import Work, do_what_is_due, send_waiting, waiting_long
from alongside.interfaces.verbs.rules import rules_must_hold
from alongside.interfaces.where import nobody_said_where
from alongside.kernel import receipts
from alongside.kernel.destroyed import destroy_again

TIDY_EVERY = 240  # rounds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="one round, then stop")
    parser.add_argument(
        "--every", type=int, default=15, metavar="SECONDS", help="rest between rounds (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    rules_must_hold()
    stop = threading.Event()

    def leave(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    if threading.current_thread() is threading.main_thread() and not arguments.once:
        signal.signal(signal.SIGTERM, leave)
        signal.signal(signal.SIGINT, leave)
    rounds = 0
    while not stop.is_set():
        work = one_round(tidy=rounds % TIDY_EVERY == 0)
        if arguments.once or work != Work():
            print(said(work), flush=True)
        if arguments.once:
            break
        rounds += 1
        stop.wait(max(1, arguments.every))
        close_old_connections()  # the database may have been restarted meanwhile
    return 0


def one_round(*, tidy: bool = False) -> Work:
    """Everything that is waiting now. What the clock brings comes first: it may have something to send."""
    work = Work()
    if tidy:
        destroy_again()
    do_what_is_due(work)
    send_waiting(work)
    if tidy:
        call_command("clearsessions")
        receipts.clear()
    return work


def said(work: Work) -> str:
    """One line about a round."""
    parts = [
        f"{work.acts} done by the clock",
        f"{work.sent} sent",
        f"{work.later} to be tried again",
        f"{work.held} held",
        f"{work.failed} failed",
    ]
    long, waits = waiting_long(), nobody_said_where()
    told = [", ".join(parts) + "."]
    told += [f"{long} have waited more than a day."] if long else []
    told += [f"Nothing that tells people was sent. {waits}"] if waits and work.later else []
    return " ".join(told)
