"""The page anybody meets first, your own page, and the pages on which we speak about ourselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.home.itself import itself
from alongside.home.numbers import (
    Month,
    last_month,
    month_of,
    months_before,
    promise_bar,
    promise_rows,
    said_of,
    said_of_places,
)
from alongside.home.to_read import to_read_page
from alongside.home.trying import trying_page
from alongside.home.waits import waits_page
from alongside.home.who_decides import who_decides_here_page
from alongside.interfaces.faces import faces, is_made_up, told
from alongside.interfaces.page import panels, render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.kernel.reading import by_day_and_person, who_looked
from alongside.topics.decisions.models import Decision, State, Telling
from alongside.topics.people.models import Asking, Kinds, Link, LinkKind
from alongside.topics.people.policy import names_of
from alongside.topics.promises.models import Promise, PromisedTo

MOST_PLACES, MOST_LOOKS, MONTHS_TOLD, MOST_ASKED, LOOKS_READ = 3, 5, 6, 200, 60
MOST_COUNTED = 23  # then “20 or more”: nobody needs to have thousands counted at each look
LATELY = timedelta(days=30)
STORIES = {  # what each story of a made-up place is about
    "fit": gettext_lazy("A new front door that must show that it is fit, before it starts and to go on"),
    "mind": gettext_lazy("What somebody said, and whose mind it changed"),
    "words": gettext_lazy("Words that were taken from sight: why, and how their writer is told"),
    "pay": gettext_lazy("Pay that was promised and came late, and what she says of it"),
    "heard": gettext_lazy("Who asked to be heard at a conference, and how much they got"),
}


@require_safe
def home_page(request: Request) -> HttpResponseBase:
    """The front door for a visitor; for somebody who has signed in, the page that is theirs."""
    return _own_page(request) if actor_of(request).person else _front_door(request)


def _front_door(request: HttpRequest) -> HttpResponseBase:
    known = {face.name.split()[0].lower(): face for face in faces()}
    context = {
        **told_of(last_month()),
        "open_places": _open_places(actor_of(request)),
        "made_up": is_made_up(),
        "rosa": known.get("rosa"),
        "ken": known.get("ken"),
        "faces": faces(),
        "stories": _stories(),
    }
    return render(request, "home/front_door.html", context)


def _stories() -> list[dict[str, Any]]:
    """Stories of a made-up place to follow, and with whose eyes."""
    names = {str(face.person): face.name for face in faces()}
    return [
        {"words": STORIES[one.code], "path": one.path, "person": one.person, "name": names.get(one.person)}
        for one in told()
        if one.code in STORIES
    ]


def told_of(month: Month) -> dict[str, Any]:
    """One month, as its template needs it."""
    return {
        "month": month,
        "lives": said_of(month.lives),
        "places": said_of_places(month.places),
        "promise_bar": promise_bar(month.promises, month.due),
        "promise_rows": promise_rows(month.promises),
        "promises_more": month.more_due,
    }


def _open_places(actor: Actor) -> dict[str, Any]:
    """What is being decided about services and places: anybody may read it, and say what they think.

    The newest few, and how many more there are: none is left out in silence.
    """
    shown = _places(actor)
    more = _places_counted.count(actor) - MOST_PLACES if len(shown) == MOST_PLACES else 0
    return {"shown": shown, "more": more, "is_at_least": more == MOST_COUNTED - MOST_PLACES}


@kept_question
def _places(actor: Actor, at: datetime) -> Any:
    """What is being decided about services and places, the newest few."""
    rows = Decision.objects.seen_by(actor, at).filter(about="place", state=State.OPEN)
    return rows.order_by("-raised_at")[:MOST_PLACES]


@kept_question
def _places_counted(actor: Actor, at: datetime) -> Any:
    """As many of them as are counted."""
    rows = Decision.objects.seen_by(actor, at).filter(about="place", state=State.OPEN)
    return rows.values_list("id")[:MOST_COUNTED]


# Somebody's own page ------------------------------------------------------------------------------


def _own_page(request: HttpRequest) -> HttpResponseBase:
    actor = actor_of(request)
    found = sorted(panels(request), key=lambda panel: bool(panel.get("is_quiet")))  # what waits comes first
    context: dict[str, Any] = {
        "panels": found,
        "nothing_waits": all(panel.get("is_quiet") for panel in found),
        **_in_easy_read(found),
    }
    if actor.only is None:
        context |= {
            "asked_lately": _asked_of_their_life(actor),
            "asking": next(iter(Asking.objects.seen(actor, id=actor.person)), None),
            "looks": _looks(actor),
            "open_places": _open_places(actor),
        }
        posts = set(_posts(actor))
        is_new = context["nothing_waits"] and not actor.strong  # else what waits says so where it is needed
        context["passkey_first"] = is_new and bool(posts & WITH_A_PASSKEY)
        if posts & FOR_THE_PLACE:
            context |= told_of(last_month())
    return render(request, "home/own_page.html", context)


def _in_easy_read(found: list[dict[str, Any]]) -> dict[str, Any]:
    """For Easy Read: first what needs the reader, one thing at a time; then what else they can read so."""
    asking = [panel for panel in found if panel["is_easy"] and panel.get("asks")]
    return {
        "asking_panels": asking,
        "asks": sum(panel["asks"] for panel in asking),
        "easy_panels": [panel for panel in found if panel["is_easy"] and not panel.get("asks")],
        "other_panels": [panel for panel in found if not panel["is_easy"]],
    }


@kept_question
def _told_lately(actor: Actor, at: datetime) -> Any:
    """The matters of their own life that this person was told of lately, as far as they may see them."""
    told = Telling.everything.filter(Telling.seen_by(actor, at), person__in=actor.ids)
    told = told.filter(told_at__gte=at - LATELY)
    rows = Decision.objects.seen_by(actor, at).filter(about="person", id__in=told.values("decision"))
    return rows.values_list("id")[:MOST_ASKED]


@kept_question
def _asked_lately(actor: Actor, at: datetime) -> Any:
    """The promises of which they were asked lately whether they were kept."""
    mine = PromisedTo.everything.filter(person__in=actor.ids).values("promise")
    asked = Promise.objects.seen_by(actor, at).filter(id__in=mine, asked_on__gte=clock.day_of(at) - LATELY)
    return asked.values_list("id")[:MOST_ASKED]


def _asked_of_their_life(actor: Actor) -> int:
    """How many things of their own life we have asked this person in the last 30 days."""
    return _told_lately.count(actor) + _asked_lately.count(actor)


def _looks(actor: Actor) -> list[dict[str, Any]]:
    """Who looked at this person's record and on which day, the latest first; each look is on its own page."""
    found = by_day_and_person(who_looked(*actor.records, limit=LOOKS_READ))[:MOST_LOOKS]
    names = names_of({each.by for each in found})
    return [{"who": names[each.by], "at": each.on} for each in found]


WITH_A_PASSKEY = {kind.value for kind in (LinkKind.MANAGER, LinkKind.PRACTITIONER, LinkKind.COMMISSIONER)}
FOR_THE_PLACE = {LinkKind.COUNCILLOR.value, LinkKind.COMMISSIONER.value}  # who answers for the whole place


@kept_question
def _posts(actor: Actor, at: datetime) -> Any:
    """As what this person works in a body."""
    kinds = [kind.value for kind in Kinds.POSTS]
    posts = Link.objects.seen_by(actor, at).filter(person=actor.person, other=None, kind__in=kinds)
    return posts.filter(Q(closes_at=None) | Q(closes_at__gt=at)).values_list("kind", flat=True)


@require_safe
def me_page(request: HttpRequest) -> HttpResponseBase:
    """An easy address for one's own page."""
    to = reverse("home") if actor_of(request).person else reverse("account_login")
    return HttpResponseRedirect(to)


# The place, and ourselves -------------------------------------------------------------------------


@require_safe
def place_page(request: HttpRequest) -> HttpResponseBase:
    """The place in numbers, month by month."""
    month = last_month()
    earlier = [month_of(days) for days in months_before(month.first, MONTHS_TOLD - 1)]
    context = {
        **told_of(month),
        "months": [told_of(one) for one in (month, *earlier)],
        "largest_hidden": month.lives.smallest - 1,
        "open_places": _open_places(actor_of(request)),
    }
    return render(request, "home/place.html", context)


def _said(template: str, **more: Any) -> Any:
    @require_safe
    def page(request: HttpRequest) -> HttpResponseBase:
        return render(request, f"home/{template}.html", {"made_up": is_made_up(), **more})

    return page


@require_safe
def how_made_page(request: HttpRequest) -> HttpResponseBase:
    """How Alongside was made, measured as every matter is."""
    context = {"made_up": is_made_up(), "profile": itself().shown()}
    return render(request, "home/how_made.html", context)


def urls() -> Iterable[URLPattern]:
    """The pages of this floor, for the wiring page."""
    return [
        path("", home_page, name="home"),
        path("me", me_page, name="me"),
        path("words-to-read", to_read_page, name="to_read"),
        path("waits-too-long", waits_page, name="waits_too_long"),
        path("this-place", place_page, name="place"),
        path("who-decides-here", who_decides_here_page, name="who_decides_here"),
        path("talk", _said("talk"), name="talk"),
        path("can-everyone-use-this", _said("accessibility"), name="accessibility"),
        path("how-this-was-made", how_made_page, name="how_made"),
        path("tell-us", _said("tell_us"), name="tell_us"),
        path("try", trying_page, name="try"),
    ]
