"""What was open about the life of somebody who has died stops where it is. After a mistake it goes on."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Command, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision
from alongside.topics.decisions.models import State
from alongside.topics.people.policy.deaths import has_died, who_died

MOST_AT_ONCE = 200


class RestMatter(OnDecision):
    """Note that this is not decided any more, because they have died."""

    records = "decisions.rested"
    may = the_installation
    says = _("This stopped where it was, because the person it is about has died.")

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if not decision.is_open or not has_died(decision.person):
            yield "", _("There is nothing to stop here.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, state=State.RESTED)


class GoOnWithMatter(OnDecision):
    """Note that this goes on: that they had died was a mistake."""

    records = "decisions.goes_on_again"
    may = the_installation
    says = _("This goes on. That the person it is about had died was a mistake.")

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if decision.state != State.RESTED or has_died(decision.person):
            yield "", _("This did not stop because somebody died.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, state=State.OPEN)


def _theirs(person: UUID | None, state: State) -> list[UUID]:
    rows = models.Decision.everything.filter(person=person, state=state) if person else None
    return [] if rows is None else list(rows.order_by("raised_at", "id").values_list("id", flat=True))


def rest_their_matters(command: Any, entry: Recorded) -> Iterable[Command]:
    """Everything that was open about the life of whoever has died."""
    for pk in _theirs(command.person, State.OPEN):
        yield RestMatter(decision=pk)


def go_on_with_their_matters(command: Any, entry: Recorded) -> Iterable[Command]:
    """The same again, where it was a mistake."""
    for pk in _theirs(command.person, State.RESTED) if command.stood else ():
        yield GoOnWithMatter(decision=pk)


def due_to_rest(now: datetime) -> Iterable[Command]:
    """What the clock brings: a matter that was opened anew after its person had died."""
    rows = models.Decision.everything.filter(state=State.OPEN, person__isnull=False)
    people = who_died(rows.order_by().values_list("person", flat=True).distinct())
    if not people:
        return
    theirs = rows.filter(person__in=people).order_by("raised_at", "id")
    for pk in theirs.values_list("id", flat=True)[:MOST_AT_ONCE]:
        yield RestMatter(decision=pk)


AFTER = {"people.death_written_down": [rest_their_matters], "people.death_undone": [go_on_with_their_matters]}
