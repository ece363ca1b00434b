"""Long pages answer one question first: on a telephone the rest is folded, on paper it all stands open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import FOLDED_ON_PAPER, PARTED_ON_PAPER
from tests.browser.walking import let_in
from tests.serving import copied, served

# Pixels at 320 across, with the head and the foot, which are 1,400 of them.
PLACES = {  # where to begin, the first link to follow, if any, and how long it may be
    "the front page": ("/", "", 4_900),
    "how it looks": ("/look/", "", 4_500),
    "promises": ("/promises/", "", 4_500),
    "what a protocol asks": ("/promises/protocols/", "", 3_600),
    "a protocol": ("/promises/protocols", "main a[href*='/promises/protocols/']", 4_500),
    "the promises of a body": (
        "/promises/",
        "main a[href*='/promises/by/']:has-text('Wexmoor Council')",
        4_900,
    ),
    "a change": ("/changes", "main a[href*='/changes/']", 4_900),
    "this place": ("/this-place", "", 4_900),
    "who asked to be heard": ("/hearings/", "", 5_400),
    "what councillors ask": ("/questions/", "", 4_400),
    "open data": ("/open-data/", "", 7_000),
    "how this was made": ("/how-this-was-made", "", 4_400),
    "what was said in public": ("/promises/said/", "", 3_600),
}
MATTERS = {  # a matter about a place by its name, and how long its page and the page of its history may be
    "One call centre in place of our five local doors": (6_000, 3_400),
    "A charge of £3 for each lift to a day place": (4_900, 3_400),
    "Close Mill Street on Mondays for six months": (6_000, 3_400),
}
TOGETHER = {  # and how long the page may be that says how much of it was done together
    "One call centre in place of our five local doors": 4_800,
    "A Changing Places toilet at the bus station": 4_800,
}
RULES, GAPS, OF_ONE_PERSON = 2_900, 4_000, 4_100
OWN = {"Rosa": 5_300, "Devon": 4_200, "Ken": 5_300, "Ana": 5_200, "Boyd": 4_200, "Lena": 4_200}


@pytest.fixture(scope="module")
def home(made_up: Path) -> Path:
    return copied(made_up, made_up.parent / "long")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as found:
        yield found


def opened(page: Page, address: str, place: str) -> None:
    path, link, _longest = PLACES[place]
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
    assert 1_500 < tall < PLACES[place][2], (place, tall)
    all_of_it_on_paper(page)
    context.close()


@pytest.mark.parametrize("name", MATTERS)
def test_a_matter_about_a_place_begins_with_its_question_and_folds_what_was_said_and_what_happened(
    name: str, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    address = address.rstrip("/")
    page.goto(f"{address}/decisions/{matter_called(address, name, browser)}")
    assert page.locator("main h1").inner_text() == name
    assert page.evaluate("document.documentElement.scrollHeight") < MATTERS[name][0]
    all_of_it_on_paper(page, least=0)  # a short one has nothing to fold
    page.emulate_media(media="screen")
    page.goto(page.url + "/history")
    assert page.evaluate("document.documentElement.scrollHeight") < MATTERS[name][1]
    all_of_it_on_paper(page, least=0)  # a short one has nothing to fold
    context.close()


def test_the_rules_and_what_a_body_said_in_public_begin_short_and_open_by_the_keyboard(
    address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    name = "A charge of £3 for each lift to a day place"
    page.goto(f"{address.rstrip('/')}/decisions/{matter_called(address.rstrip('/'), name, browser)}/rules")
    assert page.evaluate("document.documentElement.scrollHeight") < RULES
    first = page.locator("main details > summary").first
    rule = page.locator("main details details > summary").first
    assert not rule.is_visible()
    first.focus()
    page.keyboard.press("Enter")
    assert rule.is_visible()
    page.reload()
    all_of_it_on_paper(page, least=20)
    page.emulate_media(media="screen")
    opened(page, address, "the promises of a body")
    page.goto(
        address.rstrip("/")
        + str(page.locator("main a[href*='/promises/said/by/']").first.get_attribute("href"))
    )
    assert page.evaluate("document.documentElement.scrollHeight") < GAPS
    all_of_it_on_paper(page, least=4)
    context.close()


@pytest.mark.parametrize("name", TOGETHER)
def test_how_much_was_done_together_shows_every_answer_and_folds_what_stands_behind_it(
    name: str, address: str, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    address = address.rstrip("/")
    page.goto(f"{address}/decisions/{matter_called(address, name, browser)}/yardstick")
    assert page.evaluate("document.documentElement.scrollHeight") < TOGETHER[name]
    rows = page.locator("main ol.profile > li")
    assert rows.count() == 11
    for row in rows.all():
        assert row.locator("h3").is_visible() and row.locator("summary > span").first.is_visible()
        rests_on = row.get_by_role("link", name="See what this rests on")
        assert not rests_on.is_visible()
        row.locator("summary").focus()
        page.keyboard.press("Enter")
        assert rests_on.is_visible()
    page.reload()
    all_of_it_on_paper(page, least=11)
    context.close()


def matter_called(address: str, name: str, browser: Browser) -> str:
    """The id of the matter with this title, asked of the site as a program asks it."""
    context = browser.new_context()
    cursor, found = "", ""
    while not found:
        read = context.request.get(f"{address}/api/decisions/?limit=200&cursor={cursor}").json()
        found = next((row["id"] for row in read["items"] if row["title"] == name), "")
        cursor = read["next"]
        assert found or cursor, f"there is no matter called {name}"
    context.close()
    return found


def all_of_it_on_paper(page: Page, *, least: int = 1) -> None:
    assert page.locator("main details summary").count() >= least
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED_ON_PAPER) == []
    assert page.evaluate(PARTED_ON_PAPER) == []


def test_on_a_telephone_ones_own_page_begins_with_what_needs_one_and_folds_the_rest(
    home: Path, address: str, browser: Browser
) -> None:
    for name, session in let_in(home, OWN).items():
        context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.goto(address)
        tall = page.evaluate("document.documentElement.scrollHeight")
        assert 1_500 < tall < OWN[name], (name, tall)
        headings = page.locator("main h2").all_inner_texts()
        assert headings.index("Start something") > headings.index("You and this record") >= 0, headings
        assert not page.get_by_role("link", name="Take it with you").is_visible()
        all_of_it_on_paper(page)
        assert page.get_by_role("link", name="Take it with you").is_visible(), "on paper all stands open"
        context.close()


BROKEN_WORDS = """() => [...document.querySelectorAll(".easy-row p")].flatMap(one => {
  const words = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), broken = [];
  for (let text = words.nextNode(); text; text = words.nextNode())
    for (const word of text.data.matchAll(/[^\\s-]+/g)) {
      const where = document.createRange();
      where.setStart(text, word.index);
      where.setEnd(text, word.index + word[0].length);
      const lines = new Set([...where.getClientRects()].map(box => Math.round(box.top)));
      if (one.checkVisibility() && lines.size > 1) broken.push(word[0]);
    }
  return broken;
})"""


@pytest.mark.parametrize("size", ["", "large", "largest"])
def test_no_word_of_easy_read_is_broken_on_a_telephone_however_big_it_is_read(
    size: str, home: Path, address: str, browser: Browser
) -> None:
    """“Somebod” on one line and “y” on the next is hardest for those who read in this way."""
    session = let_in(home, ("Rosa",))["Rosa"]
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    reading = {"name": "reading", "value": f".{size}.easy", "url": address}
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}, reading])  # type: ignore[list-item]  # a plain dict is what it takes
    page = context.new_page()
    page.goto(address)
    assert page.locator(".easy-row p").count() > 10
    assert page.evaluate(BROKEN_WORDS) == []
    context.close()


FACES = ("Rosa", "Devon", "Priya", "Ken", "Ana", "Boyd")
LINES = """() => {
  const band = document.querySelector(".band .width");
  return band.getBoundingClientRect().height / parseFloat(getComputedStyle(band).lineHeight);
}"""


def test_on_a_telephone_the_band_of_the_made_up_place_takes_two_lines(
    home: Path, address: str, browser: Browser
) -> None:
    """It took four or five. Who somebody is stands behind its link."""
    for name, session in {**let_in(home, FACES), "nobody": ""}.items():
        context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        for language in ("en", "cy"):
            context.add_cookies([{"name": "language", "value": language, "url": address}])
            page.goto(f"{address.rstrip('/')}/talk")
            assert page.evaluate(LINES) < 2.9, (name, language)
            assert name == "nobody" or name in page.locator(".band").inner_text()
        context.close()


def test_on_a_telephone_what_we_know_of_somebody_begins_with_what_is_asked_most(
    home: Path, address: str, browser: Browser
) -> None:
    """It was 5,640 pixels long: a card for each person, and a row for each need that nobody named."""
    for name, session in let_in(home, ["Rosa"]).items():
        context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        page = context.new_page()
        page.goto(f"{address.rstrip('/')}/people/me")
        assert page.evaluate("document.documentElement.scrollHeight") < OF_ONE_PERSON, name
        top, needs = page.get_by_role("link", name="Who can see this"), page.locator("main h2").first
        first, then = top.bounding_box(), needs.bounding_box()
        assert first is not None and then is not None and first["y"] < then["y"]
        assert page.get_by_role("link", name="Devon Marlow").is_visible()
        assert not page.get_by_role("link", name="Put the name right").is_visible()
        all_of_it_on_paper(page, least=2)
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
