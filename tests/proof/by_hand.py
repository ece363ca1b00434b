"""What each command declares of the hands that it is taken from."""

from collections.abc import Iterator

from alongside.kernel.actor import FILE, PROGRAM, SHARED_CODE, TERMINAL
from alongside.kernel.command import COMMANDS, Command
from alongside.kernel.policy import the_installation

CLOCK = str(the_installation.sentence)
WAYS = {"terminal": TERMINAL, "file": FILE, "program": PROGRAM, "seen code": SHARED_CODE}
COLUMNS = ("own", "strong", *WAYS, "typed")


def by_hand() -> Iterator[type[Command]]:
    """Every command that a person may send."""
    for kind in sorted(COMMANDS):
        command = COMMANDS[kind]
        is_the_clocks = command.only_as_consequence or str(command.may.sentence) == CLOCK
        if not kind.startswith("toy.") and not is_the_clocks:
            yield command


def declared(command: type[Command]) -> dict[str, str]:
    """What is declared of each way in: "yes", "no", or as what it is taken."""
    hands = " ".join(hand.value for hand in command.by_another) or "no"
    found = {"own": "no" if command.strong else "yes", "strong": "yes", "typed": hands}
    keys = command.at_the_keys
    for name, way in WAYS.items():
        if way in command.shut_to:
            found[name] = "no"
        elif keys is not None and way in keys.ways:
            found[name] = keys.value
        else:
            found[name] = "as typed"
    return found


def text() -> str:
    lines = [
        "By whose hand each act is taken. Unknown hands: at a terminal, in a file, by a program with a token",
        "made at a terminal, or by a code that somebody saw. Typed: by a worker or advocate, for somebody.",
        "“no” is what a new command says of itself. “as typed”: nobody knows whose hand it was, and what",
        "holds where it is typed holds too. The other words stand in alongside/kernel/hands.py.",
        "Made by: python -m tests.proof.hands --write. A change here is a change of power: read it.",
        "",
    ]
    for command in by_hand():
        said = declared(command)
        parts = [f"{name} {said[name]}" for name in COLUMNS if name not in ("own", "strong")]
        alike = {said[name] for name in WAYS}
        if len(alike) == 1:
            parts = [f"unknown hands {alike.pop()}", f"typed {said['typed']}"]
        strong = "strong only; " if command.strong else ""
        lines.append(f"{command.records}: {strong}{'; '.join(parts)}")
    return "\n".join(lines) + "\n"
