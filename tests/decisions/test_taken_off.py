"""Whoever a matter touches is not taken off it by those who decide, before or after they have spoken."""

import pytest

from alongside.kernel.command import Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Stake
from tests.decisions import acts
from tests.world import Cast

pytestmark = pytest.mark.django_db


def taken_off(cast: Cast, decision: object) -> None:
    row = models.Affected.everything.get(decision=decision, person=cast.devon.person)
    do(commands.NoLongerAffected(decision=decision, affected=row.id, words="It does not."), by=cast.ken)


def test_whom_somebody_else_named_is_not_taken_off_by_those_who_decide(cast: Cast) -> None:
    """Else nobody tells them, and the decision waits for nobody's word."""
    decision = acts.raised(cast.ken, cast.rosa)
    named = commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=Stake.OTHER)
    do(named, by=cast.rosa)
    with pytest.raises(Refused, match="Somebody else named them"):
        taken_off(cast, decision)


def test_whoever_said_no_is_not_shut_out_of_the_matter(cast: Cast) -> None:
    """Else they read neither the reply nor what became of it."""
    decision = acts.raised(cast.ken, cast.rosa)
    named = commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=Stake.OTHER)
    do(named, by=cast.ken)
    acts.said(decision, cast.devon, "against", "I cannot lift her.")
    with pytest.raises(Refused, match="They have said what they think"):
        taken_off(cast, decision)
    assert models.Decision.objects.seen_by(cast.devon).filter(pk=decision).exists()


def test_whom_those_who_decide_named_by_mistake_they_take_off_again(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    named = commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=Stake.OTHER)
    do(named, by=cast.ken)
    taken_off(cast, decision)
    row = models.Affected.everything.get(decision=decision, person=cast.devon.person)
    assert row.ended_at is not None
