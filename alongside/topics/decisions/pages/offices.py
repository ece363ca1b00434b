"""Names on a page that anybody can read: the office stands there, and never a worker's name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.topics.decisions import models
from alongside.topics.people.models import Holding, Kinds, Link, LinkKind
from alongside.topics.people.policy import names_of


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
