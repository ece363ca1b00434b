"""What programs may read of how a matter is thought through: risks, evidence, minds that changed, the map."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

from ninja import Router

from alongside.interfaces.api import Cursor, cut
from alongside.interfaces.who import Request
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.models import ShownAs
from alongside.topics.decisions.pages.mapped import SaidOnce, positions_of
from alongside.topics.decisions.pages.minds import beside, held_by, is_drawn
from alongside.topics.decisions.pages.naming import NamesHere, numbers_told
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.risks import carrier_words
from alongside.topics.decisions.pages.shown import part_rows

router = Router(tags=["decisions"])
MOST_QUESTIONS = 500


def rows_of(
    request: Request, pk: UUID, model: Any, cursor: str | None, limit: int, shown: Any
) -> dict[str, Any]:
    """The rows of one table about this matter that the one who asks may see."""
    opened(pk, request.actor)
    found = cut(model.objects.seen_by(request.actor).filter(decision=pk), cursor, limit)
    return {"items": [shown(row) for row in found["items"]], "next": found["next"]}


@router.get("/{pk}/risks")
def risks(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> dict[str, Any]:
    """What could go wrong with each way, who said it, and who says that they carry it: by office or as a kind
    of person where anybody can read."""
    decision = opened(pk, request.actor)
    found = cut(models.Risk.objects.seen_by(request.actor).filter(decision=pk), cursor, limit)
    people = [one for row in found["items"] for one in (row.person, row.carrier)]
    names = NamesHere(request.actor, decision, people)
    return {"items": [_risk(row, decision, names) for row in found["items"]], "next": found["next"]}


@router.get("/{pk}/forgone")
def forgone(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> dict[str, Any]:
    """The good that would be lost without each way."""
    return rows_of(request, pk, models.Forgone, cursor, limit, _forgone)


@router.get("/{pk}/evidence")
def evidence(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> dict[str, Any]:
    """What is known, each claim with its label. What is null was not said."""
    answers: dict[UUID, list[dict[str, Any]]] = {}
    for row in models.EvidenceAnswer.objects.seen_by(request.actor).filter(decision=pk).order_by("said_at"):
        answers.setdefault(row.evidence, []).append(_answer(row))
    decision = opened(pk, request.actor)
    found = cut(models.Evidence.objects.seen_by(request.actor).filter(decision=pk), cursor, limit)
    rows = found["items"]
    told = numbers_told(request.actor, decision, (one.person for one in rows))
    names = NamesHere(request.actor, decision, [one.person for one in rows])
    return {
        "items": [_evidence(row, answers.get(row.id, []), told, names) for row in rows],
        "next": found["next"],
    }


@router.get("/{pk}/minds")
def minds(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> dict[str, Any]:
    """From which position to which people went, and by which arguments, as far as you may know."""
    decision = opened(pk, request.actor)
    held = held_by(request.actor, decision)
    moves = Counter(held.values()) if is_drawn(decision, held) else Counter[tuple[str, str]]()
    counted = [{"first": one, "now": now, "people": count} for (one, now), count in sorted(moves.items())]
    return {
        **rows_of(request, pk, models.Moved, cursor, limit, _moved),
        "positions": counted,
        "others": beside(request.actor, decision),
    }


@router.get("/{pk}/map")
def position_map(request: Request, pk: UUID) -> dict[str, Any]:
    """Who stands where, what matters to them, why, what they want instead, and what was asked, as far as you
    may know. What is known stands at `evidence`."""
    actor = request.actor
    decision = opened(pk, actor)
    held = held_by(actor, decision)
    counts = Counter(now for _first, now in held.values()) if is_drawn(decision, held) else Counter[str]()
    asked = part_rows(models.Question, actor, pk, "asked_at")[:MOST_QUESTIONS]
    return {
        "decision": pk,
        "positions": [
            {
                "position": each["mark"]["position"].code,
                "people": each["count"],
                **{name: _said_once(each[name]) for name in ("interests", "reasons", "instead")},
            }
            for each in positions_of(actor, decision, counts)
        ],
        "others": beside(actor, decision),
        "questions": [_question(row) for row in asked],
    }


def _said_once(found: list[SaidOnce]) -> list[dict[str, Any]]:
    return [
        {
            "words": words_or_none(one.words),
            "people": one.count,
            "about_options": [] if one.of_no_way else list(one.ways),
        }
        for one in found
    ]


def _question(row: models.Question) -> dict[str, Any]:
    return {
        "id": row.id,
        "words": words_or_none(row.words),
        "asked_at": row.asked_at,
        "answer": words_or_none(row.answer),
        "answered_at": row.answered_at,
        "taken": row.taken or None,
    }


def _risk(row: models.Risk, decision: models.Decision, names: NamesHere) -> dict[str, Any]:
    return {
        "id": row.id,
        "option": row.option,
        "who": names.subject(row.person),
        "carrier": carrier_words(row, decision, names) or None,
        "words": words_or_none(row.words),
        "to_whom": words_or_none(row.to_whom),
        "carried_by": words_or_none(row.carried_by),
        "carries": row.carries or None,
        "carrier_words": words_or_none(row.carrier_words),
        "said_at": row.said_at,
        "taken": row.taken or None,
    }


def _forgone(row: models.Forgone) -> dict[str, Any]:
    return {
        "id": row.id,
        "option": row.option,
        "words": words_or_none(row.words),
        "said_at": row.said_at,
        "taken": row.taken or None,
    }


def _evidence(
    row: models.Evidence, answers: list[dict[str, Any]], told: set[UUID], names: NamesHere
) -> dict[str, Any]:
    is_named = row.shown_as != ShownAs.NO_NAME
    sealed = ("words", "method", "place", "period", "limits", "source", "use_words")
    return {
        "id": row.id,
        "kind": row.kind,
        "by": row.person if is_named and row.person in told else None,
        "who": names(row.person) if is_named else None,
        "option": row.option,
        "leans": row.leans,
        "how_many": row.how_many,
        **{name: words_or_none(getattr(row, name)) for name in sealed},
        "practised_on": row.practised_on,
        "said_at": row.said_at,
        "withdrawn_at": row.withdrawn_at,
        "use": row.use or None,
        "taken": row.taken or None,
        "answers": answers,
    }


def _answer(row: models.EvidenceAnswer) -> dict[str, Any]:
    return {
        "id": row.id,
        "words": words_or_none(row.words),
        "is_described": row.is_described,
        "said_at": row.said_at,
        "taken": row.taken or None,
    }


def _moved(row: models.Moved) -> dict[str, Any]:
    return {
        "id": row.id,
        "view": row.view,
        "first": row.position_before,
        "now": row.position_after,
        "by": row.kind,
        "what": row.what,
        "words": words_or_none(row.words),
        "moved_at": row.moved_at,
    }
