"""One relationship: what it is, on what footing, and what the reader can do about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel.now import the
from alongside.topics.people.models import Kinds, Link
from alongside.topics.people.pages.shown import shown_links
from alongside.topics.people.policy import name_of


@require_safe
def link_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What somebody is to a person's life, or to a body."""
    row = the(Link, pk, seen_by=request.actor)
    link = shown_links([row])[0]
    ids = request.actor.ids
    context = {
        "link": link,
        "row": row,
        "is_mine": row.person in ids,
        "said_by": name_of(row.said_by) if row.person in ids else "",
        "is_other": row.other in ids,
        "is_post": row.other is None,
        "members": Kinds.MEMBERS,
        "works_here": row.other is None and row.kind in Kinds.POSTS,
        "may_change_sight": row.person in ids and row.other is not None and row.kind not in Kinds.WORKERS,
    }
    return render(request, "people/link.html", context)
