"""The ledger: one line for each thing anyone did. Only the door writes here, and only by adding.

An entry's header is canonical JSON text, stored and hashed as it is and never encoded again. It holds
the leaf of the entry before it for the same thing, so that each thing's entries are a chain:

    leaf = SHA-256(0x00 ‖ header ‖ 0x00 ‖ boxes…)

The leaf is the one that a Merkle log over all entries will use. An entry without a box carries a random
salt in its header, so that its leaf gives nothing away.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models

from alongside.kernel import canonical
from alongside.kernel.command import Recorded
from alongside.kernel.seal import Box
from alongside.kernel.writing import Writing

START = ""  # what the first entry of a thing names as the leaf before it


class Entry(models.Model):
    """One accepted command. Never changed, never removed."""

    number = models.BigIntegerField(primary_key=True)
    id = models.UUIDField(unique=True)
    thing = models.UUIDField()
    place = models.IntegerField()  # its place in the thing's own chain, from 1
    kind = models.CharField(max_length=80)
    about = models.UUIDField(null=True)  # the person whose life it is about
    author = models.UUIDField()
    at = models.DateTimeField()
    header = models.TextField()
    boxes = models.BinaryField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["thing", "place"], name="entry_once_in_its_chain")]
        indexes = [
            models.Index(fields=["about", "number"], name="entry_about"),
            models.Index(fields=["author", "number"], name="entry_author"),
        ]


class Head(models.Model):
    """Where a thing's chain ends: the row that every command on the thing locks first."""

    thing = models.UUIDField(primary_key=True)
    length = models.IntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        app_label = "kernel"


class Receipt(models.Model):
    """That a submission was taken, so that sending it twice does it once. Kept for a month."""

    submission = models.BinaryField(primary_key=True, max_length=32)  # keyed digest of actor, kind, key
    content = models.BinaryField(max_length=32)  # keyed digest of what was sent
    entry = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["at"], name="receipt_at")]


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


class Look(models.Model):
    """That somebody looked at a person's record: shown to that person. Added to, never changed."""

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    by = models.UUIDField()
    at = models.DateTimeField()
    page = models.CharField(max_length=80)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["person", "at"], name="look_person")]


class Pseudonym(models.Model):
    """A name for this matter only. The link to the person is sealed; the finder is a keyed digest."""

    id = models.UUIDField(primary_key=True)
    matter = models.UUIDField(db_index=True)
    finder = models.BinaryField(max_length=32, unique=True)
    link = models.BinaryField()

    class Meta:
        app_label = "kernel"


# An entry's text ----------------------------------------------------------------------------------


class Header(msgspec.Struct):
    """The parts of a header that checking and replaying need, read without building the rest."""

    at: str
    boxes: list[int]
    by: str
    fields: msgspec.Raw
    id: str
    kind: str
    on: str
    place: int
    prev: str
    v: int
    about: str = ""
    because: str = ""
    how: str = ""
    office: str = ""
    typed_by: str = ""

    def recorded(self, number: int) -> Recorded:
        return Recorded(
            id=UUID(self.id), number=number, at=_moment(self.at), by=UUID(self.by), kind=self.kind,
            thing=UUID(self.on), place=self.place, about=_maybe(self.about), office=_maybe(self.office),
            typed_by=_maybe(self.typed_by), how=self.how, because=_maybe(self.because),
        )


def _maybe(text: str) -> UUID | None:
    return UUID(text) if text else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


read_header = msgspec.json.Decoder(Header).decode


def header_text(
    entry: Recorded, fields: dict[str, Any], boxes: Sequence[Box], *, previous: bytes | None, version: int
) -> str:
    """The canonical text of an entry: integers and strings only, keys in order."""
    header: dict[str, Any] = {
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "boxes": [len(box) for box in boxes],
        "by": entry.by.hex,
        "fields": fields,
        "id": entry.id.hex,
        "kind": entry.kind,
        "on": entry.thing.hex,
        "place": entry.place,
        "prev": previous.hex() if previous else START,
        "v": version,
    }
    for name in ("about", "because", "office", "typed_by"):
        value: UUID | None = getattr(entry, name)
        if value is not None:
            header[name] = value.hex
    if entry.how:
        header["how"] = entry.how
    if not boxes:
        header["salt"] = secrets.token_hex(16)
    return canonical.dumps(header)


def leaf_of(header: str, boxes: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + header.encode() + b"\x00" + boxes).digest()


def split_boxes(lengths: Sequence[int], joined: bytes) -> list[Box]:
    """The boxes of an entry, cut from the one column that holds them."""
    found, start = [], 0
    for length in lengths:
        found.append(Box(joined[start : start + length]))
        start += length
    if start != len(joined):
        raise ValueError("the boxes are not as long as the header says")
    return found


def entries(after: int = 0, chunk: int = 2000) -> Iterator[tuple[Any, ...]]:
    """(number, id, thing, place, kind, about, author, header, boxes, leaf) of every entry, in order."""
    last = after
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, id, thing, place, kind, about, author, header, boxes, leaf FROM kernel_entry"
                " WHERE number > %s ORDER BY number LIMIT %s",
                [last, chunk],
            )
            rows = cursor.fetchall()
        yield from rows
        if len(rows) < chunk:
            return
        last = rows[-1][0]


# Writing: the door only ---------------------------------------------------------------------------

_ENTRY = (
    "INSERT INTO kernel_entry (number, id, thing, place, kind, about, author, at, header, boxes, leaf)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_KEY = "INSERT INTO kernel_entrykey (id, entry, owner, purpose, wrapped_by, wrapped) VALUES (%s, %s, %s, %s, %s, %s)"
_HEAD = (
    "INSERT INTO kernel_head (thing, length, leaf) VALUES (%s, %s, %s)"
    " ON CONFLICT (thing) DO UPDATE SET length = excluded.length, leaf = excluded.leaf"
)
_RECEIPT = "INSERT INTO kernel_receipt (submission, content, entry, at) VALUES (%s, %s, %s, %s)"
_OUTBOX = (
    "INSERT INTO kernel_outbox (id, entry, kind, payload, state, tries, next_at, made_at, said)"
    " VALUES (%s, %s, %s, %s, 'waiting', 0, %s, %s, '')"
)


def _name(value: UUID | None) -> Any:
    if value is None or connection.features.has_native_uuid_field:
        return value
    return value.hex


def _when(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def add(
    waiting: Writing, entry: Recorded, header: str, boxes: bytes, leaf: bytes, keys: Sequence[tuple[Any, ...]]
) -> None:
    """Write one line, with the keys of its boxes beside it."""
    waiting.insert(
        "kernel_entry", _ENTRY,
        (entry.number, _name(entry.id), _name(entry.thing), entry.place, entry.kind, _name(entry.about),
         _name(entry.by), _when(entry.at), header, boxes, leaf),
    )
    for key_id, of, owner, purpose, wrapped_by, wrapped in keys:
        waiting.insert("kernel_entrykey", _KEY, (key_id, _name(of), _name(owner), purpose, wrapped_by, wrapped))


def set_head(waiting: Writing, thing: UUID, length: int, leaf: bytes) -> None:
    waiting.insert("kernel_head", _HEAD, (_name(thing), length, leaf))


def receipt(submission: bytes) -> tuple[bytes, UUID, UUID] | None:
    """(digest of the content, entry, thing) of a submission that was taken before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.content, r.entry, e.thing FROM kernel_receipt r JOIN kernel_entry e ON e.id = r.entry"
            " WHERE r.submission = %s", [submission],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    entry, thing = (value if isinstance(value, UUID) else UUID(value) for value in row[1:])
    return bytes(row[0]), entry, thing


def keep_receipt(waiting: Writing, submission: bytes, content: bytes, entry: Recorded) -> None:
    waiting.insert("kernel_receipt", _RECEIPT, (submission, content, _name(entry.id), _when(entry.at)))


def send(
    waiting: Writing, entry: Recorded, message: UUID, kind: str, payload: Mapping[str, Any], at: datetime
) -> None:
    """Put something in the outbox, in the same transaction as the entry that made it so."""
    text = canonical.dumps(dict(payload))
    waiting.insert("kernel_outbox", _OUTBOX, (_name(message), _name(entry.id), kind, text, _when(at), _when(entry.at)))
