"""Whether an actor may do something to a thing, asked as the door will ask it, and where its form is."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus
from uuid import UUID

from django.db.models import Model

from alongside.interfaces.addresses import address
from alongside.interfaces.asking import command_named, typing_for, ways_of_saying
from alongside.interfaces.wired import may_type_for
from alongside.kernel import clock
from alongside.kernel.asking import by_ones_own_hand, not_allowed, not_strong, sees, takes_hand
from alongside.kernel.command import Actor, Command, Missing
from alongside.kernel.fields import as_id
from alongside.kernel.policy import anyone, holds


def address_of(kind: str, /, **given: Any) -> str:
    """The address of a command's form; what is given is filled in already."""
    asked = [(name, one) for name, value in given.items() for one in _each(value) if one not in (None, "")]
    query = "&".join([f"{name}={_quoted(getattr(one, 'pk', one))}" for name, one in asked])
    return address("do", kind) + (f"?{query}" if query else "")


def _quoted(value: Any) -> str:
    """As it stands in an address. In an id nothing has a meaning there: most of what is given are ids."""
    return str(value) if type(value) is UUID else quote_plus(str(value))


def _each(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple | set) else [value]


def needs_passkey(actor: Actor, kind: str) -> bool:
    """Whether this actor must sign in more surely first: a page says so, and offers no form for it."""
    return command_named(kind).strong and not actor.strong


def may_do(actor: Actor, kind: str, row: Model | UUID | None = None) -> bool:
    """Whether the rule of this command holds for the actor and this row. Says nothing of objections."""
    try:
        command = command_named(kind)
    except Missing:
        return False
    shape = command.shapes.get(command.judged_on)
    pk: UUID | None = row.pk if isinstance(row, Model) else row
    if actor.only is not None and actor.only != pk:
        return False
    if pk is None and not isinstance(command.may.resolve(actor, clock.now()), bool):
        return False
    return holds(command.may, actor, clock.now(), shape.target() if shape and pk else None, pk)


def must_be_able(actor: Actor, command: type[Command], given: Mapping[str, Any]) -> None:
    """Say before anything is typed what the door would say after: who can do this, or that it is not there.

    Where the thing is still to be chosen on the form, only what the actor alone decides can be said.
    """
    if not takes_hand(command, actor):
        raise by_ones_own_hand()
    if command.may is anyone:
        return
    at, shape = clock.now(), command.shapes.get(command.judged_on)
    pk = as_id(given.get(command.judged_on)) if shape is not None else None
    if actor.only is not None and pk is not None and actor.only not in (pk, as_id(given.get(command.thing))):
        raise Missing
    model = shape.target() if shape is not None and pk is not None else None
    if not any(_may(command, one, model, pk) for one in _whose_acts(actor, command)):
        if model is not None and not sees(model, pk, actor, at):
            raise Missing
        raise not_allowed(command)
    if command.strong and not actor.strong:
        raise not_strong()


def _may(command: type[Command], actor: Actor, model: type[Model] | None, pk: UUID | None) -> bool:
    at = clock.now()
    rightly = command.may.resolve(actor, at)
    if pk is None and not isinstance(rightly, bool):
        shape = command.shapes.get(command.judged_on)
        if actor.person is None and shape is not None and shape.kind in ("own", "ref"):
            return bool(shape.target()._base_manager.filter(rightly).exists())  # is there any to choose?
        return True  # it is for the door to say, once it is chosen
    return holds(command.may, actor, at, model, pk)


def _whose_acts(actor: Actor, command: type[Command]) -> list[Actor]:
    """The actor, and where they may type it for somebody, each of those too."""
    if not command.assisted or actor.person is None or actor.only is not None:
        return [actor]
    how = next(iter(ways_of_saying()))
    return [actor, *(typing_for(actor, one, how) for one, _name in may_type_for(actor.person))]
