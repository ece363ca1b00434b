"""What every kind of file is turned into first: numbered records of text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol

Progress = Callable[[int, float], None]
"""Told every so often how many rows are read, and what share of the file that is (0 to 1)."""


class Record(NamedTuple):
    """One record as it stands in the file, before we know its headings."""

    number: int
    line: int
    cells: list[str]
    odd: bool
    """Some character in it may not be honest text; look closer."""
    nested: Mapping[str, object]


class Records(Protocol):
    """A file that can be read from the top as often as we like."""

    headings: list[str]
    heading_number: int
    heading_line: int
    skipped_above: int
    first_skipped: str

    def rows(self, progress: Progress | None = None) -> Iterator[Record]:
        """Every record below the headings, blank ones too."""
        ...


def column_letter(index: int) -> str:
    """The name a spreadsheet gives a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
