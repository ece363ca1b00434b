"""What somebody else typed for the reader, each with a way to say that it is right, or is not."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.asking import codes_of, title_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import matters_shown
from alongside.kernel import clock, reading
from alongside.kernel.command import COMMANDS, Missing
from alongside.kernel.fields import Shape
from alongside.kernel.seal import Box
from alongside.topics.people.models import AnswerToTyping
from alongside.topics.people.policy import held_from, names_of

OF_SOMEBODY = re.compile(r"\b(they|them|their|the person)\b")


@require_safe
def typed_page(request: Request) -> HttpResponseBase:
    """The reader's acts that somebody else typed in."""
    actor = request.actor
    if actor.person is None:
        raise Missing
    hidden = held_from(actor, clock.now())
    lines = [line for line in reading.typed_for(actor.records) if hidden.isdisjoint(_ids(line))]
    if actor.only is not None:  # a code opens what was typed in one matter, and no more
        lines = [line for line in lines if actor.only in _ids(line)]
        if not lines:
            raise Missing
    names = names_of([line.recorded.typed_by for line in lines])
    given = {
        row.act: row
        for row in AnswerToTyping.objects.seen_by(actor).filter(act__in=[line.recorded.id for line in lines])
    }
    matters = matters_shown(actor, {one for line in lines for one in _ids(line)})
    acts = [
        {
            "id": line.recorded.id,
            "at": line.recorded.at,
            "who": names[line.recorded.typed_by] if line.recorded.typed_by else "",
            "how": line.recorded.how,
            "words": _sentence(line),
            "matter": next((matters[one] for one in _ids(line) if one in matters), None),
            "said": _said(line),
            "answer": given.get(line.recorded.id),
        }
        for line in lines
    ]
    return render(request, "people/typed.html", {"acts": acts})


def _ids(line: reading.Line) -> list[UUID]:
    """What the act may be about, the nearest first: the thing itself, and what its fields name."""
    found = [line.recorded.thing]
    for shape in COMMANDS[line.recorded.kind].shapes.values():
        value = line.fields.get(shape.name)
        if shape.inner is UUID and isinstance(value, str):
            found.append(UUID(value))
    return found


def _said(line: reading.Line) -> list[tuple[Any, Any]]:
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


def _sentence(line: reading.Line) -> str:
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
