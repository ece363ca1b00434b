"""On a body's page: of the small things written down as agreed, how many the person says were agreed.

Whole quarters, told once people have had time to say so, and never changed afterwards: two counts a day
apart would give away who has just answered. Of no worker, no team.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, Value, When
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from alongside.home import told
from alongside.home.counting import Figures, for_programs, protected
from alongside.home.numbers import words_of_agreement
from alongside.home.who_decides import quarter_before
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions.models import Decision, SaysAgreed
from alongside.topics.people.models import Organisation
from alongside.topics.people.policy import smallest_shown

TIME_TO_SAY = timedelta(days=28)
QUARTERS = 4
THEMSELF, WORKER, DENIED = "said_so", "worker_only", "denied"
WORDS = {
    THEMSELF: _("agreed: the person has said so, or their advocate"),
    WORKER: _("written down as agreed by a worker; the person has not said so"),
    DENIED: _("not agreed, or not like that, says the person"),
}


@dataclass(frozen=True)
class Quarter:
    """The small things of one body that were written down as agreed in one whole quarter."""

    first: date
    last: date
    figures: Figures


def quarters_of(body: UUID, today: date) -> list[Quarter]:
    """The quarters of which people have had time to say something, the latest first."""
    day = today - TIME_TO_SAY
    found = []
    for _each in range(QUARTERS):
        first, last = quarter_before(day)
        found.append(Quarter(first, last, _count(body, first, last)))
        day = first
    return found


def _count(body: UUID, first: date, last: date) -> Figures:
    begin, end = clock.due_end_of_day(first - timedelta(days=1)), clock.due_end_of_day(last)
    words = words_of_agreement(clock.due_end_of_day(last + TIME_TO_SAY))
    rows = Decision.objects.seen_by(THE_CLOCK).filter(
        organisation=body, about="person", size="everyday", raised_at__gt=begin, raised_at__lte=end
    )
    how = Case(
        When(Exists(words.filter(said=SaysAgreed.YES)), then=Value(THEMSELF)),
        When(Exists(words), then=Value(DENIED)),
        default=Value(WORKER),
        output_field=CharField(),
    )
    counted = dict(rows.annotate(how=how).order_by().values_list("how").annotate(number=Count("id")))
    parts = {name: counted.get(name, 0) for name in (WORKER, THEMSELF, DENIED)}
    return protected(parts, smallest=smallest_shown(last))


def panel(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """What a body's own page shows of it; nothing where nothing was ever written down so."""
    quarters = [each for each in quarters_of(body, clock.today()) if each.figures.total != 0]
    if not quarters:
        return None
    rows = [
        {"quarter": each, "parts": [(part, WORDS[part.name]) for part in each.figures.parts]}
        for each in quarters
    ]
    return "home/parts/agreed.html", {"quarters": rows, "largest_hidden": smallest_shown() - 1}


router = Router(tags=["this place"])


@router.get("/agreed/{organisation}")
def agreed_here(request: Request, organisation: UUID) -> told.AgreedQuarters:
    """Of one body’s small things written down as agreed: how many the person says were agreed."""
    the(Organisation, organisation, seen_by=request.actor)
    return {"quarters": [_plain(each) for each in quarters_of(organisation, clock.today())]}


def _plain(quarter: Quarter) -> told.AgreedQuarter:
    figures = for_programs(quarter.figures.parts)
    return {"first": quarter.first, "last": quarter.last, "of": quarter.figures.total, "agreed": figures}
