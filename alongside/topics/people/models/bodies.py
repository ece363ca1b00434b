"""Offices, who holds them, and the count of a board. Offices are public; who holds one is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import Kinds
from alongside.topics.people.models.links import bodies_of


class Office(Now):
    """A post that acts in public under its own name, whoever holds it. Its title is in Findable."""

    organisation = models.UUIDField()
    team = models.UUIDField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


def offices_held(person: UUID | None, at: datetime) -> Any:
    """The ids of the offices somebody holds, for `__in`."""
    rows = Holding.everything.filter(holder=person, opens_at__lte=at)
    return rows.filter(Q(closes_at=None) | Q(closes_at__gt=at)).values("office")


class Holding(Now):
    """Who holds an office, from when until when. Public pages show the office and never this."""

    office = models.UUIDField(db_index=True)
    organisation = models.UUIDField()
    holder = models.UUIDField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(holder=actor.person) | Q(organisation__in=bodies_of(actor, at, Kinds.COLLEAGUES))


class BoardCount(Now):
    """How many of a body's board draw on care and support: the test of what is user-led, each time anew."""

    organisation = models.UUIDField(db_index=True)
    counted_on = models.DateField()
    members = models.IntegerField()
    who_draw_on_support = models.IntegerField()
    needed_percent = models.IntegerField()  # as the rules stood that day
    passed = models.BooleanField()
    evidence = SealedField()
    said_by = models.UUIDField()
    at = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()  # a claim to be user-led is for everyone to check
