"""Whoever it is about says that something takes from them, whatever it is called.

Help may start without an answer. So a move could be called a start: a room in a home, from tonight. The
person, or who speaks for them, says so, and it is no help any more that may go on by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Lazy, Recorded
from alongside.kernel.letters import plain_letters
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open
from alongside.topics.decisions.commands.standing import pack_of, pack_on
from alongside.topics.decisions.commands.telling import is_typed_in_the_line
from alongside.topics.decisions.policy import the_person, their_voice
from alongside.topics.people.commands.checks import by_nobody_we_know
from alongside.topics.people.policy import joined_records

TAKES_AWAY = "takes_away"  # the step that says so


class SayItTakesAway(OnDecision):
    """Say that this takes something away from you, or limits you, whatever it is called."""

    records = "decisions.said_to_take_away"
    may = the_person | their_voice
    says = _("%(by)s said that this takes something away, whatever it is called.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)
    lead: ClassVar[Lazy] = _(
        "Then it cannot go on by itself. It waits for your answer, or for a legal reason that somebody "
        "outside has seen."
    )
    done: ClassVar[Lazy] = _("Thank you. Those who decide are told. It waits for your answer now.")

    step: Fresh[models.Step] = Ask(settled=True)
    review: Fresh[models.Review] = Ask(settled=True)
    due_on: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"due_on": pack_of(decision).due("decision.ground.lapse_review_days", at.date())}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if decision.is_own:
            yield "", _("This is yours alone to decide.")
        elif decision.takes_away:
            yield "", _("It is treated so already: nothing may be taken away before you answer.")
        if is_typed_in_the_line(decision.id, at):
            yield "", _("You work in the line that wrote it down. Somebody else must type this.")
        yield from by_nobody_we_know(at)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, takes_away=True, may_be_unanswered=False)
        models.Step.begin(
            entry, id=self.step, decision=decision.id, kind=TAKES_AWAY, words=None, by=entry.by, at=entry.at
        )
        models.Review.begin(
            entry,
            id=self.review,
            decision=decision.id,
            person=decision.person,
            why="said_to_take_away",
            due_on=self.due_on,
            done_at=None,
            words=None,
        )


CALLED_HELP_AGAIN = _(
    "They said of this that it takes something away. Put it as what it is, and it waits for their answer. "
    "Other help may start at once, in its own words."
)


def called_help_again(person: UUID, words: Any, change: str, at: At) -> bool:
    """Whether somebody else puts in the same words, as help or as a small thing, what the person said takes
    something from them: in whatever matter it was, and whatever became of that."""
    stands, joined = joined_records(person)
    if {stands, *joined} & set(at.by.records) and at.by.typed_by is None:
        return False
    if pack_on(at.date()).item("decision.changes", change)["taking_away"]:
        return False
    theirs = models.Decision.everything.filter(person__in=[stands, *joined])
    said = models.Step.everything.filter(kind=TAKES_AWAY, decision__in=theirs.values("id"))
    before = models.Decision.everything.filter(id__in=said.values("decision"))
    return plain_letters(str(words)) in {plain_letters(str(row.title)) for row in before}


def they_say_it_takes_away(decision: models.Decision) -> bool:
    """Whether the person, or who speaks for them, said so: then nobody who decides calls it help again."""
    return models.Step.everything.filter(decision=decision.id, kind=TAKES_AWAY).exists()
