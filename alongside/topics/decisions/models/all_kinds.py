"""Whether all kinds of people took part: what each chose to say of themself, and who all of those are.

What somebody says here is sealed like their words, shown to nobody on any page, and only ever counted.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.models.matter import Part, PrivatePart
from alongside.topics.decisions.models.together import mine_q


class Kind(models.TextChoices):
    """What may be true of somebody. Several may be. Codes are at most twelve letters long."""

    UNDER_25 = "under_25", _("I am under 25")
    OVER_64 = "over_64", _("I am 65 or older")
    WOMAN = "woman", _("I am a woman")
    MAN = "man", _("I am a man")
    TRANS = "trans", _("My gender is not the one I was given at birth")
    LGB = "lgb", _("I am gay, lesbian or bisexual")
    MINORITY = "minority", _("I am Black, Asian or of another ethnic minority")
    LANGUAGE = "language", _("I speak neither English nor Welsh best")
    FAITH = "faith", _("My faith matters in how I live")
    DEAF = "deaf", _("I am Deaf or hard of hearing")
    SIGHT = "sight", _("I am blind or see little")
    MOVING = "moving", _("I use a wheelchair, or it is hard for me to walk")
    LEARNING = "learning", _("I have a learning disability")
    AUTISTIC = "autistic", _("I am autistic, or my mind works another way than most")
    DISTRESS = "distress", _("I live with mental distress")
    ILL = "ill", _("I have been ill for a long time")
    NONE = "none", _("None of these")


ALIKE_LONG = 12  # letters of each code as it is sealed: how long a box is tells nothing of what is in it


class OfThemself(PrivatePart):
    """One thing somebody says of themself, so that it is counted. Its code is sealed."""

    what = SealedField()
    is_own_word = models.BooleanField()
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return mine_q(actor)


class Among(Part):
    """How many of those it affects are of one kind, as the body says, and from where it knows."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    people = models.IntegerField()
    source = SealedField()
    said_at = models.DateTimeField()
    is_current = models.BooleanField()
