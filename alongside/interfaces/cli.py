"""`alongside …` on a terminal: finds the verb that was asked for, and says kindly what went wrong.

Each verb is a module of its own with `add_arguments(parser)` and `run(arguments) -> int`. It is loaded only
when it is asked for, so that `alongside --help` answers at once. To add a verb, add a line to VERBS.
"""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple, Protocol, cast


class Verb(NamedTuple):
    """Where a verb lives, and what it is for in one plain sentence."""

    module: str
    sentence: str
    needs_django: bool = True


VERBS: dict[str, Verb] = {
    "serve": Verb("alongside.interfaces.verbs.serve", "Serve the site, on this machine or for others."),
    "demo": Verb(
        "alongside.made_up.verb", "Build a made-up place, with its people and a year of their decisions."
    ),
    "do": Verb("alongside.interfaces.verbs.do", "Do one thing, as a form or the API would."),
    "import": Verb("alongside.interfaces.verbs.import_", "Bring in decisions or promises from a file."),
    "export": Verb("alongside.interfaces.verbs.export", "Take the record out in a form others can read."),
    "verify": Verb("alongside.interfaces.verbs.verify", "Check that nothing was changed in silence."),
    "rebuild": Verb("alongside.interfaces.verbs.rebuild", "Make every table again from the ledger."),
    "keys": Verb("alongside.interfaces.verbs.keys", "See the keys that seal people's words, or destroy one."),
    "rules": Verb("alongside.interfaces.verbs.rules", "See the law, clocks and lists that decisions follow."),
    "bench": Verb("alongside.bench.verb", "Measure how fast this is, against its peers.", needs_django=False),
    "people": Verb("alongside.topics.people.verbs", "Add people and organisations, or find them."),
    "work": Verb("alongside.interfaces.verbs.work", "Send what is waiting, and do what has come due."),
    "migrate": Verb("alongside.interfaces.verbs.migrate", "Make the database ready for this version."),
}


NOT_READY = "This place is not set up for this version yet. First run: alongside migrate"


class CliError(Exception):
    """Something a person at the terminal can put right. The message says how."""


class VerbModule(Protocol):
    """The two functions every verb has."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


def main(words: Sequence[str] | None = None) -> int:
    """Run one verb. Gives 0 when it was done, 1 when it was refused, 2 when we did not understand."""
    words = list(sys.argv[1:] if words is None else words)
    if not words or words[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0
    if words[0] == "--version":
        from alongside import __version__

        print(f"alongside {__version__}")
        return 0
    name = words[0]
    if name not in VERBS:
        print(f"There is no “{name}” here. Try: alongside --help", file=sys.stderr)
        return 2
    return _run(name, words[1:])


def _run(name: str, words: list[str]) -> int:
    verb = VERBS[name]
    try:
        if verb.needs_django:
            _wake_django()
        module = _load(verb)
        parser = argparse.ArgumentParser(prog=f"alongside {name}", description=verb.sentence)
        module.add_arguments(parser)
        parse = parser.parse_intermixed_args if getattr(module, "INTERMIXED", False) else parser.parse_args
        return module.run(parse(words))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if not isinstance(problem, _expected_problems()):
            said = _of_the_database(problem) if verb.needs_django else ""
            if not said:
                raise
            problem = CliError(said)
        print(str(problem), file=sys.stderr)
        return 1


def _load(verb: Verb) -> VerbModule:
    try:
        return cast(VerbModule, importlib.import_module(verb.module))
    except ModuleNotFoundError as missing:
        if not f"{verb.module}.".startswith(f"{missing.name}."):
            raise
        raise CliError("This version of Alongside cannot do that yet.") from missing


def _wake_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
    os.umask(0o077)  # what an installation keeps is for the account it runs under, and nobody else
    import django
    from django.apps import apps

    if apps.ready:
        return
    gc.disable()  # all that is read in stays to the end: there is nothing to be cleared away, now or later
    try:
        django.setup()
    finally:
        gc.enable()
    gc.freeze()


def _expected_problems() -> tuple[type[Exception], ...]:
    """The errors that are an answer, not a fault. Each has a sentence for the person who asked."""
    from alongside.interfaces.environment import SettingRefused

    expected: list[type[Exception]] = [CliError, SettingRefused]
    if "alongside.kernel.command" in sys.modules:
        from alongside.kernel.command import NotAllowed, Refused

        expected += [Refused, NotAllowed]
    if "alongside.kernel.packfile" in sys.modules:
        from alongside.kernel.packfile import RuleError

        expected.append(RuleError)
    return tuple(expected)


def _of_the_database(problem: Exception) -> str:
    """What to do where the database is not ready, or cannot be reached at all. Empty for anything else."""
    from alongside.interfaces.steps import (
        cannot_be_reached,
        lacks_tables,
    )  # with Django awake, and not before

    if cannot_be_reached(problem):
        first, *_more = str(problem).strip().splitlines()
        return (
            f"We cannot reach the database that DATABASE_URL names. Is it running, and is that right? {first}"
        )
    return NOT_READY if lacks_tables(problem) else ""


def _overview() -> str:
    width = max(map(len, VERBS))
    lines = [
        "Alongside: the record that people who draw on care and support share with those who support them.",
        "",
        "Usage: alongside VERB …",
        "",
        *(f"  {name:<{width}}  {verb.sentence}" for name, verb in VERBS.items()),
        "",
        "Each verb says more: alongside VERB --help",
    ]
    return "\n".join(lines)
