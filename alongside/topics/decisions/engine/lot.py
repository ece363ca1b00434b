"""Who is drawn by lot, so that anyone can check it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from uuid import UUID

METHOD = "sha256-order-1"


def drawn(seed: str, of: int, size: int, without: Collection[int] = ()) -> tuple[int, ...]:
    """The numbers drawn from 1 to `of`: `size` of them, or all when there are fewer.

    Each number is written after the seed and a colon, hashed with SHA-256, and the numbers whose hashes come
    first are drawn. Anyone can do it again with the seed; every number has the same chance; and drawing more
    later keeps those drawn before. The numbers in `without` are passed over: the next in the order take their
    places, and all others keep theirs. After RFC 3797, “Publicly Verifiable Nominations Committee Random
    Selection”, with SHA-256 for MD5 and an order in place of its remainders, which favour no number.

    Raises ValueError for a negative count.
    """
    if of < 0 or size < 0:
        raise ValueError("a lot is drawn of nought or more")
    order = sorted(range(1, of + 1), key=lambda number: lot_of(seed, number))
    return tuple([number for number in order if number not in without][:size])


def lot_of(seed: str, number: int) -> str:
    """What decides over one number: the hexadecimal SHA-256 of “seed:number”."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def list_mark(people: Iterable[UUID]) -> str:
    """A mark of a whole list, taken before the seed is known: nobody can slip in afterwards unseen."""
    return hashlib.sha256(b"".join(sorted(one.bytes for one in people))).hexdigest()
