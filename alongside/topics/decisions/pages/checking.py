"""On the page of a matter: whose turn it is to check with somebody what was typed for them, by which day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.interfaces.acting import may_do
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.checkers import unchecked_of
from alongside.topics.decisions.commands.checking import day_of, next_one
from alongside.topics.decisions.models import Became, CheckSaid, ChecksAs
from alongside.topics.decisions.pages.as_whom import as_whom
from alongside.topics.decisions.pages.shown import Names, part_rows
from alongside.topics.people.policy.outside_line import body_of

Act = Callable[..., str]


def check_notes(actor: Actor, decision: models.Decision, held: int, act: Act) -> list[dict[str, Any]]:
    """Of each person with whom something is to be checked: who is asked, or that nobody can be."""
    if not held or not decision.is_open:
        return []
    checks = part_rows(models.Check, actor, decision.id, "asked_at", "id")
    if not checks:
        return []
    asked = part_rows(models.Checker, actor, decision.id, "asked_at", "id")
    names = Names(actor, {row.person for row in checks} | {row.checker for row in asked})
    last = {row.person: row for row in checks}  # what came of an earlier one is in the history
    return [note for row in last.values() if (note := _note(actor, decision, row, asked, names, act))]


def _note(
    actor: Actor,
    decision: models.Decision,
    check: models.Check,
    asked: list[models.Checker],
    names: Names,
    act: Act,
) -> dict[str, Any] | None:
    rows = [row for row in asked if row.check_of == check.id]
    is_theirs = check.person in actor.ids
    said: dict[str, Any] = {"name": names(check.person), "is_theirs": is_theirs, "kind": "waits"}
    if check.became == Became.NOT_SO:
        no = next((row for row in rows if row.said == CheckSaid.NOT_SO), None)
        return said | {"kind": "not_so", "who": names(check.settled_by), "words": no.words if no else None}
    if check.became:
        return None
    unchecked = unchecked_of(decision.id, check.person, clock.now())
    still = [row for row in rows if row.ended_at is None]
    said |= {
        "asked": [
            {
                "who": names(row.checker),
                "is_you": row.checker in actor.ids,
                "as_what": as_whom(ChecksAs(row.standing), is_theirs=is_theirs),
                "by": day_of(row, unchecked),
                "is_late": (day_of(row, unchecked) or clock.today()) < clock.today(),
            }
            for row in still
        ],
        "before": len(rows) - len(still),
        "has_next": bool(still) and next_one(check, clock.now()) is not None,
        "choose": act("check_asked")
        if is_theirs and may_do(actor, "decisions.check_asked", decision.id)
        else "",
    }
    if not still:
        said |= {"kind": "nobody", "body": _page_of_body(decision, check.person)}
    return said


def _page_of_body(decision: models.Decision, person: UUID | None) -> str:
    """Where it says which lines have nobody outside, and what a manager can do about it."""
    body = decision.organisation or (body_of(person, clock.now()) if person is not None else None)
    return reverse("people:not_yet", args=[body]) if body is not None else ""
