"""Long pages answer one question first: on a telephone the rest is folded, on paper it all stands open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import FOLDED_ON_PAPER
from tests.serving import copied, served

LONGEST = 5_800  # pixels at 320 across, with the head and the foot, which are 1,400 of them
PLACES = {  # where to begin, and the first link to follow, if any
    "the front page": ("/", ""),
    "promises": ("/promises/", ""),
    "a protocol": ("/promises/protocols", "main a[href*='/promises/protocols/']"),
    "the promises of a body": ("/promises/", "main a[href*='/promises/by/']:has-text('Wexmoor Council')"),
    "a change": ("/changes", "main a[href*='/changes/']"),
}


@pytest.fixture(scope="module")
def address(made_up: Path) -> Iterator[str]:
    with served(copied(made_up, made_up.parent / "long")) as found:
        yield found


def opened(page: Page, address: str, place: str) -> None:
    path, link = PLACES[place]
    page.goto(address.rstrip("/") + path)
    if link:
        page.goto(address.rstrip("/") + str(page.locator(link).first.get_attribute("href")))


@pytest.mark.parametrize("place", PLACES)
def test_on_a_telephone_no_page_is_endless_and_on_paper_nothing_is_left_out(
    place: str, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    opened(page, address, place)
    tall = page.evaluate("document.documentElement.scrollHeight")
    assert 1_500 < tall < LONGEST, (place, tall)
    assert page.locator("main details summary").count() > 0, place
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED_ON_PAPER) == []
    context.close()


def test_what_is_folded_opens_without_a_script_by_the_keyboard(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, address, "a protocol")
    table = page.locator("main table")
    assert not table.is_visible()
    page.locator("main details summary").first.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()
    context.close()
