"""Evidence of a legal reason comes from programs as an object: a name, an answer. The old way works on."""

import json
from typing import Any

import pytest

from alongside.topics.decisions import models
from alongside.topics.decisions.commands.grounds import evidence_of
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = pytest.mark.django_db


def sent(cast: Cast, body: str | dict[str, Any]) -> Any:
    raw = body if isinstance(body, str) else json.dumps(body)
    return browser_of(cast.ken).post(
        "/api/do/decisions.ground_recorded", raw, content_type="application/json"
    )


def test_evidence_is_sent_as_an_object_or_as_words_and_kept_alike(cast: Cast) -> None:
    answers = json.loads(acts.evidence("best_interests"))
    kept: list[Any] = []
    for evidence in (answers, json.dumps(answers)):
        matter = acts.raised(cast.ken, cast.rosa, f"Way {len(kept)}", "start")
        answer = sent(cast, {"decision": str(matter), "code": "best_interests", "evidence": evidence})
        assert answer.status_code == 200, answer.content
        kept.append(evidence_of(models.Ground.everything.get(decision=matter).evidence))
    assert kept == [answers, answers]


def test_what_is_no_object_of_answers_is_refused_in_words(cast: Cast) -> None:
    matter = str(acts.raised(cast.ken, cast.rosa))
    start = {"decision": matter, "code": "best_interests"}
    for evidence in ({}, {"a": 1}, {"a": {"b": "c"}}, ["a"], 7, None, {"a": "x" * 20_001}, {"": "a"}):
        answer = sent(cast, {**start, "evidence": evidence})
        assert answer.status_code in (412, 422), (evidence, answer.status_code)
        assert "evidence" in answer.content.decode(), evidence
    twice = f'{{"decision": "{matter}", "code": "best_interests", "evidence": {{"a": "b", "a": "c"}}}}'
    answer = sent(cast, twice)
    assert answer.status_code == 422 and "answered twice" in answer.content.decode()
    assert not models.Ground.everything.exists()


def test_the_description_names_both_ways() -> None:
    paths = browser_of(None).get("/api/openapi.json").json()["paths"]
    body = paths["/api/do/decisions.ground_recorded"]["post"]["requestBody"]["content"]["application/json"]
    kinds = [one["type"] for one in body["schema"]["properties"]["evidence"]["anyOf"]]
    assert kinds == ["object", "string"]
