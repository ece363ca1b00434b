"""Ways round a law that were found by trying, and are closed."""

from dataclasses import replace

import pytest

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.api.changes import problems_shown, results_shown
from alongside.topics.decisions.commands.gating import measure_of, tally_of
from alongside.topics.decisions.commands.problem_counts import solved_counts
from alongside.topics.decisions.engine import counted
from alongside.topics.people.commands.keeping import AgreeHoldBack, LiftHoldBack
from alongside.topics.people.commands.links import AgreeToLink, Relate
from alongside.topics.people.commands.members import ConfirmMember
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.people.models import HoldBack, Link, LinkKind
from tests.decisions import acts, changing
from tests.decisions.by_lot import asks, lot_for, tied
from tests.decisions.changing import judges
from tests.decisions.groups import many
from tests.decisions.holding_back import act, proposal
from tests.decisions.problems import raised
from tests.decisions.seats import offered, sits
from tests.interfaces.conftest import browser_of
from tests.world import BUILDER, Cast, named

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_recorded")]
NO = (Missing, NotAllowed, Refused)


def held(cast: Cast) -> models.Decision:
    """Help for Lena that began in a hurry, held back from her by two."""
    matter = act(cast)
    do(proposal(cast, matter), by=cast.priya)
    do(AgreeHoldBack(hold_back=HoldBack.everything.get(thing=matter).id, checked="I rang them."), by=cast.dee)
    assert not models.Decision.objects.seen_by(cast.lena).filter(pk=matter).exists()
    found: models.Decision = models.Decision.everything.get(pk=matter)
    return found


def test_what_is_held_back_from_its_person_never_becomes_a_cut(cast: Cast) -> None:
    matter = held(cast)
    cut = commands.SayWhatMayChange(decision=matter.id, what="Fewer mornings", change="cut")
    with pytest.raises(Refused, match="Nothing can be taken away"):
        do(cut, by=cast.priya)


def test_nor_while_one_has_asked_to_hold_it_back(cast: Cast) -> None:
    matter = act(cast)
    do(proposal(cast, matter), by=cast.priya)
    cut = commands.SayWhatMayChange(decision=matter, what="Fewer mornings", change="cut")
    with pytest.raises(Refused, match="Nothing can be taken away"):
        do(cut, by=cast.priya)


def test_an_advocate_stays_in_though_she_is_somebody_else_to_them_too(cast: Cast) -> None:
    link = named("lena mina spokesperson")
    kind = LinkKind.SPOKESPERSON
    do(Relate(link=link, person=cast.lena.person, other=cast.mina.person, kind=kind), by=BUILDER)
    do(AgreeToLink(link=link, shows=True), by=cast.lena)
    assert models.Decision.objects.seen_by(cast.mina).filter(pk=held(cast).id).exists()


def test_whoever_it_is_held_back_from_reads_nothing_of_it_among_what_was_typed(cast: Cast) -> None:
    matter = act(cast)
    acts.said(matter, acts.typed_for(cast.lena, cast.omar, "phone"), "for", "I am afraid of him.")
    assert "I am afraid of him." in browser_of(cast.lena).get("/me/typed-for-you").content.decode()
    do(proposal(cast, matter), by=cast.priya)
    do(AgreeHoldBack(hold_back=HoldBack.everything.get(thing=matter).id, checked="I rang them."), by=cast.dee)
    text = browser_of(cast.lena).get("/me/typed-for-you").content.decode()
    assert "I am afraid of him." not in text and str(matter) not in text and "typed this on" not in text


@pytest.mark.parametrize("who", ["priya", "june", "dee"])
def test_nobody_of_the_deciders_own_team_writes_down_that_they_agree_to_a_seat(cast: Cast, who: str) -> None:
    decision = acts.raised(cast.ken, cast.rosa)
    seat = offered(decision, cast.ken, cast.omar)
    typed = replace(cast.rosa, typed_by=getattr(cast, who).person, how="phone")
    with pytest.raises(NO):
        do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=typed)
    assert not sits(decision, cast.omar)


def test_a_colleague_does_not_agree_to_a_seat_by_belonging_to_a_user_led_organisation(cast: Cast) -> None:
    do(JoinBody(person=cast.ken.person, organisation=cast.ulo), by=cast.ken)
    link = Link.everything.get(person=cast.ken.person, organisation=cast.ulo)
    do(ConfirmMember(link=link.id), by=cast.ana)
    hall = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(hall, by=cast.june).thing
    seat = offered(decision, cast.june, cast.omar)
    with pytest.raises(NO):
        do(commands.AgreeToSeat(decision=decision, seat=seat.id, agrees=True), by=cast.ken)


def test_nobody_is_moved_among_those_drawn_once_they_have_begun_to_judge(cast: Cast) -> None:
    hall = commands.RaiseAboutPlace(organisation=cast.council, what="Open on Sundays", change="start")
    decision = do(hall, by=cast.june).thing
    do(commands.SayWhichPeople(decision=decision, group="Tuesday people", size=20), by=cast.june)
    friends = acts.latest(models.Affected, decision).id
    do(
        commands.SayWhichPeople(decision=decision, group="Everyone in East", size=200, which="others"),
        by=cast.june,
    )
    everyone = acts.latest(models.Affected, decision).id
    trial = {"without_them": "It is a trial.", "review_on": clock.today().replace(month=6)}
    decided = commands.DecideForPlace(decision=decision, outcome="agreed", reasons="Asked for.", **trial)
    do(decided, by=cast.june)
    change = changing.proposed(cast, decision)
    many(cast, 151)
    tie = commands.TieToBody(decision=decision, group=everyone, body=cast.council, team=cast.east)
    do(tie, by=cast.june)
    do_what_is_due(Work())
    do(commands.AskGroupToJudge(decision=decision, change=change.id, group=everyone), by=cast.june)
    do_what_is_due(Work())
    drawn = set(lot_for(change).drawn)
    staff = Link.everything.exclude(kind=LinkKind.DRAWS_ON_SUPPORT).values("person")
    rows = models.Listed.everything.filter(group=everyone).exclude(person__in=staff)
    inside = [Actor(person=row.person) for row in rows if row.number in drawn]
    beside = [Actor(person=row.person) for row in rows if row.number not in drawn]
    for one in inside[:12]:
        judges(change, one, "against")
    for one in beside[:20]:
        judges(change, one, "for")
        do(commands.ListPeople(decision=decision, group=friends, people=[one.person]), by=cast.june)
    do(commands.CloseList(decision=decision, group=friends), by=cast.june)
    with pytest.raises(Refused, match="drawn by lot judge it already"):
        do(commands.AskGroupToJudge(decision=decision, change=change.id, group=friends), by=cast.june)
    assert not counted.is_passed(tally_of(change), measure_of(change))


def test_the_same_plan_is_not_put_again_to_be_rid_of_what_was_said(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast, size=200))
    tied(cast, change)
    asks(cast, change)
    same = commands.PutPlan(decision=change.decision, change=change.id, plan=f" {change.plan} ")
    with pytest.raises(Refused, match="Say what is different"):
        do(same, by=cast.june)


def test_what_few_say_of_a_problem_is_not_counted_out_loud(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    for one in (cast.lena, cast.devon):
        do(commands.SayMeToo(problem=problem), by=one)
    for one in (cast.rosa, cast.lena, cast.devon):
        do(commands.SayIfBetter(problem=problem, better="no"), by=one)
    (shown,) = problems_shown(NOBODY, [models.Problem.everything.get(id=problem)])
    assert shown["me_too"] is None and set(results_shown([problem])[problem].values()) == {None}


def test_the_body_that_must_mend_it_writes_down_no_answer_that_it_is_better(cast: Cast) -> None:
    problem = raised(cast, cast.rosa)
    do(commands.SayIfBetter(problem=problem, better="no"), by=cast.rosa)
    typed = acts.typed_for(cast.rosa, cast.priya)
    with pytest.raises(Refused, match="Somebody else must write down"):
        do(commands.SayIfBetter(problem=problem, better="yes"), by=typed)
    assert solved_counts([problem], smallest=0)[problem]["yes"] == 0


def test_she_is_not_told_that_something_was_held_back_from_her_when_it_was_from_another(cast: Cast) -> None:
    matter = acts.raised(cast.priya, cast.lena, "A flat", "start")
    do(proposal(cast, matter, held_from=cast.victor.person), by=cast.priya)
    row = HoldBack.everything.get(thing=matter)
    do(AgreeHoldBack(hold_back=row.id, checked="I rang them."), by=cast.dee)
    do(LiftHoldBack(hold_back=row.id), by=cast.ken)
    assert not Outbox.objects.filter(kind="tell", payload__what="was_held_back").exists()


def test_whom_a_provider_pays_does_not_sit_as_one_it_affects(cast: Cast) -> None:
    hall = commands.RaiseAboutPlace(organisation=cast.council, what="Open the hall", change="start")
    decision = do(hall, by=cast.june).thing
    with pytest.raises(Refused, match="A provider pays them"):
        offered(decision, cast.june, cast.tom, is_member=True)
