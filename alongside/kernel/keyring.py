"""The store of people's keys: apart from the database, so that a copy of one opens nothing.

A SQLite file under the installation's keys folder, with secure_delete on and no write-ahead log, so that
a destroyed key leaves no bytes behind in it. The key of the epoch lies in a file of its own. Keys are
written here before the entry that uses them is; a key that no entry uses does no harm.
"""

from __future__ import annotations

import hmac
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

if TYPE_CHECKING:
    from hashlib import _Hash

_SCHEMA = """
CREATE TABLE IF NOT EXISTS owner_key (
    id BLOB PRIMARY KEY, owner TEXT NOT NULL, purpose TEXT NOT NULL, epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL, current INTEGER NOT NULL DEFAULT 1);
CREATE INDEX IF NOT EXISTS owner_key_owner ON owner_key (owner, purpose, current);
"""

ENTRY_ID = 16  # bytes: shorter than anything that is wrapped
REMEMBERED = 50_000  # keys held in memory at most, or a little more
CIPHERS_REMEMBERED = 4_000  # of 2.5 kB each
KeysOfEntries = tuple["_Hash", "_Hash"]  # digests begun: of the inner round, and of the outer
Sealing = tuple[bytes, KeysOfEntries]  # the id of a person's key, and what follows from it


class KeyGone(Exception):
    """This key was destroyed, and with it the words it opened."""


class KeyringDamaged(Exception):
    """The key of this epoch does not open the keyring."""


class Keyring:
    """People's keys, one for each person and purpose. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.path = folder / "keyring.sqlite3"
        self._lock = threading.RLock()
        self._by_id: dict[bytes, bytes] = {}
        self._ciphers: dict[tuple[bytes, bytes], AESGCM] = {}  # of entries, by what gives their keys
        self._current: dict[tuple[int, str], Sealing] = {}  # what seals now, by owner and purpose
        self._waiting: dict[tuple[UUID, str], tuple[bytes, bytes]] = {}  # made, and not yet written
        self._seen_version = -1
        self._pid = os.getpid()
        self._connect()
        self.epoch = 1
        self._epoch_key = self._secret("epoch-1.key")
        self._mac_key = self._secret("mac.key")

    def _connect(self) -> None:
        self._db = sqlite3.connect(self.path, check_same_thread=False, timeout=20, isolation_level=None)
        self._db.execute("PRAGMA secure_delete=ON")
        self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)
        os.chmod(self.path, 0o600)

    def _secret(self, name: str) -> bytes:
        path = self.folder / name
        if not path.exists():
            temporary = self.folder / f".{name}.{os.getpid()}.{threading.get_ident()}"
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(os.urandom(32))
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(temporary, path)  # fails when another process was first: theirs is the secret
            except FileExistsError:
                pass
            temporary.unlink()
        secret = path.read_bytes()
        if len(secret) != 32:
            raise KeyringDamaged(
                f"{path} should hold 32 bytes and holds {len(secret)}. Restore it from a copy."
            )
        return secret

    def _fresh(self) -> None:
        """Forget what is remembered when another process changed the store, or after a fork."""
        if os.getpid() != self._pid:
            self._pid = os.getpid()
            self._connect()
            self._waiting.clear()  # the parent's, who writes them
            self._seen_version = -1
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._seen_version:
            self._forget()
            self._seen_version = version

    def _forget(self) -> None:
        self._by_id.clear()
        self._current.clear()
        self._ciphers.clear()

    def key(self, key_id: bytes) -> bytes:
        """The key of this id. Raises KeyGone."""
        with self._lock:
            self._fresh()
            return self._key(key_id)

    def ciphers(self, wrapped: Iterable[tuple[bytes, bytes]]) -> list[AESGCM | None]:
        """What opens entries, each given as (id of the person's key, what that key wraps, or the entry's id
        from which the entry's key follows). None for one gone.

        They are remembered as people's keys are, and forgotten with them: to begin AES takes five times as
        long as to open a page of words with it.
        """
        with self._lock:
            self._fresh()
            if len(self._ciphers) > CIPHERS_REMEMBERED:
                self._ciphers.clear()
            known = self._ciphers
            return [known.get(one) or self._cipher(one) for one in wrapped]

    def _cipher(self, one: tuple[bytes, bytes]) -> AESGCM | None:
        try:
            key, rest = self._key(one[0]), one[1]
            found = key_of_entry(key, rest) if len(rest) == ENTRY_ID else aes_key_unwrap(key, rest)
        except (KeyGone, InvalidUnwrap):
            return None
        made = self._ciphers[one] = AESGCM(found)
        return made

    def _key(self, key_id: bytes) -> bytes:
        known = self._by_id.get(key_id)
        if known is None:
            known = next((key for made, key in self._waiting.values() if made == key_id), None)
        if known is None:
            row = self._db.execute("SELECT wrapped FROM owner_key WHERE id = ?", (key_id,)).fetchone()
            if row is None:
                raise KeyGone(key_id.hex())
            known = self._by_id[key_id] = self._unwrap(row[0])
        return known

    def _unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self._epoch_key, wrapped)
        except InvalidUnwrap as error:
            raise KeyringDamaged(
                f"{self.folder / 'epoch-1.key'} does not open {self.path.name}: they do not belong together."
            ) from error

    def current(self, owner: UUID, purpose: str) -> tuple[bytes, bytes]:
        """(id, key) that seals for this person and purpose now; made and written when there is none."""
        self.look_again()
        key_id, _keys = self.to_seal(owner, purpose)
        self.keep()
        return key_id, self.key(key_id)

    def look_again(self) -> None:
        """Forget what another process changed. Once for each transaction, before anything is sealed."""
        with self._lock:
            self._fresh()

    def to_seal(self, owner: UUID, purpose: str, *, new: bool = False) -> Sealing:
        """What seals, but a key that is made here waits for `keep`, so that many are written at once.

        `new` says that the owner was made this moment, so that no key of theirs need be looked for.
        """
        found = self._current.get((owner.int, purpose))
        if found is not None:
            return found
        with self._lock:
            found = self._current.get((owner.int, purpose))
            if found is None:
                made = self._waiting.get((owner, purpose))
                key_id = None if new or made is not None else self._stored(owner, purpose)
                if key_id is None:
                    made = self._waiting[owner, purpose] = made or (os.urandom(16), os.urandom(32))
                    return made[0], keys_of_entries(made[1])
                found = self._current[owner.int, purpose] = (key_id, keys_of_entries(self._key(key_id)))
            return found

    def for_entry(self, owner: UUID, purpose: str, entry: bytes, new: bool = False) -> tuple[bytes, bytes]:
        """(id of the person's key that seals now, key of this entry that follows from it)."""
        key_id, keys = self.to_seal(owner, purpose, new=new)
        return key_id, _of_entry(keys, entry)

    def _stored(self, owner: UUID, purpose: str) -> bytes | None:
        row = self._db.execute(
            "SELECT id FROM owner_key WHERE owner = ? AND purpose = ? AND current = 1", (owner.hex, purpose)
        ).fetchone()
        return row[0] if row else None

    def keep(self) -> None:
        """Write the keys that wait, all at once: before the transaction that needs them commits."""
        with self._lock:
            if not self._waiting:
                return
            waiting = list(self._waiting.items())
            self._write([(owner, purpose, *made) for (owner, purpose), made in waiting])
            self._waiting.clear()
            if len(self._by_id) > REMEMBERED:
                self._forget()
            for (owner, purpose), (key_id, key) in waiting:
                self._current[owner.int, purpose] = (key_id, keys_of_entries(key))
                self._by_id[key_id] = key

    def mint(self, owner: UUID, purpose: str) -> tuple[bytes, bytes]:
        """Make a new key and let it be the one that seals from now on."""
        made = os.urandom(16), os.urandom(32)
        with self._lock:
            self._write([(owner, purpose, *made)])
            self._current[owner.int, purpose] = (made[0], keys_of_entries(made[1]))
            self._by_id[made[0]] = made[1]
            self._waiting.pop((owner, purpose), None)
        return made

    def _write(self, made: list[tuple[UUID, str, bytes, bytes]]) -> None:
        """Write keys, each of them from now on the one that seals for its owner and purpose."""
        rows = [
            (key_id, owner.hex, purpose, self.epoch, aes_key_wrap(self._epoch_key, key))
            for owner, purpose, key_id, key in made
        ]
        with self._whole():
            self._db.executemany(
                "UPDATE owner_key SET current = 0 WHERE owner = ? AND purpose = ?",
                [(owner.hex, purpose) for owner, purpose, _id, _key in made],
            )
            self._db.executemany("INSERT INTO owner_key VALUES (?, ?, ?, ?, ?, 1)", rows)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of it is written, or nothing: where the disk is full, SQLite has taken it back by itself."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def ids_of(self, owner: UUID) -> list[tuple[bytes, str, int]]:
        """(id, purpose, epoch) of every key of a person, the retired ones too."""
        with self._lock:
            return self._db.execute(
                "SELECT id, purpose, epoch FROM owner_key WHERE owner = ?", (owner.hex,)
            ).fetchall()

    def ids(self) -> frozenset[bytes]:
        """The number of every key in the store."""
        with self._lock:
            return frozenset(row[0] for row in self._db.execute("SELECT id FROM owner_key"))

    def whose(self, key_id: bytes) -> tuple[UUID, str] | None:
        """(owner, purpose) of a key. None for one gone."""
        with self._lock:
            row = self._db.execute("SELECT owner, purpose FROM owner_key WHERE id = ?", (key_id,)).fetchone()
        return (UUID(row[0]), row[1]) if row else None

    def count(self) -> tuple[int, int]:
        """(owners, keys) in the store."""
        with self._lock:
            row = self._db.execute("SELECT COUNT(DISTINCT owner), COUNT(*) FROM owner_key").fetchone()
        return int(row[0]), int(row[1])

    def destroy(self, key_ids: Iterable[bytes]) -> int:
        """Destroy keys. What they sealed can never be read again. Returns how many there were."""
        ids = list(key_ids)
        with self._lock:
            with self._whole():
                found = [self._db.execute("DELETE FROM owner_key WHERE id = ?", (i,)) for i in ids]
                count = sum(each.rowcount for each in found)
            self._db.execute("VACUUM")
            self._forget()
        return count

    def mac(self, *parts: bytes) -> bytes:
        """A keyed digest of parts, for finding without storing what is found (identifiers, retries)."""
        told = b"".join([len(part).to_bytes(4, "big") + part for part in parts])
        return hmac.digest(self._mac_key, told, "sha256")

    def close(self) -> None:
        self._db.close()


def keys_of_entries(key: bytes) -> KeysOfEntries:
    """What the keys of entries follow from: NIST SP 800-108r1, 4.1, one round of HMAC-SHA256.

    Whoever has one entry's key learns nothing of another's, and with the person's key all of them are gone.
    HMAC is written out here (RFC 2104), and what is the same for each entry is digested once:
    `hmac.digest` takes eight times as long after each wait for the disk.
    """
    inner = sha256(key.translate(_INNER) + _INNER_REST + _LABEL)
    return inner, sha256(key.translate(_OUTER) + _OUTER_REST)


def key_of_entry(key: bytes, entry: bytes) -> bytes:
    """The key of one entry that follows from a person's key."""
    return _of_entry(keys_of_entries(key), entry)


def _of_entry(keys: KeysOfEntries, entry: bytes) -> bytes:
    inner, outer = keys[0].copy(), keys[1].copy()
    inner.update(entry + b"\0\0\1\0")
    outer.update(inner.digest())
    return outer.digest()


_INNER, _OUTER = (bytes(one ^ pad for one in range(256)) for pad in (0x36, 0x5C))
_INNER_REST, _OUTER_REST = b"\x36" * 32, b"\x5c" * 32  # a key is half a block of SHA-256
_LABEL = b"\0\0\0\1alongside entry\0"


@cache
def keyring() -> Keyring:
    """The keyring of this installation. It has one all its life."""
    return Keyring(settings.KEYS)
