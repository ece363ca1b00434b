"""How people think a matter through together: risks, evidence, and what moved somebody."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, PrivatePart, Takeable
from alongside.topics.decisions.models.said import Sees, View
from alongside.topics.decisions.policy import if_the_decision_is_seen, sees_private_part_q
from alongside.topics.people.policy import not_held_back_q


class Carries(models.TextChoices):
    """What somebody named as carrying a risk says of it."""

    YES = "yes", _("Yes, I carry it")
    NO = "no", _("No, I do not carry it")


class Risk(Part, Takeable):
    """How one way could go wrong, for whom, and who carries that. `person` is who wrote it."""

    person = models.UUIDField()
    option = models.UUIDField(db_index=True)
    words = SealedField()
    to_whom = SealedField()
    carrier = models.UUIDField(null=True, db_index=True)  # who is named as carrying it: they say if they do
    carried_by = SealedField()  # a body or a group that carries it, in words
    carries = models.CharField(max_length=4, choices=Carries.choices)
    carrier_words = SealedField()
    carried_at = models.DateTimeField(null=True)
    said_at = models.DateTimeField()

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What could go wrong"), self.words), (_("For whom"), self.to_whom)]


class Forgone(Part, Takeable):
    """The good that would be lost if one way is not chosen."""

    person = models.UUIDField()
    option = models.UUIDField(db_index=True)
    words = SealedField()
    said_at = models.DateTimeField()


class Moved(Part):
    """What somebody said changed their mind: where they stood before and after, and which argument did it."""

    person = models.UUIDField()
    view = models.UUIDField(db_index=True)  # what they say now
    before = models.UUIDField()  # what they said before
    position_before = models.CharField(max_length=12)
    position_after = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    what = models.UUIDField(null=True, db_index=True)  # the view, evidence, way or answer that did it
    whose = models.UUIDField(null=True)  # who gave that argument
    words = SealedField()
    moved_at = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """A change of mind goes where the new view goes."""
        views = View._base_manager.filter(View.seen_by(actor, at), id=OuterRef("view"))
        return Q(Exists(views))


class ShownAs(models.TextChoices):
    """How the giver of evidence is named."""

    NAME = "name", _("With my name")
    NO_NAME = "no_name", _("Without my name")


class Leans(models.TextChoices):
    """Which way a piece of evidence points."""

    FOR = "for", _("It speaks for this")
    AGAINST = "against", _("It speaks against this")
    NEITHER = "neither", _("It points neither way")


class Used(models.TextChoices):
    """What those who decide did with a piece of evidence."""

    USED = "used", _("We used it")
    PARTLY = "partly", _("We used part of it")
    NOT_USED = "not_used", _("We did not use it, and here is why")


class Evidence(PrivatePart, Takeable):
    """What is known, and how well: one claim with its label. `person` is who brought it."""

    kind = models.CharField(max_length=24)
    option = models.UUIDField(null=True)
    leans = models.CharField(max_length=8, choices=Leans.choices)
    words = SealedField()
    how_many = models.IntegerField(null=True)
    method = SealedField()
    place = SealedField()
    period = SealedField()  # when it was found out
    limits = SealedField()
    source = SealedField()
    shown_as = models.CharField(max_length=8, choices=ShownAs.choices)
    practised_on = models.DateField(null=True)  # for a judgement: when its giver last worked in practice
    sees = models.CharField(max_length=10, choices=Sees.choices)
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    use = models.CharField(max_length=8, choices=Used.choices)
    use_words = SealedField()
    used_by = models.UUIDField(null=True)
    used_at = models.DateTimeField(null=True)

    @property
    def leaves_names_out(self) -> bool:
        return self.shown_as == ShownAs.NO_NAME

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Its giver and those who decide; others too, unless its giver keeps a life of their own to those."""
        open_to_all = Q(sees=Sees.EVERYONE) & if_the_decision_is_seen(actor, at)
        rightly = (sees_private_part_q(actor, at) | open_to_all) & not_held_back_q(actor, at, "pk")
        return rightly if actor.only is None else rightly & Q(decision=actor.only)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What it says"), self.words), (_("What it does not tell"), self.limits)]


class EvidenceAnswer(Part, Takeable):
    """What somebody answers to a piece of evidence. It goes wherever the evidence goes."""

    person = models.UUIDField()
    evidence = models.UUIDField(db_index=True)
    is_described = models.BooleanField()  # it says something about the one who answers
    words = SealedField()
    said_at = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        seen = Evidence._base_manager.filter(Evidence.seen_by(actor, at), id=OuterRef("evidence"))
        return Q(Exists(seen))
