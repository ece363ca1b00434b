"""The yardstick laid on Alongside itself."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from alongside.home.itself import KEPT, NotAFact, itself, read
from alongside.topics.decisions.engine.rung import STEPS

TODAY = date(2026, 12, 1)


def kept(**more: Any) -> dict[str, Any]:
    return {**json.loads(KEPT.read_text(encoding="utf-8")), **more}


def test_nobody_who_draws_on_care_has_taken_part_yet_and_the_profile_says_so() -> None:
    found = itself().profile
    known = {each.key for each in found.findings if each.value is not None}
    assert known == {"options"}
    assert found.finding("options").value == 0
    assert STEPS.index(found.reached.step) <= STEPS.index("educating")
    assert found.reached.stopped_by == "told"


def test_every_fact_has_a_source_that_is_shown() -> None:
    whole = itself()
    for found in whole.profile.findings:
        for entry in found.rests_on:
            assert whole.sources[entry]


@pytest.mark.django_db
def test_how_this_was_made_shows_it_and_says_how_it_can_change(client: Client) -> None:
    body = client.get("/how-this-was-made").getvalue().decode()
    assert "How much of this was done together?" in body
    assert "1 of 11 have an answer" in body
    assert body.count("Not evidenced.") == 10  # with its full stop: so not the sentence that explains it
    assert "How this can change" in body


@pytest.mark.django_db
def test_a_program_reads_the_same_of_how_this_was_made(client: Client) -> None:
    told = client.get("/api/this-place/how-this-was-made").json()
    found = itself().profile
    assert [row["row"] for row in told["rows"]] == [each.key for each in found.findings]
    assert (told["reached"]["step"], told["reached"]["of"]) == (found.reached.step, 7)
    assert sum(row["value"] is None for row in told["rows"]) == 10
    assert {source for row in told["rows"] for source in row["rests_on"]} <= set(itself().sources.values())
    assert any(row["rests_on"] for row in told["rows"]) and not told["claimed"]


def test_what_people_do_and_nothing_else_changes_it() -> None:
    claimed = read(kept(claims=[{"source": "Us", "on": "2026-11-25", "step": "co_production"}]), TODAY)
    assert claimed.profile.reached == itself().profile.reached
    one = {"source": "Her letter", "on": "2026-12-01"}
    heard = read(
        kept(
            standings=[{**one, "person": "Mo", "comes_as": "affected_person", "is_shown": True}],
            evaluations=[{**one, "person": "Mo"}],
            matter={**kept()["matter"], "size": 100},
        ),
        TODAY,
    )
    row = heard.profile.finding("judges")
    assert (row.value, row.of) == (1, 100)
    assert [heard.sources[each] for each in row.rests_on] == ["Her letter"]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"scores": []},
        {"claims": [{"step": "co_production"}]},
        {"claims": [{"source": "Us", "on": "2026-11-25", "step": "co_design", "score": 9}]},
        {"evaluations": [{"source": "Us", "on": "2026-11-25"}]},
    ],
)
def test_what_is_no_fact_is_refused_with_what_is_wrong(spoilt: dict[str, Any]) -> None:
    with pytest.raises(NotAFact):
        read(kept(**spoilt), TODAY)
