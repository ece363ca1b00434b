"""Whether an actor may do something to a thing, asked as the door will ask it, and where its form is."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from alongside.interfaces.asking import command_named
from alongside.kernel import clock
from alongside.kernel.command import Actor, Missing
from alongside.kernel.policy import holds


def address_of(kind: str, /, **given: Any) -> str:
    """The address of a command's form; what is given is filled in already."""
    asked = [(name, one) for name, value in given.items() for one in _each(value) if one not in (None, "")]
    query = urlencode([(name, str(getattr(one, "pk", one))) for name, one in asked])
    return reverse("do", args=[kind]) + (f"?{query}" if query else "")


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
