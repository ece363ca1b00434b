"""What chance hardly ever comes to in thinking a matter through: one of each, after the story's own."""

from dataclasses import replace

from alongside.kernel.door import do
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions import models
from tests.decisions import acts
from tests.world import Cast


def deliberation_acts(cast: Cast) -> None:
    """Support that comes to its end, a name taken off, evidence used and taken back, a second look."""
    place = decisions.RaiseAboutPlace(organisation=cast.council, what="Light the path", change="start")
    path = do(place, by=cast.june).thing

    do(decisions.AskForSupport(decision=path, what="support", for_all=True), by=cast.ana)
    asked = acts.latest(models.Support, path).id
    offer = decisions.OfferSupport(
        decision=path,
        asked=asked,
        what="support",
        supporter="Mina",
        supporting_body=cast.advocacy,
        payer="The council",
        independent_of="The council",
        hours=4,
    )
    do(offer, by=cast.june)
    do(decisions.AnswerSupport(decision=path, support=asked, wants=True, words="Yes."), by=cast.ana)
    do(decisions.SayArranged(decision=path, support=asked), by=cast.june)
    do(decisions.SayGiven(decision=path, support=asked, hours_given=3), by=cast.ana)

    do(decisions.BeginJoint(decision=path, name="Light", words="Light it."), by=cast.ana)
    joint = acts.latest(models.Joint, path).id
    do(decisions.SignJoint(decision=path, joint=joint, number=1, stands_as="carer"), by=cast.devon)
    do(decisions.LeaveJoint(decision=path, joint=joint), by=cast.devon)

    do(decisions.BringEvidence(decision=path, kind="counts", words="Nine fell."), by=cast.devon)
    evidence = acts.latest(models.Evidence, path).id
    use = decisions.SayIfUsed(decision=path, evidence=evidence, use="partly", words="Two of the nine.")
    do(use, by=cast.june)
    do(decisions.WithdrawEvidence(decision=path, evidence=evidence), by=cast.devon)

    give = decisions.GiveViewOnPlace(decision=path, position="for", words="Jo at 4 Elm Row fell.")
    do(give, by=cast.devon)
    view = acts.latest(models.View, path)
    take = decisions.TakeFromSight(
        decision=path, what=f"view:{view.id}", reason="names_somebody", words="Jo did not agree."
    )
    do(take, by=cast.omar)
    taken = acts.latest(models.Taken, path).id
    do(decisions.AnswerTaking(decision=path, taken=taken, words="She did."), by=cast.devon)
    look = decisions.LookAgain(decision=path, taken=taken, puts_back=True, words="She says so herself.")
    do(look, by=replace(cast.dee, strong=True))
