"""A group on record: who is in it, who was drawn by lot, what waits to be sent to each of them."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.topics.decisions.models.matter import Part, PrivatePart
from alongside.topics.decisions.models.together import mine_q
from alongside.topics.people.models.told import SaidIfTold


class RoundKind(models.TextChoices):
    """What a round of messages is for."""

    ASK = "ask", _("Asked what they think")
    OUTCOME = "outcome", _("Told what was decided")
    EFFECT = "effect", _("Asked what it did to them")
    JUDGE = "judge", _("Asked to judge a change")


class ToldWord(SaidIfTold, PrivatePart):
    """Whether somebody of a group says that word of a matter reached them."""

    group = models.UUIDField(db_index=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return mine_q(actor)


class Theirs(Now):
    """Something about one person: they see it, and nobody else. Counts of it are told by the matter."""

    person = models.UUIDField(db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q(pk__isnull=False)
        return NO_ROWS if actor.person is None else Q(person__in=actor.ids)


class Listed(Theirs):
    """One person on the list of a group, with their number on it."""

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        mine = super().seen_by(actor, at)
        return mine if actor.only is None else mine & Q(decision=actor.only)

    decision = models.UUIDField(db_index=True)
    group = models.UUIDField(db_index=True)
    number = models.IntegerField()
    is_drawn = models.BooleanField()


class Lot(Part):
    """A draw: what anyone needs to do it again."""

    group = models.UUIDField(db_index=True)
    method = models.CharField(max_length=20)
    seed = models.CharField(max_length=64)
    of = models.IntegerField()
    size = models.IntegerField()
    numbers = models.TextField()  # the numbers drawn, in the order of the draw
    drawn_at = models.DateTimeField()
    of_change = models.UUIDField(null=True, db_index=True)  # drawn to judge this change; nothing: to decide
    change_round = models.IntegerField(null=True)
    first_lot = models.UUIDField(null=True)  # the draw that this goes on from; nothing: it was the first
    passed = models.TextField(null=True)  # the numbers passed over: those who could not be asked

    @property
    def drawn(self) -> list[int]:
        return [int(number) for number in self.numbers.split(",") if number]


class LotLeft(Theirs):
    """Somebody who was drawn cannot judge. It bears a name for this matter only, and never their own."""

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        mine = super().seen_by(actor, at)
        return mine if actor.only is None else mine & Q(decision=actor.only)

    decision = models.UUIDField(db_index=True)
    group = models.UUIDField(db_index=True)
    left_at = models.DateTimeField()


class Round(Part):
    """A round of messages to a group. Nothing is sent before the round is whole."""

    group = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=RoundKind.choices)
    number = models.IntegerField()
    of = models.IntegerField()
    reached_number = models.IntegerField()  # the list is gone through up to this number
    begun_at = models.DateTimeField()
    whole_at = models.DateTimeField(null=True)
    of_change = models.UUIDField(null=True, db_index=True)  # the change that they are asked to judge
    change_round = models.IntegerField(null=True)


class Waiting(Theirs):
    """Something that waits to be sent to one person, with whatever else waits for them that day."""

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        mine = super().seen_by(actor, at)
        return mine if actor.only is None else mine & Q(decision=actor.only)

    decision = models.UUIDField(db_index=True)
    group = models.UUIDField()
    round = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=RoundKind.choices)
    by_name = models.BooleanField()  # asked by name; the others are told that they may speak
    is_ready = models.BooleanField()
    bundle = models.UUIDField(null=True, db_index=True)
    left_out_at = models.DateTimeField(null=True)


class Bundle(Theirs):
    """One message to one person, for all that waited for them that day."""

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) if actor.only is None else NO_ROWS

    sent_on = models.DateField()
    things = models.IntegerField()
    state = models.CharField(max_length=8)  # leaving | sent | held | failed
