"""A worry that nobody on duty took up by its day goes to somebody outside the duty team: one after the other.

A rule says whose turn it is (commands/takers.py). The duty team is not told who is asked, nor does it read
what they did: the worry may be about one of them. Where nobody is left, whoever reads it is told where else
to go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.takers import Everybody, Takers
from alongside.topics.decisions.models import ChecksAs
from alongside.topics.decisions.policy.worries import asked_to_take_up
from alongside.topics.people.commands.asked import (
    SAY_SO_AT_ONCE,
    THE_NEXT_IS_ASKED,
    asked_already,
    told_to_read,
)
from alongside.topics.people.models import is_next_ones_turn, were_enough

TAKE_DAYS = "worry.take_days"
SO_THAT_ONE_TAKES_IT_UP = _("So that somebody takes this worry up.")
TAKEN = _("Somebody looked into this already.")


def day_after(day: date) -> date | None:
    """By when a worry of this day is to be taken up, or one who is asked is to take it up."""
    pack = rules.here(day)
    return pack.due(TAKE_DAYS, day) if TAKE_DAYS in pack else None


def take_by(concern: models.Concern) -> date | None:
    """By when it is to be taken up: of one that came before there was such a day, worked out."""
    return concern.take_by or day_after(clock.day_of(concern.raised_at))


def _taken_already(concern: models.Concern) -> Iterator[Objection]:
    if concern.taken_at is not None:
        yield "", TAKEN


class AskToTakeUp(Command):
    """Ask somebody outside the duty team to take up a worry."""

    records = "decisions.concern_taken_further"
    may = the_installation
    only_as_consequence = True
    says = _("Nobody on duty had taken this worry up. Somebody outside the duty team was asked.")

    concern: Id[models.Concern]
    row: Fresh[models.ConcernAsked] = Ask(settled=True)
    asked: UUID = Ask(used_for=SO_THAT_ONE_TAKES_IT_UP)
    standing: ChecksAs = Ask(used_for=SO_THAT_ONE_TAKES_IT_UP)
    body: UUID = Ask(used_for=SO_THAT_ONE_TAKES_IT_UP)
    office: UUID | None = None
    answer_by: date | None = Ask(settled=True)

    def settle(self, concern: models.Concern, at: At) -> Mapping[str, Any]:
        return {"answer_by": day_after(at.date())}

    def objections(self, concern: models.Concern, at: At) -> Iterator[Objection]:
        yield from _taken_already(concern)
        yield from asked_already(models.ConcernAsked.asked_of(concern.id), self.asked, name="asked")

    def apply(self, concern: models.Concern, entry: Recorded) -> None:
        models.ConcernAsked.make_room(concern.id, entry)
        models.ConcernAsked.begin(
            entry,
            id=self.row,
            concern=concern.id,
            asked=self.asked,
            standing=self.standing,
            body=self.body,
            office=self.office,
            asked_at=entry.at,
            answer_by=self.answer_by,
            taken_at=None,
            came_of=None,
            ended_at=None,
        )
        concern.change(entry, further_at=concern.further_at or entry.at, nobody_at=None)

    def leaves(self, concern: models.Concern, entry: Recorded) -> Iterable[Any]:
        yield told_to_read(self.asked, "/worries/")


class CannotTakeUp(Command):
    """Say that you cannot take up this worry. The next one is asked."""

    records = "decisions.concern_passed_on"
    may = asked_to_take_up
    says = _("Somebody outside the duty team said that they cannot take up this worry.")
    strong = True
    page: ClassVar[str] = "home"
    lead: ClassVar[Lazy] = SAY_SO_AT_ONCE
    done: ClassVar[Lazy] = THE_NEXT_IS_ASKED

    concern: Id[models.Concern]

    def objections(self, concern: models.Concern, at: At) -> Iterator[Objection]:
        yield from _taken_already(concern)

    def apply(self, concern: models.Concern, entry: Recorded) -> None:
        models.ConcernAsked.pass_on(concern.id, entry)


class NoteNobodyOutside(Command):
    """Note that nobody outside the duty team is left to take up a worry."""

    records = "decisions.concern_nobody_outside"
    may = the_installation
    only_as_consequence = True
    says = _("Nobody outside the duty team was left to take up this worry.")

    concern: Id[models.Concern]

    def objections(self, concern: models.Concern, at: At) -> Iterator[Objection]:
        yield from _taken_already(concern)
        if was_noted_on(concern, at.date()):
            yield "", _("This was noted already.")

    def apply(self, concern: models.Concern, entry: Recorded) -> None:
        concern.change(entry, nobody_at=entry.at)


# Who is asked, and when the next one is -------------------------------------------------------------------


def asked_row(concern: models.Concern, ids: Iterable[UUID]) -> models.ConcernAsked | None:
    """By which asking one of these sees it, if by one."""
    row: models.ConcernAsked | None = (
        models.ConcernAsked.asked_now(concern.id).filter(asked__in=list(ids)).last()
    )
    return row


def ask_the_next(command: CannotTakeUp, entry: Recorded) -> Iterable[Command]:
    """For WHEN: whoever was asked cannot, and the next one is asked."""
    yield from _next(Takers(models.Concern.everything.get(pk=entry.thing), entry.at))


def _next(takers: Takers) -> Iterator[Command]:
    concern = takers.concern
    before = models.ConcernAsked.who_was_asked(concern.id)
    found = None if were_enough(before) else takers.next(before)
    if found is not None:
        yield AskToTakeUp(
            concern=concern.id,
            asked=found.person,
            standing=found.standing,
            body=found.body,
            office=found.office,
        )
    else:
        yield NoteNobodyOutside(concern=concern.id)


def was_noted_on(concern: models.Concern, day: date) -> bool:
    """Whether it was noted on this day that nobody is left."""
    return concern.nobody_at is not None and clock.day_of(concern.nobody_at) >= day


def due_to_take_up(now: datetime) -> Iterable[Command]:
    """What the clock brings: where nobody on duty took it up by its day, somebody outside is asked; and the
    next one when their day is over. Nobody is asked twice. Where nobody is left it is tried anew each day,
    and whoever reads it is told anew."""
    today, everybody = clock.day_of(now), Everybody()
    for concern in list(models.Concern.everything.filter(taken_at=None).order_by("raised_at", "id")):
        day = take_by(concern)
        if day is None or day >= today or was_noted_on(concern, today):
            continue
        takers = Takers(concern, now, everybody)
        asked = models.ConcernAsked.asked_of(concern.id)
        if is_next_ones_turn(asked, today, is_able=takers.can_still):
            yield from _next(takers)


AFTER: Mapping[str, list[Callable[[Any, Recorded], Iterable[Command]]]] = {  # for WHEN
    "decisions.concern_passed_on": [ask_the_next]
}
