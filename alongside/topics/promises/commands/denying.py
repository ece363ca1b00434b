"""What somebody typed for a person about a promise, and the person says that they did not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.promises.commands.afterwards import AGREED, DECLINED
from alongside.topics.promises.commands.judging import ConfirmVerdict
from alongside.topics.promises.models import DateAnswer, Promise, ProposedDate, StillHolds, Verdict


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
        for answer in DateAnswer.everything.filter(id__in=self.rows, promise=promise.id).order_by("id"):
            answer.change(entry, denied=entry.number)
            self._put_the_day_back(promise, answer, entry)

    def _put_the_day_back(self, promise: Promise, answer: DateAnswer, entry: Recorded) -> None:
        """The day moved by a yes that was not theirs: it is what it was. A group’s is counted without it."""
        proposal = ProposedDate.everything.get(id=answer.proposal)
        if not answer.agrees or proposal.closes_on is not None or proposal.was_due_on is None:
            return
        if proposal.state == AGREED and promise.due_on == proposal.due_on:
            proposal.change(entry, state=DECLINED)
            promise.change(entry, due_on=proposal.was_due_on)


def set_aside(thing: UUID, rows: list[UUID], kind: str, fields: Mapping[str, Any]) -> Iterator[Command]:
    """The command that sets aside what an act of this kind on this thing wrote."""
    if Promise.everything.filter(id=thing).exists():
        yield SetAsideTyped(promise=thing, rows=rows)


def meant(thing: UUID, rows: list[UUID], person: UUID) -> Iterator[Command]:
    """What makes an answer that waited for it count as theirs, once they say that it is."""
    waits = Verdict.everything.filter(promise=thing, person=person, id__in=rows, needs_confirming=True)
    for verdict in waits.filter(confirmed_on=None):
        yield ConfirmVerdict(promise=thing, verdict=verdict.id)
