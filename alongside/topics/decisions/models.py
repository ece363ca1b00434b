"""How each decision stands: whom it affects, how they were told, what they said, what came of it.

Who may see a row is said once for each table. A view about one person's life is seen by its giver and the
deciders only, until the giver widens it.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.policy import (
    affects_q,
    if_the_decision_is_seen,
    on_duty_q,
    sees_decision_q,
    sees_private_part_q,
    stands_by_q,
)
from alongside.topics.people.policy import not_held_back_q


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


class Stake(models.TextChoices):
    """What of somebody's a decision touches. A decision waits for the first three."""

    LIFE = "life", _("Their life")
    HOME = "home", _("Their home")
    MONEY = "money", _("Their money")
    OTHER = "other", _("Something else of theirs")


class Sees(models.TextChoices):
    """Who may read a view: its giver says."""

    DECIDERS = "deciders", _("Only me and those who decide")
    AFFECTED = "affected", _("Everyone this is about, and those who decide")
    EVERYONE = "everyone", _("Everyone who can see this decision")


class Answered(models.TextChoices):
    """Whether a reply answers the giver of the view: they say."""

    YES = "yes", _("Yes, it answers me")
    PARTLY = "partly", _("It answers part of what I said")
    NO = "no", _("No, it does not answer me")


class Decision(Now):
    """One thing that may change."""

    about = models.CharField(max_length=8, choices=About.choices)
    person = models.UUIDField(null=True, db_index=True)  # whose life it is
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

    class Meta:
        indexes = [models.Index(fields=["about", "state", "raised_at"], name="decision_list")]

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

    @classmethod
    def choices_for(cls, actor: Actor) -> list[tuple[UUID, str]]:
        """What a form offers where it asks which decision: the open ones this actor may see."""
        rows = cls.objects.seen_by(actor).filter(state=State.OPEN).order_by("-raised_at")
        return [(row.pk, str(row.title)) for row in rows[:200]]


class Part(Now):
    """Something that belongs to a decision and is seen by everyone who sees the decision."""

    decision = models.UUIDField(db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return if_the_decision_is_seen(actor, at)


class PrivatePart(Part):
    """Something between one person and those who decide."""

    person = models.UUIDField(null=True, db_index=True)

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return sees_private_part_q(actor)


class VoicedPart(PrivatePart):
    """The same, and the person's advocate sees it too."""

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return sees_private_part_q(actor) | stands_by_q(actor, at, "person")


class Decider(Part):
    """Someone who decides, and so may read what people say about it."""

    person = models.UUIDField(db_index=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)


class Checker(PrivatePart):
    """A worker outside the deciders' line, asked to check with the person what was typed for them."""

    checker = models.UUIDField(db_index=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()


class Companion(PrivatePart):
    """Someone the person asked to see this and help them answer."""

    companion = models.UUIDField(db_index=True)
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)


class Affected(VoicedPart):
    """Somebody this affects: one person, or a group with a definition and a size."""

    stake = models.CharField(max_length=8, choices=Stake.choices)
    waits = models.BooleanField()  # the decision waits for them
    is_child = models.BooleanField()
    group = SealedField()
    size = models.IntegerField(null=True)
    named_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | (Q(person=None) & if_the_decision_is_seen(actor, at))


class Telling(VoicedPart):
    """One try to tell someone, and whether it reached them."""

    group = models.UUIDField(null=True)  # the Affected row of a group
    channel = models.CharField(max_length=24)
    is_live = models.BooleanField()
    format = models.CharField(max_length=24)
    sign = models.CharField(max_length=24)
    told_at = models.DateTimeField()
    told_by = models.UUIDField()
    is_reached = models.BooleanField()
    reached_at = models.DateTimeField(null=True)
    reached_count = models.IntegerField()  # of a group
    typist = models.UUIDField(null=True)  # who wrote down that it reached them; nobody when they opened it
    is_trusted = models.BooleanField()  # that typist was a worker or an advocate of theirs at the time
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    words = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | (Q(person=None) & if_the_decision_is_seen(actor, at))


class Question(PrivatePart):
    """A question somebody asked, and its answer."""

    words = SealedField()
    asked_at = models.DateTimeField()
    answer = SealedField()
    answered_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)


class MoreTime(PrivatePart):
    """Somebody asked for more time, and has it."""

    until_on = models.DateField()
    asked_at = models.DateTimeField()


class Offer(VoicedPart):
    """Help to answer: asked for by the person, or offered to them."""

    what = models.CharField(max_length=24)
    channel = models.CharField(max_length=24)
    is_live = models.BooleanField()
    is_asked_for = models.BooleanField()
    words = SealedField()
    made_by_person = models.UUIDField()
    at = models.DateTimeField()


class Option(Part):
    """One way this could go: what could go wrong, for whom, and who carries that."""

    number = models.IntegerField()
    name = SealedField()
    words = SealedField()
    change_code = models.CharField(max_length=24)
    takes_away = models.BooleanField()
    risk = SealedField()
    risk_to = SealedField()
    forgone = SealedField()
    proposed_by = models.UUIDField()
    shape = models.IntegerField()


class View(PrivatePart):
    """What somebody said: a view, or that they do not want to answer. `person` is whose it is."""

    is_declining = models.BooleanField()
    said_by = models.UUIDField()  # the person, or someone who speaks for them
    is_spoken_for = models.BooleanField()
    speaker_kind = models.CharField(max_length=24)
    is_of_body = models.BooleanField()  # by someone who works for the body that decides: heard, not counted
    position = models.CharField(max_length=12)
    option = models.UUIDField(null=True)
    words = SealedField()
    sees = models.CharField(max_length=10, choices=Sees.choices)
    shape = models.IntegerField()
    is_current = models.BooleanField()
    said_at = models.DateTimeField()
    how = models.CharField(max_length=24)
    typist = models.UUIDField(null=True)
    is_trusted = models.BooleanField()
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["decision", "is_current", "said_at"], name="view_list")]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        widened = Q(sees=Sees.AFFECTED) & affects_q(actor, "decision")
        open_to_all = Q(sees=Sees.EVERYONE) & if_the_decision_is_seen(actor, at)
        own = Q(said_by__in=actor.ids) | sees_private_part_q(actor)
        rightly = (own | widened | open_to_all) & not_held_back_q(actor, at, "pk")
        return rightly if actor.only is None else rightly & Q(decision=actor.only)  # a code opens one matter


class SameView(Part):
    """Two views said to be the same. They are the same only once both givers agree."""

    view = models.UUIDField()
    other = models.UUIDField()
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)


class Reply(PrivatePart):
    """What those who decide answered to a view, and whether that answers its giver."""

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """A reply goes where its view goes."""
        views = View._base_manager.filter(View.seen_by(actor, at), id=OuterRef("view"))
        return Q(Exists(views)) & not_held_back_q(actor, at, "pk")

    view = models.UUIDField(db_index=True)
    result = models.CharField(max_length=16)
    words = SealedField()
    replied_by = models.UUIDField()
    replied_at = models.DateTimeField()
    answered = models.CharField(max_length=8, choices=Answered.choices)
    answered_words = SealedField()
    answered_at = models.DateTimeField(null=True)


class Ground(VoicedPart):
    """A lawful ground for deciding without somebody's answer: its evidence, its author, its end."""

    code = models.CharField(max_length=32)
    evidence = SealedField()
    holder = models.UUIDField(null=True)  # the attorney or deputy
    author = models.UUIDField()
    recorded_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    renewals = models.IntegerField()
    ended_at = models.DateTimeField(null=True)


class Safeguard(VoicedPart):
    """Something that protects the person. None of them alone lets a body decide without them."""

    code = models.CharField(max_length=32)
    words = SealedField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()


class Shown(VoicedPart):
    """What someone who cannot decide this now shows they want, and the reply to it."""

    words = SealedField()
    shown_on = models.DateField()
    noted_by = models.UUIDField()
    reply = SealedField()
    replied_at = models.DateTimeField(null=True)


class Step(Part):
    """Something that was done: help that started, a decision, an undoing, and what was said with it."""

    kind = models.CharField(max_length=24)
    words = SealedField()
    by = models.UUIDField()
    at = models.DateTimeField()


class Review(VoicedPart):
    """A look again that is due, and what came of it."""

    why = models.CharField(max_length=24)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    words = SealedField()


class Concern(Now):
    """A stranger's worry about somebody. It goes to the duty team, and shows the stranger nothing."""

    organisation = models.UUIDField(db_index=True)
    words = SealedField()
    contact = SealedField()
    raised_by = models.UUIDField()
    raised_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    came_of = SealedField()

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return on_duty_q(actor, at, "organisation")
