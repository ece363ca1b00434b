"""Comparing a quote with its text, what changed between versions, hiding small numbers. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from statistics import median

EXACT, SHORTENED, ALTERED = "exact", "shortened", "altered"
GAP = re.compile(r"\s*(?:\[\s*)?(?:…|\.\s?\.\s?\.)(?:\s*\])?\s*")
QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


def _flat(words: str) -> str:
    """Words without what a typist changes unknowingly: kinds of quotation mark, dashes, spaces."""
    return " ".join(words.translate(QUOTES).split()).strip("\"' ")


def _stands_in(part: str, text: str, start: int) -> int:
    """Where the part ends in the text, as whole words from `start` on; -1 when it is not there."""
    found = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)").search(text, start)
    return found.end() if found else -1


def compare(text: str, quote: str) -> str:
    """How a quote stands to its text.

    "exact": the very words, one after the other. "shortened": words of the text in their order with some left
    out, whether or not the gap is marked. "altered": any word that the text does not have there.
    """
    whole = _flat(text)
    parts = [_flat(part) for part in GAP.split(quote.strip()) if _flat(part)]
    if not parts:
        return ALTERED
    if len(parts) == 1 and _stands_in(parts[0], whole, 0) >= 0:
        return SHORTENED if GAP.search(quote.strip().strip("\"'“”‘’")) else EXACT
    place = 0
    for part in parts:
        place = _stands_in(part, whole, place)
        if place < 0:
            return SHORTENED if _only_left_out(whole, " ".join(parts)) else ALTERED
    return SHORTENED


def _only_left_out(text: str, quote: str) -> bool:
    """Whether every word of the quote comes in the text, in this order."""
    rest = iter(_words(text))
    return all(word in rest for word in _words(quote))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a text a quote leaves out: before it, between its parts, and after it. Empty where nothing."""

    before: str
    between: tuple[str, ...]
    after: str

    @property
    def is_whole(self) -> bool:
        return not (self.before or self.between or self.after)


def left_out(text: str, quote: str) -> LeftOut | None:
    """What a quote leaves out of its text, in the words of the text; None where it has words of its own."""
    if compare(text, quote) == ALTERED:
        return None
    text = text.translate(QUOTES)
    words = list(re.finditer(r"[\w'-]+", text))
    found = _places([one.group() for one in words], [_words(_flat(part)) for part in GAP.split(quote)])
    if not found:
        return None
    edges = [0, *(words[at].end() for at in found)], [*(words[at].start() for at in found), len(text)]
    gaps = [text[start:end].strip(" \n\t.,;:\"'") for start, end in zip(*edges, strict=True)]
    return LeftOut(gaps[0], tuple(gap for gap in gaps[1:-1] if gap), gaps[-1])


def _places(text: list[str], parts: list[list[str]]) -> list[int]:
    """At which word of the text each word of a quote stands; each part in one piece where it does."""
    found: list[int] = []
    for part in parts:
        first = found[-1] + 1 if found else 0
        runs = (at for at in range(first, len(text) - len(part) + 1) if text[at : at + len(part)] == part)
        run = next(runs, None)
        if run is not None:
            found += range(run, run + len(part))
            continue
        for word in part:
            if word not in text[first:]:
                return []
            found.append(text.index(word, first))
            first = found[-1] + 1
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a version: the same as before, added, or taken out."""

    words: str
    kind: str  # same | added | gone


def differences(before: str, after: str) -> list[Piece]:
    """What changed from one version to the next, in pieces of whole words."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece("".join(new[j1:j2]), "same"))
            continue
        if i2 > i1:
            found.append(Piece("".join(old[i1:i2]), "gone"))
        if j2 > j1:
            found.append(Piece("".join(new[j1:j2]), "added"))
    return found


# What the body's answer may not ask of somebody who speaks under a pseudonym.
_WHO = (
    r"\bwho (?:are you|you are|wrote|said|sent)\b",
    r"\b(?:tell|give|send|let) (?:me|us|them) (?:\w+ ){0,3}(?:who you|your (?:name|team|manager|number))",
    r"\byour (?:real |full |own )?(?:names?|identity|email(?: address)?|phone(?: number)?|line manager)\b",
    r"\b(?:which|what) (?:team|office|ward|desk|part of \w+)\b.{0,30}\byou\b",
    r"\bwhere (?:do )?you work\b",
    r"\bidentify yourself\b",
    r"\b(?:come|step) forward\b",
    r"\b(?:name|reveal|unmask|make) yourself\b",
    r"\b(?:ring|call|phone|email|contact|meet|see|speak to|talk to) (?:me|us)\b",
)
ASKS_WHO = re.compile("|".join(_WHO), re.IGNORECASE)


def asks_who(words: str) -> bool:
    """Whether an answer asks its reader to show who they are, or to get in touch, which would show it."""
    return bool(ASKS_WHO.search(" ".join(words.translate(QUOTES).split())))


def shown(count: int, *, smallest: int) -> int | None:
    """A count as others may see it: nought, or at least the smallest number shown; None for a few."""
    return None if 0 < count < smallest else count


def shown_parts(counts: Sequence[int], *, smallest: int) -> tuple[list[int | None], int | None]:
    """Counts of the parts of a whole, and the whole, so that no hidden part follows from the rest.

    One hidden part alone would follow from the whole, so then the whole is not shown either.
    """
    parts = [shown(count, smallest=smallest) for count in counts]
    total = shown(sum(counts), smallest=smallest)
    hidden = sum(count for count, part in zip(counts, parts, strict=True) if part is None)
    few = sum(part is None for part in parts)
    return parts, None if few == 1 or 0 < hidden < smallest else total


def middle(days: Iterable[int]) -> int | None:
    """The median of some numbers of days, to the nearest whole day; nothing for none."""
    found = list(days)
    return round(median(found)) if found else None
