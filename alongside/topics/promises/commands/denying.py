"""What somebody typed for a person about a promise, and the person says that they did not say."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.kernel import reading
from alongside.kernel.clock import day_of
from alongside.kernel.command import Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.denying import SAID_OF_IT, Tables, rows_written, stand_aside, values
from alongside.topics.promises.commands.judging import ConfirmVerdict
from alongside.topics.promises.commands.new_day import AGREED, DECLINED
from alongside.topics.promises.models import (
    DateAnswer,
    GroupMember,
    OfferedWords,
    Promise,
    ProposedDate,
    StillHolds,
    ToldWord,
    Verdict,
    WhatNow,
    WordsAnswer,
)

ASIDE: Tables = {  # how a row stands aside that an act wrote which they did not say
    Verdict: lambda row, entry: {"counts": False, "denied": entry.number},
    StillHolds: values(counts=False),
    ToldWord: lambda row, entry: {"denied": row.denied or entry.number},
    DateAnswer: lambda row, entry: {"denied": entry.number},
    WordsAnswer: lambda row, entry: {"denied": entry.number},
    WhatNow: lambda row, entry: {"words": None, "new_day": None, **_no_longer_asked(row, entry)},
    GroupMember: values(words=None, confirmed_by=None, confirmed_on=None),  # counted in nothing from then on
}


def _no_longer_asked(row: WhatNow, entry: Recorded) -> Mapping[str, Any]:
    """Whoever answers for the promise need not answer what nobody said."""
    return {} if row.answered_on else {"answered_on": day_of(entry.at)}


class SetAsideTyped(Command):
    """Set aside what was typed for somebody who says that they did not say it."""

    records = "promises.typed_set_aside"
    may = the_installation
    says = SAID_OF_IT
    only_as_consequence = True

    promise: Id[Promise]
    rows: list[UUID] = Ask(settled=True, default=[])

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        stand_aside(ASIDE, self.rows, entry, promise=promise.id)
        for answer in DateAnswer.everything.filter(id__in=self.rows, promise=promise.id).order_by("id"):
            self._put_the_day_back(promise, answer, entry)
        for said in WordsAnswer.everything.filter(id__in=self.rows, promise=promise.id).order_by("id"):
            self._put_the_words_back(promise, said, entry)

    def _put_the_day_back(self, promise: Promise, answer: DateAnswer, entry: Recorded) -> None:
        """The day moved by a yes that was not theirs: it is what it was. A group’s is counted without it."""
        proposal = ProposedDate.everything.get(id=answer.proposal)
        if not answer.agrees or proposal.closes_on is not None or proposal.was_due_on is None:
            return
        if proposal.state == AGREED and promise.due_on == proposal.due_on:
            proposal.change(entry, state=DECLINED)
            promise.change(entry, due_on=proposal.was_due_on)

    def _put_the_words_back(self, promise: Promise, answer: WordsAnswer, entry: Recorded) -> None:
        """The words changed by a yes that was not theirs: they are what they were, whatever a group said."""
        offer = OfferedWords.everything.get(id=answer.offer)
        later = OfferedWords.everything.filter(promise=promise.id, state=AGREED, made_by__gt=offer.made_by)
        if answer.agrees and offer.state == AGREED and not later.exists():
            offer.change(entry, state=DECLINED)
            promise.change(entry, what=offer.was)


def set_aside(line: reading.Line) -> Iterator[Command]:
    """The command that sets aside what an act of this room wrote."""
    if Promise.everything.filter(id=line.recorded.thing).exists():
        yield SetAsideTyped(promise=line.recorded.thing, rows=rows_written(line))


def meant(thing: UUID, rows: list[UUID], person: UUID) -> Iterator[Command]:
    """What makes an answer that waited for it count as theirs, once they say that it is."""
    waits = Verdict.everything.filter(promise=thing, person=person, id__in=rows, needs_confirming=True)
    for verdict in waits.filter(confirmed_on=None):
        yield ConfirmVerdict(promise=thing, verdict=verdict.id)
