"""After a decision: challenges, reopening, what it did to people, and what those who decided learnt."""

from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands import Finding
from alongside.topics.decisions.models import Did, Sees, State
from tests.decisions import acts
from tests.decisions.afterwards import answered, challenged, did, settled
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


# Challenges ---------------------------------------------------------------------------------------


def test_a_challenge_is_answered_by_somebody_who_did_not_decide_and_never_lessens_anything(
    cast: Cast,
) -> None:
    decision = settled(cast)
    before = models.Decision.everything.values().get(id=decision)
    challenge = challenged(decision, cast.rosa)
    assert models.Decision.everything.values().get(id=decision) == before
    assert str(challenge.answer_by) == "2026-03-30"
    asked = acts.answerer(decision)
    form = page(asked, f"/do/decisions.challenge_answered?decision={decision}&challenge={challenge.id}")
    assert str(challenge.wrong) in unescape(form), "who answers reads what is wrong"
    for inside in (cast.ken, cast.priya, cast.june):
        with pytest.raises(NotAllowed):
            answered(decision, challenge.id, inside)
    [beside] = {cast.omar.person, cast.dee.person} - {asked.person}
    with pytest.raises((NotAllowed, Missing)):
        answered(decision, challenge.id, Actor(person=beside, strong=True))
    answered(decision, challenge.id, asked)
    row = models.Challenge.everything.get(id=challenge.id)
    assert (row.upheld, row.go_next, row.answered_by) == (False, "lgsco", asked.person)
    text = page(cast.rosa, f"/decisions/{decision}/afterwards")
    assert "Where you can go next" in text and "Local Government and Social Care Ombudsman" in text


def test_upheld_the_same_matter_is_open_again_with_all_that_was_in_it(cast: Cast) -> None:
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    answered(decision, challenge.id, acts.answerer(decision), Finding.UPHELD)
    row = models.Decision.everything.get(id=decision)
    assert (row.state, row.outcome, row.raised_by) == (State.OPEN, "", cast.ken.person)
    assert models.View.everything.filter(decision=decision, is_current=True).count() == 1
    assert str(models.Earlier.everything.get(decision=decision).reasons) == "The money is less this year."
    with pytest.raises(Refused, match="answered before this was put to them"):
        acts.decided(decision, cast.ken)  # it is put to her anew; her old answer is not used against her
    assert "This was opened again" in page(cast.rosa, f"/decisions/{decision}/afterwards")
    assert "It was decided before. It has been open again since" in page(cast.rosa, f"/decisions/{decision}")
    asked = page(cast.rosa, f"/do/decisions.effect_said?decision={decision}")
    assert "As usual" in asked and "I would rather not say" not in asked


def test_nobody_but_those_it_affects_can_challenge_one_life_and_nobody_else_learns_of_it(cast: Cast) -> None:
    decision = settled(cast)
    for other in (cast.stranger, cast.omar):
        with pytest.raises(Missing):
            challenged(decision, other)
    with pytest.raises(NotAllowed):
        challenged(decision, cast.priya)
    challenged(decision, cast.rosa)
    asked = acts.answerer(decision)
    assert models.Challenge.objects.seen_by(asked).count() == 1
    [beside] = {cast.omar.person, cast.dee.person} - {asked.person}
    for other in (cast.devon, Actor(person=beside), cast.june, cast.priya, cast.stranger):
        assert not models.Challenge.objects.seen_by(other).exists()
    with pytest.raises(Refused, match="said this already"):
        challenged(decision, cast.rosa)


def test_a_challenge_that_is_not_answered_in_time_says_where_to_go(cast: Cast) -> None:
    decision = settled(cast)
    challenge = challenged(decision, cast.rosa)
    do_what_is_due(Work())
    assert models.Challenge.everything.get(id=challenge.id).go_next == ""
    clock.advance(days=40)
    do_what_is_due(Work())
    assert models.Challenge.everything.get(id=challenge.id).go_next == "lgsco"
    hers = page(cast.rosa, f"/decisions/{decision}/afterwards")
    assert "This should have been answered by" in hers
    assert "What you want" in hers and "nothing that you have is made less" in hers
    assert "What they want" in page(acts.answerer(decision), f"/decisions/{decision}/afterwards")
    answered(decision, challenge.id, acts.answerer(decision))  # late is still better than never


def test_whoever_may_answer_finds_it_at_home_and_whoever_decided_does_not(cast: Cast) -> None:
    decision = settled(cast)
    challenged(decision, cast.rosa)
    assert "Someone says a decision is wrong" in page(acts.answerer(decision), "/")
    for inside in (cast.ken, cast.june, cast.priya):
        assert "Someone says a decision is wrong" not in page(inside, "/")


def test_what_is_not_decided_is_answered_and_not_challenged(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    with pytest.raises(Refused, match="This is not decided"):
        challenged(decision, cast.rosa)


# What it did to people ----------------------------------------------------------------------------


def test_whoever_decided_reads_what_it_did_and_must_say_what_they_learnt(cast: Cast) -> None:
    decision = settled(cast)
    effect = did(decision, cast.rosa)
    assert "What your decisions did to people" in page(cast.ken, "/")
    bare = commands.SayWhatILearnt(decision=decision, effects=[effect.id], learnt="I see.", will_do="")
    with pytest.raises(Refused, match="Write what you will do"):
        do(bare, by=cast.ken)
    with pytest.raises(NotAllowed):
        do(bare, by=cast.priya)
    learnt = commands.SayWhatILearnt(
        decision=decision, effects=[effect.id], learnt="Five are too few.", will_do="I raise it again."
    )
    do(learnt, by=cast.ken)
    text = page(cast.rosa, f"/decisions/{decision}/afterwards")
    for words in ("What I learnt", "Five are too few.", "What I will do", "I raise it again."):
        assert words in text
    assert "What your decisions did to people" not in page(cast.ken, "/")


def test_what_it_did_to_one_life_is_between_them_and_those_who_decided_until_they_widen_it(
    cast: Cast,
) -> None:
    decision = settled(cast)
    effect = did(decision, cast.rosa)
    hidden = [cast.devon, cast.priya, cast.june, cast.omar]
    assert all(not models.Effect.objects.seen_by(one).exists() for one in hidden)
    assert models.Effect.objects.seen_by(cast.ken).exists()
    show = commands.ShowWhatItDid(decision=decision, effect=effect.id, sees=Sees.EVERYONE)
    with pytest.raises(NotAllowed):
        do(show, by=cast.priya)
    with pytest.raises(Refused, match="Only they can show it"):
        do(show, by=acts.typed_for(cast.rosa, cast.priya))
    do(show, by=cast.rosa)
    assert models.Effect.objects.seen_by(cast.devon).exists()
    assert not models.Effect.objects.seen_by(cast.omar).exists()


def test_those_it_affects_are_asked_on_the_day_and_only_once(cast: Cast) -> None:
    decision = settled(cast)
    do_what_is_due(Work())
    assert models.Decision.everything.get(id=decision).effects_asked_at is None
    clock.advance(days=43)
    do_what_is_due(Work())
    asked = models.Decision.everything.get(id=decision).effects_asked_at
    assert asked is not None
    clock.advance(days=43)
    do_what_is_due(Work())
    assert models.Decision.everything.get(id=decision).effects_asked_at == asked


def test_what_the_deciders_line_typed_for_somebody_takes_nothing_back_that_they_said(cast: Cast) -> None:
    decision = settled(cast)
    own = did(decision, cast.rosa)
    typed = did(decision, acts.typed_for(cast.rosa, cast.priya), Did.BETTER)
    assert models.Effect.everything.get(id=own.id).is_current and not typed.is_trusted
    assert "Nobody has checked this with them yet." in page(cast.ken, f"/decisions/{decision}/afterwards")


def test_those_who_decide_do_not_say_for_themselves_how_well_it_went(cast: Cast) -> None:
    decision = settled(cast)
    with pytest.raises(NotAllowed):
        did(decision, cast.ken, Did.BETTER)
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Paint the hall", change="start")
    hall = do(place, by=cast.june).thing
    do(commands.SayWhichPeople(decision=hall, group="All", size=9), by=cast.june)
    alone = {"without_them": "It is unsafe.", "review_on": "2026-05-01", "reasons": "It peels."}
    do(commands.DecideForPlace(decision=hall, outcome="agreed", **alone), by=cast.june)
    with pytest.raises(Refused, match="You decide this"):
        did(hall, cast.june, Did.BETTER)
    did(hall, cast.stranger)
    review = models.Review.everything.get(decision=hall)
    done = commands.FinishReview(decision=hall, review=review.id, words="It is well.")
    with pytest.raises(Refused, match="have not been asked"):
        do(done, by=cast.june)
    clock.advance(days=70)
    do_what_is_due(Work())
    do(done, by=cast.june)
    text = page(None, f"/decisions/{hall}/afterwards")
    assert "From the decision to people, and back" in text and "June Okafor" not in text


def test_a_stranger_cannot_see_that_there_is_anything_after_a_decision(cast: Cast) -> None:
    decision = settled(cast)
    did(decision, cast.rosa)
    for address in (f"/decisions/{decision}/afterwards", f"/api/decisions/{decision}/afterwards"):
        assert browser_of(cast.stranger).get(address).status_code == 404
        assert browser_of(cast.rosa).get(address).status_code == 200


def test_programs_read_what_came_after_as_its_reader_may_see_it(cast: Cast, client: Client) -> None:
    decision = settled(cast)
    did(decision, cast.rosa)
    challenged(decision, cast.rosa)
    found = browser_of(cast.rosa).get(f"/api/decisions/{decision}/afterwards").json()
    assert [one["said"] for one in found["effects"]] == ["worse"]
    assert [one["wants"] for one in found["challenges"]] == ["Seven days."]
    seen = browser_of(cast.devon).get(f"/api/decisions/{decision}/afterwards").json()
    assert (seen["effects"], seen["challenges"]) == ([], [])


def test_a_code_from_a_letter_is_enough_to_challenge_and_to_say_what_it_did(cast: Cast) -> None:
    decision = settled(cast)
    coded = replace(cast.rosa, only=decision, way="code")
    challenged(decision, coded)
    did(decision, coded)
    other = acts.raised(cast.ken, cast.rosa, "Another")
    with pytest.raises(Missing):
        challenged(other, coded)
