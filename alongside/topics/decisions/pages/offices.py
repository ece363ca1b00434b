"""Names on a page that anybody can read: the office stands there, and never a worker's name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces.acting import may_do
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.whom import may_take_over
from alongside.topics.decisions.policy import ANOTHER_WORKER
from alongside.topics.people.models import Holding, Kinds, Link, LinkKind
from alongside.topics.people.policy import names_of, workers_of


def public_names(matter: models.Decision, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What a matter about a service or a place calls those who decide it or work for its body.

    A councillor's office is public, so a councillor is named. Everyone else in it acts as an office, as the
    body, or as a member who draws on care and support. Whoever is none of these keeps the name they gave.
    """
    wanted = {one for one in ids if one is not None}
    now = clock.now()
    seats = models.Decider.everything.like("since_at", decision=matter.id, person=wanted)
    seated = {row.person: row for row in seats}
    posts = Link.everything.like(person=wanted, other=None, kind=Kinds.POSTS)
    kinds: dict[UUID, set[str]] = {}
    for post in posts:
        if post.is_live(now) and (post.organisation == matter.organisation or post.person in seated):
            kinds.setdefault(post.person, set()).add(post.kind)
    holdings = Holding.everything.like(holder=wanted, organisation=matter.organisation)
    held = {row.holder: row.office for row in holdings if row.closes_at is None or row.closes_at > now}
    offices = held | {one: row.office for one, row in seated.items() if row.office is not None}
    named = names_of([*offices.values(), matter.organisation])
    body_name = named.get(matter.organisation, "") if matter.organisation else ""
    found = {}
    for one in wanted:
        row = seated.get(one)
        if row is not None and row.is_member:
            found[one] = _("A member who draws on care and support")
        elif one in offices:
            found[one] = named[offices[one]]
        elif kinds.get(one, set()) - {LinkKind.COUNCILLOR.value} or (row is not None and one not in kinds):
            found[one] = _("Someone at %(body)s") % {"body": body_name}
    return found


@kept_question
def _posts(actor: Actor, at: datetime) -> Any:
    """What the reader works as or belongs to, whoever said so."""
    return Link.everything.filter(person__in=actor.records, other=None)[:1]


def may_take_up(actor: Actor, decision: models.Decision) -> bool:
    """Whether the page offers the reader to decide this. Who works for nobody is asked nothing about work."""
    works = decision.is_about_person or (actor.person is not None and bool(_posts(actor)))
    if not works or not may_do(actor, "decisions.taken_up", decision.id) or _has_a_stake(actor, decision):
        return False
    return may_take_over(decision, actor.person, clock.now())


def _has_a_stake(actor: Actor, decision: models.Decision) -> bool:
    """Whether it is about the reader: their own life, or somebody who asks for another worker."""
    if decision.person is None:
        return False
    if decision.person in actor.ids:
        return True
    wanted = decision.change_code == ANOTHER_WORKER
    return wanted and actor.person in workers_of(decision.person, clock.now())
