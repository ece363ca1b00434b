"""`alongside do`: one act on the terminal, by the same door as the form and the API.

    alongside do --list
    alongside do decisions.concern_raised --ask
    alongside do promises.verdict_given --as 6f1c… promise=0b7e… verdict=kept words="They came."

    alongside do decisions.raised --token mine.txt title="The ramp" …

Whoever types here holds this installation's keys and can come as anybody. So only what says of itself as what
it is taken here is taken at all: nobody's own word, decision or power is. With a token that a person made by
their own hand (on their page “Programs that act for you”) it is that person's act, and all of theirs can be
done. The record says that it was done at a terminal.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from alongside.interfaces import faces
from alongside.interfaces.asking import (
    askable,
    at_the_keys,
    codes_of,
    command_named,
    from_json,
    from_values,
    how_it_counts,
    in_office,
    title_of,
    typing_for,
    ways_of_saying,
)
from alongside.interfaces.cli import CliError
from alongside.interfaces.who import actor_for
from alongside.kernel.command import Actor, Command, Missing, Refused, Shape
from alongside.kernel.door import do
from alongside.kernel.policy import TERMINAL

INTERMIXED = True  # answers may stand before, between and after the choices


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", metavar="KIND", help="what to do, such as promises.verdict_given")
    parser.add_argument("answers", nargs="*", metavar="field=value", help="your answers")
    parser.add_argument("--as", dest="person", metavar="PERSON", help="whose act this is: their number")
    parser.add_argument(
        "--token",
        metavar="FILE",
        help="act as whoever made the token in this file on their own page (- : piped in)",
    )
    parser.add_argument("--list", action="store_true", help="everything that can be done")
    parser.add_argument("--ask", action="store_true", help="what this act asks")
    parser.add_argument(
        "--json", metavar="FILE", help="answers as JSON, from a file or from - (what is piped in)"
    )
    parser.add_argument("--key", help="send the same key again and it is still one act")
    parser.add_argument("--for", dest="somebody", metavar="PERSON", help="type it for this person")
    parser.add_argument("--how", choices=list(ways_of_saying()), help="how that person told you")
    parser.add_argument(
        "--without-name", action="store_true", help="do not show the name, where that is possible"
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.list or not arguments.kind:
        print("\n".join(_list()))
        return 0
    try:
        command = command_named(arguments.kind)
    except Missing:
        raise CliError(
            f"Nobody can do “{arguments.kind}”. See what can be done: alongside do --list"
        ) from None
    if arguments.ask:
        print("\n".join(_questions(command)))
        return 0
    return _do(command, arguments)


def _do(command: type[Command], arguments: argparse.Namespace) -> int:
    actor = _actor(arguments)
    if arguments.without_name and not command.may_be_anonymous:
        raise CliError("This cannot be done without a name.")
    try:
        made = _made(command, arguments)
        done = do(made, by=in_office(actor), key=arguments.key, anonymous=arguments.without_name)
    except Missing:
        raise CliError("We cannot find that. It is not there, or it is not for this person to see.") from None
    except Refused as refusal:
        for reason in refusal.reasons:
            print(f"{reason.field}: {reason.sentence}" if reason.field else reason.sentence, file=sys.stderr)
        return 1
    again = " It was done before, with the same key." if done.again else ""
    print(f"Done: {command.records} {done.thing} (entry {done.entry}).{again}")
    return 0


def _actor(arguments: argparse.Namespace) -> Actor:
    if arguments.token:
        actor = _by_token(arguments)
    elif not arguments.person:
        actor = Actor(way="cli", how="terminal")
    else:
        actor = actor_for(person_named(arguments.person), strong=True, way="cli", how="terminal")
    if arguments.somebody:
        actor = typing_for(actor, person_named(arguments.somebody), arguments.how or "")
    return actor


def _by_token(arguments: argparse.Namespace) -> Actor:
    from alongside.interfaces.programs import actor_by_token  # here, for most acts need nothing of it
    from alongside.interfaces.refusals import NotKnown

    if arguments.person:
        raise CliError("A token says whose act it is. Leave out --as.")
    try:
        return actor_by_token(_read(arguments.token).decode(errors="replace"), how="terminal")
    except NotKnown:
        raise CliError(
            "This token opens nothing: it was stopped, its last day is over, or it is not one of ours. "
            "Make a new one on your own page: “Programs that act for you”."
        ) from None


def _read(name: str) -> bytes:
    """What is in a file, or what is piped in."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        raise CliError(f"We cannot read {name} ({problem.strerror}).") from problem


def person_named(words: str) -> UUID:
    """A person by number; in the made-up place, one of its faces by name too."""
    try:
        return UUID(words)
    except ValueError:
        pass
    found = [face for face in faces.faces() if words.lower() in face.name.lower()]
    if len(found) != 1:
        raise CliError(f"“{words}” is not the number of a person. Find it with: alongside people find")
    return found[0].person


def _made(command: type[Command], arguments: argparse.Namespace) -> Command:
    if arguments.json:
        if arguments.answers:
            raise CliError("Give your answers as JSON or as field=value, not both.")
        return from_json(command, _read(arguments.json))
    many = {shape.name for shape in command.asked_shapes() if shape.many}
    values: dict[str, Any] = {}
    for answer in arguments.answers:
        name, equals, value = answer.partition("=")
        if not equals:
            raise CliError(f"“{answer}” is not an answer. Write it as field=value.")
        if name in many:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return from_values(command, values)


def _list() -> Iterable[str]:
    commands = askable()
    width = max((len(command.records) for command in commands), default=0)
    for says, here in (("Taken at a terminal:", True), ("On one’s own page, or here with --token:", False)):
        yield says
        for command in commands:
            if (TERMINAL not in command.shut_to) is here:
                yield f"  {command.records:<{width}}  {title_of(command)}"
        yield ""
    yield "What each asks: alongside do KIND --ask"


def _questions(command: type[Command]) -> Iterable[str]:
    yield f"{title_of(command)}. Only {command.may.sentence} can do this."
    yield how_it_counts(command) or "Nobody types this for somebody else."
    yield (at_the_keys(command) or "Nobody knows who is at the keys here: only signed in, or with --token.")
    for shape in command.asked_shapes():
        needed = "" if shape.required else f" ({shape.asked.needed or 'you can leave this out'})"
        yield f"  {shape.name}: {shape.asked.label or shape.name}{needed}"
        for line in _more(command, shape):
            yield f"      {line}"


def _more(command: type[Command], shape: Shape) -> Iterable[str]:
    if shape.asked.hint:
        yield str(shape.asked.hint)
    if shape.asked.written:
        yield f"Write: {shape.asked.written}"
    if shape.many:
        yield f"For several, write it again: {shape.name}=… {shape.name}=…"
    if shape.kind == "code":
        yield "One of: " + ", ".join(code for code, _name in codes_of(shape))
    elif shape.kind in ("own", "ref"):
        yield f"The number of one {shape.target()._meta.verbose_name}."
    elif hasattr(shape.inner, "__members__"):
        yield "One of: " + ", ".join(str(one.value) for one in shape.inner)
