"""Programs do the same acts by the same door: strict in what is taken, kind in what is refused."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from alongside.interfaces.api import cut
from alongside.interfaces.asking import askable, typing_for
from alongside.interfaces.programs import token_for
from alongside.kernel import clock, reading
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.kernel.toy.commands import Plant
from tests.kernel.toy.models import Bed
from tests.kernel.toy.models import Plant as PlantRow
from tests.world import Cast

pytestmark = pytest.mark.django_db
GARDENER = Actor(person=uuid4())
NEIGHBOUR = Actor(person=uuid4())


def send(kind: str, body: Any, *, by: Actor = GARDENER, client: Client | None = None, **headers: str) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    heads = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or browser_of(by)).post(
        f"/api/do/{kind}", raw, content_type="application/json", headers=heads
    )


def stranger(body: Any, **headers: str) -> Any:
    """Somebody without a token waves."""
    return send("toy.waved", body, by=Actor(), client=Client(), **headers)


def refusal(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status and told["title"] and told["detail"]
    return told


def a_plant(by: Actor = GARDENER) -> UUID:
    return do(Plant(note="a pear"), by=by).thing


def test_an_act_is_answered_with_its_entry_and_its_thing() -> None:
    done = send("toy.laid", {"room": 3}).json()
    assert Bed.objects.seen_by(GARDENER).get().pk == UUID(done["thing"])
    assert done["again"] is False


@pytest.mark.parametrize("room", [False, "3", 3.5, None, [3], {"a": 1}, 2**40, -1])
def test_only_a_whole_number_is_a_whole_number(room: Any) -> None:
    [reason] = refusal(send("toy.laid", {"room": room}), 422)["reasons"]
    assert reason["field"] == "room"
    assert Bed.objects.seen_by(GARDENER).count() == 0


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"room": 1}}', b'{"room": NaN}']
)
def test_what_is_not_json_is_refused_kindly(raw: bytes) -> None:
    assert refusal(send("toy.laid", raw), 422)["reasons"]


def test_what_is_not_asked_cannot_be_sent() -> None:
    """Not a bed's id, which the door mints; and not a date that the door settles."""
    for body in ({"room": 1, "bed": str(uuid4())}, {"room": 1, "anything": 1}):
        assert "Take it out" in refusal(send("toy.laid", body), 422)["detail"]
    refusal(send("toy.planted", {"planted_on": "2020-01-01"}), 422)


def test_a_sealed_value_is_words_and_nothing_else() -> None:
    for note in ({"$": 0}, 5, ["a"]):
        refusal(send("toy.planted", {"note": note}), 422)
    refusal(send("toy.planted", {"note": "a\x00b"}), 422)
    assert PlantRow.objects.seen_by(GARDENER).count() == 0


def test_the_same_key_is_one_act_and_other_words_under_it_are_a_conflict() -> None:
    first, second = (send("toy.laid", {"room": 3}, Idempotency_Key="k").json() for _ in range(2))
    assert (second["entry"], second["again"]) == (first["entry"], True)
    refusal(send("toy.laid", {"room": 4}, Idempotency_Key="k"), 409)
    assert Bed.objects.seen_by(GARDENER).count() == 1


def test_two_strangers_who_choose_one_key_are_both_heard() -> None:
    """Both say the same of the same body. Without a key of ours nobody could tell them apart from one."""
    body = {"plant": str(a_plant())}
    told = refusal(stranger(body, Idempotency_Key="1"), 422)
    assert "GET /api/key" in told["detail"]
    keys = [Client().get("/api/key") for _ in range(2)]
    assert all(one["Cache-Control"] == "no-store" for one in keys)
    mine, theirs = (one.json()["key"] for one in keys)
    assert mine != theirs
    first, again, second = (stranger(body, Idempotency_Key=key).json() for key in (mine, mine, theirs))
    assert (again["entry"], again["again"]) == (first["entry"], True)
    assert second["entry"] != first["entry"] and second["again"] is False
    for made_up in (mine[:-1] + ("0" if mine[-1] != "0" else "1"), "x." + mine.partition(".")[2], ".", "é.é"):
        refusal(stranger(body, Idempotency_Key=made_up), 422)
    assert stranger(body).json()["again"] is False  # without a key each is an act of its own


def test_an_objection_names_its_field() -> None:
    [reason] = refusal(send("toy.watered", {"plant": str(a_plant()), "litres": 11}), 422)["reasons"]
    assert reason == {"field": "litres", "sentence": "That is too much. Wait until it is dry."}


def test_several_reasons_are_told_as_sentences(cast: Cast) -> None:
    """They were joined as “This waits for them.; We told …”."""
    matter = acts.raised(cast.ken, cast.rosa)
    acts.sent(matter, cast.ken)
    sent = {"decision": str(matter), "outcome": "agreed", "reasons": "Fewer mornings."}
    told = refusal(send("decisions.decided", sent, by=cast.ken), 422)
    assert len(told["reasons"]) > 1
    assert told["detail"] == " ".join(reason["sentence"] for reason in told["reasons"])


def test_a_strangers_thing_is_not_there() -> None:
    answers = [
        refusal(send("toy.watered", {"plant": str(plant)}, by=NEIGHBOUR), 404)
        for plant in (a_plant(), uuid4())
    ]
    assert answers[0] == answers[1]


def test_somebody_who_may_not_is_told_who_can() -> None:
    told = refusal(send("toy.laid", {"room": 1}, client=browser_of()), 403)
    assert told["detail"] == "Only someone who has signed in can do this."


def test_what_only_follows_and_what_does_not_exist_are_not_there() -> None:
    for kind in ("toy.counted", "toy.nothing", "x"):
        refusal(send(kind, {}), 404)


def test_a_session_needs_the_token_of_our_page_and_a_program_needs_its_own() -> None:
    assert GARDENER.person
    refusal(send("toy.laid", {"room": 1}, client=browser_of(GARDENER, checks=True)), 403)
    program = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    token = token_for(GARDENER.person)
    assert send("toy.laid", {"room": 1}, client=program, Authorization=f"Bearer {token}").status_code == 200
    for wrong in ("", "Bearer", f"Bearer {token}x", "Basic abc", "Bearer é"):
        if wrong:
            refusal(send("toy.laid", {"room": 1}, client=program, Authorization=wrong), 401)


def test_a_token_runs_out() -> None:
    assert GARDENER.person
    token = token_for(GARDENER.person, days=1)
    with clock.at(clock.now() + timedelta(days=2)):
        refusal(send("toy.laid", {"room": 1}, client=browser_of(), Authorization=f"Bearer {token}"), 401)


def test_a_program_with_a_plain_token_decides_about_nobody(cast: Cast) -> None:
    """What it may ask for at all, it may ask for about another only with a token that says so."""
    assert cast.ken.person
    body = {"person": str(cast.rosa.person), "why": "unlawful"}
    for is_strong, says in ((False, True), (True, False)):
        token = token_for(cast.ken.person, strong=is_strong)
        answer = send("people.erasure_asked_for", body, client=browser_of(), Authorization=f"Bearer {token}")
        assert ("sign in with your passkey" in answer.content.decode()) == says, answer.content
        assert answer.status_code == (422 if says else 200)


def test_a_worker_types_for_somebody_by_a_header_and_a_stranger_cannot(cast: Cast) -> None:
    from alongside.topics.people.commands.how_often import SetHowOftenWeAsk

    assert SetHowOftenWeAsk.assisted
    whom: dict[str, Any] = {"Typed_For": str(cast.rosa.person), "Typed_How": "phone"}
    body = {"person": str(cast.rosa.person), "how_often": "weekly"}
    refusal(send(SetHowOftenWeAsk.records, body, by=cast.stranger, **whom), 403)
    for how in ("telepathy", ""):
        refused = refusal(
            send(SetHowOftenWeAsk.records, body, by=cast.priya, **{**whom, "Typed_How": how}), 422
        )
        assert "Say how they told you" in refused["detail"]
    assert send(SetHowOftenWeAsk.records, body, by=cast.priya, **whom).status_code == 200
    refusal(send("toy.laid", {"room": 1}, by=cast.priya, **whom), 422)


def test_what_is_typed_for_somebody_is_no_stronger_for_the_passkey_of_whoever_typed(cast: Cast) -> None:
    assert cast.rosa.person and cast.priya.person
    typed = typing_for(replace(cast.priya, strong=True), cast.rosa.person, "phone")
    assert (typed.person, typed.typed_by, typed.strong) == (cast.rosa.person, cast.priya.person, False)


def test_the_description_of_the_api_is_the_same_every_time_and_names_every_act() -> None:
    client = Client(HTTP_HOST="localhost")
    first, second = (client.get("/api/openapi.json") for _ in range(2))
    assert first.content == second.content
    paths = first.json()["paths"]
    assert list(paths) == sorted(paths)
    assert {f"/api/do/{command.records}" for command in askable()} <= set(paths)
    assert "$defs" not in first.content.decode()
    asked = paths["/api/do/toy.laid"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert asked["required"] == ["room"] and asked["additionalProperties"] is False


def test_rows_are_read_a_page_at_a_time_and_none_is_missed() -> None:
    plants = {a_plant() for _ in range(7)}
    found, cursor, pages = set(), None, 0
    while pages == 0 or cursor is not None:
        page = cut(PlantRow.objects.seen_by(GARDENER), cursor, 3)
        cursor = page["next"]
        found |= {row.pk for row in page["items"]}
        pages += 1
    assert (found, pages) == (plants, 3)
    for wrong in ("x", "1", "1.x", "9" * 40 + "." + uuid4().hex):
        with pytest.raises(Refused):
            cut(PlantRow.objects.seen_by(GARDENER), wrong)
    with pytest.raises(Refused):
        cut(PlantRow.objects.seen_by(GARDENER), "", 5000)


def test_what_was_read_already_is_not_sent_again(cast: Cast) -> None:
    ana = browser_of(cast.ana)
    first = ana.get("/api/decisions/")
    assert first.status_code == 200 and first.json() == {"items": [], "next": None}
    same = ana.get("/api/decisions/", headers={"If-None-Match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_reading_is_for_whoever_the_token_names_and_a_wrong_one_names_nobody(cast: Cast) -> None:
    program = Client(HTTP_HOST="localhost")
    refusal(program.get("/api/decisions/", headers={"Authorization": "Bearer x"}), 401)
    refusal(program.get(f"/api/decisions/{uuid4()}"), 404)
    refusal(program.get("/api/decisions/not-a-number"), 422)
    refusal(program.get("/api/decisions/?limit=lots"), 422)
    refusal(program.get("/api/decisions/?limit=5000"), 422)
    refusal(program.get("/api/decisions/?cursor=x"), 422)
    refusal(program.get("/api/nothing/here"), 404)


def test_your_record_is_a_file_of_what_you_may_see_with_the_words_opened(cast: Cast) -> None:
    do(Plant(note="a damson"), by=cast.rosa)
    do(Plant(note="a secret"), by=cast.devon)
    assert cast.rosa.person and cast.ken.person
    reading.looked(cast.ken, cast.rosa.person, "her page")
    answer = browser_of(cast.rosa).get("/my-record/")
    record = answer.json()
    assert "attachment" in answer["Content-Disposition"]
    assert [plant["note"] for plant in record["tables"]["toy.Plant"]] == ["a damson"]
    assert "a secret" not in answer.content.decode()
    assert [look["by"] for look in record["who_looked"]] == ["Ken Holt"]
    assert "toy.planted" in [line["what"] for line in record["history"]]
    assert browser_of().get("/my-record/").status_code == 403
    assert browser_of(cast.rosa, only=uuid4()).get("/my-record/").status_code == 403
