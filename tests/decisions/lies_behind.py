"""What lies behind a decision: evidence that was brought, and a way with its risks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import acts


def brought(decision: UUID, by: Actor, kind: str = "counts", words: str = "Forty came.", **more: Any) -> Any:
    do(commands.BringEvidence(decision=decision, kind=kind, words=words, **more), by=by)
    return acts.latest(models.Evidence, decision)


def way(decision: UUID, by: Actor, name: str = "Five days") -> UUID:
    do(commands.AddOption(decision=decision, name=name, change="cut", risk="An old risk."), by=by)
    found: UUID = acts.latest(models.Option, decision).id
    return found
