"""`alongside bench`: how fast this is, against others on the same machine and disk."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

from alongside.bench.ground import QUICK, Ground, Size
from alongside.bench.rounds import Row
from alongside.bench.rows import PARTS, measured, named
from alongside.interfaces.cli import CliError

PEERS = {"simple_history": "django-simple-history", "auditlog": "django-auditlog"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for a program to read")
    parser.add_argument("--only", default="", metavar="WORDS", help="only rows whose name holds these words")
    parser.add_argument("--quick", action="store_true", help="tiny sizes: to see that it works, not how fast")
    parser.add_argument(
        "--folder", type=Path, default=Path("/var/tmp"), help="the disk to measure (%(default)s)"
    )


def run(arguments: argparse.Namespace) -> int:
    _look_for_peers()
    parts = named(arguments.only)
    if not parts:
        names = "\n".join(f"  {target.name}" for part in PARTS for target in part.targets)
        raise CliError(f"No row is called “{arguments.only}”. The rows are:\n{names}")
    if not arguments.folder.is_dir():
        raise CliError(f"There is no folder {arguments.folder}. Name one that is there, with --folder.")
    size = QUICK if arguments.quick else Size()
    with Ground(arguments.folder, size) as ground:
        if arguments.json:
            print(json.dumps({"rows": [row.as_json() for row in measured(ground, parts)]}, indent=2))
        else:
            _show(measured(ground, parts), size)
    return 0


def _look_for_peers() -> None:
    missing = [name for module, name in PEERS.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise CliError(
            "We measure ourselves against packages that Alongside does not need otherwise. "
            f"Add them first: {sys.executable} -m pip install {' '.join(missing)}"
        )


def _show(rows: Iterable[Row], size: Size) -> None:
    print(f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}.")
    print(f"The median of {size.rounds} rounds, both sides in turn, both equally safe on the same disk.")
    print(f"{'':<52}{'ours':>12}{'theirs':>13}   ratio  to reach")
    for row in rows:
        print(_line(row), flush=True)
    sys.stdout.flush()


def _line(row: Row) -> str:
    target = row.target
    if row.missing:
        return f"{target.name:<52}not measured: {row.missing}"
    against = "" if row.against is None else f"{row.against:,.1f}"
    ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
    said = "reached" if row.reached else "NOT reached"
    spread = f"rounds {row.rounds[0]:.2f} to {row.rounds[-1]:.2f}" if row.rounds else ""
    value = f"{row.value:,.1f}"
    return (
        f"{target.name:<52}{value:>12}{against:>13}  {ratio:>6}  "
        f"{target.sense} {target.reach:g}: {said} ({target.unit}; {spread})"
    )
