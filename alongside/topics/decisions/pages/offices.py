"""Names on a page that anybody can read: the office stands there, and never a worker's name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.topics.decisions import models
from alongside.topics.people.models import Holding, Kinds, Link, LinkKind
from alongside.topics.people.policy import live, names_of


def public_names(matter: models.Decision, ids: Iterable[UUID]) -> dict[UUID, str]:
    """What a matter about a service or a place calls those who decide it or work for its body.

    A councillor's office is public, so a councillor is named. Everyone else in it acts as an office, as the
    body, or as a member who draws on care and support. Whoever is none of these keeps the name they gave.
    """
    wanted = {one for one in ids if one is not None}
    now = clock.now()
    seats = models.Decider.everything.filter(decision=matter.id, person__in=wanted).order_by("since_at")
    seated = {row.person: row for row in seats}
    posts = Link.everything.filter(live(now), person__in=wanted, other=None, kind__in=Kinds.POSTS)
    kinds: dict[UUID, set[str]] = {}
    for person, kind, body in posts.values_list("person", "kind", "organisation"):
        if body == matter.organisation or person in seated:
            kinds.setdefault(person, set()).add(kind)
    holdings = Holding.everything.filter(Q(closes_at=None) | Q(closes_at__gt=now), holder__in=wanted)
    held = dict(holdings.filter(organisation=matter.organisation).values_list("holder", "office"))
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
