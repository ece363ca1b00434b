"""What is asked, answered and challenged after a decision: for the tests of this room."""

from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.commands import Finding
from alongside.topics.decisions.models import Did
from tests.decisions import acts
from tests.world import Cast


def settled(cast: Cast, change: str = "cut") -> UUID:
    """Ken cut Rosa's help, after she had answered and been answered; or gave more, in a hurry."""
    decision = acts.raised(cast.ken, cast.rosa, change=change)
    acts.sent(decision, cast.ken)
    view = acts.said(decision, cast.rosa)
    acts.replied(decision, cast.ken, view.id)
    if change == "increase":
        now = {"change": change, "words": "He waits outside.", "telling_could_harm": True}
        do(commands.ActNow(decision=decision, **now), by=cast.ken)
    acts.decided(decision, cast.ken)
    return decision


def challenged(decision: UUID, by: Actor, **more: object) -> models.Challenge:
    wish = commands.ChallengeIt(
        decision=decision, **{"wrong": "Nobody looked at my mornings.", "wants": "Seven days.", **more}
    )
    do(wish, by=by)
    found: models.Challenge = acts.latest(models.Challenge, decision)
    return found


def answered(decision: UUID, challenge: UUID, by: Actor, finding: Finding = Finding.NOT_UPHELD) -> None:
    answer = commands.AnswerChallenge(
        decision=decision, challenge=challenge, finding=finding, reasons="I looked at it."
    )
    do(answer, by=by)


def did(decision: UUID, by: Actor, said: Did = Did.WORSE, **more: object) -> models.Effect:
    do(commands.SayWhatItDid(decision=decision, said=said, words="I fell.", **more), by=by)
    found: models.Effect = acts.latest(models.Effect, decision)
    return found
