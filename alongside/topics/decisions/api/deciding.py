"""What programs may read of who decides a matter, and of what comes after a decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from alongside.interfaces.who import Request
from alongside.kernel.now import the
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.shown import part_rows

router = Router()


def _words(box: Any) -> str | None:
    return None if box is None else str(box)


@router.get("/{pk}/deciding")
def deciding(request: Request, pk: UUID) -> dict[str, Any]:
    """Who decides this: each rule there was, the seats by office, what was put to them, what each said."""
    row: models.Decision = the(models.Decision, pk, seen_by=request.actor)
    actor = request.actor
    seats = [one for one in part_rows(models.Decider, actor, pk, "since_at") if one.until_at is None]
    voices = [one for one in part_rows(models.Voice, actor, pk, "said_at") if one.is_current]
    return {
        "decision": row.id,
        "rules": [_rule(one) for one in part_rows(models.DecidingRule, actor, pk, "number")],
        "seats": [_seat(one, row) for one in seats],
        "interests": [_seat(one, row) for one in part_rows(models.Interest, actor, pk, "said_at")],
        "proposals": [_proposal(one) for one in part_rows(models.Proposal, actor, pk, "number")],
        "voices": [_voice(one, row) for one in voices],
    }


def _rule(row: models.DecidingRule) -> dict[str, Any]:
    return {
        "number": row.number,
        "who": row.who,
        "agree": row.agree,
        "needed": row.needed,
        "office": row.office,
        "why": _words(row.why),
        "after_people_were_told": row.after_told,
        "asks_again": row.asks_again,
        "said_at": row.said_at,
    }


def _seat(row: Any, matter: models.Decision) -> dict[str, Any]:
    """In public it is an office or a member, never a worker."""
    found = {"office": row.office, "member": bool(getattr(row, "is_member", False))}
    return found | ({"person": row.person} if matter.is_about_person else {})


def _proposal(row: models.Proposal) -> dict[str, Any]:
    return {
        "id": row.id,
        "outcome": row.outcome or None,
        "option": row.option,
        "rule": {"who": row.who, "agree": row.agree, "needed": row.needed} if row.who else None,
        "reasons": _words(row.reasons),
        "would_change": _words(row.would_change),
        "put_at": row.put_at,
        "closed_at": row.closed_at,
        "carried": row.carried,
    }


def _voice(row: models.Voice, matter: models.Decision) -> dict[str, Any]:
    said = {"proposal": row.proposal, "says": row.says, "reasons": _words(row.reasons)}
    return said | _seat(row, matter) | {"said_at": row.said_at}
