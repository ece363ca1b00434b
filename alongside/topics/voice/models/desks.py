"""Which office answers for what, which ward a councillor stands for, and predicates that all here use."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.bodies import offices_held
from alongside.topics.people.models.kinds import Kinds, LinkKind
from alongside.topics.people.models.links import bodies_of


class Purpose(models.TextChoices):
    """What an office answers for."""

    FEEDBACK = "feedback", _("Replies to feedback")
    WEBSITE = "website", _("Runs this website, and replies about it")
    SPEAK_UP = "speak_up", _("Answers practitioners who speak up")


class Desk(Now):
    """That this office answers for this. Public: people must know who will read what they write."""

    organisation = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    office = models.UUIDField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


class Ward(Now):
    """A part of the place that elects councillors. Its name is public."""

    organisation = models.UUIDField(db_index=True)
    name = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()

    def __str__(self) -> str:
        return str(self.name or "")


class Seat(Now):
    """Which councillor stands for which ward: elected, so public."""

    ward = models.UUIDField(db_index=True)
    councillor = models.UUIDField(db_index=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


def holds_q(actor: Actor, at: datetime, field: str = "office") -> Q:
    """Rows whose column names an office that the actor holds."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(**{f"{field}__in": offices_held(actor.person, at)})


def runs_q(actor: Actor, at: datetime, field: str = "organisation") -> Q:
    """Rows whose column names a body that the actor manages."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(**{f"{field}__in": bodies_of(actor, at, [LinkKind.MANAGER])})


def of_body_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose column names a body that the actor works for or belongs to."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(**{f"{field}__in": bodies_of(actor, at, (*Kinds.COLLEAGUES, *Kinds.MEMBERS))})


def seated_q(actor: Actor, at: datetime, field: str = "organisation") -> Q:
    """Rows whose column names a council that the actor is a councillor of."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(**{f"{field}__in": bodies_of(actor, at, [LinkKind.COUNCILLOR])})


def desk_q(actor: Actor, at: datetime, purpose: Purpose, field: str = "organisation") -> Q:
    """Rows whose column names a body where the actor holds the office that answers for this."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    desks = Desk.everything.filter(purpose=purpose, ended_at=None, office__in=offices_held(actor.person, at))
    return Q(**{f"{field}__in": desks.values("organisation")})
