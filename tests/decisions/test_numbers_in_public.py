"""Where anyone can read, a program is told nobody’s number that a page would not name."""

import json

import pytest

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Did
from tests.decisions import acts
from tests.decisions.afterwards import did
from tests.decisions.votes import hall, heard
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(cast: Cast) -> str:
    """A matter about a place in which a worker and others said what they think, know and got from it."""
    decision = hall(cast, change="swap")
    heard(cast, decision)
    view = {"position": "against", "words": "Wait."}
    do(commands.GiveViewOnPlace(decision=decision, instead="Ask first.", **view), by=cast.omar)
    acts.replied(decision, cast.june, acts.latest(models.View, decision).id)
    known = commands.BringEvidence(decision=decision, kind="judgement", words="I see it each day.")
    do(known, by=cast.omar)
    do(commands.BringEvidence(decision=decision, kind="counts", words="Forty.", how_many=40), by=cast.rosa)
    do(commands.DecideForPlace(decision=decision, outcome="agreed", reasons="It is cheaper."), by=cast.june)
    did(decision, cast.rosa, Did.WORSE, sees="everyone")
    return str(decision)


def addresses(decision: str) -> list[str]:
    """Every address at which programs read of one matter, and the lists."""
    paths = browser_of(None).get("/api/openapi.json").json()["paths"]
    reads = [path for path, ways in paths.items() if "get" in ways and path.startswith("/api/decisions/")]
    return [path.replace("{pk}", decision) for path in reads if path.count("{pk}") < 2]


def told(reader: Actor | None, decision: str) -> str:
    answers = (browser_of(reader).get(path) for path in addresses(decision))
    return " ".join(json.dumps(each.json()) for each in answers if each.status_code == 200)


def test_a_visitor_is_told_nobodys_number_in_what_anyone_can_read(cast: Cast, spoken: str) -> None:
    said = told(None, spoken)
    assert "I see it each day." in said and "I fell." in said
    assert [name for name, one in cast.everyone().items() if one.person and str(one.person) in said] == []


def test_nobody_is_told_the_number_of_a_worker_in_what_anyone_can_read(cast: Cast, spoken: str) -> None:
    for reader in (cast.rosa, cast.ana, cast.boyd):
        said = told(reader, spoken)
        assert "I see it each day." in said and str(cast.omar.person) not in said
        assert str(cast.june.person) not in said
    assert str(cast.omar.person) in told(cast.omar, spoken), "their own number is theirs to know"


def test_evidence_says_in_words_whom_it_is_from_as_the_page_does(cast: Cast, spoken: str) -> None:
    found = browser_of(None).get(f"/api/decisions/{spoken}/evidence").json()["items"]
    assert {each["who"] for each in found if each["kind"] == "judgement"} == {
        "Someone who works for Wexmoor Council"
    }
    assert all(each["by"] is None for each in found)
