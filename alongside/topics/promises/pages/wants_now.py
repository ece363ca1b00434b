"""What is wanted now that a promise fell short: of whom it is asked, and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.topics.people.pages.named import Names
from alongside.topics.promises.models import FELL_SHORT, Promise, PromisedTo, StillHolds, Verdict, WhatNow
from alongside.topics.promises.policy import no_longer_holds_for


def who_is_asked(
    actor: Actor, promise: Promise, verdicts: Iterable[Verdict], judged: Iterable[PromisedTo]
) -> PromisedTo | None:
    """To whom it was made who is let down and has not said yet what they want, of those whom the reader may
    answer for. What they said themself is asked of nobody who speaks for them, seen or not."""
    told = list(verdicts)
    for row in judged:
        person = row.person or actor.person
        said = next((one for one in told if one.person == person and one.counts), None)
        if said is None or person is None:
            continue
        eroded = no_longer_holds_for(promise.id, person)
        if said.said in FELL_SHORT or eroded:
            since = _last_word(actor, promise, person) if eroded else said.made_by
            later = WhatNow.everything.filter(promise=promise.id, person=person, made_by__gt=since)
            if not later.exists():
                return row
    return None


def _last_word(actor: Actor, promise: Promise, person: UUID) -> int:
    """The entry of what this person last said about whether it still holds."""
    rows = StillHolds.objects.seen(actor, "-made_by", promise=promise.id)
    return next((row.made_by for row in rows if row.person == person), 0)


def for_whom(actor: Actor, row: PromisedTo | None, names: Names) -> str:
    """Whose wish it is, where it is not the reader’s own."""
    if row is None or row.person is None or row.person in actor.ids:
        return ""
    return names(row.person)
