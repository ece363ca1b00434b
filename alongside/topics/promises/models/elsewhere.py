"""What other systems say was decided or promised, as they say it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import Actor
from alongside.kernel.seal import SealedField


class Taken(models.TextChoices):
    """How far a file is."""

    STARTED = "started", _("Not all in yet, so nothing of it is shown")
    FINISHED = "finished", _("All in")
    WITHDRAWN = "withdrawn", _("Taken out again")


class Import(Now):
    """One file that somebody brought in. Nothing of it is seen before all of it is in."""

    what = models.CharField(max_length=10)  # decisions | promises
    organisation = models.UUIDField()
    name = SealedField()  # the file's name
    source = SealedField()  # where it came from, in the words of who brought it
    digest = models.CharField(max_length=64, db_index=True)
    columns = SealedField()  # which heading was read as what
    rows = models.IntegerField()  # in the file
    fresh_rows = models.IntegerField()  # that were not here yet
    dates = models.CharField(max_length=3)  # dmy | mdy
    state = models.CharField(max_length=10, choices=Taken.choices)
    started_by = models.UUIDField()
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    why = SealedField()  # why it was taken out again

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        if actor.installation:
            return Q()
        finished = Q(state=Taken.FINISHED)
        return finished if actor.person is None else finished | Q(started_by=actor.person)

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        return str(self.source)


class FromElsewhere(Now):
    """A row of a file: what it says, and exactly where it stands."""

    batch = models.UUIDField()
    row = models.IntegerField()
    line = models.IntegerField()
    row_key = models.CharField(max_length=64, db_index=True)
    title = SealedField()
    words = SealedField()
    reference = SealedField()  # the other system's own name for it
    link = SealedField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["batch", "row"], name="%(class)s_row")]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Everyone, once the whole file is in. Before that nobody, not even who is bringing it."""
        if actor.installation:
            return Q()
        return Q(batch__in=Import.everything.filter(state=Taken.FINISHED).values("id"))


class ReportedDecision(FromElsewhere):
    """A decision that another system says was made. We do not know who was asked."""

    on_day = models.DateField(null=True)
    place = SealedField()
    outcome = SealedField()
    votes_for = models.IntegerField(null=True)
    votes_against = models.IntegerField(null=True)
    votes_abstained = models.IntegerField(null=True)
    absent = models.IntegerField(null=True)
    came = models.IntegerField(null=True)  # people at the meeting
    votes = SealedField()  # how each elected member voted, as the source has it


class ClaimedPromise(FromElsewhere):
    """A promise that another system says was made. It has no verdict: nobody it was made to was asked."""

    owner = SealedField()
    made_to = SealedField()
    part_of = SealedField()  # the plan it belongs to
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    percent = models.IntegerField(null=True)  # how far its owner says it is
