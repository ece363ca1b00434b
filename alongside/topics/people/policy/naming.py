"""Who is named in some words: pure functions, no database. It errs to the side of too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from alongside.kernel.letters import plain_letters

SHORTEST = 2  # letters of a part of a name that is looked for
# First names that a sentence begins with, or that stand in a day or a street.
ALSO_WORDS = frozenset({"april", "august", "bill", "carol", "dawn", "eve", "faith", "frank", "grace", "hope"})
ALSO_WORDS |= {"heather", "holly", "ivy", "joy", "june", "mark", "may", "penny", "rose", "victoria", "will"}
FEW = 5  # who have one name: then it alone names each of them


class NamesInWords:
    """Everybody’s names, by the parts they are made of: put together once, and then asked of many words."""

    def __init__(self, names: Iterable[tuple[Any, str]]) -> None:
        """Whose, and the name; or, much quicker, what it is found by, in plain letters already."""
        self._who: list[Any] = []
        self._parts: list[int] = []  # how many parts each name has
        self._by_part: dict[str, list[int]] = {}
        for at, (who, name) in enumerate(names):
            is_plain = name.isascii() and name.islower() and name.replace(" ", "").isalnum()
            parts = {one for one in name.split() if len(one) >= SHORTEST} if is_plain else _parts(name)
            self._who.append(who)
            self._parts.append(len(parts))
            for part in parts:
                self._by_part.setdefault(part, []).append(at)

    def within(self, words: str, *, well_known: Collection[Any] = ()) -> set[Any]:
        """Whose name stands in the words: two parts of it; or one, where no more than a few people have that
        part, or they are `well_known` by it (who works there is mostly called by one name)."""
        there = [self._by_part[part] for part in _said(words) if part in self._by_part]
        often = Counter(at for people in there for at in people)
        found = {
            self._who[at]
            for at, number in often.items()
            if number >= min(2, self._parts[at]) or self._who[at] in well_known
        }
        rare = ({self._who[at] for at in people} for people in there)
        return found.union(*(people for people in rare if len(people) <= FEW))


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
