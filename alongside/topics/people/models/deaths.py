"""That somebody has died, as people told us, and what ended with it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import LinkKind
from alongside.topics.people.models.links import bodies_of, circle_q, worked_q


class Death(Now):
    """That somebody has died. Nothing stops before somebody who works with them has written it down."""

    person = models.UUIDField(db_index=True)
    held_by = models.UUIDField(null=True)  # the body that answers for the record
    died_on = models.DateField(null=True)  # nobody has to know the day
    words = SealedField()
    told_by = models.UUIDField(null=True)  # somebody in their life said so; nobody, where a worker wrote it
    told_at = models.DateTimeField(null=True)
    taken_up_at = models.DateTimeField(null=True)  # somebody who works with them wrote it down since
    written_by = models.UUIDField(null=True)
    written_at = models.DateTimeField(null=True)
    borne_by = models.UUIDField(null=True)  # another who works with them says so too
    borne_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    @property
    def stands(self) -> bool:
        """Whether it is written down, and nobody has said since that it is a mistake."""
        return self.written_at is not None and self.undone_at is None

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Those who work with them, whom they let see, whose voice for them it ended, and who told it; a
        manager of the body that answers for the record; and, should it be a mistake, the person."""
        if actor.installation:
            return Q()
        if actor.person is None:
            return NO_ROWS
        mine, ended = Q(person__in=actor.ids), EndedByDeath.everything.filter(other=actor.person)
        near = circle_q(actor, at, "person") | Q(pk__in=ended.values("death"))
        said = Q(told_by=actor.person) | Q(written_by=actor.person)
        seen = mine | said | (near & Q(written_at__isnull=False))  # what was only told is no news for all
        if actor.only is not None:
            return seen & Q(pk=actor.only)
        keeps = Q(held_by__in=bodies_of(actor, at, [LinkKind.MANAGER]))
        return seen | worked_q(actor, at, "person") | keeps


class EndedByDeath(Now):
    """What ended with it: a relationship, and when it was to end before. So it can come back as it was."""

    death = models.UUIDField(db_index=True)
    link = models.UUIDField()
    other = models.UUIDField(null=True, db_index=True)  # who stood in their life, as was agreed
    was_closes_at = models.DateTimeField(null=True)
    was_until_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(other=actor.person)
