"""Somebody asks for another worker."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.door import do
from alongside.topics.decisions import commands
from tests.world import Cast

SAID = "She talks to Devon and not to me."


def asked(cast: Cast) -> UUID:
    """Rosa asks for another worker than Priya, and says why to those who decide."""
    ask = commands.RaiseDecision(person=cast.rosa.person, what="I ask for another worker.", change="worker")
    decision = do(ask, by=cast.rosa).thing
    do(commands.GiveView(decision=decision, position="for", words=SAID), by=cast.rosa)
    return decision
