"""What decisions show on a person's own page: what needs them, and what waits for them to decide.

The reader's own rows, of what they were asked and said, are looked up as they are; which matters they may
see is asked of the matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse

from alongside.interfaces.acting import address_of
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.standing import Held, Reading, taken_as
from alongside.topics.decisions.guard import Said
from alongside.topics.decisions.models import RoundKind, State
from alongside.topics.decisions.pages.in_brief import first_different
from alongside.topics.decisions.pages.law_lines import WHAT_NOW, in_the_law, of_the_law
from alongside.topics.decisions.pages.shown import Names, whose_words
from alongside.topics.people.models import Asking
from alongside.topics.people.models.kinds import HowOften

MOST = 5
MOST_CAN = 3  # of what they can do meanwhile; the page of the matter has all
MOST_DAYS = 100


@kept_question
def _by_another_hand(actor: Actor, at: datetime, among: Sequence[UUID]) -> Any:
    """The reader's answers in these matters that somebody else gave or typed."""
    theirs = Q(is_spoken_for=True) | Q(typist__isnull=False)
    rows = models.View.everything.filter(theirs, person__in=actor.ids, is_current=True, decision__in=among)
    return rows.order_by("id")


def _answered_for(actor: Actor, at: datetime, rows: list[models.View]) -> set[UUID]:
    """The matters in which one of these answers, which somebody else gave or typed, counts as the reader's:
    the gate says which (commands/standing.py). Whoever comes by a code has just read that theirs does not.
    """
    if not rows:
        return set()
    counts = {Said.VIEW, Said.DECLINED} | ({Said.UNCONFIRMED} if actor.only is not None else set())
    waits = models.Affected.everything.filter(
        person__in=actor.ids, waits=True, ended_at=None, decision=OuterRef("pk")
    )
    asked = models.Decision.everything.filter(
        Q(about="person") | Exists(waits), id__in={row.decision for row in rows}
    )
    must_count = set(asked.values_list("id", flat=True))  # of a place nobody else is waited for
    taken = taken_as(rows, at)
    return {row.decision for row in rows if taken[row.id] in counts or row.decision not in must_count}


def waiting_for(actor: Actor, at: datetime | None = None) -> list[models.Decision]:
    """Open matters on which this person is asked and has not answered, the one to answer first at the top.

    Those that wait for them, those in which they are heard, and those of a group of which they were asked by
    name, whether or not a word could reach them; but not where they want to be asked of their own life alone.
    """
    at = at or clock.now()
    return _that_wait_still(actor, at, _unanswered(actor, at)[:MOST_DAYS])[0]


Waits = tuple[list[models.Decision], dict[UUID, models.View]]


def _that_wait_still(actor: Actor, at: datetime, found: Sequence[models.Decision]) -> Waits:
    """Of matters in which the reader said nothing by their own hand, those in which no answer of another's
    hand counts as theirs; and by matter the last such answer that does not."""
    given = _by_another_hand(actor, at, among=[row.id for row in found])
    answered = _answered_for(actor, at, given)
    loose = {row.decision: row for row in given if row.decision not in answered}
    return [row for row in found if row.id not in answered], loose


def _unanswered(actor: Actor, at: datetime) -> Any:
    """The matters on which this person is asked and has said nothing by their own hand."""
    affected = models.Affected.everything.filter(person__in=actor.ids, ended_at=None)
    by_name = models.Waiting.everything.filter(
        person__in=actor.ids, kind=RoundKind.ASK, by_name=True, is_ready=True, left_out_at=None
    )
    never = Asking.everything.filter(pk=OuterRef("person"), how_often=HowOften.NEVER)
    said = models.View.everything.filter(
        decision=OuterRef("pk"),
        person__in=actor.ids,
        is_current=True,
        shape__gte=OuterRef("change_shape"),
        is_spoken_for=False,
        typist=None,
    )  # what was said before this was put, or before it was opened again, is no answer to it
    rows = models.Decision.objects.seen_by(actor, at).filter(state=State.OPEN, is_own=False)
    asked = Q(id__in=by_name.exclude(Exists(never)).values("decision"), about="place")
    rows = rows.filter(Q(id__in=affected.values("decision")) | asked).exclude(Exists(said))
    return rows.order_by(F("answer_by").asc(nulls_last=True), "-raised_at")


@kept_question
def _first_waiting(actor: Actor, at: datetime) -> Any:
    """The first of what waits for the reader's answer, where nobody else gave or typed it, and one more."""
    return _unanswered(actor, at)[: MOST + 1]


@kept_question
def _first_to_decide(actor: Actor, at: datetime) -> Any:
    """The first of what the reader decides, and one more."""
    decides = models.Decider.everything.filter(person__in=actor.ids, until_at=None)
    rows = models.Decision.objects.seen_by(actor, at).filter(state=State.OPEN, is_own=False)
    soonest = [F(day).asc(nulls_last=True) for day in ("involve_by", "answer_by")]
    return rows.filter(id__in=decides.values("decision")).order_by(*soonest, "-raised_at")[: MOST + 1]


def needs_you(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The matters that wait for the reader."""
    actor = actor_of(request)
    if actor.person is None:
        return None
    found, at = _first_waiting(actor), clock.now()
    rows, loose = _that_wait_still(actor, at, found)
    if len(rows) < len(found) > MOST:  # some of the first were answered: then all are looked at
        rows, loose = _that_wait_still(actor, at, _unanswered(actor, at)[:MOST_DAYS])
    if not rows:
        return None
    names = Names(actor, {row.raised_by for row in rows})
    notes = of_the_law(actor, rows[:MOST])
    waits = _that_wait(actor, rows[:MOST])
    needs = [
        _needs(row, names, request.path)
        | {"law": notes.get(row.id), "waits": row.id in waits, "loose": loose.get(row.id)}
        for row in rows[:MOST]
    ]
    needs.sort(key=lambda each: not each["waits"])
    others = [each for each in needs if not each["waits"]] if waits else []  # folded below what waits
    if others:
        others[0]["opens_fold"] = True
    more = reverse("decisions:decisions") if len(rows) > MOST else ""
    return "decisions/parts/needs_you.html", {
        "needs": needs,
        "others": len(others),
        "asks": len(needs),
        "more": more,
        "place": "needs",
    }


def _that_wait(actor: Actor, rows: list[models.Decision]) -> set[UUID]:
    """Which of these go no further before the reader has answered. A life waits for whose it is; of the
    others it is looked up."""
    theirs = {row.id for row in rows if row.person in actor.ids}
    others = [row.id for row in rows if row.about == "person" and row.id not in theirs]
    if not others:
        return theirs
    waits = models.Affected.everything.filter(person__in=actor.ids, waits=True, ended_at=None)
    return theirs | set(waits.filter(decision__in=others).values_list("decision", flat=True))


def _needs(row: models.Decision, names: Names, here: str) -> dict[str, Any]:
    def act(kind: str) -> str:
        return address_of(f"decisions.{kind}", decision=row.id, next=here)

    shown = {"row": row, "raised_by": names(row.raised_by)}
    shown |= {"link": reverse("decisions:decision", args=[row.id]), "ask": act("question_asked")}
    if not row.is_about_person:
        return shown | {"say": act("place_view_given"), "is_place": True}
    return shown | {
        "say": act("view_given"),
        "time": act("more_time"),
        "help": act("help_asked"),
        "decline": act("declined"),
    }


def waits_on_you(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For those who decide: what they may decide now, and what stands in the way of the rest."""
    actor = actor_of(request)
    if actor.person is None:
        return None
    found = _first_to_decide(actor)
    if not found:
        return None
    names = Names(actor, {row.person for row in found})
    held = Held([row.id for row in found[:MOST]], clock.now())
    work = [_work(row, names, held) for row in found[:MOST]]
    more = reverse("decisions:decisions") if len(found) > MOST else ""
    return "decisions/parts/waits_on_you.html", {
        "work": work,
        "after": len(work) - 1,
        "more": more,
        "place": "work",
    }


def _work(row: models.Decision, names: Names, held: Held) -> dict[str, Any]:
    reading = Reading(row, clock.now(), also_decides=names.actor.person, held=held)
    ruling = guard.may_decide(reading.standing())
    law = in_the_law(ruling.in_the_way)
    others = [each for each in ruling.in_the_way if law is None or each.person != law.person]
    why = [law, *others][:2] if law else others[:2]
    return {
        "row": row,
        "is_late": row.involve_by is not None and row.involve_by < clock.now(),
        "whose": whose_words(row, names.actor, names(row.person)),
        "link": reverse("decisions:decision", args=[row.id]),
        "why": [each.sentence for each in why],
        "law": WHAT_NOW[law.code] if law else "",
        "law_link": reverse("decisions:lawful", args=[row.id]) if law else "",
        "may": ruling.allowed,
        "can": first_different((each.sentence for each in ruling.can), MOST_CAN),
        "cannot": first_different(ruling.cannot, MOST_CAN - 1),
    }


def days(actor: Actor) -> Iterator[tuple[UUID, date]]:
    """For a person's calendar: by when they are asked to answer."""
    for row in waiting_for(actor):
        if row.answer_by is not None:
            yield row.id, row.answer_by
