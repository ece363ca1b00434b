"""`alongside bench` says what it says: never how fast, which a busy machine would make a lie."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from alongside.bench import rows
from alongside.bench.ground import QUICK, Ground
from alongside.bench.rounds import AT_MOST, Row, Target, compared, in_turn
from alongside.bench.side import OURS, Failed, Side
from alongside.bench.verb import _line
from alongside.interfaces.cli import main

NAMES = [target.name for part in rows.PARTS for target in part.targets]
KEYS = {"name", "value", "against", "ratio", "reach", "reached"}


@pytest.fixture
def disk() -> Iterator[Path]:
    """A folder that PostgreSQL's own account can reach too; a short name, as a socket's may not be long."""
    with TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def postgresql_is_here() -> bool:
    return bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb")))


def bench(*words: str, folder: Path) -> dict[str, list[dict[str, object]]]:
    """What the real program prints for a program to read."""
    line = [sys.executable, "-m", "alongside", "bench", "--json", "--quick", "--folder", str(folder), *words]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    assert not list(folder.iterdir()), "something was left behind"
    return found


@pytest.mark.house
@pytest.mark.slow
def test_every_row_of_the_table_is_there_in_json(disk: Path) -> None:
    found = bench(folder=disk)
    assert [row["name"] for row in found["rows"]] == NAMES
    for row in found["rows"]:
        assert set(row) == KEYS
        assert isinstance(row["reached"], bool)
        if "PostgreSQL" not in str(row["name"]) or postgresql_is_here():
            assert isinstance(row["value"], float), row


@pytest.mark.house
def test_one_row_can_be_asked_for_by_some_of_its_words(tmp_path: Path) -> None:
    found = bench("--only", "VERIFY, sqlite", folder=tmp_path)
    assert [row["name"] for row in found["rows"]] == ["verify, SQLite"]


def test_words_that_no_row_has_are_answered_with_the_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--only", "nothing like this"]) == 1
    said = capsys.readouterr().err
    assert all(name in said for name in NAMES)


def test_no_two_rows_have_one_name() -> None:
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.house
def test_both_sides_of_a_row_keep_what_they_write_equally_safe(tmp_path: Path) -> None:
    with Ground(tmp_path, QUICK) as ground, Side(OURS, ground.home()) as ours:
        assert ours.ask("prepare", writers=1)["terms"] == "PRAGMA journal_mode: wal, PRAGMA synchronous: 2"
    from alongside.bench.peer.settings import DATABASES
    from alongside.settings import DATABASES as OURS_TOO

    assert DATABASES == OURS_TOO


@pytest.mark.house
def test_a_side_that_fails_says_what_went_wrong(tmp_path: Path) -> None:
    with Side(OURS, tmp_path / "home") as side, pytest.raises(Failed, match="KeyError"):
        side.ask("something it cannot do")


def test_a_ratio_is_the_median_of_the_rounds_and_the_sides_take_turns() -> None:
    said: list[str] = []

    def taking(who: str, seconds: list[float]) -> object:
        def one() -> dict[str, float]:
            said.append(who)
            return {"began": 0.0, "ended": seconds.pop(0), "count": 10}

        return one

    ours, theirs = taking("ours", [9.0, 1.0, 1.0, 2.0]), taking("theirs", [9.0, 2.0, 4.0, 4.0])
    pairs = in_turn(ours, theirs, rounds=3)  # type: ignore[arg-type]  # functions made here
    assert said[2:] == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    row = compared(Target("a", 2.0), pairs)
    assert (row.value, row.against, row.ratio, row.reached) == (10.0, 2.5, 2.0, True)
    assert row.rounds == [2.0, 2.0, 4.0]


def test_two_large_numbers_of_a_line_do_not_run_into_each_other() -> None:
    """They stood as “220,506.81,489,936.8”."""
    line = _line(Row(Target("a", 0.1), value=220_506.8, against=1_489_936.8, ratio=0.148, rounds=[0.148]))
    assert " 220,506.8 " in line and " 1,489,936.8 " in line


def test_what_was_not_measured_is_not_reached() -> None:
    assert not Row(Target("a", 1.0)).reached
    assert not Row(Target("a", 1.0, AT_MOST)).reached
    assert Row(Target("a", 50.0, AT_MOST), value=12.0).reached
    assert Row(Target("a", 50.0), missing="no such thing").as_json()["value"] is None
