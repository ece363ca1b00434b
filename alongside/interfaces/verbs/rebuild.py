"""`alongside rebuild`: make every table again from the ledger, in one transaction."""

import argparse

from alongside.interfaces.cli import CliError
from alongside.interfaces.verbs.progress import Counting
from alongside.interfaces.wired import wiring
from alongside.kernel import replay


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--unchecked", action="store_true", help="do not check the ledger first")


def run(arguments: argparse.Namespace) -> int:
    wiring("ASKS")  # every command must be known before its entries can be read
    if not arguments.unchecked:
        found = replay.verify()
        if not found.sound:
            raise CliError(f"We rebuild only from a record that is whole. {found.problems[0]}")
    counting = Counting("entries replayed")
    try:
        count = replay.rebuild(counting)
    finally:
        counting.end()
    print(f"Every table was made again from {count:,} entries")
    return 0
