"""What was decided, on the page of its matter: by whom, when it is looked at again, and what may follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces.acting import address_of, may_do
from alongside.kernel import clock
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import State
from alongside.topics.decisions.pages.by_whom import decided_words
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.people.policy.deaths import has_died


class Outcome(OfMatter):
    """What came out of one matter, as one reader may see it."""

    def context(
        self, steps: Sequence[models.Step], names: Names, called: Mapping[UUID, str], *, decides: bool
    ) -> dict[str, Any] | None:
        """What the part `outcome.html` shows; None before anything is decided.

        `called` is the name of each way it could go; `decides`, whether the reader is one who decides it.
        """
        decision = self.decision
        if decision.decided_at is None:
            return None
        kind = pack_of(decision).item("decision.outcomes", decision.outcome)
        return {
            "words": _(kind["name"]),
            "way": called.get(decision.option, "") if decision.option else "",
            "decided": decided_words(self.actor, decision, decision, names),
            "without": next((step.words for step in steps if step.kind == "without_them"), None),
            "undone": next((step for step in steps if step.kind == "undone"), None),
            "promise": self._promise() if decides else "",
            "undo": self.act("undone") if self._may_undo() else "",
            **self._looked(),
        }

    def _may_undo(self) -> bool:
        """Whether this reader can still undo it: the one whose life it is, until its last day."""
        decision = self.decision
        if decision.person not in self.actor.ids or decision.state != State.DECIDED:
            return False
        in_time = decision.undo_until is None or clock.today() <= decision.undo_until
        return decision.undo_days is not None and in_time

    def _looked(self) -> dict[str, Any]:
        """Once the day of the look again is past: when it was done, or that nobody has written it down."""
        day = self.decision.review_on
        if day is None or day >= clock.today():
            return {}
        rows = self.rows(models.Review, "due_on")
        done = [row.done_at for row in rows if row.done_at is not None and row.due_on >= day]
        return {"looked": done[0] if done else None, "not_looked": not done}

    def _promise(self) -> str:
        """Where those who decided promise what follows from it."""
        decision = self.decision
        if decision.organisation is None or decision.state != State.DECIDED:
            return ""
        if not may_do(self.actor, "promises.made", decision.organisation) or has_died(decision.person):
            return ""
        given = {"organisation": decision.organisation, "person": decision.person, "decision": decision.id}
        return address_of("promises.made", next=self.here, **given)
