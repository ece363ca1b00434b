"""Opening a matter, on any page of it or by a program: whom it is about can see who looked."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel import reading
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.decisions.models import Decision


def opened(pk: UUID, actor: Actor) -> Decision:
    """The matter, if this reader may see it. Whose life it is about can see that they looked."""
    decision: Decision = the(Decision, pk, seen_by=actor)
    if decision.person is not None:
        reading.looked(actor, decision.person, "decision")
    return decision
