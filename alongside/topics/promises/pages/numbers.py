"""Numbers in promises: what was promised in words, and how many it is now as each side says, drawn beside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.chart import WIDE
from alongside.interfaces.words import day, number
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.people.pages.named import Names
from alongside.topics.promises.models import Correction, Figure, NumberIs, Promise
from alongside.topics.promises.pages.shown import owner_words


@dataclass(frozen=True)
class Row:
    """One number as it is drawn: what it is, and how wide beside the others."""

    words: str
    number: int
    width: float


def number_words(row: Promise) -> str:
    """The number that was promised, in words: "At least 3 of 9 seats". Empty where there is none."""
    return _in_words(row.number, row.number_is, row.out_of, words_or_none(row.number_of))


def number_before(row: Correction) -> str:
    """The number as it was before it was put right."""
    return _in_words(row.was_number, row.was_number_is, row.was_out_of, words_or_none(row.was_number_of))


def _in_words(count: int | None, meant: str | None, out_of: int | None, unit: str | None) -> str:
    if count is None:
        return ""
    amount = number(count)
    if out_of is not None:
        amount = _("%(found)s of %(of)s") % {"found": amount, "of": number(out_of)}
    amount = " ".join(filter(None, (amount, unit)))
    if meant == NumberIs.AT_LEAST:
        return _("At least %(n)s") % {"n": amount}
    if meant == NumberIs.AT_MOST:
        return _("At most %(n)s") % {"n": amount}
    return amount


def of_numbers(actor: Actor, promise: Promise, names: Names, here: str) -> dict[str, Any]:
    """What was promised in numbers, the latest number of each side beside it, and those from before."""
    if promise.number is None:
        return {}
    said = Figure.objects.seen(actor, "-made_by", promise=promise.id)
    latest: list[Figure] = []
    for row in said:
        if all(row.by_owner != other.by_owner for other in latest):
            latest.append(row)
    whole = max(promise.number, promise.out_of or 0, *(row.number for row in latest), 1)
    asked = _("Promised by %(day)s") % {"day": day(promise.due_on)}
    rows = [Row(asked, promise.number, _width(promise.number, whole))]
    rows += [Row(_who_says(row, promise, names), row.number, _width(row.number, whole)) for row in latest]
    return {
        "asked": number_words(promise),
        "unit": words_or_none(promise.number_of) or "",
        "rows": rows,
        "earlier": [
            {"who": _who_says(row, promise, names), "number": number(row.number)}
            for row in said
            if row not in latest
        ],
        "say": address_of("promises.figure_said", promise=promise.id, next=here)
        if may_do(actor, "promises.figure_said", promise)
        else "",
    }


def who_said_figures(actor: Actor, promise: Promise) -> set[UUID | None]:
    """Whose names the numbers of a promise about one life need."""
    if promise.number is None or promise.is_public:
        return set()
    return {row.said_by for row in Figure.objects.seen(actor, promise=promise.id)}


def _width(count: int, whole: int) -> float:
    return round(WIDE * count / whole, 1)


def _who_says(row: Figure, promise: Promise, names: Names) -> str:
    """Which side, and when. A promise that all can read names nobody."""
    if row.by_owner:
        who = owner_words(promise, names)
    else:
        who = _("Those it was made to") if promise.is_public else names(row.said_by)
    return _("%(who)s, %(day)s") % {"who": who, "day": day(row.said_on)}


class FigureSaid(TypedDict):
    """One number that somebody said, and whether it was its owner."""

    number: int
    said_on: date
    by_its_owner: bool


class InNumbers(TypedDict):
    """What was promised in numbers, and what each side said."""

    asks: Asks | None
    figures: list[FigureSaid]


def for_programs(actor: Actor, row: Promise) -> InNumbers:
    """What was promised in numbers and what each side said, as fields."""
    if row.number is None:
        return {"asks": None, "figures": []}
    return {
        "asks": asks(row),
        "figures": [
            {"number": one.number, "said_on": one.said_on, "by_its_owner": one.by_owner}
            for one in Figure.objects.seen(actor, "made_by", promise=row.id)
        ],
    }


Asks = TypedDict(
    "Asks", {"number": int, "is": str | None, "out_of": int | None, "unit": str | None, "by_when": date}
)


def asks(row: Promise) -> Asks | None:
    """The number that was promised, its unit and its day, as fields."""
    if row.number is None:
        return None
    found: Asks = {
        "number": row.number,
        "is": row.number_is,
        "out_of": row.out_of,
        "unit": words_or_none(row.number_of),
        "by_when": row.due_on,
    }
    return found


def latest_said(promises: Iterable[UUID], actor: Actor) -> dict[tuple[UUID, bool], Figure]:
    """The latest number of each side, of several promises."""
    rows = Figure.objects.seen_by(actor).filter(promise__in=list(promises)).order_by("made_by")
    return {(row.promise, row.by_owner): row for row in rows}
