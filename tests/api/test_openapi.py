"""Programs are promised what the API's own description says: no change to it goes unseen."""

import os
from typing import Any

import pytest
from django.test import Client

from tests.api.openapi import KEPT, lines_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.fixture
def described() -> dict[str, Any]:
    answer: dict[str, Any] = Client(HTTP_HOST="localhost").get("/api/openapi.json").json()
    answer["paths"] = {path: said for path, said in answer["paths"].items() if "/toy." not in path}
    return answer


def test_the_description_is_the_one_that_was_reviewed(described: dict[str, Any]) -> None:
    text = "\n".join(lines_of(described)) + "\n"
    if os.environ.get("WRITE_OPENAPI"):
        KEPT.write_text(text, encoding="utf-8")
    assert text == KEPT.read_text(encoding="utf-8"), (
        "what programs may rely on has changed: python -m tests.api.openapi --write, and read the difference"
    )


def test_every_address_says_what_it_may_refuse_and_in_which_form(described: dict[str, Any]) -> None:
    forms = described["components"]["responses"]
    assert all(list(said["content"]) == ["application/problem+json"] for said in forms.values())
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            refusals = {code: said for code, said in operation["responses"].items() if code >= "400"}
            assert {"401", "403", "404", "422"} <= refusals.keys(), (method, path)
            for code, said in refusals.items():
                assert said == {"$ref": f"#/components/responses/{code}"}, (method, path)


def test_every_act_can_be_sent_twice_and_be_one(described: dict[str, Any]) -> None:
    acts = {path: said["post"] for path, said in described["paths"].items() if path.startswith("/api/do/")}
    assert len(acts) > 100
    for path, act in acts.items():
        assert "Idempotency-Key" in [one["name"] for one in act["parameters"]], path
