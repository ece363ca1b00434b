"""Feedback that everyone may read once somebody has read it first: what waits, and who looked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.people.pages.looking import ToRead, to_look_at_q
from alongside.topics.voice.models import Feedback

LOOKED_AT = "voice.feedback_moderated"


def rows_to_read(actor: Actor, at: datetime) -> list[tuple[str, Any]]:
    """The feedback that waits for this actor, as rows of its table."""
    given = Feedback.everything.filter(may_be_shown=True, is_for_duty=False)
    rows = Feedback.objects.seen_by(actor, at).filter(to_look_at_q(actor, at, given, "id"))
    return [("feedback", rows.exclude(said_by__in=actor.ids))]


def to_read(actor: Actor) -> list[ToRead]:
    """What waits for this actor to read, with the two ways on."""
    ((_name, rows),) = rows_to_read(actor, clock.now())
    return [_one(row) for row in rows.order_by("look_by", "id")]


def _one(row: Feedback) -> ToRead:
    return ToRead(
        row=row,
        thing=row.id,
        title=_("What somebody told a body"),
        link=reverse("voice:one_feedback", args=[row.id]),
        body=row.organisation,
        kind=LOOKED_AT,
        hold_kind=LOOKED_AT,
        given={"feedback": row.id},
    )
