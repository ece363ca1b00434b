"""Evidence about one matter: each claim with its label, who answers it, and what was done with it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.interfaces import words
from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel import clock, rules
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.knowing import JUDGEMENT, LIVED
from alongside.topics.decisions.commands.outside import deciders_of
from alongside.topics.decisions.models import Leans, Sees, ShownAs, Used
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.opened import opened

A_PAGE = 50


@require_safe
def evidence_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show what is known of a matter, as this reader may read it."""
    actor = request.actor
    decision = opened(pk, actor)
    rows = models.Evidence.objects.seen_by(actor).filter(decision=pk).order_by("-said_at", "id")
    here = request.get_full_path()
    may_bring = decision.is_open and may_do(actor, "decisions.evidence_brought", pk)
    context = {
        "decision": decision,
        "claims": Claims(actor, decision, list(rows[:A_PAGE]), here).shown(),
        "bring": address_of("decisions.evidence_brought", decision=pk, next=here) if may_bring else "",
        "back": reverse("decisions:map", args=[pk]),
    }
    return render(request, "decisions/evidence.html", context)


class Claims(OfMatter):
    """Pieces of evidence with their labels and the answers to them."""

    def __init__(
        self, actor: Actor, decision: models.Decision, claims: list[models.Evidence], here: str
    ) -> None:
        super().__init__(actor, decision, here)
        self.claims = claims
        self.decides = any(one in actor.ids for one in deciders_of(decision.id))
        self.answers = defaultdict(list)
        found = models.EvidenceAnswer.objects.seen_by(actor).filter(evidence__in=[row.id for row in claims])
        answers = list(found.order_by("said_at", "id"))
        for answer in answers:
            self.answers[answer.evidence].append(answer)
        people = {row.person for row in (*claims, *answers)} | {row.used_by for row in claims}
        self.names = NamesHere(actor, decision, people)
        self.options = {row.id: row.name for row in self.rows(models.Option)}
        self.kinds = dict(rules.here(clock.today()).choices("decision.evidence_kinds"))
        self.may_answer = may_do(actor, "decisions.evidence_answered", decision.id)

    def shown(self) -> list[dict[str, Any]]:
        return [self._one(row) for row in self.claims]

    def _one(self, row: models.Evidence) -> dict[str, Any]:
        is_mine = row.person in self.actor.ids
        is_there = row.words is not None
        return {
            "row": row,
            "kind": self.kinds.get(row.kind, row.kind),
            "who": self._who(row),
            "option": self.options.get(row.option, "") if row.option else "",
            "leans": str(Leans(row.leans).label),
            "label": label_of(row) if is_there else [],
            "only_deciders": row.sees == Sees.DECIDERS,
            "answers": [{"row": one, "who": self.names(one.person)} for one in self.answers.get(row.id, ())],
            "use": str(Used(row.use).label) if row.use else "",
            "used_by": self.names(row.used_by) if row.used_by else "",
            "answer": self.act("evidence_answered", evidence=row.id) if self.may_answer and is_there else "",
            "take_back": self.act("evidence_withdrawn", evidence=row.id)
            if is_mine and row.withdrawn_at is None
            else "",
            "say_use": self.act("evidence_used", evidence=row.id)
            if self.decides and not is_mine and not row.use
            else "",
        }

    def _who(self, row: models.Evidence) -> str:
        if row.person not in self.actor.ids and row.shown_as == ShownAs.NO_NAME:
            return _("Someone who gave no name")
        return self.names(row.person)


def label_of(row: models.Evidence) -> list[tuple[str, Any]]:
    """(question, answer): how well a claim stands. What nobody said is said to be so."""
    lived = row.kind == LIVED
    number = words.number(row.how_many) if row.how_many is not None else None
    asked: list[tuple[str, Any]] = [] if lived else [(_("How many"), number), (_("How"), row.method)]
    asked += [(_("Where"), row.place), (_("When"), row.period)]
    if not lived:
        asked.append((_("What it does not tell"), row.limits))
    if row.kind == JUDGEMENT:
        day = words.day(row.practised_on) if row.practised_on else None
        asked.append((_("Last did this work"), day))
    return [(question, answer if answer is not None else _("not said")) for question, answer in asked]
