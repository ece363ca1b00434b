"""Practitioners who speak up. Who wrote a note is a pseudonym, and the link to it is sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField


class SpeaksAs(models.TextChoices):
    """What is shown of whoever speaks: that they do this work, and no more."""

    PRACTITIONER = "practitioner", _("A practitioner")
    PROVIDER_STAFF = "provider_staff", _("Somebody who works for a provider")


class NoteKind(models.TextChoices):
    """What was written under a note."""

    ANSWER = "answer", _("The office answered")
    MORE = "more", _("They added")
    JUDGED = "judged", _("They said of the answer")
    RETALIATION = "harm", _("They are treated worse because they spoke")


class Note(Now):
    """What worries a practitioner. Seen by them and those who answer; by no one in their own line."""

    office = models.UUIDField(db_index=True)
    standing = models.CharField(max_length=14, choices=SpeaksAs.choices)
    area = models.UUIDField(null=True)  # the large team or body they are of, where many work
    theme = models.CharField(max_length=20)
    words = SealedField()
    to_members = models.BooleanField()  # counted for elected members, as one of many
    is_named = models.BooleanField()  # they let those who answer see their name
    said_by = models.UUIDField(db_index=True)  # a pseudonym of this note alone
    said_on = models.DateField()
    due_on = models.DateField()
    pack = models.CharField(max_length=60)
    answered_on = models.DateField(null=True)
    judged = models.CharField(max_length=7)
    harm_said_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return note_seen_q(actor)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        answers = NoteWord.everything.filter(note=self.id, kind=NoteKind.ANSWER).order_by("-made_by", "-id")
        latest = answers.first()
        said = (_("What was answered"), latest.words if latest is not None else None)
        return [(_("What was written"), self.words), said]


class NoteWord(Now):
    """What was written under a note, by either side."""

    note = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=6, choices=NoteKind.choices)
    words = SealedField()
    said_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        return Q(note__in=Note.everything.filter(note_seen_q(actor)).values("id"))


class Reader(Now):
    """Who may read a note: holders of the office who were outside its writer's line when last looked at."""

    note = models.UUIDField(db_index=True)
    person = models.UUIDField(db_index=True)
    ended_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        return NO_ROWS if actor.person is None or actor.only is not None else Q(person=actor.person)


def wrote_q(actor: Actor) -> Q:
    """Notes the actor wrote: found by their pseudonyms, which only their own sitting knows."""
    if actor.person is None or actor.only is not None or not actor.voices:
        return NO_ROWS
    return Q(said_by__in=sorted(actor.voices))


def reads_q(actor: Actor) -> Q:
    """Notes the actor is to answer."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(id__in=Reader.everything.filter(person__in=actor.records, ended_on=None).values("note"))


def note_seen_q(actor: Actor) -> Q:
    return Q() if actor.installation else wrote_q(actor) | reads_q(actor)
