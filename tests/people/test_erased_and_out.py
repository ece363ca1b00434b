"""At erasure every way in closes: an open session, a link already sent, a token, a code from a letter."""

from uuid import UUID

import pytest
from django.test import Client

from alongside.interfaces.programs import token_for
from alongside.interfaces.signing_in.one_tap import one_tap_link
from alongside.interfaces.who import ONLY, PERSON, WAY
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.people.commands.access import IssueCode, LinkSignIn, new_code
from alongside.topics.people.policy import way_in
from tests.people.erased import ROSA, erase
from tests.world import Cast, named


def signed_in(person: UUID, only: UUID | None = None) -> Client:
    client = Client()
    session = client.session
    session[PERSON], session[ONLY], session[WAY] = str(person), str(only or ""), "code" if only else "page"
    session.save()
    return client


@pytest.mark.parametrize("only", [None, ROSA])
def test_an_open_session_ends_the_moment_its_person_is_erased(cast: Cast, only: UUID | None) -> None:
    client, other = signed_in(ROSA, only), signed_in(named("devon"))
    client.get("/")
    assert client.session.get(PERSON) == str(ROSA)
    erase(cast)
    client.get("/")
    assert client.session.get(PERSON) is None
    other.get("/")
    assert other.session.get(PERSON) == str(named("devon"))


def test_a_link_that_was_sent_before_opens_nothing_afterwards(cast: Cast) -> None:
    do(LinkSignIn(person=ROSA, address="rosa@wexmoor.example"), by=cast.rosa)
    before, after = (one_tap_link(ROSA).split("//", 1)[1].split("/", 1)[1] for _ in range(2))
    client = Client()
    client.post(f"/{before}")
    assert client.session.get(PERSON) == str(ROSA)
    erase(cast)
    client = Client()
    client.post(f"/{after}")
    assert client.session.get(PERSON) is None


def test_a_programs_token_is_not_known_any_more(cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {token_for(ROSA)}"}
    address = "/api/decisions/"
    assert Client().get(address, headers=headers).status_code == 200
    erase(cast)
    assert Client().get(address, headers=headers).status_code == 401


def test_a_code_from_a_letter_opens_nothing_any_more(cast: Cast) -> None:
    code, digest = new_code()
    do(IssueCode(person=ROSA, matter=ROSA, path="/", digest=digest), by=cast.priya)
    assert way_in(code) is not None
    erase(cast)
    assert way_in(code) is None


def test_receipts_are_kept_for_a_month_and_then_cleared(cast: Cast) -> None:
    from alongside.interfaces.verbs.work import one_round
    from alongside.kernel.receipts import Receipt

    with clock.at("2026-03-02"):
        add = LinkSignIn(person=ROSA, address="rosa@wexmoor.example")
        do(add, by=cast.rosa, key="old")
        clock.advance(days=20)
        do(LinkSignIn(person=named("ana"), address="ana@wexmoor.example"), by=cast.ana, key="new")
        one_round(tidy=True)
        assert Receipt.objects.count() == 2
        clock.advance(days=12)
        one_round(tidy=True)
        assert Receipt.objects.count() == 1
