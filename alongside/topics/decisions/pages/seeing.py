"""A legal reason as somebody outside the line that decides looks at it; and how far each one is seen.

Whoever is asked sees what the legal reason rests on, what protects the person and what they show they want:
the same facts as those who decide, and none of what people said about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do, needs_passkey
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock, reading
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.grounded import BY_COURT, must_be_seen
from alongside.topics.decisions.commands.lookers import Lookers, nobody_outside
from alongside.topics.decisions.commands.protecting import protects
from alongside.topics.decisions.commands.said_to_take import FOR_THEM, TAKES_AWAY, WORDS_OF_IT, holds_until
from alongside.topics.decisions.commands.seeing import ends_unseen, how_it_is_seen, is_over
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.engine.states import Law
from alongside.topics.decisions.models import HowLooked, Looked, SeesAs, State
from alongside.topics.decisions.pages.as_whom import as_whom, ground_called, how_looked
from alongside.topics.decisions.pages.evidence_words import answered
from alongside.topics.decisions.pages.shown import Names, part_rows
from alongside.topics.people.policy import names_of, standings
from alongside.topics.people.policy.deaths import has_died

A_PAGE = 10


@kept_question
def _asks_you(actor: Actor, at: datetime) -> Any:
    """The legal reasons that this person is asked to look at: the first that is due first."""
    rows = models.GroundAsked.objects.seen_by(actor, at).filter(person=actor.person, closed_at=None)
    return rows.order_by("answer_by", "id")[:A_PAGE]


def asked_to_look(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On the page of whoever is asked: that there is a legal reason to look at, and by which day."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    asked = [row for row in _asks_you(actor) if _is_asked_still(actor, row)]
    if not asked:
        return None
    names = names_of({row.about for row in asked})
    rows = [
        {
            "row": row,
            "who": names[row.about],
            "is_late": row.answer_by < clock.today(),
            "link": reverse("decisions:look", args=[row.decision, row.ground]),
        }
        for row in asked
    ]
    return "decisions/parts/asked_to_look.html", {"rows": rows}


def _is_asked_still(actor: Actor, row: models.GroundAsked) -> bool:
    decision = models.Decision.everything.get(pk=row.decision)
    return _looks_still(actor, decision, models.Ground.everything.get(pk=row.ground))


@require_safe
def look_page(request: Request, pk: UUID, ground: UUID) -> HttpResponseBase:
    """One legal reason, for whoever is asked to look at it from outside the line, or stands by the person."""
    actor = request.actor
    asked = models.GroundAsked.objects.seen_by(actor).filter(ground=ground, decision=pk)
    mine = asked.filter(person__in=actor.ids).order_by("-asked_at").first()
    row: models.Ground | None = models.Ground.everything.filter(pk=ground, decision=pk).first()
    if row is None or row.person is None:
        raise Missing
    decision = models.Decision.everything.get(pk=pk)
    if mine is None or not _looks_still(actor, decision, row):
        the(models.Ground, ground, seen_by=actor)
    reading.looked(actor, row.person, "decisions:look")
    return render(request, "decisions/look.html", _look_context(actor, decision, row, mine))


def _looks_still(actor: Actor, decision: models.Decision, row: models.Ground) -> bool:
    """Whether somebody who was asked still stands where they were asked: neither disputed nor feared since,
    and not of the line. Else an attorney whom the person fears would go on reading what is said of him."""
    return Lookers(decision, row, clock.now()).of(actor.person) is not None


def _look_context(
    actor: Actor, decision: models.Decision, row: models.Ground, mine: models.GroundAsked | None
) -> dict[str, Any]:
    pack, now = pack_of(decision), clock.now()
    of = {"decision": decision.id, "person": row.person}
    safeguards = list(models.Safeguard.everything.filter(**of).order_by("recorded_at", "id"))
    shown = list(models.Shown.everything.filter(**of).order_by("shown_on", "id"))
    said = _said_of_this_and_before(actor, row, is_asked=mine is not None)
    names = Names(actor, {row.person, row.author, row.holder, decision.raised_by, *(s.said_by for s in said)})
    item = pack.item("decision.grounds", row.code)
    looker = Lookers(decision, row, now).of(actor.person)
    waits = not is_over(row, now) and looker is not None
    kind = "decisions.ground_looked_at"
    look = address_of(
        kind, decision=decision.id, ground=row.id, next=reverse("decisions:look", args=[decision.id, row.id])
    )
    facts = [
        (_("About whom?"), names(row.person)),
        (_("What may change?"), decision.title),
        (_("Why?"), decision.why),
        (_("Which legal reason is it?"), ground_called(item, row.code, is_theirs=row.person in actor.ids)),
        (_("Who wrote it down?"), names(row.author)),
        (_("By whose power?"), names(row.holder) if row.holder else ""),
        *answered(item, row.evidence, is_theirs=row.person in actor.ids),
    ]
    sees = mine or looker
    return {
        "row": row,
        "asked": mine,
        "as_what": SeesAs(sees.standing).label if sees else "",
        "office": names_of([mine.office])[mine.office] if mine and mine.office else "",
        "person": names(row.person),
        "is_theirs": row.person in actor.ids,
        "title": decision.title,
        "author": names(row.author),
        "facts": [(question, answer) for question, answer in facts if answer],
        "safeguards": [
            (protects(pack, each.code, is_theirs=row.person in actor.ids), each.words) for each in safeguards
        ],
        "shown": shown,
        "said": said_rows(row, said, names),
        "look": look if waits and may_do(actor, kind, decision.id) else "",
        "passkey_first": waits and needs_passkey(actor, kind),
        "is_over": is_over(row, now),
        "holds_until": row.holds_until if row.held_at_once and not is_over(row, now) else None,
        "back": reverse("home") if mine else reverse("decisions:lawful", args=[decision.id]),
    }


def _said_of_this_and_before(actor: Actor, row: models.Ground, *, is_asked: bool) -> list[models.GroundSaid]:
    """What was said of it, and each no to another legal reason about the same person: else a matter would be
    raised again, until somebody is asked who has read of none."""
    others = (models.GroundSaid.everything if is_asked else models.GroundSaid.objects.seen_by(actor)).filter(
        person=row.person, said=Looked.NO
    )
    before = list(others.exclude(ground=row.id).order_by("-said_at", "id")[:A_PAGE])
    here = models.GroundSaid.everything.filter(ground=row.id).order_by("said_at", "id")
    return [*reversed(before), *here]


def said_rows(ground: models.Ground, said: Iterable[models.GroundSaid], names: Names) -> list[dict[str, Any]]:
    """What those outside the line said of one legal reason, the first first."""
    return [
        {
            "row": one,
            "who": names.subject(one.said_by),
            "as_what": as_whom(SeesAs(one.standing), is_theirs=ground.person in names.ids),
            "how": how_looked(HowLooked(one.how), is_theirs=ground.person in names.ids) if one.how else "",
            "is_no": one.said == Looked.NO,
            "of_before": one.ground == ground.id and one.writing != ground.renewals,
            "of_another": one.ground != ground.id,
        }
        for one in said
    ]


class Seen:
    """How far the legal reasons of one matter are seen from outside, for those who may see them."""

    def __init__(self, actor: Actor, decision: models.Decision, grounds: Sequence[models.Ground]) -> None:
        self.actor, self.decision, self.now = actor, decision, clock.now()
        self.said = part_rows(models.GroundSaid, actor, decision.id, "said_at", "id") if grounds else []
        self.asked = part_rows(models.GroundAsked, actor, decision.id, "answer_by", "id") if grounds else []

    @property
    def ids(self) -> set[UUID | None]:
        return {row.said_by for row in self.said}

    def of(self, row: models.Ground, names: Names) -> dict[str, Any]:
        """What the page says of one: whether it holds, who looked, who is asked and by when."""
        if not must_be_seen(clock.day_of(self.now)):
            return {"holds": True, "said": [], "state": ""}
        law = how_it_is_seen(self.decision, row, self.now)
        rests = rests_on_a_power(row, self.now)
        asked = [one for one in self.asked if one.ground == row.id and one.closed_at is None]
        is_open = not is_over(row, self.now)
        waits = is_open and law is not Law.LAPSED_UNSEEN and not self._was_looked_at(row)
        return {
            "holds": law is Law.LIVE and rests,
            "no_power": is_open and not rests,
            "state": law.value,
            "said": said_rows(row, [one for one in self.said if one.ground == row.id], names),
            "waits_for": self._asked_as(row, asked) if waits else [],
            "answer_by": min((one.answer_by for one in asked), default=None) if waits else None,
            "unseen_until": row.holds_until if waits and law is Law.LIVE and row.held_at_once else None,
            "nobody": waits and not asked and nobody_outside(self.decision, row, self.now),
            "opened": row.decided_writing is not None,
            "ended_unseen": row.ended_at is not None and self._ended_unseen(row),
            "look": self._look(row) if is_open else "",
        }

    def _asked_as(self, row: models.Ground, asked: Sequence[models.GroundAsked]) -> list[str]:
        is_theirs = row.person in self.actor.ids
        return sorted({as_whom(SeesAs(one.standing), is_theirs=is_theirs) for one in asked})

    def _was_looked_at(self, row: models.Ground) -> bool:
        said = [one for one in self.said if one.ground == row.id and one.writing == row.renewals]
        return any(one.shape >= self.decision.change_shape for one in said)

    def _ended_unseen(self, row: models.Ground) -> bool:
        seen = any(one.ground == row.id and one.said == Looked.SEEN for one in self.said)
        return row.held_at_once and not seen

    def _look(self, row: models.Ground) -> str:
        """Where whoever may look at it says what they saw."""
        if self.actor.person is None or self.actor.only is not None:
            return ""
        mine = [one for one in self.said if one.ground == row.id and one.said_by in self.actor.ids]
        done = any(one.writing == row.renewals for one in mine) and row.code != BY_COURT
        if done or Lookers(self.decision, row, self.now).of(self.actor.person) is None:
            return ""
        return reverse("decisions:look", args=[self.decision.id, row.id])


def law_notes(actor: Actor, decision: models.Decision, held: int) -> list[dict[str, Any]]:
    """On the page of a matter: that a legal reason waits to be seen, is not agreed, ended unseen, or that the
    one it was decided on has ended."""
    if not held or not must_be_seen(clock.today()):
        return []
    now, found = clock.now(), []
    grounds = part_rows(models.Ground, actor, decision.id, "recorded_at", "id")
    seen = Seen(actor, decision, grounds)
    names = Names(actor, seen.ids)
    for row in grounds:
        kind = kind_of(decision, row, now)
        if kind in TOLD_OF:
            found.append({"kind": kind, "row": row, "seen": seen.of(row, names)})
    alive = decision.person is None or not has_died(decision.person)
    if decision.state == State.DECIDED and alive and all(is_over(row, now) for row in grounds):
        used = [row for row in grounds if row.decided_writing is not None]
        last = max(used, key=last_moment, default=None)
        if last is not None:
            day = clock.day_of(last_moment(last))
            found.append({"kind": "ended", "row": last, "seen": {}, "day": day})
    return found


def last_moment(ground: models.Ground) -> datetime:
    """When a legal reason ended, or would end by itself."""
    return min(ground.ended_at or ground.expires_at, ground.expires_at)


def rests_on_a_power(row: models.Ground, now: datetime) -> bool:
    """Whether the power that a legal reason names is in use still. One that names none needs none."""
    if row.holder is None or row.person is None:
        return True
    return any(one.is_power and one.speaks for one in standings(row.holder, row.person, now))


HOLDS = ("live", "until")
TOLD_OF = (*HOLDS, "unseen", "not_agreed", "ended_unseen", "lapsed_unseen")


def kind_of(decision: models.Decision, row: models.Ground, now: datetime) -> str:
    """How one legal reason stands, for whoever is told of it."""
    if row.ended_at is not None:
        is_open_again = decision.is_open and row.held_at_once and row.decided_writing is not None
        return "ended_unseen" if is_open_again else ""
    if is_over(row, now) or not (decision.is_open or row.held_at_once):
        return ""
    law = how_it_is_seen(decision, row, now)
    if not rests_on_a_power(row, now):
        return ""
    if law is Law.LIVE:
        if ends_unseen(decision, row, now):
            return "until"
        return "live" if decision.is_open else ""
    return str(law.value)


BEGAN = ("help_started", "urgent_help")  # what the page of a matter says of help that began


def steps_shown(steps: Sequence[models.Step]) -> list[models.Step]:
    """Of the steps of a matter: that help began, and that somebody says it takes something away, if so."""
    last = next((step for step in reversed(steps) if step.kind in WORDS_OF_IT), None)
    stands = last if last is not None and last.kind in (TAKES_AWAY, FOR_THEM) else None
    return [step for step in steps if step.kind in BEGAN or step is stands]


def of_taking(
    actor: Actor, decision: models.Decision, shown: Sequence[models.Step], here: str
) -> dict[str, Any]:
    """Where whoever it is about says that it takes something away from them, or that it is help; and until
    when it holds where somebody else said so for them."""
    stands = next((step for step in shown if step.kind in (TAKES_AWAY, FOR_THEM)), None)
    for_them = stands is not None and stands.kind == FOR_THEM
    takes, helps = "decisions.said_to_take_away", "decisions.said_to_be_help"
    may_say = decision.is_open and (not decision.takes_away or (for_them and decision.person in actor.ids))
    may_end = decision.is_open and stands is not None

    def to(kind: str, may: bool) -> str:
        return (
            address_of(kind, decision=decision.id, next=here)
            if may and may_do(actor, kind, decision.id)
            else ""
        )

    until = holds_until(stands) if stands is not None and for_them else None
    return {
        "takes": to(takes, may_say),
        "is_help": to(helps, may_end),
        "taken_until": until,
        "taken_by_me": stands is not None and stands.by in actor.ids,
    }
