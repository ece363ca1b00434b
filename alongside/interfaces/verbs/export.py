"""`alongside export`: a person's record as a file, as that person may see it."""

import argparse
import os
import sys
from pathlib import Path

from django.utils.module_loading import import_string

from alongside.interfaces.cli import CliError
from alongside.interfaces.export import as_json
from alongside.interfaces.verbs.do import person_named
from alongside.interfaces.who import actor_for
from alongside.interfaces.wired import wiring


def add_arguments(parser: argparse.ArgumentParser) -> None:
    formats = ["json", *sorted(wiring("EXPORTS", {}))]
    parser.add_argument("person", metavar="PERSON", help="whose record: their number")
    parser.add_argument("--to", type=Path, metavar="FILE", help="where to; the terminal if not said")
    parser.add_argument(
        "--format", choices=formats, default="json", help="our own JSON, or a standard of others"
    )


def run(arguments: argparse.Namespace) -> int:
    actor = actor_for(person_named(arguments.person), way="cli")
    make = as_json if arguments.format == "json" else import_string(wiring("EXPORTS")[arguments.format])
    record: bytes = make(actor)
    if arguments.to is None:
        sys.stdout.buffer.write(record)
        return 0
    try:
        with open(os.open(arguments.to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(record)
    except OSError as problem:
        raise CliError(f"We cannot write {arguments.to} ({problem.strerror}).") from problem
    print(f"The record is in {arguments.to} ({len(record):,} bytes). Only you can open the file.")
    return 0
