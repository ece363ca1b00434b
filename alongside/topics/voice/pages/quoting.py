"""Each place that quotes a resolution: who quotes it there, where, when, which words, what is left out.

Nobody is named. Who quotes is a body, an office or a role; who wrote it down, the office they held, the body
they worked for on that day, or that they gave no name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, Link, LinkKind
from alongside.topics.people.pages.looking import why_not
from alongside.topics.people.policy import names_of, people_among
from alongside.topics.voice.engine import left_out
from alongside.topics.voice.models import Check, Hearing, Quote, Version

LOOKS = {Check.EXACT: "good", Check.SHORTENED: "part", Check.ALTERED: "bad"}
PAID = [kind.value for kind in Kinds.COLLEAGUES]


def quoted(actor: Actor, rows: Iterable[Quote], versions: Iterable[Version]) -> list[dict[str, Any]]:
    """Each quote as a page shows it, beside the versions it may be from."""
    quotes, texts = list(rows), list(versions)
    noted, bodies = who_noted(quotes), names_of(row.quoted_by for row in quotes)
    return [
        {**_one(actor, row, texts), "who": who_quotes(row, bodies), "noted": noted[row.id]} for row in quotes
    ]


def _one(actor: Actor, row: Quote, versions: list[Version]) -> dict[str, Any]:
    day = row.quoted_on or row.found_on
    stood = max((one.number for one in versions if one.passed_on <= day), default=1)
    text = next((str(one.words or "") for one in versions if one.id == row.version), "")
    return {
        "row": row,
        "check": Check(row.check_says).label,
        "look": LOOKS[Check(row.check_says)],
        "is_old": row.number < stood,
        "stood": stood,
        "link": link_of(actor, row),
        "is_web": str(row.place or "").startswith(("https://", "http://")),
        "left_out": left_out(text, str(row.words or "")),
        "why_not": why_not(row),
    }


def link_of(actor: Actor, row: Quote) -> str:
    """Where the quote stands on this site, if the reader may see that."""
    if row.hearing is not None and Hearing.objects.seen_by(actor).filter(pk=row.hearing).exists():
        return reverse("voice:hearing", args=[row.hearing])
    if row.matter is not None:
        matters: Any = apps.get_model("decisions", "Decision")
        if matters.objects.seen_by(actor).filter(pk=row.matter).exists():
            return reverse("decisions:decision", args=[row.matter])
    return ""


def quotes_of(rows: Any) -> defaultdict[UUID, list[str]]:
    """How each quote of a resolution stands to its text, of those quotes that are given."""
    found: defaultdict[UUID, list[str]] = defaultdict(list)
    for resolution, check in rows.order_by("made_by", "id").values_list("resolution", "check_says"):
        found[resolution].append(check)
    return found


def who_quotes(row: Quote, bodies: Mapping[UUID, str]) -> str:
    """Whose page, minute or leaflet it is: a role, a body, or both. Empty where nobody wrote that down."""
    role, body = str(row.quoted_as or ""), bodies.get(row.quoted_by) if row.quoted_by else ""
    return f"{role}, {body}" if role and body else role or body or ""


def who_noted(rows: list[Quote]) -> dict[UUID, str]:
    """As what each place was written down: an office, a body’s worker, a councillor, or nobody known."""
    authors = {row.noted_by for row in rows}
    known, posts = people_among(authors), _posts(authors)
    called = names_of([*(row.noted_office for row in rows), *(post.organisation for post in posts)])
    return {row.id: _noted(row, known, posts, called) for row in rows}


def _posts(authors: set[UUID]) -> list[Link]:
    found = Link.everything.filter(person__in=authors, other=None, organisation__isnull=False)
    return list(found.filter(kind__in=[*PAID, LinkKind.COUNCILLOR]).order_by("-opens_at", "id"))


def _noted(row: Quote, known: set[UUID], posts: list[Link], called: Mapping[UUID, str]) -> str:
    if row.noted_office is not None:
        return called[row.noted_office]
    if row.noted_by not in known:
        return _("somebody who gave no name")
    moment = clock.moment_of(row.found_on)
    held = [post for post in posts if post.person == row.noted_by and post.is_live(moment)]
    if not held or held[0].organisation is None:
        return _("somebody who had signed in")
    body = {"body": called[held[0].organisation]}
    if held[0].kind == LinkKind.COUNCILLOR:
        return _("a councillor of %(body)s") % body
    return _("somebody who works for %(body)s") % body
