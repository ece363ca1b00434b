"""How many promises are past their day, said as n of N: in words, in a drawing and in a table."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.interfaces import chart
from alongside.interfaces.words import number
from alongside.kernel.few import Added
from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.policy.overdue import Overdue


@dataclass(frozen=True)
class OverdueTold:
    """Sentences, a drawing where every number is exact, and why a number is not there."""

    lines: list[str]
    bar: chart.Bar | None
    note: str

    @property
    def words(self) -> str:
        return " ".join(self.lines)


def overdue_told(found: Overdue) -> OverdueTold:
    """How many of the promises are past their day, and how many no longer hold."""
    if not found.promises.number:
        note = "" if found.promises.is_whole else _few()
        return OverdueTold([], None, note)
    due = ngettext("%(count)s promise was due.", "%(count)s promises were due.", found.promises.number)
    if not found.promises.is_whole:
        due = ngettext(
            "At least %(count)s promise was due.",
            "At least %(count)s promises were due.",
            found.promises.number,
        )
    lines, drawn = [due % {"count": number(found.promises.number)}], [False]
    if found.late.number or found.late.is_whole:
        lines.append(_("Overdue: %(share)s.") % {"share": _share(found.late, found.promises)})
        drawn.append(True)
    if found.gone.number:
        share = _share(found.gone, found.promises)
        lines.append(_("Kept once, and no longer holding: %(share)s.") % {"share": share})
        drawn.append(True)
    if found.mended.number:
        share = _share(found.mended, found.promises)
        lines.append(_("Gone once, and holding again: %(share)s.") % {"share": share})
        drawn.append(False)
    is_exact = found.promises.is_whole and found.late.is_whole and found.gone.is_whole
    above = [line for line, is_drawn in zip(lines, drawn, strict=True) if not is_drawn]
    bar = replace(_bar(found, " ".join(lines)), caption=" ".join(above)) if is_exact else None
    return OverdueTold(lines, bar, "" if is_exact else _few())


def _few() -> str:
    return _(
        "Some of these numbers are of fewer than %(smallest)s people. "
        "We do not say them, so that nobody can be known by them."
    ) % {"smallest": number(smallest_shown())}


def _share(part: Added, whole: Added) -> str:
    """“2 of 12”, with “at least” before whatever is only known from below."""
    named = {"part": number(part.number), "of": number(whole.number)}
    if part.is_whole and whole.is_whole:
        return _("%(part)s of %(of)s") % named
    if whole.is_whole:
        return _("at least %(part)s of %(of)s") % named
    if part.is_whole:
        return _("%(part)s of at least %(of)s") % named
    return _("at least %(part)s of at least %(of)s") % named


def _bar(found: Overdue, sentence: str) -> chart.Bar:
    whole, late, gone = found.promises.number, found.late.number, found.gone.number
    parts = [
        chart.Part(_("overdue"), late, "these"),
        chart.Part(_("kept once, and no longer holding"), gone, "partly"),
        chart.Part(_("not overdue"), whole - late - gone, "rest"),
    ]
    return chart.bar(parts, name=_("Promises that are past their day"), sentence=sentence)


def in_a_cell(found: Added) -> str:
    """For a table: the number, “at least” so many, or “few”."""
    if found.is_whole:
        return number(found.number)
    return _("at least %(count)s") % {"count": number(found.number)} if found.number else _("few")
