"""Small charts drawn as plain SVG: each has a sentence that says the same, and never a colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext, ngettext

from alongside.interfaces import words

WIDE, SHORT = 640, 300
LETTER = 9.5  # the width of one letter of a label, nearly, in the units of the drawing


@dataclass(frozen=True)
class Part:
    """One part of a bar: what it is called, how many, and which of the drawn patterns it wears."""

    name: str | Lazy
    count: int
    look: str


@dataclass(frozen=True)
class Drawn:
    """One part, placed: where it starts, how wide it is, and whether its number fits inside."""

    name: str
    count: int
    look: str
    x: float
    width: float
    short: float  # its width on a narrow screen, where each part has a line of its own

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def number_fits(self) -> bool:
        return self.width >= LETTER * (len(words.number(self.count)) + 1)


@dataclass(frozen=True)
class Bar:
    """A bar of parts that make a whole, with the sentence that says the same."""

    name: str
    sentence: str
    total: int
    parts: Sequence[Drawn]


def bar(parts: Sequence[Part], *, name: str, sentence: str) -> Bar:
    """Draw parts of a whole side by side, and one under the other for a narrow screen.

    Parts of nothing are left out. Widths are in the units of the drawing and fill it exactly.
    """
    shown = [part for part in parts if part.count > 0]
    total = sum(part.count for part in shown)
    most = max((part.count for part in shown), default=1)
    drawn, x = [], 0.0
    for part in shown:
        width, short = WIDE * part.count / total, SHORT * part.count / most
        drawn.append(Drawn(str(part.name), part.count, part.look, round(x, 1), round(width, 1), round(short, 1)))
        x += width
    return Bar(name, sentence, total, drawn)


def kept_bar(  # noqa: PLR0913  # one argument for each answer a person can give
    *, kept: int, partly: int, not_kept: int, no_answer: int, too_early: int = 0, no_longer_matters: int = 0
) -> Bar:
    """How promises turned out, by those they were made to. Silence has its own part: it is never "kept"."""
    parts = [
        Part(gettext("kept"), kept, "kept"),
        Part(gettext("partly kept"), partly, "partly"),
        Part(gettext("not kept"), not_kept, "not-kept"),
        Part(gettext("too early to say"), too_early, "other"),
        Part(gettext("no longer matters"), no_longer_matters, "other"),
        Part(gettext("no answer yet"), no_answer, "no-answer"),
    ]
    total = sum(part.count for part in parts)
    due = ngettext("%(count)s promise was due", "%(count)s promises were due", total) % {
        "count": words.number(total)
    }
    said = ", ".join(f"{words.number(part.count)} {part.name}" for part in parts if part.count)
    sentence = f"{due}: {said}." if said else gettext("No promises were due.")
    return bar(parts, name=gettext("What people said about the promises made to them"), sentence=sentence)


def share_bar(part: int, whole: int, *, name: str, these: str, rest: str) -> Bar:
    """Some of a whole: "11 of 14", with words for these and for the rest."""
    sentence = f"{words.out_of(part, whole)}: {these}."
    return bar([Part(these, part, "these"), Part(rest, whole - part, "rest")], name=name, sentence=sentence)
