"""What comes after a decision: challenges, what it did to people, what those who decided learnt from that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.policy import EVERY_ROW, NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.checking import ChecksAs
from alongside.topics.decisions.models.matter import Part, PrivatePart, Takeable
from alongside.topics.decisions.models.said import Sees
from alongside.topics.decisions.policy import (
    affects_q,
    asked_to_answer_q,
    if_the_decision_is_seen,
    neither_held_back_q,
    sees_private_part_q,
    stands_by_q,
)
from alongside.topics.people.models import AskedOutside


class Did(models.TextChoices):
    """What a decision did to somebody."""

    BETTER = "better", _("Things are better")
    WORSE = "worse", _("Things are worse")
    MIXED = "mixed", _("Some things are better, some are worse")
    SAME = "same", _("It made no difference")


class Earlier(Part):
    """What was decided before a matter was opened again."""

    number = models.IntegerField()
    outcome = models.CharField(max_length=24)
    option = models.UUIDField(null=True)
    reasons = SealedField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    proposal = models.UUIDField(null=True)
    is_without_them = models.BooleanField()
    challenge = models.UUIDField(null=True)  # that was upheld
    ground = models.UUIDField(null=True)  # or the emergency that nobody outside the line had seen in its day


class Challenge(PrivatePart, Takeable):
    """Someone says a decision is wrong. Somebody outside the line that decided answers, by a day."""

    made_by_person = models.UUIDField()
    wrong = SealedField()
    wants = SealedField()
    made_at = models.DateTimeField()
    answer_by = models.DateField()
    typist = models.UUIDField(null=True)
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    upheld = models.BooleanField(null=True)
    reasons = SealedField()
    go_next = models.CharField(max_length=40)  # codes of complaint.ombudsman, where it was not upheld

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Who made it and for whom, an advocate, those who decided, and those who may answer it."""
        own = sees_private_part_q(actor, at) | Q(made_by_person__in=actor.ids)
        if actor.only is not None:
            return own & Q(decision=actor.only)
        near = own | stands_by_q(actor, at, "person") | asked_to_answer_q(actor, challenge="id")
        return near & neither_held_back_q(actor, at)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What is wrong, they say"), self.wrong), (_("What they want"), self.wants)]


class ChallengeAsked(PrivatePart, AskedOutside):
    """Who was asked to answer a challenge, from outside the line that decided, and by which day."""

    OF, WHO, UNTIL = "challenge", "asked", "ended_at"

    challenge = models.UUIDField(db_index=True)
    asked = models.UUIDField(db_index=True)
    standing = models.CharField(max_length=10, choices=ChecksAs.choices)
    answer_by = models.DateField()
    ended_at = models.DateTimeField(null=True)  # from then on they see nothing of it by this

    @classmethod
    def is_to_do(cls) -> Q:
        waits = Challenge.everything.filter(answered_at=None).values("id")
        return super().is_to_do() & Q(challenge__in=waits)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """For whom the challenge is, who made it, an advocate, and whoever is asked. Not those who decided:
        nobody of theirs leans on whoever is to answer."""
        if actor.installation:
            return EVERY_ROW
        if actor.person is None:
            return NO_ROWS
        made = Challenge._base_manager.filter(id=OuterRef("challenge"), made_by_person__in=actor.ids)
        own = (Q(person__in=actor.ids) | Q(Exists(made))) & neither_held_back_q(actor, at)
        if actor.only is not None:
            return own & Q(decision=actor.only)
        near = own | stands_by_q(actor, at, "person") | Q(asked__in=actor.ids, ended_at=None)
        return near & neither_held_back_q(actor, at)


class Effect(PrivatePart):
    """What a decision did to somebody, as they say it."""

    said = models.CharField(max_length=8, choices=Did.choices)
    words = SealedField()
    said_by = models.UUIDField()
    is_spoken_for = models.BooleanField()
    sees = models.CharField(max_length=10, choices=Sees.choices)
    said_at = models.DateTimeField()
    how = models.CharField(max_length=24)
    typist = models.UUIDField(null=True)
    is_trusted = models.BooleanField()  # said by them, or typed by somebody outside the line that decided
    is_current = models.BooleanField()
    learnt = models.UUIDField(null=True, db_index=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Its giver and those who decided, until the giver widens it: as a view."""
        widened = Q(sees=Sees.AFFECTED) & affects_q(actor, "decision")
        open_to_all = Q(sees=Sees.EVERYONE) & if_the_decision_is_seen(actor, at)
        own = Q(said_by__in=actor.ids) | sees_private_part_q(actor, at)
        rightly = (own | widened | open_to_all) & neither_held_back_q(actor, at)
        return rightly if actor.only is None else rightly & Q(decision=actor.only)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What it did"), self.words)]


class Learnt(PrivatePart):
    """What somebody who decided learnt from what it did to people, and what they will do."""

    learnt = SealedField()
    will_do = SealedField()
    by = models.UUIDField()
    at = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """An answer goes where that which it answers goes."""
        effects = Effect._base_manager.filter(Effect.seen_by(actor, at), learnt=OuterRef("pk"))
        return Q(Exists(effects)) & neither_held_back_q(actor, at)
