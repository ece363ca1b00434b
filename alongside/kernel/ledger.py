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
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import models

from alongside.kernel import canonical
from alongside.kernel.command import Recorded
from alongside.kernel.numbered import EntryNumber
from alongside.kernel.seal import Box
from alongside.kernel.wire import Insert
from alongside.kernel.writing import Writing, wire

START = ""  # what the first entry of a thing names as the leaf before it


class Entry(models.Model):
    """One accepted command. Never changed, never removed."""

    number = EntryNumber(primary_key=True)
    id = models.UUIDField()  # minted at the door. No index: an entry is found by its number, thing or people
    thing = models.UUIDField()
    place = models.IntegerField()  # its place in the thing's own chain, from 1
    kind = models.CharField(max_length=80)
    about = models.UUIDField(null=True)  # the person whose life it is about
    author = models.UUIDField()
    typed_by = models.UUIDField(null=True)  # whoever typed it for its author
    at = models.DateTimeField()
    header = models.TextField()
    boxes = models.BinaryField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        app_label = "kernel"
        constraints = [models.UniqueConstraint(fields=["thing", "place"], name="entry_once_in_its_chain")]
        indexes = [
            models.Index(
                fields=["about", "number"], condition=models.Q(about__isnull=False), name="entry_about"
            ),
            models.Index(  # nobody asks for all that somebody did: only for what was typed for them
                fields=["author", "number"], condition=models.Q(typed_by__isnull=False), name="entry_typed"
            ),
        ]


class Head(models.Model):
    """Where a thing's chain ends: the row that every command on the thing locks first."""

    thing = models.UUIDField(primary_key=True)
    length = models.IntegerField()
    leaf = models.BinaryField(max_length=32)

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


Names = tuple[str, str, str, str | None, str | None]  # its own id, its thing, who did it, about whom, typist


def _names(entry: Recorded) -> Names:
    """The ids of an entry in hexadecimal words, as its header and SQLite have them."""
    about, typist = entry.about, entry.typed_by  # written out: `hex` is a step more, four times a line
    return (
        f"{entry.id.int:032x}",
        f"{entry.thing.int:032x}",
        f"{entry.by.int:032x}",
        None if about is None else f"{about.int:032x}",
        None if typist is None else f"{typist.int:032x}",
    )


def header_text(
    entry: Recorded, names: Names, fields: str, boxes: Sequence[Box], *, previous: bytes | None, version: int
) -> str:
    """The canonical text of an entry: integers and strings only, keys in order.

    It is put together here, not encoded: `fields` is such text already, and the rest are ids, whole numbers
    and plain names.
    """
    own, thing, by, whose, typist = names
    about = f'"about":"{whose}",' if whose is not None else ""
    because = f'"because":"{entry.because.hex}",' if entry.because is not None else ""
    how = f'"how":{canonical.dumps(entry.how)},' if entry.how else ""
    office = f'"office":"{entry.office.hex}",' if entry.office is not None else ""
    salt = "" if boxes else f'"salt":"{secrets.token_hex(16)}",'
    typed_by = f'"typed_by":"{typist}",' if typist is not None else ""
    at = entry.at.replace(tzinfo=None).isoformat(timespec="microseconds")  # the door's is in UTC
    lengths = str(len(boxes[0])) if len(boxes) == 1 else ",".join([str(len(box)) for box in boxes])
    return (
        f'{{{about}"at":"{at}Z",{because}"boxes":[{lengths}],"by":"{by}",'
        f'"fields":{fields},{how}"id":"{own}","kind":"{entry.kind}",{office}'
        f'"on":"{thing}","place":{entry.place},"prev":"{previous.hex() if previous else START}",'
        f'{salt}{typed_by}"v":{version}}}'
    )


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


_IN_ORDER = (
    "SELECT number, {id}, {thing}, place, kind, {about}, {author}, header, boxes, leaf, {typed_by}"
    " FROM kernel_entry"
    " WHERE number > %s ORDER BY number LIMIT %s"
)
_IDS = ("id", "thing", "about", "author", "typed_by")


def entries(after: int = 0, chunk: int = 2000) -> Iterator[tuple[Any, ...]]:
    """(number, id, thing, place, kind, about, author, header, boxes, leaf, typist) of every entry, in order.

    The ids are as they lie there: hexadecimal words on SQLite, sixteen bytes on PostgreSQL.
    """
    here, last = wire(), after
    sql = _IN_ORDER.format(**{name: name if here.is_sqlite else f"uuid_send({name})" for name in _IDS})
    while True:
        rows = here.ask(sql, [last, chunk], binary=True)
        yield from rows
        if len(rows) < chunk:
            return
        last = rows[-1][0]


_SEALED = "SELECT number, {id}, boxes FROM kernel_entry WHERE number > %s ORDER BY number LIMIT %s"


def sealed_since(last: int, chunk: int = 2000) -> Iterator[tuple[int, bytes, bytes]]:
    """(number, id, boxes joined) of every entry after this one, in order."""
    here = wire()
    sql = _SEALED.format(id="id" if here.is_sqlite else "uuid_send(id)")
    while True:
        rows = here.ask(sql, [last, chunk], binary=True)
        for number, entry, boxes in rows:
            yield number, bytes.fromhex(entry) if type(entry) is str else bytes(entry), bytes(boxes)
        if len(rows) < chunk:
            return
        last = rows[-1][0]


# Writing: the door only ---------------------------------------------------------------------------

_ENTRY = Insert(
    "kernel_entry",
    [
        "number",
        "id",
        "thing",
        "place",
        "kind",
        "about",
        "author",
        "typed_by",
        "at",
        "header",
        "boxes",
        "leaf",
    ],
)
_FIRST = Insert("kernel_head", ["thing", "length", "leaf"])
_MOVED = "UPDATE kernel_head SET length = %s, leaf = %s WHERE thing = %s"


def write(
    waiting: Writing,
    entry: Recorded,
    fields: str,
    boxes: Sequence[Box],
    *,
    previous: bytes | None,
    version: int,
) -> bytes:
    """Write one line, and give its leaf."""
    names, joined = _names(entry), boxes[0] if len(boxes) == 1 else b"".join(boxes)
    header = header_text(entry, names, fields, boxes, previous=previous, version=version)
    leaf = leaf_of(header, joined)
    _add(waiting, entry, names, header, joined, leaf)
    return leaf


def add(waiting: Writing, entry: Recorded, header: str, boxes: bytes, leaf: bytes) -> None:
    """Write a line whose text is there already."""
    _add(waiting, entry, _names(entry), header, boxes, leaf)


def _add(waiting: Writing, entry: Recorded, names: Names, header: str, boxes: bytes, leaf: bytes) -> None:
    own, thing, by, about, typist = names
    at = waiting.wire.moment(entry.at)
    row = (entry.number, own, thing, entry.place, entry.kind, about, by, typist, at, header, boxes, leaf)
    waiting.insert(_ENTRY, row)


def set_head(waiting: Writing, thing: UUID, length: int, leaf: bytes, *, first: bool) -> None:
    """Say where a thing's chain ends now. Two that are both first are one too many: the second is refused."""
    if first:
        waiting.insert(_FIRST, (waiting.wire.named(thing), length, leaf))
    else:
        waiting.update("kernel_head", _MOVED, (length, leaf, waiting.wire.named(thing)), is_there=True)
