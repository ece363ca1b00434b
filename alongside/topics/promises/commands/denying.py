"""What somebody typed for a person about a promise, and the person says that they did not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.promises.models import Promise, StillHolds, Verdict


class SetAsideTyped(Command):
    """Set aside what was typed for somebody who says that they did not say it."""

    records = "promises.typed_set_aside"
    may = the_installation
    says = _("What was typed for somebody was not what they said. It counts no more.")
    only_as_consequence = True

    promise: Id[Promise]
    rows: list[UUID] = Ask(settled=True, default=[])

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        for verdict in Verdict.everything.filter(id__in=self.rows, promise=promise.id).order_by("id"):
            verdict.change(entry, counts=False, denied=entry.number)
        for row in StillHolds.everything.filter(id__in=self.rows, promise=promise.id).order_by("id"):
            row.change(entry, counts=False)


def set_aside(thing: UUID, rows: list[UUID], kind: str, fields: Mapping[str, Any]) -> Iterator[Command]:
    """The command that sets aside what an act of this kind on this thing wrote."""
    if Promise.everything.filter(id=thing).exists():
        yield SetAsideTyped(promise=thing, rows=rows)
