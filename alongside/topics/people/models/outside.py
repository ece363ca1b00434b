"""What a person or a body has asked of programs: a calendar of days, to act for them, and word of changes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import LinkKind
from alongside.topics.people.models.links import bodies_of


def of_oneself_q(actor: Actor) -> Q:
    """Rows that only the person they name sees, and not by a code from a letter."""
    if actor.installation:
        return Q()
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(person=actor.person)


class Calendar(Now):
    """That a person wants their days in a calendar. Its address follows from the row and our keys alone."""

    person = models.UUIDField(db_index=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Only its owner: it says when something of theirs is due, and that they asked."""
        return of_oneself_q(actor)


class ActingProgram(Now):
    """A program that a person lets act for them, by their own hand. Its token follows from the row and our
    keys alone, and opens nothing once the row has ended."""

    person = models.UUIDField(db_index=True)
    name = SealedField()  # what the person calls it
    is_strong = models.BooleanField()  # it may decide about others, as that person may with a passkey
    since = models.DateTimeField()
    until = models.DateField()  # the last day
    ended_at = models.DateTimeField(null=True)

    def acts_on(self, day: date) -> bool:
        """Whether it may act for them: not once it was stopped, nor after its last day."""
        return self.ended_at is None and day <= self.until

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Only whom it acts for."""
        return of_oneself_q(actor)


class Hook(Now):
    """A program of a body that is told what changed about services and places. It is sent no words."""

    organisation = models.UUIDField(db_index=True)
    address = models.CharField(max_length=500)
    set_by = models.UUIDField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return self.address

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Those who manage the body."""
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(organisation__in=bodies_of(actor, at, [LinkKind.MANAGER]))
