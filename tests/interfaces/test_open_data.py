"""What anybody may take away is of services and places only, opens safely, and is not sent twice."""

import json
from datetime import date
from uuid import UUID
from xml.etree import ElementTree

import pytest

from alongside.interfaces.open_data.writing import ATOM, safe
from alongside.kernel.door import do
from alongside.topics.decisions.commands import RaiseAboutPlace
from alongside.topics.promises.commands import MakePromise
from tests.decisions.acts import CUT, raised
from tests.interfaces.open_data import table, taken
from tests.promises.making import promised
from tests.world import Cast

pytestmark = pytest.mark.django_db


def lift(cast: Cast, what: str = "Mend the lift at the library") -> UUID:
    return do(RaiseAboutPlace(organisation=cast.council, what=what, change="start"), by=cast.ana).thing


def to_members(cast: Cast) -> UUID:
    promise = MakePromise(
        organisation=cast.council,
        what="The lift will work.",
        due_on=date(2027, 5, 1),
        office=cast.kens_office,
        group="Everyone who uses the library",
        group_of=cast.ulo,
        group_size=40,
    )
    return do(promise, by=cast.ken).thing


def test_a_place_is_in_every_form_and_a_life_is_in_none(cast: Cast) -> None:
    raised(cast.ken, cast.rosa)
    promised(cast, to=cast.rosa, what="Mend Rosa’s ramp.", due_on=date(2027, 5, 1))
    decision, promise = lift(cast), to_members(cast)
    [row], [held] = table("decisions"), table("promises")
    assert (row["id"], row["title"], row["body"]) == (
        str(decision),
        "Mend the lift at the library",
        "Wexmoor Council",
    )
    assert (held["id"], held["office"]) == (str(promise), "Team manager, East")
    for name, there in (("decisions", "Mend the lift"), ("promises", "The lift will work")):
        for form in ("json", "atom"):
            text = taken(f"/open-data/{name}.{form}").content.decode()
            assert there in text
            for private in (CUT, "Rosa", "Mend Rosa’s ramp", "Ken Holt", "Ana Reyes"):
                assert private not in text, (name, form, private)


def test_a_long_register_comes_a_page_at_a_time_and_each_row_once(cast: Cast) -> None:
    wanted = {str(lift(cast, f"Lift {number}")) for number in range(7)}
    found, address = [], "/open-data/decisions.json?limit=3"
    while address:
        page = taken(address).json()
        found += [row["id"] for row in page["items"]]
        address = f"/open-data/decisions.json?limit=3&cursor={page['next']}" if page["next"] else ""
    assert len(found) == 7 and set(found) == wanted
    assert list(page["columns"]) == list(page["items"][0])
    assert len(table("decisions")) == 7


@pytest.mark.parametrize("asked", ["limit=0", "limit=many", "limit=1000", "cursor=anything", "curser=1.2"])
def test_a_program_that_asks_wrongly_is_told_how_to_ask(cast: Cast, asked: str) -> None:
    answer = taken(f"/open-data/decisions.json?{asked}", 422)
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["reasons"][0]["field"] == asked.partition("=")[0]


@pytest.mark.parametrize("name", ["people.json", "people.csv", "views.atom"])
def test_there_is_no_register_of_people_or_of_what_they_said(cast: Cast, name: str) -> None:
    assert taken(f"/open-data/{name}", 404)["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("form", ["json", "csv", "atom"])
def test_nothing_is_sent_twice_while_nothing_has_changed(cast: Cast, form: str) -> None:
    lift(cast)
    first = taken(f"/open-data/decisions.{form}")
    assert first["Access-Control-Allow-Origin"] == "*"
    taken(f"/open-data/decisions.{form}", 304, If_None_Match=first["ETag"])
    lift(cast, "Another lift")
    taken(f"/open-data/decisions.{form}", 200, If_None_Match=first["ETag"])


def test_the_feed_is_atom_with_what_every_reader_needs(cast: Cast) -> None:
    decision = lift(cast, "Lifts & ramps <all> of them\x0b")
    feed = ElementTree.fromstring(taken("/open-data/decisions.atom").content)
    assert [feed.findtext(f"{{{ATOM}}}{part}") is not None for part in ("id", "title", "updated")] == [
        True
    ] * 3
    [entry] = feed.findall(f"{{{ATOM}}}entry")
    assert entry.findtext(f"{{{ATOM}}}id") == f"urn:uuid:{decision}"
    assert entry.findtext(f"{{{ATOM}}}title") == "Lifts & ramps <all> of them"
    assert entry.findtext(f"{{{ATOM}}}author/{{{ATOM}}}name") == "Wexmoor Council"
    link = entry.find(f"{{{ATOM}}}link")
    assert link is not None and link.get("href") == f"http://localhost/decisions/{decision}"


def test_words_that_look_like_a_formula_open_as_words(cast: Cast) -> None:
    lift(cast, '=HYPERLINK("https://bad.example","Press here")')
    [row] = table("decisions")
    assert row["title"].startswith("'=HYPERLINK")
    assert [safe(word) for word in ("-1", "+44", "@me", "plain", None, True, ["a", "b"], 5)] == [
        "'-1",
        "'+44",
        "'@me",
        "plain",
        "",
        "yes",
        "a; b",
        5,
    ]


def test_the_page_says_what_each_column_means_and_links_to_each_form(cast: Cast) -> None:
    text = taken("/open-data/").content.decode()
    for address in ("decisions.json", "decisions.csv", "decisions.atom", "promises.csv", "/api/openapi.json"):
        assert address in text
    assert "Nothing about one person’s life is in them." in text
    assert taken("/api/openapi.json").json()["openapi"].startswith("3.")


@pytest.mark.sqlite
@pytest.mark.parametrize("form", ["json", "csv", "atom"])
def test_every_form_of_a_register_refuses_a_question_nobody_knows_also_of_whoever_has_it(
    cast: Cast, form: str
) -> None:
    lift(cast)
    known = taken(f"/open-data/decisions.{form}")["ETag"]
    for headers in ({}, {"If-None-Match": known}):
        answer = taken(f"/open-data/decisions.{form}?limt=5", 422, **headers)
        assert answer["Content-Type"] == "application/problem+json"
        reason = answer.json()["reasons"][0]
        assert reason["field"] == "limt" and "no question called “limt”" in reason["sentence"]
        assert ("cursor, limit" in reason["sentence"]) == (form == "json")
        taken(f"/open-data/nothing.{form}", 404, **headers)
