"""A program of ours on a home of its own, which a test may kill."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.serving import free_port, surroundings


def ours(*words: str, around: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a program of this tree on the home."""
    line = [sys.executable, "-m", *words]
    return subprocess.run(line, env=around, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def around(home: Path) -> dict[str, str]:
    """The home, and on PostgreSQL a database of its own beside the tests' own."""
    port = str(free_port())
    there = surroundings(home, PORT=port, ALONGSIDE_BASE_URL=f"http://127.0.0.1:{port}")
    database = os.environ.get("DATABASE_URL")
    if database:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS killed WITH (FORCE)")
            connection.execute("CREATE DATABASE killed")
        there["DATABASE_URL"] = database.replace("/alongside?", "/killed?")
    return there
