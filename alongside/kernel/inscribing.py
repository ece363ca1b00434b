"""The line of one command: its words sealed, its answers written down, where its thing's chain ends now."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from msgspec import Raw, Struct, defstruct

from alongside.kernel import canonical, ledger, writing
from alongside.kernel.command import At, Command, Recorded, Shape
from alongside.kernel.policy import PUBLIC
from alongside.kernel.seal import Sealer
from alongside.kernel.submission import NOTHING, Sitting

_SLOTS = [Raw(canonical.dumps({"$": number}).encode()) for number in range(256)]  # how a box is named


def inscribe(
    command: Command, recorded: Recorded, things: tuple[Any, ...], at: At, sitting: Sitting
) -> Command:
    """Seal the words, write the line, and give back the command as `apply` sees it."""
    thing, sealer = recorded.thing, Sealer(recorded.id)
    sealed: dict[str, Any] = {}  # what `apply` sees in place of the words
    named: dict[str, Any] = {}  # and what the line says in place of them
    for shape in command.shapes_of("sealed"):
        name, purpose = shape.name, shape.asked.purpose
        words, first = getattr(command, name), len(sealer.boxes)
        owner = _owner(command, shape, recorded, things, at)
        new = recorded.place == 1 and owner == thing
        if shape.many:
            sealed[name] = [sealer.seal(str(one), owner, purpose, new) for one in words or () if one]
            named[name] = _SLOTS[first : len(sealer.boxes)]
        elif words:
            sealed[name], named[name] = sealer.seal(str(words), owner, purpose, new), _SLOTS[first]
        else:
            sealed[name] = named[name] = None
    answers, after = _answers(command, named), sitting.heads.get(thing, NOTHING)
    sitting.heads[thing] = ledger.write(
        writing.writing(), recorded, answers, sealer.boxes, after=after, version=command.version
    )
    sitting.changed.setdefault(thing, recorded.place == 1)
    return command.having(sealed) if sealed else command


def _answers(command: Command, named: dict[str, Any]) -> Raw:
    """What a line says of its command's fields, as canonical text: the sealed ones by their box."""
    said: dict[str, Any] = {**command.__dict__, **named}
    if not canonical.are_plain(said.values()):
        dumped = command.model_dump(mode="json", exclude_none=True, exclude=set(named))
        said = {**{name: Raw(canonical.dumps(one).encode()) for name, one in dumped.items()}, **named}
    return Raw(canonical.dumps_in_order(_said_of(type(command))(**said)))


@lru_cache(maxsize=512)
def _said_of(command: type[Command]) -> type[Struct]:
    """The answers to a command in the order of their names; what is None is left out when it is written."""
    names = [(name, Any, None) for name in sorted(command.model_fields)]
    return defstruct(f"{command.__name__}Said", names, omit_defaults=True)


def _owner(command: Command, shape: Shape, recorded: Recorded, things: tuple[Any, ...], at: At) -> UUID:
    """Whose words a sealed value holds: one owner each. Without a person they belong to the matter."""
    found = command.owner(shape.name, things, at)
    if found is not None:
        return found
    whose = shape.asked.belongs_to
    if whose == "by":
        return recorded.thing if at.by.installation or recorded.by == PUBLIC else recorded.by
    if whose == "thing":
        return recorded.thing
    if whose == "about":
        return recorded.about or recorded.thing
    value: UUID | None = getattr(command, whose)
    return value or recorded.thing
