"""What people do together: positions with visible dissent, support for the weaker, words kept from harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Decision, Part, PrivatePart, Takeable
from alongside.topics.decisions.policy import (
    if_the_decision_is_seen,
    looks_after_words_q,
    neither_held_back_q,
    sees_private_part_q,
    stands_by_q,
)


class Joint(Part):
    """A position that people or bodies write together. Everyone who signs it stands on the same footing."""

    person = models.UUIDField()  # who began it: that gives them no other power
    name = SealedField()
    version = models.IntegerField()  # the one that is asked about now
    begun_at = models.DateTimeField()

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        text = JointText.everything.filter(joint=self.id, number=self.version).first()
        said = _("Version %(number)s") % {"number": self.version}
        return [(said, text.words if text is not None else None)]


class JointText(Part, Takeable):
    """One version of its words. It never changes: a new one asks everybody again."""

    joint = models.UUIDField(db_index=True)
    number = models.IntegerField()
    person = models.UUIDField()
    words = SealedField()
    written_at = models.DateTimeField()


class StandsAs(models.TextChoices):
    """As what somebody signs. None of them stands above another."""

    DRAWS = "draws", _("I draw on care and support")
    CARER = "carer", _("I am an unpaid carer")
    PRACTITIONER = "practitioner", _("I work in practice")
    BODY = "body", _("I sign for a body")
    OTHER = "other", _("Something else")


class Signature(Part, Takeable):
    """Somebody signed one version, with or without their dissent. Nobody is listed who has not signed."""

    joint = models.UUIDField(db_index=True)
    number = models.IntegerField()  # the version they signed
    person = models.UUIDField(db_index=True)
    stands_as = models.CharField(max_length=14, choices=StandsAs.choices)
    body = models.UUIDField(null=True)
    dissents = models.BooleanField()
    words = SealedField()  # what they see another way
    signed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    typist = models.UUIDField(null=True)


class Paid(models.TextChoices):
    """Whether somebody is paid for the time they give to this."""

    YES = "yes", _("Yes, it is part of my work")
    SOME = "some", _("I am paid for taking part")
    NO = "no", _("No, nobody pays me")


class Power(Part, Takeable):
    """How somebody stands in this matter, as they say it: their stake, body, pay, and what pulls on them."""

    person = models.UUIDField(db_index=True)
    words = SealedField()  # their stake
    body = models.UUIDField(null=True)
    paid = models.CharField(max_length=4, choices=Paid.choices)
    conflict = SealedField()
    said_at = models.DateTimeField()
    is_current = models.BooleanField()


class SupportState(models.TextChoices):
    """How far independent support has come."""

    ASKED = "asked", _("Asked for")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    ARRANGED = "arranged", _("Arranged")
    GIVEN = "given", _("Given")


class Support(PrivatePart):
    """Paid, independent support for whoever has less power. `person` is for whom; nobody: all it affects."""

    what = models.CharField(max_length=24)
    words = SealedField()  # what was asked for
    asked_by = models.UUIDField(null=True)
    supporter = SealedField()  # who gives it
    supporting_body = models.UUIDField(null=True)
    payer = SealedField()
    independent_of = SealedField()
    is_independent = models.BooleanField()
    hours = models.IntegerField(null=True)
    hours_given = models.IntegerField(null=True)
    offered_by = models.UUIDField(null=True)
    answer = SealedField()
    answered_by = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=SupportState.choices)
    began_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        offered = Q(offered_by__in=actor.ids) if actor.only is None else NO_ROWS
        for_all = Q(person=None) & if_the_decision_is_seen(actor, at)
        near = stands_by_q(actor, at, "person") | offered
        return sees_private_part_q(actor, at) | (near & neither_held_back_q(actor, at)) | for_all

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [
            (_("What was asked for"), self.words),
            (_("Who gives it"), self.supporter),
            (_("Who pays"), self.payer),
            (_("Hours"), self.hours),
        ]


class Taken(PrivatePart):
    """Words were taken from sight: which, why, by whom, what their giver says, and who looked again."""

    kind = models.CharField(max_length=16)
    what = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=24)
    words = SealedField()  # what the giver is told
    taken_by = models.UUIDField()
    taken_at = models.DateTimeField()
    answer = SealedField()
    wants_another_look = models.BooleanField()
    answered_at = models.DateTimeField(null=True)
    looked_by = models.UUIDField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_words = SealedField()
    is_back = models.BooleanField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Its giver, those who decide, and those who look after words here."""
        looks_after = Decision._base_manager.filter(looks_after_words_q(actor, at), id=OuterRef("decision"))
        return sees_private_part_q(actor, at) | Q(Exists(looks_after))

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        boxes = TakenBox.everything.filter(taken=self.id).order_by("id")  # seen by whoever sees this
        words = [(_("The words"), box.words) for box in boxes]
        return [*words, (_("Why they were taken"), self.words), (_("What their writer says"), self.answer)]


class TakenBox(PrivatePart):
    """The words themselves, kept for their giver, those who decide, and whoever looks again."""

    taken = models.UUIDField(db_index=True)
    column = models.CharField(max_length=16)
    words = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Taken.seen_by(actor, at)
