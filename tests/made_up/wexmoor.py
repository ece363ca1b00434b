"""Wexmoor, built once for all tests that look at it, by the verb that people use. Change only a copy.

As a program this builds it, so that it is there before the first of them asks.
"""

import atexit
import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from tests.everything import BUILT_ONCE
from tests.serving import copied, surroundings


def alongside(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a home, and give back what it said."""
    return subprocess.run(
        [sys.executable, "-m", "alongside", *words], env=surroundings(home), capture_output=True, text=True
    )


@cache
def wexmoor() -> Path:
    """A home with the whole made-up place in it, as it is today."""
    home = Path(tempfile.mkdtemp(prefix="wexmoor-")) / "home"
    atexit.register(shutil.rmtree, home.parent, ignore_errors=True)
    together = os.environ.get(BUILT_ONCE)
    if together:
        return copied(_built_for_all(Path(together)), home)
    return _built(home)


def _built_for_all(folder: Path) -> Path:
    """The home that several runs of tests copy: whoever comes first builds it, and the others wait for it."""
    folder.mkdir(exist_ok=True)
    home = folder / "home"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            _built(folder / "unfinished").rename(home)
    return home


def _built(home: Path) -> Path:
    home.mkdir()
    built = alongside(home, "demo")
    assert built.returncode == 0, built.stdout + built.stderr
    return home


def asked(home: Path, question: str) -> list[tuple[Any, ...]]:
    """What the database of a home answers."""
    with closing(sqlite3.connect(home / "alongside.sqlite3")) as store:
        return store.execute(question).fetchall()


if __name__ == "__main__":
    wexmoor()
