"""The questions that councillors ask, for themselves or for a resident, and what was answered."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.kernel.sight import seen_rows
from alongside.topics.voice.models.desks import holds_q, runs_q


class Question(Now):
    """A councillor's question to an office. The log is public, but for what is about one life."""

    organisation = models.UUIDField(db_index=True)
    office = models.UUIDField(db_index=True)
    ward = models.UUIDField(null=True)
    is_of_resident = models.BooleanField()
    is_about_a_life = models.BooleanField()
    words = SealedField()
    follows = models.UUIDField(null=True)  # the question that this one follows up
    asked_by = models.UUIDField(db_index=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    pack = models.CharField(max_length=60)
    answer = SealedField()
    answered_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return question_seen_q(actor, at)

    @property
    def shown_title(self) -> str:
        return str(self.words or "")

    def __str__(self) -> str:
        return str(self.words or "")[:80]


class Evidence(Now):
    """What an answer rests on."""

    question = models.UUIDField(db_index=True)
    what = SealedField()
    where = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        return Q(question__in=seen_rows(Question.everything.all(), question_seen_q, actor, at).values("id"))


def question_seen_q(actor: Actor, at: datetime) -> Q:
    if actor.installation:
        return Q()
    is_open = Q(is_about_a_life=False)
    if actor.person is None or actor.only is not None:
        return is_open
    return is_open | Q(asked_by__in=actor.records) | answers_q(actor, at)


def answers_q(actor: Actor, at: datetime) -> Q:
    """Questions that the actor's office is to answer. About one life: the office alone, not every manager."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return holds_q(actor, at) | (runs_q(actor, at) & Q(is_about_a_life=False))
