"""`alongside serve`: the site, ready to be opened in a browser."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management import call_command

from alongside.interfaces.cli import CliError
from alongside.interfaces.environment import SERVED_AT, SettingRefused, port_number
from alongside.interfaces.static_files import collect
from alongside.interfaces.steps import is_new, steps_waiting
from alongside.interfaces.verbs.rules import rules_must_hold
from alongside.kernel.stock import take_stock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in (%(default)s)")
    parser.add_argument(
        "--port", type=_port, default=settings.PORT, help="the port to listen at (%(default)s)"
    )
    parser.add_argument("--threads", type=int, default=8, help="threads in each process (%(default)s)")
    parser.add_argument("--processes", type=int, default=1, help="each keeps to one core (%(default)s)")


def _port(written: str) -> int:
    try:
        return port_number(written)
    except SettingRefused as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def run(arguments: argparse.Namespace) -> int:
    make_ready()
    rules_must_hold()
    collect()
    take_stock()
    follow_the_port(arguments)
    say_what_is_missing()
    from alongside.interfaces import serving  # reads the collected files as it starts

    where = f"{arguments.host}:{arguments.port}"
    choices: dict[str, Any] = {
        "host": arguments.host,
        "port": arguments.port,
        "threads": arguments.threads,
        "listening": lambda: print(f"Alongside is at http://{where} (Ctrl+C stops it)", flush=True),
    }
    try:
        if arguments.processes > 1:
            serving.serve_together(processes=arguments.processes, **choices)
        else:
            serving.serve_alone(**choices)
    except OSError as problem:
        other = arguments.port % 65535 + 1
        raise CliError(
            f"We cannot listen at {where} ({problem.strerror}). Is something else running there? "
            f"Try another: alongside serve --port {other}, or PORT={other} make run"
        ) from problem
    return 0


def follow_the_port(arguments: argparse.Namespace) -> None:
    """Where nobody set another address, the one that people copy has the port that is served. It is written
    down in the home, so that letters that another program sends from here carry it too."""
    if settings.BASE_URL_FROM == "set":
        return
    settings.BASE_URL = f"http://127.0.0.1:{arguments.port}"
    settings.BASE_URL_FROM = "served"
    (settings.HOME / SERVED_AT).write_text(f"{settings.BASE_URL}\n", encoding="utf-8")


def make_ready() -> None:
    """Fill an empty home. A home that an older version made is left for a person to copy first."""
    for folder in (settings.HOME, settings.KEYS, settings.FILES, settings.OUTBOX):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    waiting = steps_waiting()
    if waiting and not is_new():
        raise CliError(
            f"This database was made by an older version; {len(waiting)} steps are waiting. "
            "Make a copy of it first. Then type: alongside migrate"
        )
    if waiting:
        print("This is a new home. Making the database…", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def say_what_is_missing() -> None:
    """What a place lacks and nobody sees at this machine: how codes leave, where people ring and write."""
    wanted = ("NOTIFY_KEY", "NOTIFY_EMAIL_TEMPLATE", "NOTIFY_TEXT_TEMPLATE")
    missing = [f"ALONGSIDE_{name}" for name in wanted if not getattr(settings, name)]
    if settings.DELIVERY == "notify" and missing:
        print(f"Nothing can leave by GOV.UK Notify, no code to sign in either: set {', '.join(missing)}.")
    if not settings.PLACE_PHONE:
        print("Pages and letters say “ring us”, and name no number: set ALONGSIDE_PHONE.")
    if not settings.PLACE_FREE_POST:
        print("A slip to send back bears no address: set ALONGSIDE_FREE_POST.")
