"""What was open about the life of somebody who has died stops where it is. After a mistake it goes on.

Where a matter of somebody else waits for them, it does so until somebody outside the line of those who decide
it says that they have died: else whoever wants to go on would write a death.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.outside import outside_of_law
from alongside.topics.decisions.models import State
from alongside.topics.people.models import Death
from alongside.topics.people.policy.deaths import days_lost, has_died, has_died_q, who_wrote_it_down

MOST_AT_ONCE = 200
DAYS_OF_THEIRS = ("answer_by", "undo_until")  # by which they answer, or undo what was agreed with them


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

    state: str = Ask(settled=True, default=State.OPEN.value)
    # Nobody answers, or undoes anything, on the days on which they are written down as dead.
    answer_by: date | None = Ask(settled=True, default=None)
    undo_until: date | None = Ask(settled=True, default=None)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        lost = days_lost(decision.person)
        again = State.OPEN if decision.state == State.RESTED else decision.state
        later = {name: getattr(decision, name) for name in DAYS_OF_THEIRS}
        return {"state": str(again), **{name: day and day + lost for name, day in later.items()}}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        stopped = decision.state == State.RESTED or decision.undo_until is not None
        if not stopped or has_died(decision.person):
            yield "", _("This did not stop because somebody died.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        days = {name: getattr(self, name) for name in DAYS_OF_THEIRS}
        decision.change(entry, state=self.state, **{name: day for name, day in days.items() if day})


def _theirs(person: UUID | None, state: State) -> list[UUID]:
    rows = models.Decision.everything.filter(person=person, state=state) if person else None
    return [] if rows is None else list(rows.order_by("raised_at", "id").values_list("id", flat=True))


def rest_their_matters(command: Any, entry: Recorded) -> Iterable[Command]:
    """Everything that was open about the life of whoever has died."""
    for pk in _theirs(command.person, State.OPEN):
        yield RestMatter(decision=pk)


def go_on_with_their_matters(command: Any, entry: Recorded) -> Iterable[Command]:
    """The same again, where it was a mistake; and what they could still undo, for as many days more."""
    if not command.stood:
        return
    began = clock.day_of(Death.everything.get(pk=command.death).written_at)
    small = models.Decision.everything.filter(
        person=command.person, state=State.DECIDED, undo_until__gte=began
    )
    for pk in [*_theirs(command.person, State.RESTED), *sorted(small.values_list("id", flat=True))]:
        yield GoOnWithMatter(decision=pk)


def due_to_rest(now: datetime) -> Iterable[Command]:
    """What the clock brings: a matter that was opened anew after its person had died."""
    theirs = models.Decision.everything.filter(has_died_q(), state=State.OPEN)
    for pk in theirs.order_by("raised_at", "id").values_list("id", flat=True)[:MOST_AT_ONCE]:
        yield RestMatter(decision=pk)


class HearOfDeath(OnDecision):
    """Note who says that somebody this waits for has died."""

    records = "decisions.death_heard"
    may = the_installation
    says = _("It is written down that somebody this waited for has died.")

    affected: Id[models.Affected]
    said_by: UUID = Ask(settled=True)

    def objections(self, decision: models.Decision, affected: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, affected=affected)
        if not has_died(affected.person):
            yield "", _("Nobody has written that down.")

    def apply(self, decision: models.Decision, affected: models.Affected, entry: Recorded) -> None:
        affected.change(entry, said_dead_by=self.said_by)


class HearTheyLive(OnDecision):
    """Note that somebody this waits for has not died."""

    records = "decisions.death_unheard"
    may = the_installation
    says = _("That somebody this waits for had died was a mistake. It waits for them again.")

    affected: Id[models.Affected]

    def objections(self, decision: models.Decision, affected: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, affected=affected)
        if has_died(affected.person):
            yield "", _("They have died, as far as is written down.")

    def apply(self, decision: models.Decision, affected: models.Affected, entry: Recorded) -> None:
        affected.change(entry, said_dead_by=None)


def _waits_for(people: Iterable[UUID], moment: datetime, voices: Mapping[UUID, UUID]) -> Iterator[Command]:
    """Each open matter of somebody else that names one of these: whose word of the death it goes by."""
    rows = models.Affected.everything.filter(person__in=list(people), ended_at=None).order_by("made_by", "id")
    of = models.Decision.everything.filter(id__in=rows.values("decision"), state=State.OPEN)
    matters = {row.id: row for row in of}
    for row in rows:
        matter, by = matters.get(row.decision), voices.get(row.person)
        if matter is None or matter.person == row.person or by is None or row.said_dead_by == by:
            continue
        if row.said_dead_by is None or by in outside_of_law(matter, moment):
            yield HearOfDeath(decision=matter.id, affected=row.id, said_by=by)


def hear_in_matters_of_others(command: Any, entry: Recorded) -> Iterable[Command]:
    """Whoever wrote it down, or bears it out."""
    return _waits_for([command.person], entry.at, {command.person: entry.by})


def wait_for_them_again(command: Any, entry: Recorded) -> Iterable[Command]:
    """They live: whatever named them waits for them as before."""
    if command.stood and command.person:
        rows = models.Affected.everything.filter(person=command.person, said_dead_by__isnull=False)
        for row in rows.order_by("made_by", "id"):
            yield HearTheyLive(decision=row.decision, affected=row.id)


def due_to_hear(now: datetime) -> Iterable[Command]:
    """What the clock brings: a death that was written down before a matter was opened anew, or long ago."""
    open_now = models.Decision.everything.filter(state=State.OPEN)
    unheard = models.Affected.everything.filter(
        has_died_q(), said_dead_by=None, ended_at=None, decision__in=open_now.values("id")
    )
    people = set(unheard.values_list("person", flat=True))
    if people:
        yield from list(islice(_waits_for(people, now, who_wrote_it_down(people)), MOST_AT_ONCE))


AFTER = {
    "people.death_written_down": [rest_their_matters, hear_in_matters_of_others],
    "people.death_borne_out": [hear_in_matters_of_others],
    "people.death_undone": [go_on_with_their_matters, wait_for_them_again],
}
