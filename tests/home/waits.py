"""Who is told that something waits too long, as days go by."""

from __future__ import annotations

from alongside.interfaces.leaving import Work, do_what_is_due
from alongside.kernel import clock
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor


def told() -> list[str]:
    """Whom the outbox tells that something waits too long, each time it does."""
    rows = Outbox.objects.filter(kind="tell", payload__what="waited_too_long").order_by("id")
    assert all(set(row.payload) == {"person", "what", "link"} for row in rows), "a message names no topic"
    return [row.payload["person"] for row in rows]


def is_hex(*actors: Actor) -> list[str]:
    return [actor.person.hex for actor in actors if actor.person]


def later(**step: int) -> None:
    clock.advance(**step)
    do_what_is_due(Work())
