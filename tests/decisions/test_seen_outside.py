"""A legal reason opens nothing before somebody outside the line that decides has seen it; an emergency holds
for its day. Each way round that a worker could try who wants Lena moved is tried here."""

from datetime import date

import pytest

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.models import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.ending import UNSEEN
from alongside.topics.decisions.models import GroundAsked, GroundSaid, SeesAs, State
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.links import AgreeToLink, LegalBasis, Relate
from alongside.topics.people.commands.posts import GivePost
from alongside.topics.people.commands.speaking import DisputeSpeaker
from alongside.topics.people.models import LinkKind
from tests.decisions import acts
from tests.decisions.seen_outside import again, asked, ground, matter, state, what_is_due
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NOBODY_HAS_SEEN_IT = "Nobody outside your line has seen your legal reason"


# The rule --------------------------------------------------------------------------------------------


def test_a_legal_reason_opens_nothing_before_somebody_outside_has_seen_it(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)
    said = acts.looked(row, cast.mina)
    assert (said.standing, str(said.words)) == (SeesAs.ADVOCATE, acts.SAW)
    acts.decided(decision, cast.ken)
    assert state(decision) == State.DECIDED
    assert not replay.compare().problems


@pytest.mark.parametrize("change", ["cut", "end", "move", "restrict", "swap", "increase"])
def test_it_is_asked_of_every_kind_of_change_however_small_it_is_called(cast: Cast, change: str) -> None:
    decision = matter(cast, change=change)
    ground(decision, cast.ken)
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)


def test_help_may_start_without_it(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Somebody stays at night", "start")
    ground(decision, cast.ken)
    acts.sent(decision, cast.ken)
    acts.sent(decision, cast.ken, "phone", sign="message_left")
    do(commands.OfferHelp(decision=decision, what="advocate", channel="visit", words="A card."), by=cast.ken)
    do(commands.StartHelpWithoutAnswer(decision=decision, words="A night worker."), by=cast.ken)
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)


def test_an_advocate_is_asked_first_and_then_the_duty_team(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken)
    assert asked(row) == {cast.mina.person}
    what_is_due()
    assert asked(row) == {cast.mina.person}
    clock.advance(days=7)
    what_is_due()
    assert asked(row) == {cast.mina.person, cast.dee.person}
    what_is_due()
    assert GroundAsked.everything.filter(ground=row.id).count() == 2  # nobody is asked twice


def test_the_person_and_their_advocate_are_told_of_each_step(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken, "serious_harm")
    before = set(Outbox.objects.values_list("pk", flat=True))
    acts.looked(row, cast.dee, "no", "She was not asked at all.")
    notices = Outbox.objects.exclude(pk__in=before)
    told = {notice.payload["person"] for notice in notices}
    assert told == {by.person.hex for by in (cast.lena, cast.mina, cast.ken) if by.person}


def test_whoever_does_not_agree_shuts_it_until_it_is_written_down_anew(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning, when she is clear.")
    with pytest.raises(Refused, match="does not agree with your legal reason"):
        acts.decided(decision, cast.ken)
    with pytest.raises(Refused, match="written down anew"):
        acts.looked(row, cast.mina)
    again(decision, row, cast.ken, help_given="Asked her on two mornings, with pictures.")
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)
    assert asked(row) == {cast.mina.person}
    acts.looked(models.Ground.everything.get(id=row.id), cast.mina)
    acts.decided(decision, cast.ken)
    assert GroundSaid.everything.filter(ground=row.id).count() == 2  # the no is kept


def test_a_no_stands_above_a_yes_but_of_an_order_the_last_word_counts(cast: Cast) -> None:
    decision = matter(cast)
    for code, opens in (("best_interests", False), ("court_or_power", True)):
        order = acts.evidence(code, ends_on="2026-06-01")
        do(commands.RecordGround(decision=decision, code=code, evidence=order), by=cast.ken)
        acts.safeguard(decision, cast.ken, "involved_anyway", "least_restrictive")
        row = acts.latest(models.Ground, decision)
        acts.looked(row, cast.mina, "no", f"This is about another house, and no {code}.")
        clock.advance(days=7)
        what_is_due()
        if not opens:
            assert cast.dee.person not in asked(row)  # it is settled until it is written anew
            do(commands.EndGround(decision=decision, ground=row.id), by=cast.ken)
            continue
        with pytest.raises(Refused, match="does not agree"):
            acts.decided(decision, cast.ken)
        acts.looked(row, cast.mina, words="I rang the court. It is this house after all.")
        acts.decided(decision, cast.ken)


def test_a_nod_is_not_enough(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken)
    for words in ("", "Seen.", "Yes, all fine."):
        with pytest.raises(Refused, match="sentence of your own"):
            acts.looked(row, cast.mina, words=words)


# An emergency ----------------------------------------------------------------------------------------


def test_an_emergency_holds_at_once_and_what_was_decided_on_it_ends_unseen(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    assert asked(row) == {cast.mina.person, cast.dee.person}  # all at once: the day is short
    acts.decided(decision, cast.ken)
    with clock.at("2026-03-03T23:50:00+00:00"):
        what_is_due()
        assert state(decision) == State.DECIDED
    with clock.at("2026-03-04T08:00:00+00:00"):
        what_is_due()
        assert state(decision) == State.OPEN
        with pytest.raises(Refused):
            acts.decided(decision, cast.ken)
    earlier = models.Earlier.everything.get(decision=decision)
    assert (earlier.ground, earlier.challenge) == (row.id, None)
    assert acts.latest(models.Review, decision).why == "ended_unseen"
    assert not replay.compare().problems


def test_an_emergency_that_was_seen_in_its_day_stands(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    acts.looked(row, cast.dee)
    with clock.at("2026-03-06T08:00:00+00:00"):
        what_is_due()
    assert state(decision) == State.DECIDED
    assert acts.latest(models.Review, decision).why == "ground_ended"


def test_the_next_working_day_minds_the_bank_holidays(cast: Cast) -> None:
    with clock.at("2026-05-03T09:00:00+00:00"):  # a Sunday before a bank holiday
        row = ground(matter(cast), cast.ken, "serious_harm")
    assert row.holds_until is not None and clock.day_of(row.holds_until) == date(2026, 5, 5)
    with clock.at("2026-06-12T09:00:00+00:00"):  # a Friday
        other = ground(matter(cast), cast.ken, "serious_harm")
    assert other.holds_until == other.expires_at  # 72 hours are over first


def test_a_no_shuts_an_emergency_too(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.looked(row, cast.dee, "no", "The gas is off. Nobody is in danger.")
    with pytest.raises(Refused, match="does not agree"):
        acts.decided(decision, cast.ken)


def test_the_worker_does_not_keep_it_by_ending_the_emergency_early(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    do(commands.EndGround(decision=decision, ground=row.id), by=cast.ken)
    assert state(decision) == State.OPEN


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("elsewhere", [True, False])
def test_a_second_emergency_does_not_begin_the_day_anew(cast: Cast, ended: bool, elsewhere: bool) -> None:
    first = matter(cast)
    row = ground(first, cast.ken, "serious_harm")
    if ended:
        do(commands.EndGround(decision=first, ground=row.id), by=cast.ken)
    with clock.at("2026-03-03T16:00:00+00:00"):
        second = matter(cast, cast.priya) if elsewhere else first
        later = ground(second, cast.priya if elsewhere else cast.ken, "serious_harm")
        assert later.holds_until == row.holds_until  # the first day goes on
    with clock.at("2026-03-04T09:00:00+00:00"):
        what_is_due()
        third = ground(second, cast.priya if elsewhere else cast.ken, "serious_harm")
        with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
            acts.decided(second, cast.priya if elsewhere else cast.ken)
        what_is_due()
        assert models.Ground.everything.get(id=third.id).ended_at is None  # it waits to be seen
        acts.looked(third, cast.mina)
        acts.decided(second, cast.priya if elsewhere else cast.ken)


def test_once_one_was_seen_the_next_has_its_own_day(cast: Cast) -> None:
    acts.looked(ground(matter(cast), cast.ken, "serious_harm"), cast.dee)
    with clock.at("2026-03-04T09:00:00+00:00"):
        later = ground(matter(cast), cast.ken, "serious_harm")
        assert later.held_at_once


def test_an_emergency_written_down_anew_keeps_its_day_and_must_be_seen_anew(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.looked(row, cast.dee)
    again(decision, row, cast.ken)
    acts.decided(decision, cast.ken)  # it holds within its day
    with clock.at("2026-03-04T08:00:00+00:00"):
        what_is_due()
    assert state(decision) == State.OPEN


# Ways round it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["ken", "priya", "june", "victor", "devon", "lena", "omar", "sol", "boyd"])
def test_nobody_of_the_line_and_nobody_who_was_not_asked_looks_at_it(cast: Cast, who: str) -> None:
    row = ground(matter(cast), cast.ken)
    with pytest.raises((NotAllowed, Missing, Refused)):
        acts.looked(row, cast.everyone()[who])
    assert not GroundSaid.everything.exists()


def test_a_second_who_decides_with_them_does_not_look_from_outside(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    do(commands.TakeUp(decision=decision), by=cast.june)
    clock.advance(days=7)
    what_is_due()
    assert cast.dee.person not in asked(row)  # June is over the duty team
    assert cast.mina.person in asked(row)


def test_nobody_types_it_for_them_and_no_seen_code_says_it(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken)
    with pytest.raises((NotAllowed, Refused)):
        acts.looked(row, acts.typed_for(cast.mina, cast.ken))


def test_whoever_made_a_friend_her_advocate_has_nobody_who_looks(cast: Cast) -> None:
    decision = matter(cast)
    friend = Relate(person=cast.lena.person, other=cast.devon.person, kind=LinkKind.ADVOCATE)
    do(AgreeToLink(link=do(friend, by=cast.ken).thing), by=cast.lena)
    row = ground(decision, cast.ken)
    assert cast.devon.person not in asked(row)
    strong = Actor(person=cast.devon.person, strong=True)
    with pytest.raises(Refused, match="Only somebody from outside"):
        acts.looked(row, strong)
    own = Relate(person=cast.lena.person, other=cast.sol.person, kind=LinkKind.ADVOCATE)
    do(AgreeToLink(link=do(own, by=BUILDER).thing), by=cast.lena)
    acts.looked(row, cast.sol)  # whom she asked herself


def test_an_advocate_by_law_whom_the_line_wrote_down_looks_from_a_group_of_their_own(cast: Cast) -> None:
    decision = matter(cast)
    by_law = Relate(
        person=cast.lena.person,
        other=cast.sol.person,
        kind=LinkKind.STATUTORY_ADVOCATE,
        legal_basis=LegalBasis.CAPACITY_ADVOCATE,
    )
    do(by_law, by=cast.ken)
    row = ground(decision, cast.ken)
    assert asked(row) == {cast.mina.person, cast.sol.person}
    acts.looked(row, cast.sol)


def test_whose_speaking_is_disputed_does_not_look(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken)
    do(DisputeSpeaker(dispute=named("d"), link=named("lena mina"), words="She tells him."), by=cast.lena)
    with pytest.raises((NotAllowed, Refused)):
        acts.looked(row, cast.mina)
    clock.advance(days=7)
    what_is_due()
    assert cast.dee.person in asked(row)


def test_an_attorney_for_money_sees_no_move_and_never_the_reason_that_names_them(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken)
    assert cast.victor.person not in asked(row)
    money = acts.raised(cast.ken, cast.lena, "Pay Lena’s money another way", "money")
    other = acts.ground(money, cast.ken, "attorney_or_deputy", holder=cast.victor.person)
    assert asked(other) == {cast.mina.person}
    with pytest.raises(Refused, match="Only somebody from outside"):
        acts.looked(other, Actor(person=cast.victor.person, strong=True))


def office(cast: Cast, holder: Actor, by: Actor) -> None:
    body = cast.ulo if holder is cast.stranger else cast.council
    if holder is cast.stranger:
        post = GivePost(organisation=body, person=holder.person, kind=LinkKind.PRACTITIONER)
        do(post, by=BUILDER)
    row = do(AddOffice(organisation=body, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=row, person=holder.person), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=row), by=by)


def test_an_office_in_which_one_of_them_sits_or_that_they_named_since_is_none(cast: Cast) -> None:
    office(cast, cast.priya, cast.june)
    decision = matter(cast)
    office(cast, cast.stranger, cast.june)  # after it was raised, by the line that decides
    row = ground(decision, cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert asked(row) == {cast.mina.person, cast.dee.person}


def test_an_office_that_was_named_before_is_asked(cast: Cast) -> None:
    office(cast, cast.stranger, cast.june)
    clock.advance(days=29)
    row = ground(matter(cast), cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert cast.stranger.person in asked(row)
    assert GroundAsked.everything.get(person=cast.stranger.person).standing == SeesAs.OFFICE


def test_somebody_put_into_the_duty_team_for_it_is_not_asked(cast: Cast) -> None:
    decision = matter(cast)
    clock.advance(days=1)
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.duty}
    do(GivePost(person=cast.tom.person, **post), by=cast.june)
    row = ground(decision, cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert asked(row) == {cast.mina.person, cast.dee.person}


def test_whoever_looked_and_then_came_into_the_line_does_not_count(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    clock.advance(days=7)
    what_is_due()
    acts.looked(row, cast.dee)
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.east}
    do(GivePost(person=cast.dee.person, **post), by=BUILDER)
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)


def test_evidence_that_is_written_down_anew_must_be_seen_anew(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina)
    again(decision, row, cast.ken, capacity_decision="Everything.")
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)
    assert asked(row) == {cast.mina.person}


def test_what_is_put_anew_and_a_new_way_must_be_seen_anew(cast: Cast) -> None:
    decision = acts.raised(cast.ken, cast.lena, "Somebody comes at night", "swap")
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina)
    do(commands.AddOption(decision=decision, name="A home in Leeds", change="move"), by=cast.ken)
    option = acts.latest(models.Option, decision)
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken, option=option.id)
    put = commands.SayWhatMayChange(decision=decision, what="Move Lena to a home", change="move")
    do(put, by=cast.ken)
    with pytest.raises(Refused, match=NOBODY_HAS_SEEN_IT):
        acts.decided(decision, cast.ken)
    what_is_due()
    assert asked(row) == {cast.mina.person}


def test_a_reason_of_another_matter_opens_nothing_here(cast: Cast) -> None:
    first, second = matter(cast), matter(cast)
    row = ground(first, cast.ken)
    acts.looked(row, cast.mina)
    with pytest.raises(Refused):
        acts.decided(second, cast.ken)
    wrong = commands.LookAtGround(decision=second, ground=row.id, said="seen", how="saw", words=acts.SAW)
    with pytest.raises(Refused, match="belongs to another decision"):
        do(wrong, by=cast.mina)


def test_a_move_is_no_small_thing_that_two_agree(cast: Cast) -> None:
    small = commands.AgreeEveryday(
        person=cast.lena.person, what="Lena moves", change="move", words="Fine.", channel="visit"
    )
    with pytest.raises(Refused):
        do(small, by=cast.priya)
    urgent = commands.ActUrgently(person=cast.lena.person, what="Lena moves", change="move", words="Now.")
    with pytest.raises(Refused):
        do(urgent, by=cast.priya)


def test_whoever_raised_it_does_not_look_from_outside(cast: Cast) -> None:
    decision = acts.raised(cast.mina, cast.lena, "Move Lena to a home", "move")
    do(commands.TakeUp(decision=decision), by=cast.ken)
    row = ground(decision, cast.ken)
    assert asked(row) == {cast.dee.person}
    with pytest.raises(Refused, match="Only somebody from outside"):
        acts.looked(row, cast.mina)


def test_a_reason_that_was_seen_may_end_and_what_was_decided_on_it_stands(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina)
    acts.decided(decision, cast.ken)
    clock.advance(days=400)
    what_is_due()
    assert state(decision) == State.DECIDED


def test_the_line_of_an_emergency_says_what_became_of_it() -> None:
    assert "nobody from outside" in str(UNSEEN)
