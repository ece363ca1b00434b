"""Coming in: by an emailed code, one tap, the council's sign-on or a letter's code; never by a guess."""

import html
import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.people.commands.access import IssueCode, LinkSignIn, SignInKind, StopCode, new_code
from alongside.topics.people.models import WayIn
from tests.interfaces.council import CLIENT, SECRET, Council, council
from tests.interfaces.signing_in import browser, code_in, emails, link_in, me
from tests.interfaces.signing_in import letterbox as letterbox
from tests.world import Cast

pytestmark = pytest.mark.django_db
EMAIL = "devon@example.org"


@pytest.fixture
def devon(cast: Cast) -> Actor:
    """Devon, who signs in by email."""
    assert cast.devon.person
    do(LinkSignIn(person=cast.devon.person, address=EMAIL), by=Actor(person=cast.devon.person))
    return cast.devon


# An emailed code ------------------------------------------------------------------------------------


def test_an_emailed_code_signs_you_in_and_makes_you_nobody_else(devon: Actor, settings: Any) -> None:
    client = browser()
    asked = client.post("/sign-in/", {"login": " Devon@Example.ORG ", "next": "/look/"}, follow=True)
    assert asked.status_code == 200 and "What is the code we sent you?" in asked.content.decode()
    [email] = emails(settings)
    assert "Rosa" not in email and "decision" not in email
    done = client.post("/sign-in/code/?next=/look/", {"code": code_in(email).replace("-", " ")})
    assert done["Location"] == "/look/"
    assert (me(client).person, me(client).strong, me(client).only) == (devon.person, False, None)
    [account] = User.objects.all()
    assert devon.person and (account.username, account.email) == (devon.person.hex, "")


def test_an_unknown_email_gets_the_same_page_and_no_account(devon: Actor, settings: Any) -> None:
    known, unknown = browser(), browser()
    pages = [
        client.post("/sign-in/", {"login": email}, follow=True)
        for client, email in ((known, EMAIL), (unknown, "xxxxx@example.org"))
    ]
    told = [_bare(page.content.decode()).replace("xxxxx", "devon") for page in pages]
    assert told[0] == told[1]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert User.objects.count() == 1
    assert len(emails(settings)) == 2, "both take the time of an email"
    assert unknown.post("/sign-in/code/", {"code": "123456"}).status_code == 200
    assert me(unknown).person is None


def test_a_wrong_code_lets_nobody_in_and_three_end_it(devon: Actor, settings: Any) -> None:
    client = browser()
    client.post("/sign-in/", {"login": EMAIL})
    right = code_in(emails(settings)[0]).replace("-", "")
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(3):
        client.post("/sign-in/code/", {"code": wrong})
    client.post("/sign-in/code/", {"code": right})
    assert me(client).person is None


def test_codes_are_not_sent_without_end(devon: Actor, settings: Any) -> None:
    statuses = [browser().post("/sign-in/", {"login": EMAIL}).status_code for _ in range(7)]
    assert statuses == [302] * 5 + [429] * 2
    assert len(emails(settings)) == 5
    with clock.at(clock.now() + timedelta(minutes=20)):
        assert browser().post("/sign-in/", {"login": EMAIL}).status_code == 302


def test_a_code_sent_empty_says_what_to_type() -> None:
    client = browser()
    client.post("/sign-in/", {"login": EMAIL})
    answer = client.post("/sign-in/code/", {"code": ""})
    assert "Type the 6 numbers that we sent you." in answer.content.decode()


def test_what_is_not_an_email_is_said_beside_the_question() -> None:
    for typed in ("", "devon", "a@b@c"):
        answer = browser().post("/sign-in/", {"login": typed})
        assert answer.status_code == 422 and 'href="#id_login"' in answer.content.decode()


def test_signing_out_forgets_who_you_were(devon: Actor, settings: Any) -> None:
    client = browser()
    client.post("/sign-in/", {"login": EMAIL})
    client.post("/sign-in/code/", {"code": code_in(emails(settings)[0])})
    assert me(client).person == devon.person
    assert client.get("/sign-out/").status_code == 200 and me(client).person == devon.person
    assert client.post("/sign-out/")["Location"] == "/"
    assert me(client).person is None


def test_the_session_gets_a_new_number_when_you_sign_in(devon: Actor, settings: Any) -> None:
    client = browser()
    client.post("/sign-in/", {"login": EMAIL})
    before = client.cookies["sessionid"].value
    client.post("/sign-in/code/", {"code": code_in(emails(settings)[0])})
    assert client.cookies["sessionid"].value != before


# One tap --------------------------------------------------------------------------------------------


def test_one_tap_signs_you_in_once_and_only_after_you_press(devon: Actor, settings: Any) -> None:
    browser().post("/sign-in/", {"login": EMAIL})
    link = link_in(emails(settings)[0])
    looker = browser()
    assert looker.get(link).status_code == 200 and me(looker).person is None
    first, second = browser(), browser()
    assert first.post(link).status_code == 302 and me(first).person == devon.person
    assert second.post(link).status_code == 410 and me(second).person is None
    assert me(first).strong is False


def test_a_changed_link_opens_nothing(devon: Actor, settings: Any) -> None:
    browser().post("/sign-in/", {"login": EMAIL})
    link = link_in(emails(settings)[0])
    client = browser()
    assert client.post(link.replace(link[-8:-4], "AAAA")).status_code == 410
    assert me(client).person is None


# The council's single sign-on -----------------------------------------------------------------------


@pytest.fixture
def sign_on(settings: Any) -> Iterator[Council]:
    with council() as server:
        settings.OIDC_URL = server.issuer
        app = {
            "provider_id": "council",
            "name": "Wexmoor Council",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": server.issuer},
        }
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield server


def by_the_council(client: Client, next_page: str = "") -> Any:
    """Go to the council and come back."""
    away = client.post("/council/oidc/council/login/" + (f"?next={next_page}" if next_page else ""))
    assert away.status_code == 302, away.content
    opener = urllib.request.build_opener(_Stay)
    back = opener.open(away["Location"]).headers["Location"]
    return client.get(back.replace("http://localhost", ""))


class _Stay(urllib.request.HTTPRedirectHandler):
    """Says where the council sends the browser, without going."""

    def http_error_302(self, req: Any, fp: Any, code: int, msg: str, headers: Any) -> Any:
        return fp


def test_the_councils_sign_on_is_strong_and_opens_the_person_it_is_linked_to(
    cast: Cast, sign_on: Council
) -> None:
    assert cast.ken.person
    do(
        LinkSignIn(
            person=cast.ken.person, kind=SignInKind.COUNCIL, issuer=sign_on.issuer, address="kholt-77"
        ),
        by=THE_CLOCK,
    )
    client = browser()
    sign_on.subject = "kholt-77"
    arrived = by_the_council(client, "/look/")
    assert arrived.status_code == 302 and arrived["Location"] == "/look/", arrived.content
    assert (me(client).person, me(client).strong) == (cast.ken.person, True)


def test_one_press_on_the_sign_in_page_leads_to_the_council_in_our_own_words(
    cast: Cast, sign_on: Council
) -> None:
    """The button was a link to a page of the package: “You are about to use a third-party account”."""
    client = Client()
    shown = client.get("/sign-in/?next=/look/").content.decode()
    found = re.search(r'<form method="post" action="(/council/[^"]+)">(.*?)</form>', shown, re.S)
    assert found and 'name="next" value="/look/"' in found[2] and "<button" in found[2]
    sent = client.post(html.unescape(found[1]), {"next": "/look/"})
    assert sent.status_code == 302 and sent["Location"].startswith(sign_on.issuer)
    by_the_address = client.get(html.unescape(found[1])).content.decode()
    assert (
        "third-party" not in by_the_address and "<h1>Sign in with your council account</h1>" in by_the_address
    )


def test_a_council_account_nobody_has_linked_opens_nothing(cast: Cast, sign_on: Council) -> None:
    client = browser()
    sign_on.subject = "somebody-else"
    arrived = by_the_council(client)
    assert (
        arrived.status_code == 403 and "We do not know this council account yet" in arrived.content.decode()
    )
    shown = arrived.content.decode()
    assert "<code>somebody-else</code>" in shown and f"<code>{sign_on.issuer}</code>" in shown, (
        "to be linked by"
    )
    assert me(client).person is None and not User.objects.exists()


# A code from a letter or a text ---------------------------------------------------------------------


def letter_for(cast: Cast, *, once: bool = False) -> tuple[str, UUID]:
    """A code that opens one matter for Rosa, and that matter."""
    code, digest = new_code()
    assert cast.rosa.person
    matter = cast.council
    made = IssueCode(person=cast.rosa.person, matter=matter, path="/look/", digest=digest, is_once=once)
    do(made, by=THE_CLOCK)
    return code, matter


def test_a_code_from_a_letter_opens_one_matter_without_an_account(cast: Cast) -> None:
    code, matter = letter_for(cast)
    client = browser()
    assert client.post("/code/", {"code": f"  {code.lower().replace('-', ' ')} "})["Location"] == "/look/"
    actor = me(client)
    assert (actor.person, actor.only, actor.strong, actor.way) == (cast.rosa.person, matter, False, "code")
    assert not User.objects.exists()
    assert WayIn.everything.get().used_at is not None
    assert 0 < client.session.get_expiry_age() <= 3600


def test_the_link_in_a_text_asks_for_one_press(cast: Cast) -> None:
    code, _matter = letter_for(cast)
    client = browser()
    page = client.get(f"/code/{code}/")
    assert f'value="{code}"' in page.content.decode() and me(client).person is None
    assert client.post(f"/code/{code}/", {"code": code}).status_code == 302


def test_a_wrong_a_stopped_and_an_old_code_get_the_same_words(cast: Cast) -> None:
    stopped, _matter = letter_for(cast)
    do(StopCode(row=WayIn.everything.get().pk), by=THE_CLOCK)
    old, _matter = letter_for(cast)
    spent, _matter = letter_for(cast, once=True)
    assert browser().post("/code/", {"code": spent}).status_code == 302
    answers = [browser().post("/code/", {"code": code}) for code in (stopped, "K7MP-3XQ9", "?", spent)]
    with clock.at(clock.now() + timedelta(days=400)):
        answers.append(browser().post("/code/", {"code": old}))
    assert [answer.status_code for answer in answers] == [422] * 5
    assert all("We could not use that code." in answer.content.decode() for answer in answers)


def test_codes_cannot_be_guessed_without_end(cast: Cast) -> None:
    code, _matter = letter_for(cast)
    statuses = [browser().post("/code/", {"code": "K7MP-3XQ9"}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    assert browser().post("/code/", {"code": code}).status_code == 429, "not even the right one, for a while"


def test_many_people_in_one_library_can_come_in_with_their_own_codes(cast: Cast) -> None:
    code, _matter = letter_for(cast)
    assert [browser().post("/code/", {"code": code}).status_code for _ in range(12)] == [302] * 12


def test_someone_who_has_signed_in_is_not_shut_in_by_their_own_code(cast: Cast, settings: Any) -> None:
    assert cast.rosa.person
    do(LinkSignIn(person=cast.rosa.person, address="rosa@example.org"), by=Actor(person=cast.rosa.person))
    client = browser()
    client.post("/sign-in/", {"login": "rosa@example.org"})
    client.post("/sign-in/code/", {"code": code_in(emails(settings)[0])})
    client.post("/code/", {"code": letter_for(cast)[0]})
    assert (me(client).person, me(client).only) == (cast.rosa.person, None)


def test_signing_in_after_a_letter_code_opens_the_rest_and_another_person_leaves_no_trace(
    cast: Cast, devon: Actor, settings: Any
) -> None:
    client = browser()
    client.post("/code/", {"code": letter_for(cast)[0]})
    client.post("/sign-in/", {"login": EMAIL})
    client.post("/sign-in/code/", {"code": code_in(emails(settings)[0])})
    assert (me(client).person, me(client).only, me(client).way) == (devon.person, None, "page")


# Pages ----------------------------------------------------------------------------------------------


def test_seen_as_works_only_where_the_place_is_made_up(cast: Cast, settings: Any, tmp_path: Path) -> None:
    assert browser().get("/seen-as/").status_code == 404
    assert "made up" not in browser().get("/sign-in/").content.decode()
    assert browser().post("/seen-as/", {"person": str(cast.ken.person)}).status_code == 404
    settings.HOME = tmp_path
    face = {"person": str(cast.ken.person), "name": "Ken Holt", "who": "a manager", "strong": True}
    (tmp_path / "made-up").write_text(json.dumps({"faces": [face]}))
    client = browser()
    assert 'href="/seen-as/">See it as one of its people' in client.get("/sign-in/").content.decode(), (
        "a visitor asked for a code, and none ever came"
    )
    assert "Ken Holt" in client.get("/seen-as/").content.decode()
    assert (
        client.post("/seen-as/", {"person": str(cast.ken.person), "next": "/look/"})["Location"] == "/look/"
    )
    assert (me(client).person, me(client).strong) == (cast.ken.person, True)
    assert "You see this page as" in client.get("/look/").content.decode()
    assert client.post("/seen-as/", {"person": str(cast.rosa.person)}).status_code == 404, (
        "not one of the faces"
    )
    client.post("/seen-as/", {})
    assert me(client).person is None


def test_every_page_of_signing_in_can_be_read(devon: Actor, settings: Any) -> None:
    client = browser()
    for address in ("/sign-in/", "/sign-in/new/", "/sign-in/email/", "/code/", "/sign-out/"):
        assert client.get(address).status_code == 200, address
    client.post("/sign-in/", {"login": EMAIL})
    client.post("/sign-in/code/", {"code": code_in(emails(settings)[0])})
    for address in ("/passkeys/", "/passkeys/add/"):
        page = client.get(address)
        assert page.status_code == 200 and 'class="masthead"' in page.content.decode(), address


def _bare(page: str) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)


def test_whoever_reads_easily_signs_in_with_easy_read_from_the_first_page_to_the_last(
    devon: Actor, settings: Any
) -> None:
    client = browser()
    client.cookies["reading"] = "..easy"
    marked = "This Easy Read page has not yet been checked by people who use Easy Read."
    for address in ("/sign-in/", "/sign-in/new/", "/sign-out/"):
        page = client.get(address).content.decode()
        assert marked in page and "There is no Easy Read of this page yet" not in page, address
    assert "You need no password. Tell nobody your numbers." in client.get("/sign-in/").content.decode()
    answer = client.post("/sign-in/", {"login": EMAIL}, follow=True)
    assert "Type the 6 numbers here." in answer.content.decode() and marked in answer.content.decode()
    sent = emails(settings)[0]
    assert marked in client.get(link_in(sent)).content.decode()
    client.post("/sign-in/code/", {"code": code_in(sent)})
    assert me(client).person == devon.person
