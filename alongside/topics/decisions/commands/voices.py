"""How several who decide stand on what was put to them, read from the rows for the guard."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from alongside.topics.decisions import models
from alongside.topics.decisions.engine.votes import Tally
from alongside.topics.decisions.models import Says, Who

TOGETHER = (Who.SEVERAL, Who.PANEL)


def rule_of(decision: UUID) -> models.DecidingRule | None:
    """The rule in force. With none, one of those who decide is enough."""
    found: models.DecidingRule | None = (
        models.DecidingRule.everything.filter(decision=decision).order_by("-number").first()
    )
    return found


def open_proposal(decision: UUID) -> models.Proposal | None:
    """What is put to those who decide now."""
    found: models.Proposal | None = (
        models.Proposal.everything.filter(decision=decision, closed_at=None).order_by("-number").first()
    )
    return found


def tally_of(
    rule: models.DecidingRule | None,
    proposal: models.Proposal | None,
    seats: Iterable[UUID],
    *,
    since: datetime | None = None,
    adding: tuple[UUID, str] | None = None,
) -> Tally | None:
    """How they stand; None where one is enough. Only who sits now counts, and each with the last they said.

    `since` is when those it waits for last said something: a voice from before that has not heard them.
    `adding` is somebody who is about to speak, and what they say.
    """
    if rule is None or rule.who not in TOGETHER:
        return None
    sitting = set(seats)
    said: dict[UUID, str] = {}
    if proposal is not None:
        for row in models.Voice.everything.filter(proposal=proposal.id, is_current=True):
            if row.person in sitting and (since is None or row.said_at >= since):
                said[row.person] = row.says
    if adding is not None and adding[0] in sitting:
        said[adding[0]] = adding[1]
    how_many = {each: sum(one == each for one in said.values()) for each in Says.values}
    return Tally(
        rule.agree,
        rule.needed,
        len(sitting),
        yes=how_many[Says.YES],
        no=how_many[Says.NO],
        aside=how_many[Says.ASIDE],
    )
