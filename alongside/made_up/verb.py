"""`alongside demo`: build the made-up place in this installation's home, which must be empty."""

import argparse
import json
import shlex
import sys
import time
from datetime import date
from pathlib import Path

from django.conf import settings

from alongside.interfaces.cli import CliError
from alongside.interfaces.faces import MARK
from alongside.kernel import clock

BEGUN = f"{MARK}.begun"  # lies beside the place while it is built: what has it is only half a place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said after the verb."""
    parser.add_argument(
        "--if-absent", action="store_true", help="do nothing where the place is there already"
    )
    parser.add_argument("--seed", type=int, default=7, help="another number gives another year (7)")
    parser.add_argument("--today", type=date.fromisoformat, help="the last day of the year, as 2026-03-02")


def run(arguments: argparse.Namespace) -> int:
    """Build it, or say that it is there."""
    mark = Path(settings.HOME) / MARK
    if mark.exists():
        if arguments.if_absent:
            print("The made-up place is here already.")
            return 0
        raise CliError(
            f"The made-up place is in {settings.HOME} already. To build it anew, remove that folder."
        )
    begun = mark.with_name(BEGUN)
    if begun.exists():
        raise CliError(
            f"The made-up place in {settings.HOME} was stopped before it was whole.\n"
            f"Take that folder away, and begin again:\n    rm -r {shlex.quote(str(settings.HOME))}"
        )
    from alongside.made_up.building import build, people_are_here

    if people_are_here():
        raise CliError(
            f"There are people in {settings.HOME} already. The made-up place needs a home of its own:\n"
            "    ALONGSIDE_HOME=var/demo alongside demo"
        )
    begun.touch()
    started = time.monotonic()
    print("Building Wexmoor, a made-up place …", flush=True)
    built = build(seed=arguments.seed, today=arguments.today or clock.today(), progress=_show)
    mark.write_text(json.dumps(built.marker, ensure_ascii=False, indent=1), encoding="utf-8")
    begun.unlink()
    took = time.monotonic() - started
    print(f"\rWexmoor is ready: {built.lines:,} lines in its record, in {took:.0f} seconds.       ")
    return 0


def _show(share: float) -> None:
    if sys.stdout.isatty():
        print(f"\r  {share:4.0%} of the year", end="", flush=True)
