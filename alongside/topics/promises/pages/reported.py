"""What other systems claim: the files that came in, and what is in them, each with its source and row."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.words import number
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.policy import names_of, organisations_of
from alongside.topics.promises.commands.importing import DECISIONS, PROMISES, ROWS
from alongside.topics.promises.models import ClaimedPromise, FromElsewhere, Import, ReportedDecision, Taken
from alongside.topics.promises.pages.listing import one_page
from alongside.topics.promises.pages.shown import claimed_progress


@require_safe
def reported_promises_page(request: Request) -> HttpResponseBase:
    """Files of promises that other systems claim."""
    return _files(request, PROMISES, "promises/reported_promises.html")


@require_safe
def reported_decisions_page(request: Request) -> HttpResponseBase:
    """Files of decisions that other systems report."""
    return _files(request, DECISIONS, "promises/reported_decisions.html")


def may_bring_in(actor: Actor) -> bool:
    """Whether this reader may bring a file in."""
    if actor.person is None or actor.only is not None or not actor.strong:
        return False
    return bool(organisations_of(actor.person, clock.now()))


def _files(request: Request, what: str, template: str) -> HttpResponseBase:
    rows = Import.objects.seen_by(request.actor).filter(what=what).order_by("-made_by")
    files, beside = one_page(rows, request)
    names = names_of(row.organisation for row in files)
    shown = [
        {
            "row": row,
            "who": names[row.organisation],
            "count": number(row.fresh_rows),
            "is_half_in": row.state == Taken.STARTED,
            "is_out": row.state == Taken.WITHDRAWN,
            "link": reverse("promises:import", args=[row.id]),
        }
        for row in files
    ]
    bring_in = reverse("promises:bring_in") if may_bring_in(request.actor) else ""
    return render(request, template, {"files": shown, "import": bring_in, **beside})


@require_safe
def import_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One file and its rows."""
    batch: Import = the(Import, pk, seen_by=request.actor)
    model = ROWS[batch.what]
    rows, beside = one_page(
        model.objects.seen_by(request.actor).filter(batch=batch.id).order_by("row", "id"), request
    )
    taken_out = address_of("promises.import_withdrawn", batch=batch.id)
    is_open = batch.state != Taken.WITHDRAWN
    context = {
        "batch": batch,
        "who": names_of([batch.organisation])[batch.organisation],
        "count": number(batch.fresh_rows),
        "is_promises": batch.what == PROMISES,
        "is_half_in": batch.state == Taken.STARTED,
        "rows": [_claim(row) if isinstance(row, ClaimedPromise) else _report(row) for row in rows],
        "withdraw": taken_out if is_open and _may_withdraw(request, batch) else "",
        "back": reverse("promises:reported" if batch.what == PROMISES else "promises:reported_decisions"),
        **beside,
    }
    return render(request, "promises/import.html", context)


def _may_withdraw(request: Request, batch: Import) -> bool:
    return request.actor.strong and may_do(request.actor, "promises.import_withdrawn", batch)


def _web_address(row: FromElsewhere) -> str:
    """A link only where the file gives a web address: anything else in that column is only text."""
    found = str(row.link) if row.link is not None else ""
    return found if found.startswith(("https://", "http://")) else ""


def _claim(row: ClaimedPromise) -> dict[str, Any]:
    """A promise as claimed: what its owner says, and that nobody it was made to has been asked."""
    made_to = _("Made to: %(who)s.") % {"who": row.made_to} if row.made_to else _("Made to: not said.")
    return {
        "row": row,
        "link": _web_address(row),
        "made_to": made_to,
        "progress": claimed_progress(row.percent),
    }


def _report(row: ReportedDecision) -> dict[str, Any]:
    """A decision as reported: the counts the source gives, and how each elected member voted."""
    found = [
        (_("%(count)s for"), row.votes_for),
        (_("%(count)s against"), row.votes_against),
        (_("%(count)s did not vote either way"), row.votes_abstained),
        (_("%(count)s absent"), row.absent),
    ]
    counted = [words % {"count": number(count)} for words, count in found if count is not None]
    votes = str(row.votes).splitlines() if row.votes is not None else []
    return {"row": row, "link": _web_address(row), "votes": ", ".join(counted), "each": votes}


def file_of(what: str) -> str:
    """The address of the list that files of this kind stand in."""
    if what not in ROWS:
        raise Missing
    return reverse("promises:reported" if what == PROMISES else "promises:reported_decisions")
