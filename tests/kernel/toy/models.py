"""A garden: beds, and plants that belong to somebody."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField


class Bed(Now):
    """A bed holds only so many plants."""

    room = models.IntegerField()
    plants = models.IntegerField()

    class Meta(Now.Meta):
        app_label = "toy"

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


class Plant(Now):
    """A plant belongs to somebody, who alone sees it."""

    keeper = models.UUIDField()
    water = models.IntegerField()
    planted_on = models.DateField()
    note = SealedField()

    class Meta(Now.Meta):
        app_label = "toy"

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q(keeper__in=actor.ids)
