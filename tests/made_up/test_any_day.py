"""The made-up place leaves no page empty, and can be built on another day than today."""

from datetime import date, timedelta
from random import Random

import pytest
from django.apps import apps

from alongside.kernel import chance, clock
from alongside.kernel.now import Now
from alongside.made_up.conductor import tell
from alongside.made_up.ground import lay
from alongside.made_up.place import Place
from alongside.made_up.stories import ana_and_others
from alongside.made_up.stories.rosa import rosas
from alongside.topics.decisions.models import Decision, Meeting
from tests.made_up.wexmoor import asked, wexmoor

pytestmark = pytest.mark.sqlite

# Tables of the record that hold nothing there, and why.
EMPTY = {
    "people.SignInName": "nobody made up has a real address to sign in by: a visitor chooses a face instead",
    "people.WayIn": "a code is made when a letter leaves the house, and no letter leaves a made-up place",
    "people.Hook": "no program listens: a message to a made-up address would leave the house",
}
OF_THE_CROWD = {"decisions.AgreedWord"}  # what only the ordinary stories hold
FAR_APART = (date(2026, 12, 2), date(2027, 1, 1))  # some was decided after a long weekend; offices are closed


def tables() -> dict[str, type[Now]]:
    """Each table that holds the facts of a page, by its name."""
    ours = [model for model in apps.get_models() if issubclass(model, Now)]
    return {model._meta.label: model for model in ours if model.__module__.startswith("alongside.")}


def test_no_table_of_the_record_is_empty_in_the_made_up_place() -> None:
    every = tables()
    assert len(every) > 100 and set(EMPTY) <= set(every)
    there = {
        name
        for name, model in every.items()
        if asked(wexmoor(), f'SELECT 1 FROM "{model._meta.db_table}" LIMIT 1')
    }
    assert sorted(set(every) - there) == sorted(EMPTY), "tell a story of it, or say here why there is none"


def held_too_late() -> list[str]:
    """Meetings that are said to have decided what was decided before they were held."""
    found = []
    for meeting in Meeting.everything.filter(decides=True):
        decided_at = Decision.everything.get(pk=meeting.decision).decided_at
        if decided_at is not None and meeting.held_on > clock.day_of(decided_at):
            found.append(f"{meeting.name}: {meeting.held_on}, decided {decided_at:%d %B}")
    return found


def test_offices_are_open_on_that_day_or_the_last_one_before_it() -> None:
    """So of two days that stand in an order none comes to lie behind the other."""
    for number in range(366):
        place = Place(date(2026, 4, 1) + timedelta(days=number), Random(0))
        opened = [place.open_on(-days) for days in range(40)]
        assert opened == sorted(opened, reverse=True)
        assert all(
            clock.is_working_day(place.day(each)) and each <= -days for days, each in enumerate(opened)
        )


@pytest.mark.django_db
@pytest.mark.parametrize("today", FAR_APART, ids=str)
def test_the_stories_can_be_told_on_another_day(today: date) -> None:
    """All of them but the ordinary ones, which make the record long, and are of one kind."""
    with chance.seeded(1) as random:
        assert isinstance(random, Random)
        place = Place(today, random)
        lay(place)
        tell(place, [*rosas(place), *ana_and_others(place)], lambda _share: None)
    assert place.lines > 3_000
    assert not held_too_late()
    empty = {name for name, model in tables().items() if not model.everything.exists()}
    assert empty == {*EMPTY, *OF_THE_CROWD}
