"""Comparing a quote with its text, what changed between versions, hiding small numbers. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median

from alongside.kernel.few import as_the_last_lot_stood, parts_told

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


def middle(days: Iterable[int]) -> int | None:
    """The median of some numbers of days, to the nearest whole day; nothing for none."""
    found = list(days)
    return round(median(found)) if found else None


# Feedback, as it stands in public --------------------------------------------------------------------

CAME, REPLIED, LATE, JUDGED, PASSED = "came", "replied", "late", "judged", "passed"
STANDS = ("did", "partly", "did_not", "waits", "late")


@dataclass(frozen=True, slots=True)
class Stepped:
    """One thing that happened to a piece of feedback, in the order of the record."""

    number: int
    piece: Hashable
    kind: str
    said: str
    days: int | None
    ward: Hashable


@dataclass(frozen=True, slots=True)
class GivenPiece:
    """How one piece stands."""

    channel: str
    ward: Hashable = None
    stands: str = "waits"
    days: int | None = None
    judged: str = ""
    is_passed: bool = False  # the duty team has it: it is in no number

    def after(self, step: Stepped) -> GivenPiece:
        if step.kind == REPLIED:
            days = step.days if self.days is None else self.days
            return replace(self, stands=step.said, days=days, judged="")
        if step.kind == LATE:
            return replace(self, stands="late")
        if step.kind == JUDGED:
            return replace(self, judged=step.said)
        return replace(self, is_passed=self.is_passed or step.kind == PASSED)


def pieces_now(steps: Iterable[Stepped], *, smallest: int) -> list[GivenPiece]:
    """The pieces as they stood when the last whole lot of them had come in or changed."""
    now: dict[Hashable, GivenPiece] = {}
    came: list[tuple[int, Hashable, GivenPiece]] = []
    for step in steps:
        before = now.get(step.piece)
        now[step.piece] = GivenPiece(step.said, step.ward) if before is None else before.after(step)
        came.append((step.number, step.piece, now[step.piece]))
    shown = as_the_last_lot_stood(came, smallest=smallest)
    return [piece for piece in shown.values() if not piece.is_passed]


def in_ward(pieces: Sequence[GivenPiece], ward: Hashable, *, smallest: int) -> tuple[int | None, int | None]:
    """(how many of one ward wait for a reply, how many of these are late), beside the numbers of all wards.

    Nothing of a ward is told where all wards are not told, or where it and the others would tell of a few.
    How many are late is told of every ward or of none: two ways of taking the same people apart, each with
    its own gaps, would fill each other's.
    """
    all_told = dict(
        zip(STANDS, parts_told([_many(pieces, one) for one in STANDS], smallest=smallest), strict=True)
    )
    if all_told["waits"] is None or all_told["late"] is None:
        return None, None
    wards = sorted({one.ward for one in pieces} | {ward}, key=str)
    late = [_many([one for one in pieces if one.ward == each], "late") for each in wards]
    in_time = [_many([one for one in pieces if one.ward == each], "waits") for each in wards]
    both = [a + b for a, b in zip(late, in_time, strict=True)]
    told, here = parts_told(both, smallest=smallest), wards.index(ward)
    rows = [parts_told(each, smallest=smallest) for each in zip(late, in_time, strict=True)]
    columns = [parts_told(each, smallest=smallest) for each in (late, in_time)]
    is_safe = not any(None in each for each in (told, *rows, *columns))
    return told[here], late[here] if is_safe else None


def _many(pieces: Iterable[GivenPiece], stands: str) -> int:
    return sum(one.stands == stands for one in pieces)
