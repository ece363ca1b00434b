"""Where one decision comes from."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Origin, Problem
from alongside.topics.decisions.pages.changes import line
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.problems import Ways
from alongside.topics.decisions.pages.shown import part_rows
from alongside.topics.people.policy import names_of


@require_safe
def origin_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Where one decision comes from: the problems people raised, in whose words, or a change it follows."""
    decision = opened(pk, request.actor)
    joined = part_rows(Origin, request.actor, pk, "on_day", "made_by")
    origins = [row for row in joined if row.ended_on is None]
    parted = [row.problem for row in joined if row.ended_as == models.Parted.NOT_MINE]
    wanted = [row.problem for row in origins if row.problem]
    problems = list(Problem.objects.seen_by(request.actor).filter(id__in=wanted).order_by("raised_on", "id"))
    ways = Ways(request.actor, problems)
    from_changes = [row.from_change for row in origins if row.from_change]
    changes = list(models.Change.objects.seen_by(request.actor).filter(id__in=from_changes))
    bodies = names_of({row.run_by for row in changes})
    context = {
        "decision": decision,
        "problems": [ways.of(row) for row in problems],
        "changes": [line(row, bodies) for row in changes],
        "parted": [(one, reverse("decisions:problem", args=[one])) for one in dict.fromkeys(parted)],
        "back": reverse("decisions:decision", args=[pk]),
    }
    return render(request, "decisions/origin.html", context)
