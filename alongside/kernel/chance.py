"""Where new ids come from. Only the door mints them; a seed makes them the same each time."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, SafeUUID

_VERSION_4 = 0x4000_8000_0000_0000_0000
_FREE = (1 << 128) - 1 ^ 0xF000_C000_0000_0000_0000
_set = object.__setattr__
_seeded: random.Random | None = None


def mint() -> UUID:
    """A new random id."""
    raw = os.urandom(16) if _seeded is None else _seeded.randbytes(16)
    made = object.__new__(UUID)  # what UUID(bytes=raw, version=4) makes, in a third of the time
    _set(made, "int", int.from_bytes(raw) & _FREE | _VERSION_4)
    _set(made, "is_safe", SafeUUID.unknown)
    return made


@contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Until the block ends, ids follow from the seed. For a made-up place and for tests only."""
    global _seeded
    before, _seeded = _seeded, random.Random(seed)
    try:
        yield _seeded
    finally:
        _seeded = before
