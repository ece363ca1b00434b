"""Several decide at one moment: the last voice makes it a decision once, and only if the guard lets it."""

from functools import partial
from uuid import UUID

import pytest

from alongside.kernel import replay
from alongside.kernel.command import Refused
from alongside.kernel.door import Done, do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Agree, Says, State, Step
from tests.decisions.votes import panel, says
from tests.kernel.at_once import at_once
from tests.world import Cast

pytestmark = pytest.mark.usefixtures("committed")
ROUNDS = 6


def state(decision: UUID) -> str:
    return str(models.Decision.everything.get(id=decision).state)


def test_two_last_voices_at_once_decide_it_once(cast: Cast) -> None:
    for _ in range(ROUNDS):
        decision, proposal = panel(cast, Agree.HALF)
        says(decision, proposal, cast.june)
        found = at_once(
            partial(_say, decision, proposal, cast.omar), partial(_say, decision, proposal, cast.ana)
        )
        assert sorted(type(one).__name__ for one in found) == ["Done", "Refused"], found
        assert state(decision) == State.DECIDED
        assert Step.everything.filter(decision=decision, kind="decided").count() == 1
    assert replay.verify().sound
    assert replay.compare().sound


def test_a_no_or_a_stake_said_at_the_same_moment_is_never_passed_over(cast: Cast) -> None:
    for _ in range(ROUNDS):
        decision, proposal = panel(cast, Agree.ALL)
        says(decision, proposal, cast.june)
        says(decision, proposal, cast.omar)
        found = at_once(
            partial(_say, decision, proposal, cast.ana), partial(_say, decision, proposal, cast.omar, Says.NO)
        )
        assert all(isinstance(one, Done | Refused) for one in found), found
        said = set(models.Voice.everything.filter(proposal=proposal, is_current=True).values_list("says"))
        assert (state(decision) == State.DECIDED) == (said == {(Says.YES,)})
    assert replay.compare().sound


def test_what_people_say_at_the_same_moment_is_answered_before_it_is_decided(cast: Cast) -> None:
    for _ in range(ROUNDS):
        decision, proposal = panel(cast, Agree.HALF)
        says(decision, proposal, cast.june)
        late = commands.GiveViewOnPlace(
            decision=decision, position="against", words="Not like this.", instead="Time."
        )
        found = at_once(partial(_say, decision, proposal, cast.ana), partial(do, late, by=cast.stranger))
        assert all(isinstance(one, Done | Refused) for one in found), found
        spoke = models.View.everything.filter(decision=decision, person=cast.stranger.person).exists()
        assert (state(decision) == State.DECIDED) != spoke  # whoever is first, the other is refused
    assert replay.compare().sound


def _say(decision: UUID, proposal: UUID, by: Actor, answer: Says = Says.YES) -> Done:
    said = commands.SayYesOrNo(decision=decision, proposal=proposal, answer=answer, reasons="So I see it.")
    return do(said, by=by)
