"""Whose turn it is: of those who have had the fewest, at least three, whom a digest names.

The digest is of an entry that is written already, and of each person: nobody who asks can know beforehand
whom it names, and everyone can work it out again afterwards. At least three are in each draw: were it always
whoever has had the fewest, whoever asks would wait, or ask of small things first, until it is a friend. Pure
functions, no database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID

LEAST_IN_A_DRAW = 3


def in_turn(people: Iterable[UUID], *, had: Mapping[UUID, int], entry: UUID) -> list[UUID]:
    """Everyone, the next one first. `had` says how many each has to do, or was asked for lately."""
    everyone = set(people)
    loads = sorted(had.get(who, 0) for who in everyone)
    most = max(loads[:LEAST_IN_A_DRAW], default=0)

    def place(who: UUID) -> tuple[int, bytes]:
        return max(had.get(who, 0), most), sha256(entry.bytes + who.bytes).digest()

    return sorted(everyone, key=place)
