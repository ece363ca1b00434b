"""The store of people's keys: apart from the database, so that a copy of one opens nothing.

A SQLite file under the installation's keys folder, with secure_delete on and no write-ahead log, so that
a destroyed key leaves no bytes behind in it. The key of the epoch lies in a file of its own. Keys are
written here before the entry that uses them is; a key that no entry uses does no harm.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import sqlite3
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

_SCHEMA = """
CREATE TABLE IF NOT EXISTS owner_key (
    id BLOB PRIMARY KEY, owner TEXT NOT NULL, purpose TEXT NOT NULL, epoch INTEGER NOT NULL,
    wrapped BLOB NOT NULL, current INTEGER NOT NULL DEFAULT 1);
CREATE INDEX IF NOT EXISTS owner_key_owner ON owner_key (owner, purpose, current);
"""


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
        self._current: dict[tuple[UUID, str], bytes] = {}
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
            self._seen_version = -1
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._seen_version:
            self._by_id.clear()
            self._current.clear()
            self._seen_version = version

    def key(self, key_id: bytes) -> bytes:
        """The key of this id. Raises KeyGone."""
        with self._lock:
            self._fresh()
            known = self._by_id.get(key_id)
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
        """(id, key) that seals for this person and purpose now; made when there is none."""
        with self._lock:
            self._fresh()
            key_id = self._current.get((owner, purpose))
            if key_id is None:
                row = self._db.execute(
                    "SELECT id FROM owner_key WHERE owner = ? AND purpose = ? AND current = 1",
                    (owner.hex, purpose),
                ).fetchone()
                if row is None:
                    return self.mint(owner, purpose)
                key_id = self._current[owner, purpose] = row[0]
            return key_id, self.key(key_id)

    def mint(self, owner: UUID, purpose: str) -> tuple[bytes, bytes]:
        """Make a new key and let it be the one that seals from now on."""
        made, key_id = os.urandom(32), os.urandom(16)
        wrapped = aes_key_wrap(self._epoch_key, made)
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.execute(
                    "UPDATE owner_key SET current = 0 WHERE owner = ? AND purpose = ?", (owner.hex, purpose)
                )
                self._db.execute(
                    "INSERT INTO owner_key VALUES (?, ?, ?, ?, ?, 1)",
                    (key_id, owner.hex, purpose, self.epoch, wrapped),
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._by_id[key_id] = made
            self._current[owner, purpose] = key_id
        return key_id, made

    def mint_many(self, owners: Iterable[tuple[UUID, str]]) -> None:
        """Make the keys of many people in one go, for imports and the made-up place."""
        rows = [
            (os.urandom(16), owner.hex, purpose, self.epoch, aes_key_wrap(self._epoch_key, os.urandom(32)))
            for owner, purpose in owners
        ]
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.executemany("INSERT INTO owner_key VALUES (?, ?, ?, ?, ?, 1)", rows)
            self._db.execute("COMMIT")

    def ids_of(self, owner: UUID) -> list[tuple[bytes, str, int]]:
        """(id, purpose, epoch) of every key of a person, the retired ones too."""
        with self._lock:
            return self._db.execute(
                "SELECT id, purpose, epoch FROM owner_key WHERE owner = ?", (owner.hex,)
            ).fetchall()

    def destroy(self, key_ids: Iterable[bytes]) -> int:
        """Destroy keys. What they sealed can never be read again. Returns how many there were."""
        ids = list(key_ids)
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            count = sum(self._db.execute("DELETE FROM owner_key WHERE id = ?", (i,)).rowcount for i in ids)
            self._db.execute("COMMIT")
            self._db.execute("VACUUM")
            self._by_id.clear()
            self._current.clear()
        return count

    def mac(self, *parts: bytes) -> bytes:
        """A keyed digest of parts, for finding without storing what is found (identifiers, retries)."""
        made = hmac.new(self._mac_key, digestmod=hashlib.sha256)
        for part in parts:
            made.update(len(part).to_bytes(4, "big") + part)
        return made.digest()

    def close(self) -> None:
        self._db.close()


@lru_cache(maxsize=4)
def _keyring_at(folder: Path) -> Keyring:
    return Keyring(folder)


def keyring() -> Keyring:
    """The keyring of this installation."""
    return _keyring_at(Path(settings.KEYS))
