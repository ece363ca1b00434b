"""When nobody has answered those who say that a promise no longer holds, and the day for it is over."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Command, Id, Lazy, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.people.models import Team
from alongside.topics.people.policy import managers_of_team, teams_of
from alongside.topics.promises.commands.telling import tell, tell_all, tell_group
from alongside.topics.promises.models import Erosion, Promise

MOST_AT_ONCE = 500


class NoteNoAnswer(Command):
    """Note that nobody answered in time those who say that a promise no longer holds."""

    records = "promises.erosion_overdue"
    may = the_installation
    says = _("The day to answer those who say that the promise no longer holds went by without an answer.")

    promise: Id[Promise]
    erosion: Id[Erosion]
    on_day: date | None = Ask(settled=True)

    def settle(self, promise: Promise, erosion: Erosion, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, promise: Promise, erosion: Erosion, at: At) -> Iterator[tuple[str, Lazy]]:
        if erosion.promise != promise.id or erosion.answered_on is not None:
            yield "erosion", _("This has been answered already.")
        elif erosion.answer_by is None or erosion.answer_by >= at.date() or erosion.overdue_on is not None:
            yield "erosion", _("There is nothing to note about this today.")

    def about(self, promise: Promise, erosion: Erosion, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, erosion: Erosion, entry: Recorded) -> None:
        erosion.change(entry, overdue_on=self.on_day)

    def leaves(
        self, promise: Promise, erosion: Erosion, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Its owner, and who manages them: they can answer it too. And those it was made to."""
        over = _over(promise.owner, recorded.at)
        for person in [promise.owner, *sorted(over - {promise.owner})]:
            yield tell(person, "erosion_overdue", promise.id)
        yield from tell_all(promise.id, "erosion_overdue", promise.owner)
        if erosion.is_open:
            yield from tell_group(promise.id, "erosion_overdue", recorded, but=[promise.owner, *over])


def _over(owner: UUID, at: datetime) -> set[UUID]:
    """Who manages the owner: in their own team, or in the nearest larger one that somebody else manages."""
    found: set[UUID] = set()
    for team in teams_of(owner, at):
        step: UUID | None = team
        while step is not None:
            here = set(managers_of_team(step, at)) - {owner}
            found |= here
            above = Team.everything.filter(pk=step).values_list("above", flat=True).first()
            step = None if here else above
    return found


def silent(now: datetime) -> Iterable[Command]:
    """What the clock brings: each note of this kind whose day is over, and that nobody has answered."""
    late = Erosion.everything.filter(answered_on=None, overdue_on=None, answer_by__lt=clock.day_of(now))
    for promise, erosion in late.order_by("answer_by", "id").values_list("promise", "id")[:MOST_AT_ONCE]:
        yield NoteNoAnswer(promise=promise, erosion=erosion)
