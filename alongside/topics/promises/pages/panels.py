"""What promises show on somebody's own page: the promises to them that need an answer, and what they owe.

The reader's own rows, of what was promised to them and what they said, are looked up as they are; which
promises they may see is asked of the promises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpRequest

from alongside.interfaces.who import actor_of
from alongside.interfaces.wired import PromisesLate
from alongside.kernel import clock, reading
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.people.models import Kinds, Link, LinkKind, Scope
from alongside.topics.people.policy import live, speaks_for_q
from alongside.topics.promises.models import (
    AskedAgain,
    Erosion,
    Holds,
    OfferedWords,
    Promise,
    PromisedTo,
    ProposedDate,
    Said,
    StillHolds,
    Through,
    Verdict,
    Wants,
    WhatNow,
    WordsAnswer,
)
from alongside.topics.promises.pages.let_down import let_down
from alongside.topics.promises.pages.listing import lines
from alongside.topics.promises.pages.may_do import five_answers
from alongside.topics.promises.pages.overdue import in_a_cell, overdue_told
from alongside.topics.promises.pages.together import answers_whether_it_holds, is_late
from alongside.topics.promises.policy import its_owners_manager
from alongside.topics.promises.policy.counting import sound
from alongside.topics.promises.policy.judged import somebody_lives
from alongside.topics.promises.policy.overdue import of_body

MOST = 5
ASKED_TO_SPEAK = (*Kinds.ADVOCATES, LinkKind.SPOKESPERSON)
MOST_DAYS, LATELY = 100, timedelta(days=30)


@kept_question
def promises_to_answer(actor: Actor, at: datetime) -> Any:
    """Promises to this person whose day has come, or which are said to be done, without their answer: the
    first few, and one more where there are more. What somebody wrote down for them is not theirs yet, and
    what a speaker said whom somebody disputes is not theirs now."""
    if actor.person is None:
        return Promise.everything.none()
    said = Verdict.everything.filter(person__in=actor.ids, counts=True, promise=OuterRef("promise"))
    said = sound(said.exclude(through=Through.SPOKEN, confirmed_on=None))
    mine = PromisedTo.everything.filter(~Exists(said), person__in=actor.ids).values("promise")
    rows = Promise.objects.seen_by(actor, at).filter(_come(at), id__in=mine)
    return rows.order_by("due_on", "id")[: MOST + 1]


def _come(at: datetime) -> Q:
    """Promises whose day has come, or which are said to be done."""
    return Q(due_on__lte=clock.day_of(at)) | Q(done_on__isnull=False)


def _owed_and_come(actor: Actor, at: datetime) -> Any:
    owed = Promise.objects.seen_by(actor, at).filter(owner=actor.person, done_on=None)
    return owed.filter(due_on__lte=clock.day_of(at))


@kept_question
def _late(actor: Actor, at: datetime) -> Any:
    """What the reader answers for, and whose day has come: the first few, and one more. Last come those of
    which nobody can say any more how they went."""
    return _owed_and_come(actor, at).order_by(somebody_lives().desc(), "due_on", "id")[: MOST + 1]


@kept_question
def _all_late(actor: Actor, at: datetime) -> Any:
    """All of these. They are counted only where the few that are shown end with promises to the dead."""
    return _owed_and_come(actor, at)


@kept_question
def _soon(actor: Actor, at: datetime) -> Any:
    """What the reader answers for, and whose day is to come."""
    owed = Promise.objects.seen_by(actor, at).filter(owner=actor.person, done_on=None)
    return owed.filter(due_on__gt=clock.day_of(at)).order_by("due_on", "id")[:MOST]


@kept_question
def _judged_lately(actor: Actor, at: datetime) -> Any:
    """What the reader answers for, of which somebody has said in the last month how it went."""
    said = Verdict.objects.seen_by(actor, at).filter(counts=True, is_held=False, promise=OuterRef("id"))
    lately = said.filter(said_on__gte=clock.day_of(at) - LATELY)
    owed = Promise.objects.seen_by(actor, at).filter(Exists(lately), owner=actor.person)
    return owed.order_by("-due_on", "id")[:MOST]


def my_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For the reader's own page: their promises first, then what they answer for."""
    actor = actor_of(request)
    if actor.person is None:
        return None
    asked, come = promises_to_answer(actor), _late(actor)
    late = come[:MOST]
    soon = _soon(actor)[: MOST - len(late)]
    judged = [one for one in _judged_lately(actor) if one.id not in {p.id for p in (*late, *soon)}]
    owed = [*late, *soon, *judged]
    shown = lines(actor, owed, counted=[p.id for p in owed])
    first = shown[: len(late) + len(soon)]
    are_more = len(come) > MOST
    rest_died = are_more and any(one["nobody_left"] for one in first[: len(late)])
    context: dict[str, Any] = {
        "asked": _asked(actor, asked[:MOST]),
        "asked_more": len(asked) > MOST,
        "late_more": are_more and not rest_died,
        "dead_more": _all_late.count(actor) - MOST if rest_died else 0,
        "late": [one for one in first[: len(late)] if not one["nobody_left"]],
        "soon": [one for one in first[len(late) :] if not one["nobody_left"]],
        "to_the_dead": [one for one in first if one["nobody_left"]],
        "judged": shown[len(first) :],
        **let_down(actor),
        "wants": _wanted.count(actor),
        "dates": _dates_for(actor),
        "words": _words_for(actor),
        "still": _asked_again(actor),
        "eroded": _eroded(actor),
    }
    if not any(context.values()):
        return None
    asks = sum(len(context[each]) for each in ("asked", "dates", "words", "still"))
    can_be_said = [one for one in context["late"] if one["look"] != "quiet"]
    waits = [context[each] for each in ("fell_short", "gone_again", "answered", "wants", "eroded")]
    is_quiet = not asks and not can_be_said and not any(waits)
    fold_still = any(context[each] for each in ("asked", "dates", "words"))  # asked before whether it holds
    down = len(context["fell_short"]) + len(context["gone_again"])
    fold_down = bool(context["gone_again"]) and bool(fold_still or context["still"])
    folds = {
        "let_down": down,
        "fold_let_down": fold_down,
        "fold_still": fold_still,
        "fold_asked": any(one["folds"] for one in context["asked"]),
    }
    return "promises/panel.html", {**context, **folds, "asks": asks, "is_quiet": is_quiet}


@kept_question
def _those(actor: Actor, at: datetime) -> Any:
    """In whose life the reader stands as somebody who was asked to speak."""
    kinds = [kind.value for kind in ASKED_TO_SPEAK]
    rows = Link.everything.filter(live(at), other=actor.person, kind__in=kinds)
    return rows.values_list("person", flat=True).distinct()


@kept_question
def _spoken_for(actor: Actor, at: datetime, among: Sequence[UUID]) -> Any:
    """(promise, person): of these people, promises to those whom the reader speaks for, come due."""
    rightly = speaks_for_q(
        actor, at, "person", scope=Scope.WELFARE, matter_field="matter", kinds=ASKED_TO_SPEAK
    )
    come = Promise.objects.seen_by(actor, at).filter(_come(at), id=OuterRef("promise"))
    theirs = PromisedTo.objects.seen_by(actor, at).filter(rightly, Exists(come), person__in=among)
    return theirs.exclude(person__in=actor.ids).values_list("promise", "person")


def of_those_you_speak_for(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For an advocate: promises to those they speak for, come due, with no answer that they can see."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    pairs = set(_spoken_for(actor, among=_those(actor)))
    if not pairs:
        return None
    said = Verdict.objects.seen(actor, promise={one for one, _who in pairs}, counts=True)
    silent = {promise for promise, _who in pairs - {(row.promise, row.person) for row in said}}
    rows = Promise.objects.seen(actor, "due_on", "id", id=silent, most=MOST)
    shown = lines(actor, rows)
    return ("promises/speaking_for.html", {"promises": shown}) if shown else None


def of_decision(request: HttpRequest, decision: UUID) -> tuple[str, dict[str, Any]] | None:
    """For the page of a decision: the promises it left, as this reader may see them."""
    actor = actor_of(request)
    rows = Promise.objects.seen(actor, "due_on", "id", decision=decision)
    shown = lines(actor, rows, counted=[p.id for p in rows if p.owner == actor.person]) if rows else []
    return ("promises/of_decision.html", {"promises": shown}) if shown else None


def overdue_of_body(request: HttpRequest, body: UUID) -> tuple[str, dict[str, Any]] | None:
    """For a councillor's page: how many promises of a body are past their day and not said to be done."""
    lives = of_body(body, clock.today(), places=False)
    places, silent = _past_their_day(actor_of(request), body)
    context = {"places": places, "lives": in_a_cell(lives.late), "body": body, "silent": silent}
    return "promises/overdue_of_body.html", {**context, "note": overdue_told(lives).note}


def promises_late(actor: Actor, body: UUID) -> PromisesLate:
    """The same for programs."""
    lives = of_body(body, clock.today(), places=False).late
    places, silent = _past_their_day(actor, body)
    number = lives.number if lives.number or lives.is_whole else None
    return {
        "places": places,
        "lives": {"number": number, "at_least": not lives.is_whole},
        "not_answered": silent,
    }


def _past_their_day(actor: Actor, body: UUID) -> tuple[int, int]:
    """(promises about places that are late, those that no longer hold and of which it says nothing).

    As on that body's own page, what was kept and is gone again is not among the late ones.
    """
    late = Q(organisation=body, due_on__lt=clock.today(), done_on=None)
    gone = Erosion.everything.filter(is_open=True).values("promise")
    rows = Promise.objects.seen_by(actor).filter(late, person=None).exclude(id__in=gone)
    silent = Erosion.objects.seen_by(Actor()).filter(answered_on=None, answer_by__lt=clock.today())
    ids = silent.values_list("promise", flat=True)
    here = Promise.objects.seen_by(Actor()).filter(id__in=list(ids), organisation=body)
    return rows.count(), here.count()


def _asked(actor: Actor, promises: list[Promise]) -> list[dict[str, Any]]:
    """Each promise as a list shows it, with the answers this person can give. What somebody wrote down for
    them is folded below the first: from the one that `folds` so many."""
    rows = PromisedTo.objects.seen(actor, promise=[p.id for p in promises], person=actor.ids)
    to_me = {row.promise: row.id for row in rows}
    today = clock.today()
    found = [
        {**shown, "answers": five_answers(promise, to_me[promise.id], today), "folds": 0}
        for promise, shown in zip(promises, lines(actor, promises), strict=True)
    ]
    written_down = [one for one in found if one["written_down"]]
    nobody_said = [one for one in found if not one["written_down"]]
    if nobody_said and written_down:  # what nobody has answered comes first, and opens the page
        written_down[0]["folds"] = len(written_down)
    elif len(written_down) > 1:
        written_down[1]["folds"] = len(written_down) - 1
    return nobody_said + written_down


@kept_question
def _asked_whether_it_holds(actor: Actor, at: datetime) -> Any:
    """Promises they said were kept, of which they are asked now whether they still hold."""
    said = StillHolds.everything.filter(
        promise=OuterRef("promise"), person=OuterRef("person"), months__gte=OuterRef("months")
    )
    rows = AskedAgain.objects.seen_by(actor, at).filter(~Exists(sound(said)), person__in=actor.ids)
    return rows.order_by("-asked_on").values_list("promise", flat=True)[:MOST]


def _asked_again(actor: Actor) -> list[dict[str, Any]]:
    """The same, each with the answers they can give."""
    mine: dict[UUID, PromisedTo] = {}
    for row in PromisedTo.objects.seen(actor, "id", promise=set(_asked_whether_it_holds(actor))):
        is_mine = row.person in actor.ids
        if is_mine or (row.person is None and row.promise not in mine):
            mine[row.promise] = row
    found = Promise.objects.seen(actor, "due_on", "id", id=list(mine))
    return [{"row": row, "answers": answers_whether_it_holds(row, mine[row.id])} for row in found]


@kept_question
def _eroded_of_yours(actor: Actor, at: datetime) -> Any:
    """Promises they answer for that no longer hold, and of which they have said nothing yet."""
    owned = Promise.everything.filter(owner=actor.person).values("id")
    rows = Erosion.objects.seen_by(actor, at).filter(answered_on=None, promise__in=owned)
    return rows.order_by(F("answer_by").asc(nulls_last=True), "id")[:MOST]


@kept_question
def _eroded_too_long(actor: Actor, at: datetime) -> Any:
    """The same of those whom the reader manages, once their day is over."""
    over = its_owners_manager.resolve(actor, at)
    if isinstance(over, bool):
        return Erosion.everything.none()
    seen = Promise.objects.seen_by(actor, at).filter(over, id=OuterRef("promise"))
    managed = seen.exclude(owner=actor.person)
    rows = Erosion.objects.seen_by(actor, at).filter(Exists(managed), answered_on=None)
    return rows.filter(answer_by__lt=clock.day_of(at)).order_by("answer_by", "id")[:MOST]


def _eroded(actor: Actor) -> list[dict[str, Any]]:
    """Both, what is due first. Whoever manages the owner finds those whose day is over."""
    rows = [*_eroded_of_yours(actor), *_eroded_too_long(actor)]
    known = {promise.id: promise for promise in Promise.objects.seen(actor, id={row.promise for row in rows})}
    first = {row.promise: row for row in reversed(rows) if row.promise in known}
    return [{"promise": known[pk], "row": row, "is_late": is_late(row)} for pk, row in first.items()]


@kept_question
def _wanted(actor: Actor, at: datetime) -> Any:
    """What people want now of promises that the reader answers for, and has not answered."""
    owned = Promise.everything.filter(owner=actor.person).values("id")
    rows = WhatNow.objects.seen_by(actor, at).filter(promise__in=owned, answered_on=None)
    return rows.exclude(wants=Wants.NOTHING)


@kept_question
def _other_days(actor: Actor, at: datetime) -> Any:
    """Other days that wait for this person's yes or no."""
    mine = PromisedTo.everything.filter(person__in=actor.ids).values("promise")
    rows = ProposedDate.objects.seen_by(actor, at).filter(promise__in=mine, state="waiting")
    rows = rows.filter(due_on__gte=clock.day_of(at))  # a day that has passed is not asked about any more
    return rows.order_by("due_on")[:MOST]


def _dates_for(actor: Actor) -> list[dict[str, Any]]:
    """The same, each with what was promised."""
    found = _other_days(actor)
    about = {row.id: row for row in Promise.objects.seen(actor, id={row.promise for row in found})}
    return [
        {"promise": row.promise, "due_on": row.due_on, "what": about[row.promise].what, "why": row.why}
        for row in found
        if row.promise in about
    ]


@kept_question
def _other_words(actor: Actor, at: datetime) -> Any:
    """Other words that wait for this person's yes or no, the first to answer first."""
    mine = PromisedTo.everything.filter(person__in=actor.ids).values("promise")
    said = WordsAnswer.everything.filter(offer=OuterRef("id"), person__in=actor.ids, denied=None)
    rows = OfferedWords.objects.seen_by(actor, at).filter(~Exists(said), promise__in=mine, state="waiting")
    return rows.order_by("closes_on", "id")[:MOST]


def _words_for(actor: Actor) -> list[dict[str, Any]]:
    """The same, each with what was promised."""
    return [{"promise": row.promise, "row": row} for row in _other_words(actor)]


def days(actor: Actor) -> Iterator[tuple[UUID, date]]:
    """For a person's calendar: the days of promises to them that are to come, and of the last month."""
    mine = PromisedTo.objects.seen_by(actor).filter(person__in=actor.ids).values("promise")
    rows = Promise.objects.seen_by(actor).filter(id__in=mine, due_on__gte=clock.today() - LATELY)
    yield from rows.order_by("due_on", "id").values_list("id", "due_on")[:MOST_DAYS]


HELD = {Holds.STILL.value: Said.KEPT.value, Holds.NO_LONGER.value: Said.NOT_KEPT.value}


def last_words(promises: list[UUID]) -> dict[UUID, list[tuple[date, str]]]:
    """Of each promise, what each of its people said last: whether it was kept, or later whether it holds.

    As (day, an answer to "was it kept"): whoever says that it still holds says that it is kept.
    """
    kept = sound(Verdict.everything.filter(promise__in=promises, counts=True, is_held=False))
    holds = sound(StillHolds.everything.filter(promise__in=promises, counts=True))
    columns = ("promise", "person", "said_on", "made_by", "said")
    found: dict[tuple[UUID, UUID], tuple[date, int, str]] = {}
    for promise, person, day, number, what in [*kept.values_list(*columns), *holds.values_list(*columns)]:
        now = (day, number, HELD.get(what, what))
        found[promise, person] = max(found.get((promise, person), now), now)
    said: dict[UUID, list[tuple[date, str]]] = {one: [] for one in promises}
    for (promise, _person), (day, _number, what) in found.items():
        said[promise].append((day, what))
    return said


def promises_of(matter: UUID) -> list[dict[str, Any]]:
    """The promises open to all that a matter left, each with what those it was made to have said of it."""
    rows = list(Promise.everything.filter(decision=matter, person=None).order_by("made_on", "id")[:200])
    said = last_words([row.id for row in rows])
    found = []
    for row in rows:
        made = reading.history(row.id)[0].recorded
        found.append(
            {"id": row.id, "entry": made.id, "at": made.at, "made_on": row.made_on, "verdicts": said[row.id]}
        )
    return found
