"""Asking to be heard and telling us, in Easy Read: nothing that can be done is lost; it says who looked."""

import re

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.voice.commands import GiveFeedback
from tests.interfaces.conftest import browser_of
from tests.voice import acts
from tests.world import Cast

pytestmark = pytest.mark.django_db
NOT_CHECKED = "This Easy Read page has not yet been checked by people who use Easy Read."


def shown(who: Actor | None, address: str, **cookies: str) -> str:
    client = browser_of(who)
    for name, value in cookies.items():
        client.cookies[name] = value
    answer = client.get(address)
    assert answer.status_code == 200
    html: str = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def links(html: str) -> set[str]:
    return set(re.findall(r'href="([/?][^"]*)"', html))


def fields(html: str) -> list[str]:
    return sorted(set(re.findall(r'name="(\w+)"', html)))


def pages(cast: Cast) -> list[str]:
    with clock.at("2026-03-02"):
        acts.offices(cast)
        hearing = acts.asked(cast)
        given = do(GiveFeedback(organisation=cast.council, words="Too long."), by=cast.rosa).thing
    asking = f"/do/voice.hearing_asked?organisation={cast.council}"
    own = ["/hearings/", "/hearings/ask", f"/hearings/{hearing}", asking]
    return [*own, "/tell-us", "/tell-us/say", "/tell-us/answer", f"/tell-us/{given}", "/promises/"]


def test_easy_read_offers_all_that_each_page_in_full_does_and_says_nobody_has_checked_it(cast: Cast) -> None:
    for address in pages(cast):
        full = shown(cast.rosa, address)
        easy = shown(cast.rosa, address, reading="..easy")
        assert NOT_CHECKED in easy and "easy-row" in easy, address
        assert NOT_CHECKED not in full, address
        assert links(full) <= links(easy), (address, links(full) - links(easy))
        assert fields(full) == fields(easy), address
        assert easy.count("<h1") == 1, address


def test_in_easy_read_and_welsh_no_row_is_left_in_english(cast: Cast) -> None:
    for address in pages(cast):
        easy = shown(cast.rosa, address, reading="..easy", language="cy")
        assert 'lang="en"' not in easy.split(">", 1)[0], address
        assert "Nid yw’r dudalen Hawdd ei Ddeall hon wedi’i gwirio eto" in easy, address


def test_where_nothing_stands_yet_the_page_says_what_would_and_how_the_first_one_comes(cast: Cast) -> None:
    """It said “There is nothing here yet.”, and left whoever read it there."""
    for address, what, first in (
        ("/resolutions/", "No resolution is on record yet.", "put its first one here"),
        ("/questions/", "No question stands here yet.", "You can ask yours to ask one for you."),
        ("/promises/said/", "Nobody has written down a public promise yet.", "Sign in, and write it down."),
    ):
        text = shown(None, address)
        assert what in text and first in text and "There is nothing here yet" not in text, address
    assert "Put the first one on record" in shown(cast.ana, "/resolutions/")
    assert "Ask the first question" in shown(cast.boyd, "/councillor/")
