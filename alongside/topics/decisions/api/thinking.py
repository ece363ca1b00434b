"""What programs may read of how a matter is thought through: risks, evidence, minds that changed, the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from ninja import Router

from alongside.interfaces.answers import Page
from alongside.interfaces.api import Cursor, cut, page_of
from alongside.interfaces.who import Request
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.api import matters_told as told
from alongside.topics.decisions.models import ShownAs
from alongside.topics.decisions.pages.mapped import SaidOnce, positions_of
from alongside.topics.decisions.pages.minds import beside, held_by, is_drawn
from alongside.topics.decisions.pages.naming import NamesHere, numbers_told
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.risks import carrier_words
from alongside.topics.decisions.pages.shown import part_rows

router = Router(tags=["decisions"])
MOST_QUESTIONS = 500
T = TypeVar("T")


def rows_of(
    request: Request, pk: UUID, model: Any, cursor: str | None, limit: int, shown: Callable[[Any], T]
) -> Page[T]:
    """The rows of one table about this matter that the one who asks may see."""
    opened(pk, request.actor)
    return page_of(model.objects.seen_by(request.actor).filter(decision=pk), shown, cursor, limit)


@router.get("/{pk}/risks")
def risks(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> Page[told.Risk]:
    """What could go wrong with each way, who said it, and who says that they carry it: by office or as a kind
    of person where anybody can read."""
    decision = opened(pk, request.actor)
    found = cut(models.Risk.objects.seen_by(request.actor).filter(decision=pk), cursor, limit)
    people = [one for row in found["items"] for one in (row.person, row.carrier)]
    names = NamesHere(request.actor, decision, people)
    return {"items": [_risk(row, decision, names) for row in found["items"]], "next": found["next"]}


@router.get("/{pk}/forgone")
def forgone(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> Page[told.Forgone]:
    """The good that would be lost without each way."""
    return rows_of(request, pk, models.Forgone, cursor, limit, _forgone)


@router.get("/{pk}/evidence")
def evidence(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> Page[told.Evidence]:
    """What is known, each claim with its label. What is null was not said."""
    answers: dict[UUID, list[told.EvidenceAnswer]] = {}
    for row in models.EvidenceAnswer.objects.seen_by(request.actor).filter(decision=pk).order_by("said_at"):
        answers.setdefault(row.evidence, []).append(_answer(row))
    decision = opened(pk, request.actor)
    found = cut(models.Evidence.objects.seen_by(request.actor).filter(decision=pk), cursor, limit)
    rows = found["items"]
    named = numbers_told(request.actor, decision, (one.person for one in rows))
    names = NamesHere(request.actor, decision, [one.person for one in rows])
    return {
        "items": [_evidence(row, answers.get(row.id, []), named, names) for row in rows],
        "next": found["next"],
    }


@router.get("/{pk}/minds")
def minds(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> told.Minds:
    """From which position to which people went, and by which arguments, as far as you may know."""
    decision = opened(pk, request.actor)
    held = held_by(request.actor, decision)
    moves = Counter(held.values()) if is_drawn(decision, held) else Counter[tuple[str, str]]()
    counted: list[told.Moves] = [
        {"first": one, "now": now, "people": count} for (one, now), count in sorted(moves.items())
    ]
    return {
        **rows_of(request, pk, models.Moved, cursor, limit, _moved),
        "positions": counted,
        "others": beside(request.actor, decision),
    }


@router.get("/{pk}/map")
def position_map(request: Request, pk: UUID) -> told.PositionMap:
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
                "interests": _said_once(each["interests"]),
                "reasons": _said_once(each["reasons"]),
                "instead": _said_once(each["instead"]),
            }
            for each in positions_of(actor, decision, counts)
        ],
        "others": beside(actor, decision),
        "questions": [_question(row) for row in asked],
    }


def _said_once(found: list[SaidOnce]) -> list[told.SaidOnce]:
    return [
        {
            "words": words_or_none(one.words),
            "people": one.count,
            "about_options": [] if one.of_no_way else list(one.ways),
        }
        for one in found
    ]


def _question(row: models.Question) -> told.QuestionHere:
    return {
        "id": row.id,
        "words": words_or_none(row.words),
        "asked_at": row.asked_at,
        "answer": words_or_none(row.answer),
        "answered_at": row.answered_at,
        "taken": row.taken or None,
    }


def _risk(row: models.Risk, decision: models.Decision, names: NamesHere) -> told.Risk:
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


def _forgone(row: models.Forgone) -> told.Forgone:
    return {
        "id": row.id,
        "option": row.option,
        "words": words_or_none(row.words),
        "said_at": row.said_at,
        "taken": row.taken or None,
    }


def _evidence(
    row: models.Evidence, answers: list[told.EvidenceAnswer], named: set[UUID], names: NamesHere
) -> told.Evidence:
    is_named = row.shown_as != ShownAs.NO_NAME
    return {
        "id": row.id,
        "kind": row.kind,
        "by": row.person if is_named and row.person in named else None,
        "who": names(row.person) if is_named else None,
        "option": row.option,
        "leans": row.leans,
        "how_many": row.how_many,
        "words": words_or_none(row.words),
        "method": words_or_none(row.method),
        "place": words_or_none(row.place),
        "period": words_or_none(row.period),
        "limits": words_or_none(row.limits),
        "source": words_or_none(row.source),
        "use_words": words_or_none(row.use_words),
        "practised_on": row.practised_on,
        "said_at": row.said_at,
        "withdrawn_at": row.withdrawn_at,
        "use": row.use or None,
        "taken": row.taken or None,
        "answers": answers,
    }


def _answer(row: models.EvidenceAnswer) -> told.EvidenceAnswer:
    return {
        "id": row.id,
        "words": words_or_none(row.words),
        "is_described": row.is_described,
        "said_at": row.said_at,
        "taken": row.taken or None,
    }


def _moved(row: models.Moved) -> told.Moved:
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
