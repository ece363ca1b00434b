"""The places that the browser's tests look at: built once, served from a copy, walked through once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.walking import ROOT, Walk, let_in, walk
from tests.made_up.wexmoor import wexmoor
from tests.serving import copied, served, surroundings

FACES = ("Rosa", "Devon", "Priya", "Ken", "Ana", "Boyd", "Lena", "Victor", "Rosa+code")
VISITORS = ("", *FACES)
THEIRS_ALONE = {"Dee": "/worries/"}  # what nobody else of those who walk may open


def build(home: Path, *words: str) -> Path:
    """Run a program of ours that fills this home."""
    home.mkdir(parents=True, exist_ok=True)
    ran = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, env=surroundings(home), capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return home


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the whole made-up place in it. LOOK_AT_SMALL_PLACE=1 takes the cast alone."""
    if os.environ.get("LOOK_AT_SMALL_PLACE"):
        return build(tmp_path_factory.mktemp("made-up") / "home", "tests.browser.small_place")
    return wexmoor()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the cast in it and nothing decided: each story begins on a copy of its own."""
    return build(tmp_path_factory.mktemp("small") / "home", "tests.browser.small_place")


@pytest.fixture(scope="session")
def walked(made_up: Path) -> Iterator[Walk]:
    """Every page of the made-up place, as everyone who may come by. The site stays open for the tests."""
    home = copied(made_up, made_up.parent / "walked")
    with served(home) as address:
        yield walk(address, let_in(home, (*FACES, *THEIRS_ALONE)), VISITORS, THEIRS_ALONE)
