"""Words sealed to a person, the keys that open them, and what destroys a key.

A sealed value is one self-contained box, copied byte for byte from the entry to the table:

    key id 16 ‖ entry id 16 ‖ field number 1 ‖ nonce 12 ‖ ciphertext   (the first 33 bytes are bound in)

Each entry has one key for each person and purpose. It follows from the person's key for that purpose and
the entry's id (keyring.py), and its own id is that of the person's key, exclusive-or the entry's: so whoever
has both stores finds it, and it lies in neither. The person's key is wrapped by that of the current epoch.
An entry's key that was made otherwise lies in EntryKey, beside the ledger, wrapped by the person's: each of
the first installations, and each that outlived a note that was taken out (rewrap.py). AES-256-GCM; RFC 3394
key wrap. When a person's key is gone, what it sealed stays in the record as bytes that nobody can read, and
the chain still verifies.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.utils.translation import gettext as _

from alongside.kernel.keyring import keyring
from alongside.kernel.writing import wire

KEY_ID, ENTRY_ID, FIELD_NUMBER, NONCE = 16, 16, 1, 12
BOUND = KEY_ID + ENTRY_ID + FIELD_NUMBER
SHORTEST = BOUND + NONCE + 16
SEALING = 7_357_329_001  # PostgreSQL’s lock that sealing shares and `rewrap` takes alone
TO_SEAL = f"pg_advisory_xact_lock_shared({SEALING})"


class NotABox(ValueError):
    """These bytes are not a sealed value."""


class EntryKey(models.Model):
    """The key of one entry for one person and purpose, wrapped by that person's key.

    A row here comes before what would follow from the person's key. One that wraps nothing was taken out.
    """

    id = models.BinaryField(primary_key=True, max_length=16)
    entry = models.UUIDField()
    owner = models.UUIDField()  # no index: asked for by erasing alone
    purpose = models.CharField(max_length=20)
    wrapped_by = models.BinaryField(max_length=16)  # the id of the person's key, in the keyring
    wrapped = models.BinaryField(max_length=40)

    class Meta:
        app_label = "kernel"


class Box(bytes):
    """A sealed value. Printed on a page it opens, or says that the words were removed."""

    _batch: list[Box]
    _opened: str | None

    def __new__(cls, value: bytes) -> Box:
        if len(value) < SHORTEST:
            raise NotABox(f"A sealed value is at least {SHORTEST} bytes long; this has {len(value)}.")
        return super().__new__(cls, value)

    @property
    def key_id(self) -> bytes:
        return self[:KEY_ID]

    @property
    def entry_id(self) -> UUID:
        return UUID(bytes=bytes(self[KEY_ID : KEY_ID + ENTRY_ID]))

    @property
    def words(self) -> str | None:
        """The words, or None when the key is gone."""
        try:
            return self._opened
        except AttributeError:
            open_together(getattr(self, "_batch", None) or [self])
            return self._opened

    def __str__(self) -> str:
        found = self.words
        return _("These words were removed.") if found is None else found

    def __bool__(self) -> bool:
        return True

    def __repr__(self) -> str:  # never the words: a repr ends in logs
        return f"<Box {self.key_id.hex()[:8]} {len(self)} bytes>"

    def __hash__(self) -> int:
        return bytes.__hash__(self)

    def __eq__(self, other: object) -> bool:
        return bytes.__eq__(self, other) if isinstance(other, bytes) else NotImplemented


def words_or_none(box: Any) -> str | None:
    """The words of a sealed value, as programs get them. None where nothing was said."""
    return None if box is None else str(box)


def batch(boxes: Iterable[Any]) -> None:
    """Let boxes that are shown together be opened together: one statement for all their keys."""
    together = [box for box in boxes if type(box) is Box]
    for box in together:
        box._batch = together


def open_together(boxes: Sequence[Box]) -> None:
    """Open these boxes with one question for all their keys. What cannot be opened opens as nothing."""
    unread = [box for box in boxes if not hasattr(box, "_opened")]
    ciphers = _ciphers_of(unread)
    for box in unread:
        box._opened = _open(box, ciphers[box[:KEY_ID]])


def _ciphers_of(boxes: Iterable[Box]) -> dict[bytes, AESGCM | None]:
    """What opens each box, by the id of its key: which a row wraps, or which follows from a person's."""
    entries = {box[:KEY_ID]: box[KEY_ID : KEY_ID + ENTRY_ID] for box in boxes}
    rows = {bytes(row[0]): (bytes(row[1]), bytes(row[2])) for row in _rows_of(entries)}
    asked = [rows.get(one) or (person_key_id(one, entry), entry) for one, entry in entries.items()]
    return dict(zip(entries, keyring().ciphers(asked), strict=True))


def person_key_id(key_id: bytes, entry: bytes) -> bytes:
    """The id of the person's key from which the key of an entry follows. And the other way about."""
    return (int.from_bytes(key_id) ^ int.from_bytes(entry)).to_bytes(KEY_ID)


def _rows_of(wanted: Iterable[bytes]) -> Iterable[tuple[Any, ...]]:
    """(id, wrapped_by, wrapped, owner, purpose) of those of these keys that lie beside the ledger."""
    ids = sorted(wanted)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        size = next(size for size in _ASKED_TOGETHER if size >= len(part))
        marks = ", ".join(["%s"] * size)
        sql = f"SELECT id, wrapped_by, wrapped, owner, purpose FROM kernel_entrykey WHERE id IN ({marks})"
        yield from wire().ask(sql, part + part[-1:] * (size - len(part)))


def owners_of(boxes: Iterable[Box]) -> list[tuple[UUID, str]]:
    """(owner, purpose) of the keys of these boxes, each once and in order; without what is gone already."""
    entries = {box[:KEY_ID]: box[KEY_ID : KEY_ID + ENTRY_ID] for box in boxes}
    found, ring = set(), keyring()
    for key_id, _by, wrapped, owner, purpose in _rows_of(entries):
        del entries[bytes(key_id)]
        if wrapped:
            found.add((owner if isinstance(owner, UUID) else UUID(owner), str(purpose)))
    for key_id, entry in entries.items():
        whose = ring.whose(person_key_id(key_id, entry))
        if whose is not None:
            found.add(whose)
    return sorted(found)


_NUMBERS = [bytes((number,)) for number in range(256)]  # of the fields of an entry
_ASKED_TOGETHER = (1, 8, 32, 128, 500)  # few sizes, so that the database has its plan for each


def _open(box: Box, cipher: AESGCM | None) -> str | None:
    if cipher is None:
        return None
    try:
        return cipher.decrypt(box[BOUND : BOUND + NONCE], box[BOUND + NONCE :], box[:BOUND]).decode()
    except InvalidTag:
        return None


class Sealer:
    """Seals the values of one entry: one key for each owner and purpose, made when first needed.

    New keys of people wait in the keyring: the door calls `keyring().keep()` before its transaction ends.
    """

    __slots__ = ("_entry", "_keyring", "_number", "boxes", "keys")

    def __init__(self, entry: UUID) -> None:
        self._number = entry.int
        self._entry = self._number.to_bytes(ENTRY_ID)
        self._keyring = keyring()
        self.boxes: list[Box] = []
        self.keys: dict[tuple[int, str], tuple[bytes, AESGCM]] = {}

    def seal(self, words: str, owner: UUID, purpose: str, new: bool = False) -> Box:
        """A box of these words. `new` says that their owner was made this moment and has no key yet."""
        boxes, whose = self.boxes, (owner.int, purpose)
        known = self.keys.get(whose)
        if known is None:
            person_key, key = self._keyring.for_entry(owner, purpose, self._entry, new)
            key_id = int.from_bytes(person_key) ^ self._number  # as `person_key_id` has it
            known = self.keys[whose] = (key_id.to_bytes(KEY_ID) + self._entry, AESGCM(key))
        number = len(boxes)
        if number > 255:
            raise ValueError("An entry holds at most 256 sealed values.")
        bound = known[0] + _NUMBERS[number]
        nonce = os.urandom(NONCE)
        box = bytes.__new__(
            Box, bound + nonce + known[1].encrypt(nonce, words.encode(), bound)
        )  # long enough
        box._opened = words
        boxes.append(box)
        return box


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # not generic at run time
    """A column that holds a box, the same bytes as in the ledger, or nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("null", True)
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Box | None:
        return None if value is None else Box(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is sealed: it cannot be searched, ordered or compared.")
        return super().get_lookup(lookup_name)
