"""What a decision rests on, and how the same matter is opened again when it does not hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.kernel.command import At, Recorded
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.models import State

OF_A_DECISION = ("decided_at", "decided_by", "option", "reasons", "would_change", "proposal", "review_on")


def what_it_rests_on(
    command: Any, decision: models.Decision, option: models.Option | None, at: At
) -> list[UUID] | None:
    """The legal reasons without which this could not be decided; asked only where one is written down."""
    if not models.Ground.everything.filter(decision=decision.id, ended_at=None).exists():
        return None
    more: dict[str, Any] = {"option": option, "outcome": command.outcome, "also_decides": at.by.person}
    return guard.rests_on(standing_of(decision, at.moment, **more))


def note_grounds(command: Any, decision: models.Decision, entry: Recorded) -> None:
    """For apply: which writing of which legal reason opened what is decided now. Of others, none did."""
    if command.on_grounds is None:
        return
    rests = set(command.on_grounds)
    for ground in list(models.Ground.everything.filter(decision=decision.id, ended_at=None).order_by("pk")):
        writing = ground.renewals if ground.id in rests else None
        if ground.decided_writing != writing:
            ground.change(entry, decided_writing=writing)


def open_again(
    decision: models.Decision, entry: Recorded, *, earlier: UUID | None, number: int | None, **more: Any
) -> None:
    """For apply: the same matter with all that is in it. What was decided stays to be read. `more` says what
    was shown to be wrong with it, a `challenge` or a `ground`, and what else of the matter changes."""
    models.Earlier.begin(
        entry,
        id=earlier,
        decision=decision.id,
        number=number,
        outcome=decision.outcome,
        option=decision.option,
        reasons=decision.reasons,
        decided_at=decision.decided_at,
        decided_by=decision.decided_by,
        proposal=decision.proposal,
        is_without_them=decision.is_without_them,
        challenge=more.pop("challenge", None),
        ground=more.pop("ground", None),
    )
    decision.change(
        entry,
        state=State.OPEN,
        outcome="",
        is_without_them=False,
        size="weighty",
        undo_days=None,
        undo_until=None,
        effects_asked_at=None,
        reopened_at=entry.at,
        **dict.fromkeys(OF_A_DECISION),
        **more,
    )
