"""The disk is full: each thing is done and kept, or it is an error and not there. With room, all goes on."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from alongside.kernel.keyring import Keyring
from tests.faults.killed import ours
from tests.serving import surroundings

pytestmark = pytest.mark.sqlite


class Writer:
    """The program that writes, in turns of forty acts."""

    def __init__(self, around: dict[str, str], decision: str) -> None:
        self.acknowledged: set[str] = set()
        self.errors: list[str] = []
        self.running = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.place", "write", decision],
            env=around,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def turn(self, order: str) -> tuple[int, int]:
        """(how many were acknowledged, how many were errors) in one turn, after moving the limit."""
        assert self.running.stdin is not None and self.running.stdout is not None
        before = len(self.acknowledged), len(self.errors)
        self.running.stdin.write(order + "\n")
        self.running.stdin.flush()
        for line in self.running.stdout:
            if line == "turn\n":
                return len(self.acknowledged) - before[0], len(self.errors) - before[1]
            if line.startswith("error "):
                self.errors.append(line)
            else:
                self.acknowledged.add(line.strip())
        raise AssertionError("the program that writes stopped")

    def end(self) -> None:
        assert self.running.stdin is not None and self.running.stdout is not None
        self.running.stdin.close()
        self.running.wait(timeout=30)
        self.running.stdout.close()


def sound_after(around: dict[str, str], writer: Writer) -> None:
    """What was acknowledged is there, what was an error is not, and the record and its tables are whole."""
    found = json.loads(ours("tests.faults.place", "entries", around=around).stdout.splitlines()[-1])
    asked = {entry for entry, kind in found if kind == "decisions.question_asked"}
    assert asked == writer.acknowledged
    checked = ours("alongside", "verify", "--tables", around=around)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def filled(home: Path, *, full: Callable[[], str], room: Callable[[], str]) -> None:
    """Write, until nothing fits; then make room, and write on."""
    around = surroundings(home)
    made = ours("tests.faults.place", "ready", around=around)
    assert made.returncode == 0, made.stderr
    writer = Writer(around, json.loads(made.stdout.splitlines()[-1])["decision"])
    try:
        assert writer.turn("more") == (40, 0)
        order, failed = full(), 0
        for _turn in range(60):
            failed += writer.turn(order)[1]
            if failed > 50:
                break
        assert failed > 50, "the disk was never full"
        assert writer.turn(room()) == (40, 0), writer.errors[-1]
    finally:
        writer.end()
    sound_after(around, writer)


def test_when_no_file_may_grow_nothing_acknowledged_is_lost_and_with_room_again_all_goes_on(
    home: Path,
) -> None:
    def full() -> str:
        largest = max(path.stat().st_size for path in home.glob("alongside.sqlite3*"))
        return str(largest + 300_000)

    filled(home, full=full, room=lambda: "more")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A disk of this size, in memory. Where we may make none, the test is skipped."""
    folder.mkdir()
    tool = shutil.which("mount")
    line = [tool or "mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    made = tool is not None and os.geteuid() == 0
    made = made and subprocess.run(line, capture_output=True, check=False).returncode == 0
    if not made:
        pytest.skip("a small disk could not be made: only root may mount one")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_when_the_disk_is_full_nothing_acknowledged_is_lost_and_with_room_again_all_goes_on(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "12m"):
        ballast = disk / "ballast"

        def full() -> str:
            left = shutil.disk_usage(disk).free
            ballast.write_bytes(bytes(max(0, left - 400_000)))
            return "more"

        def room() -> str:
            ballast.unlink()
            return "more"

        filled(disk, full=full, room=room)


def test_a_key_that_finds_no_room_is_told_as_such_and_with_room_again_the_next_is_kept(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, "512k"):
        ring, ballast = Keyring(disk), disk / "ballast"
        kept = ring.mint(uuid4(), "record")
        ballast.write_bytes(bytes(shutil.disk_usage(disk).free))
        with pytest.raises(sqlite3.OperationalError, match="full"):
            for _each in range(200):  # a page of the store holds many keys
                ring.mint(uuid4(), "record")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            ring.destroy([kept[0]])
        ballast.unlink()
        owner = uuid4()
        made_now = ring.mint(owner, "record")
        assert ring.ids_of(owner) == [(made_now[0], "record", 1)]
        assert ring.key(kept[0]) == kept[1], "what was not destroyed is whole"
        ring.close()
