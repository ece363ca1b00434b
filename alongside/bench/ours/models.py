"""A matter has a keeper; notes are written on it, or reported from elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField


class Matter(Now):
    """What notes are about. Writing one locks it, and reads who keeps it."""

    keeper = models.UUIDField()
    opened_on = models.DateField()

    class Meta(Now.Meta):
        app_label = "bench"

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q(keeper__in=actor.ids)


class Note(Now):
    """The same columns as the peers' note, with its words sealed."""

    matter = models.UUIDField(db_index=True)
    by = models.UUIDField()
    kind = models.CharField(max_length=20)
    due_on = models.DateField()
    words = SealedField()

    class Meta(Now.Meta):
        app_label = "bench"

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q(by__in=actor.ids)
