"""What a page promises its reader: words they can see, errors they can follow, nothing that watches them."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from alongside.interfaces import chart, flow, words
from alongside.interfaces.form_look import DatePartsField, month_number
from alongside.interfaces.reading_preferences import ReadingPreferences
from alongside.topics.decisions.models import POSITIONS

HERE = Path(__file__).parents[2] / "alongside" / "interfaces"
STYLES = (HERE / "static" / "alongside" / "look.css").read_text(encoding="utf-8")
THEMES = ("light", "dark", "contrast", "cream")


class Page(HTMLParser):
    """The ids a page has, and the ids it speaks of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.spoken_of: list[str] = []
        self.headings = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        assert len(said) == len(attrs), f"an attribute is there twice: {attrs}"
        self.headings += tag == "h1"
        self.ids += [said["id"]] if "id" in said else []
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "for", "form"):
            self.spoken_of += said.get(name, "").split()
        if said.get("href", "").startswith("#"):
            self.spoken_of.append(said["href"][1:])


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def client(db: None) -> Client:
    return Client()


PAGES = ("/look/", "/reading/", "/staying-safe/", "/accounts/login/", "/no-such-page/")


READERS = [*product(PAGES, ("en", "cy"), ("..", "dark.large.easy"))]


@pytest.mark.parametrize(("address", "language", "reading"), READERS)
def test_every_id_spoken_of_is_on_the_page_once(
    client: Client, address: str, language: str, reading: str
) -> None:
    client.cookies["language"], client.cookies["reading"] = language, reading
    html = client.get(address).content.decode()
    page = Page(html)
    assert [name for name, times in Counter(page.ids).items() if times > 1] == []
    assert set(page.spoken_of) - set(page.ids) == set()
    assert page.headings == 1
    assert f'<html lang="{language}"' in html
    assert "data-leave" in html


def test_a_page_carries_no_script_or_style_of_its_own(client: Client) -> None:
    for address in PAGES:
        html = client.get(address).content.decode()
        assert not re.search(r"\sstyle=|<style|\son\w+=", html)
        for script in re.findall(r"<script[^>]*>", html):
            assert "src=" in script or "application/json" in script


def test_every_part_can_be_looked_at() -> None:
    shown = "".join(path.read_text() for path in HERE.glob("templates/*.html"))
    shown += "".join(path.read_text() for path in (HERE / "templatetags").glob("*.py"))
    shown += "".join(path.read_text() for path in (HERE / "templates" / "parts").glob("*.html"))
    for part in (HERE / "templates" / "parts").glob("*.html"):
        assert f"parts/{part.name}" in shown, f"Nothing shows {part.name}: add it to look.html."


def test_what_was_typed_is_kept_and_each_mistake_has_a_way_to_it(client: Client) -> None:
    typed = {"words": "Mornings <matter>", "due_day": "31", "due_month": "feb", "due_year": "2026"}
    answer = client.post("/look/", typed)
    html = answer.content.decode()
    page = Page(html)
    assert answer.status_code == 422
    assert "<title>Error: " in html
    assert "Mornings &lt;matter&gt;" in html
    assert 'value="31"' in html and 'value="feb"' in html
    links = re.findall(r'<li><a href="#([^"]+)">', html)
    assert "id_due_day" in links and "id_verdict_0" in links
    assert set(links) <= set(page.ids)
    assert set(page.spoken_of) - set(page.ids) == set()
    assert re.search(r'id="id_due_year"[^>]*value="2026">', html), (
        "the year was right, and is not marked wrong"
    )


def test_a_page_is_kept_by_no_browser_and_tells_no_other_site(client: Client) -> None:
    headers = client.get("/look/").headers
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]


# ---- How you like to read ----


def test_choices_are_kept_without_a_script_or_an_account(client: Client) -> None:
    chosen = {"theme": "dark", "size": "largest", "easy": "yes", "language": "cy", "next": "/look/"}
    assert client.post("/reading/", chosen).headers["Location"] == "/look/"
    html = client.get("/look/").content.decode()
    assert '<html lang="cy" data-theme="dark" data-size="largest">' in html


def test_the_language_switch_keeps_your_other_choices(client: Client) -> None:
    client.cookies["reading"] = "cream.large.easy"
    client.post("/reading/", {"language": "cy", "next": "/look/"})
    assert client.cookies["reading"].value == "cream.large.easy"
    assert client.cookies["language"].value == "cy"


def test_a_switch_never_leads_to_another_site(client: Client) -> None:
    sent = client.post("/reading/", {"language": "cy", "next": "https://example.org/"})
    assert sent.headers["Location"] == "/reading/"


@pytest.mark.parametrize("kept", ["", "...", "purple.huge.maybe", "dark", "😀.😀.😀", "x" * 5000])
def test_a_spoilt_cookie_is_read_as_nothing_chosen(client: Client, kept: str) -> None:
    assert ReadingPreferences.from_cookie(kept).size == ""
    assert ReadingPreferences.from_cookie(kept).theme in ("", "dark")


def test_an_easy_read_page_says_that_nobody_has_checked_it(client: Client) -> None:
    client.cookies["reading"] = "..easy"
    html = client.get("/staying-safe/").content.decode()
    assert "easy-row" in html
    assert "not yet been checked by people who use Easy Read" in html


def test_where_there_is_no_easy_read_the_page_says_so(client: Client) -> None:
    client.cookies["reading"] = "..easy"
    assert "no Easy Read of this page yet" in client.get("/look/").content.decode()


# ---- Colours ----


def colours(theme: str) -> dict[str, str]:
    found = re.search(rf"\[data-theme={theme}\]{{([^}}]*)}}", STYLES)
    assert found, f"the style sheet has no theme {theme}"
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})", found.group(1)))


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_brightness(one), _brightness(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _brightness(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


GROUNDS = ("paper", "card", "sand", "accent-tint", "voice-tint", "caution-tint", "danger-tint", "good-tint")
PAIRS = [
    *(("ink", ground, 7.0) for ground in GROUNDS),
    *(("ink-soft", ground, 4.5) for ground in GROUNDS),
    *(("link", ground, 4.5) for ground in ("paper", "card", "sand")),
    *(("link-visited", ground, 4.5) for ground in ("paper", "card", "sand")),
    *((name, f"{name}-tint", 4.5) for name in ("accent", "voice", "caution", "danger", "good")),
    *((name, "card", 4.5) for name in ("accent", "voice", "caution", "danger", "good")),
    ("accent-ink", "accent", 4.5),
    ("accent-ink", "accent-strong", 4.5),
    ("paper", "danger", 4.5),
    ("focus-ink", "focus", 4.5),
    ("band-ink", "band", 7.0),
    *(("line-strong", ground, 3.0) for ground in ("paper", "card")),
]


@pytest.mark.parametrize("theme", THEMES)
def test_words_and_edges_stand_out_in_every_theme(theme: str) -> None:
    known = colours(theme)
    weak = [
        f"{front} on {ground}: {contrast(known[front], known[ground]):.2f}, less than {least}"
        for front, ground, least in PAIRS
        if contrast(known[front], known[ground]) < least
    ]
    assert weak == []


def test_every_theme_names_every_colour() -> None:
    assert len({frozenset(colours(theme)) for theme in THEMES}) == 1


def test_the_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    for address in re.findall(r"url\(\"?([^)\"]+)", STYLES):
        assert (HERE / "static" / "alongside" / address).exists(), address
    assert "GDS Transport" not in STYLES
    assert "crest" not in STYLES


# ---- Dates typed in three boxes ----


TOO_MANY_DAYS = "That month does not have so many days. Check the day and the month."


class When(forms.Form):
    due = DatePartsField()


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("14", "5", "2026"),
        ("14", "May", "2026"),
        ("14", "Mai", "2026"),
        ("14", "may.", "2026"),
        (" 14", "05", "2026"),
    ],
)
def test_a_month_may_be_a_number_or_a_name(day: str, month: str, year: str) -> None:
    form = When({"due_day": day, "due_month": month, "due_year": year})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["due"] == date(2026, 5, 14)


@pytest.mark.parametrize(
    ("typed", "said", "first"),
    [
        (("", "", ""), "Type the day, the month and the year.", "id_due_day"),
        (("14", "", "2026"), "Type the month.", "id_due_month"),
        (("", "5", ""), "Type the whole date: the day, the month and the year.", "id_due_day"),
        (("14", "13", "2026"), "The month must be a number from 1 to 12, or its name.", "id_due_month"),
        (("x", "5", "2026"), "The day must be a number from 1 to 31.", "id_due_day"),
        (("14", "5", "26"), "The year must have four numbers, like 2026.", "id_due_year"),
        (("30", "2", "2026"), TOO_MANY_DAYS, "id_due_day"),
        (("²", "5", "2026"), "The day must be a number from 1 to 31.", "id_due_day"),
    ],
)
def test_a_wrong_date_says_which_box_to_change(typed: tuple[str, str, str], said: str, first: str) -> None:
    form = When(dict(zip(("due_day", "due_month", "due_year"), typed, strict=True)))
    assert form.errors["due"] == [said]
    assert form["due"].first_id == first  # type: ignore[attr-defined]  # our bound field


def test_every_welsh_and_english_month_is_known() -> None:
    for language in ("en", "cy"):
        with translation.override(language):
            names = [words.month(date(2026, number, 1)).split()[0] for number in range(1, 13)]
        assert [month_number(name) for name in names] == list(range(1, 13))


# ---- Words ----


def test_a_count_never_goes_without_its_whole() -> None:
    bar = chart.kept_bar(kept=21, partly=6, not_kept=5, no_answer=8, promises=40)
    assert str(bar.sentence) == "40 promises were due: 21 kept, 6 partly kept, 5 not kept, 8 no answer yet."
    assert sum(part.width for part in bar.parts) == pytest.approx(chart.WIDE, abs=0.5)
    assert str(chart.kept_bar(kept=0, partly=0, not_kept=0, no_answer=0).sentence) == "No promises were due."


def test_lists_dates_and_money_are_said_as_people_say_them() -> None:
    assert words.listing(["Rosa", "Devon", "Ana"]) == "Rosa, Devon and Ana"
    assert words.listing(["post", "phone"], last="or") == "post or phone"
    assert words.money(125050) == "£1,250.50"
    assert words.money(84000) == "£840"
    assert (
        words.moment(datetime(2026, 5, 6, 18, 40, tzinfo=words.LONDON)) == "6 May 2026 at 6.40 in the evening"
    )
    assert words.moment(datetime(2026, 5, 6, 12, 0, tzinfo=words.LONDON)) == "6 May 2026 at noon"
    assert words.moment(datetime(2026, 5, 6, 12, 5, tzinfo=words.LONDON)).endswith("12.05 in the afternoon")
    assert words.moment(datetime(2026, 5, 6, 0, 0, tzinfo=words.LONDON)) == "6 May 2026, as the day began"
    assert words.day(date(2026, 5, 14)) == "14 May 2026"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 o bobl"), (1, "1 person"), (2, "2 berson"), (3, "3 o bobl"), (8, "8 o bobl"), (11, "11 o bobl")],
)
def test_welsh_counts_have_their_own_forms(count: int, said: str) -> None:
    with translation.override("cy"):
        assert words.people(count) == said


def test_and_in_welsh_changes_before_a_vowel() -> None:
    with translation.override("cy"):
        assert words.listing(["Rosa", "Devon"]) == "Rosa a Devon"
        assert words.listing(["Rosa", "Ana"]) == "Rosa ac Ana"
        assert words.day(date(2026, 5, 14)) == "14 Mai 2026"


def test_a_page_is_in_one_language_whole(client: Client) -> None:
    client.cookies["language"] = "cy"
    html = client.get("/look/").content.decode()
    inside = html[html.index("<main") : html.index("</main>")]
    assert inside.startswith('<main id="main" tabindex="-1" lang="en">')
    assert "14 May 2026" in inside and "Mai" not in inside
    assert "40 promises were due" in inside
    assert "Nid oes angen cyfrifiadur arnoch" in html


@pytest.mark.parametrize(
    "sentence", ["This field is required.", "Enter a valid email address.", "Incorrect code."]
)
def test_borrowed_sentences_are_said_in_our_words(sentence: str) -> None:
    for language in ("en", "cy"):
        with translation.override(language):
            assert translation.gettext(sentence) != sentence


def test_on_a_narrow_screen_a_bar_is_as_long_as_its_part_of_the_whole_and_never_too_thin_to_see() -> None:
    drawn = chart.kept_bar(kept=1, partly=1, not_kept=1, no_answer=1)
    assert [part.short for part in drawn.parts] == [chart.SHORT / 4] * 4
    few = chart.kept_bar(kept=1, partly=0, not_kept=0, no_answer=9_999)
    assert few.parts[0].short == chart.THIN


def test_on_a_map_of_positions_green_means_nothing_but_good() -> None:
    """“I want something else” was as green as a promise that was kept."""
    looks = {one.code: one.look for one in flow.positions(POSITIONS)}
    assert len(set(looks.values())) == len(looks) and "kept" not in looks.values()


def test_a_search_for_what_can_be_done_shows_the_first_of_each_room_and_folds_the_rest() -> None:
    shown = Client(HTTP_HOST="localhost").get("/who-may/?q=a").content.decode()
    main = shown[shown.index("<main") : shown.index("</main>")]
    opened = re.sub(r'<details class="more-about"><summary>.*?</details>', "", main, flags=re.DOTALL)
    assert opened.count('<th scope="row">') <= 20 < main.count('<th scope="row">')
    assert "people.related" in main


def test_no_button_is_printed_for_it_cannot_be_pressed_on_paper() -> None:
    on_paper = STYLES[STYLES.index("@media print") :]
    hidden = re.search(r"([^{}]*)\{display:none ?!important\}", on_paper)
    assert hidden is not None and {".buttons", ".button"} <= set(hidden.group(1).split(","))


def test_the_box_for_a_number_is_short_and_no_last_word_stands_alone() -> None:
    """A rule for every box came after the rule for short ones: how many minutes had a box for a sentence."""
    assert STYLES.rindex(".govuk-input--width-5{max-width:9rem}") > STYLES.index("max-width:34rem")
    assert "text-wrap:pretty" in STYLES


def test_on_paper_there_are_edges_and_a_state_keeps_its_mark() -> None:
    """Words began at the edge of each further sheet, and the foot took a sheet of its own."""
    on_paper = STYLES[STYLES.index("@media print") :]
    assert "@page{margin:15mm 14mm}" in STYLES
    assert ".state::before{-webkit-print-color-adjust:exact;print-color-adjust:exact}" in on_paper
    assert ".foot{break-before:avoid;break-inside:avoid;" in on_paper


def test_in_forced_colours_no_edge_is_drawn_where_words_have_no_room_to_it() -> None:
    """On one's own page “You can” stood on the line around it."""
    forced = STYLES[STYLES.index("@media(forced-colors: active)") :][:600]
    assert ".refusal .can,.refusal .cannot" in forced and ",.can," not in forced


def test_a_code_to_be_written_down_is_big_and_every_box_to_choose_from_is_ours() -> None:
    """The code of a receipt was as small as the words around it; those for a column were tiny."""
    assert ".big-code{font-size:2.25rem" in STYLES
    for path in (HERE.parent / "topics").glob("*/templates/**/*.html"):
        for box in re.findall(r"<select[^>]*>", path.read_text(encoding="utf-8")):
            assert "govuk-select" in box, path
