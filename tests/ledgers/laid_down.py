"""What kinds of entry were shipped, and a ledger of them laid into an empty place."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.db import connection

from alongside.kernel import ledger, sidedoors, writing
from alongside.kernel.command import COMMANDS
from alongside.kernel.submission import NOTHING, End
from tests.ledgers.golden import read


def shipped() -> set[str]:
    return {kind for kind in COMMANDS if not kind.startswith("toy.")}


def laid_down(path: Path) -> int:
    """Put the entries of a ledger into an empty one, with the door open as for nobody else."""
    heads: dict[str, End] = {}
    waiting = writing.begin()
    sidedoors.open_door(connection)
    try:
        count = 0
        for number, header, boxes in read(path):
            said = ledger.read_header(header)
            after = heads.get(said.on, NOTHING)
            heads[said.on] = ledger.add(waiting, said.recorded(number), header, boxes, after=after)
            count += 1
        for on, end in heads.items():
            ledger.set_head(waiting, UUID(on), end, first=True)
        waiting.flush()
    finally:
        writing.end()
        sidedoors.close_door(connection)
    return count
