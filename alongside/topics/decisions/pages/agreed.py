"""“Did you agree this?”: asked once of the person, and shown to whoever wrote it down."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest
from django.urls import reverse

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.who import actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.everyday import MOST_SMALL, all_small_lately, small_lately
from alongside.topics.decisions.models import AgreedWord, SaysAgreed, State
from alongside.topics.decisions.pages.shown import Names

MOST = 3
ASKED_FOR = timedelta(days=56)  # as long as the code in the letter holds; after that it is asked no more
LOOKS = {SaysAgreed.YES: "good", SaysAgreed.OTHERWISE: "part", SaysAgreed.NO: "bad"}


def agreed(actor: Actor, decision: models.Decision, here: str) -> dict[str, Any]:
    """What the matter's page shows: the question, for whoever may answer it, and what was said."""
    if decision.size != "everyday" or decision.decided_at is None or actor.person is None:
        return {}
    words = AgreedWord.objects.seen_by(actor).filter(decision=decision.id, said__in=SaysAgreed.answers())
    rows = list(words.order_by("place"))
    names = Names(actor, {one for row in rows for one in (row.said_by, row.typist)})
    is_theirs = decision.person in actor.ids
    may = may_do(actor, "decisions.agreement_answered", decision.id)
    together = _together(actor, decision)
    if not rows and not may and not (together and decision.decided_by in actor.ids):
        return {}
    said = next((row for row in rows if row.is_current), None)
    return {
        "said": said and _said(said, names),
        "beside": [_said(row, names) for row in rows if not row.is_current and row.typist is not None],
        "is_theirs": is_theirs,
        "is_undone": decision.state != State.DECIDED,
        "undo_until": _undo_until(decision),
        "silent": is_theirs and decision.person is not None and AgreedWord.asks_no_more(decision.person),
        "answers": _answers(decision, here) if may else [],
        "together": together,
        "is_full": decision.person is not None and _is_full(decision),
        "may_challenge": _challenge(actor, decision, here) if said and said.said != SaysAgreed.YES else "",
    }


def _together(actor: Actor, decision: models.Decision) -> list[models.Decision]:
    """The small changes of the weeks before, with this one, where there is more than one."""
    if decision.person is None or decision.decided_at is None or decision.state != State.DECIDED:
        return []
    rows = all_small_lately(decision.person, decision.decided_at)
    seen = models.Decision.objects.seen(actor, id=list(rows.values_list("id", flat=True)))
    found = sorted(seen, key=lambda row: (row.decided_at or row.raised_at, row.id))
    return found if len(found) > 1 else []


def _is_full(decision: models.Decision) -> bool:
    """Whether the next small change is not small any more. Help never makes it so."""
    assert decision.person is not None and decision.decided_at is not None
    rows = small_lately(decision.person, decision.change_code, decision.decided_at)
    return bool(rows.count() >= MOST_SMALL)


def _undo_until(decision: models.Decision) -> date | None:
    """Until when a no takes it back; nothing once that was done, or its day has passed."""
    day: date | None = decision.undo_until
    return day if day is not None and decision.state == State.DECIDED and clock.today() <= day else None


def _said(row: AgreedWord, names: Names) -> dict[str, Any]:
    return {
        "row": row,
        "words": SaysAgreed(row.said).label,
        "look": LOOKS[SaysAgreed(row.said)],
        "who": names(row.said_by),
        "typed_by": names(row.typist) if row.typist else "",
    }


def _answers(decision: models.Decision, here: str) -> list[tuple[str, Any]]:
    """(address, words): the three answers, each one press from being sent, with room for words."""
    return [
        (
            address_of("decisions.agreement_answered", decision=decision.id, said=one.value, next=here),
            one.label,
        )
        for one in SaysAgreed.answers()
    ]


def _challenge(actor: Actor, decision: models.Decision, here: str) -> str:
    if decision.state != State.DECIDED or not may_do(actor, "decisions.challenged", decision.id):
        return ""
    return address_of("decisions.challenged", decision=decision.id, next=here)


@kept_question
def _unsaid(actor: Actor, at: datetime) -> Any:
    """The reader's own small things of which they have not said whether they agreed, the latest first."""
    said = AgreedWord.everything.filter(decision=OuterRef("pk"), is_current=True)  # by them, or for them
    rows = models.Decision.everything.filter(
        person__in=actor.ids, size="everyday", state=State.DECIDED, decided_at__gte=at - ASKED_FOR
    ).exclude(Exists(said))  # of nearly all of them they have said, so this is asked before who may see
    return rows.filter(models.Decision.seen_by(actor, at)).order_by("-decided_at", "id")[:MOST]


@kept_question
def _denied(actor: Actor, at: datetime) -> Any:
    """What the reader wrote down, and the person says was not agreed, or not like that."""
    no = AgreedWord.objects.seen_by(actor, at).filter(
        decision=OuterRef("pk"), is_current=True, said__in=(SaysAgreed.OTHERWISE, SaysAgreed.NO)
    )
    sat = models.Decider.everything.filter(person__in=actor.ids).values("decision")
    rows = models.Decision.objects.seen_by(actor, at).filter(
        Exists(no), id__in=sat, size="everyday", state=State.DECIDED, decided_by__in=actor.ids
    )
    return rows.order_by(F("decided_at").desc(nulls_last=True), "id")[: 2 * MOST]


def did_you_agree(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the person's own page: what was written down as agreed with them, and they have not said."""
    actor = actor_of(request)
    if actor.person is None:
        return None
    found = _unsaid(actor)
    if not found or AgreedWord.asks_no_more(actor.person):
        return None
    names = Names(actor, {row.decided_by for row in found})
    matters = [
        {
            "row": row,
            "undo_until": _undo_until(row),
            "link": reverse("decisions:decision", args=[row.id]),
            "who": names(row.decided_by),
            "answers": _answers(row, request.path),
        }
        for row in found
    ]
    stop = address_of(
        "decisions.agreement_answered",
        decision=found[0].id,
        said=SaysAgreed.DO_NOT_ASK.value,
        next=request.path,
    )
    return "decisions/parts/did_you_agree.html", {"matters": matters, "asks": len(matters), "stop": stop}


def said_otherwise(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For whoever wrote it down: what the person says was not agreed, or not like that, and still stands."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    found = _denied(actor)
    if not found:
        return None
    names = Names(actor, {row.person for row in found})
    latest = AgreedWord.objects.seen(actor, decision=[row.id for row in found], is_current=True)
    said = {row.decision: row for row in latest}
    matters = [
        {
            "row": row,
            "link": reverse("decisions:decision", args=[row.id]),
            "who": names(row.person),
            "says": SaysAgreed(said[row.id].said).label,
            "words": said[row.id].words,
        }
        for row in found
        if row.id in said
    ]
    return "decisions/parts/said_otherwise.html", {"matters": matters, "place": "work"}
