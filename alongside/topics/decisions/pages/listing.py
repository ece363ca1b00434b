"""The list of matters, your own first, and where to start a new one."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import not_theirs
from alongside.topics.decisions.models import State
from alongside.topics.decisions.pages.shown import Names, has_answered, look_of, state_words, whose_words
from alongside.topics.decisions.policy import ANOTHER_WORKER
from alongside.topics.people.policy import workers_of

A_PAGE = 25
SHOWN_AT = Coalesce("decided_at", "raised_at")  # what the day beside each tells


def mine_q(actor: Actor) -> Q:
    return Q(person__in=actor.ids) | Q(raised_by__in=actor.ids)


@require_safe
def decisions_page(request: Request) -> HttpResponseBase:
    """Those you may see: your own first, then the rest, by the day beside each, the latest first."""
    actor = request.actor
    rows = models.Decision.objects.seen_by(actor).order_by(SHOWN_AT.desc(), "id")
    before = _last_shown(request.GET.get("before"))
    own = [] if before else list(rows.filter(mine_q(actor))[:A_PAGE])
    rest = rows.exclude(mine_q(actor))
    found = list((rest.filter(_after_q(*before)) if before else rest)[: A_PAGE + 1])
    names = Names(actor, {row.person for row in (*own, *found)})
    stands = _stands(actor, [*own, *found[:A_PAGE]])
    older = ""
    if len(found) > A_PAGE:
        last = found[A_PAGE - 1]
        older = f"{reverse('decisions:decisions')}?before={_shown_at(last):%Y-%m-%dT%H:%M:%S.%fZ}~{last.id}"
    context = {
        "own": told_apart([shown(row, names, stands) for row in own]),
        "rest": told_apart([shown(row, names, stands) for row in found[:A_PAGE]]),
        "older": older,
        "changes": models.Change.objects.seen_by(actor).exists(),
        "new": reverse("decisions:new") if actor.only is None else "",
    }
    return render(request, "decisions/decisions.html", context)


def _stands(actor: Actor, rows: list[models.Decision]) -> dict[UUID, dict[str, bool]]:
    """For each open matter about a life: whether the reader sees that its person has answered, and whether
    they see every answer, so that they may be told that none has come."""
    lives = {row.id: row for row in rows if row.state == State.OPEN and row.person is not None}
    if not lives or actor.person is None:
        return {}
    people = {row.person for row in lives.values()}
    said = models.View.objects.seen_by(actor).filter(decision__in=lives, person__in=people, is_current=True)
    views = list(said)
    decides = models.Decider.objects.seen_by(actor).filter(decision__in=lives, person__in=actor.ids)
    mine = set(decides.filter(until_at=None).values_list("decision", flat=True))
    know = {pk for pk, row in lives.items() if pk in mine or row.person in actor.ids}
    gone = not_theirs((view for view in views if view.decision in know), people, clock.now())
    views = [view for view in views if view.id not in gone]
    return {
        pk: {
            "answered": has_answered(row, [view for view in views if view.decision == pk]),
            "may_know": pk in know,
        }
        for pk, row in lives.items()
    }


def shown(row: models.Decision, names: Names, stands: dict[UUID, dict[str, bool]]) -> dict[str, Any]:
    """One line of a list."""
    person = names(row.person) if row.person else ""
    how = stands.get(row.id, {})
    waits = row.state == State.OPEN and not how.get("answered")
    return {
        "title": row.title,
        "link": reverse("decisions:decision", args=[row.id]),
        "whose": whose_words(row, names.actor, person),
        "state": state_words(row, person, **how)
        if row.state != State.DECIDED or row.decided_at is None
        else _("Decided on %(day)s") % {"day": words.day(row.decided_at)},
        "look": look_of(row),
        "when": _when(row),
        "answer_by": row.answer_by if waits else None,
        "asks_you": row.person is None or row.person in names.actor.ids,
    }


def told_apart(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each line; of those of one title also whose each is, for whoever hears the links alone."""
    titles = Counter(str(each["title"]) for each in lines)
    return [{**each, "of_several": titles[str(each["title"])] > 1} for each in lines]


def _when(row: models.Decision) -> str:
    """The day that belongs beside its state, where the state itself does not say it."""
    if row.decided_at is not None:
        is_said = row.state == State.DECIDED
        return "" if is_said else _("Decided on %(day)s") % {"day": words.day(row.decided_at)}
    return _("Raised on %(day)s") % {"day": words.day(row.raised_at)}


def _shown_at(row: models.Decision) -> datetime:
    return row.decided_at or row.raised_at


def _after_q(moment: datetime, last: UUID) -> Q:
    """What comes after the last of the page before, also where many were raised at one moment."""
    earlier = Q(decided_at__lt=moment) | Q(decided_at=None, raised_at__lt=moment)
    then = Q(decided_at=moment) | Q(decided_at=None, raised_at=moment)
    return earlier | then & Q(id__gt=last)


def _last_shown(text: str | None) -> tuple[datetime, UUID] | None:
    """The last of the page before, as its link to the older ones names it."""
    if not text:
        return None
    at, _tilde, last = text.partition("~")
    try:
        found, pk = parse_datetime(at), UUID(last)
    except ValueError:
        raise Missing from None
    if found is None or found.tzinfo is None:
        raise Missing
    return found, pk


def _another_worker(me: UUID | None) -> str:
    """Where somebody who has a worker asks for another."""
    if me is None or not workers_of(me, clock.now()):
        return ""
    return address_of(
        "decisions.raised", person=me, change=ANOTHER_WORKER, what=_("I ask for another worker.")
    )


@require_safe
def new_page(request: Request) -> HttpResponseBase:
    """Where to start: about me, about somebody, about a service or a place, or a worry."""
    me: UUID | None = request.actor.person if request.actor.only is None else None
    context = {
        "about_me": address_of("decisions.raised", person=me) if me else "",
        "another_worker": _another_worker(me),
        "about_someone": address_of("decisions.raised") if me else "",
        "agreed": address_of("decisions.everyday_agreed") if request.actor.strong else "",
        "urgent": address_of("decisions.urgent_help") if request.actor.strong else "",
        "about_place": address_of("decisions.place_raised") if me else "",
        "worry": address_of("decisions.concern_raised"),
    }
    return render(request, "decisions/new.html", context)
