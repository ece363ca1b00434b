"""Whose turn it is: whoever has had the fewest, and of those with as few, whom a digest names.

The digest is of an entry that is written already, and of each person: nobody who asks can know beforehand
whom it names, and everyone can work it out again afterwards. Pure functions, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID


def in_turn(people: Iterable[UUID], *, had: Mapping[UUID, int], entry: UUID) -> list[UUID]:
    """Everyone, the next one first. `had` says how many each has to do, or was asked for lately."""

    def place(who: UUID) -> tuple[int, bytes]:
        return had.get(who, 0), sha256(entry.bytes + who.bytes).digest()

    return sorted(set(people), key=place)
