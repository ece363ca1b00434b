"""The first and second law, each part with its yes and its no, tried through the door."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.forms import ChoiceField

from alongside.interfaces.form import CommandForm
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Sees, Stake, State
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import Person
from tests.decisions import acts
from tests.world import Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


def state(decision: object) -> str:
    return str(models.Decision.everything.get(id=decision).state)


# A person's own life ------------------------------------------------------------------------------


def test_the_law_never_stands_in_the_way_of_a_person_deciding_about_their_own_life(cast: Cast) -> None:
    decision = acts.raised(cast.rosa, cast.rosa, "I will stop going to the day centre", "end", is_own=True)
    with pytest.raises(NotAllowed, match="by your own hand"):
        do(commands.DecideForMyself(decision=decision, words="Yes"), by=acts.typed_for(cast.rosa, cast.priya))
    with pytest.raises(Refused, match="theirs alone"):
        acts.decided(decision, cast.priya)
    do(commands.DecideForMyself(decision=decision, words="I stop in May."), by=cast.rosa)
    assert state(decision) == State.DECIDED


def test_nobody_can_call_somebody_elses_life_their_own_to_decide(cast: Cast) -> None:
    with pytest.raises(Refused, match="Only the person can decide this alone"):
        acts.raised(cast.ken, cast.rosa, is_own=True)


def test_a_stranger_cannot_raise_a_matter_in_somebodys_life_or_learn_that_they_are_here(cast: Cast) -> None:
    with pytest.raises(Missing):
        acts.raised(cast.stranger, cast.rosa)
    receipt = do(
        commands.RaiseConcern(organisation=cast.council, words="My neighbour Rosa does not look well."),
        by=cast.stranger,
    )
    assert not models.Concern.objects.seen_by(cast.stranger).exists()
    assert models.Concern.objects.seen_by(cast.dee).get().id == receipt.thing
    assert not models.Concern.objects.seen_by(cast.omar).exists()


# Told, and answered -------------------------------------------------------------------------------


def test_posted_is_not_told_and_an_answer_is_waited_for(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    with clock.at("2026-06-30"), pytest.raises(Refused) as refused:  # silence, however long, is no answer
        acts.decided(decision, cast.ken)
    assert "We do not know if it reached them." in str(refused.value)
    acts.declined(decision, cast.rosa)
    acts.decided(decision, cast.ken)
    assert state(decision) == State.DECIDED


@pytest.mark.parametrize("typist", ["ken", "priya", "june", "devon"])
def test_a_declining_typed_by_the_line_or_by_a_carer_opens_nothing_until_confirmed(
    cast: Cast, typist: str
) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    typed_by = getattr(cast, typist)
    view = acts.declined(decision, acts.typed_for(cast.rosa, typed_by))
    with pytest.raises(Refused, match="outside your team"):
        acts.decided(decision, cast.ken)
    for own in {typist, "ken", "priya", "june"}:
        with pytest.raises(Refused):
            do(
                commands.ConfirmView(decision=decision, view=view.id),
                by=acts.typed_for(cast.rosa, getattr(cast, own)),
            )
    do(commands.ConfirmView(decision=decision, view=view.id), by=cast.rosa)
    acts.decided(decision, cast.ken)
    assert state(decision) == State.DECIDED


def test_an_answer_given_at_the_terminal_is_confirmed_first(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    view = acts.declined(decision, replace(cast.rosa, way="cli"))
    with pytest.raises(Refused, match="must check it"):
        acts.decided(decision, cast.ken)
    with pytest.raises(Refused, match="who is at the keys"):
        do(commands.ConfirmView(decision=decision, view=view.id), by=replace(cast.rosa, way="cli"))


def test_what_was_typed_for_somebody_does_not_hide_what_they_said_themself(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    own = acts.said(decision, cast.rosa, "against")
    acts.said(decision, acts.typed_for(cast.rosa, cast.ken), "for", "Fine by me.")
    with pytest.raises(Refused, match="said something else"):
        acts.decided(decision, cast.ken)
    assert models.View.everything.get(id=own.id).is_current


def test_an_answer_is_to_what_was_put_before_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa, "Add an hour on Mondays", "increase")
    acts.sent(decision, cast.ken)
    acts.said(decision, cast.rosa, "for")
    do(commands.SayWhatMayChange(decision=decision, what="End the morning help", change="end"), by=cast.ken)
    with pytest.raises(Refused, match="answered before this was put to them"):
        acts.decided(decision, cast.ken)
    acts.said(decision, cast.rosa, "for", "Yes, end it.")
    do(commands.AddOption(decision=decision, name="Move to a home", change="move"), by=cast.ken)
    later = acts.latest(models.Option, decision)
    with pytest.raises(Refused, match="answered before this was put to them"):
        acts.decided(decision, cast.ken, option=later.id)
    acts.decided(decision, cast.ken)
    assert state(decision) == State.DECIDED


def test_a_way_typed_for_the_person_is_not_known_to_be_theirs(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.declined(decision, cast.rosa)
    add = commands.AddOption(decision=decision, name="End it all", change="end")
    do(add, by=acts.typed_for(cast.rosa, cast.ken))
    with pytest.raises(Refused, match="before this was put"):
        acts.decided(decision, cast.ken, option=acts.latest(models.Option, decision).id)
    do(commands.AddOption(decision=decision, name="Six days", change="cut"), by=cast.rosa)
    acts.decided(decision, cast.ken, option=acts.latest(models.Option, decision).id)


def test_a_decision_waits_for_all_whose_life_home_or_money_it_is_and_hears_the_others(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    acts.declined(decision, cast.rosa)
    devon = cast.devon.person
    do(commands.SayWhoIsAffected(decision=decision, person=devon, stake=Stake.OTHER), by=cast.rosa)
    with pytest.raises(Refused, match="We have not told Devon Marlow"):
        acts.decided(decision, cast.ken)
    acts.sent(decision, cast.ken, "text", person=devon)
    do(commands.SayWhoIsAffected(decision=decision, person=cast.tom.person, stake=Stake.MONEY), by=cast.rosa)
    with pytest.raises(Refused, match="Tom Ashe has not answered"):
        acts.decided(decision, cast.ken)
    row = acts.latest(models.Affected, decision)
    with pytest.raises(Refused, match="Only they can say"):
        do(commands.NoLongerAffected(decision=decision, affected=row.id, words="No."), by=cast.ken)
    with pytest.raises(Refused, match="Only they can say"):
        ended = commands.NoLongerAffected(decision=decision, affected=row.id, words="No.")
        do(ended, by=acts.typed_for(cast.tom, cast.ken))
    acts.declined(decision, cast.tom)
    acts.decided(decision, cast.ken)
    assert state(decision) == State.DECIDED


def test_the_line_that_decides_types_no_sight_and_no_verdict_for_anyone(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "A new key safe", "start")
    view = acts.said(decision, cast.lena, "against")
    acts.replied(decision, cast.ken, view.id)
    reply = acts.latest(models.Reply, decision)
    judge = commands.SayIfAnswered(decision=decision, reply=reply.id, answered="yes")
    show = commands.AskForHelp(decision=decision, what="call", companion=cast.victor.person)
    for command in (judge, show):
        with pytest.raises(Refused, match="nother team"):
            do(command, by=acts.typed_for(cast.lena, cast.priya))
    do(judge, by=cast.lena)


# Without an answer --------------------------------------------------------------------------------


def test_help_may_start_after_the_offers_and_nothing_may_be_taken_away(cast: Cast) -> None:
    more = acts.raised(cast.ken, cast.rosa, "An hour more on Mondays", "increase")
    cut = acts.raised(cast.ken, cast.rosa)
    for decision in (more, cut):
        acts.sent(decision, cast.ken)
        with pytest.raises(Refused):
            do(commands.StartHelpWithoutAnswer(decision=decision, words="It starts."), by=cast.ken)
        acts.sent(decision, cast.ken, "visit", sign="message_left")
        offer = commands.OfferHelp(decision=decision, what="advocate", channel="letter_large")
        do(offer, by=cast.ken)
    do(commands.StartHelpWithoutAnswer(decision=more, words="It starts on Monday."), by=cast.ken)
    row = models.Decision.everything.get(id=more)
    assert (row.state, row.help_started_at is not None) == (State.OPEN, True)
    with pytest.raises(Refused, match="would cut, end, move or limit"):
        do(commands.StartHelpWithoutAnswer(decision=cut, words="It starts."), by=cast.ken)
    with pytest.raises(Refused, match="Rosa Marlow has not answered"):
        acts.decided(more, cast.ken)


def test_safeguards_alone_open_nothing(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    acts.sent(decision, cast.ken, "phone")
    acts.safeguard(
        decision, cast.ken, "advocate", "safeguarding", "declined", "least_restrictive", "involved_anyway"
    )
    with pytest.raises(Refused, match="Lena Fox has not answered"):
        acts.decided(decision, cast.ken)


def test_a_ground_needs_its_evidence_its_safeguards_and_lapses(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    bare = commands.RecordGround(decision=decision, code="best_interests", evidence="She cannot decide.")
    with pytest.raises(Refused, match="could not read the evidence"):
        do(bare, by=cast.ken)
    hollow = acts.evidence("best_interests", consulted=" ")
    with pytest.raises(Refused, match="Who was asked"):
        do(bare.model_copy(update={"evidence": hollow}), by=cast.ken)
    ground = acts.ground(decision, cast.ken, ends_on=date(2026, 3, 10))
    with pytest.raises(Refused, match="needs a safeguard"):
        acts.decided(decision, cast.ken)
    acts.safeguard(decision, cast.ken, "involved_anyway", "least_restrictive")
    shown = commands.NoteWhatTheyShow(
        decision=decision, words="She holds on to her own door.", shown_on=date(2026, 3, 1)
    )
    do(shown, by=cast.mina)
    with pytest.raises(Refused, match="Answer what the person has shown"):
        acts.decided(decision, cast.ken)
    row = acts.latest(models.Shown, decision)
    do(commands.ReplyToWhatTheyShow(decision=decision, shown=row.id, reply="A key of her own."), by=cast.ken)
    with clock.at("2026-03-11"):
        with pytest.raises(Refused, match="has ended"):
            acts.decided(decision, cast.ken)
        for command in commands.due(clock.now()):
            do(command, by=THE_CLOCK)
        assert list(commands.due(clock.now())) == []
    assert models.Ground.everything.get(id=ground.id).ended_at is not None
    assert acts.latest(models.Review, decision).why == "ground_ended"


def test_a_live_ground_opens_the_gate_for_that_decision_only(cast: Cast) -> None:
    first = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    second = acts.raised(cast.ken, cast.lena, "Sell the house", "end")
    ground = acts.ground(first, cast.ken)
    acts.safeguard(first, cast.ken, "involved_anyway", "least_restrictive")
    acts.looked(ground, cast.mina)
    with pytest.raises(Refused):
        acts.decided(second, cast.ken)
    acts.decided(first, cast.ken)
    assert state(first) == State.DECIDED


def test_an_attorney_is_a_ground_within_scope_and_until_disputed(cast: Cast) -> None:
    home = acts.raised(cast.ken, cast.lena, "Move Lena to a home", "move")
    money = acts.raised(cast.ken, cast.lena, "Pay Lena’s money another way", "money")
    with pytest.raises(Refused, match="does not cover this"):
        acts.ground(home, cast.ken, "attorney_or_deputy", holder=cast.victor.person)
    acts.ground(money, cast.ken, "attorney_or_deputy", holder=cast.victor.person)
    acts.safeguard(money, cast.ken, "involved_anyway")
    with pytest.raises(Refused, match="has not said what they decide"):
        acts.decided(money, cast.ken)
    view = acts.said(money, cast.victor, "for", "Pay it to me.", on_behalf=cast.lena.person)
    assert view.is_spoken_for
    link = named("lena victor attorney")
    do(DisputeSpeaker(dispute=named("d"), link=link, words="He keeps it."), by=cast.lena)
    with pytest.raises(Refused, match="or may not now"):
        acts.decided(money, cast.ken)


# The three sizes ----------------------------------------------------------------------------------


def everyday(cast: Cast, change: str = "swap") -> commands.AgreeEveryday:
    assert cast.rosa.person is not None
    return commands.AgreeEveryday(
        person=cast.rosa.person, what="Help at 9 instead of 8", change=change, words="Fine.", channel="visit"
    )


def test_an_everyday_agreement_can_be_undone_for_14_days_from_when_the_person_was_told(cast: Cast) -> None:
    decision = do(everyday(cast), by=cast.priya).thing
    later = do(everyday(cast), by=cast.priya).thing
    with clock.at("2026-05-01"):  # only Priya says that Rosa knows: the days do not run
        do(commands.UndoEveryday(decision=later), by=cast.rosa)
    telling = acts.latest(models.Telling, decision)
    do(commands.ConfirmTelling(decision=decision, telling=telling.id), by=cast.rosa)
    assert models.Decision.everything.get(id=decision).undo_until == date(2026, 3, 16)
    with clock.at("2026-03-17"), pytest.raises(Refused, match="days to undo this are over"):
        do(commands.UndoEveryday(decision=decision), by=cast.rosa)
    with clock.at("2026-03-16"):
        with pytest.raises(NotAllowed):
            do(commands.UndoEveryday(decision=decision), by=cast.ken)
        do(commands.UndoEveryday(decision=decision, words="I sleep until 8."), by=cast.rosa)
    assert state(decision) == state(later) == State.UNDONE


@pytest.mark.parametrize("change", ["cut", "end", "move", "restrict", "refuse", "charge", "money"])
def test_nothing_weighty_is_agreed_on_one_screen(cast: Cast, change: str) -> None:
    with pytest.raises(Refused):
        do(everyday(cast, change), by=cast.priya)


def test_an_everyday_agreement_asks_for_at_most_six_things() -> None:
    assert len([s for s in commands.AgreeEveryday.asked_shapes() if s.required]) <= 6


def test_urgent_help_starts_at_once_and_never_takes_away(cast: Cast) -> None:
    assert cast.rosa.person is not None
    urgent = commands.ActUrgently(
        person=cast.rosa.person, what="Night care", change="start", words="She fell, and is alone."
    )
    with pytest.raises(Refused, match="would cut, end, move or limit"):
        do(urgent.model_copy(update={"change": "restrict"}), by=cast.priya)
    decision = do(urgent, by=cast.priya).thing
    row = models.Decision.everything.get(id=decision)
    assert row.help_started_at is not None and row.involve_by is not None and row.state == State.OPEN
    with pytest.raises(Refused, match="has not answered"):
        acts.decided(decision, cast.priya)
    with clock.at("2026-03-06"):
        for command in commands.due(clock.now()):
            do(command, by=THE_CLOCK)
        assert list(commands.due(clock.now())) == []
    assert acts.latest(models.Review, decision).why == "not_involved"
    again = do(urgent, by=cast.priya).thing
    telling = acts.sent(again, cast.priya)
    do(commands.OpenIt(decision=again, telling=telling.id), by=cast.rosa)
    assert models.Decision.everything.get(id=again).involve_by is None


def test_urgent_help_is_offered_for_those_one_works_with_and_for_nobody_else_one_sees(cast: Cast) -> None:
    seen = {str(one) for one, _name in Person.choices_for(cast.priya)}
    assert {str(cast.rosa.person), str(cast.ken.person)} <= seen
    for command in (commands.ActUrgently, commands.AgreeEveryday):
        field = CommandForm(command, cast.priya).fields["person"]
        assert isinstance(field, ChoiceField)
        choices: Any = field.choices
        offered = {str(value) for value, _words in choices}
        assert str(cast.rosa.person) in offered
        assert not offered & {str(cast.ken.person), str(cast.priya.person)}, "a colleague, and oneself"


# Reasons answer views -----------------------------------------------------------------------------


def test_each_view_that_went_the_other_way_is_answered_and_two_are_one_only_if_both_say_so(
    cast: Cast,
) -> None:
    decision = do(
        commands.RaiseAboutPlace(organisation=cast.council, what="Close the lunch club", change="end"),
        by=cast.june,
    ).thing
    do(commands.SayWhichPeople(decision=decision, group="Everyone who eats there", size=40), by=cast.june)
    group = acts.latest(models.Affected, decision)
    tell = commands.TellPeople(decision=decision, group=group.id, channel="letter", reached=30)
    do(tell, by=cast.june)
    views = {}
    for actor in (cast.ana, cast.boyd, cast.devon):
        give = commands.GiveViewOnPlace(
            decision=decision, position="against", words="Keep it.", instead="As now."
        )
        do(give, by=actor)
        views[actor.person] = acts.latest(models.View, decision).id
    ana, boyd, devon = (views[a.person] for a in (cast.ana, cast.boyd, cast.devon))
    same = commands.SayTheSame(decision=decision, view=boyd, other=ana)
    with pytest.raises(Refused, match="Only the one whose view"):
        do(same, by=cast.devon)
    do(same, by=cast.boyd)
    row = acts.latest(models.SameView, decision)
    with clock.at("2026-03-20"):
        acts.replied(decision, cast.june, ana)
        close = commands.DecideForPlace(decision=decision, outcome="agreed", reasons="It costs too much.")
        with pytest.raises(Refused) as refused:
            do(close, by=cast.june)
        assert len(refused.value.reasons) == 2  # Boyd's still stands apart, and Devon's
        do(commands.AgreeTheSame(decision=decision, row=row.id), by=cast.ana)
        with pytest.raises(Refused, match="Devon Marlow said something else"):
            do(close, by=cast.june)
        acts.replied(decision, cast.june, devon)
        do(close, by=cast.june)
    assert state(decision) == State.DECIDED


def test_a_place_is_decided_without_its_people_only_with_a_published_reason_and_a_day(cast: Cast) -> None:
    decision = do(
        commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall on Sundays", change="start"),
        by=cast.june,
    ).thing
    alone = commands.DecideForPlace(decision=decision, outcome="agreed", reasons="It is cheap.")
    with pytest.raises(Refused, match="Say which people this affects"):
        do(alone, by=cast.june)
    do(commands.SayWhichPeople(decision=decision, group="Everyone in East", size=900), by=cast.june)
    own = commands.GiveViewOnPlace(decision=decision, position="for", words="Do it.")
    do(own, by=cast.ken, anonymous=True)  # the body cannot answer for the people
    with pytest.raises(Refused, match="publish why"):
        do(alone, by=cast.june)
    without = alone.model_copy(update={"without_them": "The roof cannot wait."})
    with pytest.raises(Refused, match="Give the day"):
        do(without, by=cast.june)
    with pytest.raises(Refused, match="no later than the rules allow"):
        do(without.model_copy(update={"review_on": date(2027, 3, 1)}), by=cast.june)
    do(without.model_copy(update={"review_on": date(2026, 6, 1)}), by=cast.june)
    row = models.Decision.everything.get(id=decision)
    assert (row.is_without_them, row.review_on) == (True, date(2026, 6, 1))


# Who sees -----------------------------------------------------------------------------------------


def test_a_view_is_seen_by_its_giver_and_the_deciders_until_the_giver_widens_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    do(
        commands.SayWhoIsAffected(decision=decision, person=cast.devon.person, stake=Stake.OTHER),
        by=cast.rosa,
    )
    view = acts.said(decision, cast.rosa)

    def seers() -> set[str]:
        return {
            name
            for name, actor in cast.everyone().items()
            if models.View.objects.seen_by(actor).filter(id=view.id).exists()
        }

    assert seers() == {"rosa", "ken"}
    with pytest.raises(Refused):
        widen = commands.ChooseWhoSees(decision=decision, view=view.id, sees=Sees.AFFECTED)
        do(widen, by=acts.typed_for(cast.rosa, cast.ken))
    do(commands.ChooseWhoSees(decision=decision, view=view.id, sees=Sees.AFFECTED), by=cast.rosa)
    assert seers() == {"rosa", "ken", "devon"}
    do(commands.ChooseWhoSees(decision=decision, view=view.id, sees=Sees.DECIDERS), by=cast.rosa)
    assert seers() == {"rosa", "ken"}


def test_a_carer_who_harms_sees_nothing_of_what_lena_said_or_was_told(cast: Cast) -> None:
    decision = acts.raised(cast.priya, cast.lena, "A flat of her own", "start")
    acts.sent(decision, cast.priya, "phone")
    acts.said(decision, cast.lena, "for", "I want to be safe from Victor.")
    do(commands.AskQuestion(decision=decision, words="Will he know?"), by=cast.lena)
    acts.safeguard(decision, cast.priya, "safeguarding")
    for model in (models.View, models.Telling, models.Question, models.Safeguard, models.Affected):
        assert not model.objects.seen_by(cast.victor).filter(decision=decision).exists()
    with pytest.raises((Missing, NotAllowed)):
        acts.said(decision, cast.victor, "against", "No.")


def test_ken_cannot_decide_without_rosa_by_any_command_alone(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    acts.sent(decision, cast.ken)
    tries = [
        commands.Decide(decision=decision, outcome="agreed", reasons="Money."),
        commands.DecideForPlace(
            decision=decision,
            outcome="agreed",
            reasons="Money.",
            without_them="Money.",
            review_on=date(2026, 5, 1),
        ),
        commands.DecideForMyself(decision=decision, words="Yes"),
        commands.StartHelpWithoutAnswer(decision=decision, words="Less."),
        commands.ActNow(decision=decision, change="cut", words="Now."),
        commands.UndoEveryday(decision=decision),
        commands.GiveView(decision=decision, position="for", on_behalf=cast.rosa.person),
        commands.Decline(decision=decision, on_behalf=cast.rosa.person),
        commands.AskToCheck(decision=decision, checker=cast.priya.person),
        commands.Tell(decision=decision, channel="phone", sign="opened"),
    ]
    for command in tries:
        with pytest.raises((Refused, NotAllowed, Missing)):
            do(command, by=cast.ken)
    do(commands.Tell(decision=decision, channel="phone", sign="talked_through", words="Fine."), by=cast.ken)
    with pytest.raises(Refused, match="has not answered"):
        acts.decided(decision, cast.ken)
    weak = replace(cast.ken, strong=False)
    with pytest.raises(NotAllowed, match="passkey"):
        acts.decided(decision, weak)
    assert state(decision) == State.OPEN
