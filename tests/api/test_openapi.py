"""Programs are promised what the API's own description says: no change to it goes unseen."""

import json
import os
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pydantic import ValidationError

from alongside.interfaces.asking import body_of, command_named, label_of
from alongside.interfaces.hooks import body_of as body_sent
from alongside.kernel import clock
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


def test_every_answer_that_is_read_is_described_field_by_field(described: dict[str, Any]) -> None:
    """It was called an object, and which fields are in it nobody could know."""
    parts = described["components"]["schemas"]
    read = {path: said["get"] for path, said in described["paths"].items() if "get" in said}
    assert len(read) > 50
    for path, operation in read.items():
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
        assert whole["properties"] and whole["required"] and whole["description"], path
    vague = [
        (name, field)
        for name, part in parts.items()
        for field, one in part.get("properties", {}).items()
        if not one.keys() - {"description"} and name != "PackRule"
    ]
    assert vague == []


def test_every_act_can_be_sent_twice_and_be_one(described: dict[str, Any]) -> None:
    acts = {path: said["post"] for path, said in described["paths"].items() if path.startswith("/api/do/")}
    assert len(acts) > 100
    for path, act in acts.items():
        assert "Idempotency-Key" in [one["name"] for one in act["parameters"]], path


def patterned(schema: dict[str, Any]) -> set[str]:
    """The questions whose answers must look like a pattern: the example gives the pattern itself."""
    return {name for name, one in schema["properties"].items() if "pattern" in one}


def faults(command: Any, answers: dict[str, Any]) -> set[Any]:
    """Which of these answers are not of the right kind, or missing."""
    try:
        body_of(command).model_validate_json(json.dumps(answers), strict=True)
    except ValidationError as wrong:
        return {error["loc"][0] for error in wrong.errors()}
    return set()


def test_whoever_reads_only_the_description_knows_what_each_answer_can_be(described: dict[str, Any]) -> None:
    """Each question in words, each code by its name, and of which table each number is."""
    acts = {path: said["post"] for path, said in described["paths"].items() if path.startswith("/api/do/")}
    view = acts["/api/do/decisions.place_view_given"]
    asked = view["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert asked["position"]["enum"] == ["for", "for_if", "against", "other", "unsure"]
    assert asked["position"]["description"].startswith("What do you think?")
    assert "for_if: I agree if something changes" in asked["position"]["description"]
    assert asked["decision"]["description"].endswith("(the id of a decisions.Decision)")
    assert asked["sees"]["description"].startswith("Who may read it? deciders: Only me and those who decide;")
    assert view["description"].startswith("Only") or view["description"].startswith("Anyone")
    for path, act in acts.items():
        body = act["requestBody"]["content"]["application/json"]
        command = command_named(path.rpartition("/")[2])
        answers = {
            name: one for name, one in body["example"].items() if name not in patterned(body["schema"])
        }
        wrong = faults(command, answers)
        assert all(name in patterned(body["schema"]) for name in wrong), (path, wrong)
        for shape in command.asked_shapes():
            told = body["schema"]["properties"][shape.name]
            assert told["description"].startswith(str(label_of(shape))), (path, shape.name)
            if shape.kind in ("own", "ref"):
                assert "(the id of a " in told["description"], (path, shape.name)
            if shape.kind == "code":
                assert '"enum"' in json.dumps(told), (path, shape.name)


def test_the_description_says_how_to_come_in_and_what_each_header_is_for(described: dict[str, Any]) -> None:
    about = described["info"]["description"]
    for words in ("Programs that act for you", "Authorization: Bearer", "Idempotency-Key", "If-None-Match",
                  "cursor", "problem+json", "/open-data/"):  # fmt: skip
        assert words in about, words
    assert {one["name"] for one in described["tags"]} >= {
        tag for said in described["paths"].values() for each in said.values() for tag in each["tags"]
    }
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"] and operation["description"], (method, path)
            for one in operation.get("parameters", ()):
                assert one["in"] != "header" or one.get("description"), (path, one["name"])
    ways = described["paths"]["/api/do/decisions.place_view_given"]["post"]["parameters"]
    assert "phone" in next(one for one in ways if one["name"] == "Typed-How")["schema"]["enum"]
    assert {"429", "503", "405"} <= described["components"]["responses"].keys()


def test_word_of_a_change_is_described_as_it_is_sent(described: dict[str, Any]) -> None:
    sent = described["webhooks"]["changed"]["post"]
    told = sent["requestBody"]["content"]["application/json"]["schema"]["properties"]
    made = json.loads(body_sent("promises.made", str(uuid4()), "/promises/1", at=clock.now()))
    assert made.keys() == told.keys() and made["data"].keys() == told["data"]["properties"].keys()
    assert "webhook-signature" in sent["description"] and "webhook-id" in sent["description"]
