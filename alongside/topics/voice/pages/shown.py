"""What the lists of this room share: one page of rows at a time, names, and the minutes drawn to scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from alongside.interfaces import chart
from alongside.interfaces.words import number
from alongside.kernel.command import Missing
from alongside.topics.voice.policy.counting import FeedbackCounts, HearingCounts

A_PAGE = 25


def one_page(rows: Any, request: HttpRequest) -> tuple[list[Any], dict[str, str]]:
    """The rows of one page, and the addresses of the pages beside it."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:
        raise Missing
    at = int(text)
    found = list(rows[(at - 1) * A_PAGE : at * A_PAGE + 1])
    newer = f"?page={at - 1}" if at > 1 else ""
    return found[:A_PAGE], {"newer": newer, "older": f"?page={at + 1}" if len(found) > A_PAGE else ""}


def hearing_bar(found: HearingCounts) -> chart.Bar:
    """How requests fared. What was granted in part has a part of its own."""
    parts = [
        chart.Part(_("granted as they asked"), found.whole, "kept"),
        chart.Part(_("granted in part"), found.partly, "partly"),
        chart.Part(_("leaflets only, no time to speak"), found.leaflets, "not-kept"),
        chart.Part(_("refused"), found.refused, "not-kept"),
        chart.Part(_("waiting"), found.waiting, "no-answer"),
        chart.Part(_("taken back by those who asked"), found.withdrawn, "other"),
    ]
    told = ", ".join(f"{number(part.count)} {part.name}" for part in parts if part.count)
    sentence = _("%(asked)s asked to be heard: %(told)s.") % {"asked": number(found.asked), "told": told}
    return chart.bar(parts, name=_("What became of requests to be heard"), sentence=sentence)


def minutes_bar(asked: int, granted: int, *, waiting: int = 0, withdrawn: int = 0) -> chart.Bar:
    """Minutes granted, of the minutes asked for. What waits, or was taken back, is not “not granted”."""
    least = min(asked, granted)
    parts = [
        chart.Part(_("minutes granted"), least, "these"),
        chart.Part(_("minutes asked for and not granted"), asked - least - waiting - withdrawn, "rest"),
        chart.Part(_("minutes that wait for an answer"), waiting, "no-answer"),
        chart.Part(_("minutes taken back by those who asked"), withdrawn, "other"),
    ]
    said = {"asked": number(asked), "granted": number(least)}
    sentence = _("%(asked)s minutes were asked for, and %(granted)s were granted.") % said
    return chart.bar(parts, name=_("Minutes asked for and granted"), sentence=sentence)


@dataclass(frozen=True)
class Row:
    """One line of a table of counts: "fewer than" where the number is not shown."""

    words: str
    count: int | None


def result_rows(found: FeedbackCounts) -> list[Row]:
    """What became of feedback, a line each."""
    names = (
        _("did what was asked"),
        _("did part of it"),
        _("did not do it"),
        _("no reply yet, and not late"),
        _("no reply yet, and late"),
    )
    return [Row(name, count) for name, count in zip(names, found.results, strict=True)]


def result_bar(found: FeedbackCounts) -> chart.Bar | None:
    """The same drawn, where every number may be shown."""
    if found.total is None or None in found.results or not found.total:
        return None
    looks = ("kept", "partly", "not-kept", "no-answer", "other")
    parts = [
        chart.Part(row.words, row.count or 0, look)
        for row, look in zip(result_rows(found), looks, strict=True)
    ]
    told = ", ".join(f"{number(part.count)}: {part.name}" for part in parts if part.count)
    sentence = _("%(total)s pieces of feedback. %(told)s.") % {"total": number(found.total), "told": told}
    return chart.bar(parts, name=_("What became of feedback"), sentence=sentence)
