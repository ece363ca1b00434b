"""`alongside verify`: is the record whole, and with --tables, do the tables say what the record says?"""

import argparse
from collections.abc import Callable

from alongside.interfaces.verbs.progress import Counting
from alongside.interfaces.wired import wiring
from alongside.kernel import replay
from alongside.kernel.replay import Findings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tables", action="store_true", help="rebuild every table beside it, and compare")


def run(arguments: argparse.Namespace) -> int:
    wiring("ASKS")  # every command must be known before its entries can be read
    found = _counted("entries checked", replay.verify)
    if found.sound and arguments.tables:
        found = _counted("entries replayed", replay.compare)
    if found.sound:
        if arguments.tables:
            print("Every table says what the record says.")
        print(f"{found.entries:,} entries verified")
        return 0
    print(found.problems[0])
    more = len(found.problems) - 1
    if more:
        print(f"And {more} more." if more < 19 else f"And at least {more} more.")
    return 1


def _counted(what: str, check: Callable[[Counting], Findings]) -> Findings:
    counting = Counting(what)
    try:
        return check(counting)
    finally:
        counting.end()
