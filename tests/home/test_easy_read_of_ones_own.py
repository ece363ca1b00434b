"""Easy Read of the last pages that somebody comes to from their own page, and of the forms there."""

import pytest

from alongside.interfaces.acting import address_of
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.people.commands.outside import AskForCalendar
from tests.decisions import acts
from tests.decisions.easy_read import easy_of, main
from tests.promises.making import promised
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


@pytest.fixture(autouse=True)
def _the_second_of_march() -> object:
    with clock.at("2026-03-02"):
        yield


def test_a_calendar_says_first_whom_it_could_put_in_danger_and_then_whether_it_is_on(cast: Cast) -> None:
    off = easy_of(cast.rosa, "/me/calendar")
    assert off.index("Does someone else look at your phone?") < off.index("It is off. You can turn it on.")
    form = main(cast.rosa, address_of("people.calendar_asked_for", person=cast.rosa.person), reading="..easy")
    assert "Does someone else look at your phone?" in form
    do(AskForCalendar(person=cast.rosa.person), by=cast.rosa)
    on = easy_of(cast.rosa, "/me/calendar")
    assert "It is on. You can turn it off." in on and "Keep it to yourself." in on


def test_programs_say_that_they_can_be_stopped_and_that_nobody_may_be_made_to_let_one_in(cast: Cast) -> None:
    assert "You can stop it at any time." in easy_of(cast.rosa, "/me/programs")
    form = main(cast.rosa, address_of("people.program_let_in", person=cast.rosa.person), reading="..easy")
    assert "Did somebody tell you to do this? You can say no." in form


def test_the_promises_of_a_body_say_who_alone_can_say_whether_they_were_kept(cast: Cast) -> None:
    promised(cast, to=cast.rosa)
    first = easy_of(cast.rosa, f"/promises/by/{cast.council}")
    assert "Only the people it was promised to can say." in first
    assert "There is no promise of theirs that everyone can see." in first, "a life stays private"


def test_dropping_something_says_that_nothing_changes_then(cast: Cast) -> None:
    matter = acts.raised(cast.rosa, cast.rosa, "Help on Sundays", "start")
    form = main(cast.rosa, address_of("decisions.withdrawn", decision=matter), reading="..easy")
    assert "Then nothing changes." in form


def test_in_welsh_these_pages_are_in_welsh(cast: Cast) -> None:
    for address in ("/me/calendar", "/me/programs", f"/promises/by/{cast.council}"):
        shown = main(cast.rosa, address, reading="..easy", language="cy")
        assert 'lang="en"' not in shown.split(">", 1)[0] and "easy-row" in shown, address
