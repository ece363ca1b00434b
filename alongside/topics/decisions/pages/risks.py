"""What could go wrong with each way, for whom, who carries it, and the good that would be lost without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
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
from alongside.kernel import clock, reading
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Carries
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.decisions.pages.shown import Names


@require_safe
def risks_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show each way with its risks."""
    actor = request.actor
    decision = opened(pk, actor)
    may_add = decision.is_open and may_do(actor, "decisions.risk_added", pk)
    context = {
        "decision": decision,
        "ways": Risks(actor, decision, request.get_full_path(), may_add=may_add).ways(),
        "back": reverse("decisions:map", args=[pk]),
        "add_option": address_of("decisions.option_added", decision=pk, next=request.get_full_path())
        if decision.is_open and may_do(actor, "decisions.option_added", pk)
        else "",
    }
    return render(request, "decisions/risks.html", context)


def who_wrote_them(options: Sequence[models.Option], names: Names) -> dict[UUID, str]:
    """Of each way that one life could go: whose words these are, and since when."""
    written = [row for row in options if not row.taken]
    at = reading.moments(row.made_by for row in written) if written else {}
    said = _("%(who)s wrote this on %(on)s.")
    return {
        row.id: said % {"who": names.subject(row.proposed_by), "on": words.day(clock.day_of(at[row.made_by]))}
        for row in written
    }


def carrier_words(row: models.Risk, decision: models.Decision, names: NamesHere) -> str:
    """Who is named as carrying it. Where anybody can read, a person who holds no office is not."""
    if row.carrier is None:
        return ""
    name = names(row.carrier)
    is_own_name = not decision.is_about_person and name == names.private.get(row.carrier)
    return _("Somebody it affects") if is_own_name and row.carrier not in names.actor.ids else name


class Risks(OfMatter):
    """The risks of every way of one matter, read in three questions however many they are."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str, *, may_add: bool) -> None:
        super().__init__(actor, decision, here)
        self.may_add = may_add
        self.options = self.rows(models.Option, "number")
        self.risks = self.rows(models.Risk, "said_at", "id")
        self.lost = self.rows(models.Forgone, "said_at", "id")
        writers = {row.person for row in (*self.risks, *self.lost)}
        self.names = NamesHere(actor, decision, writers | {row.carrier for row in self.risks})

    def ways(self) -> list[dict[str, Any]]:
        risks, lost = defaultdict(list), defaultdict(list)
        for risk in self.risks:
            risks[risk.option].append(self._risk(risk))
        for row in self.lost:
            lost[row.option].append({"row": row, "who": self.names.subject(row.person)})
        return [
            {
                "row": row,
                "letter": chr(ord("A") + (row.number - 1) % 26),
                "risks": risks[row.id],
                "lost": lost[row.id],
                "add": self.act("risk_added", option=row.id) if self.may_add else "",
                "say_lost": self.act("forgone_said", option=row.id) if self.may_add else "",
            }
            for row in self.options
        ]

    def _risk(self, row: models.Risk) -> dict[str, Any]:
        return {
            "row": row,
            "who": self.names.subject(row.person),
            "carrier": carrier_words(row, self.decision, self.names),
            "is_mine": row.carrier in self.actor.ids,
            "carries": str(Carries(row.carries).label) if row.carries else "",
            "theirs": self._theirs(row),
            "answer": self.act("risk_answered", risk=row.id)
            if self.decision.is_open and row.carrier in self.actor.ids
            else "",
        }

    def _theirs(self, row: models.Risk) -> str:
        """A risk in one’s own life is one’s own to take, and the page says whose choice it is."""
        if not self.decision.is_about_person or row.carrier != self.decision.person:
            return ""
        if row.carries != Carries.YES:
            return ""
        if row.carrier in self.actor.ids:
            return _("This is a risk in your own life. It is your choice to take it.")
        name = {"name": self.names(row.carrier)}
        return _("This is a risk in the life of %(name)s. It is their choice to take it.") % name
