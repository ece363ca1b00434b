"""Whoever says of themself that they belong to a body has no power there until somebody else has said so."""

from dataclasses import replace

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.people.commands.bodies import CountTheBoard
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.models import Organisation
from alongside.topics.promises.commands import JoinGroup
from alongside.topics.promises.policy.counting import counts_apart, counts_of
from tests.decisions import acts
from tests.decisions.votes import hall
from tests.promises.making import judge, promised_to_members, the_promise
from tests.world import BUILDER, Cast

pytestmark = pytest.mark.django_db


def joined(cast: Cast, by: Actor | None = None) -> Actor:
    """Victor is on the board of the user-led organisation: by his own word, or as somebody else says."""
    join = JoinBody(person=cast.victor.person, organisation=cast.ulo, on_the_board=True)
    do(join, by=by or cast.victor)
    return replace(cast.victor, strong=True)


@pytest.mark.parametrize("is_own_word", [True, False])
def test_nobody_takes_words_from_sight_because_they_say_that_they_are_of_a_user_led_organisation(
    cast: Cast, is_own_word: bool
) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        view = commands.GiveViewOnPlace(decision=decision, position="for", words="He frightens me.")
        do(view, by=cast.lena)
        row = acts.latest(models.View, decision)
        take = commands.TakeFromSight(
            decision=decision, what=f"view:{row.id}", reason="names_somebody", words="It names me."
        )
        victor = joined(cast, None if is_own_word else BUILDER)
        if is_own_word:
            with pytest.raises(NotAllowed):
                do(take, by=victor)
            return
        do(take, by=victor)


def test_nobody_says_how_many_of_a_board_draw_on_support_because_they_say_they_sit_on_it(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        victor = joined(cast)
        count = CountTheBoard(
            organisation=cast.ulo, counted_on=clock.today(), members=3, who_draw_on_support=0
        )
        with pytest.raises(NotAllowed):
            do(count, by=victor)
        assert Organisation.everything.get(id=cast.ulo).is_user_led


@pytest.mark.parametrize("is_own_word", [True, False])
def test_an_answer_counts_with_the_group_only_when_another_says_that_its_giver_is_in_it(
    cast: Cast, is_own_word: bool
) -> None:
    with clock.at("2026-03-02"):
        promise = promised_to_members(cast, what="Open on Sundays.", group="Members", group_size=10)
        victor = joined(cast, None if is_own_word else BUILDER)
    with clock.at("2026-05-04"):
        if is_own_word:
            with pytest.raises((Missing, NotAllowed, Refused)):
                do(judge(promise, None, "kept"), by=victor)
            do(JoinGroup(promise=promise), by=victor)
        do(judge(promise, None, "kept"), by=victor)
    counted = (counts_of([promise])[promise].kept, counts_apart(the_promise(promise)).of)
    assert counted == ((0, 1) if is_own_word else (1, 0))
