"""Taking one misfiled note out of reach, in every copy in time: its person gets a new key without it.

The keys of entries that followed from the old key are wrapped by the new one and lie beside the ledger from
then on; what is sealed later follows from the new key. Then the old key is destroyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap
from django.db import connection, transaction

from alongside.kernel import ledger
from alongside.kernel.destroyed import destroy
from alongside.kernel.keyring import Keyring, key_of_entry, keyring
from alongside.kernel.ledger import Entry
from alongside.kernel.pseudonyms import Pseudonym
from alongside.kernel.seal import SEALING, EntryKey, person_key_id

GONE = b""  # what a row wraps whose key was taken out
Found = tuple[bytes, bytes, bytes]  # a person's key, an entry, and the entry's key: the id of each


def rewrap(owner: UUID, purpose: str, *, without_entry: UUID | None = None) -> int:
    """Give a person a new key for a purpose, re-wrap what the old opens but one entry, destroy the old.

    Returns how many keys moved. Nobody seals meanwhile: a writer that had taken the old key and not yet
    committed would lose its words with it. On SQLite whoever writes is alone; on PostgreSQL sealing shares a
    lock that this takes alone. The long search of the record comes before that.
    """
    ring = keyring()
    search = _Search(_keys_of(ring, owner, purpose))
    search.go_on()
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])
        old = _keys_of(ring, owner, purpose)
        if not old:
            return 0
        if old != search.keys or not search.saw_all():
            search = _Search(old)
        search.go_on()
        new_id, new_key = ring.mint(owner, purpose)
        moved, there = 0, set()
        for row in EntryKey.objects.filter(owner=owner, purpose=purpose).iterator():
            there.add(bytes(row.id))
            if bytes(row.wrapped) == GONE or bytes(row.wrapped_by) not in old:
                continue
            if row.entry == without_entry:
                row.wrapped = GONE
            else:
                opened = aes_key_unwrap(ring.key(bytes(row.wrapped_by)), bytes(row.wrapped))
                row.wrapped_by, row.wrapped = new_id, aes_key_wrap(new_key, opened)
                moved += 1
            row.save(update_fields=["wrapped_by", "wrapped"])
        made = []
        for by, entry, key_id in [*search.found, *_links(old)]:
            if key_id in there:
                continue
            row = EntryKey(id=key_id, entry=UUID(bytes=entry), owner=owner, purpose=purpose)
            is_out = row.entry == without_entry
            row.wrapped_by = new_id
            row.wrapped = GONE if is_out else aes_key_wrap(new_key, key_of_entry(ring.key(by), entry))
            moved += not is_out
            made.append(row)
        EntryKey.objects.bulk_create(made, batch_size=100)
    destroy(old)
    return moved


def _keys_of(ring: Keyring, owner: UUID, purpose: str) -> list[bytes]:
    return sorted(key_id for key_id, found, _epoch in ring.ids_of(owner) if found == purpose)


class _Search:
    """The keys of entries that follow from these keys of a person: found in the record, by their ids."""

    def __init__(self, keys: list[bytes]) -> None:
        self.keys = keys
        self.found: list[Found] = []
        self.last = self.count = 0

    def go_on(self) -> None:
        """Search what was added since."""
        for number, entry, boxes in ledger.sealed_since(self.last) if self.keys else ():
            self.last, self.count = number, self.count + 1
            self.found.extend(_followed(self.keys, entry, boxes))

    def saw_all(self) -> bool:
        """Whether nothing came in before what was seen last: a number is drawn before its entry commits."""
        return Entry.objects.filter(number__lte=self.last).count() == self.count


def _followed(keys: Iterable[bytes], entry: bytes, boxes: bytes) -> Iterator[Found]:
    for key in keys:
        key_id = person_key_id(key, entry)
        if key_id in boxes:
            yield key, entry, key_id


def _links(keys: list[bytes]) -> Iterator[Found]:
    """Names for one matter only are sealed as entries are, each as an entry of its own."""
    for pk, link in Pseudonym.objects.values_list("id", "link").iterator():
        yield from _followed(keys, pk.bytes, bytes(link))
