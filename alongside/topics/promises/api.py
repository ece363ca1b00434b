"""Promises for programs to read. What can be done is under /api/do, made from the commands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from alongside.interfaces.api import cut
from alongside.interfaces.who import actor_of
from alongside.kernel.now import the
from alongside.topics.promises.engine import protect
from alongside.topics.promises.models import ClaimedPromise, Promise, ReportedDecision
from alongside.topics.promises.pages.shown import claimed_progress
from alongside.topics.promises.policy import counts_of, smallest_shown

router = Router()


@router.get("/")
def promises(request: HttpRequest, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """Promises the reader may see, newest first."""
    found = cut(Promise.objects.seen_by(actor_of(request)), cursor, limit)
    return {"items": [_promise(row) for row in found["items"]], "next": found["next"]}


@router.get("/claimed")
def claimed(request: HttpRequest, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """Promises that other systems claim. None of them has a verdict."""
    found = cut(ClaimedPromise.objects.seen_by(actor_of(request)), cursor, limit)
    return {"items": [_claim(row) for row in found["items"]], "next": found["next"]}


@router.get("/reported-decisions")
def reported(request: HttpRequest, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """Decisions that other systems report. We do not know who was asked."""
    found = cut(ReportedDecision.objects.seen_by(actor_of(request)), cursor, limit)
    return {"items": [_report(row) for row in found["items"]], "next": found["next"]}


@router.get("/{uuid:pk}")
def promise(request: HttpRequest, pk: UUID) -> dict[str, Any]:
    """One promise, with the counts that anybody who sees it may know."""
    row: Promise = the(Promise, pk, seen_by=actor_of(request))
    shown = _promise(row)
    if row.is_public:
        told = protect(counts_of([row.id])[row.id], smallest=smallest_shown())
        shown["answers"] = {
            "of": told.of,
            "parts": [{"answers": list(part.of), "count": part.number} for part in told.parts],
        }
    return shown


def _promise(row: Promise) -> dict[str, Any]:
    """Without the worker's name where everyone can read it: then the office answers."""
    return {
        "id": row.id,
        "what": str(row.what),
        "due_on": row.due_on,
        "first_due_on": row.first_due_on,
        "made_on": row.made_on,
        "organisation": row.organisation,
        "office": row.office,
        "owner": None if row.is_public else row.owner,
        "person": row.person,
        "decision": row.decision,
        "group": None if row.group is None else str(row.group),
        "group_size": row.group_size,
        "owner_says_percent": row.percent,
        "owner_says_done_on": row.done_on,
    }


def _from_elsewhere(row: ClaimedPromise | ReportedDecision) -> dict[str, Any]:
    return {
        "id": row.id,
        "import": row.batch,
        "row": row.row,
        "line": row.line,
        "title": str(row.title),
        "words": None if row.words is None else str(row.words),
        "reference": None if row.reference is None else str(row.reference),
        "link": None if row.link is None else str(row.link),
    }


def _claim(row: ClaimedPromise) -> dict[str, Any]:
    return _from_elsewhere(row) | {
        "made_to": None if row.made_to is None else str(row.made_to),
        "due_on": _day(row.due_on),
        "owner_says_percent": row.percent,
        "says": claimed_progress(row.percent),
    }


def _report(row: ReportedDecision) -> dict[str, Any]:
    return _from_elsewhere(row) | {
        "on_day": _day(row.on_day),
        "outcome": None if row.outcome is None else str(row.outcome),
        "votes_for": row.votes_for,
        "votes_against": row.votes_against,
        "votes_abstained": row.votes_abstained,
        "absent": row.absent,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
