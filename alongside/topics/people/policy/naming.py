"""Who is named in some words: pure functions, no database. It errs to the side of too many."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from alongside.kernel.letters import plain_letters

SHORTEST = 2  # letters of a part of a name that is looked for
# First names that a sentence begins with, or that stand in a day or a street.
ALSO_WORDS = frozenset({"april", "august", "bill", "carol", "dawn", "eve", "faith", "frank", "grace", "hope"})
ALSO_WORDS |= {"heather", "holly", "ivy", "joy", "june", "mark", "may", "penny", "rose", "victoria", "will"}
FEW = 5  # who have one name: then it alone names each of them


def named_in(
    words: str, names: Iterable[tuple[UUID, str]], *, well_known: Collection[UUID] = ()
) -> set[UUID]:
    """Whose name stands in the words: two parts of it; or one, where no more than a few people have that
    part, or they are `well_known` by it (who works there is mostly called by one name)."""
    said = _said(words)
    found: set[UUID] = set()
    by_part: dict[str, set[UUID]] = {}
    for who, name in names:
        parts = _parts(name)
        there = parts & said
        if not there:
            continue
        if len(there) >= min(2, len(parts)) or who in well_known:
            found.add(who)
        for part in there:
            by_part.setdefault(part, set()).add(who)
    rare = (people for people in by_part.values() if len(people) <= FEW)
    return found.union(*rare)


def in_full(words: str, names: Iterable[tuple[UUID, str]]) -> str:
    """The first of these names that stands in the words in full, or by its first part where that is written
    as a name: “Rosa stays in”, and not “a rosa hedge”. Nothing, where none does."""
    said = _said(words)
    capitals = {one for word in words.split() if word[:1].isupper() for one in _said(word)} - ALSO_WORDS
    for _who, name in names:
        parts = _parts(name)
        first = next(iter(_parts(name.split(" ")[0])), "")
        if parts and (parts <= said or first in capitals):
            return name
    return ""


def _said(words: str) -> set[str]:
    """Each word, and without its last s: “Kens boss”, “Ken’s boss” and “the Kens” name Ken."""
    parts = _parts(words)
    return parts | {one[:-1] for one in parts if one.endswith("s")}


def _parts(words: str) -> set[str]:
    """Each word in plain letters, without what stands around it."""
    bare = "".join(one if one.isalnum() else " " for one in plain_letters(words))
    return {one for one in bare.split() if len(one) >= SHORTEST}
