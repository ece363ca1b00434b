"""Words sealed to a person, the keys that open them, and what destroys a key.

A sealed value is one self-contained box, copied byte for byte from the entry to the table:

    key id 16 ‖ entry id 16 ‖ field number 1 ‖ nonce 12 ‖ ciphertext   (the first 33 bytes are bound in)

Each entry has one key for each person and purpose (EntryKey, beside the ledger). It is wrapped by the
person's key for that purpose, and that by the key of the current epoch; those two lie in a store of
their own (keyring.py). AES-256-GCM; RFC 3394 key wrap. When a person's key is gone, what it sealed
stays in the record as bytes that nobody can read, and the chain still verifies.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from alongside.kernel.keyring import keyring
from alongside.kernel.writing import wire

KEY_ID, ENTRY_ID, FIELD_NUMBER, NONCE = 16, 16, 1, 12
NUMBER = 6  # a key's id begins with its entry's number, so that keys lie in the order they were made
BOUND = KEY_ID + ENTRY_ID + FIELD_NUMBER
SHORTEST = BOUND + NONCE + 16
SEALING = 7_357_329_001  # PostgreSQL’s lock that sealing shares and `rewrap` takes alone
TO_SEAL = (f"SELECT pg_advisory_xact_lock_shared({SEALING})", ())


class NotABox(ValueError):
    """These bytes are not a sealed value."""


class EntryKey(models.Model):
    """The key of one entry for one person and purpose, wrapped by that person's key."""

    id = models.BinaryField(primary_key=True, max_length=16)
    entry = models.UUIDField()
    owner = models.UUIDField()  # no index: asked for by erasing alone, and paid for by every entry
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
        if not hasattr(self, "_opened"):
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
    together = [box for box in boxes if isinstance(box, Box)]
    for box in together:
        box._batch = together


def open_together(boxes: Sequence[Box]) -> None:
    wanted = {bytes(box.key_id) for box in boxes if not hasattr(box, "_opened")}
    keys = dict(_entry_keys(wanted))
    for box in boxes:
        if not hasattr(box, "_opened"):
            box._opened = _open(box, keys.get(bytes(box.key_id)))


def _entry_keys(wanted: Iterable[bytes]) -> Iterable[tuple[bytes, bytes | None]]:
    ids = sorted(wanted)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        size = next(size for size in _ASKED_TOGETHER if size >= len(part))
        marks = ", ".join(["%s"] * size)
        sql = f"SELECT id, wrapped_by, wrapped FROM kernel_entrykey WHERE id IN ({marks})"
        found = wire().ask(sql, part + part[-1:] * (size - len(part)))
        rows = [(bytes(key_id), bytes(by), bytes(key)) for key_id, by, key in found]
        opened = keyring().opened([(by, wrapped) for _id, by, wrapped in rows])
        yield from zip((key_id for key_id, _by, _wrapped in rows), opened, strict=True)


_ASKED_TOGETHER = (1, 8, 32, 128, 500)  # few sizes, so that the database has its plan for each


def _open(box: Box, key: bytes | None) -> str | None:
    if key is None:
        return None
    try:
        sealed = bytes(box[BOUND + NONCE :])
        return AESGCM(key).decrypt(box[BOUND : BOUND + NONCE], sealed, bytes(box[:BOUND])).decode()
    except InvalidTag:
        return None


class Sealer:
    """Seals the values of one entry: one key for each owner and purpose, made when first needed.

    New keys of people wait in the keyring: the door calls `keyring().keep()` before its transaction ends.
    """

    def __init__(self, entry: UUID, number: int) -> None:
        self.entry, self.number = entry, number
        self.boxes: list[Box] = []
        self.keys: dict[tuple[UUID, str], tuple[bytes, AESGCM]] = {}
        self.rows: list[tuple[Any, ...]] = []

    def seal(self, words: str, owner: UUID, purpose: str, *, new: bool = False) -> Box:
        """A box of these words. `new` says that their owner was made this moment and has no key yet."""
        known = self.keys.get((owner, purpose))
        key_id, cipher = known if known is not None else self._key(owner, purpose, new)
        number = len(self.boxes)
        if number > 255:
            raise ValueError("An entry holds at most 256 sealed values.")
        bound = key_id + self.entry.bytes + bytes((number,))
        nonce = os.urandom(NONCE)
        box = Box(bound + nonce + cipher.encrypt(nonce, words.encode(), bound))
        box._opened = words
        self.boxes.append(box)
        return box

    def _key(self, owner: UUID, purpose: str, new: bool) -> tuple[bytes, AESGCM]:
        wrapped_by, owner_key = keyring().to_seal(owner, purpose, new=new)
        chance = os.urandom(32 + KEY_ID - NUMBER)
        made, key_id = chance[:32], self.number.to_bytes(NUMBER) + chance[32:]
        self.rows.append((key_id, self.entry, owner, purpose, wrapped_by, aes_key_wrap(owner_key, made)))
        known = self.keys[owner, purpose] = (key_id, AESGCM(made))
        return known


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


def rewrap(owner: UUID, purpose: str, *, without_entry: UUID | None = None) -> int:
    """Give a person a new key for a purpose, re-wrap what it opens but one entry, destroy the old.

    This is how one misfiled note is taken out of every backup in time. Returns how many keys moved.

    Nobody seals meanwhile: a writer that had taken the old key and not yet committed would lose its words
    with it. On SQLite whoever writes is alone; on PostgreSQL sealing shares a lock that this takes alone.
    """
    ring = keyring()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        old = [key_id for key_id, found, _epoch in ring.ids_of(owner) if found == purpose]
        if not old:
            return 0
        new_id, new_key = ring.mint(owner, purpose)
        moved = 0
        for row in EntryKey.objects.filter(owner=owner, purpose=purpose).iterator():
            if row.entry == without_entry:
                row.delete()
            elif bytes(row.wrapped_by) in old:
                opened = aes_key_unwrap(ring.key(bytes(row.wrapped_by)), bytes(row.wrapped))
                row.wrapped_by, row.wrapped = new_id, aes_key_wrap(new_key, opened)
                row.save(update_fields=["wrapped_by", "wrapped"])
                moved += 1
    ring.destroy(old)
    return moved
