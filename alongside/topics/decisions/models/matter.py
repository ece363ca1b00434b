"""The matter itself, what its parts have in common, and whom it concerns."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.policy import (
    if_the_decision_is_seen,
    rows,
    sees_decision_q,
    sees_private_part_q,
    stands_by_q,
)
from alongside.topics.people.models.read_first import words_stand_q
from alongside.topics.people.policy import looks_at_words_q, not_held_back_q

MOST_OFFERED = 2000  # open matters that one reader may choose from, the newest first


class About(models.TextChoices):
    """Whose matter it is."""

    PERSON = "person", _("one person’s life")
    PLACE = "place", _("a service or a place")


class State(models.TextChoices):
    """How far a decision is."""

    OPEN = "open", _("Not decided yet")
    DECIDED = "decided", _("Decided")
    UNDONE = "undone", _("Undone")
    WITHDRAWN = "withdrawn", _("Dropped")
    RESTED = "rested", _("Stopped, because they have died")


class Stake(models.TextChoices):
    """What of somebody's a decision touches. A decision waits for the first three."""

    LIFE = "life", _("Their life")
    HOME = "home", _("Their home")
    MONEY = "money", _("Their money")
    OTHER = "other", _("Something else of theirs")


class Decision(Now):
    """One thing that may change."""

    about = models.CharField(max_length=8, choices=About.choices)
    person = models.UUIDField(null=True)  # whose life it is; an index below begins with it
    organisation = models.UUIDField(null=True, db_index=True)  # the body that decides
    is_own = models.BooleanField()  # a person deciding about their own life: nothing stands in the way
    size = models.CharField(max_length=12)
    change_code = models.CharField(max_length=24)
    takes_away = models.BooleanField()
    may_be_unanswered = models.BooleanField()
    title = SealedField()
    why = SealedField()
    state = models.CharField(max_length=10, choices=State.choices, db_index=True)
    rules_version = models.CharField(max_length=80)
    raised_by = models.UUIDField()
    raised_at = models.DateTimeField()
    answer_by = models.DateField(null=True)
    shape = models.IntegerField()  # counts what was put to people: an answer is to what was put before it
    change_shape = models.IntegerField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=24)
    option = models.UUIDField(null=True)
    reasons = SealedField()
    undo_days = models.IntegerField(null=True)  # an everyday decision can be undone for so long
    undo_until = models.DateField(null=True)  # set when the telling reached the person; open until then
    help_started_at = models.DateTimeField(null=True)
    involve_by = models.DateTimeField(null=True)  # urgent help: the person is involved by then
    is_without_them = models.BooleanField()
    review_on = models.DateField(null=True)
    would_change = SealedField()  # of a refusal: what would change it
    proposal = models.UUIDField(null=True)  # where several decided it together
    effects_asked_at = models.DateTimeField(null=True)  # when those it affects were asked what it did to them
    reopened_at = models.DateTimeField(null=True)
    from_promise = models.UUIDField(null=True, db_index=True)  # it was not kept, and they want this decided

    class Meta:
        indexes = [
            models.Index(fields=["about", "state", "raised_at"], name="decision_list"),
            models.Index(fields=["person", "state", "-raised_at"], name="decision_of_life"),
            models.Index(fields=["id", "state"], name="decision_stands"),  # of many: which are open still
            models.Index(
                fields=["person", "-decided_at", "id"],
                condition=Q(size="everyday", state="decided"),
                name="decision_small",
            ),
        ]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return sees_decision_q(actor, at)

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return str(self.title)

    @property
    def is_about_person(self) -> bool:
        return self.about == About.PERSON

    def why_not_held_back(self, about: UUID, held_from: UUID, test: str) -> Any:
        """A whole matter is held back from its person only where help began in a hurry and harm is feared."""
        if self.person != about:
            return _("This is for everyone to see, or it is about someone else. It cannot be held back so.")
        began = self.size == "urgent" or rows("Step").filter(decision=self.pk, kind="urgent_help").exists()
        narrow = began and not self.takes_away and test == "serious_harm"
        if held_from == about and not narrow:
            return _(
                "A matter is held back from the person only where help began in a hurry. It may take nothing "
                "away, and seeing it must be likely to cause somebody serious harm."
            )
        return None

    @classmethod
    def choices_for(cls, actor: Actor) -> list[tuple[UUID, str]]:
        """What a form offers where it asks which decision: the open ones this actor may see."""
        rows = cls.objects.seen_by(actor).filter(state=State.OPEN).order_by("-raised_at")
        return [(row.pk, str(row.title)) for row in rows[:MOST_OFFERED]]


class Part(Now):
    """Something that belongs to a decision and is seen by everyone who sees the decision."""

    decision = models.UUIDField(db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return if_the_decision_is_seen(actor, at)


DENIED = "denied"  # instead of a reason: typed for somebody who says that they did not say it


class Takeable(models.Model):
    """Something whose words can be taken from sight, on a stated reason. Its place says so."""

    taken = models.CharField(max_length=24)  # the reason; empty when the words stand

    class Meta:
        abstract = True

    @property
    def taken_why(self) -> str:
        """The reason in words."""
        if not self.taken:
            return ""
        if self.taken == DENIED:
            return gettext("They say that they did not say this.")
        names = dict(rules.here(clock.today()).choices("decision.taking_reasons"))
        return str(names.get(self.taken, self.taken))


class PrivatePart(Part):
    """Something between one person and those who decide."""

    person = models.UUIDField(null=True, db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return sees_private_part_q(actor, at)


def open_words_q(actor: Actor, at: datetime) -> Q:
    """What its giver lets everyone read who sees the matter: once somebody has read it; first, they."""
    first = rows("Decision").filter(looks_at_words_q(actor, at), id=OuterRef("decision"))
    may = Q(may_be_read=True) & if_the_decision_is_seen(actor, at)
    return may & (words_stand_q(at) | Q(Exists(first)))


class VoicedPart(PrivatePart):
    """The same, and the person's advocate sees it too."""

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        stands_by = stands_by_q(actor, at, "person") & not_held_back_q(actor, at, "decision")
        return sees_private_part_q(actor, at) | stands_by


class Decider(Part):
    """Someone who decides, and so may read what people say about it."""

    person = models.UUIDField(db_index=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    office = models.UUIDField(null=True)  # the office they decide as: what public pages show
    is_member = models.BooleanField(null=True)  # decides as somebody who draws on care and support


class Companion(PrivatePart):
    """Someone the person asked to see this and help them answer."""

    companion = models.UUIDField(db_index=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)


class Affected(VoicedPart):
    """Somebody this affects: one person, or a group with a definition and a size."""

    person = models.UUIDField(null=True)  # the index below begins with it
    stake = models.CharField(max_length=8, choices=Stake.choices)
    waits = models.BooleanField()  # the decision waits for them
    is_child = models.BooleanField()
    group = SealedField()
    size = models.IntegerField(null=True)
    body = models.UUIDField(null=True)  # of a group: those who belong to this body or draw on it
    team = models.UUIDField(null=True)  # or to one team of it
    listed = models.IntegerField(null=True)  # how many of them are on record, once the list is whole
    list_mark = models.CharField(max_length=64, null=True)
    listing_since = models.DateTimeField(null=True)  # while the list is being made
    named_by = models.UUIDField()
    said_dead_by = models.UUIDField(null=True)  # who wrote down that they have died, or bears it out
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "decision", "waits", "ended_at"], name="affected_waits")]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | (Q(person=None) & if_the_decision_is_seen(actor, at))
