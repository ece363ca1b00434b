"""Whether there is a legal reason to go on without somebody's answer, and what protects them meanwhile.

Shown to the person, who stands by them, and those who decide: each reason with its evidence, its author and
its end; what protects the person; what they show they want, with the reply; and each look again that is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.protecting import protects
from alongside.topics.decisions.commands.seeing import is_over
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import State
from alongside.topics.decisions.pages.as_whom import ground_called
from alongside.topics.decisions.pages.evidence_words import answered
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.seeing import Seen, last_moment
from alongside.topics.decisions.pages.shown import Names, whose_words
from alongside.topics.decisions.policy import decided_by_q

MOST = 5
SOON = timedelta(days=14)  # before a legal reason ends, those who decide read that it does
DAY_CAME = gettext_lazy("The day came to look at this again.")
WHY_AGAIN = {
    "ground_ended": gettext_lazy("The legal reason ended."),
    "ended_unseen": gettext_lazy(
        "An emergency ended, and nobody from outside had seen it. What was decided on it holds no longer."
    ),
    "not_involved": gettext_lazy("Help started in a hurry, and the person was not asked in time."),
    "said_to_take_away": gettext_lazy("They said that it takes something away, whatever it is called."),
    "without_them": gettext_lazy("It was decided without the people it affects."),
}
TO_THEM = WHY_AGAIN | {
    "not_involved": gettext_lazy("Help started in a hurry, and you were not asked in time."),
    "said_to_take_away": gettext_lazy("You said that it takes something away, whatever it is called."),
}


@require_safe
def lawful_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show the legal reasons of one matter, and what stands beside them."""
    actor = request.actor
    decision = opened(pk, actor)
    if not decision.is_about_person:
        raise Missing
    law = Lawful(actor, decision, request.get_full_path())
    if not law.may_know:
        raise Missing
    context = {"decision": decision, "back": reverse("decisions:decision", args=[pk]), **law.context()}
    return render(request, "decisions/lawful.html", context)


class Lawful(OfMatter):
    """The rows about law in one matter that this reader may see, and what they may do about each."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str) -> None:
        super().__init__(actor, decision, here)
        self.pack = pack_of(decision)
        self.grounds = self.rows(models.Ground, "recorded_at")
        self.safeguards = self.rows(models.Safeguard, "recorded_at")
        self.shown = self.rows(models.Shown, "shown_on", "id")
        self.reviews = self.rows(models.Review, "due_on", "id")
        deciders = self.rows(models.Decider)
        self.decides = any(row.person in actor.ids and row.until_at is None for row in deciders)
        self.seen = Seen(actor, decision, self.grounds)
        self.names = Names(actor, self._ids())

    @property
    def may_know(self) -> bool:
        """Whether this reader may see anything here, or decides and so may write the first of it."""
        return self.decides or bool(self.grounds or self.safeguards or self.shown or self.reviews)

    def _ids(self) -> Iterator[UUID | None]:
        yield self.decision.person
        yield from self.seen.ids
        for ground in self.grounds:
            yield from (ground.person, ground.author, ground.holder)
        yield from (row.recorded_by for row in self.safeguards)
        yield from (row.noted_by for row in self.shown)

    def context(self) -> dict[str, Any]:
        decision, actor = self.decision, self.actor
        affected = self.rows(models.Affected)
        mine = any(row.person in actor.ids and row.ended_at is None for row in affected)
        may_write = self.decides and decision.is_open
        return {
            "person": self.names(decision.person),
            "is_theirs": decision.person in actor.ids,
            "grounds": [self._ground(row) for row in self.grounds],
            "safeguards": [self._safeguard(row) for row in self.safeguards],
            "shown": [self._shown(row) for row in self.shown],
            "reviews": [self._review(row) for row in self.reviews],
            "who_agrees": reverse("people:not_yet", args=[decision.organisation])
            if decision.organisation
            else "",
            "offer": self.act("help_offered", what="advocate") if may_write else "",
            "say": self.act("view_given") if mine and decision.is_open else "",
            "write_ground": reverse("decisions:ground", args=[decision.id]) if may_write else "",
            "write_safeguard": self.act("safeguard_recorded") if may_write else "",
            "write_shown": self.act("shown_noted") if may_write else "",
        }

    def _ground(self, row: models.Ground) -> dict[str, Any]:
        item = self.pack.item("decision.grounds", row.code)
        over = is_over(row, clock.now())
        renew = reverse("decisions:ground", args=[self.decision.id])
        return {
            "row": row,
            "name": ground_called(item, row.code, is_theirs=row.person in self.actor.ids),
            "about": self.names(row.person),
            "is_about_me": row.person in self.actor.ids,
            "author": self.names.subject(row.author),
            "holder": self.names(row.holder) if row.holder else "",
            "is_over": over,
            "seen": self.seen.of(row, self.names),
            "last_day": clock.day_of(last_moment(row)),
            "evidence": answered(item, row.evidence, is_theirs=row.person in self.actor.ids),
            "renew": f"{renew}?code={row.code}&ground={row.id}" if self.decides and not over else "",
            "end": self.act("ground_ended", ground=row.id) if self.decides and not over else "",
        }

    def _safeguard(self, row: models.Safeguard) -> dict[str, Any]:
        name = protects(self.pack, row.code, is_theirs=row.person in self.actor.ids)
        return {"row": row, "name": name, "who": self.names.subject(row.recorded_by)}

    def _shown(self, row: models.Shown) -> dict[str, Any]:
        answer = self.act("shown_answered", shown=row.id) if self.decides and row.replied_at is None else ""
        return {"row": row, "who": self.names(row.noted_by), "answer": answer}

    def _review(self, row: models.Review) -> dict[str, Any]:
        decision, waits = self.decision, row.done_at is None
        is_asked = self.decides and waits and decision.state == State.DECIDED
        again = asks_again(decision) if is_asked else ""
        return {
            "row": row,
            "why": (TO_THEM if decision.person in self.actor.ids else WHY_AGAIN).get(row.why, DAY_CAME),
            "done": self.act("review_done", review=row.id) if self.decides and waits else "",
            "again": again,
        }


def asks_again(decision: models.Decision) -> str:
    """The form in which those who decide put the same matter to whom it affects again, filled in so far."""
    given = {"what": str(decision.title), "change": decision.change_code}
    if decision.is_about_person:
        return address_of("decisions.raised", person=decision.person, **given)
    return address_of("decisions.place_raised", organisation=decision.organisation, **given)


@kept_question
def _to_look_at_again(actor: Actor, at: datetime) -> Any:
    """What is due to be looked at again, in matters that the reader decides, and of their own life."""
    which = decided_by_q(actor, "decision") | Q(person__in=actor.ids)
    open_ones = models.Review.objects.seen_by(actor, at).filter(which, done_at=None)
    return open_ones.exclude(person=None).order_by("due_on", "id")[:MOST]


@kept_question
def _ends_first(actor: Actor, at: datetime) -> Any:
    """The legal reasons that end first, in matters that the reader decides."""
    live = models.Ground.objects.seen_by(actor, at).filter(decided_by_q(actor, "decision"), ended_at=None)
    return live.filter(expires_at__gt=at).order_by("expires_at", "id")[:MOST]


def looks_again(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What those who decide said, or the law says, that they look at again: on their page, and on the page
    of whose life it is."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    reviews, soon = _to_look_at_again(actor), clock.now() + SOON
    ending = [row for row in _ends_first(actor) if row.expires_at <= soon]
    if not reviews and not ending:
        return None
    both = [*reviews, *ending]
    matters = models.Decision.objects.seen(actor, id={row.decision for row in both})
    found = {row.id: row for row in matters}
    names = Names(actor, {row.person for row in both})
    rows = [_ends_soon(actor, row, found[row.decision], names) for row in ending if row.decision in found]
    rows += [
        {
            "title": found[row.decision].title,
            "whose": whose_words(found[row.decision], actor, names(row.person)),
            "why": WHY_AGAIN.get(row.why, ""),
            "due_on": row.due_on,
            "is_late": row.due_on < clock.today(),
            "link": reverse("decisions:lawful", args=[row.decision]) + "#again",
        }
        for row in reviews
        if row.decision in found and row.person not in actor.ids
    ]
    rows.sort(key=lambda row: row["due_on"])
    theirs = [
        _of_your_life(row, found[row.decision])
        for row in reviews
        if row.decision in found and row.person in actor.ids
    ]
    shown = {"rows": rows, "theirs": theirs} | ({"place": "work"} if rows else {})
    return ("decisions/parts/looks_again.html", shown) if rows or theirs else None


def _of_your_life(row: models.Review, matter: models.Decision) -> dict[str, Any]:
    """To whose life it is: what was decided about them without an answer is not left with nobody."""
    return {
        "title": matter.title,
        "why": TO_THEM.get(row.why, DAY_CAME),
        "due_on": row.due_on,
        "is_late": row.due_on < clock.today(),
        "link": reverse("decisions:decision", args=[row.decision]),
    }


def _ends_soon(actor: Actor, row: models.Ground, matter: models.Decision, names: Names) -> dict[str, Any]:
    return {
        "title": matter.title,
        "whose": whose_words(matter, actor, names(row.person) if row.person else ""),
        "why": _("The legal reason ends on that day. Ask the person before it does."),
        "due_on": clock.day_of(row.expires_at),
        "is_late": False,
        "link": reverse("decisions:lawful", args=[matter.id]),
    }
