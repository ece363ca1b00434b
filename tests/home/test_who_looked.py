"""Whose life it is sees who looked: on each page of a matter, and when a program of theirs read it."""

from datetime import timedelta
from uuid import UUID

import pytest

from alongside.kernel import clock, reading
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.promises.making import promised
from tests.world import Cast, named

pytestmark = pytest.mark.django_db
PAGES = (
    *("", "/evidence", "/risks", "/people", "/rules", "/minds", "/support", "/who-decides", "/history"),
    *("/joint", "/map", "/afterwards", "/views", "/whom", "/law", "/origin", "/taken"),
)


def looks() -> list[UUID]:
    return [one.by for one in reading.who_looked(named("rosa"))]


def opens(address: str, who: Actor) -> bool:
    """Whether this page is there for this reader."""
    return browser_of(who).get(address).status_code == 200


def not_noted(addresses: list[str], cast: Cast) -> tuple[int, list[str]]:
    """How many of these Priya can open, and which of them nobody was told of."""
    opened, silent = 0, []
    for address in addresses:
        before = len(looks())
        if opens(address, cast.priya):
            opened += 1
            silent += [address] * (len(looks()) == before)
    return opened, silent


def test_whoever_reads_a_matter_by_a_program_is_shown_to_whom_it_is_about(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    described = browser_of(None).get("/api/openapi.json").json()["paths"]
    paths = [
        path.replace("{pk}", str(decision)) for path in described if path.startswith("/api/decisions/{pk}")
    ]
    opened, silent = not_noted(paths, cast)
    assert (opened > 8, silent) == (True, []), "the others are of places alone"
    assert set(looks()) == {cast.priya.person}
    seen = len(looks())
    assert opens(f"/api/decisions/{decision}", cast.rosa)
    assert len(looks()) == seen, "her own looking is not noted"


def test_whoever_reads_a_promise_by_a_program_is_shown_to_whom_it_was_made_to(cast: Cast) -> None:
    promise = promised(cast, to=cast.rosa, due_on=clock.today() + timedelta(days=9))
    assert opens(f"/api/promises/{promise}", cast.priya)
    assert looks() == [cast.priya.person]


def test_each_page_of_a_matter_notes_who_opened_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    opened, silent = not_noted([f"/decisions/{decision}{page}" for page in PAGES], cast)
    assert (opened > 8, silent) == (True, [])
    seen = len(looks())
    assert not opens(f"/decisions/{decision}", cast.stranger)
    assert len(looks()) == seen


def test_of_a_place_nobody_is_noted(cast: Cast) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="The library hours", change="swap")
    decision = do(raised, by=cast.june).thing
    assert opens(f"/api/decisions/{decision}", cast.priya) and opens(f"/decisions/{decision}/map", cast.priya)
    assert looks() == []
