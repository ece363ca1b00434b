"""What is wrong with a file somebody sent us, said so that they can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

SHOWN = 50
LONGEST_VALUE_SHOWN = 60
FEW_PLACES = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it is, and what the person can do about it.

    `row` is the number a spreadsheet shows beside the row; `line` is the line in the file, as a text editor
    counts. They differ when a cell holds more than one line. Both are empty when the trouble is with the
    whole file.
    """

    reason: str
    what_to_do: str
    row: int | None = None
    line: int | None = None
    column: str | None = None
    value_shown: str = ""

    @property
    def place(self) -> str:
        """Where to look: “Row 3 (line 5 of the file), column “title””."""
        if self.row is None and self.column is None:
            return gettext("Line %(line)s of the file") % {"line": self.line} if self.line else ""
        if self.row is None:
            return gettext("Column “%(column)s”") % {"column": self.column}
        if self.column is None:
            return gettext("Row %(row)s (line %(line)s of the file)") % {"row": self.row, "line": self.line}
        return gettext("Row %(row)s (line %(line)s of the file), column “%(column)s”") % {
            "row": self.row,
            "line": self.line,
            "column": self.column,
        }

    @property
    def sentence(self) -> str:
        """The place, the reason and the way to mend it, as one piece of text."""
        told = f"{self.reason} {self.what_to_do}".strip()
        return f"{self.place}: {told}" if self.place else told


class TableRefused(Exception):
    """We cannot take this file. It says every problem we found, so that one visit to the file mends them all.

    `problems` holds the first fifty; `count` is how many there are in all. Where saying which column
    is which can mend it, `headings` are all there are to choose from.
    """

    def __init__(
        self,
        problems: Iterable[Problem],
        *,
        count: int | None = None,
        name: str = "",
        headings: Iterable[str] = (),
    ) -> None:
        self.headings = tuple(headings)
        self.problems = tuple(problems)[:SHOWN]
        self.count = len(self.problems) if count is None else count
        self.name = name
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [problem.sentence for problem in self.problems]
        unseen = self.count - len(self.problems)
        if unseen > 0:
            lines.append(
                ngettext("There is %(count)s more.", "There are %(count)s more.", unseen)
                % {"count": f"{unseen:,}"}
            )
        return "\n".join(lines)


class Problems:
    """Gathers problems while a file is read: remembers the first fifty and counts the rest."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.kept: list[Problem] = []
        self.count = 0

    def add(self, problem: Problem) -> None:
        self.count += 1
        if len(self.kept) < SHOWN:
            self.kept.append(problem)

    def take_in(self, unreadable: Unreadable, *, rows: int) -> None:
        """Add the cells that cannot be read. Where most rows have one, nothing else said of them is true."""
        if not unreadable.are_many:
            for problem in unreadable.first:
                self.add(problem)
            return
        if unreadable.rows * 2 > rows:
            self.kept, self.count = [], 0
        self.kept.insert(0, unreadable.problem())
        self.kept, self.count = self.kept[:SHOWN], self.count + 1

    def refuse_if_any(self) -> None:
        if self.count:
            raise TableRefused(self.kept, count=self.count, name=self.name)


class Unreadable:
    """Cells whose letters we cannot read. A few are named each; where they are many, the file is what is
    wrong, and one sentence says so with the first places."""

    def __init__(self) -> None:
        self.first: list[Problem] = []
        self.cells = 0
        self.rows = 0
        self._last_line: int | None = None

    def add(self, problem: Problem) -> None:
        self.cells += 1
        self.rows += problem.line != self._last_line
        self._last_line = problem.line
        if len(self.first) < FEW_PLACES:
            self.first.append(problem)

    @property
    def are_many(self) -> bool:
        return self.cells > FEW_PLACES

    def problem(self) -> Problem:
        """The one sentence for all of them."""
        reason = gettext(
            "We cannot read the letters in %(count)s cells. So this is not a table of text, or it is in an "
            "older form. The first places: %(places)s."
        ) % {"count": f"{self.cells:,}", "places": "; ".join(one.place for one in self.first)}
        return Problem(reason, save_again())


def refuse(
    name: str, reason: str, what_to_do: str, *, line: int | None = None, row: int | None = None
) -> TableRefused:
    """A refusal of the whole file for one reason. The caller raises it."""
    return TableRefused([Problem(reason, what_to_do, row=row, line=line)], name=name)


def shown(value: str) -> str:
    """A cell as we may safely show it: short, on one line, with characters nobody can see spelt out."""
    cut = value if len(value) <= LONGEST_VALUE_SHOWN else value[: LONGEST_VALUE_SHOWN - 1] + "…"
    return "".join(letter if letter.isprintable() else _spelt_out(letter) for letter in cut)


def _spelt_out(letter: str) -> str:
    number = ord(letter)
    if 0xDC80 <= number <= 0xDCFF:  # a byte that is not text, carried through by "surrogateescape"
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def save_again() -> str:
    """How to save a file again so that every letter arrives whole."""
    return gettext(
        "Open the file in your spreadsheet program. Choose “Save as”, then “CSV UTF-8”. Send the new file."
    )
