"""The ledger: one line for each thing anyone did. Only the door writes here, and only by adding.

An entry's header is canonical JSON text, stored and hashed as it is and never encoded again. It holds
the leaf of the entry before it for the same thing, so that each thing's entries are a chain:

    leaf = SHA-256(0x00 ‖ header ‖ 0x00 ‖ boxes…)

Beside it stands that entry's number, and the head has the number of the last: so a thing's entries are found
from the last to the first, and need no index of their own.

The leaf is the one that a Merkle log over all entries will use. An entry without a box carries a random
salt in its header, so that its leaf gives nothing away. A line keeps the first bytes of its own leaf, its
stamp: they add nothing to what the chain proves, and say which of two lines was changed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db import models

from alongside.kernel.command import Recorded
from alongside.kernel.numbered import EntryNumber
from alongside.kernel.seal import Box
from alongside.kernel.submission import End
from alongside.kernel.wire import Insert
from alongside.kernel.writing import Writing, wire

STAMP = 8  # bytes of its leaf that a line keeps
START = ""  # what the first entry of a thing names as the leaf before it


class Entry(models.Model):
    """One accepted command. Never changed, never removed.

    What its header says has a column only where lines are found by it: an entry is found by its number, by
    people, and by its thing (`chain`).
    """

    number = EntryNumber(primary_key=True)
    before = models.BigIntegerField(null=True)  # the number of the entry before it of the same thing
    about = models.UUIDField(null=True)  # the person whose life it is about
    typed_for = models.UUIDField(null=True)  # its author, where somebody else typed it for them
    header = models.TextField()
    boxes = models.BinaryField()
    stamp = models.BinaryField(max_length=STAMP)

    class Meta:
        app_label = "kernel"
        indexes = [  # and on PostgreSQL, with its many writers, one that lets nobody be next twice (0005)
            models.Index(
                fields=["about", "number"], condition=models.Q(about__isnull=False), name="entry_about"
            ),
            models.Index(
                fields=["typed_for", "number"],
                condition=models.Q(typed_for__isnull=False),
                name="entry_typed",
            ),
        ]


class Head(models.Model):
    """Where a thing's chain ends: the row that every command on the thing locks first."""

    thing = models.UUIDField(primary_key=True)
    length = models.IntegerField()
    leaf = models.BinaryField(max_length=32)
    last = models.BigIntegerField()  # the number of its last entry

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
            id=UUID(self.id),
            number=number,
            at=_moment(self.at),
            by=UUID(self.by),
            kind=self.kind,
            thing=UUID(self.on),
            place=self.place,
            about=_maybe(self.about),
            office=_maybe(self.office),
            typed_by=_maybe(self.typed_by),
            how=self.how,
            because=_maybe(self.because),
        )


def _maybe(text: str) -> UUID | None:
    return UUID(text) if text else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


read_header = msgspec.json.Decoder(Header).decode


class _Text(msgspec.Struct, omit_defaults=True):
    """The parts of a header as they are written, in the order of their names. What is None is left out."""

    about: UUID | None = None
    at: datetime | None = None  # in UTC, as the door has it
    because: UUID | None = None
    boxes: list[int] | None = None  # how long each is
    by: UUID | None = None
    fields: msgspec.Raw | None = None
    how: str | None = None
    id: UUID | None = None
    kind: str | None = None
    office: UUID | None = None
    on: UUID | None = None
    place: int | None = None
    prev: str | None = None
    salt: str | None = None
    typed_by: UUID | None = None
    v: int | None = None


_write_text = msgspec.json.Encoder(uuid_format="hex").encode


def leaf_of(header: bytes, boxes: bytes | bytearray) -> bytes:
    """The leaf of a line, 32 bytes: SHA-256 of nought, header, nought, boxes. RFC 9162 begins one so too."""
    return sha256(b"".join((b"\0", header, b"\0", boxes))).digest()


def split_boxes(lengths: Sequence[int], joined: bytes) -> list[Box]:
    """The boxes of an entry, cut from the one column that holds them."""
    found, start = [], 0
    for length in lengths:
        found.append(Box(joined[start : start + length]))
        start += length
    if start != len(joined):
        raise ValueError("the boxes are not as long as the header says")
    return found


class Row(NamedTuple):
    """A line as it lies there. The ids are hexadecimal words on SQLite, and sixteen bytes on PostgreSQL."""

    number: int
    before: int | None
    about: str | bytes | None
    typed_for: str | bytes | None
    header: str
    boxes: bytes
    stamp: bytes


_IN_ORDER = (
    "SELECT number, before, {about}, {typed_for}, header, boxes, stamp FROM kernel_entry"
    " WHERE number > %s ORDER BY number LIMIT %s"
)


def entries(after: int = 0, chunk: int = 2000) -> Iterator[Row]:
    """Every entry, in order."""
    here, last = wire(), after
    ids = {name: name if here.is_sqlite else f"uuid_send({name})" for name in ("about", "typed_for")}
    sql = _IN_ORDER.format(**ids)
    while True:
        rows = here.ask(sql, [last, chunk], binary=True)
        yield from map(Row._make, rows)
        if len(rows) < chunk:
            return
        last = rows[-1][0]


def what_no_door_writes() -> str:
    """On SQLite a column holds whatever somebody put there. Says which holds what we never write, if any."""
    here = wire()
    if not here.is_sqlite:
        return ""
    with here.connection.wrap_database_errors:
        for number, kinds, *texts in here.connection.connection.execute(_KINDS):
            if kinds != "text blob blob" or not all(map(_is_text, texts)):
                return f"Entry {number} was changed: it holds what the door never writes."
        for thing, kind in here.connection.connection.execute(_KINDS_OF_HEADS):
            if kind != "integer blob integer":
                return f"The end of the chain of {thing} was changed: it holds what the door never writes."
    return ""


_KINDS = (
    "SELECT number, typeof(header) || ' ' || typeof(boxes) || ' ' || typeof(stamp), CAST(header AS BLOB),"
    " CAST(about AS BLOB), CAST(typed_for AS BLOB) FROM kernel_entry ORDER BY number"
)
_KINDS_OF_HEADS = (
    "SELECT thing, typeof(length) || ' ' || typeof(leaf) || ' ' || typeof(last) FROM kernel_head"
)


def _is_text(value: bytes | None) -> bool:
    try:
        return value is None or value.decode() is not None
    except UnicodeDecodeError:
        return False


_CHAIN = """
WITH RECURSIVE chain (number, before, header, boxes) AS (
    SELECT number, before, header, boxes FROM kernel_entry
    WHERE number = (SELECT last FROM kernel_head WHERE thing = %s)
    UNION ALL
    SELECT entry.number, entry.before, entry.header, entry.boxes
    FROM chain JOIN kernel_entry entry ON entry.number = chain.before
) SELECT number, header, boxes FROM chain ORDER BY number
"""


def chain(thing: UUID) -> list[tuple[int, str, bytes]]:
    """(number, header, boxes joined) of every entry of one thing, oldest first."""
    here = wire()
    return here.ask(_CHAIN, [here.named(thing)], binary=True)


_SEALED = "SELECT number, header, boxes FROM kernel_entry WHERE number > %s ORDER BY number LIMIT %s"


def sealed_since(last: int, chunk: int = 2000) -> Iterator[tuple[int, bytes, bytes]]:
    """(number, id, boxes joined) of every entry after this one, in order."""
    here = wire()
    while True:
        rows = here.ask(_SEALED, [last, chunk], binary=True)
        for number, header, boxes in rows:
            yield number, bytes.fromhex(_read_id(header).id), bytes(boxes)
        if len(rows) < chunk:
            return
        last = rows[-1][0]


class _Id(msgspec.Struct):
    id: str


_read_id = msgspec.json.Decoder(_Id).decode


# Writing: the door only ---------------------------------------------------------------------------

_LINE = Insert("kernel_entry", list(Row._fields))
_OF_NOBODY = Insert("kernel_entry", ["number", "before", "header", "boxes", "stamp"])  # by their own hand
_FIRST = Insert("kernel_head", ["thing", "length", "leaf", "last"])
_MOVED = "UPDATE kernel_head SET length = %s, leaf = %s, last = %s WHERE thing = %s"


def write(
    waiting: Writing, entry: Recorded, answers: msgspec.Raw, boxes: Sequence[Box], *, after: End, version: int
) -> End:
    """Write one line after where its thing's chain ended, and give where it ends now.

    Its header is canonical: integers and strings only, keys in order. `answers` are what was answered, and
    such a text already.
    """
    previous = after[1]
    header = _write_text(
        _Text(
            entry.about,
            entry.at,
            entry.because,
            list(map(len, boxes)),
            entry.by,
            answers,
            entry.how or None,
            entry.id,
            entry.kind,
            entry.office,
            entry.thing,
            entry.place,
            previous.hex() if previous else START,
            None if boxes else secrets.token_hex(16),
            entry.typed_by,
            version,
        )
    )
    return _add(waiting, entry, header, boxes[0] if len(boxes) == 1 else b"".join(boxes), after[2])


def add(waiting: Writing, entry: Recorded, header: str, boxes: bytes, *, after: End) -> End:
    """Write a line whose text is there already."""
    return _add(waiting, entry, header.encode(), boxes, after[2])


def _add(waiting: Writing, entry: Recorded, header: bytes, boxes: bytes, before: int | None) -> End:
    leaf = leaf_of(header, boxes)
    # Bytearrays, as SQLite's driver takes them: for bytes it looks for an adapter.
    held = header.decode(), bytearray(boxes), bytearray(leaf[:STAMP])
    if entry.about is None and entry.typed_by is None:
        waiting.insert(_OF_NOBODY, (entry.number, before, *held))
    else:
        about = None if entry.about is None else entry.about.hex
        typed_for = None if entry.typed_by is None else entry.by.hex
        waiting.insert(_LINE, (entry.number, before, about, typed_for, *held))
    return entry.place, leaf, entry.number


def set_head(waiting: Writing, thing: UUID, end: End, *, first: bool) -> None:
    """Say where a thing's chain ends now. Two that are both first are one too many: the second is refused."""
    if first:
        waiting.insert(_FIRST, (waiting.wire.named(thing), *end))
    else:
        waiting.update("kernel_head", _MOVED, (*end, waiting.wire.named(thing)), is_there=True)
