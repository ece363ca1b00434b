"""What every page of one matter begins with: its reader, the matter, and where its forms lead back."""

from __future__ import annotations

from typing import Any

from alongside.interfaces.acting import address_of, may_do
from alongside.kernel.policy import Actor
from alongside.topics.decisions.models import Decision
from alongside.topics.decisions.pages.shown import part_rows


class OfMatter:
    """One matter as one reader sees it, on the page at the address `here`."""

    def __init__(self, actor: Actor, decision: Decision, here: str) -> None:
        self.actor, self.decision, self.here = actor, decision, here

    def rows(self, model: Any, *order: str, **more: Any) -> list[Any]:
        """The rows of a part of this matter that the reader may see."""
        return part_rows(model, self.actor, self.decision.id, *order, **more)

    def act(self, kind: str, **given: Any) -> str:
        """The address of a form about this matter, from which the reader comes back here."""
        return address_of(f"decisions.{kind}", decision=self.decision.id, next=self.here, **given)

    def can(self, kind: str, **given: Any) -> str:
        """The same, where this reader may do it; empty where not."""
        return self.act(kind, **given) if may_do(self.actor, f"decisions.{kind}", self.decision.id) else ""
