"""Whether somebody outside the line has seen a legal reason: who was asked, and what they said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, VoicedPart
from alongside.topics.decisions.policy import decided_by_q, rows, stands_by_q
from alongside.topics.people.models import AskedOutside
from alongside.topics.people.policy import not_held_back_q


class SeesAs(models.TextChoices):
    """As what somebody looks at a legal reason. Nobody of the line that decides is any of these."""

    ADVOCATE = "advocate", _("the person’s advocate")
    POWER = "power", _("the attorney or deputy of the person")
    DUTY = "duty", _("somebody of the duty team")
    OFFICE = "office", _("the office that is named for this")


class Looked(models.TextChoices):
    """What somebody outside the line says of a legal reason."""

    SEEN = "seen", _("I have seen what it rests on, and it is so")
    NO = "no", _("I do not agree")


class HowLooked(models.TextChoices):
    """How somebody came to what they say of a legal reason. Paper alone is written by those who decide."""

    SAW = "saw", _("I saw the person, or spoke with them")
    ASKED = "asked", _("I asked somebody who knows them, and who does not decide this")
    PAPER = "paper", _("I read the papers only")


class GroundAsked(Part, AskedOutside):
    """That somebody outside the line is asked to look at a legal reason, by a day."""

    OF, WHO, UNTIL = "ground", "person", "closed_at"

    ground = models.UUIDField(db_index=True)
    about = models.UUIDField()  # about whom the legal reason is
    person = models.UUIDField(db_index=True)  # who is asked
    standing = models.CharField(max_length=10, choices=SeesAs.choices)
    writing = models.IntegerField()  # which writing of it: nought is the first
    shape = models.IntegerField()  # and of what was then proposed
    answer_by = models.DateField()
    closed_at = models.DateTimeField(null=True)

    @classmethod
    def asked_for_by(cls) -> Any:
        """Whoever wrote the legal reason down."""
        return Subquery(rows("Ground").filter(id=OuterRef("ground")).values("author")[:1])

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Whoever is asked, the person, who stands by them, and those who decide. From whomever the matter is
        held back, so is this."""
        if actor.installation:
            return Q()
        if actor.person is None:
            return NO_ROWS
        shown = not_held_back_q(actor, at, "decision")
        theirs = Q(about__in=actor.ids)
        if actor.only is not None:
            return theirs & Q(decision=actor.only) & shown
        near = theirs | stands_by_q(actor, at, "about") | decided_by_q(actor, "decision")
        return (Q(person__in=actor.ids) | near) & shown


class GroundSaid(VoicedPart):
    """What somebody outside the line said of a legal reason, in their own words. Nothing takes it back."""

    ground = models.UUIDField(db_index=True)
    said = models.CharField(max_length=4, choices=Looked.choices)
    how = models.CharField(max_length=8, choices=HowLooked.choices)  # nothing, of before it was asked
    words = SealedField()
    said_by = models.UUIDField()
    said_at = models.DateTimeField()
    standing = models.CharField(max_length=10, choices=SeesAs.choices)
    office = models.UUIDField(null=True)
    writing = models.IntegerField()
    shape = models.IntegerField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Whoever sees the legal reason; who said it; and whoever is asked to look at it next."""
        rightly = super().seen_by(actor, at)
        if actor.installation or actor.person is None or actor.only is not None:
            return rightly
        asked = rows("GroundAsked").filter(ground=OuterRef("ground"), person__in=actor.ids)
        mine = Q(said_by__in=actor.ids) | Q(Exists(asked))
        return rightly | (mine & not_held_back_q(actor, at, "decision"))
