"""Whether word of something reached one of those it is about, as they say it: in one shape for all."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alongside.kernel.seal import SealedField


class WasTold(models.TextChoices):
    """What somebody says of word of a matter. Both codes are of one length: so is their box."""

    TOLD = "told", _("I was told")
    NOT = "none", _("Nobody told me")


class SaidIfTold(models.Model):
    """Whether somebody of a group says that they were told. Sealed, read by nobody, and only counted."""

    what = SealedField()
    said_at = models.DateTimeField()
    denied = models.BigIntegerField(null=True)  # the entry since which they say that they did not say it

    class Meta:
        abstract = True
