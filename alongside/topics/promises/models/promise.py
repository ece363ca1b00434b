"""How promises stand now, and who may see each row."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.kernel.sight import seen_rows
from alongside.topics.people.models import ReadFirst
from alongside.topics.people.models.read_first import words_stand_q
from alongside.topics.people.policy import circle_q, looks_at_words_q, not_held_back_q, worked_q


class Said(models.TextChoices):
    """What somebody a promise was made to says of it."""

    KEPT = "kept", _("Kept")
    PARTLY = "partly", _("Partly kept")
    NOT_KEPT = "not_kept", _("Not kept")
    TOO_EARLY = "too_early", _("Too early to say")
    NO_LONGER = "no_longer", _("It no longer matters to me")


FELL_SHORT = (Said.NOT_KEPT, Said.PARTLY)  # whoever says one of these is asked what they want now


class Through(models.TextChoices):
    """By which way a verdict came to us."""

    THEMSELF = "themself", _("They said it themself")
    SPEAKER = "speaker", _("Someone who speaks for them said it")
    ADVOCATE = "advocate", _("Their advocate said it")
    SPOKEN = "spoken", _("They said it to someone, who wrote it down")


class Wants(models.TextChoices):
    """What somebody wants after a promise was not kept."""

    NOTHING = "nothing", _("Nothing more")
    CALL = "call", _("A call about it")
    NEW_DATE = "new_date", _("A new date")
    NEW_DECISION = "new_decision", _("A new decision about it")


class NumberIs(models.TextChoices):
    """How a number that was promised is meant."""

    JUST = "just", _("Just this many")
    AT_LEAST = "at_least", _("This many or more")
    AT_MOST = "at_most", _("This many or fewer")


class Promise(Now):
    """Somebody will do something for somebody, by a day. It is never taken back: a new one may be made."""

    decision = models.UUIDField(null=True, db_index=True)
    organisation = models.UUIDField(db_index=True)
    office = models.UUIDField(null=True)  # what public pages show
    owner = models.UUIDField(db_index=True)  # the person in post who answers for it now
    person = models.UUIDField(null=True, db_index=True)  # whose life it is about; nobody's: open to all
    is_private = models.BooleanField()  # kept from everyone who is only let in by the person
    what = SealedField()
    group = SealedField()  # who they are, when it was made to a group
    group_of = models.UUIDField(null=True)  # the organisation whose members each judge for themselves
    group_size = models.IntegerField(null=True)
    made_on = models.DateField()
    made_by_person = models.UUIDField()
    first_due_on = models.DateField()
    due_on = models.DateField(db_index=True)
    percent = models.IntegerField(null=True)  # how far its owner says it is
    done_on = models.DateField(null=True)  # since when its owner says it is done
    asked_on = models.DateField(null=True)  # when those it was made to were asked how it went
    test = SealedField()  # how anybody can see that it is done
    number = models.BigIntegerField(null=True)  # so many were promised, where a number was
    number_is = models.CharField(max_length=8, choices=NumberIs.choices, null=True)
    out_of = models.BigIntegerField(null=True)  # out of so many, where it is a part of something
    number_of = SealedField()  # of what it is a number: "hours a week"
    statement = models.UUIDField(null=True, db_index=True)  # the public words it was taken up from
    protocol = models.UUIDField(null=True, db_index=True)  # the protocol it is a line of
    line = models.CharField(max_length=40)  # which line of it

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "due_on"], name="promise_by_body"),
            models.Index(fields=["owner", "due_on"], name="promise_owed", condition=Q(done_on=None)),
            models.Index(fields=["id", "asked_on"], name="promise_asked"),
        ]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return sees_promise_q(actor, at)

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return str(self.what)

    @property
    def is_public(self) -> bool:
        return self.person is None


class PromisedTo(Now):
    """Somebody a promise was made to: one person, or (nobody named) everyone in the promise's group."""

    promise = models.UUIDField(db_index=True)
    matter = models.UUIDField()  # the decision it came from, or the promise itself
    person = models.UUIDField(null=True)  # an index below begins with it
    group_of = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "promise"], name="promised_to")]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """A group is as open as its promise; a person's name is for them and those who stand by them."""
        theirs = near_q(actor, at) | circle_q(actor, at, "person")
        return promise_seen_q(actor, at) & (Q(person=None) | theirs)


class Progress(Now):
    """How far its owner says a promise is. Never whether it was kept."""

    promise = models.UUIDField(db_index=True)
    percent = models.IntegerField()
    words = SealedField()
    evidence = SealedField()  # where it can be seen
    said_by = models.UUIDField()
    said_on = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


class Figure(Now):
    """How many it is now, of what was promised in numbers, as one side says. Never whether it was kept."""

    promise = models.UUIDField(db_index=True)
    number = models.BigIntegerField()
    said_by = models.UUIDField()
    said_on = models.DateField()
    by_owner = models.BooleanField()  # whoever says so answers for the promise

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


class Verdict(Now, ReadFirst):
    """What somebody said of a promise that was made to them. Rows are added; no answer is written over."""

    promise = models.UUIDField(db_index=True)
    made_to = models.UUIDField(db_index=True)  # the PromisedTo row
    person = models.UUIDField()  # whose answer it is; an index below begins with it
    said = models.CharField(max_length=12, choices=Said.choices)
    words = SealedField()
    through = models.CharField(max_length=10, choices=Through.choices)
    by = models.UUIDField()  # who gave it: the person, or who spoke or wrote for them
    spoken_on = models.DateField(null=True)  # when they said it to the one who wrote it down
    said_on = models.DateField()
    place = models.IntegerField()  # which answer of this promise it is: the latest counts
    is_held = models.BooleanField()  # only its giver sees it, until they let it go
    needs_confirming = models.BooleanField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_on = models.DateField(null=True)
    may_be_read = models.BooleanField()  # on a promise open to all, everyone may read the words
    counts = models.BooleanField()  # it is this person's answer now
    heard = models.BigIntegerField(null=True)  # the entry since which it was counted
    denied = models.BigIntegerField(null=True)  # the entry since which they say that they did not say it
    paper = SealedField()  # where it was typed from a slip: which one
    by_own_word = models.BooleanField()  # that they are in the group, nobody but they had said by then

    class Meta:
        indexes = [
            models.Index(fields=["promise", "counts", "said"], name="verdict_count"),
            models.Index(fields=["person", "promise", "counts"], name="verdict_of"),
        ]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Its giver and the person; once let go, also who answers for it and who works for the person.

        Nobody else who may speak for the person sees what the person said.
        """
        if actor.installation:
            return Q()
        open_to_all = Q(counts=True) & open_words_q(actor, at)
        if actor.person is None:
            return open_to_all
        own = Q(by=actor.person) | Q(person=actor.person)
        if actor.only is not None:
            return own & Q(promise__in=_promises().filter(_only_q(actor)).values("id"))
        return own | (Q(is_held=False) & near_q(actor, at)) | open_to_all


class WhatNow(Now):
    """What somebody wants now, after a promise to them was not kept, and what came of it."""

    promise = models.UUIDField(db_index=True)
    made_to = models.UUIDField()
    person = models.UUIDField(db_index=True)
    wants = models.CharField(max_length=14, choices=Wants.choices)
    words = SealedField()
    new_day = models.DateField(null=True)  # the day they would be content with
    by = models.UUIDField()
    said_on = models.DateField()
    answered_by = models.UUIDField(null=True)
    answered_on = models.DateField(null=True)
    answer = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return between_them_q(actor, at)


class ProposedDate(Now):
    """Another day for a promise. It holds when everyone it was made to agrees; in a group, when enough do."""

    promise = models.UUIDField(db_index=True)
    due_on = models.DateField()
    why = SealedField()
    said_by = models.UUIDField()
    said_on = models.DateField()
    agreed_before = models.IntegerField()  # how many had named this very day themselves
    state = models.CharField(max_length=10)  # waiting | agreed | declined
    was_due_on = models.DateField(null=True)  # the day that stood when this was asked
    closes_on = models.DateField(null=True)  # until when a group is asked
    yes = models.IntegerField(null=True)  # of a group, once it is settled
    no = models.IntegerField(null=True)

    def has_passed(self, today: date) -> bool:
        """Whether it came and went while an answer was waited for: then nobody is asked about it any more."""
        return self.state == "waiting" and self.due_on < today

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


class DateAnswer(Now, ReadFirst):
    """Whether somebody agrees to another day."""

    promise = models.UUIDField(db_index=True)
    proposal = models.UUIDField(db_index=True)
    person = models.UUIDField()  # whose answer it is
    agrees = models.BooleanField()
    by = models.UUIDField()
    typist = models.UUIDField(null=True)  # who typed it for them; nobody where they said it themself
    denied = models.BigIntegerField(null=True)  # the entry since which they say that they did not say it
    said_on = models.DateField()
    why = SealedField()
    may_be_read = models.BooleanField()  # on a promise open to all, everyone may read why

    @property
    def words_to_read(self) -> list[Any]:
        return [self.why]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return between_them_q(actor, at) | (open_words_q(actor, at) & promise_seen_q(actor, at))


class Correction(Now):
    """What a promise said before its words were put right, and why."""

    promise = models.UUIDField(db_index=True)
    was = SealedField()
    was_number = models.BigIntegerField(null=True)
    was_number_is = models.CharField(max_length=8, choices=NumberIs.choices, null=True)
    was_out_of = models.BigIntegerField(null=True)
    was_number_of = SealedField()
    why = SealedField()
    by = models.UUIDField()
    on_day = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


class HandOver(Now):
    """A promise went from one owner to another. It is the same promise, with the same day."""

    promise = models.UUIDField(db_index=True)
    from_office = models.UUIDField(null=True)
    from_owner = models.UUIDField()
    to_office = models.UUIDField(null=True)
    to_owner = models.UUIDField()
    why = SealedField()
    on_day = models.DateField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return promise_seen_q(actor, at)


# Who sees: every predicate above ends in one of these. ---------------------------------------------


def sees_promise_q(actor: Actor, at: datetime) -> Q:
    """Rows of Promise the actor may see."""
    if actor.installation:
        return Q()
    public = Q(person=None)
    if actor.person is None:
        return public
    if actor.only is not None:
        return _only_q(actor) & (public | Q(id__in=made_to(actor))) & _not_held_q(actor, at)
    known = (
        public
        | Q(owner=actor.person)
        | Q(id__in=made_to(actor))
        | worked_q(actor, at, "person")
        | (Q(is_private=False) & circle_q(actor, at, "person"))
    )
    return known & _not_held_q(actor, at)


def _not_held_q(actor: Actor, at: datetime) -> Q:
    """Neither the promise nor the decision it came from is held back from this reader."""
    return not_held_back_q(actor, at, "id") & not_held_back_q(actor, at, "decision")


def knows_answers_q(actor: Actor, at: datetime) -> Q:
    """Rows of Promise whose answers the actor may know: who answers for it, who works for the person."""
    if actor.installation:
        return Q()
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(owner=actor.person) | worked_q(actor, at, "person")


def _promises() -> Any:
    return Promise.everything.all()


def open_words_q(actor: Actor, at: datetime) -> Q:
    """What its giver lets everyone read of a promise open to all: once somebody has read it; first, they."""
    public = _promises().filter(person=None, id=OuterRef("promise"))  # of one row: there may be thousands
    first = Q(Exists(public.filter(looks_at_words_q(actor, at))))
    may = Q(may_be_read=True) & Q(Exists(public))
    return may & (words_stand_q(at) | first)


def made_to(actor: Actor) -> Any:
    return PromisedTo.everything.filter(person=actor.person).values("promise")


def _only_q(actor: Actor) -> Q:
    """The one matter somebody came for, with a code from a letter."""
    return Q(id=actor.only) | Q(decision=actor.only) | Q(protocol=actor.only)


def promise_seen_q(actor: Actor, at: datetime) -> Q:
    """For a part of a promise: seen by whoever sees the promise. It is asked of one row at a time."""
    if actor.installation:
        return Q()
    seen = seen_rows(_promises(), sees_promise_q, actor, at)  # written once for all parts
    return Q(Exists(seen.filter(id=OuterRef("promise"))))


def near_q(actor: Actor, at: datetime) -> Q:
    """The person of the row, who answers for the promise, and who works for the person."""
    if actor.person is None:
        return NO_ROWS
    near = Q(person=actor.person)
    if actor.only is None:
        owned = _promises().filter(owner=actor.person).values("id")
        near |= Q(promise__in=owned) | (worked_q(actor, at, "person") & _of_a_life_q())
    return near


def _of_a_life_q() -> Q:
    """What somebody says of a promise to a whole place is no concern of those who work for them."""
    return Q(promise__in=_promises().filter(person__isnull=False).values("id"))


def between_them_q(actor: Actor, at: datetime) -> Q:
    """Between the person and those who answer for the promise, and whoever said it for the person."""
    if actor.installation:
        return Q()
    if actor.person is None:
        return NO_ROWS
    return (near_q(actor, at) | Q(by=actor.person)) & promise_seen_q(actor, at)
