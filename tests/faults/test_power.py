"""The power goes, or the disk fails: what was acknowledged is there afterwards, and the store is whole."""

import os
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from alongside.kernel.door import do
from tests.faults.disk import KEPT, Disk, opened, play, power_cut, transactions
from tests.faults.stream import as_promised, listened
from tests.kernel.toy.commands import LayBed, Plant, Water
from tests.world import world

pytestmark = [pytest.mark.sqlite, pytest.mark.usefixtures("committed")]
CUTS = int(os.environ.get("ALONGSIDE_THOROUGH", "1")) * 250
OFF, NORMAL, FULL = 0, 1, 2


@dataclass(frozen=True)
class Written:
    """What the door sent, and the entries in the order of their commits."""

    store: bytes
    statements: list[str]
    entries: list[set[str]]  # of each commit


@pytest.fixture
def written(tmp_path: Path, committed: None) -> Written:
    """The whole cast comes in by the door, and then a garden is kept."""
    with listened(tmp_path) as (store, statements):
        cast = world()
        do(LayBed(room=3), by=cast.rosa)
        for number in range(30):
            plant = do(Plant(note="a pear by the wall, " * number), by=cast.rosa).thing
            do(Water(plant=plant, litres=1, note="in the evening"), by=cast.rosa)
    return Written(store, statements, _entries(store, statements, tmp_path))


def _entries(store: bytes, statements: list[str], folder: Path) -> list[set[str]]:
    """The entries that each commit added, found by sending the same statements to an ordinary SQLite."""
    (folder / "counted").write_bytes(store)
    found: list[set[str]] = []
    with closing(sqlite3.connect(folder / "counted", isolation_level=None)) as connection:
        for sentences in transactions(statements):
            for sentence in sentences:
                connection.execute(sentence).fetchall()
            last = sum(len(each) for each in found)
            rows = connection.execute(
                "SELECT json_extract(header, '$.id') FROM kernel_entry WHERE number > ?", [last]
            )
            found.append({str(row[0]) for row in rows})
    assert len(found) > 100, "a store that is hardly written to proves nothing"
    return found


@dataclass
class Losses:
    """How often something was missing, and how often the store was not whole."""

    lost: int = 0
    broken: int = 0
    acknowledged: int = 0


def losses(written: Written, folder: Path, *, synchronous: int, seed: int = 20260302) -> Losses:
    """Cut the power at many moments and look for what was acknowledged before."""
    disk, chance, found = Disk(f"power{synchronous}"), random.Random(seed), Losses()
    play(disk, written.store, written.statements, synchronous=synchronous)
    for _cut in range(CUTS):
        moment = chance.randrange(len(disk.steps) + 1)
        commits = sum(step.what == KEPT for step in disk.steps[:moment])
        kept = set[str]().union(*written.entries[:commits])
        left = opened(power_cut(written.store, disk.steps, moment, chance), folder)
        found.acknowledged += len(kept)
        found.lost += len(kept - left.entries)
        found.broken += not left.is_whole
    return found


def test_the_door_writes_as_durably_as_the_test_supposes() -> None:
    assert as_promised() == ("wal", FULL)


def test_when_the_power_goes_nothing_that_was_acknowledged_is_lost(written: Written, tmp_path: Path) -> None:
    _journal, synchronous = as_promised()
    found = losses(written, tmp_path, synchronous=synchronous)
    assert found.acknowledged > 5000
    assert (found.lost, found.broken) == (0, 0)


def test_with_weaker_settings_the_same_test_does_see_loss(written: Written, tmp_path: Path) -> None:
    assert losses(written, tmp_path, synchronous=NORMAL).lost > 0
    weakest = losses(written, tmp_path, synchronous=OFF)
    assert weakest.lost + weakest.broken > 0


def test_when_the_disk_fails_what_was_acknowledged_is_there(written: Written, tmp_path: Path) -> None:
    for seed in range(12):
        chance = random.Random(seed)
        disk = Disk(f"failing{seed}", fails=lambda what: chance.random() < 0.02)  # noqa: B023  # used at once
        came_back = play(disk, written.store, written.statements, synchronous=FULL)
        assert 0 < len(came_back) < len(written.entries), "some commits must fail, and some must not"
        left = opened({name: bytes(content) for name, content in disk.files.items()}, tmp_path)
        assert left.is_whole
        kept = set[str]().union(*(written.entries[number] for number in came_back))
        assert kept - left.entries == set()
