"""What an advocate finds on their own page: the matters of their people, and what they were asked to do."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.checking import day_of
from alongside.topics.decisions.commands.standing import not_theirs
from alongside.topics.decisions.models import State
from alongside.topics.decisions.pages.law_lines import decided_without_an_answer
from alongside.topics.decisions.pages.shown import Names, unchecked
from alongside.topics.decisions.policy import ADVOCATES, decides_by_power_q
from alongside.topics.people.models import Kinds, Link, Person
from alongside.topics.people.policy import speaks_for_q

MOST_PEOPLE, MOST_EACH = 30, 4


@kept_question
def _people(actor: Actor, at: datetime) -> Any:
    """Those for whom the reader may speak."""
    rightly = speaks_for_q(actor, at, "pk", kinds=ADVOCATES)
    return Person.objects.seen_by(actor, at).filter(rightly).order_by("pk")[:MOST_PEOPLE]


@kept_question
def _matters(actor: Actor, at: datetime) -> Any:
    """Open matters that the reader may see, of those they may speak for, the first to answer first."""
    rightly = speaks_for_q(actor, at, "person", matter_field="id", kinds=ADVOCATES)
    rightly |= decides_by_power_q(actor, at)
    rows = models.Decision.objects.seen_by(actor, at).filter(rightly, state=State.OPEN)
    return rows.order_by(F("answer_by").asc(nulls_last=True), "-raised_at", "id")


@kept_question
def _powers(actor: Actor, at: datetime) -> Any:
    """Whether the reader is an attorney or a deputy: who is neither decides for nobody."""
    held = Link.everything.filter(other__in=actor.ids, kind__in=Kinds.POWERS, opens_at__lte=at)
    return held.filter(Q(closes_at=None) | Q(closes_at__gt=at)).values_list("id")[:1]


@kept_question
def _asked_to_check(actor: Actor, at: datetime) -> Any:
    """What the reader was asked to check with somebody, whether in turn or because they were chosen."""
    asked = models.Checker.objects.seen_by(actor, at).filter(checker__in=actor.ids, ended_at=None)
    return asked.order_by("asked_at", "id")


def those_you_speak_for(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For an advocate, or somebody who was asked to speak: each of their people, with what is open."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    stands_by = {row.pk for row in _people(actor)}
    matters = _matters(actor) if stands_by or _powers.count(actor) else []
    if not stands_by and not matters:
        return None
    people = [*sorted(stands_by), *(row.person for row in matters if row.person not in stands_by)]
    names = Names(actor, set(people))
    theirs: dict[UUID, list[models.Decision]] = defaultdict(list)
    for row in matters:
        theirs[row.person].append(row)
    shown = {person: theirs.get(person, []) for person in people}
    at_first = [row for rows in shown.values() for row in rows[:MOST_EACH]]
    (waiting, typed), by_law = _waiting(actor, at_first), decided_without_an_answer(actor, at_first)
    found = [
        _one(actor, pk, names, rows, waiting, request.path, by_power=pk not in stands_by)
        for pk, rows in shown.items()
    ]
    found.sort(key=lambda one: (not one["matters"], one["name"].casefold()))
    busy = [one for one in found if one["matters"]]
    for each in (each for one in busy for each in one["matters"]):
        each["stays"] = each["row"].takes_away and each["row"].id not in by_law
        each["typed"] = each["waits"] and each["row"].id in typed
    return "decisions/parts/speaking_for.html", {
        "people": busy,
        "quiet": [one for one in found if not one["matters"]],
        "is_quiet": not busy,
    }


def _waiting(actor: Actor, matters: list[models.Decision]) -> tuple[set[UUID], set[UUID]]:
    """Of these, the matters without an answer of theirs that the reader may see, and that counts. And those
    with one that counts for nothing yet, as somebody of the line that decides typed it. What the reader said
    for them stays said: nobody is told here that somebody disputes them."""
    said = models.View.objects.seen(actor, decision=[row.id for row in matters], is_current=True)
    by_others = (view for view in said if view.said_by not in actor.ids)
    gone = not_theirs(by_others, {row.person for row in matters}, clock.now())
    loose = unchecked(said)
    shown = {(row.id, row.person): row.change_shape for row in matters}
    put = [one for one in said if one.shape >= shown.get((one.decision, one.person), one.shape + 1)]
    answered = {one.decision for one in put if one.id not in gone | loose}
    typed = {one.decision for one in put if one.id in loose - gone}
    return {row.id for row in matters if not row.is_own} - answered, typed


def _one(
    actor: Actor,
    person: UUID,
    names: Names,
    rows: list[models.Decision],
    waiting: set[UUID],
    here: str,
    *,
    by_power: bool,
) -> dict[str, Any]:
    return {
        "name": names(person),
        "link": reverse("people:person", args=[person]),
        "matters": [
            _matter(actor, row, here, waits=row.id in waiting, by_power=by_power) for row in rows[:MOST_EACH]
        ],
        "more": max(len(rows) - MOST_EACH, 0),
    }


def _matter(actor: Actor, row: models.Decision, here: str, *, waits: bool, by_power: bool) -> dict[str, Any]:
    """One matter, whether it waits for them, and how to bring an answer."""
    given = {"decision": row.id, "next": here, **({} if by_power else {"on_behalf": row.person})}
    return {
        "row": row,
        "link": reverse("decisions:decision", args=[row.id]),
        "waits": waits,
        "by_power": by_power,
        "say": address_of("decisions.view_given", **given)
        if waits and may_do(actor, "decisions.view_given", row.id)
        else "",
    }


def asked_to_check(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For whoever was asked to check with a person what others typed for them, while it is unchecked."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    asked = {(row.decision, row.person): row for row in _asked_to_check(actor)}  # the last that was asked
    if not asked:
        return None
    waiting: dict[UUID, list[Any]] = {}
    for model, more in ((models.View, {"is_current": True}), (models.Telling, {"is_reached": True})):
        typed = model.objects.seen_by(actor).filter(typist__isnull=False, confirmed_by=None, **more)
        of_these = list(typed.filter(decision__in={one for one, _person in asked}))
        loose = unchecked(of_these)
        for row in of_these:
            if row.id in loose and (row.decision, row.person) in asked and row.typist not in actor.ids:
                waiting.setdefault(row.decision, []).append(row)
    rows = models.Decision.objects.seen_by(actor).filter(id__in=list(waiting), state=State.OPEN)
    found = list(rows.order_by(F("answer_by").asc(nulls_last=True), "-raised_at", "id")[:MOST_PEOPLE])
    if not found:
        return None
    names = Names(actor, {row.person for each in waiting.values() for row in each})
    return "decisions/parts/asked_to_check.html", {
        "checks": [_to_check(row, waiting[row.id], asked, names, request.path) for row in found]
    }


def _is_right(row: Any, here: str) -> tuple[str, str]:
    """The address at which the reader says that what was typed is right, and the words for it."""
    given = {"decision": row.decision, "next": here}
    if isinstance(row, models.View):
        return address_of("decisions.view_confirmed", view=row.id, **given), _("Yes, they said this")
    return address_of("decisions.telling_confirmed", telling=row.id, **given), _("Yes, it reached them")


def _to_check(
    matter: models.Decision, typed: list[Any], asked: dict[Any, models.Checker], names: Names, here: str
) -> dict[str, Any]:
    """One matter in which the reader is asked to check: with whom, by which day, and what else to say."""
    mine = asked[matter.id, typed[-1].person]
    day = day_of(mine, typed) if mine.check_of is not None else None
    given = {"decision": matter.id, "check": mine.check_of, "next": here}
    return {
        "row": matter,
        "link": reverse("decisions:decision", args=[matter.id]),
        "name": names(typed[-1].person),
        "by": day,
        "is_late": day is not None and day < clock.today(),
        "yes": [_is_right(row, here) for row in typed],
        "otherwise": address_of("decisions.check_answered", **given) if mine.check_of is not None else "",
    }
