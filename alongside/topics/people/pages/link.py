"""One relationship: what it is, on what footing, and what the reader can do about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, reading
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.goes_on import goes_on
from alongside.topics.people.commands.powers import a_second_was_asked_to_see_it
from alongside.topics.people.models import Dispute, Kinds, Link, LinkKind, PowerCheck
from alongside.topics.people.models.links import live
from alongside.topics.people.pages.shown import ended_by, shown_links
from alongside.topics.people.pages.who_wrote import who_wrote
from alongside.topics.people.policy import names_of


def _power(actor: Actor, row: Link) -> dict[str, Any]:
    """Of an attorney or deputy: who wrote it down and when, who has seen the document too, and if it waits.
    Whoever holds the power is not told who looked."""
    checks = PowerCheck.objects.seen_by(actor).filter(link=row.id, agreed_at__isnull=False)
    seen = list(checks.order_by("agreed_at", "id"))
    names = names_of([row.said_by, *(check.agreed_by for check in seen)])
    kind = "people.power_check_asked_for"
    ask = (
        row.is_live(clock.now()) and not a_second_was_asked_to_see_it(row.id) and may_do(actor, kind, row.id)
    )
    return {
        "by": names[row.said_by],
        "at": reading.moments([row.made_by]).get(row.made_by),
        "seen": [{"who": names[check.agreed_by], "at": check.agreed_at} for check in seen],
        "waits": actor.person != row.other and a_second_was_asked_to_see_it(row.id),
        "ask": address_of(kind, link=row.id, next=reverse("people:link", args=[row.id])) if ask else "",
        "is_shown": actor.person != row.other,
    }


def _has_ended(row: Link) -> bool:
    """Whether this is support that was written down as ended, and goes on by no other row."""
    now = clock.now()
    is_over = row.closes_at is not None and row.closes_at <= now
    return row.kind == LinkKind.DRAWS_ON_SUPPORT and is_over and not goes_on(row, now)


def _sees_otherwise(row: Link) -> list[tuple[str, str]]:
    """By what else the same one sees the decisions and promises of this person: what it is, and its page."""
    rows = Link.everything.filter(live(clock.now()), person=row.person, other=row.other, shows=True)
    found = rows.exclude(pk=row.id).order_by("id")
    return [(str(LinkKind(one.kind).label), reverse("people:link", args=[one.id])) for one in found]


@require_safe
def link_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What somebody is to a person's life, or to a body."""
    row = the(Link, pk, seen_by=request.actor)
    link = shown_links([row], reader=request.actor.person, matters=ended_by(request.actor, [row]))[0]
    ids = request.actor.ids
    power = _power(request.actor, row) if row.kind in Kinds.POWERS and row.other is not None else None
    may_change_sight = row.person in ids and row.other is not None and row.kind not in Kinds.WORKERS
    disputes = list(Dispute.objects.seen_by(request.actor).filter(link=row.id)) if link.is_speaker else []
    context = {
        "power": power,
        "link": link,
        "row": row,
        "is_mine": row.person in ids,
        "written": who_wrote(request.actor, [row])[row.id] if power is None else "",
        "is_other": row.other in ids,
        "disputes": [one for one in disputes if one.settled_at is None],
        "said_so": any(one.by in (*ids, request.actor.author) for one in disputes),
        "may_ask_for_another": row.person in ids and link.is_live and row.kind == LinkKind.NAMED_WORKER,
        "is_post": row.other is None,
        "members": Kinds.MEMBERS,
        "has_ended": _has_ended(row),
        "works_here": row.other is None and row.kind in Kinds.POSTS,
        "may_change_sight": may_change_sight,
        "sees_otherwise": _sees_otherwise(row) if may_change_sight and not row.shows else [],
    }
    return render(request, "people/link.html", context)
