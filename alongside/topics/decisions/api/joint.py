"""What programs may read of positions written together, of power and support, and of words taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from alongside.interfaces.answers import Items, Page
from alongside.interfaces.api import Cursor
from alongside.interfaces.who import Request
from alongside.kernel.command import Missing
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.api import matters_told as told
from alongside.topics.decisions.api.thinking import rows_of
from alongside.topics.decisions.pages.became import matters_of
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.supporting import support_words

router = Router(tags=["decisions"])


def what_became(request: Request) -> Items[told.Became]:
    """What became of everything that you gave, across all matters."""
    if request.actor.person is None:
        raise Missing
    return {"items": [_matter(each) for each in matters_of(request.actor)]}


@router.get("/{pk}/joint")
def joint(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> Page[told.JointPosition]:
    """Positions that people wrote together, every version of the words, and who signed which."""
    actor = request.actor
    opened(pk, actor)
    texts: dict[UUID, list[told.JointText]] = {}
    for text in models.JointText.objects.seen_by(actor).filter(decision=pk).order_by("number"):
        texts.setdefault(text.joint, []).append(_text(text))
    signed: dict[UUID, list[told.Signature]] = {}
    rows = models.Signature.objects.seen_by(actor).filter(decision=pk, left_at=None)
    for row in rows.order_by("signed_at", "id"):
        signed.setdefault(row.joint, []).append(_signature(row))

    def shown(one: models.Joint) -> told.JointPosition:
        return {
            "id": one.id,
            "name": words_or_none(one.name),
            "version": one.version,
            "texts": texts.get(one.id, []),
            "signatures": signed.get(one.id, []),
        }

    return rows_of(request, pk, models.Joint, cursor, limit, shown)


@router.get("/{pk}/power")
def power(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> Page[told.Power]:
    """How people say they stand in this matter."""
    return rows_of(request, pk, models.Power, cursor, limit, _power)


@router.get("/{pk}/support")
def support(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> told.SupportPage:
    """Independent support: asked for, offered, accepted, arranged, given."""
    decision = opened(pk, request.actor)
    status = None if decision.is_about_person else support_words(decision)
    return {**rows_of(request, pk, models.Support, cursor, limit, _support), "status": status}


@router.get("/{pk}/taken")
def taken(request: Request, pk: UUID, cursor: Cursor = None, limit: int = 50) -> Page[told.Taken]:
    """Words taken from sight, for their giver, those who decide and those who look after words here."""
    return rows_of(request, pk, models.Taken, cursor, limit, _taken)


def _matter(each: dict[str, Any]) -> told.Became:
    given: list[told.Given] = [
        {
            "what": one.what,
            "words": words_or_none(one.words),
            "at": one.at,
            "came": list(one.came),
            "taken": one.taken,
        }
        for one in each["given"]
    ]
    return {
        "decision": each["decision"].id,
        "title": words_or_none(each["decision"].title),
        "state": each["state"],
        "given": given,
    }


def _text(row: models.JointText) -> told.JointText:
    return {
        "number": row.number,
        "words": words_or_none(row.words),
        "written_at": row.written_at,
        "taken": row.taken or None,
    }


def _signature(row: models.Signature) -> told.Signature:
    return {
        "id": row.id,
        "version": row.number,
        "stands_as": row.stands_as,
        "body": row.body,
        "dissents": row.dissents,
        "words": words_or_none(row.words),
        "signed_at": row.signed_at,
        "taken": row.taken or None,
    }


def _power(row: models.Power) -> told.Power:
    return {
        "id": row.id,
        "stake": words_or_none(row.words),
        "body": row.body,
        "paid": row.paid,
        "conflict": words_or_none(row.conflict),
        "said_at": row.said_at,
        "current": row.is_current,
        "taken": row.taken or None,
    }


def _support(row: models.Support) -> told.Support:
    return {
        "id": row.id,
        "for": row.person,
        "what": row.what,
        "state": row.state,
        "words": words_or_none(row.words),
        "supporter": words_or_none(row.supporter),
        "payer": words_or_none(row.payer),
        "independent_of": words_or_none(row.independent_of),
        "answer": words_or_none(row.answer),
        "body": row.supporting_body,
        "independent": row.is_independent,
        "hours": row.hours,
        "hours_given": row.hours_given,
        "changed_at": row.changed_at,
    }


def _taken(row: models.Taken) -> told.Taken:
    return {
        "id": row.id,
        "kind": row.kind,
        "what": row.what,
        "reason": row.reason,
        "words": words_or_none(row.words),
        "taken_at": row.taken_at,
        "answer": words_or_none(row.answer),
        "wants_another_look": row.wants_another_look,
        "looked_at": row.looked_at,
        "looked_words": words_or_none(row.looked_words),
        "back": row.is_back,
    }
