"""What was typed for somebody is to be checked with them: whose turn it is, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import PrivatePart, VoicedPart
from alongside.topics.people.models import AskedOutside


class ChecksAs(models.TextChoices):
    """As what somebody is asked to check. Whoever asked had no choice of who it is."""

    WISH = "wish", _("whom the person chose")
    ADVOCATE = "advocate", _("the person’s advocate")
    DUTY = "duty", _("somebody of the duty team")
    OFFICE = "office", _("the office that is named for this")
    COLLEAGUE = "colleague", _("somebody who works in another line")
    COUNCIL = "council", _("somebody of the council’s duty team")
    OTHER_BODY = "other_body", _("somebody of another body")


class Became(models.TextChoices):
    """What came of asking that what was typed is checked with the person."""

    WAITS = "", _("Nobody has checked it yet")
    CHECKED = "checked", _("Somebody from outside checked it with them")
    NOT_SO = "not_so", _("They said that it is not what they said")
    THEIRS = "theirs", _("They said it themself")


class CheckSaid(models.TextChoices):
    """What somebody says who was asked to check, and does not confirm it."""

    NOT_SO = "not_so", _("I asked them. It is not what they said")
    CANNOT = "cannot", _("I cannot check this. Ask the next one")


class Check(VoicedPart):
    """That somebody outside the line is to check with a person what was typed for them."""

    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    turn = models.UUIDField()  # the entry that asked for it: of those with as few checks, its digest says who
    became = models.CharField(max_length=8, choices=Became.choices)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)


class Checker(PrivatePart, AskedOutside):
    """A worker outside the deciders' line, asked to check with the person what was typed for them."""

    OF, WHO, UNTIL = "check_of", "checker", "ended_at"

    checker = models.UUIDField(db_index=True)
    asked_by = models.UUIDField()
    # Of those who were asked in turn. Whom somebody chose has none of it.
    check_of = models.UUIDField(null=True, db_index=True)
    standing = models.CharField(max_length=10, choices=ChecksAs.choices)
    answer_by = models.DateField(null=True)  # none while nothing is typed yet that could be checked
    said = models.CharField(max_length=8)  # a CheckSaid; empty while they said neither
    words = SealedField()
    said_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # from then on they see nothing of it by this

    @classmethod
    def is_turn(cls) -> Q:
        return Q(check_of__isnull=False)

    @classmethod
    def is_to_do(cls) -> Q:
        return super().is_to_do() & Q(check_of__in=Check.everything.filter(became="").values("id"))
