"""What somebody else typed for a person, in words: the sentence, and each question with its answer."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from alongside.interfaces import words
from alongside.interfaces.asking import codes_of, title_of
from alongside.kernel import clock, reading
from alongside.kernel.command import COMMANDS
from alongside.kernel.fields import Shape
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box
from alongside.topics.people.policy.guards import held_from
from alongside.topics.people.policy.names import names_of

OF_SOMEBODY = re.compile(r"\b(they|them|their|the person)\b")


def typed_for(actor: Actor) -> list[reading.Line]:
    """The reader's acts that somebody else typed in, without what is held back; by a code, of one matter."""
    hidden = held_from(actor, clock.now())
    lines = [line for line in reading.typed_for(actor.records) if hidden.isdisjoint(ids_of(line))]
    return [line for line in lines if actor.only is None or actor.only in ids_of(line)]


def ids_of(line: reading.Line) -> list[UUID]:
    """What the act may be about, the nearest first: the thing itself, and what its fields name."""
    found = [line.recorded.thing]
    for shape in COMMANDS[line.recorded.kind].shapes.values():
        value = line.fields.get(shape.name)
        if shape.inner is UUID and isinstance(value, str):
            found.append(UUID(value))
    return found


def said_in(line: reading.Line) -> list[tuple[Any, Any]]:
    """Each question that was answered, and the answer, as they were typed."""
    shapes = COMMANDS[line.recorded.kind].asked_shapes()
    found = [(shape.asked.label, _answer(shape, line.value(shape.name))) for shape in shapes]
    return [(question, answer) for question, answer in found if answer not in (None, "")]


def _answer(shape: Shape, value: Any) -> Any:
    """An answer as people read it. None for what they would not: an id, or nothing."""
    if shape.kind == "sealed" or value is None:
        return value if isinstance(value, Box) else None
    if shape.kind == "code":
        return dict(codes_of(shape)).get(value, value)
    if isinstance(shape.inner, type) and issubclass(shape.inner, TextChoices):
        return shape.inner(value).label if value in shape.inner.values else value
    if shape.inner is bool:
        if not value and not shape.required:
            return None  # a box that nobody ticked was no answer
        return _("Yes") if value else _("No")
    if shape.inner is date:
        return words.day(date.fromisoformat(value))
    return value if shape.inner in (int, str) else None


def sentence_of(line: reading.Line) -> str:
    """What was typed, with each gap filled from the entry; where one cannot be, what the act is called."""
    command = COMMANDS[line.recorded.kind]
    says = line.says_to([line.recorded.by])
    with override("en"):
        if OF_SOMEBODY.search(line.says_to([line.recorded.by])):  # of somebody else: it is not said to them
            return str(title_of(command))
    values = {"by": _("You") if words.verbs_stay() else names_of([line.recorded.by])[line.recorded.by]}
    for name, shape in command.model_fields.items():
        value, kind = line.fields.get(name), shape.annotation
        if isinstance(kind, type) and issubclass(kind, TextChoices) and value in kind.values:
            values[name] = str(kind(value).label)
        elif isinstance(value, str | int) and f"%({name})s" in says:
            values[name] = str(value)
    try:
        return says % values if "%(" in says else says
    except KeyError:
        return str(title_of(command))
