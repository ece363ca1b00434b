"""The look in a real browser: every theme, a narrow screen, no script, keys alone, and the way out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.arriving import led_on
from tests.serving import served

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
SPACE_OUT = "s => { const t = new CSSStyleSheet(); t.replaceSync(s); document.adoptedStyleSheets = [t]; }"
TOO_SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter(one => {
    const box = one.getBoundingClientRect();
    return box.height > 0 && box.height < 44 && !one.closest("p, dd, td, h3, .can, .timeline");
  })
  .map(one => one.outerHTML.slice(0, 90))"""
STOP = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.labels?.[0] ? getComputedStyle(one.labels[0], "::before").boxShadow : "none";
  const ring = look.outlineStyle !== "none" || look.boxShadow !== "none" || label !== "none";
  return {words: one.textContent.trim(), ring, inView: box.bottom > 0 && box.top < innerHeight};
}"""
READINGS = ["..", "light..", "dark.large.", "contrast..", "cream.largest.", "..easy"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("look")) as address:
        yield address


@pytest.fixture
def away(context: BrowserContext) -> None:
    """The page about the weather, without going there."""
    context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="<h1>Weather</h1>"))


def choose(context: BrowserContext, site: str, reading: str) -> None:
    context.add_cookies([{"name": "reading", "value": reading, "url": site}])


@pytest.mark.parametrize(
    "reading", ["..", "light..", "dark.large.", "contrast..", "cream.largest.", "..easy"]
)
def test_nobody_meets_a_barrier_in_any_theme(
    page: Page, context: BrowserContext, site: str, axe: Callable[[Any], dict[str, Any]], reading: str
) -> None:
    choose(context, site, reading)
    for path in ("/look/?all=yes", "/reading/", "/staying-safe/", "/accounts/login/", "/no-such-page/"):
        page.goto(site + path)
        assert axe(page)["violations"] == [], path
    page.goto(f"{site}/look/?all=yes")
    led_on(page.locator("main form .button"))
    assert page.title().startswith("Error: ")
    assert axe(page)["violations"] == []


@pytest.mark.parametrize("reading", ["..", "..easy", ".largest."])
def test_nothing_runs_off_a_narrow_screen(
    page: Page, context: BrowserContext, site: str, reading: str
) -> None:
    choose(context, site, reading)
    page.set_viewport_size({"width": 320, "height": 480})
    for path in ("/look/?all=yes", "/reading/", "/staying-safe/", "/accounts/login/"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.evaluate(SPACE_OUT, SPACED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{path}, with wider words"


def test_everything_to_press_is_big_enough_to_press(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/look/?all=yes")
    assert page.evaluate(TOO_SMALL) == []


def test_the_way_out_leaves_no_way_back(page: Page, site: str, away: None) -> None:
    page.goto(f"{site}/reading/")
    page.get_by_role("link", name="Leave this page fast").click()
    page.wait_for_url("https://www.bbc.co.uk/**")
    page.go_back()
    assert "/reading/" not in page.url


def test_three_presses_of_escape_are_a_way_out(page: Page, site: str, away: None) -> None:
    page.goto(f"{site}/reading/")
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.bbc.co.uk/**")


def test_a_refused_form_takes_you_to_what_is_wrong(page: Page, site: str) -> None:
    page.goto(f"{site}/look/?all=yes")
    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("February")
    page.get_by_label("Year").fill("2026")
    led_on(page.locator("main form .button"))
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    page.get_by_role("link", name="That month does not have so many days").click()
    assert page.evaluate("document.activeElement.id") == "id_due_day"
    assert page.get_by_label("Month").input_value() == "February"


def test_a_refused_form_takes_you_to_what_is_wrong_without_a_script_too(browser: Browser, site: str) -> None:
    """Whoever goes by keys began at the top of the page, and nothing told them that it was refused."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/look/?all=yes")
    led_on(page.locator("main form .button"))
    page.wait_for_function("document.activeElement.className === 'govuk-error-summary'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#id_**")
    page.wait_for_function("location.hash === `#${document.activeElement.id}`")
    context.close()


def test_the_three_boxes_of_a_refused_date_stay_in_one_row_on_a_narrow_screen(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site}/look/?all=yes")
    led_on(page.locator("main form .button"))
    boxes = page.locator(".govuk-form-group--error .govuk-date-input input").all()
    assert len(boxes) == 3
    assert len({one.evaluate("one => one.getBoundingClientRect().top") for one in boxes}) == 1


def test_all_of_it_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/look/?all=yes")
    led_on(page.get_by_role("button", name="Cymraeg"))
    assert page.locator("html").get_attribute("lang") == "cy"
    page.goto(f"{site}/reading/")
    page.locator("input[name=theme][value=dark]").check()
    led_on(page.locator("main form .button"))
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.goto(f"{site}/look/?all=yes")
    led_on(page.locator("main form .button"))
    assert page.locator(".govuk-error-summary").is_visible()
    context.close()


def test_by_keyboard_each_stop_can_be_seen_and_the_first_is_the_skip_link(page: Page, site: str) -> None:
    page.goto(f"{site}/reading/")
    seen = []
    for _stop in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(STOP))
    assert seen[0]["words"] == "Skip to what this page is about"
    assert "Leave this page fast" in [stop["words"] for stop in seen[:3]]
    assert all(stop["ring"] and stop["inView"] for stop in seen), seen


def test_forced_colours_keep_every_edge(browser: Browser, site: str) -> None:
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/look/?all=yes")
    for part in (".card", ".view", ".refusal", ".state", ".button"):
        style = page.locator(part).first.evaluate("one => getComputedStyle(one).borderTopStyle")
        assert style not in ("none", "hidden"), part
    context.close()


def test_paper_leaves_out_what_cannot_be_pressed(page: Page, site: str) -> None:
    page.goto(f"{site}/look/?all=yes")
    page.emulate_media(media="print")
    for part in (".leave", ".nav", ".languages"):
        assert not page.locator(part).first.is_visible()
    assert page.locator("main").is_visible()


def test_the_site_can_be_seen_on_a_device_that_asks_for_dark(browser: Browser, site: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{site}/look/?all=yes")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 20, 31)"
    context.close()


def test_words_after_a_form_stand_clear_of_its_button(page: Any, live_server: Any) -> None:
    """“Open all of it” was glued to “Find” on the page of who may do what."""
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}/who-may/")
    button = page.locator("main form .button").last.bounding_box()
    words = page.locator("main form + p").first.bounding_box()
    assert words["y"] - (button["y"] + button["height"]) >= 16


def test_cards_beside_each_other_begin_at_one_height_also_where_they_are_sections(
    page: Page, site: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/open-data/")
    tops = page.eval_on_selector_all(
        ".columns > .card", "all => all.map(one => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) > 3 and tops[0] == tops[1] == tops[2]
