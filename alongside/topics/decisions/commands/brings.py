"""What an entry brings with it, for the wiring page: further commands, in its own transaction.

What the clock brings is `due(now)` of due.py, and whom an entry tells is in tells.py.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.kernel.command import Command, Recorded
from alongside.kernel.policy import NO_ROWS
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import asking_outside, checking, further, resting
from alongside.topics.decisions.commands.everyday import UndoEveryday
from alongside.topics.decisions.commands.merged import (
    OTHER_COLUMNS,
    PARTS_OF_ANYBODY,
    PARTS_WITH_PEOPLE,
    FollowMerge,
)
from alongside.topics.decisions.commands.raising import RaiseAboutPlace
from alongside.topics.decisions.commands.seeing import ask_to_look


def follow_merge(command: Any, entry: Recorded) -> Iterator[Command]:
    """Two records became one: each matter that names the old one names the one that stays."""
    old = command.other
    mine = Q(person=old) | Q(raised_by=old)
    named: set[UUID] = set(models.Decision.everything.filter(mine).values_list("id", flat=True))
    for model in (*PARTS_WITH_PEOPLE, *PARTS_OF_ANYBODY):
        theirs = Q(person=old) if model in PARTS_WITH_PEOPLE else NO_ROWS
        for name in OTHER_COLUMNS.get(model, ()):
            theirs |= Q(**{name: old})
        named |= set(model.everything.filter(theirs).values_list("decision", flat=True))
    for decision in sorted(named):
        yield FollowMerge(decision=decision, old=old, new=command.person)


def switch_off(command: Any, entry: Recorded) -> Iterator[Command]:
    """The good that a change claimed did not come, or was not measured: switching it off is to be decided."""
    if command.result != "came":
        name = str(models.Change.everything.get(id=command.change).name or _("A change"))
        what = _("%(name)s: the good it was to do did not come. Should it be switched off?")
        if command.result == "not_measured":
            what = _("%(name)s: nobody can say that the good it was to do came. Should it be switched off?")
        yield RaiseAboutPlace(
            organisation=command.organisation,
            what=str(what) % {"name": name},
            change="end",
            from_change=command.change,
        )


def undo_what_was_not_agreed(command: Any, entry: Recorded) -> Iterator[Command]:
    """They did not agree it, and the days to undo it are not over: it goes back to how it was."""
    if command.undoes:
        yield UndoEveryday(decision=entry.thing, words=command.words or "")


WHEN: dict[str, list[Callable[[Any, Recorded], Iterable[Command]]]] = {
    "decisions.benefit_settled": [switch_off],
    "decisions.agreement_answered": [undo_what_was_not_agreed],
    "decisions.ground_recorded": [ask_to_look],
    "decisions.ground_renewed": [ask_to_look],
    **checking.AFTER,  # who checks what was typed, and what came of it
    **resting.AFTER,  # what was open about the life of somebody who has died
    **asking_outside.AFTER,  # who answers that a decision is wrong
    **further.AFTER,  # who takes up a worry that nobody on duty did
}
