"""On the page of a promise: who of a group was told, who says they are in it, and whether it still holds."""

from __future__ import annotations

from typing import Any

from alongside.interfaces.acting import address_of, may_do
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.promises.engine import protect
from alongside.topics.promises.models import (
    AskedAgain,
    DateAnswer,
    Erosion,
    GroupMember,
    GroupTold,
    Holds,
    Promise,
    StillHolds,
    Tested,
    TestResult,
)
from alongside.topics.promises.pages.shown import Told, told, told_to_all
from alongside.topics.promises.policy import answers_for_it, counts_apart, smallest_shown, told_of_group

THREE = [(Holds.STILL, "button-voice"), (Holds.PARTLY, "button-voice"), (Holds.NO_LONGER, "button-voice")]


def of_group(actor: Actor, promise: Promise, here: str, *, knows: bool) -> dict[str, Any]:
    """How many were told and have answered, who says they belong, and the way to say so oneself."""
    if not promise.group_size:
        return {}
    smallest = smallest_shown()
    reached = told_of_group(promise)
    members = GroupMember.objects.seen_by(actor).filter(promise=promise.id)
    own = members.filter(person__in=actor.ids).first() if actor.ids else None
    joins = (
        own is None
        and may_do(actor, "promises.group_joined", promise)
        and not answers_for_it(promise, actor.person, clock.now())
    )
    return {
        "size": promise.group_size,
        "reached": reached if knows or reached == 0 or reached >= smallest else None,
        "told": list(GroupTold.objects.seen_by(actor).filter(promise=promise.id).order_by("-said_on", "id")),
        "apart": _apart(promise, knows=knows, smallest=smallest),
        "own": own,
        "join": address_of("promises.group_joined", promise=promise.id, next=here) if joins else "",
        "say_told": address_of("promises.group_told", promise=promise.id, next=here)
        if may_do(actor, "promises.group_told", promise)
        else "",
        "confirm": [
            {
                "row": row,
                "link": address_of(
                    "promises.in_group_confirmed", promise=promise.id, member=row.id, next=here
                ),
            }
            for row in members.filter(confirmed_on=None)
            .exclude(person=actor.person)
            .order_by("said_on", "id")
            if row.person not in actor.ids and may_do(actor, "promises.in_group_confirmed", row)
        ],
    }


def _apart(promise: Promise, *, knows: bool, smallest: int) -> Told | None:
    found = counts_apart(promise)
    if not found.of:
        return None
    return told(found) if knows else told_to_all(protect(found, smallest=smallest))


def of_lasting(actor: Actor, promise: Promise, here: str, made_to: list[Any]) -> dict[str, Any]:
    """Whether it still holds: what is asked now, what was said, and what the owner answers."""
    asked = AskedAgain.objects.seen_by(actor).filter(promise=promise.id, person__in=actor.ids)
    last = asked.order_by("-months").first() if actor.ids else None
    said = list(StillHolds.objects.seen_by(actor).filter(promise=promise.id).order_by("-said_on", "-made_by"))
    open_ask = last is not None and not any(
        row.person in actor.ids and row.months == last.months for row in said
    )
    eroded = list(Erosion.objects.seen_by(actor).filter(promise=promise.id).order_by("-on_day", "-made_by"))
    later = {row.answered_on for row in eroded if row.is_open}  # an open note takes the place of an early one
    eroded = [row for row in eroded if row.is_open or row.answered_on not in later]
    smallest = smallest_shown()
    return {
        "months": last.months if last is not None else 0,
        "asks": [
            {
                "words": answer.label,
                "look": look,
                "link": address_of(
                    "promises.still_holds_said", promise=promise.id, made_to=row.id, said=answer.value
                ),
            }
            for row in made_to
            for answer, look in THREE
        ]
        if open_ask
        else [],
        "said": [{"row": row, "said": Holds(row.said).label} for row in said],
        "eroded": [
            {
                "row": row,
                "counted": promise.person is not None or row.no_longer >= smallest,
                "answer": address_of(
                    "promises.erosion_answered", promise=promise.id, erosion=row.id, next=here
                )
                if row.answered_on is None and may_do(actor, "promises.erosion_answered", promise)
                else "",
            }
            for row in eroded
        ],
    }


def of_test(actor: Actor, promise: Promise, here: str) -> dict[str, Any]:
    """The test of a promise, and what it showed each time."""
    if promise.test is None:
        return {}
    rows = TestResult.objects.seen_by(actor).filter(promise=promise.id).order_by("-looked_on", "-made_by")
    return {
        "test": promise.test,
        "results": [{"row": row, "shown": Tested(row.result).label} for row in rows],
        "record": address_of("promises.test_recorded", promise=promise.id, next=here)
        if may_do(actor, "promises.test_recorded", promise)
        else "",
    }


def who_disagreed(actor: Actor, promise: Promise) -> list[DateAnswer]:
    """Those who did not agree to another day and let this reader see why."""
    rows = DateAnswer.objects.seen_by(actor).filter(promise=promise.id, agrees=False)
    return [row for row in rows.order_by("-said_on", "id") if row.why is not None]
