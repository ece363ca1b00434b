"""A matter that nobody decides, and a problem that nobody answers, wait on a page of somebody's."""

from datetime import timedelta
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.posts import EndPost
from alongside.topics.people.models import Link
from tests.decisions.acts import at
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
HEADING = "Nobody has taken these up"


@pytest.fixture
def buses(cast: Cast) -> UUID:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Later buses", change="swap")
    return do(raised, by=cast.ana).thing


def test_a_matter_that_nobody_decides_is_on_the_page_of_the_offices_and_of_the_duty_team(
    cast: Cast, buses: UUID
) -> None:
    for one in (cast.june, cast.ken, cast.dee):
        home = page(one, "/")
        assert HEADING in home and "Later buses" in home and f"decisions.taken_up?decision={buses}" in home
    for one in (cast.rosa, cast.omar, cast.tom, cast.ana, cast.stranger):
        assert HEADING not in page(one, "/")


def test_once_somebody_has_taken_it_up_it_waits_for_them_alone(cast: Cast, buses: UUID) -> None:
    do(commands.TakeUp(decision=buses), by=cast.june)
    assert HEADING not in page(cast.ken, "/")
    home = page(cast.june, "/")
    assert HEADING not in home and "Later buses" in home


def test_a_problem_that_nobody_answered_says_since_when(cast: Cast) -> None:
    raised = commands.RaiseProblem(
        what="place", organisation=cast.council, where="Mill Street", words="The lift is out."
    )
    problem = do(raised, by=cast.ana).thing
    due = models.Problem.everything.get(id=problem).answer_by
    assert "Answer it by" in page(cast.june, "/")
    with clock.at((due + timedelta(days=3)).isoformat()):
        home = page(cast.june, "/")
        assert "Nobody has answered." in home and "The lift is out." in home
        assert HEADING not in page(cast.rosa, "/")


def test_a_matter_about_one_life_is_on_nobodys_page_who_may_not_open_it(cast: Cast) -> None:
    raised = commands.RaiseDecision(
        person=cast.stranger.person, organisation=cast.council, what="More mornings", change="start"
    )
    matter = do(raised, by=cast.stranger).thing
    assert not models.Decider.everything.filter(decision=matter, until_at=None).exists()
    for one in cast.everyone().values():
        opens = browser_of(one).get(at(matter)).status_code == 200
        assert (HEADING not in page(one, "/")) or opens
    assert "More mornings" in page(cast.dee, "/")
    for one in (cast.omar, cast.tom, cast.priya):
        assert "More mornings" not in page(one, "/")


# Who takes up what somebody decides already ------------------------------------------------------------


def deciders(matter: UUID) -> set[UUID]:
    rows = models.Decider.everything.filter(decision=matter, until_at=None)
    return set(rows.values_list("person", flat=True))


def test_no_colleague_joins_by_themself_what_somebody_decides(cast: Cast, buses: UUID) -> None:
    do(commands.TakeUp(decision=buses), by=cast.priya)
    for friend in (cast.omar, cast.dee):
        with pytest.raises(Refused, match="They can offer you a vote"):
            do(commands.TakeUp(decision=buses), by=friend)
    assert deciders(buses) == {cast.priya.person}
    assert "decisions.taken_up?" not in page(cast.omar, at(buses))


def test_whoever_answers_for_their_work_takes_over_and_those_concerned_are_told(
    cast: Cast, buses: UUID
) -> None:
    do(commands.TakeUp(decision=buses), by=cast.priya)
    before = told_of(cast.priya), told_of(cast.ana)
    do(commands.TakeUp(decision=buses), by=cast.ken)
    assert deciders(buses) == {cast.priya.person, cast.ken.person}
    assert (told_of(cast.priya), told_of(cast.ana)) == (before[0] + 1, before[1] + 1)


def test_over_the_head_of_the_house_another_who_manages_it_takes_over(cast: Cast, buses: UUID) -> None:
    do(commands.TakeUp(decision=buses), by=cast.june)
    with pytest.raises(Refused, match="They can offer you a vote"):
        do(commands.TakeUp(decision=buses), by=cast.priya)
    do(commands.TakeUp(decision=buses), by=cast.ken)


def test_what_was_decided_by_somebody_who_left_is_anybodys_there_to_take_up(cast: Cast, buses: UUID) -> None:
    do(commands.TakeUp(decision=buses), by=cast.priya)
    for link in Link.everything.filter(person=cast.priya.person, other=None):
        do(EndPost(link=link.id), by=cast.june)
    do(commands.TakeUp(decision=buses), by=cast.omar)


def told_of(by: Actor) -> int:
    assert by.person is not None
    return Outbox.objects.filter(kind="tell", payload__person=by.person.hex).count()
