"""Several decide together: the rule, the voices, the interests, and nothing that gets round them."""

from dataclasses import replace
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.votes import Tally
from alongside.topics.decisions.models import Agree, Says, State, Who
from tests.decisions import acts
from tests.decisions.votes import hall, heard, panel, put, says, seated, together
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def state(decision: UUID) -> str:
    return str(models.Decision.everything.get(id=decision).state)


def test_it_is_decided_with_the_last_voice_that_the_rule_needs_and_not_before(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        says(decision, proposal, cast.june)
        assert state(decision) == State.OPEN
        says(decision, proposal, cast.ana)  # she needs no passkey: she sits as somebody who draws on care
        row = models.Decision.everything.get(id=decision)
        assert (row.state, row.outcome, row.proposal) == (State.DECIDED, "agreed", proposal)
        assert str(row.reasons) == "The roof is not safe."
        with pytest.raises(Refused, match="closed already"):
            says(decision, proposal, cast.omar)


def test_a_rule_that_asks_for_more_than_there_are_says_that_nothing_can_be_decided(cast: Cast) -> None:
    decision = hall(cast)
    rule = commands.SayWhoDecides(
        decision=decision, who=Who.SEVERAL, agree=Agree.NUMBER, needed=9, why="A board."
    )
    do(rule, by=cast.june)
    here = f"/decisions/{decision}/who-decides"
    assert "There are not so many of them yet." in page(None, here)
    do(commands.SayWhoDecides(decision=decision, who=Who.ONE, why="Not a board."), by=cast.june)
    assert "There are not so many of them yet." not in page(None, here)


def test_nobody_of_several_can_decide_it_alone(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, _proposal = panel(cast)
        alone = commands.DecideForPlace(decision=decision, outcome="agreed", reasons="I say so.")
        with pytest.raises(Refused, match="0 of 3 who decide said yes"):
            do(alone, by=cast.june)


def test_where_all_must_agree_one_no_stops_it_and_standing_aside_does_not(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast, Agree.ALL)
        says(decision, proposal, cast.june)
        says(decision, proposal, cast.omar, Says.NO)
        says(decision, proposal, cast.ana)
        assert state(decision) == State.OPEN
        says(decision, proposal, cast.omar, Says.ASIDE)
        says(decision, proposal, cast.ana)  # a voice said again: now nobody is against it
        assert state(decision) == State.DECIDED


def test_no_voice_counts_before_the_people_it_is_about_were_heard(cast: Cast) -> None:
    decision = hall(cast)
    seated(cast, decision, cast.omar)
    together(cast, decision)
    proposal = put(cast, decision)
    with pytest.raises(Refused, match="Nobody it affects has answered"):
        says(decision, proposal, cast.omar)


def test_what_the_person_says_after_a_voice_is_heard_before_it_is_decided(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = acts.raised(cast.ken, cast.rosa)
        do(commands.OfferVote(decision=decision, person=cast.june.person), by=cast.ken)
        seat = acts.latest(models.Seat, decision)
        do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.rosa)
        do(commands.SayWhoDecides(decision=decision, who=Who.SEVERAL), by=cast.ken)
        acts.sent(decision, cast.ken)
        acts.said(decision, cast.rosa, "for", "Yes.")
        proposal = put(cast, decision, cast.ken)
        says(decision, proposal, cast.ken)
        clock.advance(hours=1)
        acts.said(decision, cast.rosa, "for", "Yes, but not on Mondays.")
        says(decision, proposal, cast.june)
        assert state(decision) == State.OPEN  # Ken has not heard that yet
        says(decision, proposal, cast.ken)
        assert state(decision) == State.DECIDED


def test_every_voice_has_its_reasons_and_nobody_speaks_for_another(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        bare = commands.SayYesOrNo(decision=decision, proposal=proposal, answer=Says.YES, reasons="")
        with pytest.raises(Refused, match="Write why"):
            do(bare, by=cast.june)
        with pytest.raises(NotAllowed, match="by your own hand"):
            says(decision, proposal, acts.typed_for(cast.ana, cast.june))
        with pytest.raises(Refused, match="passkey"):
            says(decision, proposal, replace(cast.omar, strong=False))
        with pytest.raises(NotAllowed):
            says(decision, proposal, cast.boyd)


def test_whoever_has_an_interest_steps_back_and_does_not_come_back(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast)
        says(decision, proposal, cast.omar)
        row = models.Decider.everything.get(decision=decision, person=cast.omar.person)
        do(commands.SayInterest(decision=decision, row=row.id, words="My aunt eats there."), by=cast.omar)
        says(decision, proposal, cast.june)
        assert state(decision) == State.OPEN  # his yes went with him
        with pytest.raises(Refused, match="stake of your own"):
            do(commands.TakeUp(decision=decision), by=cast.omar)
        says(decision, proposal, cast.ana)
        assert state(decision) == State.DECIDED


def test_a_rule_of_several_is_not_met_by_one_who_is_left(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast, Agree.ALL)
        for one in (cast.omar, cast.ana):
            row = models.Decider.everything.get(decision=decision, person=one.person)
            do(commands.SayInterest(decision=decision, row=row.id), by=one)
        says(decision, proposal, cast.june)
        assert state(decision) == State.OPEN
        assert not Tally("all", None, 1, yes=1).is_met


def test_an_easier_rule_is_put_to_all_and_then_the_people_are_asked_again(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, proposal = panel(cast, Agree.ALL)
        easier = commands.SayWhoDecides(decision=decision, who=Who.ONE, why="It is quicker.")
        with pytest.raises(Refused, match="easier to decide"):
            do(easier, by=cast.june)
        do(commands.TakeBackProposal(decision=decision, proposal=proposal), by=cast.june)
        rule = commands.PutRuleToThem(decision=decision, who=Who.PANEL, agree=Agree.HALF, why="Omar is ill.")
        do(rule, by=cast.june)
        new = acts.latest(models.Proposal, decision).id
        before = models.Decision.everything.get(id=decision)
        for one in (cast.june, cast.omar, cast.ana):
            says(decision, new, one)
        row = models.DecidingRule.everything.get(decision=decision, number=2)
        after = models.Decision.everything.get(id=decision)
        assert (row.agree, row.after_told, row.asks_again) == ("half", True, True)
        assert after.answer_by > before.answer_by  # their time to answer begins again
        last = put(cast, decision)
        with pytest.raises(Refused, match=r"Their time to answer is not up. It ends on \d+ \w+ 2026"):
            says(decision, last, cast.june)


def test_a_stricter_rule_needs_no_vote_and_a_change_after_people_were_told_needs_its_reason(
    cast: Cast,
) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        seated(cast, decision, cast.omar)
        heard(cast, decision)
        with pytest.raises(Refused, match="Say why the rule changes"):
            together(cast, decision)
        together(cast, decision, why="It is a big thing.")
        assert not models.DecidingRule.everything.get(decision=decision).asks_again


def test_an_office_decides_whoever_holds_it_and_nobody_else(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        seated(cast, decision, cast.ken)
        office = commands.SayWhoDecides(decision=decision, who=Who.OFFICE, office=cast.kens_office)
        do(office, by=cast.june)
        heard(cast, decision)
        decide = commands.DecideForPlace(decision=decision, outcome="agreed", reasons="The roof.")
        with pytest.raises(Refused, match="Only the Team manager, East decides this"):
            do(decide, by=cast.june)
        do(decide, by=cast.ken)
        assert state(decision) == State.DECIDED


def test_no_member_sits_over_one_life_and_no_outsider_is_let_into_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    for person, is_member in ((cast.priya, True), (cast.tom, False)):
        offer = commands.OfferVote(decision=decision, person=person.person, is_member=is_member)
        with pytest.raises(Refused):
            do(offer, by=cast.ken)
    do(commands.OfferVote(decision=decision, person=cast.priya.person), by=cast.ken)
    seat = acts.latest(models.Seat, decision)
    do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.rosa)
    assert models.Decider.everything.filter(decision=decision, person=cast.priya.person).exists()


def test_a_vote_that_is_not_taken_gives_no_power(cast: Cast) -> None:
    decision = hall(cast)
    do(commands.OfferVote(decision=decision, person=cast.omar.person), by=cast.june)
    seat = acts.latest(models.Seat, decision)
    with pytest.raises(NotAllowed):
        do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=True), by=cast.boyd)
    do(commands.AnswerVoteOffer(decision=decision, seat=seat.id, takes_it=False), by=cast.omar)
    assert not models.Decider.everything.filter(decision=decision, person=cast.omar.person).exists()


def test_a_no_says_what_would_make_it_a_yes(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, "Two more hours", "increase")
    acts.sent(decision, cast.ken)
    acts.said(decision, cast.rosa, "unsure", "I would like it.")
    with pytest.raises(Refused, match="what would change this"):
        acts.decided(decision, cast.ken, "not_agreed", would_change="")
    acts.decided(decision, cast.ken, "not_agreed", would_change="A letter from your doctor.")
    row = models.Decision.everything.get(id=decision)
    assert str(row.would_change) == "A letter from your doctor."
