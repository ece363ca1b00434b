"""Lists, a lot, bundles, what a decision did, stepping back: done by hand for the kept ledger."""

from uuid import UUID

from alongside.interfaces.leaving import Work, send_waiting
from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands.arriving import NoteNotArrived
from alongside.topics.people.commands.agreeing import NameWhoAgrees
from alongside.topics.people.commands.bodies import AddOffice, AppointToOffice
from alongside.topics.people.commands.persons import AddPerson
from tests.decisions import acts, changing
from tests.proof.anything import what_is_due
from tests.world import BUILDER, Cast

LARGE = 155  # people from whom a lot is drawn


def deciding_acts(cast: Cast) -> None:
    """One of each that chance does not come to."""
    small, group = _matter(cast, "Move the library")
    do(commands.TellPeople(decision=small, group=group, channel="letter", reached=3), by=cast.june)
    people = [cast.rosa.person, cast.devon.person]
    do(commands.ListPeople(decision=small, group=group, people=people), by=cast.june)
    do(commands.CloseList(decision=small, group=group), by=cast.june)
    do(commands.BeginRound(decision=small, group=group), by=cast.june)
    _days_pass(cast, 1)
    do(commands.GiveViewOnPlace(decision=small, position="for", words="Fine."), by=cast.rosa)
    do(commands.TakeUp(decision=small), by=cast.ken)
    seat = models.Decider.everything.get(decision=small, person=cast.ken.person)
    do(commands.StepBack(decision=small, row=seat.id), by=cast.ken)
    _days_pass(cast, 30)
    do(commands.DecideForPlace(decision=small, outcome="agreed", reasons="The roof."), by=cast.june)
    for _week in range(9):
        _days_pass(cast, 7)

    for number in range(LARGE):
        do(AddPerson(organisation=cast.council, name=f"Person {number}", team=cast.east), by=BUILDER)
    large, many = _matter(cast, "Close the lunch club")
    do(commands.TieToBody(decision=large, group=many, body=cast.council, team=cast.east), by=cast.june)
    _days_pass(cast, 1)
    do(commands.DrawLot(decision=large, group=many), by=cast.june)
    _leaves_a_lot(cast)

    _says_it_is_wrong(cast, small)
    _nobody_on_duty_takes_it_up(cast)
    life = acts.raised(cast.ken, cast.rosa, "Help at noon", "increase")
    telling = acts.sent(life, cast.ken)
    gone = NoteNotArrived(decision=life, person=cast.rosa.person, telling=telling.id, channel=telling.channel)
    do(gone, by=THE_CLOCK)
    typed = acts.said(life, acts.typed_for(cast.rosa, cast.priya), "for", "Yes.")
    checker = acts.checker_asked(life, cast.ken)
    do(commands.ConfirmView(decision=life, view=typed.id), by=checker)


def _says_it_is_wrong(cast: Cast, matter: UUID) -> None:
    """Everybody here is under whoever decided it: she chooses an office, whose holder cannot answer."""
    do(commands.ChallengeIt(decision=matter, wrong="The roof is sound.", wants="Look again."), by=cast.rosa)
    office = do(AddOffice(organisation=cast.advocacy, name="Who keeps people safe"), by=BUILDER).thing
    do(AppointToOffice(office=office, person=cast.sol.person), by=BUILDER)
    do(NameWhoAgrees(organisation=cast.council, office=office), by=cast.june)
    challenge = acts.latest(models.Challenge, matter).id
    do(commands.ChooseWhoAnswers(decision=matter, challenge=challenge, office=office), by=cast.rosa)
    do(commands.CannotAnswer(decision=matter, challenge=challenge), by=cast.sol)


def _nobody_on_duty_takes_it_up(cast: Cast) -> None:
    """One worry is taken up from outside the duty team; of another everyone says that they cannot."""
    words = "There is shouting every night."
    worry, other = (
        do(commands.RaiseConcern(organisation=cast.council, words=words), by=Actor()).thing for _ in range(2)
    )
    _days_pass(cast, 5)
    first = models.ConcernAsked.asked_now(worry)[0].asked
    do(commands.TakeConcern(concern=worry, came_of="I called there."), by=Actor(person=first, strong=True))
    while still := list(models.ConcernAsked.asked_now(other)):
        do(commands.CannotTakeUp(concern=other), by=Actor(person=still[0].asked, strong=True))


def _leaves_a_lot(cast: Cast) -> None:
    """Somebody who was drawn to judge a change cannot, and says so."""
    change = changing.proposed(cast, changing.hall(cast, size=200))
    part = {"decision": change.decision, "group": acts.latest(models.Affected, change.decision).id}
    do(commands.TieToBody(**part, body=cast.council, team=cast.east), by=cast.june)
    _days_pass(cast, 1)
    do(commands.AskGroupToJudge(**part, change=change.id), by=cast.june)
    number = models.Lot.everything.get(of_change=change.id).drawn[0]
    one = models.Listed.everything.get(group=part["group"], number=number)
    do(commands.LeaveLot(**part), by=Actor(person=one.person))


def _matter(cast: Cast, what: str) -> tuple[UUID, UUID]:
    place = commands.RaiseAboutPlace(organisation=cast.council, what=what, change="end")
    decision = do(place, by=cast.june).thing
    do(commands.SayWhichPeople(decision=decision, group="Those who go there", size=40), by=cast.june)
    there = models.Affected.everything.get(decision=decision, group__isnull=False)
    counted = {"decision": decision, "group": there.id, "size": 42, "words": "Counted at the door."}
    do(commands.CorrectSize(**counted), by=cast.june)
    return decision, acts.latest(models.Affected, decision).id


def _days_pass(cast: Cast, days: int) -> None:
    clock.advance(days=days)
    what_is_due(cast)
    send_waiting(Work())
