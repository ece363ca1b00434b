"""The lists: promises to you, promises you answer for, the others you may see, and a body's public page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.policy import Actor
from alongside.topics.people.pages.named import Names
from alongside.topics.people.policy import names_of
from alongside.topics.promises.engine import Counts
from alongside.topics.promises.models import (
    Erosion,
    Promise,
    PromisedTo,
    Protocol,
    Said,
    Statement,
    Through,
    Verdict,
)
from alongside.topics.promises.pages.shown import line, state_of
from alongside.topics.promises.policy.counting import SPOKEN_FOR, counts_of, no_longer_theirs
from alongside.topics.promises.policy.judged import nobody_left
from alongside.topics.promises.policy.mending import mended_now

A_PAGE = 25
MOST_OWN = 100
FEW = 6  # of so many people each can be named in a line


def page_number(request: HttpRequest) -> int:
    """Which page of a list, from its address; Missing for one that cannot be."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 100_000:
        raise Missing
    return int(text)


def one_page(rows: Any, request: HttpRequest) -> tuple[list[Any], dict[str, str]]:
    """The rows of one page, and the addresses of the pages beside it."""
    number = page_number(request)
    found = list(rows[(number - 1) * A_PAGE : number * A_PAGE + 1])
    beside = {"newer": "", "older": ""}
    if number > 1:
        beside["newer"] = f"?page={number - 1}"
    if len(found) > A_PAGE:
        beside["older"] = f"?page={number + 1}"
    return found[:A_PAGE], beside


def lines(actor: Actor, promises: Sequence[Promise], *, counted: Iterable[UUID] = ()) -> list[dict[str, Any]]:
    """Promises as a list shows them, with a steady number of statements. `counted`: those whose answers the
    reader may know."""
    ids = [promise.id for promise in promises]
    to: defaultdict[UUID, list[PromisedTo]] = defaultdict(list)
    for row in PromisedTo.objects.seen(actor, "id", promise=ids):
        to[row.promise].append(row)
    answers = Verdict.objects.seen(actor, promise=ids, person=actor.ids, counts=True)
    gone = no_longer_theirs(answers, actor.ids)
    answers = [row for row in answers if row.id not in gone]
    own = {row.promise: row.said for row in answers}
    spoken = {row.promise for row in answers if row.through in SPOKEN_FOR}
    typed = {row.promise: Said(row.said).label for row in answers if row.through == Through.SPOKEN}
    eroded = {row.promise for row in Erosion.objects.seen(actor, promise=ids)}
    eroded -= mended_now(eroded).keys()
    found = counts_of([one for one in counted if one in set(ids)])
    asked = {one for one, rows in to.items() if any(row.person in actor.ids for row in rows)}
    wanted: set[UUID | None] = {row.person for rows in to.values() for row in rows}
    wanted |= {one for p in promises for one in (p.owner, p.office, p.organisation)}
    names = Names(actor, wanted)
    waits = _waits_for(actor, to, found)
    today = clock.today()
    unsayable = nobody_left(row for rows in to.values() for row in rows)
    return [
        {
            **line(
                promise,
                to[promise.id],
                names,
                state_of(
                    promise,
                    today=today,
                    found=found.get(promise.id),
                    own=own.get(promise.id, ""),
                    said_by_speaker=promise.id in spoken,
                    is_asked=promise.id in asked,
                    is_eroded=promise.id in eroded,
                    nobody_left=promise.id in unsayable,
                    owns=promise.owner in actor.ids,
                    waits_for=[names.inside(one) for one in waits.get(promise.id, ())],
                ),
            ),
            "written_down": typed.get(promise.id, ""),
            "nobody_left": promise.id in unsayable,
        }
        for promise in promises
    ]


def _waits_for(
    actor: Actor, to: Mapping[UUID, Sequence[PromisedTo]], found: Mapping[UUID, Counts]
) -> dict[UUID, list[UUID]]:
    """Of promises to a few people: who has not answered, where this reader sees every answer that counts, and
    so knows it. Else nobody is named: a missing name would say who did."""
    few = {
        one: {row.person for row in rows if row.person is not None}
        for one, rows in to.items()
        if one in found and found[one].answered and found[one].no_answer
    }
    few = {one: people for one, people in few.items() if found[one].of == len(people) <= FEW}
    if not few:
        return {}
    said: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in Verdict.objects.seen(actor, promise=list(few), counts=True):
        said[row.promise].add(row.person)
    return {
        one: sorted(people - said[one], key=str)
        for one, people in few.items()
        if len(people & said[one]) == found[one].answered
    }


def of_protocols(actor: Actor, **which: Any) -> list[dict[str, Any]]:
    """Each protocol as one card: its lines are near alike, and are read on its own page."""
    rows = list(Protocol.objects.seen_by(actor).filter(**which).order_by("-adopted_on", "id"))
    inside = Promise.objects.seen_by(actor).filter(protocol__in=[row.id for row in rows])
    of = dict(inside.values_list("id", "protocol"))
    gone = Erosion.objects.seen_by(actor).filter(promise__in=list(of)).values_list("promise", flat=True)
    eroded = Counter(of[one] for one in set(gone) - mended_now(gone).keys())
    count = Counter(of.values())
    names = names_of(one for row in rows for one in (row.organisation, row.made_to))
    return [
        {
            "body": names[row.organisation],
            "made_to": names[row.made_to],
            "adopted_on": row.adopted_on,
            "count": count[row.id],
            "gone": eroded[row.id],
            "link": reverse("promises:protocol", args=[row.id]),
        }
        for row in rows
        if count[row.id]
    ]


def bodies_that_promised() -> list[dict[str, Any]]:
    """Each body with promises that everyone can see, by name, and the way to its page."""
    rows = Promise.objects.seen_by(Actor()).order_by().values_list("organisation")
    found = dict(rows.annotate(count=Count("id")))
    names = names_of(found)
    made = [
        {"name": names[one], "count": many, "link": reverse("promises:body", args=[one])}
        for one, many in found.items()
    ]
    return sorted(made, key=lambda each: str(each["name"]))


@require_safe
def promises_page(request: Request) -> HttpResponseBase:
    """Promises to you, promises you answer for, and the others you may see."""
    actor = request.actor
    rows = Promise.objects.seen_by(actor)
    to_me = PromisedTo.objects.seen_by(actor).filter(person__in=actor.ids).values("promise")
    mine = list(rows.filter(id__in=to_me).order_by("-due_on", "id")[:MOST_OWN]) if actor.ids else []
    single = rows.filter(protocol=None)
    answered_for = single.filter(owner=actor.person).exclude(id__in=[p.id for p in mine])
    own = list(answered_for.order_by("-due_on", "id")[:MOST_OWN]) if actor.person else []
    others = single.exclude(id__in=[p.id for p in (*mine, *own)]).order_by("-due_on", "id")
    rest, beside = one_page(others, request)
    together = [*mine, *own, *rest]
    shown = lines(actor, together, counted=[p.id for p in own])
    context = {
        "mine": shown[: len(mine)],
        "own": shown[len(mine) : len(mine) + len(own)],
        "rest": shown[len(mine) + len(own) :],
        "statements": Statement.objects.seen_by(actor).exists()
        or may_do(actor, "promises.statement_written_down"),
        "protocols": of_protocols(actor) if page_number(request) == 1 else [],
        "bodies": bodies_that_promised(),
        "has_protocols": Protocol.objects.seen_by(actor).exists() or bool(actor.person and actor.strong),
        "is_somebody": actor.person is not None,
        **beside,
    }
    return render(request, "promises/promises.html", context)
