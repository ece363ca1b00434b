"""How people see one matter, on one page: what is still to be answered, who stands where, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alongside.interfaces import flow, words
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, rules
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.evidence import label_of
from alongside.topics.decisions.pages.minds import KNOWN, beside, held_by, is_drawn
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import Names, part_rows

SAID = {"interests": "interest", "reasons": "words", "instead": "instead"}  # as it is called here: its column
MOST_READ, MOST_EACH = 200, 6  # the newest that are read, and that are shown of each position
ROOMS = (  # (page, words): the other pages on thinking this through together
    ("risks", gettext_lazy("What could go wrong, and who carries it")),
    ("evidence", gettext_lazy("What is known, and how well")),
    ("support", gettext_lazy("Who stands where, and who has support")),
    ("minds", gettext_lazy("What changed people’s minds")),
)

FOR_PLACES = (
    ("joint", gettext_lazy("Positions written together")),
    ("taken", gettext_lazy("Words taken from sight")),
)


@require_safe
def map_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show the map of a matter as this reader may see it."""
    actor = request.actor
    decision = opened(pk, actor)
    held = held_by(actor, decision)
    counts = Counter(now for _first, now in held.values()) if is_drawn(decision, held) else Counter[str]()
    evidence = models.Evidence.objects.seen_by(actor).filter(decision=pk, withdrawn_at=None)
    context = {
        "decision": decision,
        "back": reverse("decisions:decision", args=[pk]),
        "open_questions": open_questions(actor, decision),
        "groups": flow.groups(counts, KNOWN),
        "sentence": _sentence(counts),
        "beside": beside(actor, decision),
        "positions": positions_of(actor, decision, counts),
        "newest": MOST_READ if sum(counts.values()) > MOST_READ else 0,
        "evidence": evidence_by_lean(list(evidence.order_by("-said_at")[:MOST_READ])),
        "acts": acts(actor, decision, request.get_full_path()),
        "rooms": [(reverse(f"decisions:{page}", args=[pk]), name) for page, name in rooms_of(decision)],
        "evidence_page": reverse("decisions:evidence", args=[pk]),
        "all_views": reverse("decisions:views", args=[pk]),
    }
    return render(request, "decisions/map.html", context)


def rooms_of(decision: models.Decision) -> list[tuple[str, Any]]:
    """The pages on thinking this through: some are for places alone."""
    return [*ROOMS, *(() if decision.is_about_person else FOR_PLACES)]


def _sentence(counts: Counter[str]) -> str:
    if not counts:
        return ""
    named = [
        f"{words.people(counts[one.code])}: {one.words} ({one.letter})" for one in KNOWN if counts[one.code]
    ]
    return "; ".join(named) + "."


def open_questions(actor: Actor, decision: models.Decision) -> list[dict[str, Any]]:
    """What was asked and not answered, with who owes the answer and since when."""
    rows = models.Question.objects.seen_by(actor).filter(decision=decision.id, answered_at=None, taken="")
    found = list(rows.order_by("asked_at")[: MOST_EACH * 5])
    deciders = [row.person for row in part_rows(models.Decider, actor, decision.id) if row.until_at is None]
    names = NamesHere(actor, decision, [row.person for row in found])
    owing = Names(actor, deciders, matter=decision)  # a member is one of those who decide it here, by no name
    owes = words.listing(dict.fromkeys(owing(one) for one in deciders)) or _("Nobody decides this yet")
    decides = any(one in actor.ids for one in deciders)
    today = clock.today()
    return [
        {
            "row": row,
            "who": names(row.person),
            "owes": owes,
            "waits": (today - clock.day_of(row.asked_at)).days,
            "answer": address_of("decisions.question_answered", decision=decision.id, question=row.id)
            if decides
            else "",
        }
        for row in found
    ]


def positions_of(actor: Actor, decision: models.Decision, counts: Counter[str]) -> list[dict[str, Any]]:
    """For each position that somebody holds: what matters to them, their reasons, what they want instead."""
    rows = models.View.objects.seen_by(actor).filter(decision=decision.id, is_current=True)
    held: dict[str, list[models.View]] = defaultdict(list)
    for row in rows.order_by("-said_at", "id")[:MOST_READ]:
        held[row.position].append(row)
    ways = {row.id: row.name for row in part_rows(models.Option, actor, decision.id, "number")}
    return [
        {
            "mark": flow.shown(one),
            "count": counts.get(one.code),
            **{name: said_once(held[one.code], column, ways) for name, column in SAID.items()},
        }
        for one in KNOWN
        if one.code in held or counts.get(one.code)
    ]


@dataclass
class SaidOnce:
    """What several people say in the same words, and of which ways they say it."""

    words: Any
    count: int = 0
    ways: dict[UUID, Any] = field(default_factory=dict)  # by their names
    of_no_way: int = 0  # how many of them named none

    @property
    def about(self) -> str:
        """Of which ways all of them say it; nothing where one of them did not say of which."""
        names = [] if self.of_no_way else [str(name) for name in self.ways.values() if name is not None]
        return words.listing(names)


def said_once(rows: list[models.View], column: str, ways: Mapping[UUID, Any]) -> list[SaidOnce]:
    """What was said, once each: what most people say in the same words stands first."""
    found: dict[str, SaidOnce] = {}
    for row in rows:
        said = getattr(row, column)
        if said is not None:
            alike = " ".join(str(said).casefold().split()).rstrip(".!")
            one = found.setdefault(alike, SaidOnce(said))
            one.count += 1
            if row.option is not None and row.option in ways:
                one.ways[row.option] = ways[row.option]
            else:
                one.of_no_way += 1
    return sorted(found.values(), key=lambda one: one.count, reverse=True)[:MOST_EACH]


def evidence_by_lean(rows: list[models.Evidence]) -> list[tuple[Any, list[dict[str, Any]]]]:
    """Evidence by the way it points: each claim with its label, and “not said” where something is missing."""
    kinds = dict(rules.here(clock.today()).choices("decision.evidence_kinds"))
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.words is not None:
            label = "; ".join(f"{question}: {str(answer).rstrip('.')}" for question, answer in label_of(row))
            found[row.leans].append({"row": row, "kind": kinds.get(row.kind, row.kind), "label": label})
    return [(lean.label, found[lean]) for lean in models.Leans if lean in found]


def acts(actor: Actor, decision: models.Decision, here: str) -> list[tuple[str, str]]:
    """What this reader may add to the thinking."""
    if actor.person is None or not decision.is_open:
        return []
    offered = [
        ("decisions.evidence_brought", _("Say what is known about this")),
        ("decisions.question_asked", _("Ask a question")),
    ]
    return [
        (address_of(kind, decision=decision.id, next=here), name)
        for kind, name in offered
        if may_do(actor, kind, decision.id)
    ]
