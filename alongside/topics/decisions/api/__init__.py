"""What programs may read of decisions: the list and one matter, as the one who asks may see them."""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from alongside.interfaces.answers import Page
from alongside.interfaces.api import Cursor, page_of
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.api import matters_told as told
from alongside.topics.decisions.api.changes import router as changes
from alongside.topics.decisions.api.deciding import router as deciding
from alongside.topics.decisions.api.joint import router as joint
from alongside.topics.decisions.api.joint import what_became
from alongside.topics.decisions.api.thinking import router as thinking
from alongside.topics.decisions.api.together import router as together
from alongside.topics.decisions.api.worries import worries
from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.pages.naming import numbers_told
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import part_rows

router = Router(tags=["decisions"])
router.get("/what-became")(what_became)  # before the address of one matter, which any word would fit
router.get("/worries")(worries)
router.add_router("", joint)
router.add_router("", changes)
router.add_router("", thinking)
router.add_router("", together)
router.add_router("", deciding)


@router.get("/")
def decisions(request: Request, cursor: Cursor = None, limit: int = 50) -> Page[told.Matter]:
    """Decisions you may see, what changed last first."""
    return page_of(models.Decision.objects.seen_by(request.actor), _short, cursor, limit)


@router.get("/{pk}")
def decision(request: Request, pk: UUID) -> told.WholeMatter:
    """One decision, with its ways, and the views, answers and tellings you may see."""
    row = opened(pk, request.actor)
    actor = request.actor
    views = [one for one in part_rows(models.View, actor, pk, "said_at")[:500] if one.is_current]
    named = numbers_told(actor, row, [*(one.person for one in views), *(one.said_by for one in views)])
    return {
        **_short(row),
        "why": words_or_none(row.why),
        "reasons": words_or_none(row.reasons),
        "options": [_option(one) for one in part_rows(models.Option, actor, pk, "number")],
        "views": [_view(one, named, row) for one in views],
        "replies": [
            _reply(one) for one in models.Reply.objects.seen(actor, "replied_at", view=[v.id for v in views])
        ],
        "tellings": [_telling(one) for one in part_rows(models.Telling, actor, pk, "told_at")],
        "agreed": _agreed(row, part_rows(models.AgreedWord, actor, pk, "said_at")),
        "looks_again": _looks_again(row, actor),
    }


def _short(row: models.Decision) -> told.Matter:
    return {
        "id": row.id,
        "about": row.about,
        "person": row.person,
        "title": words_or_none(row.title),
        "size": row.size,
        "change": row.change_code,
        "takes_away": row.takes_away,
        "state": row.state,
        "outcome": row.outcome or None,
        "option": row.option,
        "raised_at": row.raised_at,
        "answer_by": row.answer_by,
        "decided_at": row.decided_at,
        "undo_until": row.undo_until,
        "without_them": row.is_without_them,
        "review_on": row.review_on,
        "would_change": words_or_none(row.would_change),
        "proposal": row.proposal,
        "rules": row.rules_version,
    }


def _option(row: models.Option) -> told.Way:
    return {
        "id": row.id,
        "number": row.number,
        "change": row.change_code,
        "name": words_or_none(row.name),
        "words": words_or_none(row.words),
        "tasks": words_or_none(row.tasks),
        "risk": words_or_none(row.risk),
        "risk_to": words_or_none(row.risk_to),
        "forgone": words_or_none(row.forgone),
    }


def _view(row: models.View, named: set[UUID], matter: models.Decision) -> told.View:
    return {
        "id": row.id,
        "person": row.person if row.person in named else None,
        "said_by": row.said_by if row.said_by in named else None,
        "declined": row.is_declining,
        "position": row.position or None,
        "option": row.option,
        "words": words_or_none(row.words),
        "instead": words_or_none(row.instead),
        "interest": words_or_none(row.interest),
        "wants_help": row.wants_help,
        "taken": row.taken or None,
        "typed_by": row.typist if matter.is_about_person else None,  # in public no worker is named
        "confirmed": row.typist is None or row.confirmed_by is not None,
        "said_at": row.said_at,
    }


def _reply(row: models.Reply) -> told.Answered:
    """What those who decide answered to a view, and whether that answers its giver."""
    return {
        "id": row.id,
        "view": row.view,
        "result": row.result,
        "words": words_or_none(row.words),
        "replied_at": row.replied_at,
        "answers_them": row.answered or None,
    }


def _agreed(matter: models.Decision, words: list[models.AgreedWord]) -> told.AgreedWord | None:
    """Of a small thing that somebody wrote down as agreed: what the person says, as far as you may see it."""
    if matter.size != "everyday":
        return None
    said = next((row for row in words if row.is_current), None)
    if said is None:
        return {"said": None, "their_own_word": False}
    return {"said": said.said, "their_own_word": said.is_sure, "said_at": said.said_at}


def _looks_again(matter: models.Decision, actor: Actor) -> list[told.LooksAgain]:
    """What waits to be looked at again, as far as you may see it: a day of review that came or will come, a
    legal reason that ended, a change whose permission has lapsed. `due_on` is the last day for it."""
    looks: list[told.LooksAgain] = [
        {"why": row.why, "due_on": row.due_on, "asked_at": row.asked_at, "change": None}
        for row in part_rows(models.Review, actor, matter.id, "due_on", "id")
        if row.done_at is None
    ]
    today = clock.today()
    lapsed: list[told.LooksAgain] = [
        {"why": "permission_lapsed", "due_on": row.review_on, "asked_at": row.asked_on, "change": row.id}
        for row in part_rows(models.Change, actor, matter.id, "number")
        if gates.is_lapsed(row.state, row.review_on, today)
    ]
    return looks + lapsed


def _telling(row: models.Telling) -> told.Telling:
    return {
        "id": row.id,
        "person": row.person,
        "channel": row.channel,
        "sign": row.sign,
        "reached": row.is_reached,
        "confirmed": row.typist is None or row.confirmed_by is not None,
        "told_at": row.told_at,
    }
