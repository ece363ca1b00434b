"""What people say is wrong with a service or a place, and what became of it. Who first said it stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.kernel import clock
from alongside.kernel.now import Now
from alongside.kernel.policy import EVERY_ROW, NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.changing import Works
from alongside.topics.decisions.policy import rows
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import words_stand_q
from alongside.topics.people.policy import looks_at_words_q, works_for_q


class Problem(Now):
    """One thing that is wrong. Who first said it, standing where, and when, is never rewritten."""

    organisation = models.UUIDField(db_index=True)  # the body that answers
    standing = models.CharField(max_length=16)  # of the one who raised it, on that day
    is_named = models.BooleanField()
    is_of_body = models.BooleanField()  # raised by someone who works there: no name is ever shown
    raised_by = models.UUIDField(db_index=True)
    raised_on = models.DateField()
    answer_by = models.DateField()
    answer = models.CharField(max_length=16)  # the latest; empty until somebody answers
    answered_on = models.DateField(null=True)
    held_for = models.CharField(max_length=16)  # why its words are held back; empty when they are not
    rules_version = models.CharField(max_length=80)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return EVERY_ROW

    @property
    def shown_title(self) -> str:  # what a form about this says at its top: nothing while nobody may read it
        said = ProblemWords.everything.filter(words_stand_q(clock.now()), problem=self.id).first()
        return said.shown_title if said is not None else ""


class OfProblem(Now):
    """Something that belongs to a problem, and that anyone may see."""

    problem = models.UUIDField(db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return EVERY_ROW


def own_q(actor: Actor) -> Q:
    """What somebody said themself; a code from a letter opens one problem and no other."""
    mine = Q(person__in=actor.ids) if actor.person is not None else NO_ROWS
    return mine if actor.only is None else mine & Q(problem=actor.only)


def own_or_of_the_body(actor: Actor, at: datetime) -> Q:
    """For what one person said: they, and those who work for the body that answers."""
    if actor.installation:
        return EVERY_ROW
    theirs = rows("Problem").filter(works_for_q(actor, at, "organisation"), id=OuterRef("problem"))
    return own_q(actor) | Q(Exists(theirs))


def _reads_first(actor: Actor, at: datetime) -> Q:
    """Rows whose words the actor may look at before everyone does."""
    return Q(Exists(rows("Problem").filter(looks_at_words_q(actor, at), id=OuterRef("problem"))))


class ProblemWords(OfProblem, ReadFirst):
    """The words of the one who raised it. With no name beside them, they wait until somebody has looked."""

    person = models.UUIDField(db_index=True)
    where = SealedField()
    words = SealedField()

    @property
    def words_to_read(self) -> list[Any]:
        return [self.where, self.words]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return EVERY_ROW
        return own_q(actor) | _reads_first(actor, at) | words_stand_q(at)

    @property
    def shown_title(self) -> str:
        return str(self.where)


class MeToo(OfProblem):
    """Somebody else has this problem. Others see only how many they are."""

    person = models.UUIDField(db_index=True)
    standing = models.CharField(max_length=16)
    said_on = models.DateField()
    is_current = models.BooleanField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return EVERY_ROW if actor.installation else own_q(actor)


class NotMine(OfProblem):
    """What the one who first said a problem meant instead, where a decision was joined to it wrongly."""

    origin = models.UUIDField()
    person = models.UUIDField(db_index=True)
    words = SealedField()
    on_day = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return own_or_of_the_body(actor, at)


class ProblemAnswer(OfProblem):
    """What the body answered, and what would change that."""

    answer = models.CharField(max_length=16)
    words = SealedField()
    would_change = SealedField()
    office = models.UUIDField(null=True)
    on_day = models.DateField()


class ProblemResult(OfProblem, ReadFirst):
    """Whether it is better now, by somebody who has the problem."""

    person = models.UUIDField(db_index=True)
    is_raiser = models.BooleanField()
    better = models.CharField(max_length=8, choices=Works.choices)
    words = SealedField()
    may_be_read = models.BooleanField()
    typist = models.UUIDField(null=True)  # who typed it for them; nobody where they said it themself
    is_current = models.BooleanField()
    heard = models.BigIntegerField(null=True)  # since which entry it counts; a row that is replaced keeps it
    on_day = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return EVERY_ROW
        may = Q(may_be_read=True) & (words_stand_q(at) | _reads_first(actor, at))
        return own_or_of_the_body(actor, at) | may
