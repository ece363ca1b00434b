"""Worries that came in, for programs: as the duty team and whoever is asked may read them."""

from __future__ import annotations

from alongside.interfaces.answers import Page
from alongside.interfaces.api import Cursor, cut
from alongside.interfaces.who import Request
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.api.matters_told import Worry
from alongside.topics.decisions.commands.further import take_by


def worries(request: Request, cursor: Cursor = None, limit: int = 50) -> Page[Worry]:
    """Worries that you may read: of your duty team, or because you are asked to take one up."""
    found = cut(models.Concern.objects.seen_by(request.actor), cursor, limit)
    mine = models.ConcernAsked.objects.seen_by(request.actor)
    asked = {row.concern: row for row in mine.filter(concern__in=[row.id for row in found["items"]])}
    return {"items": [_worry(row, asked.get(row.id)) for row in found["items"]], "next": found["next"]}


def _worry(row: models.Concern, asked: models.ConcernAsked | None) -> Worry:
    return {
        "id": row.id,
        "organisation": row.organisation,
        "words": words_or_none(row.words),
        "contact": words_or_none(row.contact),
        "raised_at": row.raised_at,
        "take_by": take_by(row),
        "taken_further_at": row.further_at,
        "nobody_left_at": row.nobody_at,
        "taken_at": row.taken_at,
        "you_are_asked_by": asked.answer_by if asked is not None else None,
        "came_of": words_or_none(asked.came_of if asked is not None else row.came_of),
    }
