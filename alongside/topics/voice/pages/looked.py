"""Feedback, and where resolutions are quoted: what waits for somebody to read it first, and who looked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.interfaces.words import days
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.people.models.read_first import late, not_shown
from alongside.topics.people.pages.looking import (
    ToRead,
    kinds_and_ids,
    looks,
    reason_words,
    rows_of,
    to_look_at_q,
)
from alongside.topics.voice.models import Feedback, Quote, Resolution
from alongside.topics.voice.models.resolutions import looks_at_quotes_q

LOOKED_AT = "voice.feedback_moderated"
QUOTE_LOOKED_AT = "voice.quote_looked_at"
TABLES: dict[str, Any] = {"feedback": Feedback, "quote": Quote}


def of_resolution(row: Resolution, body: str) -> dict[str, Any]:
    """Places that quote it and that not everyone may read yet, and who let everyone read the rest."""
    noted = Quote.everything.filter(resolution=row.id)
    return {"not_shown": list(_not_shown(noted, body)), "looks": looks(row.id, [QUOTE_LOOKED_AT])}


def _not_shown(noted: Any, body: str) -> Iterator[str]:
    """That some are not shown, how long they wait, and why: never how many, for they may be one person's."""
    today = clock.today()
    told = late(not_shown(noted, "resolution", today), today)
    waits = [one.look_by for one in told if not one.held_for and one.look_by is not None]
    if waits:
        said = _(
            "Somebody noted where it is quoted. That should have been read %(days)s ago. "
            "%(body)s has not read it first, and no user-led organisation has."
        )
        yield said % {"days": days((today - min(waits)).days), "body": body}
    for code in dict.fromkeys(one.held_for for one in told if one.held_for):
        yield _("Where it is quoted is held back in part. Why: %(why)s.") % {"why": reason_words(code)}


# What is there to read ---------------------------------------------------------------------------------


def rows_to_read(actor: Actor, at: datetime) -> list[tuple[str, Any]]:
    """The feedback and the quotes that wait for this actor, as rows of their tables."""
    given = Feedback.everything.filter(may_be_shown=True, is_for_duty=False)
    pieces = Feedback.objects.seen_by(actor, at).filter(to_look_at_q(actor, at, given, "id"))
    resolved = Resolution.everything.filter(is_open=True)
    quotes = Quote.objects.seen_by(actor, at).filter(
        to_look_at_q(actor, at, resolved, "resolution", looks_at_quotes_q)
    )
    return [
        ("feedback", pieces.exclude(said_by__in=actor.ids)),
        ("quote", quotes.exclude(noted_by__in=actor.ids)),
    ]


@kept_question
def waiting(actor: Actor, at: datetime) -> Any:
    """(kind, id) of all words here that wait for this actor."""
    return kinds_and_ids(rows_to_read(actor, at))


def to_read(actor: Actor) -> list[ToRead]:
    """What waits for this actor to read, with the two ways on."""
    return [_quote(row) if name == "quote" else _one(row) for name, row in rows_of(waiting(actor), TABLES)]


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


def _quote(row: Quote) -> ToRead:
    of: Resolution = Resolution.everything.get(id=row.resolution)
    return ToRead(
        row=row,
        thing=of.id,
        title=_("A place that quotes “%(title)s”") % {"title": of.title},
        link=reverse("voice:resolution", args=[of.id]),
        body=of.organisation,
        kind=QUOTE_LOOKED_AT,
        hold_kind=QUOTE_LOOKED_AT,
        given={"resolution": of.id, "quote": row.id},
    )
