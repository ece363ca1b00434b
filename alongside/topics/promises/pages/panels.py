"""What promises show on somebody's own page: the promises to them that need an answer, and what they owe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from alongside.interfaces.who import actor_of
from alongside.kernel import clock, reading
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, LinkKind, Scope
from alongside.topics.people.policy import smallest_shown, speaks_for_q
from alongside.topics.promises.models import (
    AskedAgain,
    Erosion,
    Promise,
    PromisedTo,
    ProposedDate,
    StillHolds,
    Verdict,
    Wants,
    WhatNow,
)
from alongside.topics.promises.pages.listing import lines
from alongside.topics.promises.pages.one import five_answers
from alongside.topics.promises.pages.together import answers_whether_it_holds, is_late
from alongside.topics.promises.policy import its_owners_manager

MOST = 5
ASKED_TO_SPEAK = (*Kinds.ADVOCATES, LinkKind.SPOKESPERSON)
MOST_DAYS, LATELY = 100, timedelta(days=30)


def promises_to_answer(actor: Actor) -> list[Promise]:
    """Promises to this person whose day has come, or which are said to be done, without their answer: the
    first few, and one more where there are more."""
    if actor.person is None:
        return []
    mine = PromisedTo.objects.seen_by(actor).filter(person__in=actor.ids).values("promise")
    said = Verdict.objects.seen_by(actor).filter(person__in=actor.ids, counts=True).values("promise")
    come = Q(due_on__lte=clock.today()) | Q(done_on__isnull=False)
    rows = Promise.objects.seen_by(actor).filter(come, id__in=mine).exclude(id__in=said)
    return list(rows.order_by("due_on", "id")[: MOST + 1])


def my_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For the reader's own page: their promises first, then what they answer for."""
    actor = actor_of(request)
    if actor.person is None:
        return None
    asked = promises_to_answer(actor)
    owed = Promise.objects.seen_by(actor).filter(owner=actor.person, done_on=None)
    come = list(owed.filter(due_on__lte=clock.today()).order_by("due_on", "id")[: MOST + 1])
    late = come[:MOST]
    soon = list(owed.filter(due_on__gt=clock.today()).order_by("due_on", "id")[: MOST - len(late)])
    shown = lines(actor, [*late, *soon], counted=[p.id for p in (*late, *soon)])
    context = {
        "asked": _asked(actor, asked[:MOST]),
        "asked_more": len(asked) > MOST,
        "late_more": len(come) > MOST,
        "late": shown[: len(late)],
        "soon": shown[len(late) :],
        "wants": _wanted_of(actor),
        "dates": _dates_for(actor),
        "still": _asked_again(actor),
        "eroded": _eroded(actor),
    }
    return ("promises/panel.html", context) if any(context.values()) else None


def of_those_you_speak_for(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For an advocate: promises to those they speak for, come due, with no answer that they can see."""
    actor, at = actor_of(request), clock.now()
    if actor.person is None or actor.only is not None:
        return None
    rightly = speaks_for_q(
        actor, at, "person", scope=Scope.WELFARE, matter_field="matter", kinds=ASKED_TO_SPEAK
    )
    theirs = PromisedTo.objects.seen_by(actor).filter(rightly).exclude(person__in=actor.ids)
    pairs = set(theirs.values_list("promise", "person"))
    said = Verdict.objects.seen_by(actor).filter(counts=True, promise__in={one for one, _who in pairs})
    silent = {promise for promise, _who in pairs - set(said.values_list("promise", "person"))}
    come = Q(due_on__lte=clock.today()) | Q(done_on__isnull=False)
    rows = Promise.objects.seen_by(actor).filter(come, id__in=silent).order_by("due_on", "id")[:MOST]
    shown = lines(actor, list(rows))
    return ("promises/speaking_for.html", {"promises": shown}) if shown else None


def of_decision(request: HttpRequest, decision: UUID) -> tuple[str, dict[str, Any]] | None:
    """For the page of a decision: the promises it left, as this reader may see them."""
    actor = actor_of(request)
    rows = list(Promise.objects.seen_by(actor).filter(decision=decision).order_by("due_on", "id"))
    shown = lines(actor, rows, counted=[p.id for p in rows if p.owner == actor.person]) if rows else []
    return ("promises/of_decision.html", {"promises": shown}) if shown else None


def overdue_of_body(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """For a councillor's page: how many promises of a body are past their day and not said to be done.

    As on that body's own page, what was kept and is gone again is not among them.
    """
    late = Q(organisation=body, due_on__lt=clock.today(), done_on=None)
    gone = Erosion.everything.filter(is_open=True).values("promise")
    rows = Promise.objects.seen_by(actor_of(request)).filter(late, person=None).exclude(id__in=gone)
    lives = Promise.everything.filter(late, person__isnull=False).count()
    few = 0 < lives < smallest_shown()
    silent = Erosion.objects.seen_by(Actor()).filter(answered_on=None, answer_by__lt=clock.today())
    ids = silent.values_list("promise", flat=True)
    here = Promise.objects.seen_by(Actor()).filter(id__in=list(ids), organisation=body)
    context = {"places": rows.count(), "lives": None if few else lives, "body": body, "silent": here.count()}
    return "promises/overdue_of_body.html", {**context, "smallest": smallest_shown()}


def _asked(actor: Actor, promises: list[Promise]) -> list[dict[str, Any]]:
    """Each promise as a list shows it, with the answers this person can give."""
    rows = PromisedTo.objects.seen_by(actor).filter(promise__in=[p.id for p in promises])
    to_me = dict(rows.filter(person__in=actor.ids).values_list("promise", "id"))
    today = clock.today()
    return [
        {**shown, "answers": five_answers(promise, to_me[promise.id], today)}
        for promise, shown in zip(promises, lines(actor, promises), strict=True)
    ]


def _asked_again(actor: Actor) -> list[dict[str, Any]]:
    """Promises they said were kept, of which they are asked now whether they still hold."""
    said = StillHolds.everything.filter(
        promise=OuterRef("promise"), person=OuterRef("person"), months__gte=OuterRef("months")
    )
    rows = AskedAgain.objects.seen_by(actor).filter(~Exists(said), person__in=actor.ids)
    wanted = list(rows.order_by("-asked_on").values_list("promise", flat=True)[:MOST])
    to = PromisedTo.objects.seen_by(actor).filter(promise__in=wanted).order_by("id")
    mine: dict[UUID, PromisedTo] = {}
    for row in to.filter(Q(person=None) | Q(person__in=actor.ids)):
        if row.person is not None or row.promise not in mine:
            mine[row.promise] = row
    found = Promise.objects.seen_by(actor).filter(id__in=list(mine)).order_by("due_on", "id")
    return [{"row": row, "answers": answers_whether_it_holds(row, mine[row.id])} for row in found]


def _eroded(actor: Actor) -> list[dict[str, Any]]:
    """Promises they answer for that no longer hold, and of which they have said nothing yet: what is due
    first. Whoever manages the owner finds those whose day is over."""
    seen = Erosion.objects.seen_by(actor).filter(answered_on=None)
    owned = Promise.objects.seen_by(actor).filter(owner=actor.person).values("id")
    rows = list(seen.filter(promise__in=owned).order_by("answer_by", "id")[:MOST])
    over = its_owners_manager.resolve(actor, clock.now())
    if not isinstance(over, bool):
        managed = Promise.objects.seen_by(actor).filter(over).exclude(owner=actor.person).values("id")
        late = seen.filter(answer_by__lt=clock.today(), promise__in=managed)
        rows += list(late.order_by("answer_by", "id")[:MOST])
    promises = Promise.objects.seen_by(actor).filter(id__in=[row.promise for row in rows])
    known = {promise.id: promise for promise in promises}
    first = {row.promise: row for row in reversed(rows) if row.promise in known}
    return [{"promise": known[pk], "row": row, "is_late": is_late(row)} for pk, row in first.items()]


def _wanted_of(actor: Actor) -> int:
    """How many people wait for this owner to answer what they want now."""
    owned = Promise.objects.seen_by(actor).filter(owner=actor.person).values("id")
    rows = WhatNow.objects.seen_by(actor).filter(promise__in=owned, answered_on=None)
    return rows.exclude(wants=Wants.NOTHING).count()


def _dates_for(actor: Actor) -> list[dict[str, Any]]:
    """Other days that wait for this person's yes or no."""
    mine = PromisedTo.objects.seen_by(actor).filter(person__in=actor.ids).values("promise")
    rows = ProposedDate.objects.seen_by(actor).filter(promise__in=mine, state="waiting")
    found = list(rows.order_by("due_on")[:MOST])
    about = {row.id: row for row in Promise.objects.seen_by(actor).filter(id__in=[r.promise for r in found])}
    return [
        {"promise": row.promise, "due_on": row.due_on, "what": about[row.promise].what, "why": row.why}
        for row in found
        if row.promise in about
    ]


def days(actor: Actor) -> Iterator[tuple[UUID, date]]:
    """For a person's calendar: the days of promises to them that are to come, and of the last month."""
    mine = PromisedTo.objects.seen_by(actor).filter(person__in=actor.ids).values("promise")
    rows = Promise.objects.seen_by(actor).filter(id__in=mine, due_on__gte=clock.today() - LATELY)
    yield from rows.order_by("due_on", "id").values_list("id", "due_on")[:MOST_DAYS]


def promises_of(matter: UUID) -> list[dict[str, Any]]:
    """The promises open to all that a matter left, each with what those it was made to have said of it."""
    rows = list(Promise.everything.filter(decision=matter, person=None).order_by("made_on", "id")[:200])
    said: dict[UUID, list[tuple[date, str]]] = {row.id: [] for row in rows}
    told = Verdict.everything.filter(promise__in=list(said), counts=True, is_held=False)
    for promise, day, what in told.values_list("promise", "said_on", "said"):
        said[promise].append((day, what))
    found = []
    for row in rows:
        made = reading.history(row.id)[0].recorded
        found.append(
            {"id": row.id, "entry": made.id, "at": made.at, "made_on": row.made_on, "verdicts": said[row.id]}
        )
    return found
