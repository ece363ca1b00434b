"""Whether the line that decides made somebody the worker of a person only once a matter was raised."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.people.models import Kinds, Link
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import is_advocate_of, managers_over, works_with
from alongside.topics.people.policy.seen import Outside


def is_theirs_by_right(who: UUID, person: UUID, decision: UUID, outside: Outside, at: datetime) -> bool:
    """Whether somebody is the person’s advocate, or works with them, and not by a word of the line alone."""
    if is_advocate_of(who, person, at):
        return True
    works = works_with(Actor(person=who), person, at)
    return works and not was_put_there(who, person, decision, outside, at)


def was_put_there(
    who: UUID, person: UUID, decision: UUID, outside: Outside, at: datetime, *, since: datetime | None = None
) -> bool:
    """Whether somebody works with the person only since the line wrote so, after the matter was raised, or
    since an earlier moment.

    Nobody makes a friend of theirs the worker whose word counts."""
    matter = models.Decision.everything.filter(pk=decision).first()
    rows = Link.everything.filter(live(at), person=person, kind__in=list(Kinds.WORKERS))
    theirs = [
        row
        for row in rows.filter(other__isnull=False)
        if row.other == who or who in managers_over(row.other, at)
    ]
    return (
        matter is not None
        and bool(theirs)
        and all(
            row.said_by not in outside
            and row.opens_at is not None
            and row.opens_at >= (since or matter.raised_at)
            for row in theirs
        )
    )
