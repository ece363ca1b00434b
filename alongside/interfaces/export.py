"""A person's record, to carry away: everything they may see about their life, with every answer to it.

It is made of what the person may see and of nothing else, by the same rule as every page. A row may hold
more than its page says: who brought evidence without a name, who works for a body. So what anybody may
read, and what its giver left their name out of, names no other person here either. Other people's standards
get an exporter each in the wiring page's EXPORTS; this one is our own JSON.
"""

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.api import plain
from alongside.interfaces.who import actor_of
from alongside.interfaces.wired import answers, names_of
from alongside.kernel import clock, reading
from alongside.kernel.command import Actor, NotAllowed
from alongside.kernel.now import Now, now_tables
from alongside.kernel.policy import NOBODY, signed_in

SHAPE = 1
MOST_LINES = 100_000


def record_of(actor: Actor) -> dict[str, Any]:
    """The whole record of the person who asks."""
    assert actor.person is not None
    tables: dict[str, list[dict[str, Any]]] = {}
    seen: set[UUID] = set(actor.records)
    for model in now_tables():
        rows = _shown(model, actor)
        if rows:
            tables[model._meta.label] = rows
            seen |= {UUID(row["id"]) for row in rows}
    looked = reading.who_looked(*actor.records, limit=MOST_LINES)
    lines = [line for line in reading.about(*actor.records, limit=MOST_LINES) if line.recorded.thing in seen]
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


def _shown(model: type[Now], actor: Actor) -> list[dict[str, Any]]:
    """The rows of one table, each as its pages show it to the one who asks."""
    rows = list(_rows(model, actor))
    if not rows:
        return []
    for_all = set(model.objects.seen_by(NOBODY).values_list("pk", flat=True))
    nameless = [row for row in rows if row.pk in for_all or row.leaves_names_out]
    hidden = _people(one for row in nameless for one in _ids(row).values()) - set(actor.ids)
    found = []
    for row in rows:
        values = _row(row)
        if row.pk in for_all or row.leaves_names_out:
            values |= {name: None for name, one in _ids(row).items() if one in hidden}
        found.append(values)
    return found


def _ids(row: Now) -> dict[str, UUID]:
    fields = (field.attname for field in row._meta.concrete_fields if not field.primary_key)
    return {name: one for name in fields if isinstance(one := getattr(row, name), UUID)}


def _people(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these ids are people."""
    ask, wanted = answers("people_among"), set(ids)
    return ask(wanted) if ask and wanted else set()


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
