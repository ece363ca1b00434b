"""Promises made in public: all of them, one, and for one body what was said against what is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from alongside.interfaces import chart
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.interfaces.words import day, days, number
from alongside.kernel import clock
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Organisation
from alongside.topics.people.pages.looking import looks, reason_words, why_not
from alongside.topics.people.policy import name_of, names_of
from alongside.topics.promises.engine import Mended, Protected
from alongside.topics.promises.models import Erosion, LinkedAct, Promise, Statement, Stood, unread
from alongside.topics.promises.pages.listing import one_page
from alongside.topics.promises.pages.shown import told_to_all, way_to
from alongside.topics.promises.policy.counting import published
from alongside.topics.promises.policy.mending import mended_now

LOOKED_AT = ("promises.statement_looked_at", "promises.act_looked_at")
LOOKS = {
    Stood.WAITING: "waiting",
    Stood.OURS: "good",
    Stood.NOT_OURS: "quiet",
    Stood.DIFFERENT: "part",
    Stood.WITHDRAWN: "quiet",
}


@require_safe
def statements_page(request: Request) -> HttpResponseBase:
    """Everything that was promised in public and written down, newest first."""
    rows, beside = one_page(Statement.objects.seen_by(request.actor).order_by("-said_on", "id"), request)
    actor = request.actor
    context = {
        "rows": gaps(rows),
        "unread": unread_lines(),
        "write": address_of("promises.statement_written_down")
        if may_do(actor, "promises.statement_written_down")
        else "",
        "back": reverse("promises:promises"),
        **beside,
    }
    return render(request, "promises/statements.html", context)


@require_safe
def gaps_page(request: Request, pk: UUID) -> HttpResponseBase:
    """For one body: what was said in public against what is recorded. Words and days, no scores."""
    body: Organisation = the(Organisation, pk, seen_by=request.actor)
    public = Statement.objects.seen_by(Actor()).filter(organisation=body.id)
    rows, beside = one_page(public.order_by("said_on", "id"), request)
    shown = gaps(rows)
    context = {
        "name": name_of(body.id),
        "rows": shown,
        "unread": unread_lines(body.id),
        "bar": how_they_stand(public),
        "back": reverse("promises:body", args=[body.id]),
        **beside,
    }
    return render(request, "promises/gaps.html", context)


def how_they_stand(public: QuerySet[Statement]) -> chart.Bar:
    """Of the public words of one body: how many it took up, how many it answered otherwise, and the rest."""
    counts = Counter(Stood(state) for state in public.values_list("state", flat=True))
    other = counts[Stood.NOT_OURS] + counts[Stood.DIFFERENT]
    parts = [
        chart.Part(_("taken up"), counts[Stood.OURS], "kept"),
        chart.Part(_("answered: not theirs, or said differently"), other, "partly"),
        chart.Part(_("neither taken up nor answered"), counts[Stood.WAITING], "no-answer"),
        chart.Part(_("taken back by who wrote it down"), counts[Stood.WITHDRAWN], "rest"),
    ]
    whole = sum(part.count for part in parts)
    words = ngettext(
        "%(count)s promise made in public is written down.",
        "%(count)s promises made in public are written down.",
        whole,
    ) % {"count": number(whole)}
    said = ", ".join(f"{number(part.count)} {part.name}" for part in parts if part.count)
    drawn = chart.bar(parts, name=_("What became of what was said in public"), sentence=f"{words} {said}.")
    return replace(drawn, caption=words)


@require_safe
def statement_page(request: Request, pk: UUID) -> HttpResponseBase:
    """One promise made in public: its exact words, what the body says, and what was done since."""
    row: Statement = the(Statement, pk, seen_by=request.actor)
    actor, here = request.actor, request.path
    gap = gaps([row])[0]
    linked = LinkedAct.objects.seen_by(actor).filter(statement=row.id).order_by("on_day", "id")
    context = {
        "row": row,
        "gap": gap,
        "promise": way_to(actor, gap["promise_id"]) if gap["promise_id"] else "",
        "linked": [
            {"row": act, "why_not": why_not(act), "look": _look_at(actor, act, here)} for act in linked
        ],
        "why_not": why_not(row),
        "looks": looks(row.id, LOOKED_AT),
        "acts": _acts(actor, row, here),
        "body": name_of(row.organisation),
        "body_link": reverse("promises:gaps", args=[row.organisation]),
        "back": reverse("promises:statements"),
    }
    return render(request, "promises/statement.html", context)


def _acts(actor: Actor, row: Statement, here: str) -> list[dict[str, Any]]:
    """What the reader can do about these words, each with the form for it."""
    given = {"statement": row.id, "next": here}
    acts: list[dict[str, Any]] = [
        {
            "words": _("Read these words: may everyone?")
            if why_not(row)
            else _("Look at these words again: may everyone still read them?"),
            "link": address_of("promises.statement_looked_at", **given),
            "may": row.state != Stood.WITHDRAWN
            and row.written_by not in actor.ids
            and may_do(actor, "promises.statement_looked_at", row),
        },
        {
            "words": _("It is ours: take it up"),
            "link": address_of("promises.statement_taken_up", **given),
            "may": row.state not in (Stood.OURS, Stood.WITHDRAWN)
            and may_do(actor, "promises.statement_taken_up", row),
        },
        {
            "words": _("It is not ours, or was said differently"),
            "link": address_of("promises.statement_answered", **given),
            "may": row.state not in (Stood.OURS, Stood.WITHDRAWN)
            and may_do(actor, "promises.statement_answered", row),
        },
        {
            "words": _("Add something that was done since"),
            "link": address_of("promises.act_linked", **given),
            "may": row.state != Stood.WITHDRAWN and may_do(actor, "promises.act_linked"),
        },
        {
            "words": _("Take back what I wrote down"),
            "link": address_of("promises.statement_withdrawn", statement=row.id),
            "may": row.state not in (Stood.OURS, Stood.WITHDRAWN)
            and may_do(actor, "promises.statement_withdrawn", row),
        },
    ]
    return [act for act in acts if act["may"]]


def _look_at(actor: Actor, act: LinkedAct, here: str) -> str:
    """For whoever may look at what was added: the form where they say whether everyone may read it."""
    if act.written_by in actor.ids or not may_do(actor, "promises.act_looked_at", act.statement):
        return ""
    return address_of("promises.act_looked_at", statement=act.statement, act=act.id, next=here)


def unread_lines(body: UUID | None = None) -> list[str]:
    """That something was written down which not everyone may read: never the words themselves."""
    today, found = clock.today(), []
    rows = unread(today, body)
    names = names_of(row.organisation for row in rows)
    for row in rows:
        told = {"body": names[row.organisation], "on": day(row.written_on)}
        if row.held_for:
            words = _("%(body)s: something written down on %(on)s is held back. Why: %(why)s.")
            found.append(words % {**told, "why": reason_words(row.held_for)})
            continue
        words = _(
            "%(body)s: something written down on %(on)s has waited %(days)s for somebody to read it first. "
            "%(body)s has not looked, and no user-led organisation has."
        )
        found.append(words % {**told, "days": days((today - row.written_on).days)})
    return found


def gaps(rows: Sequence[Statement]) -> list[dict[str, Any]]:
    """For each of these public words: what is recorded of it, in sentences."""
    ids = [row.id for row in rows]
    taken = {each.statement: each for each in Promise.objects.seen_by(Actor()).filter(statement__in=ids)}
    told = published({each.id: [each.id] for each in taken.values()})
    eroded = set(
        Erosion.objects.seen_by(Actor())
        .filter(promise__in=[each.id for each in taken.values()])
        .values_list("promise", flat=True)
    )
    again = mended_now(eroded)
    acts: dict[UUID, int] = {}
    for statement in LinkedAct.objects.seen_by(Actor()).filter(statement__in=ids):
        acts[statement.statement] = acts.get(statement.statement, 0) + 1
    names = names_of(row.organisation for row in rows)
    return [
        {
            "row": row,
            "body": names.get(row.organisation, ""),
            "state": Stood(row.state).label,
            "look": LOOKS[Stood(row.state)],
            "lines": list(_lines(row, taken.get(row.id), told, (eroded, again), acts.get(row.id, 0))),
            "link": reverse("promises:statement", args=[row.id]),
            "promise": reverse("promises:promise", args=[taken[row.id].id]) if row.id in taken else "",
            "is_eroded": row.id in taken and taken[row.id].id in eroded - again.keys(),
            "promise_id": taken[row.id].id if row.id in taken else None,
        }
        for row in rows
    ]


def _lines(
    row: Statement,
    promise: Promise | None,
    told: dict[Any, Protected],
    gone: tuple[set[UUID], Mapping[UUID, Mended]],
    acts: int,
) -> list[str]:
    """What is recorded, a sentence each: how many days, what its people say, what was done."""
    today = clock.today()
    found = []
    if row.answered_on is None:
        since = days((today - row.said_on).days)
        found.append(
            _("It was said %(days)s ago. The body has not taken it up or answered.") % {"days": since}
        )
    else:
        taken = days((row.answered_on - row.said_on).days)
        when = {"day": day(row.answered_on), "days": taken}
        found.append(_("The body answered on %(day)s, %(days)s after it was said.") % when)
    if promise is not None:
        found.append(_("It is a promise for %(day)s.") % {"day": day(promise.due_on)})
        if promise.first_due_on > today:
            found.append(_("Nobody is asked before that day how it went."))
        else:
            found += told_to_all(told[promise.id]).lines
        eroded, again = gone
        if promise.id in eroded:
            found.append(_("It was kept, and those it was made to say that it no longer holds."))
        if promise.id in again:
            from_day = {"on": day(again[promise.id].on_day)}
            found.append(_("Since %(on)s they say that it holds again.") % from_day)
    elif row.by_when is not None and row.by_when < today:
        found.append(_("The day that was said, %(day)s, has passed.") % {"day": day(row.by_when)})
    if acts:
        since = ngettext(
            "People found %(count)s thing that was done since.",
            "People found %(count)s things that were done since.",
            acts,
        )
        found.append(since % {"count": number(acts)})
    else:
        found.append(_("Nothing that was done since is recorded."))
    return found
