"""What became of what I said: each contribution of the reader, across all matters, with what came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock, rules
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import State, SupportState, Used
from alongside.topics.decisions.pages.changes import stands

MOST = 200  # of each kind, the newest
MOST_ANSWERS = 3  # on one's own page


@dataclass(frozen=True)
class Given:
    """One thing that somebody gave, and what came of it."""

    decision: UUID
    what: str
    words: Any
    at: Any
    came: tuple[str, ...]
    taken: bool = False


@require_safe
def became_page(request: Request) -> HttpResponseBase:
    """Show the reader what became of everything they said, matter by matter, the newest first."""
    if request.actor.person is None:
        raise Missing
    context = {"matters": matters_of(request.actor)}
    return render(request, "decisions/became.html", context)


def matters_of(actor: Actor) -> list[dict[str, Any]]:
    """Every matter to which this person gave something, with each thing and what came of it."""
    given = sorted(Became(actor).all(), key=lambda one: one.at, reverse=True)
    wanted = {one.decision for one in given}
    seen = {row.id: row for row in models.Decision.objects.seen_by(actor).filter(id__in=wanted)}
    grouped: dict[UUID, list[Given]] = defaultdict(list)
    for one in given:
        if one.decision in seen:
            grouped[one.decision].append(one)
    outcomes = dict(rules.here(clock.today()).choices("decision.outcomes"))
    return [
        {
            "decision": seen[pk],
            "link": reverse("decisions:decision", args=[pk]),
            "taken_link": reverse("decisions:taken", args=[pk]) if any(one.taken for one in found) else "",
            "state": _state(seen[pk], outcomes),
            "given": [_with_what_came(one, seen[pk], outcomes) for one in found],
        }
        for pk, found in grouped.items()
    ]


def _with_what_came(one: Given, row: models.Decision, outcomes: dict[str, Any]) -> Given:
    """Of what nobody answered by itself: how it was decided after it, or that nothing came of it yet."""
    if one.came:
        return one
    on = row.decided_at if row.state == State.DECIDED else None
    if on is None or one.at > on:
        return replace(one, came=(_("Nothing has come of it yet."),))
    how = {"outcome": _state(row, outcomes), "on": words.day(on)}
    return replace(one, came=(_("It was decided on %(on)s: %(outcome)s.") % how,))


def _state(row: models.Decision, outcomes: dict[str, Any]) -> str:
    if row.state == State.DECIDED and row.outcome in outcomes:
        return str(outcomes[row.outcome])
    return str(State(row.state).label)


class Became:
    """What one person gave. Each kind is one question for the rows, and one for what came of them."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        reasons = dict(rules.here(clock.today()).choices("decision.taking_reasons"))
        self.taken = {
            row.what: reasons.get(row.reason, row.reason)
            for row in self._mine(models.Taken)
            if not row.is_back
        }

    def all(self) -> list[Given]:
        return [
            *self.views(),
            *self.evidence(),
            *self.questions(),
            *self.signatures(),
            *self.options(),
            *self.risks(),
            *self.supports(),
            *self.judgements(),
            *self.tries(),
            *self.answers_to_evidence(),
            *self.challenges(),
            *self.effects(),
            *self.benefits(),
        ]

    def _mine(self, model: Any, column: str = "person", **more: Any) -> list[Any]:
        rows = model.objects.seen_by(self.actor).filter(**{f"{column}__in": self.actor.ids}, **more)
        return list(rows.order_by("-made_by", "id")[:MOST])

    def _given(self, row: Any, what: str, said: Any, at: Any, came: list[str]) -> Given:
        is_taken = row.id in self.taken
        if is_taken:
            why = _("Why: %(reason)s.") % {"reason": self.taken[row.id]}
            came = [*came, _("Your words were taken from sight. What you think still counts."), why]
        return Given(row.decision, what, said, at, tuple(came), is_taken)

    def views(self) -> list[Given]:
        rows = self._mine(models.View)
        ids = [row.id for row in rows]
        replies = {one.view: one for one in models.Reply.objects.seen_by(self.actor).filter(view__in=ids)}
        moved: dict[UUID, int] = defaultdict(int)
        for one in models.Moved.objects.seen_by(self.actor).filter(what__in=ids):
            moved[one.what] += 1
        results = dict(rules.here(clock.today()).choices("decision.replies"))
        return [self._view(row, replies.get(row.id), moved[row.id], results) for row in rows]

    def _view(
        self, row: models.View, reply: models.Reply | None, moved: int, results: dict[str, Any]
    ) -> Given:
        came = [] if row.is_current else [_("You have said something newer since.")]
        if reply is not None:
            came.append(_("Their answer: %(result)s.") % {"result": results.get(reply.result, reply.result)})
            came += [str(reply.words)] if reply.words is not None else []
        if moved:
            came.append(_("It changed somebody’s mind. They said so."))
        return self._given(row, _("You said what you think"), row.words or row.instead, row.said_at, came)

    def evidence(self) -> list[Given]:
        rows = self._mine(models.Evidence)
        answered: dict[UUID, int] = defaultdict(int)
        found = models.EvidenceAnswer.objects.seen_by(self.actor)
        for one in found.filter(evidence__in=[row.id for row in rows]):
            answered[one.evidence] += 1
        given = []
        for row in rows:
            came = [_("You took it back.")] if row.withdrawn_at else []
            if row.use:
                came.append(f"{Used(row.use).label}: {row.use_words}")
            elif row.withdrawn_at is None:
                came.append(_("Nobody has said yet if it was used."))
            if answered[row.id]:
                came.append(_("Somebody answered it."))
            given.append(self._given(row, _("You said what is known"), row.words, row.said_at, came))
        return given

    def questions(self) -> list[Given]:
        return [
            self._given(
                row,
                _("You asked a question"),
                row.words,
                row.asked_at,
                [_("It was answered: %(words)s") % {"words": row.answer}]
                if row.answered_at
                else [row.taken_why or _("Nobody has answered this yet.")],
            )
            for row in self._mine(models.Question)
        ]

    def signatures(self) -> list[Given]:
        rows = [row for row in self._mine(models.Signature) if row.left_at is None]
        seen = models.Joint.objects.seen_by(self.actor)
        joints = {row.id: row for row in seen.filter(id__in=[row.joint for row in rows])}
        given = []
        for row in rows:
            joint = joints[row.joint]
            is_old = joint.version != row.number
            came = [_("There are newer words. You are asked again.")] if is_old else [_("Your name stands.")]
            given.append(self._given(row, _("You signed a position"), joint.name, row.signed_at, came))
        return given

    def options(self) -> list[Given]:
        rows = self._mine(models.Option, "proposed_by")
        decided = models.Decision.objects.seen_by(self.actor).filter(id__in={row.decision for row in rows})
        chosen = {row.option for row in decided if row.state == State.DECIDED}
        over = {row.id: row.decided_at or row.raised_at for row in decided if row.state == State.DECIDED}
        began = {row.id: row.raised_at for row in decided}
        given = []
        for row in rows:
            if row.decision in over:
                came = [_("This way was chosen.") if row.id in chosen else _("Another way was chosen.")]
            else:
                came = []
            at = over.get(row.decision) or began.get(row.decision)
            if at is not None:
                given.append(self._given(row, _("You added a way this could go"), row.name, at, came))
        return given

    def risks(self) -> list[Given]:
        found = []
        for row in self._mine(models.Risk):
            came = [_("Who carries it was asked, and answered.")] if row.carries else []
            found.append(self._given(row, _("You said what could go wrong"), row.words, row.said_at, came))
        for row in self._mine(models.Forgone):
            said = _("You said what good would be lost")
            found.append(self._given(row, said, row.words, row.said_at, [_("It stands beside that way.")]))
        return found

    def supports(self) -> list[Given]:
        return [
            self._given(
                row,
                _("You asked for independent support"),
                row.words,
                row.began_at,
                [str(SupportState(row.state).label)],
            )
            for row in self._mine(models.Support, "asked_by")
        ]

    def _changes(self, rows: list[Any]) -> dict[UUID, models.Change]:
        wanted = {row.of_change for row in rows}
        return {row.id: row for row in models.Change.objects.seen_by(self.actor).filter(id__in=wanted)}

    def judgements(self) -> list[Given]:
        """What they said of changes to services: what was answered, and how the change stands now."""
        rows = self._mine(models.Judgement)
        changes, given = self._changes(rows), []
        for row in rows:
            came = [] if row.is_current else [_("You have said something newer since.")]
            if row.reply is not None:
                came.append(_("They answered: %(words)s") % {"words": row.reply})
            change = changes.get(row.of_change)
            came += [stands(change)] if change is not None and row.is_current else []
            said = row.words or models.Judged(row.judged).label
            given.append(self._given(row, _("You judged a change"), said, _at(row), came))
        return given

    def tries(self) -> list[Given]:
        """What they tried before a change started, and how it stands now."""
        rows = self._mine(models.Trial)
        changes, given = self._changes(rows), []
        for row in rows:
            came = [] if row.is_current else [_("You have tried it again since.")]
            change = changes.get(row.of_change)
            came += [stands(change)] if change is not None and row.is_current else []
            said = row.words or models.Works(row.works).label
            given.append(self._given(row, _("You tried something out"), said, _at(row), came))
        return given

    def answers_to_evidence(self) -> list[Given]:
        """What they answered to what others brought: it goes wherever that goes."""
        rows = self._mine(models.EvidenceAnswer)
        seen = models.Evidence.objects.seen_by(self.actor).filter(id__in={row.evidence for row in rows})
        used = {row.id: row for row in seen}
        given = []
        for row in rows:
            of = used.get(row.evidence)
            came = [f"{Used(of.use).label}: {of.use_words}"] if of is not None and of.use else []
            given.append(self._given(row, _("You answered evidence"), row.words, row.said_at, came))
        return given

    def challenges(self) -> list[Given]:
        """What they said was wrong with a decision: what was found, or by when somebody must say."""
        given = []
        for row in self._mine(models.Challenge, "made_by_person"):
            if row.answered_at is None:
                came = [_("It must be answered by %(on)s.") % {"on": words.day(row.answer_by)}]
            else:
                found = _("You were right. It is open again.") if row.upheld else _("The decision stands.")
                came = [found, _("They answered: %(words)s") % {"words": row.reasons}]
            given.append(self._given(row, _("You said that it is wrong"), row.wrong, row.made_at, came))
        return given

    def effects(self) -> list[Given]:
        """What a decision did to them: what those who decided learnt from it, and will do."""
        rows = self._mine(models.Effect, "said_by")
        seen = models.Learnt.objects.seen_by(self.actor).filter(id__in={row.learnt for row in rows})
        learnt = {row.id: row for row in seen}
        given = []
        for row in rows:
            came = [] if row.is_current else [_("You have said something newer since.")]
            answer = learnt.get(row.learnt)
            if answer is not None:
                came.append(_("What they learnt: %(words)s") % {"words": answer.learnt})
                came.append(_("What they will do: %(words)s") % {"words": answer.will_do})
            said = row.words or models.Did(row.said).label
            given.append(self._given(row, _("You said what it did to you"), said, row.said_at, came))
        return given

    def benefits(self) -> list[Given]:
        """Whether the good that was claimed came to them, and how the change stands now."""
        rows = self._mine(models.BenefitAnswer)
        changes, given = self._changes(rows), []
        for row in rows:
            came = [] if row.is_current else [_("You have said something newer since.")]
            change = changes.get(row.of_change)
            came += [stands(change)] if change is not None and row.is_current else []
            said = row.words or models.Works(row.came).label
            given.append(self._given(row, _("You said if the good came to you"), said, _at(row), came))
        return given


def _at(row: Any) -> datetime:
    """The moment of a day, to stand among moments."""
    return clock.moment_of(row.said_on)


def _became(link: str, look_again: Any) -> dict[str, Any]:
    return {"link": link, "look_again": look_again, "is_quiet": not look_again}


def became_panel(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """The way to that page from one’s own, once there is something on it."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    gave = (models.View, models.Question, models.Evidence, models.Signature, models.Judgement, models.Trial)
    for model in gave:
        if model.objects.seen(actor, person=actor.ids, most=1):
            link = reverse("decisions:became")
            return "decisions/parts/became.html", _became(link, _to_look_at(actor))
    asked = _to_look_at(actor)
    return ("decisions/parts/became.html", _became("", asked)) if asked else None


@kept_question
def _not_judged(actor: Actor, at: datetime) -> Any:
    """Answers to what the reader said, of which they have not said whether they answer them."""
    mine = models.View.objects.seen_by(actor, at).filter(person__in=actor.ids, is_current=True).values("id")
    rows = models.Reply.objects.seen_by(actor, at).filter(view__in=mine, answered="")
    return rows.order_by("-replied_at", "id")[:MOST_ANSWERS]


def answers_came(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On one’s own page: that somebody answered, and asks whether that answers them."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    rows = _not_judged(actor)
    if not rows:
        return None
    matters = {row.id: row for row in models.Decision.objects.seen(actor, id={row.decision for row in rows})}
    found = [matters[pk] for pk in dict.fromkeys(row.decision for row in rows) if pk in matters]
    links = [(reverse("decisions:decision", args=[row.id]) + "#said", row.title) for row in found]
    told = {"answers": links, "asks": len(links)}
    return ("decisions/parts/answers_came.html", told) if links else None


@kept_question
def _wanted_another_look(actor: Actor, at: datetime) -> Any:
    """The first whose writer asked for another look, of words that others took from sight."""
    waiting = models.Taken.objects.seen_by(actor, at).filter(wants_another_look=True, looked_at=None)
    others = waiting.exclude(taken_by__in=actor.ids).exclude(person__in=actor.ids)
    return others.order_by(F("answered_at").asc(nulls_last=True), "id")[:1]


def _to_look_at(actor: Actor) -> str:
    """Where somebody asked for another look at words that were taken from sight."""
    if not actor.strong:
        return ""
    first = next(iter(_wanted_another_look(actor)), None)
    return reverse("decisions:taken", args=[first.decision]) if first else ""
