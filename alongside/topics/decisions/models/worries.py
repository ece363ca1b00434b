"""Strangers’ worries: what came to the duty team, and who was asked to take it up when nobody of it did."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import EVERY_ROW, NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.checking import ChecksAs
from alongside.topics.decisions.policy.worries import asked_to_take_up_q, still_there_q, worry_q
from alongside.topics.people.models import AskedOutside


class Concern(Now):
    """A stranger's worry about somebody. It goes to the duty team, and shows the stranger nothing."""

    organisation = models.UUIDField(db_index=True)
    words = SealedField()
    contact = SealedField()
    raised_by = models.UUIDField()
    raised_at = models.DateTimeField()
    take_by = models.DateField(null=True)  # none of before it was asked: then it is worked out
    further_at = models.DateTimeField(null=True)  # when somebody outside the duty team was first asked
    nobody_at = models.DateTimeField(null=True)  # when nobody was left to ask
    taken_by = models.UUIDField(null=True)  # of the duty team: of whoever is outside, nobody reads who
    taken_at = models.DateTimeField(null=True)
    came_of = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return worry_q(actor, at, "organisation") | asked_to_take_up_q(actor, at)


class ConcernAsked(AskedOutside):
    """That somebody outside the duty team is asked to take up a worry, by a day; and what they did."""

    OF, WHO, UNTIL = "concern", "asked", "ended_at"

    concern = models.UUIDField(db_index=True)
    asked = models.UUIDField(db_index=True)
    standing = models.CharField(max_length=10, choices=ChecksAs.choices)
    body = models.UUIDField()  # where they work; of an office, the body that named it
    answer_by = models.DateField()
    taken_at = models.DateTimeField(null=True)
    came_of = SealedField()  # theirs alone: the worry may be about one of the duty team
    ended_at = models.DateTimeField(null=True)  # from then on they see nothing of it by this

    @classmethod
    def is_to_do(cls) -> Q:
        waits = Concern.everything.filter(taken_at=None).values("id")
        return super().is_to_do() & Q(concern__in=waits)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Whoever is asked, and nobody else: nobody leans on them, and the duty team neither."""
        if actor.installation:
            return EVERY_ROW
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(asked__in=actor.ids, ended_at=None) & still_there_q(actor, at)
