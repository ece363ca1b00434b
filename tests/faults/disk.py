"""A disk that can lose its power: SQLite writes to it, and every write and every sync is written down.

Afterwards the power is cut at any moment one likes. What was synced is there. Of what was not, some sectors
of 512 bytes are there and some are not, in no order, and one of them may be half there. Then an ordinary
SQLite opens what is left. The store is one connection that locks its file for itself, so that nothing lies
in shared memory; see RELIABILITY in the research: this tests what was synced, and no real disk.
"""

import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from alongside.kernel import sidedoors

SECTOR = 512
WRITE, CUT, SYNC, GONE, KEPT = "write", "cut", "sync", "gone", "kept"


@dataclass(frozen=True)
class Step:
    """One thing that happened: a write at a place, a cut to a length, a sync, or a commit that came back."""

    what: str
    name: str = ""
    place: int = 0
    content: bytes = b""


@dataclass
class Disk(apsw.VFS):
    """A disk in memory under the name that SQLite asks for it by."""

    vfs_name: str
    files: dict[str, bytearray] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    fails: Callable[[str], bool] = lambda what: False  # is this write or sync an I/O error?

    def __post_init__(self) -> None:
        super().__init__(self.vfs_name, base="")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> Any:
        plain = name.filename() if isinstance(name, apsw.URIFilename) else name or "unnamed"
        self.files.setdefault(plain, bytearray())
        flags[1] = flags[0]
        return DiskFile(self, plain)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.files.pop(filename, None)
        self.steps.append(Step(GONE, filename))

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self.files

    def xFullPathname(self, filename: str) -> str:
        return filename

    def kept(self) -> None:
        """Say that a commit came back: from here on its words must survive."""
        self.steps.append(Step(KEPT))


class DiskFile:
    """One file on it."""

    def __init__(self, disk: Disk, name: str) -> None:
        self.disk, self.name = disk, name

    def _may_fail(self, what: str) -> None:
        if self.disk.fails(what):
            raise apsw.IOError(f"this {what} did not reach the disk")

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self.disk.files[self.name][offset : offset + amount])

    def xWrite(self, content: bytes, offset: int) -> None:
        self._may_fail(WRITE)
        _put(self.disk.files[self.name], content, offset)
        self.disk.steps.append(Step(WRITE, self.name, offset, bytes(content)))

    def xTruncate(self, length: int) -> None:
        _cut(self.disk.files[self.name], length)
        self.disk.steps.append(Step(CUT, self.name, length))

    def xSync(self, flags: int) -> None:
        self._may_fail(SYNC)
        self.disk.steps.append(Step(SYNC, self.name))

    def xFileSize(self) -> int:
        return len(self.disk.files[self.name])

    def xClose(self) -> None:
        return None

    def xLock(self, level: int) -> None:
        return None

    def xUnlock(self, level: int) -> None:
        return None

    def xCheckReservedLock(self) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return 0

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False


def _put(there: bytearray, content: bytes, place: int) -> None:
    if len(there) < place:
        there.extend(bytes(place - len(there)))
    there[place : place + len(content)] = content


def _cut(there: bytearray, length: int) -> None:
    del there[length:]


# Running statements on it -------------------------------------------------------------------------


def play(disk: Disk, store: bytes, statements: Iterable[str], *, synchronous: int) -> list[int]:
    """Send statements to a store on this disk, as one connection. Returns which commits came back, from 0."""
    fails, disk.fails = disk.fails, _never
    disk.files["store"] = bytearray(store)
    connection = apsw.Connection("store", vfs=disk.vfs_name)
    connection.create_scalar_function(sidedoors.REFUSAL, _open)
    cursor = connection.cursor()
    cursor.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
    assert cursor.execute("PRAGMA journal_mode=WAL").fetchall() == [("wal",)]
    cursor.execute(f"PRAGMA synchronous={synchronous}").fetchall()
    cursor.execute("PRAGMA wal_autocheckpoint=40").fetchall()  # so that checkpoints are cut short too
    disk.fails = fails
    came_back = [
        number for number, each in enumerate(transactions(statements)) if _kept(connection, disk, each)
    ]
    disk.fails = _never
    connection.close(True)
    return came_back


def _open(*values: Any) -> int:
    """The door is open: what is sent here came by it."""
    return 1


def _never(what: str) -> bool:
    return False


def transactions(statements: Iterable[str]) -> Iterator[list[str]]:
    """The statements that changed something, a transaction at a time."""
    found: list[str] = []
    for sentence in statements:
        if sentence.startswith("BEGIN"):
            found = [sentence]
        elif found:
            found.append(sentence)
            if sentence == "COMMIT":
                yield found
                found = []


def _kept(connection: apsw.Connection, disk: Disk, sentences: Iterable[str]) -> bool:
    """One transaction, given up at the first thing that fails, as the door gives it up."""
    try:
        for sentence in sentences:
            connection.execute(sentence).fetchall()
    except (apsw.IOError, apsw.FullError):
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        return False
    disk.kept()
    return True


# The power is cut ---------------------------------------------------------------------------------


@dataclass
class _Left:
    """What is on the platters of one file, and what was written and not yet synced."""

    synced: bytearray
    waiting: list[Step] = field(default_factory=list)

    def sync(self) -> None:
        for step in self.waiting:
            _do(self.synced, step)
        self.waiting.clear()


def _do(there: bytearray, step: Step) -> None:
    if step.what == CUT:
        _cut(there, step.place)
    else:
        _put(there, step.content, step.place)


def power_cut(store: bytes, steps: list[Step], moment: int, chance: random.Random) -> dict[str, bytes]:
    """What is left on the disk when the power goes just before the step numbered `moment`."""
    files = {"store": _Left(bytearray(store))}
    for step in steps[:moment]:
        left = files.setdefault(step.name, _Left(bytearray())) if step.name else None
        if step.what == GONE:
            files.pop(step.name)
        elif left is not None and step.what == SYNC:
            left.sync()
        elif left is not None:
            left.waiting.append(step)
    return {name: _torn(left, chance) for name, left in files.items()}


def _torn(left: _Left, chance: random.Random) -> bytes:
    """The file with a random part of the sectors that were not synced, in no order."""
    there = bytearray(left.synced)
    how_much = chance.choice([0.0, 0.5, 1.0])
    for step in left.waiting:
        if step.what == CUT:
            if chance.random() < how_much:
                _do(there, step)
            continue
        for start in range(0, len(step.content), SECTOR):
            if chance.random() < how_much:
                piece = step.content[start : start + SECTOR]
                if chance.random() < 0.02:
                    piece = piece[: chance.randrange(len(piece))]  # half a sector
                _put(there, piece, step.place + start)
    return bytes(there)


@dataclass(frozen=True)
class Found:
    """What an ordinary SQLite finds after the power came back."""

    is_whole: bool
    entries: set[str]


def opened(files: dict[str, bytes], folder: Path) -> Found:
    """Open what is left."""
    for old in folder.glob("store*"):
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with closing(sqlite3.connect(folder / "store")) as connection:
        try:
            is_whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            rows = connection.execute("SELECT json_extract(header, '$.id') FROM kernel_entry").fetchall()
        except sqlite3.DatabaseError:
            return Found(False, set())
    return Found(is_whole, {str(row[0]) for row in rows})
