"""`alongside migrate`: makes the database ready for this version."""

import argparse

from django.core.management import call_command

from alongside.interfaces.steps import steps_waiting


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say what would be done; 1 if anything")


def run(arguments: argparse.Namespace) -> int:
    waiting = steps_waiting()
    if arguments.check:
        print("\n".join(waiting) if waiting else "Nothing to do: the database is ready.")
        return 1 if waiting else 0
    call_command("migrate", interactive=False, verbosity=0)
    print(f"The database is ready. {len(waiting)} steps were done." if waiting else "The database was ready.")
    return 0
