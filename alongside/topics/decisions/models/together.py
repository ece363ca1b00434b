"""Who took part in a matter about a service or a place, as what, on what terms, and who judges it.

These are facts, each said by somebody. What they add up to is worked out in `engine/`, and kept nowhere.
What somebody says of themself (as what they come, what they are paid, whether they could get in) is theirs:
others see how many, and see a name only where its owner lets them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, PrivatePart
from alongside.topics.decisions.policy import if_the_decision_is_seen


class Stage(models.TextChoices):
    """What a meeting was for, in the order of a matter's life."""

    FRAME = "frame", _("Working out what the matter is")
    OPTIONS = "options", _("Finding ways it could go")
    DECIDE = "decide", _("Deciding")
    DELIVER = "deliver", _("Carrying it out")
    JUDGE = "judge", _("Judging how it went")


class Act(models.TextChoices):
    """What somebody did at a meeting. To be asked is not to come, and to come is not to speak."""

    INVITED = "invited", _("Was asked to come")
    LEAFLET = "leaflet", _("Handed out leaflets, and no more")
    PRESENT = "present", _("Was in the room")
    QUOTED = "quoted", _("Was quoted, word for word")
    SPOKE = "spoke", _("Spoke")
    VOTED = "voted", _("Voted")


class ComesAs(models.TextChoices):
    """What somebody is to one matter. They may be several things."""

    PERSON = "affected_person", _("It affects me: I draw on care and support")
    CARER = "affected_carer", _("It affects me: I am an unpaid carer")
    USER_LED = "user_led", _("I speak for a user-led organisation")
    PRACTITIONER = "practitioner", _("I work with people, face to face")
    MANAGER = "manager", _("I am a manager")
    MEMBER = "member", _("I am a councillor or sit on a board")
    SUPPLIER = "supplier", _("I work for a body that sells care or support")
    OTHER = "other", _("Something else")


class PayAnswer(models.TextChoices):
    """What somebody said to an offer of pay. A no to pay is not a yes to anything else."""

    ACCEPTED = "accepted", _("Yes")
    PART = "part", _("Part of it")
    DECLINED = "declined", _("No, thank you")


class Met(models.TextChoices):
    """Whether somebody had what they needed in order to take part. Never what it was, or why."""

    YES = "yes", _("Yes, before it began")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Nobody asked me")
    NONE = "none", _("I needed nothing")


class Went(models.TextChoices):
    """What somebody says of what was done."""

    WORKS = "works", _("It works for me")
    PARTLY = "partly", _("It works in part")
    DOES_NOT = "does_not", _("It does not work for me")
    TOO_EARLY = "too_early", _("It is too early to say")


class Together(models.TextChoices):
    """The seven steps of the ladder of Think Local Act Personal, lowest first, in plain words."""

    COERCION = "coercion", _("Done to people")
    EDUCATING = "educating", _("People can read about it")
    INFORMING = "informing", _("People are told")
    CONSULTATION = "consultation", _("People are asked")
    ENGAGEMENT = "engagement", _("People take part from the start")
    CO_DESIGN = "co_design", _("People shape it and have a vote")
    CO_PRODUCTION = "co_production", _("People decide it, do it and judge it together")


def mine_q(actor: Actor) -> Q:
    """For what somebody said of themself: they see it, and nobody else."""
    if actor.person is None:
        return NO_ROWS
    mine = Q(person__in=actor.ids)
    return mine & Q(decision=actor.only) if actor.only is not None else mine


def mine_or_shown_q(actor: Actor, at: datetime) -> Q:
    """The same, and everyone who sees the matter, where its owner said so."""
    return mine_q(actor) | (Q(is_shown=True) & if_the_decision_is_seen(actor, at))


class Meeting(Part):
    """A meeting or a working session about a matter."""

    name = SealedField()
    held_on = models.DateField()
    stage = models.CharField(max_length=8, choices=Stage.choices)
    decides = models.BooleanField()  # it was decided there, whatever the papers call it
    others = models.IntegerField()  # how many more were there whom nobody wrote down by name
    kept_by = models.UUIDField()  # who keeps the list of those who came
    said_at = models.DateTimeField()

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return str(self.name or "")


class PartTaken(PrivatePart):
    """One thing somebody did at a meeting: by their own word, or by the list and theirs to put right."""

    meeting = models.UUIDField(db_index=True)
    act = models.CharField(max_length=8, choices=Act.choices)
    is_own_word = models.BooleanField()
    written_by = models.UUIDField()
    said_at = models.DateTimeField()
    is_right = models.BooleanField(null=True)  # what they themself say of a line that others wrote
    answered_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        wrote = Q(written_by__in=actor.ids) if actor.only is None else NO_ROWS
        return super().seen_by(actor, at) | wrote


class Coming(PrivatePart):
    """What somebody says they are to this matter."""

    comes_as = models.CharField(max_length=16, choices=ComesAs.choices)
    is_shown = models.BooleanField()
    is_own_word = models.BooleanField()
    is_of_body = models.BooleanField()  # the body that decides paid them when they said it
    is_of_supplier = models.BooleanField()
    is_of_user_led = models.BooleanField()
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return mine_or_shown_q(actor, at)


class PayOffer(PrivatePart):
    """Pay and expenses offered to somebody for taking part. Nothing is kept of their benefits."""

    meeting = models.UUIDField(null=True)
    activity = SealedField()
    minutes = models.IntegerField()
    rate_pence = models.IntegerField()  # for an hour
    expenses_pence = models.IntegerField(null=True)  # at most; nothing: as they were spent
    expenses_upfront = models.BooleanField()
    benefit_advice = models.BooleanField()  # independent advice on benefits was offered with it
    in_writing = models.BooleanField()
    arranged_by = models.UUIDField()
    offered_at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=PayAnswer.choices)
    answered_at = models.DateTimeField(null=True)
    is_own_word = models.BooleanField(null=True)  # whether the answer is known to be theirs
    paid_on = models.DateField(null=True)
    was_received = models.BooleanField(null=True)  # what they themself say

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        arranged = Q(arranged_by__in=actor.ids) if actor.only is None else NO_ROWS
        return mine_q(actor) | arranged


class AccessAnswer(PrivatePart):
    """Whether somebody had what they needed to take part in a meeting."""

    meeting = models.UUIDField()
    met = models.CharField(max_length=10, choices=Met.choices)
    said_at = models.DateTimeField()
    is_current = models.BooleanField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return mine_q(actor)


class Task(PrivatePart):
    """Something somebody does so that what was decided comes about."""

    words = SealedField()
    is_shown = models.BooleanField()
    is_own_word = models.BooleanField()
    taken_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return mine_or_shown_q(actor, at)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What you took on"), self.words)]


class HowItWent(PrivatePart):
    """What somebody says of how it went."""

    said = models.CharField(max_length=10, choices=Went.choices)
    words = SealedField()
    is_shown = models.BooleanField()
    is_own_word = models.BooleanField()
    said_at = models.DateTimeField()
    typist = models.UUIDField(null=True)  # who typed it for them; nobody where they said it themself
    is_current = models.BooleanField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | mine_or_shown_q(actor, at)


class Bound(Part):
    """Whether those who decide have said that they will do as the people it affects judge."""

    binds = models.BooleanField()
    said_at = models.DateTimeField()


class Claim(Part):
    """How much a body says was done together: a saying, kept as one, and counted as nothing."""

    step = models.CharField(max_length=14, choices=Together.choices)
    words = SealedField()
    claimed_by = models.UUIDField()
    office = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    claimed_at = models.DateTimeField()
