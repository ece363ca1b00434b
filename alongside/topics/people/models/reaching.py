"""How a person is told things: what they need, the safe way, how often. Needs are kept, never diagnoses."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from alongside.kernel import clock, rules
from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import HowOften, Kinds, Language
from alongside.topics.people.models.links import linked_q, worked_q


def _called(what: str, code: str) -> str:
    """What a list of the rules in force calls this."""
    names = dict(rules.here(clock.today()).choices(what))
    return gettext(names.get(code, code))


class InformationNeed(Now):
    """One thing this person needs in order to read, hear, understand or answer."""

    person = models.UUIDField(db_index=True)
    category = models.CharField(max_length=20)  # access.categories of the rule pack
    code = models.CharField(max_length=40)  # from the list of that category
    words = SealedField()
    said_by = models.UUIDField()
    since = models.DateTimeField()
    checked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """The person, and those who must meet the need: workers, paid staff, advocates."""
        if actor.installation:
            return Q()
        if actor.person is None:
            return NO_ROWS
        if actor.only is not None:
            return Q(person=actor.person)
        meet_it = (*Kinds.PAID, *Kinds.ADVOCATES)
        return Q(person=actor.person) | worked_q(actor, at, "person") | linked_q(actor, at, "person", meet_it)

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return _called(f"access.{self.category}", self.code)


class WayToTell(Now):
    """A way to reach this person, and whether it is safe. Seen by them and those who write to them only."""

    person = models.UUIDField(db_index=True)
    channel = models.CharField(max_length=20)  # told.channels of the rule pack
    address = SealedField()
    is_safe = models.BooleanField()
    place = models.IntegerField()  # 1 is tried first
    shared_with = models.UUIDField(null=True)  # who else can see or hear what comes this way
    language = models.CharField(max_length=5, choices=Language.choices)
    times = SealedField()  # when to ring or come, in the person's words
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    set_by = models.UUIDField(null=True)  # who wrote it down, if not the person
    confirmed_by = models.UUIDField(null=True)  # somebody outside of their line, or the person
    confirmed_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Never a carer, a speaker or anyone at home: this is what keeps people safe."""
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(person=actor.person) | worked_q(actor, at, "person")

    @property
    def shown_title(self) -> str:  # what a form about this says at its top; never the address itself
        return _called("told.channels", self.channel)


class Asking(Now):
    """How often somebody wants to be asked, and by whom not. The id is the person's."""

    how_often = models.CharField(max_length=8, choices=HowOften.choices)
    most_a_month = models.IntegerField(null=True)
    words = SealedField()
    since = models.DateTimeField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(pk=actor.person) | worked_q(actor, at, "pk")
