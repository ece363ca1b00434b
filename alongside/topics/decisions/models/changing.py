"""A change to a service, and what those it affects say of it: before it starts, and before it goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.fields import Lazy
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField
from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.models.matter import Part, PrivatePart, open_words_q
from alongside.topics.people.models import ReadFirst


class ChangeState(models.TextChoices):
    """How far a change is. Every way from one to the next is in engine/gates.py."""

    PROPOSED = gates.PROPOSED, _("Not started")
    RUNNING = gates.RUNNING, _("Started")
    LAPSED = gates.LAPSED, _("Its permission has lapsed")
    CHANGED = gates.CHANGED, _("Another plan took its place")
    STOPPED = gates.STOPPED, _("Stopped")
    DROPPED = gates.DROPPED, _("Dropped")


class Judged(models.TextChoices):
    """What somebody affected says of a change."""

    FOR = "for", _("I am for it")
    FOR_IF = "for_if", _("I am for it if something changes")
    AGAINST = "against", _("I am against it")


class Works(models.TextChoices):
    """Whether something did what it should, by the one who tried it or whom it was for."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Change(Part):
    """A change to a service that a decision about a place brings."""

    number = models.IntegerField()
    kind = models.CharField(max_length=24)
    is_pilot = models.BooleanField()
    needs_fitness = models.BooleanField()
    name = SealedField()
    plan = SealedField()
    run_by = models.UUIDField(db_index=True)  # the body that runs it
    office = models.UUIDField(null=True)
    group = SealedField()  # whom it affects, by a definition
    size = models.IntegerField()
    follows = models.UUIDField(null=True)  # the change whose place it takes, or the try-out it makes wider
    state = models.CharField(max_length=10, choices=ChangeState.choices, db_index=True)
    round = models.IntegerField()  # judgements are of a round: a new plan or a new review begins another
    asked_on = models.DateField(null=True)
    judge_by = models.DateField(null=True)
    reached = models.IntegerField(null=True)
    left = models.IntegerField(null=True)
    left_asked = models.IntegerField(null=True)
    rules_version = models.CharField(max_length=80)
    proposed_by = models.UUIDField()
    proposed_on = models.DateField()
    started_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    is_passed_over = models.BooleanField()
    ended_on = models.DateField(null=True)

    @property
    def shown_title(self) -> str:
        return str(self.name)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What will change"), self.plan)]


class ChangeStep(Part):
    """Something that was done with a change, and what was said. Pages show an office, never a worker."""

    of_change = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=24)
    words = SealedField()
    office = models.UUIDField(null=True)
    on_day = models.DateField()
    ended = models.IntegerField(
        null=True
    )  # the round of judging that it ended; what follows is how that stood
    asked_on = models.DateField(null=True)
    judge_by = models.DateField(null=True)
    reached = models.IntegerField(null=True)
    left = models.IntegerField(null=True)
    left_asked = models.IntegerField(null=True)


class SaidOfChange(PrivatePart, ReadFirst):
    """What one person said: counted where they are affected, and shown to all only if they want that."""

    of_change = models.UUIDField(db_index=True)
    words = SealedField()
    is_counted = models.BooleanField()
    typist = models.UUIDField(null=True)  # who typed it for them; nobody where they said it themself
    is_current = models.BooleanField()
    may_be_read = models.BooleanField()
    said_on = models.DateField()
    heard = models.BigIntegerField(null=True)  # since which entry it counts; a row that is replaced keeps it

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return super().seen_by(actor, at) | open_words_q(actor, at)


class Judgement(SaidOfChange):
    """What somebody says of a change."""

    round = models.IntegerField()
    judged = models.CharField(max_length=8, choices=Judged.choices)
    standing = models.CharField(max_length=16)
    takes_away = models.BooleanField(null=True)  # they say that it takes something from them; null: not asked
    denied = models.BigIntegerField(null=True)  # since which entry they say that they did not say it
    reply = SealedField()
    replied_on = models.DateField(null=True)

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What they said"), self.words)]


class FitnessItem(Part):
    """One thing it must do."""

    of_change = models.UUIDField(db_index=True)
    number = models.IntegerField()
    words = SealedField()

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [(_("What it must do"), self.words)]


class Trial(SaidOfChange):
    """Somebody tried one thing it must do."""

    item = models.UUIDField(db_index=True)
    tried_as = models.CharField(max_length=16)
    works = models.CharField(max_length=8, choices=Works.choices)


class Benefit(Part):
    """The good that it claims to do for people, and whether it came."""

    of_change = models.UUIDField(db_index=True)
    words = SealedField()
    for_whom = SealedField()
    measured_how = SealedField()
    checks_on = models.DateField()
    answer_by = models.DateField()
    found = SealedField()
    found_on = models.DateField(null=True)
    result = models.CharField(max_length=16)  # came, failed or not_measured; empty until it is checked

    @property
    def shown_words(self) -> list[tuple[Lazy, Any]]:  # what a form that answers it says above its questions
        return [
            (_("What good it would do"), self.words),
            (_("For whom"), self.for_whom),
            (_("How it would be measured"), self.measured_how),
        ]


class BenefitAnswer(SaidOfChange):
    """Whether the good came, by somebody it was for."""

    benefit = models.UUIDField(db_index=True)
    came = models.CharField(max_length=8, choices=Works.choices)


class Pilot(Part):
    """A try-out: where, with whom, for how long, what it predicts, and when it stops."""

    of_change = models.UUIDField(db_index=True)
    where = SealedField()
    until_on = models.DateField()
    predicts = SealedField()
    checks_on = models.DateField()
    measured = SealedField()
    judges = SealedField()
    stop_rule = SealedField()
    stop_number = models.IntegerField(null=True)
    stop_when = models.CharField(max_length=8)


class Evaluation(Part):
    """What came of a try-out, held against its stop rule and its prediction."""

    of_change = models.UUIDField(db_index=True)
    happened = SealedField()
    number = models.IntegerField(null=True)
    is_stop_met = models.BooleanField()
    came = models.CharField(max_length=8, choices=Works.choices)
    heard = models.IntegerField()
    whom = models.IntegerField()
    left = models.IntegerField()
    left_asked = models.IntegerField()
    left_heard = models.IntegerField()
    on_day = models.DateField()


class Parted(models.TextChoices):
    """How a decision and a problem that were joined wrongly were parted."""

    NOT_MINE = "not_mine", _("The one who first said it says that it does not come from that")
    UNDONE = "undone", _("It was joined wrongly, and undone")


class Origin(Part):
    """Where a decision, or one of its ways, comes from: a problem that people raised, or a change."""

    problem = models.UUIDField(null=True, db_index=True)
    from_change = models.UUIDField(null=True, db_index=True)
    option = models.UUIDField(null=True)
    on_day = models.DateField()
    ended_on = models.DateField(null=True)  # they were joined wrongly: since then it is no origin
    ended_as = models.CharField(max_length=8, choices=Parted.choices)
