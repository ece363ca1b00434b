"""Two people whose records were joined as if they were one: the page that leads through parting them."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from alongside.interfaces.who import forget_voices
from alongside.kernel import clock, replay
from alongside.kernel.door import do
from alongside.topics.people.commands.reaching import SetWayToTell, StopWayToTell
from alongside.topics.people.models import WayToTell
from tests.decisions import acts
from tests.interfaces.conftest import browser_of
from tests.people.joined import joined
from tests.promises.making import promised
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_recorded(cast: Cast) -> Iterator[None]:
    for actor in cast.everyone().values():
        forget_voices(actor.person)
    with clock.at("2026-03-02"):
        yield
    assert replay.compare().problems == []


def wrongly_joined(cast: Cast) -> str:
    """Rosa and Lena, each with a way to be told and a matter of her own; then somebody took them for one."""
    for who, house in ((cast.rosa, "1 Alder Row"), (cast.lena, "3 Mill Street")):
        assert who.person is not None
        do(SetWayToTell(person=who.person, channel="letter", address=house, is_safe=True), by=who)
    acts.raised(cast.ken, cast.lena, "Another day for your bath")
    promised(cast, to=cast.lena, what="Ring you on Mondays.")
    joined(cast, cast.rosa, cast.lena)
    return f"/people/{cast.rosa.person}/two-people"


def test_her_worker_is_led_through_six_steps_and_each_leads_to_a_form_that_is_filled_in(cast: Cast) -> None:
    address = wrongly_joined(cast)
    assert f'href="{address}"' in page(cast.priya, f"/people/{cast.rosa.person}")
    html = browser_of(cast.priya).get(address).content.decode()
    assert re.findall(r"<h2[^>]*>(\d)\.", html) == ["1", "2", "3", "4", "5", "6"]
    for words in (
        "letter: 1 Alder Row",
        "letter: 3 Mill Street",
        "The same birthday.",
        "A decision",
        "A promise",
    ):
        assert words.lower() in unescape(html).lower(), words
    for house, origin in (("1 Alder Row", "stayed"), ("3 Mill Street", "went")):
        card = next(one for one in html.split("<li ") if house in one)
        assert f"From the record that {origin}" in card, house
    main = html[html.index("<main") : html.index("</main>")]
    forms = {unescape(one) for one in re.findall(r'href="(/[^"]+)"', main)}
    assert len([one for one in forms if one.startswith("/do/")]) > 5
    priya = browser_of(cast.priya)
    for one in forms:
        assert priya.get(one, follow=True).status_code == 200, one


def test_step_by_step_the_wrong_way_is_stopped_and_the_page_then_shows_what_is_left(cast: Cast) -> None:
    address = wrongly_joined(cast)
    wrong = next(row for row in WayToTell.everything.filter(ended_at=None) if "Mill" in str(row.address))
    do(StopWayToTell(way=wrong.id), by=cast.priya)
    shown = page(cast.priya, address)
    assert "3 Mill Street" not in shown and "1 Alder Row" in shown


def test_nobody_else_finds_it_and_where_nothing_was_joined_there_is_no_such_page(cast: Cast) -> None:
    assert browser_of(cast.priya).get(f"/people/{cast.rosa.person}/two-people").status_code == 404
    address = wrongly_joined(cast)
    for one in (cast.rosa, cast.devon, cast.ana, cast.stranger, None):
        assert browser_of(one).get(address).status_code == 404
        assert "two-people" not in page(cast.rosa, f"/people/{cast.rosa.person}")
