"""What the clock brings: a ground lapses; help began in a hurry and nobody was asked."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Command, Fresh, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.asking_outside import due_to_answer
from alongside.topics.decisions.commands.base import Objection, OnDecision
from alongside.topics.decisions.commands.checking import due_to_check
from alongside.topics.decisions.commands.coming import coming
from alongside.topics.decisions.commands.ending import LapseGround
from alongside.topics.decisions.commands.fitting import unsettled
from alongside.topics.decisions.commands.further import due_to_take_up
from alongside.topics.decisions.commands.going import lapses
from alongside.topics.decisions.commands.lookers import pairs
from alongside.topics.decisions.commands.resting import due_to_hear, due_to_rest
from alongside.topics.decisions.commands.seeing import due_to_ask, lapses_unseen
from alongside.topics.decisions.commands.taking import said_for_long_enough


class MissInvolvement(OnDecision):
    """Note that help started in a hurry and the person was not involved in time."""

    records = "decisions.involvement_missed"
    may = the_installation
    says = _("The time to involve the person is over, and nobody has. The help goes on.")
    says_about_you = _("The time to involve you is over, and nobody has. The help goes on.")

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
    over = Q(expires_at__lte=now) | Q(holds_until__lte=now)
    ended = models.Ground.everything.filter(over, ended_at=None).order_by("expires_at", "id")
    for decision, ground in pairs(list(ended)):
        if ground.expires_at <= now or lapses_unseen(decision, ground, now):
            yield LapseGround(decision=decision.id, ground=ground.id)
    yield from due_to_ask(now)
    yield from due_to_check(now)
    yield from due_to_answer(now)
    yield from due_to_take_up(now)
    noted = models.Review.everything.filter(why="not_involved", done_at=None).values("decision")
    late = models.Decision.everything.filter(state=models.State.OPEN, involve_by__lte=now)
    for decision in late.exclude(id__in=noted).order_by("involve_by"):
        yield MissInvolvement(decision=decision.id)
    yield from said_for_long_enough(now)
    yield from coming(now)
    yield from due_to_rest(now)
    yield from due_to_hear(now)
