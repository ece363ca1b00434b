"""Whose life it is sees who looked: on each page of a matter, and when a program of theirs read it."""

import re
from datetime import datetime, timedelta
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


def test_looks_are_folded_by_day_and_person_and_each_can_be_opened(cast: Cast) -> None:
    rosa = named("rosa")
    for day, hour, who in (
        (1, "09:05", "priya"),
        (1, "16:40", "priya"),
        (2, "10:00", "priya"),
        (2, "11:30", "ken"),
    ):
        with clock.at(datetime.fromisoformat(f"2026-03-0{day}T{hour}+00:00")):
            reading.looked(getattr(cast, who), rosa, "decision" if who == "priya" else "promise")
    shown = browser_of(cast.rosa).get(f"/people/{rosa}/who-can-see").content.decode()
    folds = re.findall(
        r"<summary><span>([^<]+) <span class=\"soft\">([^<]+)</span></span></summary><ul>(.*?)</ul>", shown
    )
    assert [(who, told) for who, told, _looks in folds] == [
        ("Priya Nair: 1 March 2026.", "2 pages, from 9.05 in the morning to 4.40 in the afternoon")
    ]
    assert (
        '<p>Ken Holt: 2 March 2026 at 11.30 in the morning. <span class="soft">A promise</span></p>' in shown
    )
    assert "<li>4.40 in the afternoon: A decision</li><li>9.05 in the morning: A decision</li>" in folds[0][2]
    read = browser_of(cast.rosa).get(f"/api/people/{rosa}/who-can-see").json()["who_looked"]
    assert [(one["name"], one["day"], one["pages"]) for one in read] == [
        ("Ken Holt", "2026-03-02", 1),
        ("Priya Nair", "2026-03-02", 1),
        ("Priya Nair", "2026-03-01", 2),
    ]
    assert (read[2]["first"][11:16], read[2]["last"][11:16]) == ("09:05", "16:40")
    assert [look["page"] for look in read[2]["looks"]] == ["A decision", "A decision"]
    assert len(browser_of(cast.rosa).get("/my-record/").json()["who_looked"]) == 4  # nothing of it is changed


def test_of_many_days_the_last_stand_open_and_the_others_are_folded(cast: Cast) -> None:
    rosa = named("rosa")
    for day in range(1, 11):
        with clock.at(f"2026-03-{day:02}"):
            reading.looked(cast.priya, rosa, "decision")
    shown = browser_of(cast.rosa).get(f"/people/{rosa}/who-can-see").content.decode()
    before, after = shown.split("Who looked before that")
    assert "4 March 2026" in before and "3 March 2026" not in before and "3 March 2026" in after
    own = browser_of(cast.rosa).get("/").content.decode()
    assert "Priya Nair, 10 March 2026" in own and "Priya Nair, 5 March 2026" not in own
