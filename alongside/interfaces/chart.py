"""Small charts drawn as plain SVG: each has a sentence that says the same, and never a colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alongside.interfaces import words

Words = str | Lazy
WIDE, SHORT = 640, 300
THIN = 6  # so wide is at least the bar of one among thousands: it can be seen
LETTER = 9.5  # the width of one letter of a label, nearly, in the units of the drawing


@dataclass(frozen=True)
class Part:
    """One part of a bar: what it is called, how many, and which of the drawn patterns it wears."""

    name: Words
    count: int
    look: str


@dataclass(frozen=True)
class Drawn:
    """One part, placed: where it starts, how wide it is, and whether its number fits inside."""

    name: Words
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
    """A bar of parts that make a whole, with the sentence that says the same.

    Its words are lazy: they are said when the page is drawn, in the language of that page.
    """

    name: Words
    sentence: Words
    total: int
    parts: Sequence[Drawn]
    caption: Words = ""  # what stands above the drawing where its parts are named under it; else the sentence


def bar(parts: Sequence[Part], *, name: Words, sentence: Words) -> Bar:
    """Draw parts of a whole side by side, and one under the other for a narrow screen.

    Parts of nothing are left out. Widths are in the units of the drawing and fill it exactly. One under the
    other, each is as long beside the whole width as its part is of the whole.
    """
    shown = [part for part in parts if part.count > 0]
    total = sum(part.count for part in shown)
    drawn, x = [], 0.0
    for part in shown:
        width, short = WIDE * part.count / total, max(SHORT * part.count / total, THIN)
        drawn.append(Drawn(part.name, part.count, part.look, round(x, 1), round(width, 1), round(short, 1)))
        x += width
    return Bar(name, sentence, total, drawn)


def kept_bar(  # one argument for each answer a person can give
    *,
    kept: int,
    partly: int,
    not_kept: int,
    no_answer: int,
    too_early: int = 0,
    no_longer_matters: int = 0,
    gone: int | None = None,
    not_asked_again: int = 0,
    promises: int | None = None,
) -> Bar:
    """How promises turned out, by those they were made to. Silence has its own part: it is never "kept".

    `gone` are the answers "kept" on promises that no longer hold, `not_asked_again` those of which nobody
    knows yet; `kept` are then only those that still hold.
    `promises`: how many there are, where several were added up.
    """
    is_split = gone is not None
    parts = [
        Part(_("kept then and still holding") if is_split else _("kept"), kept, "kept"),
        Part(_("kept then and no longer holding"), gone or 0, "not-kept"),
        Part(_("kept then and not known yet to hold still"), not_asked_again, "these"),
        Part(_("partly kept"), partly, "partly"),
        Part(_("not kept"), not_kept, "not-kept"),
        Part(_("too early to say"), too_early, "other"),
        Part(_("no longer matters"), no_longer_matters, "other"),
        Part(_("no answer yet"), no_answer, "no-answer"),
    ]
    name = _("What people said about the promises made to them")
    return bar(parts, name=name, sentence=lazy(_kept_sentence, str)(tuple(parts), promises))


def _kept_sentence(parts: Sequence[Part], promises: int | None) -> str:
    """Answers are people times promises: they are never called promises."""
    total = sum(part.count for part in parts)
    if not total:
        return gettext("No promises were due.")
    said = ", ".join(f"{words.number(part.count)} {part.name}" for part in parts if part.count)
    if promises == total:
        due = ngettext("%(count)s promise was due", "%(count)s promises were due", total)
        return f"{due % {'count': words.number(total)}}: {said}."
    can = ngettext("%(count)s answer can be given", "%(count)s answers can be given", total)
    answers = f"{can % {'count': words.number(total)}}: {said}."
    if promises is None:
        return answers
    due = ngettext("%(count)s promise was due.", "%(count)s promises were due.", promises)
    return f"{due % {'count': words.number(promises)}} {answers}"


def share_bar(part: int, whole: int, *, name: Words, these: Words, rest: Words) -> Bar:
    """Some of a whole: "11 of 14", with words for these and for the rest."""
    sentence = lazy(_share_sentence, str)(part, whole, these)
    return bar([Part(these, part, "these"), Part(rest, whole - part, "rest")], name=name, sentence=sentence)


def _share_sentence(part: int, whole: int, these: Words) -> str:
    return f"{words.out_of(part, whole)}: {these}."
