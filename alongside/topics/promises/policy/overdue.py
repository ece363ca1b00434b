"""How many promises a body made, and how many of them are past their day: as anybody may be told it.

A promise that is open to all stands on the page by itself and is counted as it is. A promise about somebody's
life is that person's, so it is counted as people are: by pieces of one body and one whole month, each told
only where it points to nobody, and as the last whole month left it (docs/decisions/0026).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel.few import Added, added, all_added, number_told, parts_told
from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.models import Erosion, Promise
from alongside.topics.promises.policy.counting import public_pieces
from alongside.topics.promises.policy.mending import mended_now


@dataclass(frozen=True, slots=True)
class Piece:
    """Some promises. Each number is exact, or nothing where it could point to one person."""

    promises: int | None = 0
    late: int | None = 0  # past their day, and their owner does not say that they are done
    gone: int | None = 0  # kept, and no longer so: never called late too
    mended: int | None = 0  # gone once, and holding again: counted once, among those that hold


@dataclass(frozen=True, slots=True)
class Overdue:
    """The same, added up from pieces: “n of N”, each exact or “at least”."""

    promises: Added
    late: Added
    gone: Added
    mended: Added


def counted_until(today: date, *, places: bool) -> date:
    """The first day that is not counted any more: of lives, only months that are over."""
    return today if places else today.replace(day=1)


def whose(body: UUID, today: date, *, places: bool) -> Q:
    """The promises of one body whose first day has come."""
    until = counted_until(today, places=places)
    come = Q(first_due_on__lte=until) if places else Q(first_due_on__lt=until)
    return come & Q(organisation=body, person__isnull=places)


def pieces_of(which: Q, today: date, *, places: bool) -> dict[Any, Piece]:
    """For each piece of those promises (counting.py), how many there are, are late and are gone again."""
    of = public_pieces(which)
    wanted = [one for promises in of.values() for one in promises]
    gone, until = Erosion.everything.filter(promise__in=wanted), counted_until(today, places=places)
    gone = gone.filter(is_open=True) if places else gone.filter(on_day__lt=until)
    eroded = set(gone.values_list("promise", flat=True))
    undone = Q(done_on=None) if places else Q(done_on=None) | Q(done_on__gte=until)
    rows = Promise.everything.filter(undone, id__in=wanted, due_on__lt=until)
    late = set(rows.values_list("id", flat=True)) - eroded
    smallest = 0 if places else smallest_shown()
    again = set(mended_now(eroded)) if places else set()
    return {
        key: _piece(set(promises), late, eroded - again, smallest, mended=len(again & set(promises)))
        for key, promises in of.items()
    }


def _piece(promises: set[UUID], late: set[UUID], gone: set[UUID], smallest: int, *, mended: int = 0) -> Piece:
    number, is_late, is_gone = len(promises), len(promises & late), len(promises & gone)
    told = parts_told([is_late, is_gone, number - is_late - is_gone], smallest=smallest)
    return Piece(number_told(number, smallest=smallest), told[0], told[1], mended)


def together(pieces: Iterable[Piece]) -> Overdue:
    """The sum of pieces. No sum tells what its pieces do not."""
    found = list(pieces)
    return Overdue(
        promises=added(one.promises for one in found),
        late=added(one.late for one in found),
        gone=added(one.gone for one in found),
        mended=added(one.mended for one in found),
    )


NAMES = ("promises", "late", "gone", "mended")


def all_of(several: Iterable[Overdue]) -> Overdue:
    """The sum of sums."""
    found = list(several)
    return Overdue(*(all_added(getattr(one, name) for one in found) for name in NAMES))


def of_body(body: UUID, today: date, *, places: bool) -> Overdue:
    """All the promises of one body whose first day has come."""
    return together(pieces_of(whose(body, today, places=places), today, places=places).values())


def came_due(which: Q) -> Added:
    """How many promises about lives came due. `which` must take whole months of `first_due_on`."""
    return added(number_told(len(each), smallest=smallest_shown()) for each in public_pieces(which).values())
