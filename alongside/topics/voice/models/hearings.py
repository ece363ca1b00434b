"""Asking for a place on an agenda: what was asked, offered and granted, and what in fact happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Recorded
from alongside.kernel.fields import Lazy
from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.kernel.sight import seen_rows
from alongside.topics.voice.models.desks import holds_q, of_body_q, runs_q


class InWhoseName(models.TextChoices):
    """In whose name somebody asks to be heard."""

    ONE = "one", _("My own")
    SEVERAL = "several", _("Several people’s")
    BODY = "body", _("An organisation’s")


class HearingState(models.TextChoices):
    """How a request stands."""

    ASKED = "asked", _("Asked")
    OFFERED = "offered", _("An offer waits for those who asked")
    GRANTED = "granted", _("Granted")
    PROTEST = "protest", _("Taken under protest")
    REFUSED = "refused", _("Refused")
    APPEALED = "appealed", _("Refused, and appealed")
    WITHDRAWN = "withdrawn", _("Taken back by those who asked")


class Outcome(models.TextChoices):
    """How a request fared, as it is counted."""

    WHOLE = "whole"
    PARTLY = "partly"
    LEAFLETS = "leaflets"
    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Way(models.TextChoices):
    """How somebody may be heard."""

    IN_PERSON = "in_person", _("Speaking there in person")
    VIDEO = "video", _("Speaking by video")
    READ_OUT = "read_out", _("Somebody else reads their words")
    LEAFLETS = "leaflets", _("Leaflets only")


class Answered(models.TextChoices):
    """What those who asked said to an offer."""

    WAITING = "waiting", _("No answer yet")
    ACCEPTED = "accepted", _("Accepted")
    PROTEST = "protest", _("Taken under protest")
    DECLINED = "declined", _("Declined")
    REPLACED = "replaced", _("A later offer took its place")


class Happened(models.TextChoices):
    """What in fact happened on the day."""

    SPOKE = "spoke", _("They spoke")
    READ_OUT = "read_out", _("Their statement was read by others")
    LEAFLETS = "leaflets", _("Only leaflets were given out")
    NOT_HEARD = "not_heard", _("They were not heard")


WAS_SAID_NO = (HearingState.REFUSED, HearingState.APPEALED)


class Hearing(Now):
    """Somebody asks for a place on an agenda."""

    organisation = models.UUIDField(db_index=True)
    office = models.UUIDField()  # who answers for the agenda
    meeting = SealedField()
    item = SealedField()
    meets_on = models.DateField()
    name_of = models.CharField(max_length=8, choices=InWhoseName.choices)
    body = models.UUIDField(null=True)  # the organisation that asks
    is_user_led = models.BooleanField()  # as the last count of its board said, on that day
    people = models.IntegerField()
    who = SealedField()  # several people: who they are, in their own words
    says = SealedField()
    is_open = models.BooleanField()  # everyone may read the request itself; the counts hold it either way
    ward = models.UUIDField(null=True)
    asked_by = models.UUIDField()  # an index below begins with it
    asked_on = models.DateField()
    minutes_asked = models.IntegerField()
    answer_due_on = models.DateField()
    pack = models.CharField(max_length=60)  # the rules it was asked under
    answered_on = models.DateField(null=True)  # the first offer, or the refusal
    days_taken = models.IntegerField(null=True)  # working days from asking to the first answer
    state = models.CharField(max_length=10, choices=HearingState.choices)
    minutes_granted = models.IntegerField(null=True)
    way_granted = models.CharField(max_length=10)
    refused_by = models.UUIDField(null=True)
    refused_office = models.UUIDField(null=True)
    refused_on = models.DateField(null=True)
    reasons = SealedField()
    would_change = SealedField()
    was_refused = models.BooleanField()  # once refused it counts as refused, whatever an appeal brings
    overdue_on = models.DateField(null=True)
    happened = models.CharField(max_length=10)  # as told by those who asked

    class Meta:
        indexes = [
            models.Index(fields=["asked_by", "-asked_on", "id"], name="hearing_asked"),
            models.Index(fields=["body"], condition=Q(body__isnull=False), name="hearing_of_body"),
        ]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return hearing_seen_q(actor, at)

    @property
    def shown_title(self) -> str:
        return str(self.meeting or "")

    def __str__(self) -> str:
        return f"{self.meeting}: {self.item}" if self.meeting else ""

    @classmethod
    def begin(cls, entry: Recorded, **values: Any) -> None:
        """A request that not everyone reads is counted by what happened to it, from its first day on."""
        super().begin(entry, **values)
        if not values["is_open"]:
            HearingStep.note(entry, values["id"], Outcome.WAITING)

    def change(self, entry: Recorded, **values: Any) -> Self:
        """The same when it stands otherwise. An entry does that to one request, so it lends its id."""
        super().change(entry, **values)
        if not self.is_open and "state" in values:
            HearingStep.note(entry, self.id, self.outcome)
        return self

    @property
    def outcome(self) -> str:
        """How it stands, by what was granted: "whole" is all they asked for, in their own voice.

        Leaflets, or no minute at all, are no grant: nobody is heard by them.
        """
        if self.state in (HearingState.GRANTED, HearingState.PROTEST):
            if self.way_granted == Way.LEAFLETS or not self.minutes_granted:
                return Outcome.LEAFLETS
            own_voice = self.way_granted in (Way.IN_PERSON, Way.VIDEO)
            whole = own_voice and (self.minutes_granted or 0) >= self.minutes_asked
            return Outcome.WHOLE if whole else Outcome.PARTLY
        if self.state in (HearingState.REFUSED, HearingState.APPEALED):
            return Outcome.REFUSED
        return Outcome.WITHDRAWN if self.state == HearingState.WITHDRAWN else Outcome.WAITING

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        asked = [(_("Minutes asked for"), self.minutes_asked), (_("What it is about"), self.item)]
        return [*asked, (_("Why it was refused"), self.reasons)] if self.state in WAS_SAID_NO else asked


class HearingStep(Now):
    """How a request that not everyone reads stood since an entry: what is counted of them. Never changed."""

    hearing = models.UUIDField(db_index=True)
    outcome = models.CharField(max_length=9)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q() if actor.installation else NO_ROWS

    @classmethod
    def note(cls, entry: Recorded, hearing: UUID, outcome: str) -> None:
        cls.begin(entry, id=entry.id, hearing=hearing, outcome=outcome)


class Offer(Now):
    """What the body offers: how many minutes, when, and how, with its reason. And what was answered."""

    hearing = models.UUIDField(db_index=True)
    minutes = models.IntegerField()
    on_day = models.DateField()
    at_time = SealedField()
    way = models.CharField(max_length=10, choices=Way.choices)
    reason = SealedField()
    office = models.UUIDField(null=True)
    offered_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answered.choices)
    answer_words = SealedField()
    answered_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _with_the_hearing(actor, at)


class Appeal(Now):
    """Those who were refused ask somebody else to look again."""

    hearing = models.UUIDField(db_index=True)
    office = models.UUIDField()  # who is asked
    words = SealedField()
    appealed_on = models.DateField()
    due_on = models.DateField()
    upheld = models.BooleanField(null=True)  # they are to be heard after all
    answer = SealedField()
    answered_on = models.DateField(null=True)
    overdue_on = models.DateField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _with_the_hearing(actor, at)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("Why they appeal"), self.words)]


class Account(Now):
    """What happened, as one side tells it. The body's stands beside that of the askers, never over it."""

    hearing = models.UUIDField(db_index=True)
    is_of_body = models.BooleanField()
    happened = models.CharField(max_length=10, choices=Happened.choices)
    minutes = models.IntegerField(null=True)
    words = SealedField()
    told_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _with_the_hearing(actor, at)


def hearing_seen_q(actor: Actor, at: datetime) -> Q:
    """Rows of Hearing the actor may see: open ones; their own; those they answer for."""
    if actor.installation:
        return Q()
    is_open = Q(is_open=True)
    if actor.person is None or actor.only is not None:
        return is_open | asked_q(actor, at)
    appeals = Appeal.everything.filter(holds_q(actor, at)).values("hearing")
    answers = holds_q(actor, at) | runs_q(actor, at) | Q(id__in=appeals)
    return is_open | asked_q(actor, at) | answers


def asked_q(actor: Actor, at: datetime) -> Q:
    """Rows of Hearing that the actor asked for, or their organisation did; by a code, their own one alone."""
    if actor.person is None:
        return NO_ROWS
    if actor.only is not None:
        return Q(id=actor.only, asked_by__in=actor.records)
    return Q(asked_by__in=actor.ids) | of_body_q(actor, at, "body")


def _with_the_hearing(actor: Actor, at: datetime) -> Q:
    if actor.installation:
        return Q()
    return Q(hearing__in=seen_rows(Hearing.everything.all(), hearing_seen_q, actor, at).values("id"))


def waits_for_an_answer_q() -> Q:
    """Requests that nobody has answered, and those that an appeal opened again and nobody offered a place."""
    later = Offer.everything.filter(hearing=OuterRef("hearing"), offered_on__gte=OuterRef("answered_on"))
    opened = Appeal.everything.filter(~Exists(later), hearing=OuterRef("id"), upheld=True)
    return Q(answered_on=None) | Q(Exists(opened), state=HearingState.ASKED)
