"""Whoever tries the API from the outside learns nothing of others, and does no more than their token may."""

import gzip
import json
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from alongside.kernel import clock
from alongside.topics.decisions import models
from tests.api.addresses import bearer
from tests.decisions import acts
from tests.promises.making import promised
from tests.world import Cast

pytestmark = pytest.mark.django_db
ACT = "/api/do/decisions.concern_raised"


def client() -> Client:
    return Client(HTTP_HOST="localhost")


def of_one_life(cast: Cast) -> dict[str, str]:
    """What is read of Rosa's life, by address."""
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    promise = promised(cast, to=cast.rosa, due_on=clock.today())
    found = {"/api/decisions/{pk}": str(matter), "/api/promises/{pk}": str(promise)}
    paths = client().get("/api/openapi.json").json()["paths"]
    for path in paths:
        if path.startswith("/api/decisions/{pk}/"):
            found[path] = str(matter)
    return found


def test_the_etag_of_somebody_elses_answer_opens_nothing(cast: Cast) -> None:
    """304 would say that it is there, and has not changed."""
    for path, pk in of_one_life(cast).items():
        address = path.replace("{pk}", pk)
        mine = client().get(address, headers=bearer(cast.rosa))
        if mine.status_code == 404:
            continue
        assert mine.status_code == 200, address
        for headers in ({}, bearer(cast.omar)):
            for known in (mine["ETag"], "*", f"W/{mine['ETag']}"):
                answer = client().get(address, headers={**headers, "If-None-Match": known})
                head = client().head(address, headers={**headers, "If-None-Match": known})
                there = client().get(path.replace("{pk}", str(uuid4())), headers=headers)
                assert answer.status_code == head.status_code == there.status_code == 404, address
                assert answer.content == there.content
                assert "ETag" not in answer


def test_options_says_the_same_of_what_is_there_and_what_is_not(cast: Cast) -> None:
    for path, pk in of_one_life(cast).items():
        answers = [client().options(path.replace("{pk}", one)) for one in (pk, str(uuid4()))]
        assert len({(one.status_code, one["Allow"], one.content) for one in answers}) == 1, path


def test_a_cursor_of_somebody_else_shows_only_ones_own_rows(cast: Cast) -> None:
    for _one in range(3):
        acts.raised(cast.ken, cast.rosa)
    cursor = client().get("/api/decisions/?limit=1", headers=bearer(cast.rosa)).json()["next"]
    assert cursor
    for headers in ({}, bearer(cast.omar)):
        rows = client().get(f"/api/decisions/?cursor={cursor}", headers=headers).json()["items"]
        assert [row for row in rows if row["about"] == "person"] == []


def test_a_token_in_the_address_or_another_scheme_is_nobodys(cast: Cast) -> None:
    token = bearer(cast.rosa)["Authorization"].partition(" ")[2]
    assert client().get(f"/api/people/me?token={token}").status_code == 422
    for said in (f"Basic {token}", f"Token {token}", "Bearer", f"Bearer {token}x", f"Bearer {token} {token}"):
        assert client().get("/api/people/me", headers={"Authorization": said}).status_code == 401, said


HUGE = b'{"words": "' + b"x" * 1_100_000 + b'"}'


@pytest.mark.parametrize(
    ("body", "headers", "statuses"),
    [
        (HUGE, {}, {413}),
        (gzip.compress(b"{}"), {"Content-Encoding": "gzip"}, {415}),
        ("{}".encode("utf-16"), {"Content-Type": "application/json; charset=utf-16"}, {415}),
        ("{}".encode("utf-16"), {}, {422}),
        (b"\xef\xbb\xbf{}", {}, {422}),
        (b'{"words": "\xff"}', {}, {422}),
        (b'{"words": NaN}', {}, {422}),
        (b'{"words": 1e999}', {}, {422}),
        (b'{"words": ' + b"9" * 5000 + b"}", {}, {422}),
        (b'{"words": "a", "words": "b"}', {}, {422}),
        (b'{"words": "a", "w\\u006frds": "b"}', {}, {422}),
        (b'{"words": {"a": 1, "a": 2}}', {}, {422}),
        (b'{"__proto__": {}, "words": "a"}', {}, {422}),
        (b'{"words": "a"} {"words": "b"}', {}, {422}),
        (b'{"words": "a\\u0000b"}', {}, {422}),
        (b"{" + b'"a":{' * 50_000, {}, {422}),
    ],
    ids=range(16),
)
def test_an_odd_body_is_refused_as_described(
    cast: Cast, body: bytes, headers: dict[str, str], statuses: set[int]
) -> None:
    sent = {"Content-Type": "application/json", **bearer(cast.rosa), **headers}
    answer: Any = client().generic("POST", ACT, body, sent["Content-Type"], headers=sent)
    assert answer.status_code in statuses, answer.content[:300]
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["detail"]


def test_a_plain_token_does_no_more_by_headers_of_its_own(cast: Cast) -> None:
    """A method said in a header, a name that is typed for: the token decides."""
    matter = str(acts.raised(cast.ken, cast.rosa))
    plain = bearer(replace(cast.ken, strong=False))
    body = json.dumps({"decision": matter, "outcome": "agreed", "reasons": "Yes."})
    typed = {"Typed-For": str(cast.june.person), "Typed-How": "phone"}
    for more in ({}, {"X-HTTP-Method-Override": "GET"}, typed, {"Cookie": "sessionid=x"}):
        answer = client().post(
            "/api/do/decisions.decided", body, content_type="application/json", headers={**plain, **more}
        )
        assert answer.status_code in ((422, 403) if "Typed-For" in more else (403,)), answer.content
    assert models.Decision.everything.get(pk=matter).decided_at is None
