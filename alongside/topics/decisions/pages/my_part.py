"""Your part in a matter: what you are to it, where you came, what you were offered, what you took on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.command import Missing
from alongside.kernel.kept import kept_question
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Act, ComesAs, Met, PayAnswer, Stage, Went
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.shown import Names, tasks_of

Link = tuple[str, Any]  # (address, words)


MOST = 5


TAKEN = (PayAnswer.ACCEPTED, PayAnswer.PART)


@kept_question
def _pay_waits(actor: Actor, at: datetime) -> Any:
    """Pay that the reader was offered and has said nothing to, or that was sent and of which they have not
    said whether it came; and pay which they arranged, and which is to be sent, or has not come."""
    offered = Q(answer="", paid_on=None)
    sent = Q(answer__in=TAKEN, paid_on__isnull=False, was_received=None)
    to_send = Q(answer__in=TAKEN, paid_on=None) | Q(was_received=False)
    wanted = Q(person__in=actor.ids) & (offered | sent) | Q(arranged_by__in=actor.ids) & to_send
    rows = models.PayOffer.objects.seen_by(actor, at).filter(wanted)
    return rows.order_by("offered_at", "id")[:MOST]


def pay_waits(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """On somebody’s own page: the pay they were offered for taking part, or that should have come; and what
    they arranged for others."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None or not (rows := _pay_waits(actor)):
        return None
    seen = models.Decision.objects.seen(actor, id={row.decision for row in rows})
    titles = {row.id: row.title for row in seen}
    found: dict[str, list[dict[str, Any]]] = {"offers": [], "sent": [], "arranged": []}
    for row in rows:
        if row.decision in titles:
            kind = "arranged" if row.person not in actor.ids else "sent" if row.paid_on else "offers"
            found[kind].append(_waiting_pay(row, titles[row.decision], request.path))
    if found["arranged"]:
        names = Names(actor, {each["row"].person for each in found["arranged"]})
        found["arranged"] = [each | {"who": names(each["row"].person)} for each in found["arranged"]]
    asks = len(found["offers"]) + len(found["sent"])
    return ("decisions/parts/pay_waits.html", {**found, "asks": asks}) if any(found.values()) else None


def _waiting_pay(row: models.PayOffer, title: Any, here: str) -> dict[str, Any]:
    given = {"decision": row.decision, "offer": row.id, "next": here}
    return {
        "title": title,
        "link": reverse("decisions:my_part", args=[row.decision]),
        "row": row,
        "pay": pay_words(row),
        "came": address_of("decisions.pay_received", **given),
    }


def pay_words(row: models.PayOffer) -> str:
    """How much it is, for how long, at what an hour."""
    total, rate = words.money(row.rate_pence * row.minutes // 60), words.money(row.rate_pence)
    told = {"total": total, "minutes": row.minutes, "rate": rate}
    return _("%(total)s for %(minutes)s minutes, at %(rate)s an hour.") % told


@require_safe
def my_part_page(request: Request, pk: UUID) -> HttpResponseBase:
    """What is your part in this?"""
    actor = request.actor
    decision: models.Decision = the(models.Decision, pk, seen_by=actor)
    if decision.is_about_person or actor.person is None:
        raise Missing
    return render(request, "decisions/together/my_part.html", _Mine(request, decision).context())


class _Mine(OfMatter):
    """What one reader may see and do of their own part."""

    def __init__(self, request: Request, decision: models.Decision) -> None:
        super().__init__(request.actor, decision, request.get_full_path())
        self.parts = self.rows(models.PartTaken, "said_at")
        self.access = {
            row.meeting: Met(row.met).label for row in self.rows(models.AccessAnswer) if row.is_current
        }

    def _mine(self, rows: list[Any]) -> list[Any]:
        return [row for row in rows if row.person in self.actor.ids]

    def context(self) -> dict[str, Any]:
        decided = self.decision.decided_at is not None
        offers = self.rows(models.PayOffer, "offered_at")
        mine = self._mine(offers)
        arranged = [row for row in offers if row not in mine]
        names = Names(self.actor, [row.person for row in (*arranged, *self.parts)])
        return {
            "decision": self.decision,
            "back": reverse("decisions:yardstick", args=[self.decision.id]),
            "comings": [
                {
                    "words": ComesAs(row.comes_as).label,
                    "row": row,
                    "back": self.act("comes_as_taken_back", coming=row.id),
                }
                for row in self._mine(self.rows(models.Coming, "said_at"))
                if row.ended_at is None
            ],
            "say_what": self.act("comes_as_said"),
            "said_of_self": any(row.ended_at is None for row in self._mine(self.rows(models.OfThemself))),
            "say_of_self": self.act("of_self_said"),
            "unsay_of_self": self.act("of_self_taken_back"),
            "meetings": [
                self._meeting(row, names) for row in self.rows(models.Meeting, "held_on", "made_by")
            ],
            "note_meeting": self.can("meeting_noted"),
            "offers": [self._offer(row) for row in mine],
            "arranged": [self._arranged(row, names) for row in arranged],
            "offer_pay": self.can("pay_offered"),
            "tasks": [
                {"row": row, "done": self.act("task_done", task=row.id) if row.done_at is None else ""}
                for row in self._mine(self.rows(models.Task, "taken_at"))
            ],
            "take_on": self.act("task_taken"),
            "needed": self._needed(),
            "judgements": [
                {"words": Went(row.said).label, "row": row}
                for row in self._mine(self.rows(models.HowItWent, "said_at"))
                if row.is_current
            ],
            "judge": self.act("judged") if decided else "",
            "bind": self.can("judging_binds"),
        }

    def _needed(self) -> list[str]:
        """What the way that was chosen needs, as it was said when it was put forward."""
        ways = (row for row in self.rows(models.Option) if row.id == self.decision.option and not row.taken)
        return [line for row in ways for line in tasks_of(row)]

    def _meeting(self, row: models.Meeting, names: Names) -> dict[str, Any]:
        is_over = row.held_on <= clock.today()
        here = [part for part in self.parts if part.meeting == row.id]
        mine = self._mine(here)
        keeps = row.kept_by in self.actor.ids or bool(self.can("judging_binds"))
        return {
            "row": row,
            "stage": Stage(row.stage).label,
            "mine": [self._part(part) for part in mine],
            "took_part": self.act("took_part", meeting=row.id) if is_over else "",
            "access": self.access.get(row.id, ""),
            "say_access": self.act("access_said", meeting=row.id),
            "listed": [
                {
                    "who": names(part.person),
                    "act": Act(part.act).label,
                    "part": part,
                    "pay": self.can("pay_offered", part=part.id, meeting=row.id),
                }
                for part in here
                if part not in mine
            ],
            "write": self.can("part_noted", meeting=row.id) if keeps else "",
        }

    def _part(self, part: models.PartTaken) -> dict[str, Any]:
        others = not part.is_own_word
        return {
            "act": Act(part.act).label,
            "by_others": others,
            "part": part,
            "answer": self.act("part_answered", part=part.id) if others else "",
        }

    def _offer(self, row: models.PayOffer) -> dict[str, Any]:
        return {
            "row": row,
            "pay": pay_words(row),
            "days_after": self._days_after(row),
            "expenses": words.money(row.expenses_pence) if row.expenses_pence is not None else "",
            "answer": PayAnswer(row.answer).label if row.answer else "",
            "say": self.act("pay_answered", offer=row.id) if row.paid_on is None else "",
            "came": self.act("pay_received", offer=row.id) if row.answer in TAKEN else "",
        }

    def _days_after(self, row: models.PayOffer) -> int:
        """How many days after its meeting the pay came; nothing where that is not known."""
        held = next((one.held_on for one in self.rows(models.Meeting) if one.id == row.meeting), None)
        return (row.paid_on - held).days if held is not None and row.paid_on is not None else 0

    def _arranged(self, row: models.PayOffer, names: Names) -> dict[str, Any]:
        is_due = row.answer in TAKEN and (row.paid_on is None or row.was_received is False)
        return {
            **self._offer(row),
            "who": names(row.person),
            "paid": self.act("pay_sent", offer=row.id) if is_due else "",
        }
