"""Every page that anyone can come to, found by walking through the made-up place as each of its people."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window

from tests.browser import looking
from tests.browser.arriving import led_on
from tests.browser.reading import Page
from tests.browser.walking import Visitor, Walk, Where, every_route, route_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Addresses that the walk cannot come to by itself, and what looks at them instead.
LOOKED_AT_ELSEWHERE = {
    "account_confirm_login_code": "the story of signing in, after an email was given",
    "one_tap": "the story of signing in, with the link of an email",
    "account_reauthenticate": "the story of the passkey; it signs out and leads to the sign-in page",
    "letter_code_given": "Devon's story, with the code of his text",
    "account_logout": "the walk would lose its way; see test_signing_out below",
    "socialaccount_login_error": "needs the council's own sign-on",
    "promises:after": "leads on by itself, to the promise or to the question after it; Devon's story",
    "promises:look": "a file that was sent and waits for a yes; tests/promises/test_pages.py",
    "people:calendar_feed": "a calendar program reads it, at a secret address; tests/people/test_outside.py",
    "people:of": "leads on by itself, to the page of whoever or whatever has this number",
    "openid_connect_login": "needs the council's own sign-on",
    "openid_connect_callback": "needs the council's own sign-on",
    "mfa_add_webauthn": "the story of the passkey",
    "mfa_login_webauthn": "answers a script, not a person",
    "mfa_reauthenticate_webauthn": "the story of the passkey",
    "mfa_remove_webauthn": "the story of the passkey",
    "mfa_edit_webauthn": "the story of the passkey",
}

# Forms whose button does something else than send what was typed.
ASKED_OTHERWISE = ("reading", "account_logout", "seen_as", "mfa_add_webauthn")

# A reader opens what a form lies folded away in before they can send it.
OPEN_IT = """form => {
    for (let at = form; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true
}"""


def listed(problems: list[str]) -> str:
    return f"{len(problems)} things to mend:\n" + "\n".join(problems[:60])


def test_no_page_can_be_added_without_being_looked_at(walked: Walk) -> None:
    known = (
        {route for route in walked.routes if not route.startswith("do:")}
        | LOOKED_AT_ELSEWHERE.keys()
        | {"do"}
    )
    missing = {name: pattern for name, pattern in every_route().items() if name not in known}
    assert not missing, (
        f"The walk never came to: {missing}. Link each from a page of the made-up place that somebody sees, "
        "or say in LOOKED_AT_ELSEWHERE which test looks at it."
    )


def test_every_page_is_soundly_built_and_every_link_leads_somewhere(walked: Walk) -> None:
    problems = walked.report()
    assert not problems, listed(problems)


IN_EVERY_WAY = (
    looking.on_a_wide_screen,
    looking.barriers_in_forced_colours,
    looking.keys,
    looking.on_paper,
    looking.to_press_on_a_narrow_screen,
    looking.on_a_narrow_screen,  # the last, for it spaces the words out
)


@pytest.fixture(scope="session")
def wrong(walked: Walk, browser: Browser) -> dict[looking.Look, list[str]]:
    """What is wrong by each look: for barriers where parts differ, in every other way a page of each kind."""
    places: dict[Where, list[looking.Look]] = {
        where: [looking.barriers] for where in walked.where_parts_differ()
    }
    for where in walked.one_of_each_route():
        places.setdefault(where, []).extend(IN_EVERY_WAY)
    return looking.each(walked, browser, places)


def test_nobody_meets_a_barrier(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.barriers]
    assert not problems, listed(problems)


def test_a_narrow_screen_and_wider_words_lose_nothing(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.on_a_narrow_screen]
    assert not problems, listed(problems)


def test_a_wide_screen_is_made_use_of(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.on_a_wide_screen]
    assert not problems, listed(problems)


def test_everything_to_press_is_big_enough(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.to_press_on_a_narrow_screen]
    assert not problems, listed(problems)


def test_forced_colours_hide_nothing(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.barriers_in_forced_colours]
    assert not problems, listed(problems)


def test_the_keyboard_is_enough(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.keys]
    assert not problems, listed(problems)


def test_every_page_can_be_printed(wrong: dict[looking.Look, list[str]]) -> None:
    problems = wrong[looking.on_paper]
    assert not problems, listed(problems)


def test_a_form_sent_empty_says_what_to_do(walked: Walk) -> None:
    problems: list[str] = []
    for where, form in walked.forms.values():
        path = urljoin(where.path, form.action)
        if route_of(urlsplit(path).path) in ASKED_OTHERWISE:
            continue
        asker = Visitor(walked.address, walked.cookies.get(where.visitor, ""))
        token = next(one.has["value"] for one in form.fields if one.has.get("name") == "csrfmiddlewaretoken")
        sent = [(name, value) for name, value in form.untouched() if name != "csrfmiddlewaretoken"]
        fresh = Page(asker.asks(where.path)[2])
        token = next(
            (one.has["value"] for one in fresh.all("input") if one.has.get("name") == "csrfmiddlewaretoken"),
            token,
        )
        status, _headers, words = asker.asks(path, [("csrfmiddlewaretoken", token), *sent])
        asker.connection.close()
        problems += [f"{where}, sent empty: {problem}" for problem in _answer_to_nothing(status, words)]
    assert not problems, listed(problems)


def _answer_to_nothing(status: int, words: str) -> Iterator[str]:
    if status in (302, 303):
        return
    if status != 422:
        yield f"answers {status}, where it must say what to do (422)"
        return
    page = Page(words)
    yield from page.problems()
    if not page.title.startswith("Error: "):
        yield f"the title does not say that something is wrong ({page.title!r})"
    if not any("govuk-error-summary" in node.has.get("class", "") for node in page.nodes):
        yield "there is no summary of what is wrong"


def test_a_refused_form_has_no_barrier_and_keeps_the_way_to_each_field(
    walked: Walk, browser: Browser
) -> None:
    eyes = looking.Eyes(browser, walked)
    problems: list[str] = []
    shapes: set[frozenset[str]] = set()
    for where, form in walked.forms.values():
        goes = urlsplit(urljoin(where.path, form.action)).path
        shape = frozenset(f"{one.tag}.{one.has.get('type', '')}" for one in form.typed_in())
        if shape in shapes or route_of(goes) in ASKED_OTHERWISE:
            continue
        shapes.add(shape)
        window = eyes.open(where)
        problems += [f"{where}, sent empty: {problem}" for problem in _refused(window, form.action)]
    eyes.close()
    assert not problems, listed(problems)


def _refused(window: Window, action: str) -> Iterator[str]:
    form = window.locator(
        f'main form[method="post"][action="{action}"]' if action else 'main form[method="post"]'
    )
    form.first.evaluate(OPEN_IT)
    led_on(form.first.locator("button").last)
    summary = window.locator(".govuk-error-summary")
    if not summary.count():
        return  # nothing was required
    yield from looking.barriers(window)
    if window.evaluate("document.activeElement.className") != "govuk-error-summary":
        yield "the keyboard does not start at what is wrong"
    for number in range(min(3, summary.locator("a").count())):
        link = summary.locator("a").nth(number)
        target = (link.get_attribute("href") or "#")[1:]
        link.click()
        if window.evaluate("document.activeElement.id") != target:
            yield f"the link {link.inner_text()!r} does not lead to its field"


def test_signing_out_asks_once_and_forgets(walked: Walk) -> None:
    asker = Visitor(walked.address, "")
    status, _headers, words = asker.asks("/sign-out/")
    assert status == 200
    assert not list(Page(words).problems())
    asker.connection.close()
