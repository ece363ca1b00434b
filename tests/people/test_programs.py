"""A program that somebody lets act for them does what they do, until they stop it. No one else lets it in."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from alongside.interfaces.cli import main
from alongside.interfaces.programs import own_token, token_for
from alongside.kernel import clock
from alongside.kernel.actor import AT_KEYS, SHARED_CODE
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions.models import Question
from alongside.topics.people.commands.access import LinkSignIn, new_code
from alongside.topics.people.commands.acting import LetProgramAct, StopProgram
from alongside.topics.people.models import ActingProgram
from tests.decisions.acts import raised
from tests.interfaces.conftest import browser_of
from tests.tokens import own_token_of
from tests.world import Cast
from tests.written import written

pytestmark = pytest.mark.django_db


def let(cast: Cast, **more: Any) -> Any:
    return LetProgramAct(**{"person": cast.rosa.person, "name": "My tablet", **more})


def sent(kind: str, body: dict[str, Any], token: str) -> Any:
    return Client(HTTP_HOST="localhost").post(
        f"/api/do/{kind}",
        json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def asks(cast: Cast, token: str) -> Any:
    """Rosa asks something of a decision about her: only her own hand may."""
    decision = raised(cast.ken, cast.rosa)
    return sent("decisions.question_asked", {"decision": str(decision), "words": "When?"}, token)


def test_what_it_does_is_done_by_the_person(cast: Cast) -> None:
    answer = asks(cast, own_token_of(cast.rosa))
    assert answer.status_code == 200, answer.content
    assert written("decisions.question_asked")[-1].entry.by == cast.rosa.person
    assert Question.everything.count() == 1


def test_a_token_that_was_made_at_a_terminal_is_nobody_s_hand(cast: Cast) -> None:
    assert cast.rosa.person
    answer = asks(cast, token_for(cast.rosa.person))
    assert answer.status_code == 422 and "who is at the keys" in answer.content.decode()
    assert not Question.everything.exists()


def test_it_is_made_and_stopped_on_pages_and_its_token_is_shown_for_ten_minutes(cast: Cast) -> None:
    mine, now = browser_of(cast.rosa), clock.now()
    assert "No program acts for you" in mine.get("/me/programs").content.decode()
    do(let(cast), by=cast.rosa)
    row = ActingProgram.everything.get()
    address = f"/me/programs/{row.id}"
    assert own_token(row.id) in mine.get(address).content.decode()
    assert "My tablet" in mine.get("/me/programs").content.decode()
    assert mine.get(f"/people/of/{row.id}")["Location"] == address
    with clock.at(now + timedelta(minutes=11)):
        late = mine.get(address).content.decode()
        assert own_token(row.id) not in late and "Stop it" in late
    do(StopProgram(program=row.id), by=cast.rosa)
    stopped = mine.get(address).content.decode()
    assert own_token(row.id) not in stopped and "Stopped" in stopped
    assert asks(cast, own_token(row.id)).status_code == 401
    with pytest.raises(Refused, match="stopped already"):
        do(StopProgram(program=row.id), by=cast.rosa)


def test_after_its_last_day_it_opens_nothing(cast: Cast) -> None:
    token, now = own_token_of(cast.rosa), clock.now()
    with clock.at(now + timedelta(days=29)):
        assert asks(cast, token).status_code == 200
    with clock.at(now + timedelta(days=32)):
        assert asks(cast, token).status_code == 401


def test_it_may_not_act_for_longer_than_somebody_would_notice(cast: Cast) -> None:
    for days in (-1, 93):
        with pytest.raises(Refused, match="three months") as refused:
            do(let(cast, until=clock.today() + timedelta(days=days)), by=cast.rosa)
        assert refused.value.reasons[0].field == "until"
    do(let(cast, until=clock.today() + timedelta(days=92)), by=cast.rosa)


@pytest.mark.parametrize("other", ["devon", "priya", "ken", "victor", "stranger"])
def test_nobody_else_lets_one_in_sees_it_or_stops_it(cast: Cast, other: str) -> None:
    actor = cast.everyone()[other]
    with pytest.raises((NotAllowed, Missing)):
        do(let(cast), by=actor)
    program = do(let(cast), by=cast.rosa).thing
    assert not ActingProgram.objects.seen_by(actor).exists()
    assert browser_of(actor).get(f"/me/programs/{program}").status_code == 404
    with pytest.raises((NotAllowed, Missing)):
        do(StopProgram(program=program), by=actor)


@pytest.mark.parametrize("way", [*sorted(AT_KEYS), SHARED_CODE])
def test_only_ones_own_hand_lets_one_in(cast: Cast, way: str) -> None:
    with pytest.raises((NotAllowed, Refused)):
        do(let(cast), by=replace(cast.rosa, way=way))
    with pytest.raises((NotAllowed, Refused, Missing)):
        do(let(cast), by=replace(cast.rosa, typed_by=cast.priya.person))
    with pytest.raises((NotAllowed, Refused, Missing)):
        do(let(cast), by=replace(cast.rosa, only=raised(cast.ken, cast.rosa)))
    assert not ActingProgram.everything.exists()


def test_a_program_lets_no_other_in(cast: Cast) -> None:
    body = {"person": str(cast.rosa.person), "name": "Another"}
    answer = sent("people.program_let_in", body, own_token_of(cast.rosa))
    assert answer.status_code == 422 and "yourself" in answer.content.decode()
    assert ActingProgram.everything.count() == 1


def test_it_decides_about_others_only_where_a_passkey_said_so(cast: Cast) -> None:
    plain, sure = replace(cast.ken, strong=False), replace(cast.ken, strong=True)
    with pytest.raises(Refused, match="passkey"):
        do(LetProgramAct(person=cast.ken.person, name="Mine", is_strong=True), by=plain)
    told = {
        "what": "A second cup of tea",
        "change": "start",
        "words": "Yes please",
        "channel": "talked_through",
    }
    body = {"person": str(cast.rosa.person), **told}
    weak = sent("decisions.everyday_agreed", body, own_token_of(plain))
    assert weak.status_code == 403, weak.content
    assert "passkey" in weak.content.decode()
    strong = sent("decisions.everyday_agreed", body, own_token_of(sure))
    assert strong.status_code == 200, strong.content


def test_nobody_acts_as_somebody_who_was_erased(cast: Cast) -> None:
    from tests.people.erased import erase

    token = own_token_of(cast.rosa)
    erase(cast)
    assert asks_nothing(token).status_code == 401
    assert ActingProgram.everything.get().ended_at is not None


def asks_nothing(token: str) -> Any:
    return sent("voice.feedback_given", {"words": "x"}, token)


def test_a_guess_opens_nothing(cast: Cast) -> None:
    token = own_token_of(cast.rosa)
    for wrong in (token[:-1], token + "x", own_token(cast.rosa.person or cast.council), ""):
        assert asks_nothing(wrong).status_code == 401


def test_at_a_terminal_it_acts_as_the_person(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decision = raised(cast.ken, cast.rosa)
    token = tmp_path / "mine.txt"
    token.write_text(own_token_of(cast.rosa) + "\n")
    words = ["do", "decisions.question_asked", f"decision={decision}", "words=When?"]
    assert main([*words, "--as", str(cast.rosa.person)]) == 1
    assert "who is at the keys" in capsys.readouterr().err
    assert main([*words, "--token", str(token)]) == 0
    found = written("decisions.question_asked")[-1].entry
    assert found.by == cast.rosa.person and found.how == "terminal"
    assert main([*words, "--token", str(token), "--as", str(cast.rosa.person)]) != 0
    assert "Leave out --as" in capsys.readouterr().err
    token.write_text("nothing of ours")
    assert main([*words, "--token", str(token)]) != 0
    assert "Make a new one on your own page" in capsys.readouterr().err
    assert main([*words, "--token", str(tmp_path / "not there")]) != 0
    assert "We cannot read" in capsys.readouterr().err


def test_it_opens_no_way_in_that_outlives_it_and_closes_none(cast: Cast) -> None:
    """Else whoever stole its token came in after it was stopped, or she could not come in to stop it."""
    rosa = str(cast.rosa.person)
    mine = do(LinkSignIn(person=rosa, address="rosa@wexmoor.example"), by=cast.rosa).thing
    token, (_code, digest) = own_token_of(cast.rosa), new_code()
    sends: dict[str, dict[str, Any]] = {
        "people.sign_in_linked": {"person": rosa, "address": "thief@wexmoor.example"},
        "people.sign_in_unlinked": {"sign_in": str(mine)},
        "people.code_issued": {"person": rosa, "matter": rosa, "path": "/me", "digest": digest},
        "people.calendar_asked_for": {"person": rosa},
        "people.way_set": {"person": rosa, "channel": "text", "address": "07700 900999", "is_safe": True},
        "people.address_mine": {"person": rosa, "address": str(mine)},
    }
    for kind, body in sends.items():
        answer = sent(kind, body, token)
        assert answer.status_code == 422 and "how you come in" in answer.content.decode(), kind
