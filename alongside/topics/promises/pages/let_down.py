"""What a reader's own page shows of promises that let them down: what they can ask for, and who answered.

It is asked in one question for everybody; only where it finds something are the two answers looked up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.promises.models import FELL_SHORT, Erosion, Holds, Promise, StillHolds, Verdict, WhatNow

MOST, LATELY = 5, timedelta(days=30)


@kept_question
def _let_down(actor: Actor, at: datetime) -> Any:
    """Promises to the reader of which was said in the last month that they were not fully kept, or hold no
    longer, where the reader has not said what they want now; and those of which it was answered in the last
    month that they hold no longer."""
    since_day = clock.day_of(at) - LATELY
    since = WhatNow.everything.filter(
        promise=OuterRef("promise"), person=OuterRef("person"), made_by__gt=OuterRef("made_by")
    )
    said = Verdict.everything.filter(~Exists(since), person__in=actor.ids, counts=True, said__in=FELL_SHORT)
    later = StillHolds.everything.filter(
        promise=OuterRef("promise"), person=OuterRef("person"), counts=True, made_by__gt=OuterRef("made_by")
    )
    gone = StillHolds.everything.filter(~Exists(later), person__in=actor.ids, counts=True)
    gone = gone.exclude(said=Holds.STILL)
    answered = Erosion.everything.filter(promise=OuterRef("promise"), answered_on__gte=since_day)
    short = Q(id__in=said.filter(said_on__gte=since_day).values("promise"))
    short |= Q(id__in=gone.filter(~Exists(since), said_on__gte=since_day).values("promise"))
    short |= Q(id__in=gone.filter(Exists(answered)).values("promise"))
    return Promise.objects.seen_by(actor, at).filter(short).order_by("due_on", "id")[:MOST]


def let_down(actor: Actor) -> dict[str, list[Any]]:
    """For a panel: what fell short, what is gone again, and of what was answered that it is gone."""
    found = _let_down(actor)
    gone = _gone(actor, [row.id for row in found])
    answers = _answers(actor, gone)
    return {
        "fell_short": [row for row in found if row.id not in gone],
        "gone_again": [row for row in found if row.id in gone and row.id not in answers],
        "answered": [{"promise": row, "on": answers[row.id]} for row in found if row.id in answers],
    }


def _gone(actor: Actor, promises: list[UUID]) -> dict[UUID, date]:
    """Of these, what holds no longer, or only in part, by what was said last for the reader: since when."""
    if not promises:
        return {}
    said = StillHolds.objects.seen(actor, "made_by", promise=promises, person=actor.ids, counts=True)
    last = {row.promise: row for row in said}
    return {pk: row.said_on for pk, row in last.items() if row.said != Holds.STILL}


def _answers(actor: Actor, gone: Mapping[UUID, date]) -> dict[UUID, date]:
    """Of these, on which day it was answered since that they hold no longer."""
    if not gone:
        return {}
    rows = Erosion.objects.seen(actor, "on_day", "made_by", promise=list(gone))
    last = {row.promise: row.answered_on for row in rows}
    return {pk: on for pk, on in last.items() if on is not None and on >= gone[pk]}
