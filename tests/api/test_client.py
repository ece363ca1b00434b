"""From the description alone a program can go the whole way of one life, from raising to the last verdict."""

from typing import Any
from uuid import uuid4

import pytest

from alongside.kernel import clock
from tests.api.client import Program
from tests.world import Cast

pytestmark = pytest.mark.django_db
MATTER = "/api/decisions/{pk}"
PROMISE = "/api/promises/{pk}"


def raised(ken: Program, rosa: str) -> str:
    """A matter about Rosa's life, sent twice because no answer came."""
    asked: dict[str, Any] = {"person": rosa, "what": "Help on one more morning", "change": "increase"}
    key = str(uuid4())
    first = ken.act("decisions.raised", key=key, **asked)
    again = ken.act("decisions.raised", key=key, **asked)
    assert again == {**first, "again": True} and not first["again"]
    told = ken.act("decisions.raised", 409, key=key, **{**asked, "what": "Something else"})
    assert told["status"] == 409
    return str(first["thing"])


def test_a_program_goes_from_raising_to_the_verdict_by_what_the_description_says(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        ken, rosa, omar = Program(cast.ken), Program(cast.rosa), Program(cast.omar)
        me = rosa.read("/api/people/me")["person"]
        matter = raised(ken, me)
        assert omar.read(MATTER, 404, pk=matter)["status"] == 404

        seen = rosa.read(MATTER, pk=matter)
        assert seen["state"] and seen["outcome"] is None
        rosa.read(MATTER, 304, pk=matter, etag=rosa.etag)

        too_early = ken.act("decisions.decided", 422, decision=matter, outcome="agreed", reasons="Yes.")
        assert too_early["reasons"] and too_early["detail"]
        ken.act("decisions.told", decision=matter, channel="letter_large")
        rosa.act("decisions.view_given", decision=matter, position="for", words="I need it.")
        [view] = ken.read(MATTER, pk=matter)["views"]
        assert (view["position"], view["words"], view["person"]) == ("for", "I need it.", me)
        ken.act("decisions.decided", decision=matter, outcome="agreed", reasons="You said why.")
        assert rosa.read(MATTER, pk=matter)["outcome"] == "agreed"

        bodies = ken.everything("/api/people/organisations", limit=1)
        body = next(one["id"] for one in bodies if one["kind"] == "council")
        promise = ken.act(
            "promises.made",
            organisation=body,
            person=me,
            decision=matter,
            what="Somebody comes on Tuesdays too.",
            due_on="2026-05-01",
        )["thing"]
        [to] = rosa.read(PROMISE, pk=promise)["made_to"]
        assert to["may_answer"]
        judged: dict[str, Any] = {"promise": promise, "made_to": to["id"], "said": "kept"}
        assert ken.act("promises.verdict_given", 403, **judged)["detail"]
        clock.advance(days=70)
        rosa = Program(cast.rosa)  # a token ends after 30 days
        rosa.act("promises.verdict_given", **judged, words="She comes.")
        [verdict] = rosa.read(PROMISE, pk=promise)["verdicts"]
        assert (verdict["said"], verdict["words"]) == ("kept", "She comes.")


def test_pages_of_a_list_come_whole_by_their_cursor_and_a_made_up_one_is_refused(cast: Cast) -> None:
    program = Program(cast.june)
    whole = program.read("/api/people/organisations", limit=200)["items"]
    assert len(whole) > 2
    assert program.everything("/api/people/organisations", limit=1) == whole
    for cursor in ("made-up", "1", "1.2.3", "9" * 40 + "." + "0" * 32, "-1." + "0" * 31):
        assert (
            program.read("/api/people/organisations", 422, cursor=cursor)["reasons"][0]["field"] == "cursor"
        )
    for limit in (0, 201, -1):
        assert program.read("/api/people/organisations", 422, limit=limit)["reasons"][0]["field"] == "limit"


def test_an_act_has_no_version_to_match(cast: Cast) -> None:
    rosa = Program(cast.rosa)
    rosa.token["If-Match"] = '"anything"'
    told = rosa.act("people.asking_set", 412, person=str(cast.rosa.person), often="never")
    assert told["status"] == 412
