"""Promises to a group: who says they are in it, how many were told. And whether what was kept still holds."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import Kinds
from alongside.topics.people.models.links import bodies_of, linked_q, undisputed_links
from alongside.topics.people.models.told import SaidIfTold
from alongside.topics.promises.models.promise import (
    Promise,
    Through,
    between_them_q,
    knows_answers_q,
    made_to,
    near_q,
    promise_seen_q,
)


class GroupMember(Now):
    """Somebody who says that they are one of those a promise was made to. Their own word, until confirmed."""

    promise = models.UUIDField(db_index=True)
    person = models.UUIDField(db_index=True)
    words = SealedField()  # how they belong to it
    by = models.UUIDField()
    said_on = models.DateField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """The person, who wrote it down, and those who can confirm it. Never who answers for the promise."""
        if actor.installation:
            return Q()
        if actor.person is None:
            return NO_ROWS
        own = Q(person=actor.person) | Q(by=actor.person)
        if actor.only is not None:
            return own & Q(promise=actor.only)
        return own | confirms_member_q(actor, at)


def confirms_member_q(actor: Actor, at: datetime) -> Q:
    """Rows of GroupMember the actor can confirm: for the body the group is of, or as an advocate."""
    of_mine = Promise.everything.filter(group_of__in=bodies_of(actor, at, Kinds.COLLEAGUES)).values("id")
    return Q(promise__in=of_mine) | linked_q(actor, at, "person", Kinds.ADVOCATES, only=undisputed_links())


class GroupTold(Now):
    """How many of a group were told of a promise, by which way, and where that can be seen."""

    promise = models.UUIDField(db_index=True)
    reached = models.IntegerField()
    how = SealedField()
    said_by = models.UUIDField()
    said_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


class ToldWord(SaidIfTold, Now):
    """Whether somebody of a group says that they were told of a promise."""

    promise = models.UUIDField(db_index=True)
    person = models.UUIDField(null=True, db_index=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.person is None:
            return NO_ROWS
        mine = Q(person__in=actor.ids)
        return mine if actor.only is None else mine & Q(promise=actor.only)


# Whether it still holds ---------------------------------------------------------------------------------


class Holds(models.TextChoices):
    """What somebody says, months after a promise to them was kept."""

    STILL = "still", _("Yes, it still holds")
    PARTLY = "partly", _("Partly")
    NO_LONGER = "no_longer", _("No, it no longer holds")


class AskedAgain(Now):
    """Somebody was asked, so many months after they said a promise was kept, whether it still holds."""

    promise = models.UUIDField(db_index=True)
    person = models.UUIDField(db_index=True)
    months = models.IntegerField()
    asked_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at) & near_q(actor, at) if not actor.installation else Q()


class StillHolds(Now):
    """What somebody said of a promise that had been kept. Rows are added; the latest of each counts."""

    promise = models.UUIDField(db_index=True)
    made_to = models.UUIDField()
    person = models.UUIDField(db_index=True)
    months = models.IntegerField()  # after how many months they were asked; nought: they said it unasked
    said = models.CharField(max_length=10, choices=Holds.choices)
    words = SealedField()
    through = models.CharField(max_length=10, choices=Through.choices)
    by = models.UUIDField()
    said_on = models.DateField()
    counts = models.BooleanField()
    came_on = models.DateField(
        null=True
    )  # where it was typed from a slip: when that came, and which one it is
    paper = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return between_them_q(actor, at)


class Erosion(Now):
    """A promise that was kept no longer holds, by those it was made to. Its owner must answer."""

    promise = models.UUIDField(db_index=True)
    kept_on = models.DateField()  # when the last of those who now say otherwise had said it was kept
    on_day = models.DateField()
    no_longer = models.IntegerField()
    answered = models.IntegerField()  # how many had said whether it still holds
    is_open = models.BooleanField()  # so many had answered that it points to nobody
    answer = SealedField()
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)  # until when its owner has to answer, by the rules of that day
    overdue_on = models.DateField(null=True)  # when the clock wrote down that nobody had

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Those it was made to, who answers for it and works for them, and whoever said whether it holds.
        Everyone, where the promise is open to all and enough have answered: of few, it would tell how one
        person answered."""
        if actor.installation:
            return Q()
        its = Promise.everything.filter(id=OuterRef("promise"))
        open_to_all = Q(is_open=True) & Q(Exists(its.filter(person=None)))
        if actor.person is None:
            return open_to_all
        knows = its.filter(knows_answers_q(actor, at) | Q(id__in=made_to(actor)))
        said = StillHolds.everything.filter(promise=OuterRef("promise"), person__in=actor.ids)
        return promise_seen_q(actor, at) & (open_to_all | Q(Exists(knows)) | Q(Exists(said)))
