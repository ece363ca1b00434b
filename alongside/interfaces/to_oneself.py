"""A form that is of its reader speaks to them: nobody reads of themself as of somebody else, and nobody who
speaks for another is asked what they think themself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.kernel.command import Actor, Command, Lazy
from alongside.kernel.fields import as_id


def words_to(command: type[Command], actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Lazy]:
    """What the form says in other words to whoever it is of, or to whoever speaks for somebody in it:
    "title", "lead", "done", and "name.label", "name.hint", "name.used_for" and "name.needed" of its
    questions. Nothing where it is of somebody else."""
    if command.to_oneself and _is_of_reader(command, actor, given):
        return command.to_oneself
    return command.said_to_speaker(actor, given) if actor.person is not None else {}


def _is_of_reader(command: type[Command], actor: Actor, given: Mapping[str, Any]) -> bool:
    """Whose it is says the last row that the address names and that is somebody’s; never a row unseen."""
    if actor.person is None:
        return False
    is_theirs = False
    for shape in command.asked_shapes():
        if shape.kind not in ("own", "ref") or shape.many or not given.get(shape.name):
            continue
        model: Any = shape.target()
        row = model.objects.seen_by(actor).filter(pk=as_id(str(given[shape.name]))).first()
        whose = _whose(model, row)
        is_theirs = is_theirs if whose is None else whose in actor.ids
    return is_theirs


def is_of_another(form: Any, rows: Mapping[str, Any], typed_for: str) -> bool:
    """Whether a form asks for the word of somebody else than its reader: one that is typed for another in
    the field of this name; else the last row it names and that is somebody’s says whose it is, and the
    command may know better."""
    if typed_for in form.fields and form[typed_for].value():
        return True
    whose: UUID | None = None
    for row in rows.values():
        whose = _whose(type(row), row) or whose
    is_theirs = whose is None or whose in form.actor.ids
    return not is_theirs and bool(form.command.is_of_another(form.actor, form.given))


def _whose(model: Any, row: Any) -> Any:
    if row is None:
        return None
    return row.pk if model._meta.label == "people.Person" else getattr(row, "person", None)
