"""Words that could not be sent are not lost: they come back to whoever typed them, with what to do."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = pytest.mark.django_db
WORDS = "On Saturdays my brother is at work. I cannot reach the kettle."


@pytest.fixture
def matter(cast: Cast) -> UUID:
    return acts.raised(cast.ken, cast.rosa)


def form_of(matter: UUID) -> str:
    return f"/do/decisions.view_given?decision={matter}"


def typed(page: str, **more: str) -> dict[str, str]:
    """A form as a browser sends it: what is hidden in it, and what was typed."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"[^>]*?value="([^"]*)"', page)
    return {name: unescape(value) for name, value in hidden} | more


def answer(client: Client, matter: UUID) -> dict[str, str]:
    page = client.get(form_of(matter)).content.decode()
    return typed(page, decision=str(matter), position="against", words=WORDS)


def test_whoever_was_signed_out_while_typing_finds_their_words_and_sends_them(
    cast: Cast, matter: UUID
) -> None:
    rosa = browser_of(cast.rosa)
    sent = answer(rosa, matter)
    stopped = browser_of().post(form_of(matter), sent)
    page = stopped.content.decode()
    assert stopped.status_code == 404, "whoever is nobody is not told that it is there"
    assert "This was not sent" in page and WORDS in page and "/sign-in/" in page
    again = rosa.post(form_of(matter), typed(page))
    assert WORDS in again.content.decode(), "back in the same form, once they are signed in"
    assert 'value="against"' in again.content.decode()


def test_a_page_drawn_before_its_reader_signed_in_again_loses_no_word(cast: Cast, matter: UUID) -> None:
    rosa = browser_of(cast.rosa, checks=True)
    sent = answer(rosa, matter) | {"csrfmiddlewaretoken": "x" * 64}
    page = rosa.post(form_of(matter), sent, headers={"origin": "http://localhost"})
    assert page.status_code == 403 and WORDS in page.content.decode()
    again = rosa.post(form_of(matter), typed(page.content.decode()), headers={"origin": "http://localhost"})
    assert again.status_code == 200 and WORDS in again.content.decode()


def test_no_other_site_puts_words_before_somebody_to_send(cast: Cast, matter: UUID) -> None:
    rosa = browser_of(cast.rosa, checks=True)
    sent: dict[str, Any] = {"decision": str(matter), "position": "for", "words": "I agree to all of it."}
    for said in ({"origin": "https://bad.example"}, {"sec-fetch-site": "cross-site"}, {}):
        page = rosa.post(form_of(matter), sent, headers=said)
        assert page.status_code == 403 and sent["words"] not in page.content.decode()


def test_who_may_not_do_it_any_more_can_still_copy_what_they_typed(cast: Cast, matter: UUID) -> None:
    stranger = browser_of(cast.boyd)
    page = stranger.post(form_of(matter), {"decision": str(matter), "position": "for", "words": WORDS})
    assert page.status_code == 404 and WORDS in page.content.decode()
    assert "Go on with what I typed" not in page.content.decode(), "there is nothing to go on with"


def test_where_nothing_was_typed_it_stays_the_page_that_is_not_there(cast: Cast, matter: UUID) -> None:
    page = browser_of().post(form_of(matter), {"decision": str(matter), "position": "for"})
    assert page.status_code == 404 and "This was not sent" not in page.content.decode()
