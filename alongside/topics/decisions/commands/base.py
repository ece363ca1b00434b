"""What every command about a decision that is there already has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Command, Id, Lazy
from alongside.topics.decisions.models import Decision

Objection = tuple[str, Lazy]
SETTLED = _("This is settled. To change it, raise it again.")
NOT_OF_THIS = _("That belongs to another decision. Open the right page and choose again.")


class OnDecision(Command):
    """A command whose thing is a decision: whatever the guard reads changes under the decision's own lock."""

    page: ClassVar[str] = "decisions:decision"

    decision: Id[Decision]

    def about(self, *things: Any) -> UUID | None:
        person: UUID | None = things[0].person
        return person


def must_be_open(decision: Decision) -> Iterator[Objection]:
    if not decision.is_open:
        yield "", SETTLED


def must_belong(decision: Decision, **rows: Any) -> Iterator[Objection]:
    """The other rows named must be this decision's own: else one could be changed without its lock."""
    for name, row in rows.items():
        if row is not None and row.decision != decision.id:
            yield name, NOT_OF_THIS
