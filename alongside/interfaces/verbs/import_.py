"""`alongside import`: bring in decisions or promises from a file, as what another system says of itself.

    alongside import promises results.csv --as 6f1c… --source "Council website"
    alongside import promises results.csv --look           shows how we read it, and takes nothing in

What can be brought in is said in the wiring page's IMPORTERS; this verb knows none of it.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, Protocol
from uuid import UUID

from django.utils.module_loading import import_string

from alongside.interfaces.cli import CliError
from alongside.interfaces.tables import TableRefused
from alongside.interfaces.verbs.do import person_named
from alongside.interfaces.wired import wiring
from alongside.kernel.command import Missing
from alongside.kernel.policy import Actor

Dates = Literal["dmy", "mdy"] | None
Counting = Callable[[int, int], None]  # told how many rows are done, of how many


class SoundFile(Protocol):
    """A file that was read whole and can be taken in."""

    @property
    def sentences(self) -> list[str]:
        """How we read it, to be looked at before anything is taken in."""
        ...


class Outcome(Protocol):
    """What came of taking a file in."""

    @property
    def sentences(self) -> list[str]: ...


class Importer(Protocol):
    """What the wiring page names for each kind of thing that can be brought in."""

    fields: Mapping[str, object]  # each field with the words for it

    def read(
        self, source: bytes | Path, *, name: str, dates: Dates = None, chosen: Mapping[str, str] | None = None
    ) -> SoundFile:
        """Read a file whole, or raise TableRefused with all that is wrong with it."""
        ...

    def take_in(
        self,
        file: SoundFile,
        *,
        by: Actor,
        organisation: UUID | None,
        source: str,
        counting: Counting | None = None,
    ) -> Outcome:
        """Take all of it in, or go on with it where it stopped. Or raise TableRefused, as `read` does."""
        ...


def importer(what: str) -> Importer:
    """What reads files of this kind."""
    known: Mapping[str, str] = wiring("IMPORTERS", {})
    if what not in known:
        raise CliError(f"We cannot bring in “{what}”. We can bring in: {', '.join(sorted(known))}.")
    found: Importer = import_string(known[what])
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    known = ", ".join(sorted(wiring("IMPORTERS", {})))
    parser.add_argument("what", metavar="WHAT", help=f"what is in the file: {known}")
    parser.add_argument("file", metavar="FILE", nargs="?", default="", help="a CSV or JSON file")
    parser.add_argument("--as", dest="person", metavar="PERSON", help="who brings it in: their number")
    parser.add_argument("--for", dest="body", metavar="NUMBER", help="the organisation that brings it in")
    parser.add_argument("--source", default="", help="where it comes from, in words that everyone can read")
    parser.add_argument(
        "--dates", choices=["dmy", "mdy"], help="which comes first, when the file does not tell: day or month"
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="HEADING=FIELD",
        help="read this column as this field; --fields lists them",
    )
    parser.add_argument("--fields", action="store_true", help="the fields a column can be read as")
    parser.add_argument("--look", action="store_true", help="show how we read it, and take nothing in")


def run(arguments: argparse.Namespace) -> int:
    found = importer(arguments.what)
    if arguments.fields:
        print("\n".join(f"  {field:<12} {words}" for field, words in found.fields.items()))
        return 0
    if not arguments.file:
        raise CliError(f"Say which file: alongside import {arguments.what} FILE")
    path = Path(arguments.file)
    if not path.is_file():
        raise CliError(f"There is no file {path}.")
    try:
        file = found.read(path, name=path.name, dates=arguments.dates, chosen=_chosen(arguments.map, found))
    except TableRefused as refusal:
        return _refused(refusal, path)
    print("\n".join(file.sentences))
    if arguments.look:
        return 0
    if not arguments.person:
        raise CliError("Say who brings this in: --as and the number of a person. See: alongside people find")
    return _take_in(found, file, arguments, path)


def _refused(refusal: TableRefused, path: Path) -> int:
    print(f"We took nothing from {path.name}. This is what is wrong:", file=sys.stderr)
    print("\n".join(f"  {line}" for line in str(refusal).splitlines()), file=sys.stderr)
    return 1


def _take_in(found: Importer, file: SoundFile, arguments: argparse.Namespace, path: Path) -> int:
    actor = Actor(person=person_named(arguments.person), strong=True, way="import", how="terminal")
    try:
        body = UUID(arguments.body) if arguments.body else None
    except ValueError:
        said = f"“{arguments.body}” is not the number of an organisation. See: alongside people find"
        raise CliError(said) from None
    try:
        outcome = found.take_in(
            file,
            by=actor,
            organisation=body,
            source=arguments.source or path.name,
            counting=_said if sys.stderr.isatty() else _said_now_and_then,
        )
    except TableRefused as refusal:
        return _refused(refusal, path)
    except Missing:
        raise CliError("We cannot find that person or organisation.") from None
    print("\n".join(outcome.sentences))
    return 0


def _chosen(pairs: list[str], found: Importer) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for pair in pairs:
        heading, equals, field = pair.rpartition("=")
        if not equals or field not in found.fields:
            raise CliError(
                f"“{pair}” does not say which column is which. Write: --map “Heading=field”. "
                f"The fields are: {', '.join(found.fields)}."
            )
        chosen[field] = heading
    return chosen


def _said(done: int, whole: int) -> None:
    print(f"\r  {done:,} of {whole:,} rows", end="\n" if done == whole else "", file=sys.stderr, flush=True)


def _said_now_and_then(done: int, whole: int) -> None:
    if done == whole or not done % 10_000:
        print(f"  {done:,} of {whole:,} rows", file=sys.stderr, flush=True)
