"""Persons, and what they are found by. Names lie in one lookup table, blanked when a person is erased."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from alongside.kernel.keyring import keyring
from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.kinds import PersonState
from alongside.topics.people.models.links import known_q, worked_q


class Person(Now):
    """A person. Everything else about them is elsewhere, with its own rule of who sees it."""

    state = models.CharField(max_length=8, choices=PersonState.choices)
    merged_into = models.UUIDField(null=True)
    is_child = models.BooleanField()
    held_by = models.UUIDField(null=True)  # the body that answers for this record
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    first_letter_at = models.DateTimeField(null=True)  # when we asked which format suits them

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None:
            return NO_ROWS
        if actor.only is not None:
            return Q(pk=actor.person)
        return known_q(actor, at, "pk") | Q(added_by=actor.person)

    @classmethod
    def choices_for(cls, actor: Actor, *among: Q) -> list[tuple[UUID, str]]:
        """Whom a form offers: those this reader may see whose record is in use, by name."""
        seen = cls.objects.seen_by(actor).filter(*among, state=PersonState.ACTIVE).values("id")
        named = Findable.everything.filter(kind=Findable.PERSON, id__in=seen).exclude(name="")
        return list(named.order_by("folded", "id").values_list("id", "name"))


class Findable(Now):
    """The names that people, bodies, teams and offices are found by. The id is theirs."""

    PERSON, BODY, TEAM, OFFICE = "person", "body", "team", "office"

    kind = models.CharField(max_length=6)
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)  # to be found by, without capitals and accents
    added_by = models.UUIDField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        public = ~Q(kind=cls.PERSON)
        if actor.installation:
            return Q()
        if actor.person is None:
            return public
        if actor.only is not None:
            return public | Q(pk=actor.person)
        return public | known_q(actor, at, "pk") | Q(added_by=actor.person)


class CouncilReference(Now):
    """Where this person is in a council's own system. Found by a keyed digest, shown from its box."""

    person = models.UUIDField(db_index=True)
    system = models.CharField(max_length=20)
    finder = models.CharField(max_length=64, db_index=True)
    reference = SealedField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _theirs_and_workers(actor, at)


class SignInName(Now):
    """An email address, or a name at a council's single sign-on, by which a person signs in."""

    EMAIL, COUNCIL = "email", "oidc"

    person = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=5)
    finder = models.CharField(max_length=64, db_index=True)
    address = SealedField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    set_by = models.UUIDField(null=True)  # a worker who wrote this down alone; nobody once a second one has

    @property
    def shown_title(self) -> str:  # what a form about this says at its top; never the address itself
        return gettext("How they sign in")

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        return Q(person=actor.person)


class WayIn(Now):
    """A code from a letter or a text that opens one matter. Only its keyed digest is kept."""

    person = models.UUIDField(db_index=True)
    matter = models.UUIDField()
    path = models.CharField(max_length=122)  # the page of the matter
    finder = models.CharField(max_length=64, db_index=True)
    way = models.UUIDField(null=True)  # the way to tell by which it was sent
    given_by = models.UUIDField(null=True)  # who saw it and handed it out; nobody where we sent it ourselves
    is_once = models.BooleanField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return _theirs_and_workers(actor, at)


def _theirs_and_workers(actor: Actor, at: datetime) -> Q:
    if actor.installation:
        return Q()
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    return Q(person=actor.person) | worked_q(actor, at, "person")


def folded(name: str) -> str:
    """A name as it was given, whatever the capitals."""
    return " ".join(name.casefold().split())


def finder(kind: str, *parts: str) -> str:
    """The keyed digest that something is found by. The same words give the same digest, only here."""
    return keyring().mac(kind.encode(), *(part.encode() for part in parts)).hex()


def found_by(kind: str, prefix: str, words: str | None) -> str:
    """The digest of words that came out of a box: empty when they are gone."""
    return finder(kind, prefix, folded(words)) if words else ""
