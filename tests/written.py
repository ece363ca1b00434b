"""What is written in the ledger, line by line, for tests that look into it."""

from dataclasses import dataclass
from uuid import UUID

from alongside.kernel import ledger
from alongside.kernel.command import Recorded


@dataclass(frozen=True)
class Written:
    """One line: what its header says, and the header itself."""

    entry: Recorded
    header: str
    boxes: bytes

    @property
    def number(self) -> int:
        return self.entry.number

    @property
    def id(self) -> UUID:
        return self.entry.id

    @property
    def kind(self) -> str:
        return self.entry.kind


def written(kind: str = "", *, thing: UUID | None = None) -> list[Written]:
    """Every line, or those of one kind or thing, in order."""
    rows = ((row.number, row.header, bytes(row.boxes)) for row in ledger.entries())
    found = [
        Written(ledger.read_header(header).recorded(number), header, boxes) for number, header, boxes in rows
    ]
    return [each for each in found if kind in ("", each.kind) and thing in (None, each.entry.thing)]


def entry(pk: UUID) -> Written:
    """The line with this id."""
    return next(each for each in written() if each.id == pk)
