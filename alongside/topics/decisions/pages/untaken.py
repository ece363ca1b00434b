"""What waits for a body and for nobody in it: matters no one decides yet, and problems no one has answered.

It is shown to those who hold one of the body's offices, help to run it, or work on its duty team.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from alongside.interfaces.acting import address_of
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import NO_ROWS, Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Problem, ProblemWords
from alongside.topics.decisions.policy import nobody_decides_q, on_duty_q
from alongside.topics.people.models import Office, Organisation
from alongside.topics.people.policy import names_of, offices_held

MOST = 5


def sees_to_q(actor: Actor, at: datetime, field: str) -> Q:
    """Rows whose `field` names a body that the actor answers for: by an office, by running it, or on duty."""
    if actor.person is None or actor.only is not None:
        return NO_ROWS
    offices = Office.everything.filter(id__in=offices_held(actor.person, at)).values("organisation")
    return Q(**{f"{field}__in": offices}) | on_duty_q(actor, at, field)


def waits_for_your_body(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Matters that nobody decides yet, the oldest first, then problems that nobody has answered."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    if not _bodies(actor):
        return None
    matters, problems = _matters(actor), _problems(actor)
    if not matters and not problems:
        return None
    bodies = names_of({row.organisation for row in matters} | {row.organisation for row in problems})
    words = _words(actor, problems)
    return "decisions/parts/untaken.html", {
        "place": "untaken",
        "matters": [_matter(row, bodies, request.path) for row in matters[:MOST]],
        "more_matters": reverse("decisions:decisions") if len(matters) > MOST else "",
        "problems": [
            {
                "row": row,
                "body": bodies[row.organisation],
                "words": words.get(row.id),
                "link": reverse("decisions:problem", args=[row.id]),
                "is_late": row.answer_by < clock.today(),
            }
            for row in problems[:MOST]
        ],
        "more_problems": reverse("decisions:problems") if len(problems) > MOST else "",
    }


@kept_question
def _bodies(actor: Actor, at: datetime) -> Any:
    """The bodies that the reader answers for."""
    return Organisation.everything.filter(sees_to_q(actor, at, "id"))


@kept_question
def _matters(actor: Actor, at: datetime) -> Any:
    """Matters of the reader's body that nobody decides yet."""
    mine = sees_to_q(actor, at, "organisation")
    waiting = models.Decision.objects.seen_by(actor, at).filter(mine, nobody_decides_q())
    return waiting.order_by("raised_at", "id")[: MOST + 1]


@kept_question
def _problems(actor: Actor, at: datetime) -> Any:
    """Problems that the reader's body has not answered."""
    rows = Problem.objects.seen_by(actor, at).filter(sees_to_q(actor, at, "organisation"), answer="")
    return rows.order_by("answer_by", "id")[: MOST + 1]


def _words(actor: Actor, problems: list[Problem]) -> dict[UUID, Any]:
    rows = ProblemWords.objects.seen(actor, problem=[row.id for row in problems], held_for="")
    return {row.problem: row.words for row in rows}


def _matter(row: models.Decision, bodies: Mapping[Any, str], here: str) -> dict[str, Any]:
    return {
        "row": row,
        "body": bodies[row.organisation],
        "link": reverse("decisions:decision", args=[row.id]),
        "take_up": address_of("decisions.taken_up", decision=row.id, next=here),
    }
