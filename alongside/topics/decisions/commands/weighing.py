"""What whoever answers weighs: of each way what could go wrong, and the good lost without it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models


def ways_to_weigh(actor: Actor, decision: Any) -> list[dict[str, Any]]:
    """The ways of one matter, as this actor may see them, in three questions however many they are."""
    matter = as_id(decision)
    if matter is None:
        return []
    ways = [row for row in models.Option.objects.seen(actor, "number", decision=matter) if not row.taken]
    if not ways:
        return []
    wrong, lost = _said(models.Risk, actor, matter), _said(models.Forgone, actor, matter)
    return [
        {
            "letter": chr(ord("A") + (row.number - 1) % 26),
            "name": row.name,
            "wrong": [words for words in (row.risk, *wrong.get(row.id, ())) if words],
            "lost": [words for words in (row.forgone, *lost.get(row.id, ())) if words],
        }
        for row in ways
    ]


def _said(model: Any, actor: Actor, decision: UUID) -> Mapping[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in model.objects.seen(actor, "said_at", "id", decision=decision):
        if not row.taken:
            found[row.option].append(row.words)
    return found
