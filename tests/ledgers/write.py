"""Writes a ledger with an entry of every kind. Not a test: python -m tests.ledgers.golden --write NAME."""

import os
from collections import Counter
from random import Random

import pytest

from alongside.kernel import clock
from alongside.kernel.command import COMMANDS
from tests.ledgers.golden import FOLDER, line_of
from tests.ledgers.laid_down import shipped
from tests.ledgers.rare import rare_acts
from tests.proof.anything import Anything, what_is_due
from tests.proof.story import story
from tests.world import Cast
from tests.written import written

pytestmark = pytest.mark.django_db


def test_a_ledger_is_written(cast: Cast) -> None:
    anything = Anything(Random(11), cast)
    with clock.at("2026-03-02"):
        for _state in story(cast):
            pass
        rare_acts(cast)
        for turn in range(int(os.environ.get("LEDGER_TRIES", "60"))):
            there = Counter(each.kind for each in written())
            for kind in sorted(shipped() - set(there)):
                for _try in range(3):
                    anything.send(COMMANDS[kind])
            if turn % 10 == 9:
                clock.advance(days=4)
                what_is_due(cast)
    lines = [line_of(each.number, each.header, each.boxes) for each in written()]
    (FOLDER / f"{os.environ['WRITE_LEDGER']}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    missing = sorted(shipped() - {each.kind for each in written()})
    print(len(lines), "entries; not among them:", *missing)
