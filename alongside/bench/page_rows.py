"""What is measured of pages: a large decision, the home page of a place that has grown, requests a second."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alongside.bench.asking import over_the_wire
from alongside.bench.ground import Ground
from alongside.bench.rounds import Row, Target, compared, in_turn, together
from alongside.bench.side import HISTORY, SITE, Failed, Side

Targets = Sequence[Target]
HOME, ASKERS = "/", 16


def processor(took: dict[str, Any]) -> float:
    """Milliseconds of processor for one act."""
    return float(1000 * took["processor"] / took["count"])


def large_decision(ground: Ground, targets: Targets) -> Iterator[Row]:
    """A decision with 12 options and 200 views, signed in, against a plain page with Jinja2."""
    size = ground.size
    with Side(SITE, ground.home()) as ours, Side(HISTORY, ground.home()) as theirs:
        ours.ask("prepare", people=size.views)
        path = ours.ask("decision", options=12, views=size.views)["path"]
        theirs.ask("prepare", writers=1)
        theirs.ask("many", count=50)
        pairs = in_turn(
            lambda: ours.ask("pages", path=path, who=["neighbour"], times=size.pages),
            lambda: theirs.ask("pages", times=size.pages),
            rounds=3 * size.rounds,  # they lie far apart on some machines
        )
    yield compared(targets[0], pairs, processor)


def crowded_decision(ground: Ground, targets: Targets) -> Iterator[Row]:
    """A decision with five times the views and 200 people named, against our own page with 200 views.

    Asked for as one of those it affects, and in a row of its own as the one who decides.
    """
    size = ground.size
    with Side(SITE, ground.home()) as site:
        site.ask("prepare", people=size.views * 5, known_to_ken=True)
        before = site.ask("decision", options=12, views=size.views)["path"]
        after = site.ask("decision", options=12, views=size.views * 5, affected=size.views)["path"]

        def ask(path: str, who: str) -> Callable[[], dict[str, Any]]:
            return lambda: site.ask("pages", path=path, who=[who], times=size.pages)

        for target, who in zip(targets, ("neighbour", "ken"), strict=True):
            pairs = in_turn(ask(after, who), ask(before, who), rounds=size.rounds)
            yield compared(target, pairs, processor)


def grown_place(ground: Ground, targets: Targets) -> Iterator[Row]:
    """The home page, a visitor's and a person's own, when there is many times as much of everything."""
    size, small, grown = ground.size, ground.home(), ground.home()
    with Side(SITE, grown) as builder:
        builder.ask("prepare", people=5)
        builder.ask("fill", first=0, last=size.measures)
        shutil.copytree(grown, small, dirs_exist_ok=True)  # nobody is writing
        builder.ask("fill", first=size.measures, last=size.measures * size.grown)
    asked = {"path": HOME, "who": ["", "rosa"], "times": size.pages}
    with Side(SITE, small) as before, Side(SITE, grown) as after:  # both just started
        pairs = in_turn(
            lambda: after.ask("pages", **asked), lambda: before.ask("pages", **asked), rounds=size.rounds
        )
    yield compared(targets[0], pairs, processor)


def requests(ground: Ground, targets: Targets) -> Iterator[Row]:
    """The home page from two processes, against what two programs reach without a server."""
    home, seconds = ground.home(), ground.size.seconds
    with Side(SITE, home) as one, Side(SITE, home) as two:
        one.ask("prepare", people=10)

        def within_one_program() -> dict[str, Any]:
            for side in (one, two):
                side.tell("pages_for", path=HOME, seconds=seconds)
            return together([one.answer(), two.answer()])

        with served(home) as port:
            pairs = in_turn(
                lambda: over_the_wire(port, HOME, askers=ASKERS, seconds=seconds),
                within_one_program,
                rounds=ground.size.rounds,
            )
    yield compared(targets[0], pairs)


@contextmanager
def served(home: Path) -> Iterator[int]:
    """`alongside serve` with two processes, on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    line = ["env", f"ALONGSIDE_HOME={home}", "DATABASE_URL=", sys.executable, "-m", "alongside", "serve"]
    with open(home / "serve.errors", "ab") as errors:
        server = subprocess.Popen(
            [*line, "--port", str(port), "--processes", "2"], stdout=subprocess.PIPE, stderr=errors, text=True
        )
    try:
        assert server.stdout is not None
        if not any("Alongside is at" in said for said in server.stdout):
            raise Failed(f"the server did not start: {(home / 'serve.errors').read_text()[-500:]}")
        yield port
    finally:
        server.terminate()
        server.wait()
