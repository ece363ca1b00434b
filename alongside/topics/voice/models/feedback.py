"""Feedback with no account, what was answered, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Recorded
from alongside.kernel.fields import Lazy
from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import words_stand_q
from alongside.topics.people.policy import looks_at_words_q
from alongside.topics.voice.models.desks import Purpose, desk_q, runs_q


class Channel(models.TextChoices):
    """By which way feedback came."""

    WEB = "web", _("By the web form")
    KIOSK = "kiosk", _("On a shared screen")
    OTHER = "other", _("By somebody else for them")
    PHONE = "phone", _("By telephone")
    TEXT = "text", _("By text message")
    PAPER = "paper", _("On paper")
    SPOKEN = "spoken", _("Said in person")


class Result(models.TextChoices):
    """What was done because of it."""

    DID = "did", _("We did what you asked")
    PARTLY = "partly", _("We did part of it")
    DID_NOT = "did_not", _("We did not do it")


class Judged(models.TextChoices):
    """Whether the reply answers whoever gave the feedback: they say."""

    YES = "yes", _("Yes, it answers me")
    PARTLY = "partly", _("It answers part of what I said")
    NO = "no", _("No, it does not answer me")


class About(models.TextChoices):
    """Whom feedback is about."""

    BODY = "body", _("A council, a provider or another body")
    WEBSITE = "website", _("This website")


class Feedback(Now, ReadFirst):
    """What somebody told a body. Who they are is not asked. Words that all may read are read first."""

    organisation = models.UUIDField(db_index=True)  # about this website: the body that runs it
    is_about_site = models.BooleanField()
    channel = models.CharField(max_length=7, choices=Channel.choices)
    words = SealedField()  # empty when it was a worry for the duty team: there it is read, and only there
    may_be_shown = models.BooleanField()  # its giver lets everyone read it
    ward = models.UUIDField(null=True)
    finder = models.CharField(max_length=64, db_index=True)  # the keyed digest of the receipt code
    said_by = models.UUIDField()
    said_on = models.DateField()
    due_on = models.DateField()
    pack = models.CharField(max_length=60)
    is_for_duty = models.BooleanField()
    result = models.CharField(max_length=7)
    replied_on = models.DateField(null=True)
    days_taken = models.IntegerField(null=True)
    reply = SealedField()
    reply_office = models.UUIDField(null=True)
    is_shown = models.BooleanField()  # shown by the body alone, as it was done before
    moderation = models.CharField(max_length=20)  # why not, said so before
    moderation_words = SealedField()
    identity_reason = models.CharField(max_length=20)  # why somebody asks who they are
    judged = models.CharField(max_length=6)
    overdue_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return feedback_seen_q(actor, at)

    @property
    def shown_title(self) -> str:
        return str(self.words or "")

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("The reply"), self.reply)] if self.reply is not None else []

    def is_open_on(self, day: date) -> bool:
        """Whether everyone reads it on this day."""
        if not self.may_be_shown or self.is_for_duty:
            return False
        is_read = self.shown_on is not None and self.shown_on <= day and not self.is_held_on(day)
        return self.is_shown or (self.look_by is not None and is_read)


class StepKind(models.TextChoices):
    """What happened to a piece of feedback, as far as it is counted."""

    CAME = "came", _("It came")
    REPLIED = "replied", _("It was replied to")
    LATE = "late", _("The day of the reply passed")
    JUDGED = "judged", _("Whether the reply answers was said")
    PASSED = "passed", _("It was passed to the duty team")


class FeedbackStep(Now):
    """One thing that happened to a piece of feedback. Never changed: what is counted is made from these."""

    feedback = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=8, choices=StepKind.choices)
    said = models.CharField(max_length=8)  # the way it came, what was done, or whether that answers
    days = models.IntegerField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q() if actor.installation else NO_ROWS

    @classmethod
    def note(
        cls, entry: Recorded, feedback: UUID, kind: str, said: str = "", days: int | None = None
    ) -> None:
        """Keep what the entry did to a piece. An entry does one thing to one piece, so it lends its id."""
        cls.begin(entry, id=entry.id, feedback=feedback, kind=kind, said=said, days=days)


class WordKind(models.TextChoices):
    """What was added later, and by which side."""

    MORE = "more", _("Added later")
    JUDGED = "judged", _("About the reply")


class FeedbackWord(Now):
    """Something its giver added later. Never public."""

    feedback = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=6, choices=WordKind.choices)
    words = SealedField()
    said_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _between_them(actor, at)


class Contact(Now):
    """How the giver can be reached, or who they are: only where they chose to say so."""

    feedback = models.UUIDField(db_index=True)
    words = SealedField()
    said_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _between_them(actor, at)


def replies_q(actor: Actor, at: datetime) -> Q:
    """Rows whose body's feedback the actor replies to: the office named for it, or a manager there;
    about this website, the office that runs it too."""
    runs_the_site = desk_q(actor, at, Purpose.WEBSITE) & Q(is_about_site=True)
    return desk_q(actor, at, Purpose.FEEDBACK) | runs_the_site | runs_q(actor, at)


def open_q(at: datetime) -> Q:
    """What everyone reads: their giver lets them, somebody has read it first, and it stands."""
    read = Q(look_by__isnull=False) & words_stand_q(at)
    return Q(may_be_shown=True, is_for_duty=False) & (Q(is_shown=True) | read)


def looked_at_q(actor: Actor, at: datetime) -> Q:
    """What its giver lets everyone read, for those who may read it first."""
    return looks_at_words_q(actor, at) & Q(may_be_shown=True, is_for_duty=False)


def gave_q(actor: Actor) -> Q:
    """Rows of Feedback that this is the giver of: by their receipt code, or as somebody signed in."""
    if actor.person is None:
        return Q(id=actor.only) if actor.only is not None else NO_ROWS
    return Q(said_by__in=actor.ids) if actor.only is None else NO_ROWS


def feedback_seen_q(actor: Actor, at: datetime) -> Q:
    if actor.installation:
        return Q()
    theirs = gave_q(actor) | (replies_q(actor, at) & Q(is_for_duty=False))
    return open_q(at) | theirs | looked_at_q(actor, at)


def _between_them(actor: Actor, at: datetime) -> Q:
    """Between the giver and those who reply."""
    if actor.installation:
        return Q()
    theirs = gave_q(actor) | (replies_q(actor, at) & Q(is_for_duty=False))
    return Q(feedback__in=Feedback.everything.filter(theirs).values("id"))
