"""Counting how promises turned out, and hiding small numbers. Pure functions: no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from alongside.kernel.few import as_the_last_lot_stood, number_told, parts_told, whole_lots

KEPT, PARTLY, NOT_KEPT, TOO_EARLY, NO_LONGER = "kept", "partly", "not_kept", "too_early", "no_longer"
VERDICTS = (KEPT, PARTLY, NOT_KEPT, TOO_EARLY, NO_LONGER)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the people that promises were made to said, one answer for each of them.

    The first six add up to `of`, always. `unconfirmed` are those among `no_answer` for whom somebody else
    wrote an answer down that nobody has confirmed; `through_speaker` are those among the answered whose
    answer came through an advocate or another who speaks for them; `written_down` are those among them
    whose answer a worker wrote down for them.
    """

    kept: int = 0
    partly: int = 0
    not_kept: int = 0
    too_early: int = 0
    no_longer: int = 0
    no_answer: int = 0
    unconfirmed: int = 0
    through_speaker: int = 0
    written_down: int = 0

    @property
    def of(self) -> int:
        """How many people we could have heard from: the denominator."""
        return self.answered + self.no_answer

    @property
    def answered(self) -> int:
        return self.kept + self.partly + self.not_kept + self.too_early + self.no_longer

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


def counts(
    verdicts: Mapping[str, int],
    *,
    of: int,
    unconfirmed: int = 0,
    through_speaker: int = 0,
    written_down: int = 0,
) -> Counts:
    """Count answers, given how many people gave each verdict and how many were asked.

    Somebody may answer who was not counted when a group was sized, so the denominator is never less than
    the answers. Raises ValueError for a verdict nobody knows or a number below nought.
    """
    unknown = set(verdicts) - set(VERDICTS)
    if unknown or min((*verdicts.values(), of, unconfirmed, through_speaker, written_down)) < 0:
        raise ValueError(f"These cannot be counted: {dict(verdicts)}, of {of}.")
    answered = sum(verdicts.values())
    silent = max(of - answered, 0)
    return Counts(
        **{name: verdicts.get(name, 0) for name in VERDICTS},
        no_answer=silent,
        unconfirmed=min(unconfirmed, silent),
        through_speaker=min(through_speaker, answered),
        written_down=min(written_down, answered),
    )


HOLDS, GONE = "holds", "gone"  # what is known of a promise that was kept; of one not in either, nothing yet


@dataclass(frozen=True, slots=True)
class Again:
    """What somebody said last of whether a promise holds, and whether that was since it no longer held."""

    on_day: date
    holds: bool
    gone: bool
    is_since: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """A promise that no longer held and holds again: since when, and as so many say of all who said."""

    on_day: date
    still: int
    of: int


def mended(said: Iterable[Again], *, smallest: int) -> Mended | None:
    """Whether a promise that had eroded holds again. `said` has one word of each, the last, in their order.

    It holds again once more than half of all who said say that it holds, fewer than that say that it does
    not, and `smallest` of them said so since it no longer held: one who comes round mends nothing.
    """
    words = list(said)
    still, gone = sum(each.holds for each in words), sum(each.gone for each in words)
    since = [each for each in words if each.holds and each.is_since]
    if len(since) < max(smallest, 1) or 2 * still <= len(words) or 2 * gone >= len(words):
        return None
    enough = max(smallest, len(words) // 2 + 1 - (still - len(since)), 1)
    return Mended(since[enough - 1].on_day, still, len(words))


@dataclass(frozen=True, slots=True)
class Lasting:
    """Of the answers that say "kept": on promises that still hold, that no longer do, and not asked yet.

    The three add up to the answers that say "kept", always: an answer of long ago is never news of today.
    """

    holds: int = 0
    gone: int = 0
    not_asked: int = 0

    @property
    def kept(self) -> int:
        return self.holds + self.gone + self.not_asked

    def __add__(self, other: Lasting) -> Lasting:
        return Lasting(self.holds + other.holds, self.gone + other.gone, self.not_asked + other.not_asked)


def lasting(pieces: Iterable[tuple[Protected, str]]) -> Lasting:
    """What became of the answers "kept" of each promise, given what is known of it now.

    Only figures that are shown are counted, so that this tells nothing which they do not.
    """
    found = Lasting()
    for told, now in pieces:
        kept = (told.number(KEPT) or 0) if told.is_whole else 0
        found += Lasting(
            holds=kept if now == HOLDS else 0,
            gone=kept if now == GONE else 0,
            not_asked=kept if now not in (HOLDS, GONE) else 0,
        )
    return found


def total(several: Iterable[Counts]) -> Counts:
    """The sum of counts."""
    return sum(several, Counts())


# Small numbers ------------------------------------------------------------------------------------

FIGURES = (*VERDICTS, "no_answer")
FINE = tuple((name,) for name in FIGURES)
COARSE = ((KEPT,), (PARTLY, NOT_KEPT), (TOO_EARLY, NO_LONGER, "no_answer"))


@dataclass(frozen=True, slots=True)
class ShownCount:
    """One figure strangers may see: what it counts (perhaps several answers together), and how many."""

    of: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Protected:
    """Counts as strangers may see them. `parts` add up to `of`. Nothing in one of them: too few to show."""

    parts: tuple[ShownCount, ...]
    of: int | None
    unshown: int = 0  # people of whom no figure is shown, where several counts were added up

    @property
    def is_whole(self) -> bool:
        """Whether every answer is shown by itself."""
        return len(self.parts) == len(FINE)

    def number(self, name: str) -> int | None:
        """The figure for one answer, when it is shown by itself."""
        return next((part.number for part in self.parts if part.of == (name,)), None)


def protect(found: Counts, *, smallest: int) -> Protected:
    """Hide what could point to one person, by the one rule of the house (kernel/few.py).

    The figures of a promise are told all together or not at all, so that they add up. Where the rule keeps
    one back, all answers are taken together in three: kept; partly or not; the rest. Where it still does,
    only how many people there are is told, and with fewer than `smallest` not even that (tests/promises
    tries every way).
    """
    for grouping in (FINE, COARSE):
        numbers = [sum(getattr(found, name) for name in names) for names in grouping]
        if None not in parts_told(numbers, smallest=smallest):
            return Protected(tuple(map(ShownCount, grouping, numbers)), found.of)
    return Protected((), number_told(found.of, smallest=smallest))


# Since (or until) which entry it counts, whose answer to which promise, and which answer with what it says.
Answer = tuple[int, Hashable, tuple[Hashable, str]]


def in_lots(
    answers: Iterable[Answer],
    *,
    of: int,
    smallest: int,
    unsaid: Iterable[Answer] = (),
    died: Iterable[Hashable] = (),
) -> Protected:
    """The answers as they stood when the last whole lot had come in, each lot of `smallest` people or more.

    Two figures that are published one after the other differ by nought people or by `smallest` at least:
    who looks each day learns no one answer. Answers of the lot that is not whole yet are not in the figures.
    Who has died and never answered is nobody who still could: they are taken out of all, in whole lots too.
    """
    came = list(answers)
    shown = as_the_last_lot_stood(came, smallest=smallest, unsaid=unsaid)
    never = set(died).difference(whose for _since, whose, _what in came)
    of -= whole_lots(len(never), smallest=smallest)
    if came and not shown:
        return Protected((), of if of >= smallest else None)
    tally = dict.fromkeys(VERDICTS, 0)
    for _which, said in shown.values():
        tally[said] += 1
    return protect(counts(tally, of=of), smallest=smallest)


def together(several: Iterable[Protected]) -> Protected:
    """The sum of what is shown whole. People in pieces that are not are in `unshown`, and in no figure."""
    numbers, unshown, some = dict.fromkeys(FIGURES, 0), 0, False
    for one in several:
        some = some or not one.is_whole
        if one.is_whole:
            for part in one.parts:
                numbers[part.of[0]] += part.number
        else:
            unshown += one.of or 0
    of = sum(numbers.values())
    if not of and some:
        return Protected((), unshown or None)
    return Protected(tuple(ShownCount((name,), numbers[name]) for name in FIGURES), of, unshown)


# Tests of completion --------------------------------------------------------------------------------

BOUND = re.compile(
    r"\bat (?P<side>least|most) (?P<value>\d+(?:\.\d+)?|twice)"
    r"(?: (?P<unit>in 100|days?|weeks?|months?|years?)\b)?(?P<rest>[^.]*)",
    re.IGNORECASE,
)
FOUND = re.compile(r"(?P<value>\d+(?:\.\d+)?)(?: ?(?P<unit>in 100|%|days?|weeks?|months?|years?)(?!\w))?")
SHARE = re.compile(r"(\d+(?:\.\d+)?) (?:out of|of|to) [£]?(\d+(?:\.\d+)?)")
OF_100 = "in 100"


@dataclass(frozen=True, slots=True)
class Bound:
    """A number that a test asks for, in the words of the test itself: at least, or at most, so many."""

    is_least: bool
    value: float
    unit: str  # "day", "week", "month", "year", "in 100"; nothing where it is a plain number or a ratio
    may_have_reason: bool
    words: str

    def holds(self, found: float) -> bool:
        return found >= self.value if self.is_least else found <= self.value


def bounds_of(test: str) -> list[Bound]:
    """The numbers a test asks for, read from its own words, so that there is no second source of them.

    The words are those of a rule pack ("at most 30 days", "at least 3 years, or there is a reason"). What is
    written otherwise, and in other languages, has no bound: then a person alone says what the test showed.
    """
    return [
        Bound(
            is_least=each["side"].lower() == "least",
            value=2.0 if each["value"].lower() == "twice" else float(each["value"]),
            unit=_unit(each["unit"]),
            may_have_reason=", or " in each["rest"],
            words=" ".join(
                part for part in ("at", each["side"].lower(), each["value"], each["unit"]) if part
            ),
        )
        for each in BOUND.finditer(test)
    ]


def _unit(text: str | None) -> str:
    plain = (text or "").lower()
    return OF_100 if plain in (OF_100, "%") else plain.rstrip("s")


def measured(bound: Bound, number: str) -> float | None:
    """The figure in `number` that a bound speaks of; nothing where none is given.

    "6 of 8" is 75 in 100, and for a plain bound it is a ratio. A number without a unit is taken in the
    bound's own, where it is the only one.
    """
    text = re.sub(r"(?<=\d),(?=\d{3})", "", number)
    share = SHARE.search(text)
    if share is not None and bound.unit in ("", OF_100) and float(share[2]):
        return float(share[1]) / float(share[2]) * (100 if bound.unit else 1)
    found = [(float(each["value"]), _unit(each["unit"])) for each in FOUND.finditer(text)]
    same = [value for value, unit in found if unit == bound.unit]
    if len(same) == 1:
        return same[0]
    return found[0][0] if len(found) == 1 and not found[0][1] else None


def figures(found: int | None, out_of: int | None, unit: str) -> str:
    """A figure in the words that a test is compared with: "28 days", "6 of 8", "3". Empty without one."""
    if found is None:
        return ""
    if out_of is not None:
        return f"{found} of {out_of}"
    return f"{found} {unit}s" if unit else str(found)


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """One number that a test asks for, and how what was found stands to it. Not met: None where unknown."""

    is_least: bool
    number: float
    unit: str
    may_have_reason: bool
    found: float | None
    is_met: bool | None


def asked(test: str, number: str) -> list[AskedNumber]:
    """Every number a test asks for, as fields, beside the one that was found for it."""
    looked = [(bound, measured(bound, number)) for bound in bounds_of(test)]
    return [
        AskedNumber(
            is_least=bound.is_least,
            number=bound.value,
            unit=bound.unit,
            may_have_reason=bound.may_have_reason,
            found=found,
            is_met=None if found is None else bound.holds(found),
        )
        for bound, found in looked
    ]


@dataclass(frozen=True, slots=True)
class Against:
    """A number a test asks for, and what was found instead; nothing found: no number was given for it."""

    bound: Bound
    found: float | None


def against_a_pass(test: str, number: str, reason: str) -> list[Against]:
    """What stands against calling a test passed: each number it asks for that was not found, or not met.

    A reason stands in only where the test itself says that there may be one.
    """
    looked = [(bound, measured(bound, number)) for bound in bounds_of(test)]
    return [
        Against(bound, found)
        for bound, found in looked
        if (found is None or not bound.holds(found)) and not (bound.may_have_reason and reason)
    ]


def can_be_looked_at(document: str) -> bool:
    """Whether evidence names something to look at: a web address, or a name of two words or more."""
    if re.search(r"https?://[\w-]+(\.[\w-]+)+", document):
        return True
    return len(document.split()) > 1 and sum(letter.isalnum() for letter in document) > 5
