"""`alongside migrate`: makes the database ready for this version."""

import argparse
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from alongside.interfaces.steps import steps_waiting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say what would be done; 1 if anything")


def run(arguments: argparse.Namespace) -> int:
    waiting = steps_waiting()
    if arguments.check:
        print("\n".join(waiting) if waiting else "Nothing to do: the database is ready.")
        return 1 if waiting else 0
    call_command("migrate", interactive=False, verbosity=0)
    _for_us_alone()
    print(f"The database is ready. {len(waiting)} steps were done." if waiting else "The database was ready.")
    return 0


def _for_us_alone() -> None:
    """A copy that was put back as the file of SQLite is as open to others as its tool left it."""
    if connection.vendor != "sqlite":
        return
    for part in ("", "-wal", "-shm"):  # the file, and its journal
        path = Path(f"{connection.settings_dict['NAME']}{part}")
        if path.exists() and path.stat().st_mode & 0o077:
            path.chmod(0o600)
