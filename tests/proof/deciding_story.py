"""The part of the story in which several decide, and what comes after a decision."""

from uuid import UUID

from alongside.kernel.door import do
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.models import Did, Says, Who
from tests.decisions import acts
from tests.world import Cast


def several_decide(cast: Cast, hall: UUID) -> None:
    """The hall is for several to decide. One is asked and has not said, one has a stake of their own."""
    for one, member in ((cast.boyd, False), (cast.ana, True), (cast.ken, False)):
        do(commands.OfferVote(decision=hall, person=one.person, is_member=member), by=cast.june)
        seat = acts.latest(models.Seat, hall)
        if seat.needs_agreement:
            do(commands.AgreeToSeat(decision=hall, seat=seat.id, agrees=True), by=cast.ana)
        do(commands.AnswerVoteOffer(decision=hall, seat=seat.id, takes_it=True), by=one)
    do(commands.OfferVote(decision=hall, person=cast.omar.person), by=cast.june)
    do(commands.SayWhoDecides(decision=hall, who=Who.PANEL, why="It is for all."), by=cast.june)
    do(commands.PutToThem(decision=hall, outcome="agreed", reasons="It is dry."), by=cast.june)
    row = models.Decider.everything.get(decision=hall, person=cast.ken.person, until_at=None)
    do(commands.SayInterest(decision=hall, row=row.id, words="I sing there."), by=cast.ken)
    rule = commands.PutRuleToThem(decision=hall, who=Who.ONE, why="It is a small thing.")
    put = acts.latest(models.Proposal, hall)
    do(commands.TakeBackProposal(decision=hall, proposal=put.id), by=cast.june)
    do(rule, by=cast.june)
    small = acts.latest(models.Proposal, hall)
    said = commands.SayYesOrNo(decision=hall, proposal=small.id, answer=Says.NO, reasons="It is ours.")
    do(said, by=cast.ana)
    group = models.Affected.everything.get(decision=hall, person=None).id
    people = [cast.rosa.person, cast.devon.person]
    do(commands.ListPeople(decision=hall, group=group, people=people), by=cast.june)
    do(commands.CloseList(decision=hall, group=group), by=cast.june)
    do(commands.BeginRound(decision=hall, group=group), by=cast.june)
    for one in (cast.ana, cast.june, cast.boyd):
        yes = commands.SayYesOrNo(decision=hall, proposal=small.id, answer=Says.YES, reasons="So be it.")
        do(yes, by=one)


def after_it_was_decided(cast: Cast, rosa: UUID) -> None:
    """Rosa says what it did to her and that it is wrong; Ken says what he learnt."""
    did = commands.SayWhatItDid(decision=rosa, said=Did.WORSE, words="I fell.")
    do(did, by=cast.rosa)
    effect = acts.latest(models.Effect, rosa)
    learnt = commands.SayWhatILearnt(
        decision=rosa, effects=[effect.id], learnt="Too few.", will_do="I ask for more."
    )
    do(learnt, by=cast.ken)
    wrong = commands.ChallengeIt(decision=rosa, wrong="Nobody looked.", wants="Seven days.")
    do(wrong, by=cast.rosa)
    asked = acts.answerer(rosa)
    if asked.person != cast.omar.person:  # whose turn it is hangs on a digest: here it is always Omar’s
        challenge = acts.latest(models.Challenge, rosa)
        do(commands.CannotAnswer(decision=rosa, challenge=challenge.id), by=asked)
