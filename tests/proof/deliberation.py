"""Thinking a matter through: who sees and may do what, from the design, and what the story has of it.

A part of tests/proof/oracle.py and powers.py, in a file of its own.
"""

from typing import Any
from uuid import UUID

from alongside.kernel.door import do
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions import models
from tests.decisions import acts
from tests.world import Cast

POWERS = {
    "decider life affected voice here": "decisions.risk_added decisions.forgone_said",
    "carrier": "decisions.risk_answered",
    "decider life affected voice here worker manager": "decisions.evidence_brought"
    " decisions.evidence_answered decisions.evidence_withdrawn",
    "decider": "decisions.evidence_used",
    "decider life affected voice here ": "decisions.power_said",
    "life affected voice here": "decisions.support_asked decisions.support_answered decisions.support_given",
    "decider here": "decisions.support_offered",
    "decider offerer": "decisions.support_arranged",
    "here": "decisions.joint_begun decisions.joint_rewritten decisions.joint_signed decisions.joint_left"
    " decisions.taking_answered",
    "looks_after": "decisions.words_taken decisions.taking_judged",
}


def question_seen(facts: Any, row: Any, who: Any) -> bool:
    """Between the one who asked and those who decide, until the one who asked opens it, and it was read."""
    from tests.proof.changes import said_seen

    return said_seen(facts, row, who)


def evidence_seen(facts: Any, row: Any, who: Any) -> bool:
    """Everyone who sees the matter; what somebody lived, only those to whom they showed it."""
    from tests.proof.oracle import private, with_the_decision

    return private(facts, row, who) or (row.sees == "everyone" and with_the_decision(facts, row, who))


def answer_seen(facts: Any, row: Any, who: Any) -> bool:
    """An answer goes wherever the evidence goes."""
    return evidence_seen(facts, facts.by_id["decisions.Evidence", row.evidence], who)


def moved_seen(facts: Any, row: Any, who: Any) -> bool:
    """A change of mind goes where the new view goes."""
    from tests.proof.oracle import view_seen

    return view_seen(facts, facts.by_id["decisions.View", row.view], who)


def carries(facts: Any, row: Any, who: Any) -> bool:
    """Whether somebody is named in this matter as carrying a risk."""
    return who.name in {facts.named(r.carrier) for r in facts.of("decisions.Risk", decision=row.id)} - {""}


def looks_after(facts: Any, decision: Any, who: Any) -> bool:
    """Of the body that decides or of a user-led organisation, and no decider; places only."""
    from tests.proof.oracle import IN_POST, STAFF, some

    if decision.about != "place" or who.only is not None:
        return False
    of_the_body = who.name in STAFF.get(facts.bodies.get(decision.organisation, ""), some())
    return (of_the_body or who.name in IN_POST["ulo"]) and who.name not in facts.deciders(decision.id)


def offered(facts: Any, row: Any, who: Any) -> bool:
    """Whether somebody offered support in this matter."""
    return who.name in {facts.named(r.offered_by) for r in facts.of("decisions.Support", decision=row.id)} - {
        ""
    }


def support_seen(facts: Any, row: Any, who: Any) -> bool:
    """Whom it is for, their advocate, those who decide, whoever offered it; all, where it is for all."""
    from tests.proof.oracle import voiced_or_group

    offered_it = who.only is None and who.name != "" and facts.named(row.offered_by) == who.name
    return voiced_or_group(facts, row, who) or offered_it


def taken_seen(facts: Any, row: Any, who: Any) -> bool:
    """Their giver, those who decide, and those who look after words here."""
    from tests.proof.oracle import private

    decision = facts.by_id["decisions.Decision", row.decision]
    return private(facts, row, who) or looks_after(facts, decision, who)


def done_together(cast: Cast, rosa: UUID, hall: UUID) -> None:
    """A position with a dissent, support that was asked for and offered, and words taken from sight."""
    do(decisions.BeginJoint(decision=hall, name="Warm", words="Open the hall."), by=cast.ana)
    joint = acts.latest(models.Joint, hall).id
    for by, words in ((cast.ana, ""), (cast.omar, "Not on Sundays.")):
        sign = decisions.SignJoint(
            decision=hall, joint=joint, number=1, stands_as="practitioner", words=words
        )
        do(sign, by=by, anonymous=by is cast.omar)
    do(decisions.RewriteJoint(decision=hall, joint=joint, words="Open it daily."), by=cast.ana)
    do(decisions.SayWhereIStand(decision=hall, words="My evenings.", paid="no"), by=cast.devon)
    do(decisions.AskForSupport(decision=hall, what="support"), by=cast.devon)
    asked = acts.latest(models.Support, hall).id
    offer = decisions.OfferSupport(
        decision=hall,
        asked=asked,
        what="support",
        supporter="Mina",
        supporting_body=cast.advocacy,
        payer="The council",
        independent_of="The council",
        hours=4,
    )
    do(offer, by=cast.june)
    do(offer.having({"asked": None}), by=cast.mina)
    do(decisions.AskForSupport(decision=hall, what="facilitation", for_all=True), by=cast.ana)
    do(decisions.AskForSupport(decision=rosa, what="advice"), by=cast.rosa)
    do(decisions.GiveViewOnPlace(decision=hall, position="for", words="Ask Jo at 4 Elm Row."), by=cast.tom)
    view = models.View.everything.get(decision=hall, person=cast.tom.person)
    take = decisions.TakeFromSight(
        decision=hall, what=f"view:{view.id}", reason="names_somebody", words="Jo did not agree to it."
    )
    do(take, by=cast.omar)


def thought_through(cast: Cast, rosa: UUID, hall: UUID) -> None:
    """The acts of the story: in one life, and about a place."""
    way = acts.latest(models.Option, rosa).id
    do(
        decisions.AddRisk(decision=rosa, option=way, words="She may fall.", carrier=cast.rosa.person),
        by=cast.ken,
    )
    risk = acts.latest(models.Risk, rosa)
    do(decisions.AnswerRisk(decision=rosa, risk=risk.id, carries="yes"), by=cast.rosa)
    do(decisions.SayWhatIsLost(decision=rosa, option=way, words="Her mornings."), by=cast.devon)
    lived = decisions.BringEvidence(
        decision=rosa, kind="lived_experience", words="I carry her.", agrees=True, only_deciders=True
    )
    do(lived, by=cast.devon)
    row = acts.latest(models.Evidence, rosa)
    do(decisions.AnswerEvidence(decision=rosa, evidence=row.id, words="Thank you."), by=cast.ken)
    judged = decisions.BringEvidence(decision=rosa, kind="judgement", words="She walks well.", how_many=3)
    do(judged, by=cast.priya)
    do(decisions.AskQuestion(decision=hall, words="Who pays?", may_be_read=True), by=cast.ana)
    do(decisions.BringEvidence(decision=hall, kind="counts", words="Forty came."), by=cast.boyd)
    again = decisions.GiveViewOnPlace(
        decision=hall,
        position="for_if",
        words="If it is warm.",
        moved_by=f"evidence:{acts.latest(models.Evidence, hall).id}",
        sees="deciders",
    )
    do(decisions.GiveViewOnPlace(decision=hall, position="unsure"), by=cast.ana)
    do(again, by=cast.ana)
