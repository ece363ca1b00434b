"""Once, however often it comes: what was taken under which key.

A submission's mark and its content are kept as keyed digests only, so the row says nothing without the
installation's keys. The same key with other words is refused, never answered with the first result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models

from alongside.kernel import canonical
from alongside.kernel.command import Command, Recorded
from alongside.kernel.keyring import keyring
from alongside.kernel.policy import Actor
from alongside.kernel.writing import Writing


class Receipt(models.Model):
    """That a submission was taken, so that sending it twice does it once. Kept for a month."""

    submission = models.BinaryField(primary_key=True, max_length=32)  # keyed digest of actor, kind, key
    content = models.BinaryField(max_length=32)  # keyed digest of what was sent
    entry = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["at"], name="receipt_at")]


@dataclass(frozen=True)
class Taken:
    """A submission that was taken before."""

    content: bytes
    entry: UUID
    thing: UUID


def digests(command: Command, by: Actor, key: str) -> tuple[bytes, bytes]:
    """(mark, content) of a submission: scoped to the actor, whoever typed, and the command."""
    ring = keyring()
    who = by.author.bytes + (by.typed_by.bytes if by.typed_by else b"")
    mark = ring.mac(b"submission", who, command.records.encode(), key.encode())
    content = canonical.dumps(command.model_dump(mode="json", exclude_none=True)).encode()
    return mark, ring.mac(b"content", content)


def taken(mark: bytes) -> Taken | None:
    """What was taken under this mark, if anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.content, r.entry, e.thing FROM kernel_receipt r JOIN kernel_entry e ON e.id = r.entry"
            " WHERE r.submission = %s",
            [mark],
        )
        row = cursor.fetchone()
    return Taken(bytes(row[0]), _id(row[1]), _id(row[2])) if row else None


def keep(waiting: Writing, mark: bytes, content: bytes, entry: Recorded) -> None:
    """Remember a submission, in the transaction of its entry."""
    native = connection.features.has_native_uuid_field
    waiting.insert(
        "kernel_receipt",
        "INSERT INTO kernel_receipt (submission, content, entry, at) VALUES (%s, %s, %s, %s)",
        (
            mark,
            content,
            entry.id if native else entry.id.hex,
            connection.ops.adapt_datetimefield_value(entry.at),
        ),
    )


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
