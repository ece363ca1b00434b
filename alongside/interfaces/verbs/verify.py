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
    for problem in found.problems:  # each: else a row that matters could hide behind one that does not
        print(problem)
    if len(found.problems) >= replay.MOST_TOLD:
        print("There may be more.")
    return 1


def _counted(what: str, check: Callable[[Counting], Findings]) -> Findings:
    counting = Counting(what)
    try:
        return check(counting)
    finally:
        counting.end()
