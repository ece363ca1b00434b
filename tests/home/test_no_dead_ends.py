"""Where a page invites somebody to act, there is a way; and no page speaks of a day as if it were to come."""

import argparse
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.interfaces import calendar
from alongside.interfaces.verbs import serve
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions.commands import RaiseAboutPlace
from alongside.topics.promises.commands import ProposeDate
from tests.decisions import changing
from tests.decisions.problems import raised
from tests.promises.groups import members, to_group
from tests.promises.lasting import HALF_A_YEAR, KEPT, holds, the_clock
from tests.promises.making import judge, promised
from tests.visitor import page
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def _the_second_of_march() -> object:
    with clock.at("2026-03-02"):
        yield


def test_a_visitor_finds_the_decisions_and_how_many_more_are_open(cast: Cast) -> None:
    for number in range(5):
        matter = RaiseAboutPlace(
            organisation=cast.council,
            decision=named(f"matter {number}"),
            what=f"Matter {number}",
            change="start",
        )
        do(matter, by=cast.june)
    text = page(None, "/")
    assert 'href="/decisions/"' in text and "2 more, and all that was decided" in text
    assert all(f"Matter {number}" in page(None, "/decisions/") for number in range(5))


def test_a_visitor_finds_a_way_to_say_that_a_decision_is_wrong_and_me_too(cast: Cast) -> None:
    matter = changing.hall(cast)
    after = page(None, f"/decisions/{matter}/afterwards")
    assert f"{reverse('account_login')}?next=/decisions/{matter}/afterwards" in after
    assert "Sign in and say it" in after and 'href="/talk"' in after
    assert "Sign in and say it" not in page(cast.rosa, f"/decisions/{matter}/afterwards")
    problem = raised(cast, cast.rosa)
    text = page(None, f"/problems/{problem}")
    assert "Me too: sign in to say so" in text and f"problems%2F{problem}" in text


def test_whoever_writes_about_this_website_finds_whom_to_choose(cast: Cast) -> None:
    assert 'value="website"' in page(None, "/tell-us/say")
    assert "The people who run it must reply." in page(None, "/tell-us")


def test_a_day_to_look_again_that_is_past_is_not_said_as_if_it_were_to_come(cast: Cast) -> None:
    matter = changing.hall(cast)
    assert "They will look at it on 2 June 2026." in page(None, f"/decisions/{matter}")
    with clock.at("2026-06-12"):
        text = page(None, f"/decisions/{matter}")
        assert "They were to look at it on 2 June 2026. Nobody has written down that they did." in text
        assert "They will look at it" not in text


def test_a_promise_says_what_its_reader_said_and_speaks_of_past_days_as_past(cast: Cast) -> None:
    promise, people = to_group(cast, of=cast.ulo), members(cast)
    first = people[0]
    with clock.at(KEPT):
        for each in people:
            do(judge(promise, None, "kept"), by=each)
        text = page(first, f"/promises/{promise}")
        assert "promised this by 1 May 2026" in text and "will do this by" not in text
        assert "I am in this group" not in text, "she belongs to the body that the group is of"
        assert "I am in this group" in page(cast.boyd, f"/promises/{promise}")
    with clock.at(HALF_A_YEAR):
        the_clock()
        asked = page(first, "/")
        assert "these need you" in asked and "No, it no longer holds" in asked
        for each in people[:5]:
            do(holds(promise, None), by=each)
        text = page(first, f"/promises/{promise}")
        assert "You said that it no longer holds." in text and "not fully kept" not in text


def test_whoever_is_asked_for_another_day_is_told_of_which_promise(cast: Cast) -> None:
    ramp = promised(cast, to=cast.rosa)
    do(ProposeDate(promise=ramp, due_on=date(2026, 6, 1), why="The wood is late."), by=cast.ken)
    text = page(cast.rosa, "/")
    assert "may its day change?" in text and "Mend the ramp." in text and "The wood is late." in text


def test_the_address_of_a_calendar_follows_the_port_that_is_served(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "BASE_URL", f"http://127.0.0.1:{settings.PORT}")
    monkeypatch.setattr(settings, "BASE_URL_FROM", "guessed")
    monkeypatch.setattr(settings, "HOME", tmp_path)
    serve.follow_the_port(argparse.Namespace(port=8461))
    assert calendar.address_of(named("a calendar")).startswith("http://127.0.0.1:8461/calendar/")
    assert (tmp_path / "served-at").read_text() == "http://127.0.0.1:8461\n"
    monkeypatch.setattr(settings, "BASE_URL", "https://alongside.wexmoor.example")
    monkeypatch.setattr(settings, "BASE_URL_FROM", "set")
    serve.follow_the_port(argparse.Namespace(port=8461))
    assert settings.BASE_URL == "https://alongside.wexmoor.example"
