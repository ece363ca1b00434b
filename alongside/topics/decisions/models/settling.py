"""What a decision came to: legal reasons, what protects the person, what was done."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, VoicedPart
from alongside.topics.decisions.policy import if_the_decision_is_seen


class Ground(VoicedPart):
    """A lawful ground for deciding without somebody's answer: its evidence, its author, its end."""

    code = models.CharField(max_length=32)
    evidence = SealedField()
    holder = models.UUIDField(null=True)  # the attorney or deputy
    author = models.UUIDField()
    recorded_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    renewals = models.IntegerField()
    ended_at = models.DateTimeField(null=True)
    holds_until = models.DateTimeField(null=True)  # an emergency: until when it holds unseen
    decided_writing = models.IntegerField(null=True)  # which writing of it opened what is decided now

    @property
    def held_at_once(self) -> bool:
        """Whether it opened something before anybody outside the line had seen it: an emergency, once."""
        return self.holds_until is not None and self.holds_until > self.recorded_at


class Safeguard(VoicedPart):
    """Something that protects the person. None of them alone lets a body decide without them."""

    code = models.CharField(max_length=32)
    words = SealedField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()


class Shown(VoicedPart):
    """What someone who cannot decide this now shows they want, and the reply to it."""

    words = SealedField()
    shown_on = models.DateField()
    noted_by = models.UUIDField()
    reply = SealedField()
    replied_at = models.DateTimeField(null=True)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What they showed"), self.words)]


class Step(Part):
    """Something that was done: help that started, a decision, an undoing, and what was said with it."""

    kind = models.CharField(max_length=24)
    words = SealedField()
    by = models.UUIDField()
    at = models.DateTimeField()


class SaysAgreed(models.TextChoices):
    """What the person says of a small thing that somebody wrote down as agreed with them."""

    YES = "yes", _("Yes, we agreed this")
    OTHERWISE = "otherwise", _("We agreed something, but not like that")
    NO = "no", _("No, we did not agree this")
    DO_NOT_ASK = "do_not_ask", _("I do not want to be asked this")
    ASK_AGAIN = "ask_again", _("You may ask me this again")

    @classmethod
    def answers(cls) -> tuple[SaysAgreed, ...]:
        return (cls.YES, cls.OTHERWISE, cls.NO)


class AgreedWord(VoicedPart):
    """Whether a small thing was agreed, as the person says it, or their advocate with them."""

    said = models.CharField(max_length=12, choices=SaysAgreed.choices)
    words = SealedField()
    said_by = models.UUIDField()  # the person, or who speaks for them
    typist = models.UUIDField(null=True)
    is_sure = models.BooleanField()  # nobody else can have said it for them: a yes counts only then
    is_current = models.BooleanField()
    place = models.IntegerField()  # the how-manieth word on this matter it is
    said_at = models.DateTimeField()

    @classmethod
    def asks_no_more(cls, person: UUID) -> bool:
        """Whether somebody said that they do not want to be asked whether small things were agreed."""
        wishes = (SaysAgreed.DO_NOT_ASK, SaysAgreed.ASK_AGAIN)
        rows = cls.everything.filter(person=person, said__in=wishes).order_by("-said_at", "-place")
        return bool(rows.values_list("said", flat=True).first() == SaysAgreed.DO_NOT_ASK)


class Review(VoicedPart):
    """A look again that is due, and what came of it."""

    why = models.CharField(max_length=24)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    words = SealedField()
    asked_at = models.DateTimeField(null=True)  # when those it affects were asked

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """About a service or a place, anyone may know on which day it is looked at again."""
        return super().seen_by(actor, at) | (Q(person=None) & if_the_decision_is_seen(actor, at))
