"""One row of a table somebody sent us, and the name it keeps for ever."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from .problem import Problem, shown


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its headings. Every cell is text: a formula is only the letters it is written with.

    `number` is what a spreadsheet shows beside the row; `line` is where the row starts in the file.
    `nested` holds lists and objects of a JSON file, which are not text.
    """

    number: int
    line: int
    cells: Mapping[str, str]
    nested: Mapping[str, object] = field(default_factory=dict)

    def __getitem__(self, heading: str) -> str:
        return self.cells[heading]

    def get(self, heading: str, otherwise: str = "") -> str:
        return self.cells.get(heading, otherwise)

    def problem(self, column: str | None, *, reason: str, what_to_do: str) -> Problem:
        """Something wrong with one of this row's cells, or (without a column) with the whole row."""
        value = self.cells.get(column, "") if column else ""
        return Problem(reason, what_to_do, self.number, self.line, column, shown(value))


def row_key(source_name: str, row: Row) -> str:
    """A name for this row that stays the same however often, and in whatever form, the file is sent.

    It is the SHA-256 of the source and of every filled cell beside its heading, in the order of the headings'
    letters: the same row keeps its name when the file is saved with other separators, another encoding or
    moved columns.
    """
    cells = sorted((_plain(heading), _plain(cell)) for heading, cell in row.cells.items() if cell)
    content = [_plain(source_name), cells, {_plain(name): value for name, value in row.nested.items()}]
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"alongside row 1\x00" + canonical.encode("ascii")).hexdigest()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)
