"""A person's record, to carry away: everything they may see about their life, with every answer to it.

It is made of what the person may see and of nothing else, by the same rule as every page. Other people's
standards get an exporter each in the wiring page's EXPORTS; this one is our own JSON.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.api import plain
from alongside.interfaces.who import actor_of
from alongside.interfaces.wired import names_of
from alongside.kernel import clock, reading
from alongside.kernel.command import Actor, NotAllowed
from alongside.kernel.now import Now, now_tables
from alongside.kernel.policy import signed_in

SHAPE = 1
MOST_LINES = 100_000


def record_of(actor: Actor) -> dict[str, Any]:
    """The whole record of the person who asks."""
    assert actor.person is not None
    tables: dict[str, list[dict[str, Any]]] = {}
    seen: set[UUID] = {actor.person}
    for model in now_tables():
        rows = [_row(row) for row in _rows(model, actor)]
        if rows:
            tables[model._meta.label] = rows
            seen |= {UUID(row["id"]) for row in rows}
    looked = reading.who_looked(actor.person)
    lines = [line for line in reading.about(actor.person, limit=MOST_LINES) if line.recorded.thing in seen]
    names = names_of({line.recorded.by for line in lines} | {look.by for look in looked})
    return {
        "shape": SHAPE,
        "person": str(actor.person),
        "made_at": clock.now().isoformat(),
        "tables": tables,
        "history": [_line(line, names) for line in reversed(lines)],
        "who_looked": [
            {"at": look.at.isoformat(), "by": names[look.by], "page": look.page} for look in looked
        ],
    }


def _rows(model: type[Now], actor: Actor) -> Iterable[Now]:
    return model.objects.seen_by(actor).order_by("made_by", "pk")


def _row(row: Now) -> dict[str, Any]:
    """A row with its words opened. What was removed stays as nothing."""
    fields = [field for field in row._meta.concrete_fields if field.attname != "made_by"]
    return {field.attname: plain(getattr(row, field.attname)) for field in fields}


def _line(line: reading.Line, names: dict[UUID, str]) -> dict[str, Any]:
    recorded = line.recorded
    return {
        "at": recorded.at.isoformat(),
        "by": names[recorded.by],
        "typed_for_them": recorded.typed_by is not None,
        "what": recorded.kind,
        "thing": str(recorded.thing),
        "entry": str(recorded.id),
    }


def as_json(actor: Actor) -> bytes:
    """The record as a file."""
    return json.dumps(record_of(actor), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


@require_safe
def my_record_page(request: HttpRequest) -> HttpResponseBase:
    """Your own record, as a file to keep."""
    actor = actor_of(request)
    if not signed_in.resolve(actor, clock.now()):
        raise NotAllowed(signed_in.sentence)
    answer = HttpResponse(as_json(actor), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="my-record.json"'
    return answer
