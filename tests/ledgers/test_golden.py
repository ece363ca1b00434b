"""A record is for life: every entry ever written can still be read, and its tables made again."""

from pathlib import Path

import pytest

from alongside.kernel import ledger, replay
from alongside.kernel.command import COMMANDS
from alongside.kernel.now import now_tables
from tests.ledgers.golden import ledgers, read
from tests.ledgers.laid_down import laid_down, shipped

pytestmark = pytest.mark.django_db


def kept_kinds() -> set[tuple[str, int]]:
    found = set()
    for path in ledgers():
        for _number, header, _boxes in read(path):
            said = ledger.read_header(header)
            found.add((said.kind, said.v))
    return found


def test_an_entry_of_every_kind_and_version_is_kept() -> None:
    kept = kept_kinds()
    wanted = {(kind, COMMANDS[kind].version) for kind in shipped()}
    missing = sorted(f"{kind} version {version}" for kind, version in wanted - kept)
    assert missing == [], (
        "No ledger in tests/ledgers has these. Write one more: python -m tests.ledgers.golden --write NAME."
        " If the story and the chance in it never come to them, do them in tests/ledgers/rare.py."
    )


@pytest.mark.parametrize("path", ledgers(), ids=lambda path: path.stem)
def test_a_ledger_of_old_is_whole_and_makes_its_tables_again(path: Path) -> None:
    count = laid_down(path)
    found = replay.verify()
    assert (found.entries, found.problems) == (count, [])
    assert replay.rebuild() == count
    assert replay.compare().problems == []
    filled = [model._meta.label for model in now_tables() if model.everything.exists()]
    assert len(filled) > 30
