"""What is to leave the house: email, text, letter, the destruction of a key.

Each row is written in the transaction of the entry that made it so, and sent later by `alongside work`, so
nothing is promised that was not recorded and nothing recorded is forgotten. A row holds no words about
anybody: whom it is for, and a neutral code for what it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from alongside.kernel import canonical
from alongside.kernel.command import Recorded
from alongside.kernel.wire import Insert
from alongside.kernel.writing import Writing


class Outbox(models.Model):
    """What is to leave the house, written in the transaction that made it so, sent later."""

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    payload = models.JSONField()
    state = models.CharField(max_length=12, default="waiting")  # waiting | sent | failed | held
    tries = models.IntegerField(default=0)
    next_at = models.DateTimeField()
    made_at = models.DateTimeField()
    said = models.TextField(default="")

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["state", "next_at"], name="outbox_due")]


_OUTBOX = Insert(
    "kernel_outbox", ["id", "entry", "kind", "payload", "state", "tries", "next_at", "made_at", "said"]
)


def send(
    waiting: Writing, entry: Recorded, message: UUID, kind: str, payload: Mapping[str, Any], at: datetime
) -> None:
    """Put something in the outbox, in the same transaction as the entry that made it so."""
    text, wire = canonical.dumps(dict(payload)), waiting.wire
    due, made = wire.moment(at), wire.moment(entry.at)
    waiting.insert(
        _OUTBOX, (wire.named(message), wire.named(entry.id), kind, text, "waiting", 0, due, made, "")
    )
