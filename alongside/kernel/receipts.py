"""Once, however often it comes: what was taken under which key.

A submission's mark and its content are kept as keyed digests only, so the row says nothing without the
installation's keys. The same key with other words is refused, never answered with the first result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models

from alongside.kernel import canonical, clock
from alongside.kernel.command import Command, Recorded
from alongside.kernel.keyring import keyring
from alongside.kernel.policy import Actor
from alongside.kernel.wire import Insert, Question, Rows
from alongside.kernel.writing import Writing

KEPT_FOR = timedelta(days=31)
AT_A_TIME = 5000


class Receipt(models.Model):
    """That a submission was taken, so that sending it twice does it once. Kept for a month."""

    submission = models.BinaryField(primary_key=True, max_length=32)  # keyed digest of actor, kind, key
    content = models.BinaryField(max_length=32)  # keyed digest of what was sent
    entry = models.UUIDField()
    thing = models.UUIDField()
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
    """(mark, content) of a submission: scoped to the actor, whoever typed, and the command.

    All strangers are one actor here: what lets them in sees to it that no two of them have one key.
    """
    ring = keyring()
    who = by.author.bytes + (by.typed_by.bytes if by.typed_by else b"")
    mark = ring.mac(b"submission", who, command.records.encode(), key.encode())
    content = canonical.dumps(command.model_dump(mode="json", exclude_none=True)).encode()
    return mark, ring.mac(b"content", content)


_TAKEN = "SELECT submission, content, entry, thing FROM kernel_receipt WHERE submission IN ({})"
_RECEIPT = Insert("kernel_receipt", ["submission", "content", "entry", "thing", "at"])


def question(marks: Sequence[bytes]) -> Question:
    """What was taken under these marks?"""
    return _TAKEN.format(", ".join(["%s"] * len(marks))), marks


def taken(found: Rows) -> dict[bytes, Taken]:
    """The answer to that question, by mark."""
    return {
        bytes(mark): Taken(bytes(content), _id(entry), _id(thing)) for mark, content, entry, thing in found
    }


def keep(waiting: Writing, mark: bytes, content: bytes, entry: Recorded) -> None:
    """Remember a submission, in the transaction of its entry."""
    wire = waiting.wire
    row = (mark, content, wire.named(entry.id), wire.named(entry.thing), wire.moment(entry.at))
    waiting.insert(_RECEIPT, row)


def _id(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def clear() -> int:
    """Forget what was taken more than a month ago. Returns how many receipts there were."""
    old = Receipt.objects.filter(at__lt=clock.now() - KEPT_FOR).order_by("at")
    count = 0
    while marks := list(old.values_list("submission", flat=True)[:AT_A_TIME]):
        count += Receipt.objects.filter(submission__in=marks).delete()[0]
    return count
