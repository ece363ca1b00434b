"""The main path in Easy Read: told, answer, promise, verdict, who sees what, a safe way, leave fast."""

import re
from collections import deque
from datetime import date
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.people.commands.reaching import SetWayToTell
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.promises.lasting import HALF_A_YEAR, KEPT, the_clock
from tests.promises.making import judge, promised
from tests.world import Cast, named

pytestmark = pytest.mark.django_db
NOT_CHECKED = "This Easy Read page has not yet been checked by people who use Easy Read."
NONE_YET = "There is no Easy Read of this page yet."
SAYS_SO = re.compile(r'<details class="more-about"[^>]*><summary>[^<]*not in Easy Read\.</summary>.*', re.S)
# Beside the path: an Easy Read page leads here, and nobody needs it to answer or to judge.
BESIDE = (
    r"/(my-record/|people/[^/]+/?$|people/links/|me/calendar|promises/by/|decisions/new"
    r"|decisions/[^/]{36}/)"
)


def shown(cast: Cast, address: str, **cookies: str) -> str:
    client = browser_of(cast.rosa)
    for name, value in cookies.items():
        client.cookies[name] = value
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    html: str = answer.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def links(html: str) -> set[str]:
    return {unescape(one) for one in re.findall(r'href="(/[^"]*)"', html)}


def fields(html: str) -> list[str]:
    return sorted(set(re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', html)))


def a_life(cast: Cast) -> UUID:
    """Rosa is asked about her mornings, is promised a ramp, and said in May that it was kept."""
    with clock.at("2026-03-02"):
        assert cast.rosa.person is not None
        way = SetWayToTell(person=cast.rosa.person, channel="letter", address="1 Alder Row", is_safe=True)
        do(way, by=cast.rosa)
        ramp = promised(cast, to=cast.rosa)
        promised(cast, to=cast.rosa, what="Ring you on Mondays.", due_on=date(2026, 5, 1))
    with clock.at(KEPT):
        do(judge(ramp, cast.rosa.person, "kept"), by=cast.rosa)
    with clock.at(HALF_A_YEAR):
        the_clock()
        matter = acts.raised(cast.ken, cast.rosa)
        acts.sent(matter, cast.ken)
        other = acts.raised(cast.ken, cast.rosa, "Another day for your bath")
        view = acts.said(other, cast.rosa)
        acts.replied(other, cast.ken, view.id)
    return matter


def test_what_needs_her_comes_one_thing_at_a_time_and_nothing_of_the_page_in_full_is_lost(cast: Cast) -> None:
    a_life(cast)
    with clock.at(HALF_A_YEAR):
        full, easy = shown(cast, "/"), shown(cast, "/", reading="..easy")
    assert NOT_CHECKED in easy and NOT_CHECKED not in full
    assert links(full) <= links(easy), links(full) - links(easy)
    assert "4 things need you now." in easy
    assert easy.count('<details class="thing" name="one-thing"') == 4
    assert easy.count('name="one-thing" open') == 1, "one thing stands open, the others wait with their names"
    assert easy.index(acts.CUT) < easy.index("Ring you on Mondays.") < easy.index("Mend the")
    in_sight = SAYS_SO.sub("", easy)
    for row in re.findall(r'<div class="easy-row">.*?</p>', in_sight, re.S):
        assert "<img" in row and len(re.sub(r"<[^>]+>", "", row).split()) <= 18, row


def test_nobody_falls_out_of_easy_read_on_the_way_from_being_told_to_the_last_verdict(cast: Cast) -> None:
    """Every page that an Easy Read page leads to has Easy Read too, and all that its page in full offers."""
    a_life(cast)
    walked: dict[str, str] = {}
    wrong: list[str] = []
    with clock.at(HALF_A_YEAR):
        ahead = deque(["/", "/code/", "/staying-safe/", "/talk"])
        while ahead:
            address = ahead.popleft()
            kind = urlsplit(address).path  # each page once, each form once
            if kind in walked or re.match(BESIDE, address):
                continue
            easy, full = shown(cast, address, reading="..easy"), shown(cast, address)
            walked[kind] = address
            if NONE_YET in easy or "easy-row" not in easy or easy.count("<h1") != 1:
                wrong.append(f"{kind} has no Easy Read")
                continue
            if fields(full) != fields(easy) or not links(full) <= links(easy):
                wrong.append(f"{kind} loses {links(full) - links(easy)}")
            ahead += sorted(links(SAYS_SO.sub("", easy)))
    assert not wrong, "\n".join(wrong)
    answers = (
        "view_given",
        "declined",
        "more_time",
        "help_asked",
        "question_asked",
        "reply_judged",
        "view_shown",
    )
    assert {f"/do/decisions.{one}" for one in answers} <= set(walked)
    assert {"/do/promises.verdict_given", "/do/promises.still_holds_said", "/do/people.way_set"} <= set(
        walked
    )
    assert len(walked) >= 20, walked


def test_in_welsh_the_easy_read_of_her_page_is_in_welsh(cast: Cast) -> None:
    a_life(cast)
    with clock.at(HALF_A_YEAR):
        for address in ("/", "/code/", f"/people/{cast.rosa.person}/ways"):
            page = shown(cast, address, reading="..easy", language="cy")
            assert 'lang="en"' not in page.split(">", 1)[0] and "easy-row" in page, address


def test_what_lies_one_step_beside_the_path_is_in_easy_read_too_and_loses_nothing(cast: Cast) -> None:
    matter = a_life(cast)
    links_of_hers = [f"/people/links/{named(f'rosa {who}')}" for who in ("priya", "devon", "tom")]
    beside = [f"/decisions/{matter}/{page}" for page in ("history", "who-decides", "rules", "map")]
    for address in (*links_of_hers, *beside, "/organisations", "/this-place"):
        with clock.at(HALF_A_YEAR):
            full, easy = shown(cast, address), shown(cast, address, reading="..easy")
        assert NONE_YET not in easy and NOT_CHECKED in easy and "easy-row" in easy, address
        assert links(full) <= links(easy), (address, links(full) - links(easy))
        assert easy.count("<h1") == 1 and fields(full) == fields(easy), address
        for row in re.findall(r'<div class="easy-row">.*?</p>', SAYS_SO.sub("", easy), re.S):
            assert "<img" in row and len(re.sub(r"<[^>]+>", "", row).split()) <= 18, row


def test_who_draws_on_a_team_reads_how_to_say_that_it_is_wrong(cast: Cast) -> None:
    address = f"/people/links/{named('rosa draws')}"
    assert "Is this wrong? Tell somebody who works with you, or ring us." in shown(cast, address)
