"""What is held, held back, joined or erased. Each of these takes two people and a reason."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import LinkKind
from alongside.topics.people.models.links import asked_to_agree_q, bodies_of, not_held_back_q, worked_q


class Hold(Now):
    """That a person's record must be kept for now: an inquiry, a complaint, a court matter."""

    person = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=30)  # retention.holds of the rule pack
    words = SealedField()
    placed_by = models.UUIDField()
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _theirs(actor, at, or_by="placed_by") & not_held_back_q(actor, at)


class Erasure(Now):
    """That somebody's words, or one misfiled note, are to be destroyed: asked by one, agreed by another."""

    person = models.UUIDField(db_index=True)
    held_by = models.UUIDField(null=True)  # the body that answers for the record
    note = models.UUIDField(null=True)  # the one entry to remove; empty for everything of the person's
    reason = models.CharField(max_length=30)
    words = SealedField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    @property
    def shown_people(self) -> list[UUID]:  # whom a form about this names at its top
        return [self.person]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        own = _theirs(actor, at, or_by="asked_by")
        if actor.installation or actor.person is None or actor.only is not None:
            return own
        kept = Q(held_by__in=bodies_of(actor, at, [LinkKind.MANAGER]))
        return own | kept | asked_to_agree_q(actor)


class Merge(Now):
    """That two records are of one person: asked by one, agreed by another."""

    person = models.UUIDField(db_index=True)  # the record that stays
    other = models.UUIDField()  # the record that then points to it
    words = SealedField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    @property
    def shown_people(self) -> list[UUID]:  # whom a form about this names at its top
        return [self.person, self.other]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(asked_by=actor.person) | worked_q(actor, at, "person") | asked_to_agree_q(actor)


class OutsideCheck(Now):
    """That somebody outside the line is asked to check for themself what one line wrote down."""

    person = models.UUIDField(db_index=True)
    written_by = models.UUIDField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta(Now.Meta):
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """The person, those who work with them, and whoever is asked."""
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(person=actor.person) | worked_q(actor, at, "person") | asked_to_agree_q(actor)


class AddressCheck(OutsideCheck):
    """That somebody outside the line is asked to confirm an address with the person it is of."""

    address = models.UUIDField(db_index=True)  # a way to tell them, or how they sign in


class PowerCheck(OutsideCheck):
    """That somebody outside the line is asked to see the document of an attorney or a deputy too."""

    link = models.UUIDField(db_index=True)  # the relationship that rests on the document
    holder = models.UUIDField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Never the one whose power it is."""
        rightly = super().seen_by(actor, at)
        return rightly if actor.person is None else rightly & ~Q(holder=actor.person)


# What waits for a second person outside the line. So does a HoldBack, which can begin without one.
TAKES_TWO: tuple[type[Erasure | Merge | OutsideCheck], ...] = (Erasure, Merge, AddressCheck, PowerCheck)


class AnswerToTyping(Now):
    """What a person says of something that was typed for them: it is right, or it is not what they said."""

    act = models.UUIDField(db_index=True)  # the entry it answers
    person = models.UUIDField()
    typed_by = models.UUIDField()
    is_right = models.BooleanField()
    words = SealedField()
    at = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _theirs(actor, at, or_by="typed_by")


def _theirs(actor: Actor, at: datetime, *, or_by: str = "person") -> Q:
    """The person, those who work for them, and whoever stands in that column."""
    if actor.installation:
        return Q()
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(person=actor.person) | Q(**{or_by: actor.person}) | worked_q(actor, at, "person")
