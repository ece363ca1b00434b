"""Who is asked to agree to what one person alone may not do: somebody outside the line of whoever asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel.now import Now
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.kernel.seal import SealedField
from alongside.topics.people.models.asked import AskedOutside
from alongside.topics.people.models.links import HoldBack, worked_q


class Asks(TextChoices):
    """What needs a second person from outside the line."""

    HOLD_BACK = "hold_back", _("Hold something back from somebody, for now")
    ERASURE = "erasure", _("Erase everything about a person, for ever")
    NOTE = "note", _("Take out one misfiled note, for ever")
    MERGE = "merge", _("Join two records as one person’s")
    ADDRESS = "address", _("Confirm with somebody how they are reached")
    POWER = "power", _("See the document of an attorney or deputy too")


class AskedAs(TextChoices):
    """As what somebody is asked. Whoever asked had no choice of who it is."""

    DUTY = "duty", _("somebody of the duty team")
    OFFICE = "office", _("the office that is named for this")
    MANAGER = "manager", _("a manager of another line")
    COLLEAGUE = "colleague", _("somebody who works in another line")


class Said(TextChoices):
    """What somebody said who was asked to agree."""

    NOTHING = "", _("They have not answered")
    YES = "yes", _("They agreed")
    NO = "no", _("They did not agree")


class AskedToAgree(AskedOutside):
    """That one person outside the line is asked to agree; what they checked, or why they said no."""

    OF, WHO, UNTIL = "ask", "person", "closed_at"

    ask = models.UUIDField(db_index=True)  # the row that waits: what is held back, erased or joined
    kind = models.CharField(max_length=10, choices=Asks.choices)
    about = models.UUIDField()  # whose record it is
    body = models.UUIDField(null=True)  # the body that answers for that record
    asked_by = models.UUIDField()  # who cannot do it alone
    person = models.UUIDField(db_index=True)  # who is asked
    standing = models.CharField(max_length=10, choices=AskedAs.choices)
    answer_by = models.DateField()
    said = models.CharField(max_length=3, choices=Said.choices)
    words = SealedField()  # what they checked; or why not
    closed_at = models.DateTimeField(null=True)  # when they or another said yes or no, or it went away

    @property
    def shown_people(self) -> list[UUID]:  # whom a form about this names at its top
        return [self.about]

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        """Whoever is asked, until it is settled, and afterwards whoever answered; who asked; and those who
        work with the person. Never the one it is about, nor the one it is held back from."""
        if actor.installation:
            return Q()
        if actor.person is None or actor.only is not None:
            return NO_ROWS
        mine = Q(person=actor.person) & (Q(closed_at=None) | ~Q(said=Said.NOTHING))
        from_me = HoldBack.everything.filter(held_from=actor.person).values("id")
        rightly = Q(asked_by=actor.person) | worked_q(actor, at, "about")
        return (mine | rightly) & ~Q(ask__in=from_me) & (Q(asked_by=actor.person) | ~Q(about=actor.person))


def not_refused(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of what asks for a second person: what nobody outside the line has said no to."""
    return rows.exclude(id__in=AskedToAgree.everything.filter(said=Said.NO).values("ask"))


class AgreesFor(Now):
    """That whoever holds an office agrees for a body, from outside its lines: one who guards what is
    confidential, or who keeps people safe in a user-led organisation. Everyone may know which it is."""

    organisation = models.UUIDField(db_index=True)
    office = models.UUIDField()
    named_by = models.UUIDField()
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    @property
    def shown_title(self) -> str:  # what a form about this says at its top
        found = apps.get_model("people", "Findable").everything.filter(pk=self.office).first()
        return "" if found is None else str(found.name)

    @classmethod
    def seen_by(cls, actor: Actor, at: datetime) -> Q:
        return Q()
