"""Words that nobody put their name to: read by a named person before everyone can read them.

One set of columns and one question for every table whose words wait. What counts never asks this.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kernel.clock import day_of
from alongside.kernel.seal import SealedField


class ReadFirst(models.Model):
    """Words that everyone may read only once somebody has read them and said so."""

    look_by = models.DateField(null=True)  # nothing: nobody need read them first, and whoever said it decides
    shown_on = models.DateField(null=True)  # nothing while nobody has said that everyone may
    held_for = models.CharField(max_length=16)  # why not everyone may read them; empty when they may
    held_words = SealedField()  # what their writer was told beside that
    held_until = models.DateField(null=True)  # held on the body's word alone: the last such day
    shown_outside = models.BooleanField()  # a user-led organisation showed them
    asked_for = models.CharField(max_length=16)  # why the body asks a user-led organisation to hold them back

    class Meta:
        abstract = True

    @property
    def words_to_read(self) -> list[Any]:
        """All that everyone will read, for whoever reads it first."""
        return [self.words]  # type: ignore[attr-defined]  # each table that says nothing else has words

    @property
    def waits(self) -> bool:
        """Whether nobody has looked yet."""
        return self.look_by is not None and self.shown_on is None and not self.held_for

    def is_held_on(self, day: date) -> bool:
        return bool(self.held_for) and (self.held_until is None or self.held_until >= day)


def at_first(look_by: date | None, shown_on: date | None = None) -> dict[str, Any]:
    """What stands in those columns when the words are written down."""
    return {
        "look_by": look_by,
        "shown_on": shown_on,
        "held_for": "",
        "held_words": None,
        "held_until": None,
        "shown_outside": False,
        "asked_for": "",
    }


def words_stand_q(at: datetime) -> Q:
    """Rows whose words everyone may read, as far as reading them first goes."""
    today = day_of(at)
    let_go = Q(look_by=None, shown_on=None) | Q(shown_on__lte=today)
    return let_go & (Q(held_for="") | Q(held_until__lt=today))


WAITING = Q(look_by__isnull=False, shown_on=None, held_for="")
ASKED_FOR = ~Q(asked_for="")  # the body asks, and a user-led organisation has not answered


def held_q(today: date) -> Q:
    """Rows whose words are held back on this day."""
    return ~Q(held_for="") & (Q(held_until=None) | Q(held_until__gte=today))


@dataclass(frozen=True)
class NotShown:
    """That there are words which not everyone may read, and why: never the words."""

    row: UUID
    within: UUID  # the matter, promise or problem whose page says so
    look_by: date | None
    held_for: str  # empty while nobody has looked
    held_until: date | None


COLUMNS = ("id", "look_by", "held_for", "held_until")


def not_shown(rows: Any, within: str, today: date) -> list[NotShown]:
    """Of these rows, those whose words nobody has looked at, and those held back. For everyone to know."""
    found = rows.filter(WAITING | held_q(today)).order_by("look_by", "id").values_list(*COLUMNS, within)
    return [NotShown(pk, where, by, why, until) for pk, by, why, until, where in found]


def late(found: list[NotShown], today: date) -> list[NotShown]:
    """Those that have waited too long, and those held back: what the page says of them is due now."""
    return [one for one in found if one.held_for or (one.look_by is not None and one.look_by < today)]


@dataclass(frozen=True)
class Outcome:
    """What comes of one person's looking."""

    columns: Mapping[str, Any]
    asks: bool = False  # the words stand; a user-led organisation is asked to hold them back


def weigh(
    row: ReadFirst, *, is_shown: bool, reason: str, is_outside: bool, today: date, short_until: date | None
) -> Outcome:
    """Show words or hold them back. Once somebody outside showed them, the body alone cannot hide them.

    `short_until` is the last day on which the body alone may hide words for this reason; nothing where the
    reason names no danger to a person. It hides them so once, and no more, whatever it says later.
    """
    if is_shown:
        shown = {"shown_on": row.shown_on or today, "held_for": "", "asked_for": ""}
        return Outcome({**shown, "shown_outside": row.shown_outside or is_outside})
    if is_outside:
        gone = {"shown_on": None, "held_for": reason, "held_until": None, "asked_for": ""}
        return Outcome({**gone, "shown_outside": False})
    if not row.shown_outside:
        return Outcome({"shown_on": None, "held_for": reason})
    if short_until is not None and row.held_until is None:
        return Outcome({"held_for": reason, "held_until": short_until, "asked_for": reason}, asks=True)
    return Outcome({"asked_for": reason}, asks=True)
