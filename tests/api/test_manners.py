"""The corners of HTTP: whatever a program gets wrong, it is told in words, as problem+json, what to do."""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.api.addresses import bearer
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ACT, READ = "/api/do/people.asking_set", "/api/promises/"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Corner:
    """What is sent, and what the answer must be and say."""

    method: str
    path: str
    status: int
    says: str
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    allow: str = ""


CORNERS = [
    # A method that is not used there.
    Corner("GET", ACT, 405, "Here you can use: OPTIONS, POST.", allow="OPTIONS, POST"),
    Corner("HEAD", ACT, 405, "", allow="OPTIONS, POST"),
    Corner("DELETE", ACT, 405, "/api/openapi.json", allow="OPTIONS, POST"),
    Corner("POST", READ, 405, "GET, HEAD, OPTIONS", allow="GET, HEAD, OPTIONS"),
    Corner("TRACE", READ, 405, "GET, HEAD, OPTIONS", allow="GET, HEAD, OPTIONS"),
    Corner("BREW", READ, 405, "GET, HEAD, OPTIONS", allow="GET, HEAD, OPTIONS"),
    Corner("PUT", "/api/openapi.json", 405, "GET, HEAD, OPTIONS", allow="GET, HEAD, OPTIONS"),
    Corner("POST", "/api/", 405, "GET, HEAD, OPTIONS", allow="GET, HEAD, OPTIONS"),
    Corner("POST", "/open-data/promises.json", 405, "GET, HEAD, OPTIONS", allow="GET, HEAD, OPTIONS"),
    # An address that is nearly one, or none.
    Corner("GET", "/api/promises?limit=3", 308, "/api/promises/"),
    Corner("POST", ACT + "/", 308, ACT),
    Corner("GET", "/api", 308, "/api/"),
    Corner("GET", "/api/people/find/", 308, "/api/people/find"),
    Corner("GET", "/api/openapi.json/", 308, "/api/openapi.json"),
    Corner("GET", "/api/nothing/here", 404, "not there"),
    Corner("POST", "/api/do/nothing.done", 404, "not there"),
    Corner("OPTIONS", "/api/nothing", 404, "not there"),
    Corner("GET", "/api//promises", 404, "not there"),
    Corner("GET", f"/api/promises/{uuid4()}", 404, "not there"),
    Corner("GET", "/open-data/nothing.json", 404, "not there"),
    # A body that is not what is read here.
    Corner("POST", ACT, 415, "Content-Type: application/json", headers={"Content-Type": "text/plain"}),
    Corner("POST", ACT, 415, "JSON", headers={"Content-Type": "application/x-www-form-urlencoded"}),
    Corner("POST", ACT, 415, "JSON", headers={"Content-Type": "multipart/form-data; boundary=x"}),
    Corner("POST", ACT, 415, "UTF-8", headers={"Content-Type": "application/json; charset=latin-1"}),
    Corner("POST", ACT, 415, "not compressed", headers={**JSON, "Content-Encoding": "gzip"}),
    Corner("POST", ACT, 422, "commas, quotes and brackets", body=b"{"),
    Corner("POST", ACT, 422, "commas, quotes and brackets", body=b""),
    Corner("POST", ACT, 422, "Give one answer for each question", body=b"[]"),
    Corner("POST", ACT, 422, "no question called “often”", body=b'{"often": 1}'),
    Corner("POST", ACT, 413, "less than one million characters", body=b" " * 1_000_001),
    # A question in the address that is misspelt or wrong.
    Corner("GET", READ + "?limt=3", 422, "no question called “limt”"),
    Corner("POST", ACT + "?dry_run=yes", 422, "no question called “dry_run”"),
    Corner("GET", READ + "?limit=lots", 422, "Check the address"),
    Corner("GET", READ + "?cursor=x", 422, "the cursor of the page before"),
    # Versions.
    Corner("GET", READ, 412, "Read it again", headers={"If-Match": '"another"'}),
    Corner("POST", ACT, 412, "without If-Match", headers={**JSON, "If-Match": '"another"'}),
    # Who calls, and where.
    Corner("GET", READ, 401, "Programs that act for you", headers={"Authorization": "Basic x"}),
    Corner("GET", READ, 400, "Check the address", headers={"Host": "elsewhere.example"}),
]


def sent(corner: Corner, cast: Cast) -> Any:
    headers = {**bearer(cast.rosa), **corner.headers}
    kind = headers.pop("Content-Type", "")
    return Client(HTTP_HOST="localhost").generic(
        corner.method, corner.path, corner.body, content_type=kind, headers=headers
    )


@pytest.mark.parametrize("corner", CORNERS, ids=lambda one: f"{one.method} {one.path} {one.status}")
def test_a_program_is_told_what_to_do_instead(corner: Corner, cast: Cast) -> None:
    answer = sent(corner, cast)
    assert answer.status_code == corner.status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.get("Allow", "") == corner.allow
    if corner.method == "HEAD":
        assert answer.content == b"" and int(answer["Content-Length"]) > 50
        return
    told = answer.json()
    assert told["status"] == corner.status and told["title"]
    assert corner.says in told["detail"]


def test_what_is_no_number_of_a_thing_is_said_in_our_own_words(cast: Cast) -> None:
    """And not in those of the library that read it, which a person who writes a program cannot use."""
    answer = browser_of(cast.ken).get("/api/decisions/not-a-number").json()
    said = "Give the number of the thing, like 1b4e28ba-2fa1-41d2-883f-0016d3cca427."
    assert answer["reasons"] == [{"field": "pk", "sentence": said}]


def test_what_is_wrong_in_one_way_with_many_answers_is_said_once_and_each_is_named(cast: Cast) -> None:
    sent = browser_of(cast.ken).post(
        "/api/do/decisions.concern_raised", b"{}", content_type="application/json"
    )
    told = sent.json()
    assert told["detail"] == "Answer this question."
    assert [reason["field"] for reason in told["reasons"]] == ["organisation", "words"]


def test_a_question_answered_twice_is_no_answer(cast: Cast) -> None:
    body = f'{{"person": "{cast.rosa.person}", "ask": "often", "ask": "never"}}'.encode()
    told = sent(Corner("POST", "/api/do/people.asking_set", 422, "", body=body), cast).json()
    assert told["status"] == 422 and told["reasons"]
    twice = f'{{"organisation": "{cast.council}", "words": "One thing", "words": "Another"}}'.encode()
    told = sent(Corner("POST", "/api/do/decisions.concern_raised", 422, "", body=twice), cast).json()
    assert "Answer it once" in told["detail"]


def test_a_program_may_say_nothing_of_the_kind_of_its_body(cast: Cast) -> None:
    answer = sent(Corner("POST", ACT, 422, "", headers={}), cast)
    assert answer.status_code == 422 and "Answer this question" in answer.json()["detail"]


def test_the_last_slash_leads_on_with_the_question_and_says_nothing_of_what_is_there(cast: Cast) -> None:
    answer = sent(Corner("GET", "/api/promises?limit=3", 308, ""), cast)
    assert answer["Location"] == "http://localhost/api/promises/?limit=3"
    there, nowhere = cast.rosa.person, uuid4()
    answers = [sent(Corner("GET", f"/api/people/{pk}/", 308, ""), cast) for pk in (there, nowhere)]
    assert [one.status_code for one in answers] == [308, 308]


def readings(cast: Cast) -> list[str]:
    """Every address that the description says can be read, and that names no one thing."""
    paths = Client(HTTP_HOST="localhost").get("/api/openapi.json").json()["paths"]
    return [
        "/api/",
        "/api/openapi.json",
        f"/api/people/{cast.rosa.person}",
        *(path for path, ways in paths.items() if "get" in ways and "{" not in path),
    ]


def test_head_is_get_without_the_body_and_options_says_what_works(cast: Cast) -> None:
    client = Client(HTTP_HOST="localhost")
    found = readings(cast)
    assert len(found) > 15
    for path in found:
        got, head, ways = (getattr(client, way)(path, headers=bearer(cast.rosa)) for way in WAYS)
        assert (head.status_code, head.content) == (got.status_code, b""), path
        assert head.get("ETag") == got.get("ETag")
        assert dict(head.items()) == dict(got.items()), path
        assert (ways.status_code, ways.content, ways["Allow"]) == (204, b"", "GET, HEAD, OPTIONS"), path
        if "ETag" in got:
            known = {**bearer(cast.rosa), "If-None-Match": got["ETag"]}
            assert client.head(path, headers=known).status_code == 304
    acts = client.options(ACT)
    assert (acts.status_code, acts["Allow"]) == (204, "OPTIONS, POST")


WAYS = ("get", "head", "options")


@pytest.mark.parametrize(
    "path", ["/", "/promises/", "/do/voice.feedback_given", "/who-may/", "/open-data/promises.csv"]
)
def test_a_page_answers_head_as_it_answers_get(path: str, cast: Cast) -> None:
    client = browser_of(cast.rosa)
    got, head = client.get(path), client.head(path)
    assert (head.status_code, head.getvalue()) == (got.status_code, b"")
    assert head.get("Content-Type") == got.get("Content-Type")


def test_head_cannot_do_what_only_sending_can(cast: Cast) -> None:
    """A form that is looked at with HEAD does nothing, as with GET."""
    assert (
        browser_of(cast.rosa).head("/sign-out/").status_code
        == browser_of(cast.rosa).get("/sign-out/").status_code
    )
    answer = browser_of(cast.rosa, checks=True).post("/api/nothing", b"{}", content_type="application/json")
    assert answer.status_code == 404 and answer["Content-Type"] == "application/problem+json"


def test_only_what_is_a_question_can_be_asked_in_the_address(cast: Cast) -> None:
    """A part of the address, a header and what the view is handed are no questions."""
    client, rosa = Client(HTTP_HOST="localhost"), cast.rosa.person
    for address in (
        f"/api/people/{rosa}?pk={rosa}",
        "/api/voice/feedback/receipt?receipt_code=ABC",
        "/api/key?response=1",
        "/api/people/me?cursor=1",
    ):
        answer = client.get(address, headers=bearer(cast.rosa))
        assert answer.status_code == 422, address
    told = client.get("/api/decisions/?limt=3", headers=bearer(cast.rosa)).json()
    assert "There is: cursor, limit." in told["detail"]
