"""What came after a decision: what it did to people, what was learnt from that, and who said it was wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock, rules
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.answerers import Answerers
from alongside.topics.decisions.commands.challenging import decided_it, next_places
from alongside.topics.decisions.commands.effects import has_begun
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import ChecksAs, Did, Sees, State
from alongside.topics.decisions.pages.as_whom import as_whom
from alongside.topics.decisions.pages.by_whom import decided_words
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.decisions.pages.typed_for import perhaps_by_a_seen_code, through_whom
from alongside.topics.decisions.policy import decided_by_q
from alongside.topics.people.models import were_enough
from alongside.topics.people.policy import office_name

MOST = 5
SHOWN = 50


@require_safe
def afterwards_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What came after this decision."""
    decision = opened(pk, request.actor)
    context = After(request, decision).context()
    return render(request, "decisions/afterwards.html", context)


class After(OfMatter):
    """What came after one decision, as this reader may see it."""

    def __init__(self, request: Request, decision: models.Decision) -> None:
        super().__init__(request.actor, decision, request.get_full_path())
        self.effects = [row for row in self.rows(models.Effect, "-said_at", "id") if row.is_current]
        self.learnt = {row.id: row for row in self.rows(models.Learnt, "at")}
        self.challenges = self.rows(models.Challenge, "made_at")
        self.asked = [row for row in self.rows(models.ChallengeAsked, "asked_at", "id") if not row.ended_at]
        self.earlier = self.rows(models.Earlier, "number")
        self.reviews = self.rows(models.Review, "due_on")
        seats = [row for row in self.rows(models.Decider, "since_at") if row.until_at is None]
        self.decides = any(row.person in self.actor.ids for row in seats)
        ids = {one for row in self.effects for one in (row.person, row.said_by, row.typist)}
        ids |= {row.by for row in self.learnt.values()} | {row.decided_by for row in self.earlier}
        ids |= {one for row in self.challenges for one in (row.person, row.made_by_person, row.answered_by)}
        ids |= {row.asked for row in self.asked}
        self.names = Names(self.actor, ids | {decision.decided_by}, matter=decision)

    def context(self) -> dict[str, Any]:
        decision = self.decision
        unanswered = [row for row in self.effects if row.learnt is None and row.person not in self.actor.ids]
        return {
            "decision": decision,
            "back": reverse("decisions:decision", args=[decision.id]),
            "trace": trace_of(decision, self.effects),
            "groups": self._groups(),
            "ended_unseen": bool(self.earlier and self.earlier[-1].ground is not None),
            "many": len(self.effects),
            "has_begun": has_begun(decision),
            "say_effect": self._say_effect(),
            "learn": self._learn(unanswered),
            "challenges": [self._challenge(row) for row in self.challenges],
            "challenge": self._may_challenge(),
            "earlier": [self._earlier(row) for row in self.earlier],
            "reviews": self.reviews,
        }

    def _groups(self) -> list[dict[str, Any]]:
        """What it did to people, each answer of those who decided under what it answers."""
        found: dict[UUID | None, list[models.Effect]] = {}
        seen = perhaps_by_a_seen_code(self.effects[:SHOWN])
        for row in self.effects[:SHOWN]:
            found.setdefault(row.learnt, []).append(row)
        return [
            {
                "effects": [self._effect(row, is_seen=row.id in seen) for row in rows],
                "answer": self.learnt.get(learnt) if learnt else None,
                "by": self.names(self.learnt[learnt].by) if learnt in self.learnt else "",
            }
            for learnt, rows in found.items()
        ]

    def _effect(self, row: models.Effect, *, is_seen: bool) -> dict[str, Any]:
        mine = row.person in self.actor.ids
        note = through_whom(row, self.names, is_theirs=mine, is_seen=is_seen)
        if not row.is_trusted:
            nobody_yet = _("Nobody has checked this with you yet.")
            note.append(nobody_yet if mine else _("Nobody has checked this with them yet."))
        if row.sees == Sees.DECIDERS:
            note.append(
                _("Only you and those who decided can see this.")
                if mine
                else _("Only they and those who decided can see this.")
            )
        return {
            "row": row,
            "who": self.names(row.person),
            "says": str(Did(row.said).label),
            "note": " ".join(note),
            "show": self.act("effect_shown", effect=row.id) if mine else "",
        }

    def _say_effect(self) -> str:
        decision = self.decision
        if not has_begun(decision) or decision.is_own or self.decides:
            return ""
        return self.can("effect_said")

    def _learn(self, unanswered: list[models.Effect]) -> str:
        """Where those who decided answer: one person at a time, or all who said it for everyone to read."""
        if not self.decides or not unanswered:
            return ""
        first = unanswered[0]
        alike = [row for row in unanswered if row.sees == first.sees]
        if self.decision.is_about_person:
            alike = [row for row in alike if row.person == first.person]
        return self.act("effect_answered", effects=[row.id for row in alike[:100]])

    def _may_challenge(self) -> str:
        decision = self.decision
        if decision.state != State.DECIDED or decision.is_own:
            return ""
        waits = any(
            row.made_by_person in self.actor.ids and row.answered_at is None for row in self.challenges
        )
        return "" if waits else self.can("challenged")

    def _challenge(self, row: models.Challenge) -> dict[str, Any]:
        actor, decision = self.actor, self.decision
        may = (
            row.answered_at is None
            and actor.strong
            and not decided_it(decision, actor.person)
            and row.made_by_person not in actor.ids
            and any(one.challenge == row.id and one.asked in actor.ids for one in self.asked)
            and may_do(actor, "decisions.challenge_answered", decision.id)
        )
        return {
            **self._who_answers(row),
            "pass_on": self.act("answer_passed_on", challenge=row.id) if may else "",
            "row": row,
            "is_mine": row.person in actor.ids,
            "who": self.names(row.person),
            "by": self.names(row.answered_by),
            "next": named_places(row.go_next),
            "is_late": row.answered_at is None and row.answer_by < clock.today(),
            "answer": self.act("challenge_answered", challenge=row.id) if may else "",
        }

    def _who_answers(self, row: models.Challenge) -> dict[str, Any]:
        """Who is asked to answer, by which day; or that nobody stands outside, and what can be done. Those
        who decided read neither."""
        theirs = {row.person, row.made_by_person}
        is_mine = not theirs.isdisjoint(self.actor.ids)
        reads = is_mine or not self.decides
        if row.answered_at is not None or not reads:
            return {}
        now = clock.now()
        could = Answerers(self.decision, row, now)
        asked = [one for one in self.asked if one.challenge == row.id and could.may_answer(one.asked)]
        if not asked:
            return {"nobody": True, **self._where_else(row, could, is_mine=is_mine)}
        is_over = all(one.answer_by < clock.day_of(now) for one in asked)
        if is_over and were_enough(models.ChallengeAsked.who_was_asked(row.id)):
            return {"enough": True, **self._where_else(row, could, is_mine=is_mine)}
        return {
            "has_next": not were_enough(models.ChallengeAsked.who_was_asked(row.id)),
            "asked": [
                {
                    "who": self.names(one.asked),
                    "as_what": as_whom(
                        ChecksAs(one.standing), is_theirs=self.decision.person in self.actor.ids
                    ),
                    "is_me": one.asked in self.actor.ids,
                    "by": one.answer_by,
                    "is_late": one.answer_by < clock.day_of(now),
                }
                for one in asked
            ],
        }

    def _where_else(self, row: models.Challenge, could: Answerers, *, is_mine: bool) -> dict[str, Any]:
        """Where nobody answers: whom they can go to now, and an office that they can choose."""
        return {
            "go_now": named_places(next_places(clock.today())),
            "body": reverse("people:not_yet", args=[could.body]) if could.body is not None else "",
            "choose": [
                {
                    "name": office_name(office),
                    "link": self.act("answerer_chosen", challenge=row.id, office=office),
                }
                for office, _who in (could.to_choose() if is_mine else ())
            ],
        }

    def _earlier(self, row: models.Earlier) -> dict[str, Any]:
        outcome = _(pack_of(self.decision).item("decision.outcomes", row.outcome)["name"])
        decided = decided_words(self.actor, self.decision, row, self.names)
        return {"row": row, "outcome": outcome, "decided": decided}


def named_places(codes: str) -> list[str]:
    """Where somebody can go next, by name."""
    if not codes:
        return []
    pack = rules.here(clock.today())
    return [_(pack.item("complaint.ombudsman", code)["name"]) for code in codes.split(",")]


# The trace: decision, what it did to people, what those who decided answered -----------------------


def trace_of(decision: models.Decision, effects: list[models.Effect]) -> dict[str, Any] | None:
    """The drawing: three stations with numbers, and the same in a table. None before there is anything."""
    if not effects:
        return None
    rows, y = [], 14
    for did in Did:
        said = [row for row in effects if row.said == did]
        if said:
            answered = sum(row.learnt is not None for row in said)
            rows.append(
                {
                    "words": str(did.label),
                    "short": SHORT[did],
                    "number": len(said),
                    "answered": answered,
                    "y": y,
                    "middle": y + 26,
                    "is_answered": answered == len(said),
                }
            )
            y += 64
    return {"rows": rows, "height": y, "centre": (y - 12) // 2, "decided_at": decision.decided_at}


SHORT: dict[str, Any] = {
    Did.BETTER: gettext_lazy("better"),
    Did.WORSE: gettext_lazy("worse"),
    Did.MIXED: gettext_lazy("mixed"),
    Did.SAME: gettext_lazy("no difference"),
}


# On one's own page --------------------------------------------------------------------------------


def to_learn_from(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """For those who decided: what their decisions did to people, which they have not answered."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    rows = _unanswered(actor)
    if not rows:
        return None
    return "decisions/parts/to_learn_from.html", {"matters": rows, "place": "work"}


@kept_question
def _said_to_you(actor: Actor, at: datetime) -> Any:
    """The matters of what others said their decisions did, and that the reader has not answered."""
    said = models.Effect.objects.seen_by(actor, at).filter(
        decided_by_q(actor, "decision"), is_current=True, learnt=None
    )
    said = said.exclude(person__in=actor.ids)
    return said.order_by("-said_at").values_list("decision", flat=True)[:500]


def _unanswered(actor: Actor) -> list[dict[str, Any]]:
    counts: dict[UUID, int] = {}
    for decision in _said_to_you(actor):
        counts[decision] = counts.get(decision, 0) + 1
    wanted = list(counts)[:MOST]
    titles = {row.id: row.title for row in models.Decision.objects.seen(actor, id=wanted)}
    return [
        {"title": titles[one], "number": counts[one], "link": reverse("decisions:afterwards", args=[one])}
        for one in wanted
        if one in titles
    ]


def to_answer(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """Challenges that wait for an answer from somebody who did not decide."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None or not actor.strong:
        return None
    mine = Q(person__in=actor.ids) | Q(made_by_person__in=actor.ids)
    rows = (
        models.Challenge.objects.seen_by(actor).filter(answered_at=None).exclude(mine).order_by("answer_by")
    )
    found, waiting = [], list(rows[:20])
    asked = models.ChallengeAsked.objects.seen_by(actor).filter(asked__in=actor.ids, ended_at=None)
    days = dict(asked.values_list("challenge", "answer_by")) if waiting else {}
    for row in waiting:
        decision = models.Decision.objects.seen_by(actor).filter(pk=row.decision).first()
        if decision is None or decided_it(decision, actor.person):
            continue
        if may_do(actor, "decisions.challenge_answered", decision.id):
            link = reverse("decisions:afterwards", args=[decision.id])
            found.append(
                {"title": decision.title, "link": link, "answer_by": days.get(row.id, row.answer_by)}
            )
    return ("decisions/parts/to_answer.html", {"matters": found[:MOST], "place": "work"}) if found else None
