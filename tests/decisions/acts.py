"""Short ways to do what people do about a decision, through the door: for the tests of this room."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

from alongside.kernel import clock, rules
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models

CUT = "Change Rosa’s morning help from 7 days to 5"


def raised(by: Actor, about: Actor, what: str = CUT, change: str = "cut", **more: Any) -> UUID:
    assert about.person is not None
    return do(commands.RaiseDecision(person=about.person, what=what, change=change, **more), by=by).thing


def sent(decision: UUID, by: Actor, channel: str = "letter_large", **more: Any) -> models.Telling:
    do(commands.Tell(decision=decision, channel=channel, **more), by=by)
    found: models.Telling = latest(models.Telling, decision)
    return found


def latest(model: Any, decision: UUID) -> Any:
    """The row of this table that was made last."""
    return model.everything.filter(decision=decision).order_by("-made_by").first()


def said(
    decision: UUID, by: Actor, position: str = "against", words: str = "I need help every day.", **more: Any
) -> models.View:
    if position == "against":
        more = {"instead": "Leave it as it is.", **more}
    do(commands.GiveView(decision=decision, position=position, words=words, **more), by=by)
    found: models.View = latest(models.View, decision)
    return found


def checker_asked(decision: UUID, by: Actor, person: Actor | None = None) -> Actor:
    """Somebody outside the line is asked to check with the person: gives the one whose turn it is."""
    do(commands.AskForCheck(decision=decision, person=person.person if person else None), by=by)
    row = latest(models.Checker, decision)
    assert row is not None, "nobody stands outside the line"
    return Actor(person=row.checker, strong=True)


def declined(decision: UUID, by: Actor) -> models.View:
    do(commands.Decline(decision=decision), by=by)
    found: models.View = latest(models.View, decision)
    return found


def replied(decision: UUID, by: Actor, view: UUID, words: str = "We heard you.") -> None:
    do(commands.ReplyToView(decision=decision, view=view, result="partly", words=words), by=by)


def decided(decision: UUID, by: Actor, outcome: str = "agreed", **more: Any) -> None:
    if outcome == "not_agreed":
        more.setdefault("would_change", "A letter from your doctor.")
    do(
        commands.Decide(decision=decision, outcome=outcome, reasons="The money is less this year.", **more),
        by=by,
    )


def typed_for(person: Actor, by: Actor, how: str = "paper") -> Actor:
    """The person’s act, typed by somebody else."""
    return replace(person, typed_by=by.person, how=how, office=None, strong=by.strong)


def evidence(code: str, **more: str) -> str:
    """Whole and sound evidence for a ground."""
    asked = rules.on("england", clock.today()).item("decision.grounds", code)["evidence"]
    answers = {
        each["name"]: "2026-02-01"
        if each["type"] == "date"
        else each["options"][0]
        if each["type"] == "choice"
        else "Written down on the day."
        for each in asked
    }
    return json.dumps(answers | more)


def ground(decision: UUID, by: Actor, code: str = "best_interests", **more: Any) -> models.Ground:
    do(commands.RecordGround(decision=decision, code=code, evidence=evidence(code), **more), by=by)
    found: models.Ground = latest(models.Ground, decision)
    return found


SAW = "I sat with her for an hour, and rang those who were asked."


def looked(
    ground: models.Ground, by: Actor, said: str = "seen", words: str = SAW, how: str | None = "saw"
) -> models.GroundSaid:
    """Somebody outside the line that decides looks at a legal reason."""
    look = {"decision": ground.decision, "ground": ground.id, "said": said, "how": how, "words": words}
    do(commands.LookAtGround(**look), by=by)
    found: models.GroundSaid = latest(models.GroundSaid, ground.decision)
    return found


def safeguard(decision: UUID, by: Actor, *codes: str) -> None:
    for code in codes:
        do(commands.RecordSafeguard(decision=decision, code=code, words="As it says."), by=by)


def answerer(decision: UUID) -> Actor:
    """The one outside the line that decided, who is asked to answer the last challenge."""
    row = (
        models.ChallengeAsked.everything.filter(decision=decision, ended_at=None).order_by("asked_at").last()
    )
    assert row is not None, "nobody stands outside the line"
    return Actor(person=row.asked, strong=True)


def actor_of(person: UUID) -> Actor:
    """Somebody on record, by their own hand."""
    return Actor(person=person)


def at(decision: UUID) -> str:
    """The address of a decision's page."""
    return f"/decisions/{decision}"
