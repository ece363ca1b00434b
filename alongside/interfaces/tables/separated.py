"""Reading a CSV file: cells kept apart by commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from django.utils.translation import gettext

from .encoding import ODD, Encoding
from .problem import Problem, TableRefused, shown
from .records import Progress, Record

SEPARATORS = ",;\t|"
_SAMPLE_BYTES = 256 * 1024
_SAMPLE_RECORDS = 200
_MOST_ROWS_ABOVE = 20
_ROWS_BETWEEN_PROGRESS = 1000
_NOT_A_HEADING = re.compile(r"[\s£$€+-]*[0-9][0-9.,:/\s%-]*")


class SeparatedFile:
    """A CSV file whose separator and heading row we found by looking at its beginning."""

    def __init__(
        self, content: bytes, encoding: Encoding, name: str, wanted: Sequence[frozenset[str]]
    ) -> None:
        # Old DOS files end with a mark of their own.
        self.content = content if encoding.codec.startswith(("utf-16", "utf-32")) else content.rstrip(b"\x1a")
        self.encoding = encoding
        self.name = name
        sample = self._sample()
        self._said_separator = re.match(r"\ufeff?sep=([,;\t|])\r?\n", sample)
        self.separator = self._said_separator[1] if self._said_separator else best_separator(sample)
        beginning = list(islice(self._beginning(), _SAMPLE_RECORDS))
        heading = find_heading([record.cells for record in beginning], wanted)
        above = [record for record in beginning[:heading] if any(record.cells)]
        self.headings = tidy_headings(beginning[heading].cells) if beginning else []
        self.heading_number = beginning[heading].number if beginning else 1
        self.heading_line = beginning[heading].line if beginning else 1
        self.skipped_above = len(above)
        self.first_skipped = shown(next(cell for cell in above[0].cells if cell)) if above else ""

    def rows(self, progress: Progress | None = None) -> Iterator[Record]:
        for record in self._records(progress):
            if record.number > self.heading_number:
                yield record

    def _beginning(self) -> Iterator[Record]:
        """The first records; a fault further down is told with its row when the whole file is read."""
        try:
            yield from self._records(None)
        except TableRefused:
            return

    def _records(self, progress: Progress | None) -> Iterator[Record]:
        stream = io.BytesIO(self.content)
        text = io.TextIOWrapper(stream, encoding=self.encoding.codec, errors=self.encoding.errors, newline="")
        lines = _WatchedLines(text)
        reader = csv.reader(lines, delimiter=self.separator, strict=True)
        number, line = 0, 1
        if self._said_separator:
            next(reader)
            number, line = 1, reader.line_num + 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as fault:
                raise self._broken(fault, number + 1, line, reader.line_num) from fault
            number += 1
            yield Record(number, line, [cell.strip() for cell in cells], lines.take_odd(), {})
            line = reader.line_num + 1
            if progress and not number % _ROWS_BETWEEN_PROGRESS:
                progress(number, stream.tell() / len(self.content))

    def _broken(self, fault: csv.Error, number: int, line: int, last_line: int) -> TableRefused:
        if "field limit" in str(fault):
            reason = gettext("A cell is longer than we can take. A quotation mark may be missing.")
        elif "end of data" in str(fault):
            reason = gettext("A quotation mark opens in this row and never closes.")
        else:
            reason = gettext(
                "A quotation mark is in the wrong place, somewhere from line %(first)s to line %(last)s."
            ) % {"first": line, "last": last_line}
        mend = gettext("Look for a quotation mark too many or too few, mend it, and send the file again.")
        return TableRefused([Problem(reason, mend, number, line)], name=self.name)

    def _sample(self) -> str:
        start = self.content[:_SAMPLE_BYTES]
        if self.encoding.codec == "utf-16" and len(start) % 2:
            start = start[:-1]
        codec = "utf-8-sig" if self.encoding.codec == "utf-8" else self.encoding.codec
        sample = start.decode(codec, "replace")
        # A row cut short by the end of the sample would be judged wrongly.
        return sample[: sample.rfind("\n") + 1] or sample if len(start) < len(self.content) else sample


class _WatchedLines:
    """Hands lines to the CSV reader, and remembers whether one of them held a character to look at."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._odd = False

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            if ODD.search(line):
                self._odd = True
            yield line

    def take_odd(self) -> bool:
        odd, self._odd = self._odd, False
        return odd


def best_separator(sample: str) -> str:
    """The separator under which the most rows have the same number of cells, more cells counting for more."""
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        lengths = [len(cells) for cells in _loose_rows(sample, separator) if any(cells)]
        many = Counter(length for length in lengths if length > 1)
        if not many:
            continue
        width, times = max(many.items(), key=lambda pair: (pair[1], pair[0]))
        score = times / len(lengths) * math.log(width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _loose_rows(sample: str, separator: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        rows.extend(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _SAMPLE_RECORDS))
    except csv.Error:
        pass  # judged by the rows before the fault; the fault itself is told when the whole file is read
    return rows


def find_heading(rows: Sequence[Sequence[str]], wanted: Sequence[frozenset[str]] = ()) -> int:
    """Which row holds the headings: the first, unless the rows above are plainly a title.

    A row with two of the `wanted` headings is taken at once. Otherwise it must fill most of its columns with
    words (no numbers, none twice), and every filled row above it must start at the left and fill less than
    half of them.
    """
    first = next((index for index, cells in enumerate(rows) if any(cells)), 0)
    top = range(first, min(len(rows), first + _MOST_ROWS_ABOVE))
    for index in top:
        names = {plain_heading(cell) for cell in rows[index] if cell}
        if sum(1 for synonyms in wanted if names & synonyms) >= 2:
            return index
    widths = Counter(len(cells) for cells in rows if any(cells))
    width = max(widths.items(), key=lambda pair: (pair[1], pair[0]))[0] if widths else 0
    for index in top:
        if _looks_like_headings(rows[index], width):
            return index
        filled = sum(1 for cell in rows[index] if cell)
        if filled and not (rows[index][0] and filled * 2 < max(width, 3)):
            break
    return first


def _looks_like_headings(cells: Sequence[str], width: int) -> bool:
    filled = [cell for cell in cells if cell]
    return (
        len(filled) * 5 >= width * 4
        and len(filled) > 0
        and len({plain_heading(cell) for cell in filled}) == len(filled)
        and not any(_NOT_A_HEADING.fullmatch(cell) for cell in filled)
    )


def plain_heading(heading: str) -> str:
    """A heading as it is compared: small letters, with dashes, dots and underlines as single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def tidy_headings(cells: Sequence[str]) -> list[str]:
    """Headings without the marks and line breaks that programs leave in them; none empty at the end."""
    headings = [" ".join(cell.replace("\ufeff", "").split()) for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    return headings
