"""Who decides a matter: the rule, who has a vote, what was put to them, what each said and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import chart
from alongside.interfaces.acting import may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request, actor_of
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.outside import works_for
from alongside.topics.decisions.commands.ruling import needed_for
from alongside.topics.decisions.commands.standing import Reading, pack_of
from alongside.topics.decisions.commands.voices import TOGETHER
from alongside.topics.decisions.models import Agree, Says, State, Who
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.decisions.pages.whose import whose_item
from alongside.topics.decisions.policy import acts_for_a_user_led_q, decided_by_q
from alongside.topics.people.policy import names_of, office_name, works_for_q

LOOKS = {Says.YES: "kept", Says.NO: "not-kept", Says.ASIDE: "other", "": "no-answer"}
MOST = 5


@require_safe
def who_decides_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Who decides this, by which rule, and how they stand."""
    decision = opened(pk, request.actor)
    return render(request, "decisions/who_decides.html", Table(request, decision).context())


class Table(OfMatter):
    """Those who decide round one table, as this reader may see them."""

    def __init__(self, request: Request, decision: models.Decision) -> None:
        super().__init__(request.actor, decision, request.get_full_path())
        self.seats = [row for row in self.rows(models.Decider, "since_at", "id") if row.until_at is None]
        self.rules = self.rows(models.DecidingRule, "number")
        self.proposals = self.rows(models.Proposal, "-number")
        self.interests = self.rows(models.Interest, "said_at")
        self.voices = [row for row in self.rows(models.Voice, "said_at") if row.is_current]
        self.options = {row.id: row for row in self.rows(models.Option, "number")}
        self.steps = self.rows(models.Step, "at")
        self.names = Names(self.actor, self._people(), matter=decision)
        self.mine = next((row for row in self.seats if row.person in self.actor.ids), None)

    def _people(self) -> set[UUID | None]:
        found = {row.person for row in (*self.seats, *self.interests, *self.voices)}
        found |= {row.put_by for row in self.proposals} | {row.said_by for row in self.rules}
        found |= {row.proposed_by for row in self.options.values()}
        return found | {self.decision.raised_by, self.decision.decided_by, self.decision.person}

    def context(self) -> dict[str, Any]:
        decision, rule = self.decision, self.rules[-1] if self.rules else None
        return {
            "decision": decision,
            "back": reverse("decisions:decision", args=[decision.id]),
            "rule": rule_words(rule, len(self.seats)),
            "rule_row": rule,
            "are_too_few": rule is not None
            and decision.is_open
            and rule.who in TOGETHER
            and len(self.seats) < needed_for(rule.who, rule.agree, rule.needed, len(self.seats)),
            "seats": [(self.names(row.person), bool(row.is_member)) for row in self.seats],
            "interests": [(self.names(row.person), row) for row in self.interests],
            "earlier_rules": [
                (row, rule_words(row, max(2, len(self.seats))), self.names(row.said_by)) for row in self.rules
            ]
            if len(self.rules) > 1 or (rule and rule.after_told)
            else [],
            "proposals": [self._proposal(row, rule) for row in self.proposals],
            "whose": whose_item(self.actor, decision, self.options, self.steps, self.names),
            "offer": self._offer(),
            "to_agree": self._to_agree(),
            "offered": self._offered(),
            **self._what_to_do(rule),
        }

    def _offer(self) -> str:
        """Where somebody to whom a vote was offered answers."""
        rows = models.Seat.objects.seen_by(self.actor).filter(decision=self.decision.id, answered_at=None)
        rows = rows.exclude(needs_agreement=True, agreed_at=None)  # asked once somebody else agreed to it
        seat = rows.filter(person__in=self.actor.ids).first()
        return self.act("vote_offer_answered", seat=seat.id) if seat else ""

    def _offered(self) -> list[str]:
        """For those who decide: to whom else a vote is offered, and nobody has answered yet."""
        rows = models.Seat.objects.seen_by(self.actor).filter(decision=self.decision.id, answered_at=None)
        rows = rows.exclude(person__in=self.actor.ids).exclude(needs_agreement=True, agreed_at=None)
        if self.mine is None or not self.decision.is_open:
            return []
        return sorted(names_of(set(rows.values_list("person", flat=True))).values())

    def _to_agree(self) -> list[dict[str, Any]]:
        """Who is to have a vote too, once somebody beside the one who offered it agrees."""
        rows = models.Seat.objects.seen_by(self.actor).filter(
            decision=self.decision.id, answered_at=None, agreed_at=None, needs_agreement=True
        )
        if not self.decision.is_open:
            return []
        may = may_do(self.actor, "decisions.seat_agreed", self.decision.id)
        is_refused = may and self._works_for_them_alone()
        names = names_of({one for row in rows for one in (row.person, row.offered_by)})
        return [
            {
                "who": names[row.person],
                "by": names[row.offered_by],
                "say": self.act("seat_agreed", seat=row.id)
                if may and not is_refused and not {row.person, row.offered_by} & set(self.actor.ids)
                else "",
                "is_refused": is_refused,
            }
            for row in rows.order_by("offered_at", "id")
        ]

    def _works_for_them_alone(self) -> bool:
        """Whether the reader, though of a user-led organisation, works for the body that decides a place and
        is none of those who decide it: then somebody else must agree, and they are told before they ask."""
        if self.decision.is_about_person or self.mine is not None:
            return False
        return works_for(self.actor.person, self.decision.organisation, clock.now())

    def _what_to_do(self, rule: models.DecidingRule | None) -> dict[str, Any]:
        if self.mine is None or not self.decision.is_open or self.decision.is_own:
            return {"tools": []}
        is_open = any(row.closed_at is None for row in self.proposals)
        together = rule is not None and rule.who in TOGETHER
        tools = [(self.act("vote_offered"), _("Offer somebody a vote in this"))]
        if together and not is_open:
            tools.insert(0, (self.act("decision_put"), _("Put a decision to all who decide")))
            tools.append((self.act("rule_put"), _("Put another rule to all who decide")))
        if not is_open:
            tools.append((self.act("rule_said"), _("Say who decides this, and by which rule")))
        row = {"row": self.mine.id}
        if len(self.seats) > 1:
            tools.append((self.act("stepped_back", **row), _("I no longer decide this")))
        tools.append((self.act("interest_said", **row), _("I have a stake of my own in this. I step back")))
        return {"tools": tools}

    def _proposal(self, row: models.Proposal, rule: models.DecidingRule | None) -> dict[str, Any]:
        decision = self.decision
        said = {voice.person: voice for voice in self.voices if voice.proposal == row.id}
        is_open = row.closed_at is None
        sitting = [seat.person for seat in self.seats] if is_open else list(said)
        lines = [self._line(person, said.get(person)) for person in sitting]
        why = self._why_not(row) if is_open and self.mine is not None else []
        can_say = is_open and self.mine is not None and not why
        return {
            "row": row,
            "what": self._what(row),
            "by": self.names(row.put_by),
            "lines": lines,
            "bar": _bar(lines) if lines else None,
            "needs": _needs(rule, len(self.seats)) if is_open else "",
            "why": why,
            "say": self.act("voice_given", proposal=row.id) if can_say else "",
            "take_back": self.act("proposal_taken_back", proposal=row.id)
            if is_open and self.mine is not None and row.put_by in self.actor.ids
            else "",
            "is_the_decision": decision.proposal == row.id,
        }

    def _line(self, person: UUID, voice: models.Voice | None) -> dict[str, Any]:
        return {
            "who": self.names(person),
            "says": str(Says(voice.says).label) if voice else _("Has not said"),
            "code": voice.says if voice else "",
            "reasons": voice.reasons if voice else None,
        }

    def _what(self, row: models.Proposal) -> str:
        if row.is_about_the_rule:
            return rule_words(row, max(2, len(self.seats)))
        words = _(pack_of(self.decision).item("decision.outcomes", row.outcome)["name"])
        option = self.options.get(row.option) if row.option else None
        return f"{words}: {option.name}" if option else words

    def _why_not(self, row: models.Proposal) -> list[Any]:
        """What stands in the way of a voice now, as the guard says it."""
        if row.is_about_the_rule:
            return []
        option = self.options.get(row.option) if row.option else None
        reading = Reading(self.decision, clock.now(), also_decides=self.actor.person)
        standing = reading.standing(
            option=option,
            outcome=row.outcome,
            without_reason=row.without_them is not None,
            without_review=row.review_on is not None,
        )
        return [each.sentence for each in guard.may_say_yes(standing).in_the_way]


def rule_words(rule: Any, seats: int) -> str:
    """The rule in a sentence. `rule` is one in force or one that was put to people."""
    if rule is None and seats > 1:
        return _("Any one of these people decides this alone, until they agree on another rule.")
    if rule is None or rule.who == Who.ONE:
        return _("One person decides this.")
    if rule.who == Who.OFFICE:
        office = office_name(rule.office) if rule.office else ""
        return _("Whoever is %(office)s decides this.") % {"office": office}
    who = _("A panel decides this.") if rule.who == Who.PANEL else _("Several people decide this together.")
    return f"{who} {_needs(rule, seats)}"


def _needs(rule: Any, seats: int) -> str:
    if rule is None:
        return ""
    if rule.agree == Agree.ALL:
        return _("All of them must agree.")
    needed = {"needed": needed_for(rule.who, rule.agree, rule.needed, seats), "seats": seats}
    if rule.agree == Agree.HALF and needed["needed"] > seats:  # who sits alone cannot be outvoted, nor decide
        return _("More than half must agree, and %(needed)s people at least.") % needed
    if rule.agree == Agree.HALF:
        return _("More than half must agree: %(needed)s of %(seats)s.") % needed
    return _("%(needed)s of them must agree.") % needed


def _bar(lines: list[dict[str, Any]]) -> chart.Bar:
    counted = [(code, sum(line["code"] == code for line in lines)) for code in LOOKS]
    words = {"": _("no word yet"), **{each.value: str(each.label) for each in Says}}
    parts = [chart.Part(words[str(code)], number, LOOKS[code]) for code, number in counted]
    said = ", ".join(f"{part.count} {part.name}" for part in parts if part.count)
    sentence = _("Of %(count)s who decide: %(said)s.") % {"count": len(lines), "said": said}
    return chart.bar(parts, name=_("What those who decide said"), sentence=sentence)


# On one's own page --------------------------------------------------------------------------------


def waits_for_your_voice(request: HttpRequest) -> tuple[str, dict[str, Any]] | None:
    """What was put to those who decide and waits for the reader, and votes that were offered to them."""
    actor = actor_of(request)
    if actor.person is None or actor.only is not None:
        return None
    asked = (
        (_for_you_to_agree, _("One more person would decide this with the others, if you agree.")),
        (_offered, _("Somebody offers you a vote in this.")),
        (_put, _("A decision was put to you and the others who decide.")),
    )
    found = [_item(row, words) for rows, words in asked for row in rows(actor)][:MOST]
    if not found:
        return None
    return "decisions/parts/your_voice.html", {"matters": found, "asks": len(found), "place": "work"}


def vote_waits(actor: Actor, decision: models.Decision, held: Mapping[str, int]) -> str:
    """On the page of one matter, also by the code of a letter: that the reader has a vote in it to give or to
    take. Empty where nothing waits for them."""
    if actor.person is None or not decision.is_open:
        return ""
    here: dict[str, Any] = {"decision": decision.id}
    if held["Seat"]:
        seats = models.Seat.everything.filter(person__in=actor.ids, answered_at=None, **here)
        if seats.exclude(needs_agreement=True, agreed_at=None).exists():
            return _("Somebody offers you a vote in this.")
    if held["Proposal"] and models.Decider.everything.filter(person__in=actor.ids, until_at=None, **here):
        said = models.Voice.everything.filter(proposal=OuterRef("pk"), person__in=actor.ids, is_current=True)
        if models.Proposal.everything.filter(closed_at=None, **here).exclude(Exists(said)).exists():
            return _("A decision was put to you and the others who decide.")
    return ""


@kept_question
def _offered(actor: Actor, at: datetime) -> Any:
    """Matters in which the reader is offered a vote, and nobody else must agree to it first."""
    seats = models.Seat.everything.filter(person__in=actor.ids, answered_at=None)
    seats = seats.exclude(needs_agreement=True, agreed_at=None)
    return _open_ones(actor, at, Q(id__in=seats.values("decision")))


@kept_question
def _for_you_to_agree(actor: Actor, at: datetime) -> Any:
    """The reader's own life, or a place: one more is to decide it, if they agree, who decide it too or act
    for a user-led organisation and do not work for the body that decides."""
    waits = Q(answered_at=None, agreed_at=None, needs_agreement=True)
    seats = models.Seat.objects.seen_by(actor, at).filter(waits, decision=OuterRef("pk"))
    of_others = seats.exclude(offered_by__in=actor.ids).exclude(person__in=actor.ids)
    outside = acts_for_a_user_led_q(actor, at) & ~works_for_q(actor, at)
    may_agree = decided_by_q(actor, "id") | outside
    beside = Q(Exists(of_others), may_agree, about="place")
    some_seat = Q(id__in=models.Seat.everything.filter(waits).values("decision"))  # they are few
    return _open_ones(actor, at, some_seat & (Q(Exists(seats), person__in=actor.ids) | beside))


@kept_question
def _put(actor: Actor, at: datetime) -> Any:
    """Matters that were put to the reader and the others who decide, without the reader's word."""
    said = models.Voice.everything.filter(proposal=OuterRef("pk"), person__in=actor.ids, is_current=True)
    put = models.Proposal.objects.seen_by(actor, at).filter(decided_by_q(actor, "decision"), closed_at=None)
    return _open_ones(actor, at, Q(id__in=put.exclude(Exists(said)).values("decision")))


def _open_ones(actor: Actor, at: datetime, which: Q) -> Any:
    rows = models.Decision.objects.seen_by(actor, at).filter(which, state=State.OPEN)
    return rows.order_by("-raised_at")[:MOST]


def _item(row: models.Decision, words: str) -> dict[str, Any]:
    return {"title": row.title, "words": words, "link": reverse("decisions:who_decides", args=[row.id])}
