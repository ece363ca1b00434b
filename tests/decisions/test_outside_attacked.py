"""Further ways round the rule that somebody outside sees a legal reason, tried by a stranger to it."""

import pytest

from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import UNHEARD_WAYS, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import State
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.keeping import ProposeHoldBack, WhyHeldBack
from alongside.topics.people.commands.links import LegalBasis, Relate
from alongside.topics.people.commands.posts import EndPost, GivePost
from alongside.topics.people.commands.speaking import DisputeSpeaker, SettleDispute
from alongside.topics.people.models import Link, LinkKind, Scope
from tests.decisions import acts
from tests.decisions.seen_outside import again, asked, ground, matter, state, what_is_due
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
CLOSED = "outside"
NO = "The gas is off. Nobody is in danger."


# An emergency that does not end as it should -----------------------------------------------------------


def test_an_emergency_written_anew_with_a_nearer_end_does_not_lapse_as_if_seen(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    do(
        commands.RenewGround(
            decision=decision, ground=row.id, evidence=acts.evidence(row.code), ends_on="2026-03-02"
        ),
        by=cast.ken,
    )
    with clock.at("2026-03-03T09:00:00+00:00"):
        what_is_due()
    assert state(decision) == State.OPEN


@pytest.mark.parametrize("how", ["renewed", "ended", "beside", "elsewhere"])
def test_a_no_to_an_emergency_is_not_washed_off_by_writing_it_again(cast: Cast, how: str) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.looked(row, cast.dee, "no", NO)
    if how == "renewed":
        again(decision, row, cast.ken, immediate_action="Something else was tried.")
    elif how == "ended":
        do(commands.EndGround(decision=decision, ground=row.id), by=cast.ken)
    if how == "elsewhere":
        decision = matter(cast)
    if how != "renewed":
        other = acts.evidence("serious_harm", immediate_action="Something else was tried.")
        do(commands.RecordGround(decision=decision, code="serious_harm", evidence=other), by=cast.ken)
        acts.safeguard(decision, cast.ken, "involved_anyway", "least_restrictive")
    with pytest.raises(Refused, match=CLOSED):
        acts.decided(decision, cast.ken)


def test_what_was_decided_on_an_emergency_that_somebody_outside_does_not_agree_with_holds_no_longer(
    cast: Cast,
) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken, "serious_harm")
    acts.decided(decision, cast.ken)
    acts.looked(row, cast.dee)
    acts.looked(row, cast.mina, "no", NO)
    with clock.at("2026-03-05T09:00:00+00:00"):
        what_is_due()
    assert state(decision) == State.OPEN


# Who looks ---------------------------------------------------------------------------------------------


def test_an_office_whose_holder_the_line_put_there_since_is_none(cast: Cast) -> None:
    office = do(AddOffice(organisation=cast.council, name="Who keeps people safe"), by=BUILDER).thing
    do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    clock.advance(days=1)
    decision = matter(cast)
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.west}
    do(GivePost(person=cast.tom.person, **post), by=cast.june)
    do(AppointToOffice(office=office, person=cast.tom.person), by=cast.june)
    row = ground(decision, cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert asked(row) == {cast.mina.person, cast.dee.person}


def test_the_line_does_not_strike_out_the_advocate_by_asking_to_hold_something_back(cast: Cast) -> None:
    earlier = acts.raised(cast.ken, cast.lena, "Somebody comes at night", "start")
    view = acts.said(earlier, cast.lena, "unsure", "I do not know.")
    ask = ProposeHoldBack(
        about_whom=cast.lena.person,
        table="decisions.View",
        thing_held=view.id,
        held_from=cast.mina.person,
        test=WhyHeldBack.SERIOUS_HARM,
        reasons="She upsets her.",
        from_advocate=True,
        ends_on="2026-03-20",
        review_on="2026-03-10",
    )
    do(ask, by=cast.ken)
    row = ground(matter(cast), cast.ken)
    assert cast.mina.person in asked(row)
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning.")


def test_the_line_does_not_strike_out_the_advocate_by_disputing_her(cast: Cast) -> None:
    decision = matter(cast)
    do(DisputeSpeaker(link=named("lena mina"), words="She upsets her."), by=cast.ken)
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning.")
    with pytest.raises(Refused, match="does not agree"):
        acts.decided(decision, cast.ken)


def test_whoever_decided_and_stepped_back_still_has_their_line_in_it(cast: Cast) -> None:
    """June, who is over the duty team, decides; Ken takes it up and she steps back."""
    decision = matter(cast, cast.june)
    ground(decision, cast.june)
    do(commands.TakeUp(decision=decision), by=cast.ken)
    row = models.Decider.everything.get(decision=decision, person=cast.june.person)
    do(commands.StepBack(decision=decision, row=row.id), by=cast.june)
    reason = acts.latest(models.Ground, decision)
    again(decision, reason, cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert cast.dee.person not in asked(reason)
    with pytest.raises((NotAllowed, Refused, Missing)):
        acts.looked(models.Ground.everything.get(id=reason.id), cast.dee)


def test_whoever_is_moved_out_of_the_line_after_it_was_raised_is_not_outside(cast: Cast) -> None:
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER}
    do(GivePost(person=cast.stranger.person, team=cast.east, **post), by=BUILDER)
    link = Link.everything.get(person=cast.stranger.person, team=cast.east, other=None).id
    do(GivePost(person=cast.stranger.person, team=cast.duty, **post), by=BUILDER)
    clock.advance(days=1)
    decision = matter(cast)
    clock.advance(days=1)
    do(EndPost(link=link), by=cast.ken)
    row = ground(decision, cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert cast.stranger.person not in asked(row)


def test_whoever_the_line_put_into_the_duty_team_just_before_is_not_asked(cast: Cast) -> None:
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.duty}
    do(GivePost(person=cast.tom.person, **post), by=cast.june)
    clock.advance(hours=1)
    row = ground(matter(cast), cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert asked(row) == {cast.mina.person, cast.dee.person}


def test_a_no_is_not_answered_with_the_same_words_again(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning.")
    with pytest.raises(Refused, match="what is new"):
        again(decision, row, cast.ken)
    with pytest.raises(Refused, match="what is new"):
        do(commands.EndGround(decision=decision, ground=row.id), by=cast.ken)
        ground(decision, cast.ken)


def test_what_was_typed_at_the_terminal_or_on_a_shared_code_is_no_look(cast: Cast) -> None:
    row = ground(matter(cast), cast.ken)
    for way in UNHEARD_WAYS:
        with pytest.raises((NotAllowed, Refused)):
            acts.looked(row, Actor(person=cast.mina.person, strong=True, way=way))


def test_the_same_sentence_is_not_said_of_two_people(cast: Cast) -> None:
    acts.looked(ground(matter(cast), cast.ken), cast.mina)
    other = acts.raised(cast.omar, cast.ana, "Move Ana to a home", "move")
    row = ground(other, cast.omar)
    with pytest.raises(Refused, match="same words"):
        acts.looked(row, cast.mina)


def test_whoever_holds_a_power_is_not_asked_in_an_emergency(cast: Cast) -> None:
    """Whom the person fears may be their attorney: he would read it, and could say no to it."""
    welfare = Relate(
        person=cast.lena.person,
        other=cast.devon.person,
        kind=LinkKind.ATTORNEY,
        scope=Scope.WELFARE,
        legal_basis=LegalBasis.LASTING_POWER,
        document="7000-9999",
    )
    do(welfare, by=BUILDER)
    decision = matter(cast)
    assert cast.devon.person not in asked(ground(decision, cast.ken, "serious_harm"))
    assert cast.devon.person in asked(ground(decision, cast.ken))


def test_where_whoever_looked_came_into_the_line_the_next_are_asked(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    acts.looked(row, cast.mina)
    do(DisputeSpeaker(link=named("lena mina"), words="She tells him."), by=cast.lena)
    with pytest.raises(Refused, match="Nobody outside your line"):
        acts.decided(decision, cast.ken)
    what_is_due()
    assert cast.dee.person in asked(row)


# A place that is one person ---------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["cut", "end", "move", "restrict", "money", "swap"])
def test_one_persons_support_is_not_changed_as_a_service(cast: Cast, change: str) -> None:
    place = commands.RaiseAboutPlace(
        organisation=cast.council, what="The night support at 12 Mill Lane", change=change
    )
    decision = do(place, by=cast.ken).thing
    do(commands.SayWhichPeople(decision=decision, group="Who lives there", size=1), by=cast.ken)
    do(
        commands.SayWhichPeople(decision=decision, group="Who lives in the street", size=200, which="others"),
        by=cast.ken,
    )
    end = commands.DecideForPlace(
        decision=decision,
        outcome="agreed",
        reasons="The money.",
        without_them="They did not answer.",
        review_on="2026-04-01",
    )
    with pytest.raises(Refused, match="so few that each is asked"):
        do(end, by=cast.ken)
    do(commands.SayWhoIsAffected(decision=decision, person=cast.rosa.person, stake="life"), by=cast.ken)
    with pytest.raises(Refused, match="Rosa Marlow has not answered"):
        do(end, by=cast.ken)
    acts.said(decision, cast.rosa, "for", "I have my sister for the nights.")
    do(end, by=cast.ken)


def test_help_may_start_for_a_few_as_a_service(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="A lift at Mill Lane", change="start")
    decision = do(place, by=cast.ken).thing
    do(commands.SayWhichPeople(decision=decision, group="Who lives there", size=2), by=cast.ken)
    start = commands.DecideForPlace(
        decision=decision,
        outcome="agreed",
        reasons="They asked for it.",
        without_them="It cannot wait.",
        review_on="2026-04-01",
    )
    do(start, by=cast.ken)


# Whoever looks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [None, "paper"])
def test_papers_alone_are_not_enough_to_say_that_it_is_so(cast: Cast, how: str | None) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    with pytest.raises(Refused, match=r"how you looked|Papers alone"):
        acts.looked(row, cast.mina, how=how)
    said = acts.looked(row, cast.mina, how="asked")
    assert said.how == "asked"
    assert "I asked somebody who knows you, and" in page(cast.lena, f"/decisions/{decision}/law")
    assert "I asked somebody who knows them, and" in page(cast.ken, f"/decisions/{decision}/law")


def test_a_no_and_an_order_of_a_court_may_rest_on_papers(cast: Cast) -> None:
    decision = matter(cast)
    acts.looked(ground(decision, cast.ken), cast.mina, "no", "It names no other way at all.", how="paper")
    order = commands.RecordGround(
        decision=decision,
        code="court_or_power",
        evidence=acts.evidence("court_or_power", ends_on="2026-06-01"),
    )
    do(order, by=cast.ken)
    acts.looked(acts.latest(models.Ground, decision), cast.mina, words="I rang the court.", how="paper")


def test_an_attorney_who_is_disputed_since_reads_nothing_more_of_it(cast: Cast) -> None:
    welfare = Relate(
        person=cast.lena.person,
        other=cast.devon.person,
        kind=LinkKind.ATTORNEY,
        scope=Scope.WELFARE,
        legal_basis=LegalBasis.LASTING_POWER,
        document="7000-9999",
    )
    do(welfare, by=BUILDER)
    decision = matter(cast)
    row = ground(decision, cast.ken)
    place = f"/decisions/{decision}/legal-reason/{row.id}"
    assert "Lena Fox" in page(cast.devon, place)
    assert place in page(cast.devon, "/")
    held = Link.everything.get(other=cast.devon.person, kind=LinkKind.ATTORNEY)
    do(DisputeSpeaker(link=held.id, words="I fear him."), by=cast.lena)
    assert browser_of(cast.devon).get(place).status_code == 404
    assert place not in page(cast.devon, "/")


def test_a_no_is_read_by_whoever_is_asked_when_the_same_matter_is_raised_again(cast: Cast) -> None:
    no = "Nobody asked her in the morning, when she is clear."
    acts.looked(ground(matter(cast), cast.ken), cast.mina, "no", no)
    decision = acts.raised(cast.priya, cast.lena, "Lena lives at Park House", "move")
    other = acts.evidence("best_interests", help_given="Asked her once more, in the evening.")
    do(commands.RecordGround(decision=decision, code="best_interests", evidence=other), by=cast.priya)
    row = acts.latest(models.Ground, decision)
    clock.advance(days=7)
    what_is_due()
    shown = page(cast.dee, f"/decisions/{decision}/legal-reason/{row.id}")
    assert no in shown and "another legal reason about them" in shown


def test_the_line_does_not_settle_in_favour_of_whom_it_then_relies_on(cast: Cast) -> None:
    decision = matter(cast)
    row = ground(decision, cast.ken)
    dispute = named("she tells him")
    do(DisputeSpeaker(dispute=dispute, link=named("lena mina"), words="She tells him."), by=cast.lena)
    do(SettleDispute(dispute=dispute, stands=True, words="She is a good advocate."), by=cast.priya)
    acts.looked(row, cast.mina)
    with pytest.raises(Refused, match="Nobody outside your line"):
        acts.decided(decision, cast.ken)
    what_is_due()
    assert cast.dee.person in asked(row)


# A post given by the line ------------------------------------------------------------------------------


def test_the_line_does_not_strike_out_the_advocate_by_giving_her_a_post(cast: Cast) -> None:
    """Nobody asks her. Then she would work in the line, and her no would be no look from outside."""
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.east}
    do(GivePost(person=cast.mina.person, **post), by=cast.ken)
    clock.advance(days=1)
    decision = matter(cast)
    row = ground(decision, cast.ken)
    assert cast.mina.person in asked(row)
    acts.looked(row, cast.mina, "no", "Nobody asked her in the morning.")
    with pytest.raises(Refused, match="does not agree"):
        acts.decided(decision, cast.ken)


def test_nor_is_her_yes_a_look_from_outside_while_she_works_there(cast: Cast) -> None:
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER, "team": cast.east}
    do(GivePost(person=cast.mina.person, **post), by=cast.ken)
    clock.advance(days=1)
    decision = matter(cast)
    acts.looked(ground(decision, cast.ken), cast.mina)
    with pytest.raises(Refused, match=CLOSED):
        acts.decided(decision, cast.ken)


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_line_does_not_leave_a_friend_of_the_duty_team_alone_to_look(cast: Cast, when: str) -> None:
    """Dee would say no. So he gave her a second post, in his own team, and a friend of his looked alone."""
    post = {"organisation": cast.council, "kind": LinkKind.PRACTITIONER}
    do(GivePost(person=cast.stranger.person, team=cast.duty, **post), by=BUILDER)
    clock.advance(days=1)
    if when == "before":
        do(GivePost(person=cast.dee.person, team=cast.east, **post), by=cast.ken)
        clock.advance(days=1)
    decision = acts.raised(cast.ken, cast.rosa, "Move Rosa to a home", "move")
    if when == "after":
        clock.advance(hours=1)
        do(GivePost(person=cast.dee.person, team=cast.east, **post), by=cast.ken)
    row = ground(decision, cast.ken)
    clock.advance(days=7)
    what_is_due()
    assert asked(row) == set()
    with pytest.raises((NotAllowed, Refused, Missing)):
        acts.looked(row, Actor(person=cast.stranger.person, strong=True))
