"""Resolutions word for word: each version, and each place where one is quoted."""

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
from alongside.kernel.sight import seen_rows
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import words_stand_q
from alongside.topics.people.policy import duty_elsewhere_q, looks_at_words_q, names_of
from alongside.topics.voice.models.desks import of_body_q


class Check(models.TextChoices):
    """How a quote stands to the text it is from."""

    EXACT = "exact", _("The exact words")
    SHORTENED = "shortened", _("Shortened: words are left out")
    ALTERED = "altered", _("Altered: these are not the words")


class Resolution(Now):
    """What a body or group resolved. Its words are in its versions."""

    organisation = models.UUIDField(db_index=True)
    is_open = models.BooleanField()
    title = SealedField()
    versions = models.IntegerField()
    first_passed_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return resolution_seen_q(actor, at)

    @property
    def shown_title(self) -> str:
        return str(self.title or "")

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        latest = Version.everything.filter(resolution=self.id, number=self.versions).first()
        return [(_("As it stands now"), latest.words if latest is not None else None)]

    def __str__(self) -> str:
        return self.shown_title


class Version(Now):
    """The words as they were passed on one day. A later version never writes over an earlier one."""

    resolution = models.UUIDField(db_index=True)
    number = models.IntegerField()
    words = SealedField()
    passed_by = SealedField()  # the meeting that passed it
    passed_on = models.DateField()
    votes_for = models.IntegerField(null=True)
    votes_against = models.IntegerField(null=True)
    votes_abstained = models.IntegerField(null=True)
    why = SealedField()  # why it was changed

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _with_the_resolution(actor, at)

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.number})


class Quote(Now, ReadFirst):
    """One place where a resolution is quoted, with the words quoted there. They are read first."""

    resolution = models.UUIDField(db_index=True)
    version = models.UUIDField()
    number = models.IntegerField()  # of that version
    words = SealedField()
    place = SealedField()  # a minute, a web page, a leaflet
    matter = models.UUIDField(null=True, db_index=True)  # a decision
    hearing = models.UUIDField(null=True)
    check_says = models.CharField(max_length=9, choices=Check.choices)
    quoted_on = models.DateField(null=True)  # on which day it stood there; else the day it was found
    found_on = models.DateField()
    quoted_by = models.UUIDField(null=True)  # the body that quotes it there
    quoted_as = SealedField()  # which office, group or role of it; never a person's name
    noted_by = models.UUIDField()
    noted_office = models.UUIDField(null=True)  # the office as which it was written down

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return quote_seen_q(actor, at)

    @property
    def words_to_read(self) -> list[Any]:
        body = names_of([self.quoted_by])[self.quoted_by] if self.quoted_by else ""
        return [self.place, body, self.quoted_as, self.words]


def resolution_seen_q(actor: Actor, at: datetime) -> Q:
    """Open ones; and those of a body the actor works for or belongs to."""
    return Q() if actor.installation else Q(is_open=True) | of_body_q(actor, at, "organisation")


def _with_the_resolution(actor: Actor, at: datetime) -> Q:
    if actor.installation:
        return Q()
    seen = seen_rows(Resolution.everything.all(), resolution_seen_q, actor, at)
    return Q(resolution__in=seen.values("id"))


def looks_at_quotes_q(actor: Actor, at: datetime) -> Q:
    """Resolutions of which the actor reads first where they are quoted."""
    return looks_at_words_q(actor, at) | duty_elsewhere_q(actor, at)


def quote_seen_q(actor: Actor, at: datetime) -> Q:
    """Whoever sees the resolution, once somebody has read it; until then its writer, and who may read it."""
    if actor.installation:
        return Q()
    signed_in = actor.person is not None and actor.only is None
    wrote = Q(noted_by__in=actor.ids) if signed_in else NO_ROWS
    may_look = Resolution.everything.filter(looks_at_quotes_q(actor, at), is_open=True)
    read = words_stand_q(at) | wrote | Q(resolution__in=may_look.values("id"))
    return _with_the_resolution(actor, at) & read
