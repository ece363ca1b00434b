"""Nobody seats colleagues beside them unless somebody else agrees, and no worker decides on themself."""

from dataclasses import replace

import pytest

from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from tests.decisions import acts
from tests.decisions.another_worker import asked
from tests.decisions.seats import offered, sits
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def test_one_more_decides_about_a_life_only_once_the_person_agrees(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    seat = offered(decision, cast.ken, cast.omar)
    assert not sits(decision, cast.omar)
    agree = commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True)
    for other in (cast.ken, cast.omar, cast.june, cast.priya, cast.devon, cast.ana, cast.victor):
        with pytest.raises((Missing, NotAllowed, Refused)):
            do(agree, by=other)
    typed = replace(cast.rosa, typed_by=cast.ken.person, how="phone")
    with pytest.raises(Refused, match="Somebody else must agree"):
        do(agree, by=typed)  # typed by the very one who decides
    with pytest.raises(Refused, match="First somebody else must agree"):
        do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True), by=cast.omar)
    address = f"/decisions/{decision}/who-decides"
    assert "May Omar Aziz decide this too?" in page(cast.rosa, address)
    assert "One more person would decide this with the others" in page(cast.rosa, "/")
    do(agree, by=cast.rosa)
    assert sits(decision, cast.omar)


def test_a_no_is_a_no_and_nobody_sits(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    seat = offered(decision, cast.ken, cast.omar)
    do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=False), by=cast.rosa)
    assert not sits(decision, cast.omar)
    with pytest.raises((Missing, NotAllowed, Refused)):
        do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True), by=cast.omar)


def test_a_colleague_sits_over_a_place_only_once_another_who_decides_or_a_user_led_organisation_agrees(
    cast: Cast,
) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(raised, by=cast.june).thing
    seat = offered(decision, cast.june, cast.omar)
    take = commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True)
    agree = commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True)
    for other in (cast.june, cast.omar, cast.ken, cast.rosa, cast.tom):
        with pytest.raises((Missing, NotAllowed, Refused)):
            do(agree, by=other)
    with pytest.raises(Refused, match="First somebody else must agree"):
        do(take, by=cast.omar)
    do(agree, by=cast.ana)
    do(take, by=cast.omar)
    assert sits(decision, cast.omar)
    second = offered(decision, cast.june, cast.ken)
    do(commands.AgreeToSeat(decision=decision, seat=second.id, agrees=True), by=cast.omar)  # one more decides
    do(commands.AnswerVoteOffer(decision=decision, seat=second.id, takes_it=True), by=cast.ken)
    assert sits(decision, cast.ken)


def test_somebody_it_affects_needs_nobodys_leave_and_no_colleague_sits_as_one(cast: Cast) -> None:
    raised = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(raised, by=cast.june).thing
    with pytest.raises(Refused, match="They work for the body that decides"):
        offered(decision, cast.june, cast.omar, is_member=True)
    seat = offered(decision, cast.june, cast.rosa, is_member=True)
    do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True), by=cast.rosa)
    assert sits(decision, cast.rosa)


def test_what_asks_for_another_worker_stays_so_unless_the_person_says_otherwise(cast: Cast) -> None:
    decision = asked(cast)
    other = commands.SayWhatMayChange(decision=decision, what="Her hours", change="swap")
    with pytest.raises(Refused, match="Only they can make something else of it"):
        do(other, by=cast.ken)
    do(commands.SayWhatMayChange(decision=decision, what="A worker who signs", change="worker"), by=cast.ken)
    typed = replace(cast.rosa, typed_by=cast.priya.person, how="phone")
    with pytest.raises(NotAllowed, match="by your own hand"):  # nor by her, nor by anybody, in Rosa’s name
        do(other, by=typed)
    with pytest.raises(Refused, match="this is the worker"):
        offered(decision, cast.ken, cast.priya)
    do(other, by=cast.rosa)
    assert models.Decision.everything.get(id=decision).change_code == "swap"


def test_the_worker_neither_rewords_such_a_matter_nor_makes_one_of_a_matter_they_decide(cast: Cast) -> None:
    raised = commands.RaiseDecision(person=cast.rosa.person, what="Another?", change="worker")
    hers = do(raised, by=cast.priya).thing  # she wrote it down for Rosa; it is not hers
    with pytest.raises(Refused, match="you are the worker"):
        do(commands.SayWhatMayChange(decision=hers, what="Nothing", change="worker"), by=cast.priya)
    mine = acts.raised(cast.priya, cast.rosa)
    with pytest.raises(Refused, match="a decision of its own"):
        do(commands.SayWhatMayChange(decision=mine, what="Another worker", change="worker"), by=cast.priya)
