"""What those who answer for a change find on their page: what may not go on, and what waits to be judged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest

from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.gating import judged_from
from alongside.topics.decisions.models import Change, ChangeState
from alongside.topics.decisions.pages.changes import line
from alongside.topics.people.policy import names_of, offices_held

MOST, MOST_READ = 5, 50


@kept_question
def _yours(actor: Actor, at: datetime) -> Any:
    """Changes that the reader decides, or that an office of theirs runs, what is due first at the top."""
    mine = models.Decider.everything.filter(person__in=actor.ids, until_at=None)
    waits = (ChangeState.LAPSED, ChangeState.PROPOSED, ChangeState.RUNNING)
    theirs = Q(decision__in=mine.values("decision")) | Q(office__in=offices_held(actor.person, at))
    rows = Change.objects.seen_by(actor, at).filter(theirs, state__in=waits)
    return rows.order_by(F("review_on").asc(nulls_last=True), "proposed_on", "id")[:MOST_READ]


def you_answer_for(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For those who decide, and the office that runs it: changes that lost their permission come first."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    found = [row for row in _yours(actor) if _needs_them(row)][:MOST]
    if not found:
        return None
    bodies = names_of({row.run_by for row in found})
    lines = sorted((line(row, bodies) for row in found), key=lambda one: one["look"] != "bad")
    return "decisions/parts/changes_panel.html", {"changes": lines}


def _needs_them(row: Change) -> bool:
    """Whether there is something to do: one that runs needs nobody before people can judge what it did."""
    first = judged_from(row)
    return row.state != ChangeState.RUNNING or (first is not None and first <= clock.today())
