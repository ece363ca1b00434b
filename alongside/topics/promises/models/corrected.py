"""Other words for a promise, offered after the day it was made: they hold once those it was made to agree."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.promises.models.promise import between_them_q, promise_seen_q


class OfferedWords(Now):
    """Words that whoever answers for a promise offers where there is a slip in it. Both are kept."""

    promise = models.UUIDField(db_index=True)
    what = SealedField()
    was = SealedField()  # what stood when this was offered
    why = SealedField()
    said_by = models.UUIDField()
    said_on = models.DateField()
    closes_on = models.DateField()  # who has not answered by then has not agreed
    state = models.CharField(max_length=10)  # waiting | agreed | declined
    settled_on = models.DateField(null=True)
    yes = models.IntegerField(null=True)  # of a group, once it is settled
    no = models.IntegerField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


class WordsAnswer(Now):
    """Whether somebody a promise was made to agrees to the other words."""

    promise = models.UUIDField(db_index=True)
    offer = models.UUIDField(db_index=True)
    person = models.UUIDField()  # whose answer it is
    agrees = models.BooleanField()
    by = models.UUIDField()
    typist = models.UUIDField(null=True)  # who typed it for them; nobody where they said it themself
    denied = models.BigIntegerField(null=True)  # the entry since which they say that they did not say it
    said_on = models.DateField()
    why = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return between_them_q(actor, at)
