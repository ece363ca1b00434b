"""What bodies promised in public, word for word, kept apart from the promises their owners recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import WAITING, held_q, words_stand_q
from alongside.topics.people.policy import looks_at_words_q
from alongside.topics.promises.engine import figures
from alongside.topics.promises.models.promise import promise_seen_q


class Stood(models.TextChoices):
    """What the body has said of public words that somebody wrote down."""

    WAITING = "waiting", _("Not taken up, and not answered")
    OURS = "ours", _("Taken up")
    NOT_OURS = "not_ours", _("The body says it is not theirs")
    DIFFERENT = "different", _("The body says it was said differently")
    WITHDRAWN = "withdrawn", _("Taken back by who wrote it down")


def _wrote_q(actor: Actor) -> Q:
    is_here = actor.person is not None and actor.only is None
    return Q(written_by__in=actor.records) if is_here else NO_ROWS


class Statement(Now, ReadFirst):
    """A promise somebody made in public, as somebody else wrote it down. Not a promise of this record yet."""

    organisation = models.UUIDField(db_index=True)
    words = SealedField()
    who = SealedField()  # the post that said it, never a worker
    made_to = SealedField()  # whom it was made to, as they said it
    source = SealedField()  # where it can be read or heard
    page = SealedField()
    link = SealedField()
    said_on = models.DateField()
    by_when = models.DateField(null=True)
    written_by = models.UUIDField()
    written_on = models.DateField()
    state = models.CharField(max_length=10, choices=Stood.choices)
    answer = SealedField()
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "said_on"], name="statement_by_body")]

    @property
    def words_to_read(self) -> list[Any]:
        return [self.words, self.who, self.made_to, self.source, self.page, self.link]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Everyone, once somebody has read it; before, who may read it first. Taken back, its writer."""
        if actor.installation:
            return Q()
        read = words_stand_q(at) | looks_at_words_q(actor, at)
        return (~Q(state=Stood.WITHDRAWN) & read) | _wrote_q(actor)

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return str(self.words)


class LinkedAct(Now, ReadFirst):
    """Something that was done since, as somebody found it, with where it can be seen."""

    statement = models.UUIDField(db_index=True)
    decision = models.UUIDField(null=True)
    words = SealedField()
    where = SealedField()
    on_day = models.DateField()
    written_by = models.UUIDField()
    written_on = models.DateField()
    by_the_body = models.BooleanField()  # whoever wrote it down works for the body that made the promise

    @property
    def words_to_read(self) -> list[Any]:
        return [self.words, self.where]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        seen = Statement.everything.filter(Statement.seen_by(actor, at))
        reads = seen.filter(looks_at_words_q(actor, at))
        return Q(statement__in=seen.values("id")) & (
            words_stand_q(at) | Q(statement__in=reads.values("id")) | _wrote_q(actor)
        )


@dataclass(frozen=True)
class Unread:
    """That something was written down which not everyone may read, and why: never the words."""

    organisation: UUID
    written_on: date
    held_for: str  # empty while nobody has looked


def unread(today: date, organisation: UUID | None = None) -> list[Unread]:
    """What has waited too long for somebody to read it, and what was held back. For everyone to know."""
    told = (WAITING & Q(look_by__lt=today)) | held_q(today)
    statements = Statement.everything.exclude(state=Stood.WITHDRAWN)
    if organisation is not None:
        statements = statements.filter(organisation=organisation)
    bodies = dict(statements.values_list("id", "organisation"))
    acts = LinkedAct.everything.filter(statement__in=statements.values("id"))
    found = [
        *statements.filter(told).values_list("id", "written_on", "held_for"),
        *acts.filter(told).values_list("statement", "written_on", "held_for"),
    ]
    made = [Unread(bodies[pk], on, why) for pk, on, why in found]
    return sorted(made, key=lambda one: (one.written_on, one.organisation, one.held_for))


# Protocols: a set of promises, each with a test of completion ------------------------------------------


class Protocol(Now):
    """A set of promises that a body made together to a user-led organisation, each with a test."""

    organisation = models.UUIDField(db_index=True)
    made_to = models.UUIDField()
    list_key = models.CharField(max_length=60)  # the list of the rule pack that holds its lines
    pack = models.CharField(max_length=80)  # the version it was adopted under
    adopted_on = models.DateField()
    adopted_by = models.UUIDField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


class ProtocolUse(Now):
    """One time a protocol is used, such as one procurement."""

    protocol = models.UUIDField(db_index=True)
    name = SealedField()
    link = SealedField()
    begun_by = models.UUIDField()
    begun_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()


class Tested(models.TextChoices):
    """What a test of completion showed. Evidence, never a verdict."""

    PASSED = "pass", _("Pass")
    FAILED = "fail", _("Fail")
    NOT_EVIDENCED = "not_evidenced", _("Not evidenced")


class Unit(models.TextChoices):
    """What a number is a number of. One without a unit is a plain count or a part of something."""

    DAY = "day", _("days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")
    YEAR = "year", _("years")


class TestResult(Now):
    """What somebody saw when they looked, with the document and the number."""

    __test__ = False  # no test of ours: pytest reads the name

    promise = models.UUIDField(db_index=True)
    use = models.UUIDField(null=True, db_index=True)
    result = models.CharField(max_length=14, choices=Tested.choices)
    document = SealedField()
    number = SealedField()
    found = models.BigIntegerField(null=True)  # the same as a figure: so many
    out_of = models.BigIntegerField(null=True)  # out of so many, where it is a part of something
    unit = models.CharField(max_length=5, choices=Unit.choices, null=True)
    reason = SealedField()
    looked_on = models.DateField()
    said_by = models.UUIDField()
    by_owner = models.BooleanField()  # whoever looked answers for the promise

    @property
    def figures(self) -> str:
        """The number that was found: as a figure where there is one, else as it was written."""
        return figures(self.found, self.out_of, self.unit or "") or str(self.number or "")

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:

        return promise_seen_q(actor, at)
