"""How much of a matter was done together, for programs: one matter at a time, as numbers that stand apart.

There is no list by it, no order and no score: `docs/decisions` says why.
"""

from __future__ import annotations

from uuid import UUID

from ninja import Router

from alongside.interfaces.who import Request
from alongside.kernel.command import Missing
from alongside.topics.decisions import models
from alongside.topics.decisions.api import together_told as told
from alongside.topics.decisions.engine.finding import ABOUT_FEW, IN_LOTS, Figure, Finding
from alongside.topics.decisions.engine.rung import STEPS, Profile, grades, profile
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import part_rows
from alongside.topics.decisions.pages.together import facts_of
from alongside.topics.people.policy import smallest_shown

router = Router(tags=["decisions"])


@router.get("/{pk}/yardstick")
def yardstick(request: Request, pk: UUID) -> told.Yardstick:
    """The eleven rows of a matter about a place, the step they reach, and what is claimed beside it."""
    decision = opened(pk, request.actor)
    if decision.is_about_person:
        raise Missing
    facts = facts_of(decision)
    found = profile(facts).protected(smallest=smallest_shown())
    return {
        "decision": pk,
        **told_profile(found),
        "claimed": [
            {"step": row.step, "by": row.office or row.organisation, "at": row.claimed_at}
            for row in part_rows(models.Claim, request.actor, pk, "claimed_at")
        ],
        "meetings": [
            {"meeting": each.meeting, "group": each.group, "most": each.most, "counts": dict(each.counts)}
            for each in grades(facts)
        ],
    }


def told_profile(found: Profile) -> told.Profile:
    """The rows of a profile as they may be told to anybody, and the step they reach."""
    return {
        "rows": [_row(each) for each in found.findings],
        "reached": {
            "step": found.reached.step,
            "number": found.reached.number,
            "of": len(STEPS),
            "stopped_by": found.reached.stopped_by or None,
            "arnstein": found.reached.arnstein,
        },
    }


def _row(found: Finding) -> told.Row:
    """One row. `is_at_least`: the value grows by whole lots of people, so it is at least so many of at most
    `of`, as each number in it is."""
    return {
        "row": found.key,
        "value": found.value,
        "of": found.of,
        "is_at_least": found.key in IN_LOTS and found.value is not None,
        "says": found.says or None,
        "figures": [_figure(each) for each in found.figures],
        "seen_and_not_counted": [_figure(each) for each in found.left_out],
        "missing": list(found.missing),
        "not_shown": [*found.hidden, *(["rests_on"] if _points_to_one(found) else [])],
        "rests_on": [] if _points_to_one(found) else list(found.rests_on),
    }


def _points_to_one(found: Finding) -> bool:
    """Whether a list of entries would tell how few were paid, needed something or answered; or, of two
    readings, whose word has just changed: the words behind it are not all for everyone."""
    return found.key in IN_LOTS or (found.key in ABOUT_FEW and bool(found.hidden))


def _figure(each: Figure) -> told.NamedFigure:
    return {"name": each.name, "value": each.value, "of": each.of}
