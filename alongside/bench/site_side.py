"""The whole site's side: a place with its people, a large decision, and pages asked for in this process."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.core.management import call_command
from django.http import HttpRequest

from alongside.bench.asking import Application, cookies_after, page
from alongside.bench.everything import measures
from alongside.bench.timing import timed
from alongside.bench.words import WORDS
from alongside.interfaces.sessions import SessionStore
from alongside.interfaces.static_files import collect
from alongside.interfaces.who import sign_in_as
from alongside.kernel import clock, replay
from alongside.kernel.door import do, do_many
from alongside.kernel.policy import Actor
from alongside.kernel.stock import take_stock
from alongside.made_up.ground import BUILDER, lay
from alongside.made_up.place import Place
from alongside.topics.decisions.commands.answering import GiveViewOnPlace
from alongside.topics.decisions.commands.raising import AddOption, RaiseAboutPlace
from alongside.topics.decisions.commands.whom import SayWhoIsAffected
from alongside.topics.people.commands.persons import AddPerson

CHANGE, POSITIONS = "increase", ("for", "against", "other", "unsure")
PEOPLE: list[UUID] = []


@cache
def _place() -> Place:
    return Place(clock.today(), Random(7))


def prepare(people: int, known_to_ken: bool = False) -> dict[str, Any]:
    """Lay the ground of the made-up place, and add more people to it. Only whom he knows can Ken name."""
    call_command("migrate", verbosity=0, interactive=False)
    collect()  # as `serve` does before its first page
    lay(_place())
    PEOPLE.extend(uuid4() for _ in range(people))
    council = _place().named("council")
    added = (
        AddPerson(person=person, draws=uuid4(), organisation=council, name=f"Neighbour {number}")
        for number, person in enumerate(PEOPLE)
    )
    by = _place().who("ken") if known_to_ken else BUILDER
    done = do_many([(command, None) for command in added], by=by)
    return {"entries": done[-1].recorded.number if done[-1].recorded else 0}


def decision(options: int, views: int, affected: int = 0) -> dict[str, Any]:
    """Raise one decision about the place: so many options, so many people named, and so many views."""
    council, ken = _place().named("council"), _place().who("ken")
    bus_stop = RaiseAboutPlace(organisation=council, what="Where the bus stops", change=CHANGE)
    raised = do(bus_stop, by=ken).thing
    for number in range(options):
        do(AddOption(decision=raised, name=f"Way {number + 1}", change=CHANGE, words=WORDS), by=ken)
    for person in PEOPLE[:affected]:
        do(SayWhoIsAffected(decision=raised, person=person, stake="home"), by=ken)
    for number, person in zip(range(views), PEOPLE, strict=False):
        position = POSITIONS[number % len(POSITIONS)]
        view = GiveViewOnPlace(
            decision=raised,
            position=position,
            words=f"{number}: {WORDS}",
            does_not_know=position == "against",
        )
        do(view, by=Actor(person=person))
    return {"path": f"/decisions/{raised}"}


def fill(first: int, last: int) -> dict[str, Any]:
    """Add a measure of everything for each of these numbers, the last one not included."""
    measures(_place(), range(first, last), PEOPLE)
    return {"entries": replay.verify().entries}


@cache
def _application() -> Application:
    from alongside.interfaces.serving import application

    take_stock()  # as `serve` does before its first page
    found: Application = application
    return found


@cache
def _cookie(who: str) -> str:
    """The cookie of somebody here; none for a visitor."""
    if not who:
        return ""
    request = HttpRequest()
    request.session = SessionStore()
    sign_in_as(request, PEOPLE[0] if who == "neighbour" else _place().named(who))
    request.session.save()
    return f"sessionid={request.session.session_key}"


def pages(path: str, who: list[str], times: int) -> dict[str, Any]:
    """Ask so many times for a page, as each of these people; a visitor is nobody. All have read it before."""
    application = _application()
    cookies = [cookies_after(application, path, _cookie(one)) for one in who]

    def ask(_me: int) -> None:
        for cookie in cookies:
            page(application, path, cookie)

    return timed(ask, count=times) | {"count": times * len(cookies)}


def pages_for(path: str, seconds: float) -> dict[str, Any]:
    """Ask for a page as a visitor for so long."""
    application = _application()
    began, asked = time.monotonic(), 0
    while time.monotonic() < began + seconds:
        page(application, path)
        asked += 1
    return {"began": began, "ended": time.monotonic(), "count": asked}


ACTS: dict[str, Callable[..., dict[str, Any]]] = {
    act.__name__: act for act in (prepare, decision, fill, pages, pages_for)
}
