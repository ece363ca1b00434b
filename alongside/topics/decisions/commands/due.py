"""What the clock brings: a ground lapses; help began in a hurry and nobody was asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.kernel.clock import day_of
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.coming import coming
from alongside.topics.decisions.commands.fitting import unsettled
from alongside.topics.decisions.commands.going import lapses
from alongside.topics.decisions.commands.grounds import end_ground
from alongside.topics.decisions.commands.standing import pack_of


class LapseGround(OnDecision):
    """Note that a legal reason has come to its end."""

    records = "decisions.ground_lapsed"
    may = the_installation
    says = _("A legal reason came to its end. Care goes on, and somebody looks again.")

    ground: Id[models.Ground] = Ask(_("Which legal reason?"), used_for=_("It says which one has ended."))
    review: Fresh[models.Review] = Ask(settled=True)
    due_on: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, ground: models.Ground, at: At) -> Mapping[str, Any]:
        return {
            "due_on": pack_of(decision).due("decision.ground.lapse_review_days", day_of(ground.expires_at))
        }

    def objections(self, decision: models.Decision, ground: models.Ground, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, ground=ground)
        if ground.ended_at is not None:
            yield "ground", _("This has ended already.")
        elif ground.expires_at > at.moment:
            yield "ground", _("This has not come to its end yet.")

    def apply(self, decision: models.Decision, ground: models.Ground, entry: Recorded) -> None:
        end_ground(self, decision, ground, entry)


class MissInvolvement(OnDecision):
    """Note that help started in a hurry and the person was not involved in time."""

    records = "decisions.involvement_missed"
    may = the_installation
    says = _("The time to involve the person is over, and nobody has. The help goes on.")

    review: Fresh[models.Review] = Ask(settled=True)
    due_on: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"due_on": at.date()}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if decision.involve_by is None or decision.involve_by > at.moment:
            yield "", _("There is still time, or they are involved already.")
        missed = models.Review.everything.filter(decision=decision.id, why="not_involved", done_at=None)
        if missed.exists():
            yield "", _("This is noted already.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Review.begin(
            entry,
            id=self.review,
            decision=decision.id,
            person=decision.person,
            why="not_involved",
            due_on=self.due_on,
            done_at=None,
            words=None,
        )


def due(now: datetime) -> Iterable[Command]:
    """Every command whose time has come, for the clock to carry out."""
    yield from lapses(now)
    yield from unsettled(now)
    for ground in models.Ground.everything.filter(ended_at=None, expires_at__lte=now).order_by("expires_at"):
        yield LapseGround(decision=ground.decision, ground=ground.id)
    noted = models.Review.everything.filter(why="not_involved", done_at=None).values("decision")
    late = models.Decision.everything.filter(state=models.State.OPEN, involve_by__lte=now)
    for decision in late.exclude(id__in=noted).order_by("involve_by"):
        yield MissInvolvement(decision=decision.id)
    yield from coming(now)
