"""Which column holds what: a suggestion from the headings, for a person to look at and change."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext

from .problem import Problem, TableRefused, shown
from .row import Row
from .separated import plain_heading

CLOSE_ENOUGH = 0.85


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something an importer can use: its field, and the headings that other people give it."""

    field: str
    synonyms: tuple[str, ...] = ()
    required: bool = False

    @property
    def plain_names(self) -> frozenset[str]:
        return frozenset(plain_heading(name) for name in (self.field, *self.synonyms))


@dataclass(frozen=True, slots=True)
class Columns:
    """Which heading holds which field.

    `likely` are the fields whose heading was only close, so a person should look. `missing` are required and
    unfound.
    """

    headings: Mapping[str, str]
    likely: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    looked_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    all_headings: tuple[str, ...] = ()

    def refuse_if_missing(self, name: str = "") -> None:
        """Raise TableRefused when a required column was not found, saying what we looked for."""
        problems = []
        for wanted in self.missing:
            reason = gettext("There is no column for “%(field)s”. We looked for: %(names)s.") % {
                "field": wanted,
                "names": ", ".join(self.looked_for.get(wanted, (wanted,))),
            }
            mend = gettext(
                "Give one column that heading, or choose it yourself. The headings are: %(headings)s."
            ) % {"headings": ", ".join(shown(heading) for heading in self.all_headings)}
            problems.append(Problem(reason, mend))
        if problems:
            raise TableRefused(problems, name=name, headings=self.all_headings)


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row by the importer's own fields. A field with no column is empty."""

    row: Row
    values: Mapping[str, str]
    headings: Mapping[str, str]

    def __getitem__(self, wanted: str) -> str:
        return self.values.get(wanted, "")

    def problem(self, wanted: str | None, *, reason: str, what_to_do: str) -> Problem:
        """Something wrong with this field, told by the heading the person knows."""
        column = self.headings.get(wanted, wanted) if wanted else None
        return self.row.problem(column, reason=reason, what_to_do=what_to_do)


def suggest_mapping(headings: Iterable[str], wanted: Sequence[Wanted]) -> Columns:
    """Find a column for each field: by the same words, or else nearly. No column is used twice."""
    everything = tuple(headings)
    free = {_bare(heading): heading for heading in reversed(everything)}
    found: dict[str, str] = {}
    likely: list[str] = []
    for one in wanted:
        for name in (one.field, *one.synonyms):
            if one.field not in found and _bare(name) in free:
                found[one.field] = free.pop(_bare(name))
    for one in wanted:
        if one.field in found:
            continue
        close = _closest([_bare(name) for name in (one.field, *one.synonyms)], free)
        if close is not None:
            found[one.field] = free.pop(close)
            likely.append(one.field)
    return Columns(
        headings=found,
        likely=tuple(likely),
        missing=tuple(one.field for one in wanted if one.required and one.field not in found),
        unused=tuple(heading for heading in everything if heading not in found.values()),
        looked_for={one.field: (one.field, *one.synonyms) for one in wanted},
        all_headings=everything,
    )


def choose_mapping(headings: Iterable[str], wanted: Sequence[Wanted], chosen: Mapping[str, str]) -> Columns:
    """The columns a person chose, field by heading; anything they left alone stays empty.

    Raises TableRefused when a chosen heading is not in the file.
    """
    everything = tuple(headings)
    kept = {name: heading for name, heading in chosen.items() if heading}
    for heading in kept.values():
        if heading not in everything:
            reason = gettext("There is no column called “%(heading)s” in this file.") % {
                "heading": shown(heading)
            }
            mend = gettext("The headings are: %(headings)s.") % {
                "headings": ", ".join(map(shown, everything))
            }
            raise TableRefused([Problem(reason, mend)], headings=everything)
    return Columns(
        headings=kept,
        missing=tuple(one.field for one in wanted if one.required and one.field not in kept),
        unused=tuple(heading for heading in everything if heading not in kept.values()),
        looked_for={one.field: (one.field, *one.synonyms) for one in wanted},
        all_headings=everything,
    )


def apply_mapping(rows: Iterable[Row], columns: Columns) -> Iterator[MappedRow]:
    """The rows by the importer's own fields."""
    for row in rows:
        values = {wanted: row.get(heading) for wanted, heading in columns.headings.items()}
        yield MappedRow(row, values, columns.headings)


def _bare(heading: str) -> str:
    """Compared without accents, so that “Títol” finds “titol”."""
    spread = unicodedata.normalize("NFKD", plain_heading(heading))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _closest(names: Sequence[str], free: Mapping[str, str]) -> str | None:
    best, best_likeness = None, CLOSE_ENOUGH
    for heading in free:
        for name in names:
            likeness = difflib.SequenceMatcher(None, name, heading).ratio()
            if likeness >= best_likeness:
                best, best_likeness = heading, likeness
    return best
