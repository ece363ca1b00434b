"""Who decides here: of the decisions about people's lives, how many the person decided, alone or with others.

Whole quarters of the whole place: never of one worker, team or decider. A quarter adds up what its months
have told already, so that nothing can be worked out by taking one from the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from ninja import Router

from alongside.home import told
from alongside.home.counting import Figure, for_programs, whole_month_before
from alongside.home.numbers import HEARD, LAW, OWN, SMALL, TYPED, month_of
from alongside.interfaces import chart, words
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.wired import Figure as FigureTold
from alongside.kernel import clock
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions.models import Decision, Voice

QUARTERS = 4
HOW = {
    OWN: _("by the person alone"),
    SMALL: _("by the person together with those who support them"),
    TYPED: _("by agreement, says the worker who typed it: a small thing. The person has not said so"),
    HEARD: _("by the body, after the person or their advocate gave an answer"),
    LAW: _("by the body on a legal reason, without an answer"),
}
LOOKS = {OWN: "kept", SMALL: "these", TYPED: "other", HEARD: "partly", LAW: "not-kept"}
WITHOUT = "without"
PLACE_HOW = {
    "together": _("by several people who had to agree, people who draw on care among them"),
    "several": _("by several people who had to agree"),
    "one": _("by one person or office, after people had answered"),
    WITHOUT: _("without the people it affects, with the reason in the open"),
}


@dataclass(frozen=True)
class Quarter:
    """One whole quarter of the place."""

    first: date
    last: date
    total: Figure  # of all decisions about people's lives
    lives: tuple[Figure, ...]  # each exact, “at least so many”, or none: too few to say
    places: dict[str, int]  # these are open to all, so they are exact
    smallest: int

    @property
    def is_whole(self) -> bool:
        return all(part.number is not None and not part.is_at_least for part in self.lives)


def quarter_before(day: date) -> tuple[date, date]:
    """The first and the last day of the last quarter that is over."""
    begins = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    last = begins - timedelta(days=1)
    return last.replace(month=last.month - 2, day=1), last


def quarters(day: date, many: int = QUARTERS) -> list[Quarter]:
    """Whole quarters that are over, the latest first."""
    found = []
    for _each in range(many):
        first, last = quarter_before(day)
        found.append(_quarter(first, last))
        day = first
    return found


def _quarter(first: date, last: date) -> Quarter:
    """One quarter, added up from its months."""
    day, months = last + timedelta(days=1), []
    for _each in range(3):
        days = whole_month_before(day)
        months.append(month_of(days))
        day = days[0]
    parts = [_added(name, [month.lives for month in months]) for name in HOW]
    lives = tuple(part for part in parts if part.number != 0 or part.is_at_least)
    total = _all([month.lives for month in months])
    return Quarter(first, last, total, lives, _places(first, last), months[0].lives.smallest)


def _all(months: list[Any]) -> Figure:
    """How many there were in three months. A month of too few to tell makes it “at least”."""
    told = [month.total for month in months]
    return Figure("all", sum(each or 0 for each in told), is_at_least=None in told)


def _added(name: str, months: list[Any]) -> Figure:
    """One way of deciding over three months. What a month does not tell, its quarter does not tell either."""
    number, is_exact = 0, True
    for month in months:
        part = next((one for one in month.parts if one.name == name), None)
        told_nothing = part is None and (month.total is None or (month.total > 0 and not month.parts))
        if told_nothing or (part is not None and part.number is None):
            is_exact = False
        elif part is not None:
            number += part.number or 0
            is_exact = is_exact and not part.is_at_least
    if is_exact:
        return Figure(name, number)
    return Figure(name, number or None, is_at_least=True)


def _places(first: date, last: date) -> dict[str, int]:
    """How matters about services and places were decided. They are public, each of them."""
    begin, end = clock.due_end_of_day(first - timedelta(days=1)), clock.due_end_of_day(last)
    made = Decision.objects.seen_by(THE_CLOCK).filter(
        about="place", decided_at__gt=begin, decided_at__lte=end
    )
    found = made.annotate(how=_of_a_place()).order_by().values_list("how").annotate(number=Count("id"))
    counted = dict(found)
    return {name: counted[name] for name in PLACE_HOW if name in counted}


def _of_a_place() -> Case:
    members = Voice.objects.seen_by(THE_CLOCK).filter(
        proposal=OuterRef("proposal"), is_member=True, is_current=True
    )
    return Case(
        When(is_without_them=True, then=Value(WITHOUT)),
        When(Exists(members), then=Value("together")),
        When(proposal__isnull=False, then=Value("several")),
        default=Value("one"),
        output_field=CharField(),
    )


# The page, and the same for programs --------------------------------------------------------------


@require_safe
def who_decides_here_page(request: HttpRequest) -> HttpResponseBase:
    """Who decides here, quarter by quarter."""
    found = quarters(clock.today())
    context = {
        "latest": told_of(found[0]),
        "quarters": [told_of(each) for each in found],
        "largest_hidden": found[0].smallest - 1,
    }
    return render(request, "home/who_decides_here.html", context)


def told_of(quarter: Quarter) -> dict[str, Any]:
    """A quarter with its words and, where every part is exact, its drawing."""
    drawn = None
    if quarter.is_whole and quarter.lives:
        parts = [chart.Part(HOW[one.name], one.number or 0, LOOKS[one.name]) for one in quarter.lives]
        name = _("Who decided about people’s lives")
        drawn = chart.bar(parts, name=name, sentence=_("The table says the same as the drawing."))
    return {
        "quarter": quarter,
        "lives": [
            {"figure": part, "how": HOW[part.name], "share": _share(part, quarter.total)}
            for part in quarter.lives
        ],
        "places": [(number, PLACE_HOW[name]) for name, number in quarter.places.items()],
        "bar": drawn,
    }


def _share(part: Figure, total: Figure) -> str:
    """“12 of 40”, with “at least” before whatever is only known from below."""
    if part.number is None:
        return _now("Too few to say")
    if not part.is_at_least and not total.is_at_least:
        return words.out_of(part.number, total.number or 0)
    named = {"part": words.number(part.number), "of": words.number(total.number or 0)}
    if not total.is_at_least:
        return _now("At least %(part)s of %(of)s") % named
    if not part.is_at_least:
        return _now("%(part)s of at least %(of)s") % named
    return _now("At least %(part)s of at least %(of)s") % named


router = Router(tags=["this place"])


@router.get("/who-decides")
def who_decides_here(request: Request) -> told.PlaceQuarters:
    """Who decides here: whole quarters of the whole place, small numbers protected."""
    return {"quarters": [_plain(each) for each in quarters(clock.today())]}


def _plain(quarter: Quarter) -> told.PlaceQuarter:
    by = for_programs(quarter.lives)
    total: FigureTold = {"number": quarter.total.number, "at_least": quarter.total.is_at_least}
    places = quarter.places
    return {"first": quarter.first, "last": quarter.last, "of": total, "lives": by, "places": places}
