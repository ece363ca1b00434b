"""A code that somebody handed out, and what came in with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.test import Client

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import THE_CLOCK, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import standing_of
from alongside.topics.decisions.guard import Said
from alongside.topics.people.commands.access import IssueCode, new_code


def came_in(code: str) -> Client:
    client = Client()
    assert client.post("/code/", {"code": code}).status_code == 302
    return client


def answers(client: Client, decision: UUID) -> Any:
    """Whoever holds the code says yes in Rosa’s name, and looks at the page."""
    client.get(f"/decisions/{decision}")
    said = {"decision": str(decision), "position": "for", "words": "Yes, that is fine with me."}
    return client.post("/api/do/decisions.view_given", said, content_type="application/json")


def heard(decision: UUID) -> Said:
    return standing_of(models.Decision.everything.get(id=decision), clock.now()).heard[0].said


def sent_by_us(who: Actor, decision: UUID, way: UUID | None = None) -> str:
    """A code that leaves with a message to somebody, and that nobody here sees."""
    code, digest = new_code()
    path = f"/decisions/{decision}"
    do(IssueCode(person=who.person, matter=decision, path=path, digest=digest, way=way), by=THE_CLOCK)
    return code
