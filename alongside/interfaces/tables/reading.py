"""Reading a whole file: one pass to find everything wrong with it, then its rows as often as you like."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext, ngettext

from .dates import Ambiguous, DateCell, DateOrder, settle_dates
from .encoding import GARBLED, ODD, Encoding, find_encoding
from .mapping import MappedRow, Wanted, suggest_mapping
from .objects import JsonFile, texts_in
from .problem import Problem, Problems, TableRefused, Unreadable, refuse, save_again, shown
from .records import Progress, Record, Records, column_letter
from .require import Rule
from .row import Row
from .separated import SeparatedFile, plain_heading

LONGEST_CELL = 100_000
MOST_COLUMNS = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A file that is sound in its form. What its cells mean is for the importer to judge.

    `notes` are sentences to show the person: what we skipped, and what they should look at.
    `digest` is the SHA-256 of the file as it came.
    """

    name: str
    kind: Literal["csv", "json"]
    encoding: str
    headings: tuple[str, ...]
    row_count: int
    notes: tuple[str, ...]
    dates: Literal["dmy", "mdy"] | None
    digest: str
    _file: Records
    _columns: tuple[int, ...]

    def rows(self, progress: Progress | None = None) -> Iterator[Row]:
        """Every filled row, read from the file again, so that long files need little memory."""
        for record in self._file.rows(progress):
            if not _is_blank(record):
                yield self._row(record)

    def date_cells(self, headings: Iterable[str]) -> Iterator[DateCell]:
        """The cells of these columns, for settling the order of day and month."""
        columns = list(headings)
        for row in self.rows():
            for heading in columns:
                if row.get(heading):
                    yield DateCell(row.number, row.line, heading, row[heading])

    def date_order(self, headings: Iterable[str]) -> DateOrder:
        """How this file writes its dates, or TableRefused with the question when nothing in it tells."""
        order = settle_dates(self.date_cells(headings), answer=self.dates, name=self.name)
        if isinstance(order, Ambiguous):
            raise order.refusal()
        return order

    def _row(self, record: Record) -> Row:
        cells = {
            heading: _tidy(record.cells[index]) if index < len(record.cells) else ""
            for heading, index in zip(self.headings, self._columns, strict=True)
        }
        return Row(record.number, record.line, cells, record.nested)


def read_table(
    source: bytes | Path,
    *,
    name: str,
    dates: Literal["dmy", "mdy"] | None = None,
    wanted: Sequence[Wanted] = (),
    rules: Sequence[Rule] = (),
    progress: Progress | None = None,
) -> Table:
    """Read a CSV or JSON file, or raise TableRefused with every problem in it and never anything else.

    `name` is the file's name as the person knows it. `wanted` helps to find the heading row under a title.
    `rules` are tried on every row, with the columns suggested for `wanted`, so that one answer tells all.
    `dates` is the person's answer when the file does not tell whether day or month comes first.
    """
    content = source.read_bytes() if isinstance(source, Path) else source
    encoding = find_encoding(content, name)
    is_json = _is_json(content, encoding, name)
    file: JsonFile | SeparatedFile
    if is_json:
        file = JsonFile(content, encoding, name)
    else:
        file = SeparatedFile(content, encoding, name, [one.plain_names for one in wanted])
    checked = _Check(file, name, wanted, rules).whole(progress)
    notes = (*encoding.notes, *_notes_on_place(file), *checked.notes)
    return Table(
        name=name,
        kind="json" if is_json else "csv",
        encoding=encoding.codec,
        headings=checked.headings,
        row_count=checked.row_count,
        notes=notes,
        dates=dates,
        digest=hashlib.sha256(content).hexdigest(),
        _file=file,
        _columns=checked.columns,
    )


@dataclass(frozen=True, slots=True)
class _Checked:
    headings: tuple[str, ...]
    columns: tuple[int, ...]
    row_count: int
    notes: tuple[str, ...]


class _Check:
    """The one pass over everything, remembering what is wrong."""

    def __init__(self, file: Records, name: str, wanted: Sequence[Wanted], rules: Sequence[Rule]) -> None:
        self.file = file
        self.name = name
        self.mapping = suggest_mapping([heading for heading in file.headings if heading], wanted)
        self.rules = rules
        self.problems = Problems(name)
        self.unreadable = Unreadable()
        self.blank = 0
        self.same = 0
        self.garbled = 0
        self.first_garbled: Problem | None = None
        self.headings = file.headings

    def whole(self, progress: Progress | None) -> _Checked:
        self._check_headings()
        row_count = 0
        seen: set[int] = set()
        try:
            for record in self.file.rows(progress):
                if _is_blank(record):
                    self.blank += 1
                    continue
                row_count += 1
                self._check_record(record)
                # A fingerprint is enough for a note; nothing is left out because of it.
                fingerprint = hash((tuple(record.cells), repr(record.nested)))
                self.same += fingerprint in seen
                seen.add(fingerprint)
        except TableRefused as stopped:  # a fault after which the rest cannot be read
            for problem in stopped.problems:
                self.problems.add(problem)
        self.problems.take_in(self.unreadable, rows=row_count)
        self.problems.refuse_if_any()
        if not any(self.headings):
            raise refuse(
                self.name, gettext("This file is empty."), gettext("Check that you chose the right file.")
            )
        if not row_count:
            mend = gettext("Check that you chose the right file, and send it again.")
            raise refuse(self.name, gettext("This file has headings but no rows."), mend)
        kept = [index for index, heading in enumerate(self.headings) if heading]
        names = tuple(self.headings[index] for index in kept)
        return _Checked(names, tuple(kept), row_count, tuple(self._notes()))

    def _check_headings(self) -> None:
        if len(self.headings) > MOST_COLUMNS:
            reason = gettext("This file has %(count)s columns. We can take up to %(most)s.")
            reason %= {"count": len(self.headings), "most": MOST_COLUMNS}
            raise refuse(self.name, reason, gettext("Take out the columns you do not need."))
        first_at: dict[str, int] = {}
        for index, heading in enumerate(self.headings):
            if not heading:
                continue
            if ODD.search(heading):
                self._add_odd(
                    Record(self.file.heading_number, self.file.heading_line, self.headings, True, {}), index
                )
            plain = plain_heading(heading) or heading
            before = first_at.setdefault(plain, index)
            if before != index:
                reason = gettext("Columns %(one)s and %(other)s have the same heading.")
                reason %= {"one": column_letter(before), "other": column_letter(index)}
                mend = gettext("Give each column a heading of its own.")
                number, line = self.file.heading_number or None, self.file.heading_line
                self.problems.add(Problem(reason, mend, number, line, shown(heading), shown(heading)))

    def _check_record(self, record: Record) -> None:
        expected, got = len(self.headings), len(record.cells)
        if got != expected and (got < expected or any(record.cells[expected:])):
            reason = ngettext(
                "This row has %(got)s cell, but there are %(expected)s columns.",
                "This row has %(got)s cells, but there are %(expected)s columns.",
                got,
            ) % {"got": got, "expected": expected}
            mend = gettext("Look for a comma or a quotation mark too many or too few.")
            column = shown(self.headings[got]) if got < expected else column_letter(expected)
            self.problems.add(Problem(reason, mend, record.number, record.line, column))
        self._check_cells(record)
        self._try_rules(record)

    def _check_cells(self, record: Record) -> None:
        for index, heading in enumerate(self.headings[: len(record.cells)]):
            if not heading and record.cells[index]:
                reason = gettext("This column has no heading, but it has something in it.")
                mend = gettext("Give column %(letter)s a heading, or empty it.") % {
                    "letter": column_letter(index)
                }
                self._add(record, index, reason, mend)
        if max(map(len, record.cells), default=0) > LONGEST_CELL:
            index = next(i for i, cell in enumerate(record.cells) if len(cell) > LONGEST_CELL)
            reason = gettext("This cell is longer than 100,000 letters.")
            self._add(
                record, index, reason, gettext("Look for a missing quotation mark, or shorten the cell.")
            )
        if record.odd:
            for index, cell in enumerate(record.cells):
                if ODD.search(cell):
                    self._add_odd(record, index)
            for index, heading in enumerate(self.headings):
                if any(ODD.search(text) for text in texts_in(record.nested.get(heading))):
                    reason = gettext("There is a hidden character inside this list.")
                    mend = gettext("Make the file again with the program it came from.")
                    self._add(record, index, reason, mend)
        self._look_for_garbled(record)

    def _try_rules(self, record: Record) -> None:
        if not self.rules:
            return
        cells = dict(zip_longest(self.headings, record.cells[: len(self.headings)], fillvalue=""))
        row = Row(record.number, record.line, cells, record.nested)
        values = {wanted: row.get(heading) for wanted, heading in self.mapping.headings.items()}
        mapped = MappedRow(row, values, self.mapping.headings)
        for rule in self.rules:
            for problem in rule(mapped):
                self.problems.add(problem)

    def _add_odd(self, record: Record, index: int) -> None:
        found = ODD.search(record.cells[index])
        number = ord(found.group()) if found else 0
        if 0xDC80 <= number <= 0xDCFF:
            reason = gettext(
                "The byte %(byte)s is not a letter in UTF-8, so the file is in another encoding."
            )
            reason %= {"byte": f"0x{number - 0xDC00:02X}"}
            self.unreadable.add(self._problem(record, index, reason, save_again()))
            return
        reason = gettext("There is a hidden character (number %(number)s) in this cell.") % {"number": number}
        mend = gettext("Type the cell again, and send the file again.")
        self.unreadable.add(self._problem(record, index, reason, mend))

    def _look_for_garbled(self, record: Record) -> None:
        if not GARBLED.search("\x00".join(record.cells)):
            return
        for index, cell in enumerate(record.cells):
            if GARBLED.search(cell):
                self.garbled += 1
                self.first_garbled = self.first_garbled or self._problem(record, index, "", "")

    def _add(self, record: Record, index: int, reason: str, what_to_do: str) -> None:
        self.problems.add(self._problem(record, index, reason, what_to_do))

    def _problem(self, record: Record, index: int, reason: str, what_to_do: str) -> Problem:
        heading = self.headings[index] if index < len(self.headings) else ""
        column = shown(heading) or column_letter(index)
        return Problem(reason, what_to_do, record.number, record.line, column, shown(record.cells[index]))

    def _notes(self) -> Iterator[str]:
        if self.blank:
            yield ngettext(
                "We left out %(count)s blank row.", "We left out %(count)s blank rows.", self.blank
            ) % {"count": f"{self.blank:,}"}
        if self.same:
            yield ngettext(
                "%(count)s row is exactly the same as an earlier one.",
                "%(count)s rows are exactly the same as an earlier one.",
                self.same,
            ) % {"count": f"{self.same:,}"}
        if self.first_garbled:
            yield ngettext(
                "Some letters in %(count)s cell look wrong: “%(value)s”. %(place)s. "
                "They were saved wrongly before they came to us.",
                "Some letters in %(count)s cells look wrong. The first is “%(value)s”. %(place)s. "
                "They were saved wrongly before they came to us.",
                self.garbled,
            ) % {
                "count": f"{self.garbled:,}",
                "place": self.first_garbled.place,
                "value": self.first_garbled.value_shown,
            }


def _notes_on_place(file: JsonFile | SeparatedFile) -> Iterator[str]:
    if file.skipped_above:
        yield ngettext(
            "We skipped %(count)s row above the heading row. It begins “%(first)s”.",
            "We skipped %(count)s rows above the heading row. They begin “%(first)s”.",
            file.skipped_above,
        ) % {"count": file.skipped_above, "first": file.first_skipped}
    if isinstance(file, JsonFile) and file.list_name:
        yield gettext("We read the list called “%(name)s”.") % {"name": shown(file.list_name)}


def _is_json(content: bytes, encoding: Encoding, name: str) -> bool:
    if name.lower().endswith(".json"):
        return True
    codec = "utf-8" if encoding.codec == "utf-8-sig" else encoding.codec
    start = content[:4096].decode(codec, "replace").lstrip("\ufeff \t\r\n")
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        return re.match(r'\{\s*"|\[\s*\{\s*"', start) is not None
    return start.startswith(("{", "["))


def _is_blank(record: Record) -> bool:
    return not any(record.cells) and not record.nested


def _tidy(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
