"""Who is left in peace: how often people said they may be asked about what is not their own life.

What was sent is read from the outbox: each message to somebody as one of many says so, with TO_MANY.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from alongside.kernel.clock import day_of
from alongside.kernel.outbox import Outbox
from alongside.topics.people.models import Asking
from alongside.topics.people.models.kinds import HowOften

TO_MANY = "to_many"  # in a message: it went to somebody as one of many, about no life of theirs
APART = {HowOften.WEEKLY: timedelta(days=7), HowOften.MONTHLY: timedelta(days=30)}


def days_asked_as_one_of_many(people: Iterable[UUID], since: datetime) -> dict[UUID, list[date]]:
    """On which days each of these people was sent something that is not about their own life."""
    wanted = {one.hex: one for one in people}
    found: dict[UUID, list[date]] = {one: [] for one in wanted.values()}
    many = Q(payload__to_many=True) | Q(payload__what="bundle")
    rows = Outbox.objects.filter(many, kind="tell", made_at__gt=since).exclude(state="failed")
    for payload, made_at in rows.values_list("payload", "made_at"):
        person = wanted.get(payload.get("person", ""))
        if person is not None:
            found[person].append(day_of(made_at))
    return found


def left_in_peace(people: Iterable[UUID], at: datetime) -> set[UUID]:
    """Of these, those who may not be sent such a message now: never, or not so soon after the last one."""
    wishes = Asking.everything.filter(id__in=list(people)).exclude(how_often=HowOften.ANY)
    said = {row: HowOften(how) for row, how in wishes.values_list("id", "how_often")}
    peace = {one for one, how in said.items() if how == HowOften.NEVER}
    limited = said.keys() - peace
    if limited:
        asked = days_asked_as_one_of_many(limited, at - max(APART.values()))
        for one in limited:
            first = day_of(at - APART[said[one]])
            if any(day > first for day in asked[one]):
                peace.add(one)
    return peace
