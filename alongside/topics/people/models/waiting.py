"""What waited longer than its day, and who answers for those whose turn it was and was told so."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor


class Awaits(TextChoices):
    """What somebody in a body is to do by a day."""

    WORDS = "words", _("Words that somebody must read first")
    HEARING = "hearing", _("A request to be heard")
    APPEAL = "appeal", _("An appeal of those who were refused")
    FEEDBACK = "feedback", _("A reply to what somebody told a body")
    NOTE = "note", _("An answer to somebody who spoke up")
    CHANGE = "change", _("A change that lost its permission and waits to be judged")
    GROUND = "ground", _("A legal reason that somebody from outside must see")
    CHECK = "check", _("What was typed for somebody and must be checked with them")
    WRONG = "wrong", _("An answer to somebody who says that a decision is wrong")


class Waited(Now):
    """That something waited longer than its day: which kind, in which body, since when, until when."""

    what = models.CharField(max_length=8, choices=Awaits.choices)
    thing = models.UUIDField(db_index=True)  # the row that waits
    body = models.UUIDField(null=True, db_index=True)
    due_on = models.DateField()
    noted_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)  # when it was done after all
    climbed_on = models.DateField(null=True)  # when somebody further up was last told
    outside_on = models.DateField(null=True)  # when the user-led organisations were told

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(pk__in=ToldUp.everything.filter(person=actor.person).values("waited"))


class ToldUp(Now):
    """Who answers for the work of those whose turn it was, and so was told that it waits; later, who is over
    them, and in the end who acts for a user-led organisation."""

    waited = models.UUIDField(db_index=True)
    person = models.UUIDField(db_index=True)
    told_at = models.DateTimeField(null=True)  # nothing where an open one of this kind had told them already
    is_outside = models.BooleanField(null=True)  # they act for a user-led organisation

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        return NO_ROWS if actor.person is None or actor.only is not None else Q(person=actor.person)
