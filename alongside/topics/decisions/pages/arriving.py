"""First on the page of those who decide: what did not arrive, and whom to ring or visit."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse

from alongside.interfaces.acting import address_of
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands import arriving
from alongside.topics.decisions.models import State
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.decisions.policy import NOT_DELIVERED
from alongside.topics.people.models import Person, PersonState
from alongside.topics.people.policy import how_we_write, now_is, works_with

MOST = 5


def did_not_arrive(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The people whom the last message did not reach, in matters that the reader decides."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    failed = _failed(actor)
    if not failed:
        return None
    matters = models.Decision.objects.seen(actor, id={matter for matter, _who in failed})
    titles = {row.id: row.title for row in matters}
    names = Names(actor, {person for _matter, person in failed})
    rows = [
        _row(matter, person, titles, names, request.path) | {"ways": _unwritten(actor, person)}
        for matter, person in failed
        if matter in titles
    ]
    return "decisions/parts/did_not_arrive.html", {"rows": rows[:MOST], "place": "first"}


@kept_question
def _broken(actor: Actor, at: datetime) -> Any:
    """(matter, person): messages that did not arrive, in matters that run and that the reader decides."""
    runs = models.Decision.objects.seen_by(actor, at).filter(
        Q(state=State.OPEN) | Q(state=State.DECIDED, undo_days__isnull=False, undo_until=None),
        pk=OuterRef("decision"),
    )
    decides = models.Decider.everything.filter(person__in=actor.ids, until_at=None).values("decision")
    rows = models.Telling.objects.seen_by(actor, at)
    broken = rows.filter(Exists(runs), decision__in=decides, sign=NOT_DELIVERED, person__isnull=False)
    broken = broken.exclude(person__in=Person.everything.filter(state=PersonState.DIED).values("id"))
    return broken.values_list("decision", "person")


def _failed(actor: Actor) -> list[tuple[UUID, UUID]]:
    """(matter, person), the longest ago first."""
    pairs = set(_broken(actor))
    if not pairs:
        return []
    tried: defaultdict[tuple[UUID, UUID], list[Any]] = defaultdict(list)
    for row in models.Telling.objects.seen(actor, decision={matter for matter, _who in pairs}):
        if row.person is not None:
            tried[row.decision, row.person].append(row)
    still = [pair for pair in pairs if arriving.did_not_arrive(tried[pair])]
    return sorted(still, key=lambda pair: max(row.told_at for row in tried[pair]))


def _row(matter: UUID, person: UUID, titles: dict[UUID, Any], names: Names, here: str) -> dict[str, Any]:
    return {
        "title": titles[matter],
        "who": names(person),
        "link": reverse("decisions:decision", args=[matter]),
        "tell": address_of("decisions.told", decision=matter, person=person, next=here),
    }


def _unwritten(actor: Actor, person: UUID) -> str:
    """The page of how somebody is told, for whoever works with them, while no message can go to them."""
    at, who = clock.now(), now_is(person)
    if how_we_write(who, at) is not None or not works_with(actor, who, at):
        return ""
    return reverse("people:ways", args=[who])
