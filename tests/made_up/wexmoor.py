"""Wexmoor, built once for all tests that look at it, by the verb that people use. Change only a copy."""

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.serving import surroundings


def alongside(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the program on a home, and give back what it said."""
    return subprocess.run(
        [sys.executable, "-m", "alongside", *words], env=surroundings(home), capture_output=True, text=True
    )


@cache
def wexmoor() -> Path:
    """A home with the whole made-up place in it, as it is today."""
    folder = Path(tempfile.mkdtemp(prefix="wexmoor-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    home.mkdir()
    built = alongside(home, "demo")
    assert built.returncode == 0, built.stdout + built.stderr
    return home
