"""How a legal reason ends: somebody says so, or the clock does. Care goes on, and somebody looks again.

What was decided on an emergency that nobody outside the line that decides has seen, or that one of them does
not agree with, holds no longer then, whoever ends it: it is open again, and what was taken away comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import day_of
from alongside.kernel.command import Ask, At, Fresh, Id, Lazy, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.reopening import open_again
from alongside.topics.decisions.commands.seeing import ends_unseen, lapses_unseen
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import State
from alongside.topics.decisions.policy import who_decides

WHICH = _("Which legal reason?")
UNSEEN = _(
    "An emergency ended: nobody from outside had seen it in its day, or one of them does "
    "not agree. Somebody looks again."
)
NO_LONGER = _(
    "An emergency ended: nobody from outside had seen it, or one of them does not agree. "
    "What was decided on it holds no longer, and it is open again."
)


class Ends(OnDecision):
    """What every end of a legal reason does."""

    ground: Id[models.Ground] = Ask(WHICH, used_for=_("It says which one has ended."))
    review: Fresh[models.Review] = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    unseen: bool | None = Ask(settled=True)  # an emergency that nobody outside the line had seen in its day
    reopens: bool | None = Ask(settled=True)  # what was decided on it holds no longer
    earlier: Fresh[models.Earlier] = Ask(settled=True)
    number: int | None = Ask(settled=True)

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        if fields.get("reopens"):
            return NO_LONGER
        return UNSEEN if fields.get("unseen") else cls.says

    def settled_end(
        self, decision: models.Decision, ground: models.Ground, day: date, *, unseen: bool
    ) -> Mapping[str, Any]:
        decided = decision.state == State.DECIDED and ground.decided_writing is not None
        return {
            "due_on": pack_of(decision).due("decision.ground.lapse_review_days", day),
            "unseen": unseen,
            "reopens": unseen and decided,
            "number": models.Earlier.everything.filter(decision=decision.id).count() + 1,
        }

    def objections(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, ground=ground)
        if ground.ended_at is not None:
            yield "ground", _("This has ended already.")

    def apply(self, decision: models.Decision, ground: models.Ground, entry: Recorded) -> None:
        ground.change(entry, ended_at=entry.at)
        models.GroundAsked.let_go(ground.id, entry, but=None)
        models.Review.begin(
            entry,
            id=self.review,
            decision=decision.id,
            person=ground.person,
            why="ended_unseen" if self.reopens else "ground_ended",
            due_on=self.due_on,
            done_at=None,
            words=None,
        )
        if self.reopens:
            open_again(decision, entry, earlier=self.earlier, number=self.number, ground=ground.id)


class EndGround(Ends):
    """Say that a legal reason holds no longer."""

    records = "decisions.ground_ended"
    may = who_decides
    says = _("%(by)s said that a legal reason holds no longer.")

    def settle(self, decision: models.Decision, ground: models.Ground, at: At) -> Mapping[str, Any]:
        unseen = ends_unseen(decision, ground, at.moment)
        return self.settled_end(decision, ground, at.date(), unseen=unseen)


class LapseGround(Ends):
    """Note that a legal reason has come to its end."""

    records = "decisions.ground_lapsed"
    may = the_installation
    says = _("A legal reason came to its end. Care goes on, and somebody looks again.")

    def settle(self, decision: models.Decision, ground: models.Ground, at: At) -> Mapping[str, Any]:
        unseen = lapses_unseen(decision, ground, at.moment)
        end = (
            min(ground.holds_until, ground.expires_at) if unseen and ground.holds_until else ground.expires_at
        )
        return self.settled_end(decision, ground, day_of(end), unseen=unseen)

    def objections(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        yield from super().objections(decision, ground, at)
        if ground.ended_at is None and ground.expires_at > at.moment and not self.unseen:
            yield "ground", _("This has not come to its end yet.")
