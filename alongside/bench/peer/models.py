"""A note in a plain Django table, whose changes a package of others keeps."""

from __future__ import annotations

from uuid import uuid4

from auditlog.registry import auditlog
from django.db import models
from simple_history.models import HistoricalRecords


class Note(models.Model):
    """The columns that both have."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    matter = models.UUIDField(db_index=True)
    by = models.UUIDField()
    kind = models.CharField(max_length=20)
    due_on = models.DateField()
    words = models.TextField()

    class Meta:
        abstract = True


class HistoryNote(Note):
    """Kept by django-simple-history."""

    history = HistoricalRecords()

    class Meta:
        app_label = "peer"


class AuditNote(Note):
    """Kept by django-auditlog."""

    class Meta:
        app_label = "peer"


auditlog.register(AuditNote)
