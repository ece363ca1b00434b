"""Whatever is sent, the answer is one that the API's own description names, and never that we broke."""

import json
import os
import string
from collections.abc import Iterator
from random import Random
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from alongside.kernel import clock
from alongside.kernel.command import Command
from alongside.kernel.policy import Actor
from alongside.topics.people.policy.deaths import has_died
from tests.api.addresses import addresses, bearer, filled
from tests.interfaces.conftest import browser_of
from tests.proof.anything import Anything, commands
from tests.world import Cast

pytestmark = pytest.mark.django_db
THOROUGH = int(os.environ.get("ALONGSIDE_THOROUGH", "1"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(autouse=True)
def on_a_day_in_march() -> Iterator[None]:
    with clock.at("2026-03-02"):
        yield


@pytest.fixture
def as_served(settings: Any) -> Iterator[None]:
    """The site as a server calls it, in the transaction of this test: requests must not end it."""
    settings.ALLOWED_HOSTS = ["*"]
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.filterwarnings("ignore")
def test_nothing_made_up_from_the_description_breaks_the_api(cast: Cast, as_served: None) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    count = 0
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # else it fails here
        if "/do/toy." in operation.path:
            continue
        _tried(operation, [bearer(cast.ken), bearer(cast.rosa)], examples=4 * THOROUGH)
        count += 1
    assert count > 100


def _tried(operation: Any, everyone: list[dict[str, str]], *, examples: int) -> None:
    """Each case is made up once and sent by everyone: made up for each of them, it would be the same."""

    @limits(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def one(case: Any) -> None:
        for headers in everyone:
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)

    one()


# What nearly makes sense --------------------------------------------------------------------------

SPOILT: list[Any] = [
    None,
    "",
    0,
    -1,
    2**63,
    1.5,
    True,
    [],
    {},
    ["x"],
    {"$": 0},
    "\x00",
    "\ud800",
    "not-a-uuid",
    "9999-99-99",
    "x" * 30_000,
    "00000000-0000-4000-8000-000000000001",
    "2026-03-02T00:00:00Z",
    " ",
    "‮abc",
]


def body_of(command: Command) -> dict[str, Any]:
    """A command as a program would send it."""
    asked = {shape.name for shape in command.asked_shapes()}
    whole = {name: value for name, value in command.model_dump(mode="json").items() if name in asked}
    return {name: value for name, value in whole.items() if value not in (None, [], "")}


def test_a_command_spoilt_in_one_place_is_refused_kindly_or_done_and_never_breaks(cast: Cast) -> None:
    chance = Random(5)
    anything = Anything(chance, cast)
    for _turn in range(60):
        anything.send(chance.choice(commands()))
    statuses: set[int] = set()
    for command in commands():
        for _turn in range(3 * THOROUGH):
            made = anything.filled(command)
            if made is None:
                continue
            body = body_of(made)
            if body:
                body[chance.choice(sorted(body))] = chance.choice(SPOILT)
            sent, actor = json.dumps(body).encode(), anything.actor(made)
            if has_died(actor.person):
                continue  # nobody acts as somebody of whom that is written down
            answer = browser_of(None).post(
                f"/api/do/{command.records}", sent, content_type="application/json", headers=bearer(actor)
            )
            statuses.add(answer.status_code)
            assert answer.status_code in (200, 403, 404, 409, 422), (command.records, sent, answer.content)
            assert answer.status_code == 200 or answer.json()["detail"]
    assert {200, 404, 422} <= statuses


# Forms --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["nothing", "nonsense"])
def test_every_form_sent_with_nothing_or_nonsense_says_what_to_do_and_keeps_what_was_typed(
    cast: Cast, sent: str
) -> None:
    chance = Random(7)
    anything = Anything(chance, cast)
    for _turn in range(40):
        anything.send(chance.choice(commands()))
    asked_again = 0
    for command in commands():
        made = anything.filled(command)
        if made is None:
            continue
        actor = anything.actor(made)
        answer = _posted(command, made, actor, sent)
        assert answer.status_code in (303, 403, 404, 422), (command.records, answer.status_code)
        if answer.status_code == 422:
            asked_again += 1
            page = answer.content.decode()
            assert ("Error: " in page and 'class="errors"' in page) or 'role="alert"' in page, command.records
            if sent == "nonsense" and _asks_for_words(command):
                assert "KEPT-AS-TYPED" in page, command.records
    assert asked_again > 25


def _posted(command: type[Command], made: Command, actor: Actor, sent: str) -> Any:
    names = {shape.name: shape for shape in command.asked_shapes()}
    things = {
        name: str(getattr(made, name))
        for name, shape in names.items()
        if shape.kind == "own" and not shape.many and getattr(made, name)
    }
    words = {} if sent == "nothing" else {name: "KEPT-AS-TYPED" for name in names if name not in things}
    address = f"/do/{command.records}?" + "&".join(f"{name}={value}" for name, value in things.items())
    return browser_of(actor).post(address, {**things, **words})


def _asks_for_words(command: type[Command]) -> bool:
    """Whether it has a box to type in: an answer may be sealed and still be one of those shown."""
    asked = [shape for shape in command.asked_shapes() if shape.kind == "sealed" and not shape.many]
    return any(shape.asked.widget != "radios" for shape in asked)


@pytest.mark.sqlite  # nothing is asked of the database
def test_an_address_that_says_an_id_which_is_none_leads_nowhere(cast: Cast) -> None:
    """It is as if it were not there, whoever asks and whichever question the form would begin with."""
    june = browser_of(cast.june)
    for command in commands():
        for shape in command.asked_shapes():
            if shape.inner is UUID:
                answer = june.get(f"/do/{command.records}", {shape.name: "not-an-id"})
                assert answer.status_code == 404, (command.records, shape.name, answer.status_code)


# What no program of ours would send ---------------------------------------------------------------

RAW: list[tuple[bytes, str]] = [
    (b"", "application/json"),
    (b"\x00", "application/json"),
    (b"\xff\xfe{}", "application/json"),
    (b"[" * 100_000, "application/json"),
    (b'{"words": "' + b"x" * 2_000_000 + b'"}', "application/json"),
    (b"{}", "text/plain"),
    (b"{}", "application/xml"),
    (b"words=x", "application/x-www-form-urlencoded"),
    (b"--x\r\n\r\nbroken", "multipart/form-data; boundary=y"),
    (b"null", "application/json"),
    (b'{"words": "\\ud800"}', "application/json"),
]


@pytest.mark.parametrize("body, kind", RAW, ids=range(len(RAW)))
def test_a_body_that_makes_no_sense_is_refused(cast: Cast, body: bytes, kind: str) -> None:
    for command in ("decisions.concern_raised", "people.asking_set", "promises.made"):
        for headers in (
            {},
            bearer(cast.rosa),
            {"Authorization": "Bearer \x7f"},
            {"Idempotency-Key": "k" * 300},
        ):
            answer = browser_of(None).post(f"/api/do/{command}", body, content_type=kind, headers=headers)
            assert 400 <= answer.status_code < 500, (command, answer.status_code, answer.content[:200])


BAD_PARTS = ["%00", "%ff%fe", "not-a-uuid", "0" * 500, "..%2f..%2fetc", "%F0%9F%92%A9", str(UUID(int=5))]


@pytest.mark.parametrize("part", BAD_PARTS)
def test_a_bad_part_in_any_address_is_not_found_and_never_breaks(cast: Cast, part: str) -> None:
    client, nobody = browser_of(cast.ken), Client(HTTP_HOST="localhost")
    count = 0
    for address, name in addresses(get_resolver().url_patterns):
        if "<" not in address:
            continue
        for caller in (client, nobody):
            answer = caller.get(filled(address, part))
            assert answer.status_code < 500, (name, answer.status_code)
            count += 1
    assert count > 10


def test_long_and_odd_questions_in_an_address_never_break_a_page(cast: Cast) -> None:
    client = browser_of(cast.rosa)
    odd = ["page=%00", "page=-1", "page=99999999999999999999", "q=" + "x" * 5000, "page=%ff", "next=//evil"]
    for address, name in addresses(get_resolver().url_patterns):
        if "<" in address or "^" in address or "api/do" in address or set(address) - set(string.printable):
            continue
        for question in odd:
            answer = client.get(f"/{address}?{question}")
            assert answer.status_code < 500, (name, question, answer.status_code)
