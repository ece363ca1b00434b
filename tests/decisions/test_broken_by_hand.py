"""Ways round the law that somebody tried by hand, each closed."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from alongside.interfaces.export import record_of
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.now import now_tables
from alongside.kernel.policy import Actor
from alongside.kernel.pseudonyms import voices_of
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands import Finding
from alongside.topics.decisions.models import Agree, Sees, Who
from alongside.topics.people.commands.keeping import AgreeHoldBack, ProposeHoldBack
from alongside.topics.people.commands.merging import AskToMerge, MergePeople
from alongside.topics.people.models import AskedToAgree, HoldBack, Merge
from tests.decisions import acts
from tests.decisions.afterwards import answered, challenged, did, settled
from tests.decisions.turns import came
from tests.decisions.votes import hall, heard, panel, seated, together
from tests.interfaces.conftest import browser_of
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]


# Held back ----------------------------------------------------------------------------------------


def held_back(cast: Cast, matter: UUID, held_from: Actor) -> None:
    """Priya and Ken hold a matter of Rosa's back from somebody."""
    wish = ProposeHoldBack(
        about_whom=cast.rosa.person,
        table="decisions.Decision",
        thing_held=matter,
        held_from=held_from.person,
        test="serious_harm",
        reasons="She would be hurt.",
        ends_on=clock.today() + timedelta(days=7),
        review_on=clock.today() + timedelta(days=3),
    )
    do(wish, by=cast.priya)
    held = HoldBack.everything.get(thing=matter)
    asked = AskedToAgree.everything.filter(ask=held.id).order_by("id").first()
    assert asked is not None
    agrees = AgreeHoldBack(hold_back=held.id, checked="I rang them.")
    do(agrees, by=Actor(person=asked.person, strong=True))


def met(actor: Actor, matter: UUID) -> set[str]:
    """The tables in which this reader meets the matter."""
    return {
        model._meta.label
        for model in now_tables()
        for row in model.objects.seen_by(actor)
        if row.pk == matter or getattr(row, "decision", None) == matter
    }


def cut_with_what_came_after(cast: Cast, change: str = "cut") -> tuple[UUID, models.Challenge]:
    decision = settled(cast, change)
    challenge = challenged(decision, cast.rosa)
    effect = did(decision, cast.rosa, sees=Sees.AFFECTED)
    learnt = commands.SayWhatILearnt(
        decision=decision, effects=[effect.id], learnt="Mornings matter.", will_do="I will ring."
    )
    do(learnt, by=cast.ken)
    return decision, challenge


def test_of_a_matter_held_back_the_person_meets_no_challenge_effect_or_answer_either(cast: Cast) -> None:
    came("Wyn Harding", cast, cast.west)  # who answers a challenge agrees to nothing else about her
    decision, _challenge = cut_with_what_came_after(cast)
    with pytest.raises(Refused, match="only where help began in a hurry"):  # what was cut is never hidden
        held_back(cast, decision, cast.rosa)
    more, _challenge = cut_with_what_came_after(cast, "increase")
    after = {"decisions.Challenge", "decisions.Effect", "decisions.Learnt"}
    assert after <= met(cast.rosa, more)
    held_back(cast, more, cast.rosa)
    assert met(cast.rosa, more) == set()


def test_a_worker_from_whom_a_matter_is_held_back_does_not_answer_its_challenge(cast: Cast) -> None:
    decision, challenge = cut_with_what_came_after(cast)
    asked = acts.answerer(decision)
    assert "decisions.Challenge" in met(asked, decision)
    held_back(cast, decision, asked)
    assert met(asked, decision) == set()
    with pytest.raises(Missing):
        answered(decision, challenge.id, asked, Finding.UPHELD)


def test_whoever_a_matter_is_held_back_from_can_do_nothing_in_it_and_is_not_told_that_it_is_there(
    cast: Cast,
) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    held_back(cast, decision, cast.june)
    for command in (
        commands.TakeUp(decision=decision),
        commands.AddOption(decision=decision, name="Six days", change="cut"),
    ):
        with pytest.raises(Missing):
            do(command, by=cast.june)
    for kind in ("taken_up", "told"):
        assert browser_of(cast.june).get(f"/do/decisions.{kind}?decision={decision}").status_code == 404


# Who decides ----------------------------------------------------------------------------------------


def test_nobody_takes_a_seat_among_several_whom_none_of_them_offered_one(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, _proposal = panel(cast)
        for worker in (cast.ken, cast.priya, cast.dee):
            with pytest.raises(Refused, match="One of them can offer you a vote"):
                do(commands.TakeUp(decision=decision), by=worker)


def test_where_all_of_several_have_stepped_back_the_matter_can_be_taken_up(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, _proposal = panel(cast)
        for one in (cast.june, cast.omar, cast.ana):
            row = models.Decider.everything.get(decision=decision, person=one.person)
            do(commands.SayInterest(decision=decision, row=row.id), by=one)
        do(commands.TakeUp(decision=decision), by=cast.ken)


@pytest.mark.parametrize(("agree", "needed"), [(Agree.HALF, None), (Agree.NUMBER, 2)])
def test_a_rule_that_grows_easier_with_the_next_seat_is_put_to_all(
    cast: Cast, agree: Agree, needed: int | None
) -> None:
    decision = hall(cast)
    seated(cast, decision, cast.ana, is_member=True)
    together(cast, decision, Agree.ALL)
    with pytest.raises(Refused, match="easier to decide"):  # Ana could stop it until now, and no longer
        together(cast, decision, agree, needed=needed)


def test_what_an_office_decides_is_taken_from_it_by_nobody_else(cast: Cast) -> None:
    decision = hall(cast)
    seated(cast, decision, cast.ken)
    do(commands.SayWhoDecides(decision=decision, who=Who.OFFICE, office=cast.kens_office), by=cast.june)
    one = commands.SayWhoDecides(decision=decision, who=Who.ONE, why="It is quicker.")
    with pytest.raises(Refused, match="Only the Team manager, East"):
        do(one, by=cast.june)
    do(one, by=cast.ken)


def test_whoever_challenged_without_a_name_does_not_answer_themself(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        heard(cast, decision)
        do(commands.DecideForPlace(decision=decision, outcome="agreed", reasons="The roof."), by=cast.june)
        wrong = commands.ChallengeIt(decision=decision, wrong="The roof is sound.", wants="Keep it open.")
        do(wrong, by=cast.omar, anonymous=True)
        challenge = acts.latest(models.Challenge, decision)
        assert cast.omar.person is not None
        omar = replace(cast.omar, voices=voices_of(cast.omar.person))
        for inside in (omar, cast.ken, cast.dee):  # June decided, and everybody here is under her
            with pytest.raises(NotAllowed):
                answered(decision, challenge.id, inside, Finding.UPHELD)


# One person, two records ----------------------------------------------------------------------------


def test_after_two_records_are_joined_the_challenge_and_the_effect_are_still_theirs(cast: Cast) -> None:
    decision = settled(cast)
    challenged(decision, cast.rosa)
    did(decision, cast.rosa)
    do(AskToMerge(person=cast.lena.person, other=cast.rosa.person, words="Same birthday."), by=cast.priya)
    do(MergePeople(merge=Merge.everything.get().id, checked="I rang them."), by=cast.dee)
    assert {"decisions.Challenge", "decisions.Effect"} <= met(cast.lena, decision)


def test_a_stake_of_ones_own_stays_with_whoever_has_it_when_records_are_joined(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision, _proposal = panel(cast)
        row = models.Decider.everything.get(decision=decision, person=cast.omar.person)
        do(commands.SayInterest(decision=decision, row=row.id), by=cast.omar)
        command = commands.FollowMerge(decision=decision, old=cast.omar.person, new=cast.dee.person)
        do(command, by=Actor(installation=True, way="clock", strong=True))
        back = commands.OfferVote(decision=decision, person=cast.dee.person)
        with pytest.raises(Refused, match="stake of their own"):
            do(back, by=cast.june)


# What a copy gives away -----------------------------------------------------------------------------


def named_in(actor: Actor, cast: Cast, table: str) -> set[str]:
    """Who of the cast stands in this table of the record that somebody carries away."""
    rows = record_of(actor)["tables"].get(table, [])
    text = json.dumps(rows)
    assert rows
    return {name for name, one in cast.everyone().items() if str(one.person) in text}


def test_the_record_somebody_carries_away_does_not_say_who_brought_evidence_without_a_name(
    cast: Cast,
) -> None:
    of_place, of_rosa = hall(cast), acts.raised(cast.ken, cast.rosa)
    for decision in (of_place, of_rosa):
        brought = commands.BringEvidence(
            decision=decision, kind="judgement", words="It is too few hours.", shown_as="no_name"
        )
        do(brought, by=cast.priya)
    assert named_in(cast.stranger, cast, "decisions.Evidence") == set()
    assert named_in(cast.rosa, cast, "decisions.Evidence") == set()
    assert named_in(cast.ken, cast, "decisions.Evidence") == set()
    assert named_in(cast.priya, cast, "decisions.Evidence") == {"priya"}


def test_the_record_somebody_carries_away_names_no_worker_in_what_anybody_may_read(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = hall(cast)
        heard(cast, decision)
    for table in ("Decision", "Decider", "Affected", "Telling", "Reply", "View"):
        assert named_in(cast.stranger, cast, f"decisions.{table}") == set()
    assert named_in(cast.rosa, cast, "decisions.View") == {"rosa"}
    acts.raised(cast.ken, cast.rosa)
    assert "ken" in named_in(cast.rosa, cast, "decisions.Decider")  # of her own life she knows who decides


def test_no_program_learns_which_worker_typed_a_view_about_a_place(cast: Cast) -> None:
    decision = hall(cast)
    view = commands.GiveViewOnPlace(decision=decision, position="for", words="Good.")
    do(view, by=acts.typed_for(cast.rosa, cast.priya))
    text = browser_of(cast.stranger).get(f"/api/decisions/{decision}").content.decode()
    assert "Good." in text and str(cast.priya.person) not in text
