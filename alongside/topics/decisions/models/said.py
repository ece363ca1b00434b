"""How people were told of a decision, what they asked, and what they said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, PrivatePart, Takeable, VoicedPart, open_words_q
from alongside.topics.decisions.policy import affects_q, if_the_decision_is_seen, sees_private_part_q
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.policy import not_held_back_q


class Sees(models.TextChoices):
    """Who may read a view: its giver says."""

    DECIDERS = "deciders", _("Only me and those who decide")
    AFFECTED = "affected", _("Everyone this is about, and those who decide")
    EVERYONE = "everyone", _("Everyone who can see this decision")


class Answered(models.TextChoices):
    """Whether a reply answers the giver of the view: they say."""

    YES = "yes", _("Yes, it answers me")
    PARTLY = "partly", _("It answers part of what I said")
    NO = "no", _("No, it does not answer me")


POSITIONS: dict[str, Any] = {  # what they think of it, as they said it
    "for": _("I agree"),
    "for_if": _("I agree if something changes"),
    "against": _("I do not agree"),
    "other": _("I want something else"),
    "unsure": _("I am not sure"),
    "": _("I do not want to answer"),
}


class Telling(VoicedPart):
    """One try to tell someone, and whether it reached them."""

    group = models.UUIDField(null=True)  # the Affected row of a group
    channel = models.CharField(max_length=24)
    is_live = models.BooleanField()
    format = models.CharField(max_length=24)
    sign = models.CharField(max_length=24)
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    is_reached = models.BooleanField()
    reached_at = models.DateTimeField(null=True)
    reached_count = models.IntegerField()  # of a group
    typist = models.UUIDField(null=True)  # who wrote down that it reached them; nobody when they opened it
    is_trusted = models.BooleanField()  # that typist was a worker or an advocate of theirs at the time
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    words = SealedField()

    class Meta:
        indexes = [models.Index(fields=["person", "-told_at", "id"], name="telling_last")]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | (Q(person=None) & if_the_decision_is_seen(actor, at))


class Question(PrivatePart, Takeable, ReadFirst):
    """A question somebody asked, and its answer."""

    words = SealedField()
    asked_at = models.DateTimeField()
    answer = SealedField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    may_be_read = models.BooleanField()  # whoever asked lets everyone read it who sees the matter

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | open_words_q(actor, at)


class MoreTime(PrivatePart):
    """Somebody asked for more time, and has it."""

    until_on = models.DateField()
    asked_at = models.DateTimeField()


class Offer(VoicedPart):
    """Help to answer: asked for by the person, or offered to them."""

    what = models.CharField(max_length=24)
    channel = models.CharField(max_length=24)
    is_live = models.BooleanField()
    is_asked_for = models.BooleanField()
    words = SealedField()
    made_by_person = models.UUIDField()
    at = models.DateTimeField()


class Option(Part, Takeable):
    """One way this could go: what could go wrong, for whom, and who carries that."""

    number = models.IntegerField()
    name = SealedField()
    words = SealedField()
    change_code = models.CharField(max_length=24)
    takes_away = models.BooleanField()
    risk = SealedField()
    risk_to = SealedField()
    forgone = SealedField()
    tasks = SealedField()  # what would have to be done for it, and by whom: one thing on a line
    proposed_by = models.UUIDField()
    shape = models.IntegerField()


# All that is looked at to count who says what, so that of a thousand views no row is read for it.
COUNTED = ["decision", "is_current", "position", "sees", "is_trusted", "typist", "confirmed_by", "said_by"]
COUNTED += ["person", "id"]


class View(PrivatePart, Takeable):
    """What somebody said: a view, or that they do not want to answer. `person` is whose it is."""

    decision = models.UUIDField()  # each index below begins with it
    is_declining = models.BooleanField()
    said_by = models.UUIDField()  # the person, or someone who speaks for them
    is_spoken_for = models.BooleanField()
    speaker_kind = models.CharField(max_length=24)
    is_of_body = models.BooleanField()  # by someone who works for the body that decides: heard, not counted
    position = models.CharField(max_length=12)
    option = models.UUIDField(null=True)
    words = SealedField()
    instead = SealedField()  # what they want instead, or what they would need to agree
    interest = SealedField()  # what matters to them about this
    wants_help = models.BooleanField()  # they do not know yet what they want instead: help is offered
    sees = models.CharField(max_length=10, choices=Sees.choices)
    shape = models.IntegerField()
    is_current = models.BooleanField()
    said_at = models.DateTimeField()
    how = models.CharField(max_length=24)
    typist = models.UUIDField(null=True)
    is_trusted = models.BooleanField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    denied = models.BigIntegerField(null=True)  # since which entry they say that they did not say it

    class Meta:
        indexes = [
            models.Index(fields=["decision", "is_current", "-said_at", "id"], name="view_list"),
            models.Index(fields=["decision", "is_current", "made_by", "id"], name="view_first"),
            models.Index(fields=COUNTED, name="view_counts"),
        ]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        widened = Q(sees=Sees.AFFECTED) & affects_q(actor, "decision")
        open_to_all = Q(sees=Sees.EVERYONE) & if_the_decision_is_seen(actor, at)
        own = Q(said_by__in=actor.ids) | sees_private_part_q(actor, at)
        # What is open to all comes first: of a thousand views it is most, and the rest is not looked at then.
        rightly = (open_to_all | own | widened) & not_held_back_q(actor, at, "pk")
        rightly &= not_held_back_q(actor, at, "decision")
        return rightly if actor.only is None else rightly & Q(decision=actor.only)  # a code opens one matter

    @property
    def thinks(self) -> str:
        """What they think of it, as they chose it."""
        return str(POSITIONS.get(self.position, self.position))


class SameView(Part):
    """Two views said to be the same. They are the same only once both givers agree."""

    view = models.UUIDField()
    other = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)


class Reply(PrivatePart):
    """What those who decide answered to a view, and whether that answers its giver."""

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """A reply goes where its view goes."""
        views = View._base_manager.filter(View.seen_by(actor, at), id=OuterRef("view"))
        return Q(Exists(views)) & not_held_back_q(actor, at, "pk")

    view = models.UUIDField(db_index=True)
    result = models.CharField(max_length=16)
    words = SealedField()
    replied_by = models.UUIDField()
    replied_at = models.DateTimeField()
    answered = models.CharField(max_length=8, choices=Answered.choices)
    answered_words = SealedField()
    answered_at = models.DateTimeField(null=True)
