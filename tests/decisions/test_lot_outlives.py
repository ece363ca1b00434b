"""A lot belongs to the change: the same people judge each plan, and nobody draws until they like them."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.kernel import clock
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.kernel.pseudonyms import Pseudonym
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.gating import plan_of, tally_of
from alongside.topics.decisions.commands.lots import who_cannot
from alongside.topics.decisions.engine import counted, gates
from alongside.topics.decisions.engine.lot import drawn, lot_of
from alongside.topics.people.commands.members import ConfirmMember, EndMembership
from alongside.topics.people.commands.posts import EndPost, JoinBody
from alongside.topics.people.models import Link, LinkKind
from tests.decisions import changing
from tests.decisions.by_lot import MANY, asks, change, group_of, listed, lot_for, those, tied
from tests.decisions.changing import again, judges
from tests.interfaces.conftest import browser_of
from tests.visitor import page
from tests.world import Cast
from tests.written import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
MEASURE = counted.Measure()
__all__ = ["MANY", "change"]


def put(change: models.Change, plan: str, cast: Cast) -> models.Change:
    do(commands.PutPlan(decision=change.decision, change=change.id, plan=plan), by=cast.june)
    clock.advance(days=1)
    return again(change)


def codes(change: models.Change) -> list[str]:
    decision = models.Decision.everything.get(id=change.decision)
    return [code for code, _said in gates.may_start(plan_of(decision, again(change), clock.today()))]


def leaves(change: models.Change, by: Actor) -> None:
    do(commands.LeaveLot(decision=change.decision, group=group_of(change)), by=by)


# The same people --------------------------------------------------------------------------------------


def test_a_plan_with_one_new_word_is_judged_by_the_same_people(cast: Cast, change: models.Change) -> None:
    tied(cast, change)
    asks(cast, change)
    first = lot_for(again(change))
    for each in those(again(change), are_drawn=True)[:7]:
        judges(again(change), each, "against")
    change = put(change, "Open from 10 to 4 on every Sunday.", cast)
    tally = tally_of(change)
    assert (tally.is_by_lot, tally.whom, tally.heard) == (True, 60, 0)  # before they are asked, too
    asks(cast, change)
    second = lot_for(again(change))
    assert (second.seed, second.drawn, second.first_lot) == (first.seed, first.drawn, first.id)
    shown = page(None, f"/decisions/{change.decision}/people")
    assert shown.count(first.seed) >= 2 and "Nobody was drawn anew" in shown
    mine = page(those(again(change), are_drawn=True)[0], f"/decisions/{change.decision}/people")
    assert mine.count("To judge “Sundays” you were drawn.") == 1
    told = browser_of(None).get(f"/api/decisions/{change.decision}/people").json()["lots"]
    assert [one["first_lot"] for one in told] == [None, str(first.id)]


def test_nor_does_it_help_to_drop_it_and_propose_the_same_again(cast: Cast, change: models.Change) -> None:
    tied(cast, change)
    asks(cast, change)
    first = lot_for(again(change))
    for each in those(again(change), are_drawn=True)[:20]:
        judges(again(change), each, "against")
    do(commands.DropChange(decision=change.decision, change=change.id), by=cast.june)
    new = changing.proposed(cast, change.decision)
    for each in those_not(change, first)[:20]:
        judges(new, each)
    changing.asked(cast, new)
    clock.advance(days=29)
    assert "drawn_wait" in codes(new)  # those who were drawn are asked, whatever others say
    assert (tally_of(again(new)).heard, tally_of(again(new)).beside_for) == (0, 20)
    asks(cast, again(new))
    assert lot_for(again(new)).drawn == first.drawn


def those_not(change: models.Change, lot: models.Lot) -> list[Actor]:
    rows = models.Listed.everything.filter(group=group_of(change)).exclude(number__in=lot.drawn)
    staff = set(Link.everything.exclude(kind=LinkKind.DRAWS_ON_SUPPORT).values_list("person", flat=True))
    return [Actor(person=row.person) for row in rows.order_by("number") if row.person not in staff]


def test_a_lot_that_was_drawn_is_not_left_aside_for_whoever_comes(cast: Cast, change: models.Change) -> None:
    tied(cast, change)
    asks(cast, change)
    outside = those(again(change), are_drawn=False)
    change = put(change, "Open from noon.", cast)
    changing.asked(cast, change)  # nobody is drawn for the new plan: everyone is asked at large
    for each in outside[:25]:
        judges(again(change), each)
    clock.advance(days=29)
    assert "drawn_wait" in codes(change)
    with pytest.raises(Refused, match="The same people judge it again"):
        changing.started(cast, change)


def test_whoever_cannot_is_passed_over_and_the_next_in_the_first_order_is_asked(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    first = lot_for(again(change))
    gone = those(again(change), are_drawn=True)[0]
    number = models.Listed.everything.get(group=group_of(change), person=gone.person).number
    assert "I cannot judge it" in page(gone, f"/decisions/{change.decision}/people")
    leaves(change, gone)
    with pytest.raises(Refused, match="said that already"):
        leaves(change, gone)
    assert gone.person is not None
    entry = written("decisions.lot_left")[0]
    assert gone.person.hex not in entry.header  # nobody reads in the record who it was
    change = put(change, "Open from noon.", cast)
    asks(cast, change)
    second = lot_for(again(change))
    order = sorted(range(1, first.of + 1), key=lambda each: lot_of(first.seed, each))
    assert second.drawn == [each for each in order if each != number][:60]
    assert (second.passed, set(second.drawn) - set(first.drawn)) == (str(number), {order[60]})
    assert list(drawn(first.seed, first.of, first.size, without=[number])) == second.drawn
    assert f"took their places: {number}." in page(None, f"/decisions/{change.decision}/people")


def test_asked_again_the_next_one_drawn_takes_the_place_of_whoever_cannot(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    drawn_first = those(again(change), are_drawn=True)
    for each in drawn_first[1:5]:
        judges(again(change), each)
    leaves(change, drawn_first[0])
    with pytest.raises(Refused, match="We ask no one twice in one time"):
        asks(cast, change)
    clock.advance(days=29)
    do(
        commands.AskAgain(
            decision=change.decision, change=change.id, ways="Somebody calls on each of them.", reached=9
        ),
        by=cast.june,
    )
    clock.advance(days=29)
    assert not plan(change).asked_again  # those on the list that word went to are sent word again
    told = page(cast.june, f"/changes/{change.id}")
    assert "Send word to everyone on the list" in told and "The next one drawn is then asked." in told
    asks(cast, change)
    assert plan(change).asked_again
    tally = tally_of(again(change))
    assert (tally.whom, tally.heard) == (60, 4)  # what was said the first time counts on
    names = {one.person for one in those(again(change), are_drawn=True)}
    assert drawn_first[0].person not in names
    waiting = models.Waiting.everything.filter(round=latest_round(change))
    asked = set(waiting.filter(by_name=True).values_list("person", flat=True))
    assert names - asked == {one.person for one in drawn_first[1:5]}  # who judged is left in peace


def plan(change: models.Change) -> gates.Plan:
    decision = models.Decision.everything.get(id=change.decision)
    return plan_of(decision, again(change), clock.today())


def latest_round(change: models.Change) -> UUID:
    found: UUID = models.Round.everything.filter(of_change=change.id).order_by("-number")[0].id
    return found


def test_a_body_that_ends_a_membership_takes_nobody_out_of_a_lot(cast: Cast) -> None:
    for by in (cast.rosa, cast.devon):
        do(JoinBody(person=by.person, organisation=cast.ulo), by=by)
    members = Link.everything.filter(organisation=cast.ulo, kind=LinkKind.GROUP_MEMBER).order_by("made_by")
    links = list(members.values_list("id", flat=True))
    for link in links:
        do(ConfirmMember(link=link), by=cast.ana)
    raised = commands.RaiseAboutPlace(organisation=cast.ulo, what="Move the meetings", change="start")
    strong = replace(cast.ana, strong=True)
    decision = do(raised, by=strong).thing
    do(commands.SayWhichPeople(decision=decision, group="Our members", size=40), by=strong)
    group = models.Affected.everything.get(decision=decision, person=None)
    do(commands.TieToBody(decision=decision, group=group.id, body=cast.ulo), by=strong)
    do(commands.ListSome(decision=decision, group=group.id), by=THE_CLOCK)
    numbers = dict(models.Listed.everything.filter(group=group.id).values_list("person", "number"))
    group = models.Affected.everything.get(id=group.id)
    assert who_cannot(group) == set() and len(numbers) >= 2
    do(EndMembership(link=links[0], words="She talks too much."), by=cast.ana)
    assert who_cannot(group) == set()
    do(EndPost(link=links[1]), by=cast.devon)  # he left by himself
    assert who_cannot(group) == {numbers[cast.devon.person]}


def test_only_who_was_drawn_leaves_a_lot(cast: Cast, change: models.Change) -> None:
    tied(cast, change)
    asks(cast, change)
    with pytest.raises(Refused, match="You were not drawn"):
        leaves(change, those(again(change), are_drawn=False)[0])
    with pytest.raises(NotAllowed):
        leaves(change, cast.stranger)
    assert "I cannot judge it" not in page(cast.june, f"/decisions/{change.decision}/people")


def test_no_other_list_takes_the_place_of_those_who_were_drawn(cast: Cast) -> None:
    hall = commands.RaiseAboutPlace(organisation=cast.council, what="Open on Sundays", change="start")
    decision = do(hall, by=cast.june).thing
    for group, size, which in (("Tuesday people", 20, None), ("Everyone in East", 200, "others")):
        do(commands.SayWhichPeople(decision=decision, group=group, size=size, which=which), by=cast.june)
    groups = models.Affected.everything.filter(decision=decision).order_by("made_by")
    friends = groups[0].id
    trial = {"without_them": "It is a trial.", "review_on": clock.today().replace(month=6)}
    do(
        commands.DecideForPlace(decision=decision, outcome="agreed", reasons="Asked for.", **trial),
        by=cast.june,
    )
    change = changing.proposed(cast, decision)
    tied(cast, change)
    asks(cast, change)
    change = put(change, "Open from noon.", cast)
    part = {"decision": decision, "group": friends}
    do(commands.ListPeople(**part, people=[cast.rosa.person, cast.devon.person]), by=cast.june)
    do(commands.CloseList(**part), by=cast.june)
    with pytest.raises(Refused, match="Those who were drawn before judge it again"):
        do(commands.AskGroupToJudge(decision=decision, change=change.id, group=friends), by=cast.june)


# Without their name -----------------------------------------------------------------------------------


def judges_unnamed(change: models.Change, by: Actor, judged: str = "for") -> None:
    part = {"decision": change.decision, "change": change.id, "standing": "uses"}
    do(commands.JudgeChange(**part, judged=judged), by=by, anonymous=True)


def test_who_was_drawn_and_judges_without_their_name_counts_among_those_drawn(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    change = again(change)
    drawn_ones, others = those(change, are_drawn=True), those(change, are_drawn=False)
    for each in drawn_ones[:3]:
        judges_unnamed(change, each)
    judges_unnamed(change, others[0], "against")
    tally = tally_of(change)
    assert (tally.heard, tally.is_for, tally.beside, tally.beside_against) == (3, 3, 1, 1)
    names = set(Pseudonym.objects.values_list("id", flat=True))
    assert set(models.Judgement.everything.values_list("person", flat=True)) <= names
    said = "".join(each.header for each in written("decisions.change_judged"))
    assert not any(each.person and each.person.hex in said for each in (*drawn_ones, *others))


def test_nobody_is_counted_twice_by_judging_with_their_name_and_without(
    cast: Cast, change: models.Change
) -> None:
    tied(cast, change)
    asks(cast, change)
    change = again(change)
    one = those(change, are_drawn=True)[0]
    judges(change, one, "against")
    judges_unnamed(change, one)  # as somebody whose names are not known at the door yet
    assert (tally_of(change).heard, tally_of(change).is_for) == (1, 1)
    judges(change, one, "against")
    assert (tally_of(change).heard, tally_of(change).against) == (1, 1)


def test_nor_where_no_lot_was_drawn(cast: Cast, change: models.Change) -> None:
    changing.asked(cast, change)
    judges(change, cast.rosa, "against")
    judges_unnamed(change, cast.rosa)
    assert (tally_of(change).heard, tally_of(change).is_for) == (1, 1)


# What the whole group would not have let through --------------------------------------------------------

some = st.integers(0, 40)


@st.composite
def tallies(draw: st.DrawFn) -> counted.Tally:
    whom = draw(st.integers(30, 60))
    said = [draw(st.integers(0, whom // 3)) for _each in range(3)]
    return counted.Tally(
        whom,
        is_for=said[0],
        for_if=said[1],
        against=said[2],
        is_by_lot=True,
        drawn_from=whom + draw(st.integers(90, 9000)),
        beside_for=draw(some),
        beside_for_if=draw(some),
        beside_against=draw(some),
    )


@given(tallies())
def test_a_lot_lets_nothing_through_that_the_whole_group_would_not(tally: counted.Tally) -> None:
    if not counted.is_passed(tally, MEASURE):
        return
    heard = tally.heard + tally.beside
    assert (tally.is_for + tally.beside_for) * 2 > heard
    assert tally.heard >= min(-(-tally.drawn_from // 10), tally.whom // 2 + 1)


@given(tallies())
def test_who_was_not_drawn_can_stop_a_change_and_never_help_it_through(tally: counted.Tally) -> None:
    alone = counted.Tally(
        tally.whom,
        is_for=tally.is_for,
        for_if=tally.for_if,
        against=tally.against,
        is_by_lot=True,
        drawn_from=tally.drawn_from,
    )
    assert counted.is_passed(alone, MEASURE) or not counted.is_passed(tally, MEASURE)


@pytest.mark.parametrize(
    ("drawn_said", "beside_said", "size", "passes"),
    [
        ((20, 0, 0), (0, 20, 0), 200, False),  # twenty “for, if”, and nobody against: half of all are for it
        ((20, 0, 0), (0, 0, 5), 200, True),  # a noisy five of 140 do not stop what 20 of 60 drawn all want
        ((20, 0, 0), (0, 8, 6), 200, False),  # fourteen of 140 are enough to be heard, and none is for it
        ((16, 0, 4), (0, 0, 13), 200, False),  # thirteen are not, but with the drawn it is 16 of 33
        ((40, 5, 5), (0, 0, 30), 200, False),  # a campaign against it is heard as it would be without a lot
        ((40, 5, 5), (90, 0, 0), 200, True),
        ((20, 5, 15), (90, 0, 0), 200, False),  # a campaign for it helps nothing
        ((19, 0, 0), (0, 0, 0), 200, False),  # as many as of the whole group: a tenth of 200
        ((30, 0, 0), (0, 0, 0), 9000, False),  # but never more than half of those drawn and one
        ((31, 0, 0), (0, 0, 0), 9000, True),
    ],
)
def test_the_numbers_that_the_record_of_this_rule_names(
    drawn_said: tuple[int, int, int], beside_said: tuple[int, int, int], size: int, passes: bool
) -> None:
    tally = counted.Tally(60, None, *drawn_said, None, None, 0, True, size, *beside_said)
    assert counted.is_passed(tally, MEASURE) == passes


def test_for_if_from_those_not_drawn_stands_in_the_way(cast: Cast, change: models.Change) -> None:
    tied(cast, change)
    asks(cast, change)
    change = again(change)
    for each in those(change, are_drawn=True)[:20]:
        judges(change, each)
    for each in those(change, are_drawn=False)[:20]:
        judges(change, each, "for_if", words="If the bus runs.")
    clock.advance(days=29)
    assert "others_against" in codes(change)
    with pytest.raises(Refused, match="Counted together with those who were not drawn"):
        changing.started(cast, change)
    assert "Counted together with those who were not drawn" in page(None, f"/changes/{change.id}")


def test_a_list_by_hand_says_the_same(cast: Cast, change: models.Change) -> None:
    listed(cast, change, cast.rosa.person, cast.devon.person)
    asks(cast, change)
    assert not tally_of(again(change)).is_by_lot  # small enough to ask everyone: nothing is left to chance
