"""Somebody asks for another worker: the worker neither decides it nor reads what is said of them."""

import json

import pytest

from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Sees
from tests.decisions import acts
from tests.decisions.acts import at
from tests.decisions.another_worker import SAID, asked
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = pytest.mark.django_db


def test_it_is_for_the_manager_and_never_for_the_worker(cast: Cast) -> None:
    decision = asked(cast)
    deciders = models.Decider.everything.filter(decision=decision).values_list("person", flat=True)
    assert list(deciders) == [cast.ken.person]
    with pytest.raises(Refused, match="you are the worker"):
        do(commands.TakeUp(decision=decision), by=cast.priya)
    raised_by_the_worker = commands.RaiseDecision(person=cast.rosa.person, what="Another?", change="worker")
    hers = do(raised_by_the_worker, by=cast.priya).thing
    assert models.Decider.everything.get(decision=hers).person == cast.ken.person


def test_the_worker_reads_what_was_said_of_them_only_when_the_giver_shows_it(cast: Cast) -> None:
    decision = asked(cast)
    for address in (at(decision), at(decision) + "/views", at(decision) + "/map"):
        assert SAID not in page(cast.priya, address)
        assert SAID not in json.dumps(page(cast.priya, address))
    assert SAID in page(cast.ken, at(decision))
    view = acts.latest(models.View, decision)
    show = commands.ChooseWhoSees(decision=decision, view=view.id, sees=Sees.EVERYONE)
    do(show, by=cast.rosa)
    assert SAID in page(cast.priya, at(decision))


def test_the_first_line_may_say_no_more_than_that_they_ask(cast: Cast) -> None:
    ask = commands.RaiseDecision(person=cast.rosa.person, what="Another worker.", change="worker", why=SAID)
    with pytest.raises(Refused, match="The worker could read this"):
        do(ask, by=cast.rosa)


def test_a_challenge_is_not_read_or_answered_by_the_worker(cast: Cast) -> None:
    decision = asked(cast)
    telling = acts.sent(decision, cast.ken)
    do(commands.OpenIt(decision=decision, telling=telling.id), by=cast.rosa)
    acts.replied(decision, cast.ken, acts.latest(models.View, decision).id)
    decide = commands.Decide(
        decision=decision, outcome="not_agreed", reasons="Nobody is free.", would_change="A free place."
    )
    do(decide, by=cast.ken)
    do(commands.ChallengeIt(decision=decision, wrong=SAID, wants="Someone firm."), by=cast.rosa)
    challenge = acts.latest(models.Challenge, decision)
    assert not models.Challenge.objects.seen_by(cast.priya).filter(id=challenge.id).exists()
    outside = acts.answerer(decision)
    assert models.Challenge.objects.seen_by(outside).filter(id=challenge.id).exists()
    assert SAID not in page(cast.priya, at(decision) + "/afterwards")
    answer = commands.AnswerChallenge(
        decision=decision, challenge=challenge.id, finding="not_upheld", reasons="It stands."
    )
    with pytest.raises(NotAllowed):
        do(answer, by=cast.priya)
    do(answer, by=outside)


def test_somebody_with_a_worker_finds_where_to_ask(cast: Cast) -> None:
    assert "I want another worker" in page(cast.rosa, "/decisions/new")
    assert "I want another worker" not in page(cast.ken, "/decisions/new")
    address = f"/do/decisions.raised?person={cast.rosa.person}&change=worker&what=I ask"
    text = browser_of(cast.rosa).get(address).content.decode()
    assert "Nobody may hold this against you." in text
    assert 'name="why"' not in text
