"""What is held, held back, joined or erased. Each of these takes two people and a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import Kinds
from alongside.topics.people.models.links import NOBODY, Link, live, worked_q


class HoldBack(Now):
    """That something is not shown to somebody for now: on a stated test, by two people, with an end."""

    thing = models.UUIDField(db_index=True)  # the id of the row that is not shown
    table = models.CharField(max_length=60)
    about = models.UUIDField()  # whose life it is about
    held_from = models.UUIDField()
    with_circle = models.BooleanField()  # held from the person, it is held from those who would tell them
    test = models.CharField(max_length=30)
    reasons = SealedField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)
    review_on = models.DateField()
    ends_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NOBODY
        rightly = Q(proposed_by=actor.person) | Q(agreed_by=actor.person) | worked_q(actor, at, "about")
        return rightly & ~Q(held_from=actor.person) & ~Q(about=actor.person)


def not_held_back_q(actor: Actor, at: datetime, field: str = "pk") -> Q:
    """Rows whose `field` is not held back from this actor. Every table with words about people adds this."""
    if actor.person is None:
        return Q()
    told_anyway = [kind.value for kind in (*Kinds.CIRCLE, *Kinds.SPEAKERS, *Kinds.PAID)]
    near = Link.everything.filter(live(at), other=actor.person, kind__in=told_anyway).values("person")
    held = HoldBack.everything.filter(agreed_at__lte=at, ends_at__gt=at).exclude(lifted_at__lte=at)
    from_me = Q(held_from=actor.person) | Q(with_circle=True, about__in=near)
    return ~Q(**{f"{field}__in": held.filter(from_me).values("thing")})


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
        return _theirs(actor, at) & not_held_back_q(actor, at)


class Erasure(Now):
    """That somebody's words, or one misfiled note, are to be destroyed: asked by one, agreed by another."""

    person = models.UUIDField(db_index=True)
    note = models.UUIDField(null=True)  # the one entry to remove; empty for everything of the person's
    reason = models.CharField(max_length=30)
    words = SealedField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _theirs(actor, at, or_by="asked_by")


class Merge(Now):
    """That two records are of one person: asked by one, agreed by another."""

    person = models.UUIDField(db_index=True)  # the record that stays
    other = models.UUIDField()  # the record that then points to it
    words = SealedField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NOBODY
        return Q(asked_by=actor.person) | worked_q(actor, at, "person")


class AnswerToTyping(Now):
    """What a person says of something that was typed for them: it is right, or it is not what they said."""

    entry = models.UUIDField(db_index=True)
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
        return NOBODY
    return Q(person=actor.person) | Q(**{or_by: actor.person}) | worked_q(actor, at, "person")
