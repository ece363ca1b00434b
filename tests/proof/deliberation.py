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
}


def question_seen(facts: Any, row: Any, who: Any) -> bool:
    """Between the one who asked and those who decide, until the one who asked opens it."""
    from tests.proof.oracle import private, with_the_decision

    return private(facts, row, who) or (row.may_be_read and with_the_decision(facts, row, who))


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
