"""Where the parts of a number do not add up to it, the page says why."""

from datetime import date

import pytest
from django.core.cache import cache

from alongside.home.numbers import count_month
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.few import Added
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import GiveVerdict, MakePromise
from alongside.topics.promises.models import PromisedTo
from tests.promises.making import promised_to_a_neighbour
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
APRIL = (date(2026, 4, 1), date(2026, 4, 30))
WHY = "On the others the answers are too few to show."


@pytest.fixture(autouse=True)
def _the_second_of_march() -> object:
    cache.clear()  # a month that was counted is kept for an hour
    with clock.at("2026-03-02"):
        yield
    cache.clear()


def _kept_to_ten(cast: Cast) -> None:
    made = []
    for count in range(10):
        made.append(promised_to_a_neighbour(cast, count, due_on=date(2026, 4, 10)))
    with clock.at("2026-06-02"):
        for person, told in made:
            row = PromisedTo.everything.get(promise=told)
            do(GiveVerdict(promise=told, made_to=row.id, said="kept"), by=Actor(person=person))


def test_a_month_says_that_on_some_promises_the_answers_are_too_few_to_show(cast: Cast) -> None:
    _kept_to_ten(cast)
    with clock.at("2026-06-02"):
        month = count_month(*APRIL)
        assert (month.due, month.promises.of, month.more_due) == (10, 10, False)
        assert WHY not in page(None, "/this-place")


def test_a_body_with_one_promise_is_in_no_part_and_follows_from_no_total(cast: Cast) -> None:
    _kept_to_ten(cast)
    menu = MakePromise(
        organisation=cast.provider,
        person=cast.rosa.person,
        what="Send the menu.",
        due_on=date(2026, 4, 10),
        owned_by=cast.tom.person,
    )
    do(menu, by=cast.tom)
    with clock.at("2026-06-02"):
        month = count_month(*APRIL)
        assert (month.came_due, month.due) == (Added(10, is_whole=False), None)
        assert (month.promises.of, month.more_due) == (10, True)
        text = page(None, "/this-place")
        assert "At least 10 promises" in text and "10 kept" in text and WHY in text
        assert "11 promises" not in text  # less the ten of the council, it would tell of the one


def test_a_month_with_no_promise_says_so_and_one_with_too_few_answers_too(cast: Cast) -> None:
    _kept_to_ten(cast)
    with clock.at("2026-06-02"):
        text = page(None, "/this-place")
        assert "No promises were due." in text and "<br>0 kept" not in text
