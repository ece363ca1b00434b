"""What this floor keeps for itself, outside the record: losing it would wrong no one.

How often something was tried lately, and which one-tap links were used. Both hold keyed digests only.
"""

from django.db import models


class Tries(models.Model):
    """How often something was tried from one place since a moment."""

    bucket = models.BinaryField(primary_key=True, max_length=32)
    since = models.DateTimeField()
    count = models.IntegerField()


class Spent(models.Model):
    """A link that works once, and has."""

    mark = models.BinaryField(primary_key=True, max_length=32)
    until = models.DateTimeField(db_index=True)  # it has run out by itself then, and the row may go
