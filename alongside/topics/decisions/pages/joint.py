"""Positions that people wrote together: the words, who signed them and as what, and every dissent."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.interfaces.acting import address_of, may_do
from alongside.interfaces.page import render
from alongside.interfaces.who import Request
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import StandsAs
from alongside.topics.decisions.pages.naming import NamesHere
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.people.policy import names_of


@require_safe
def joint_page(request: Request, pk: UUID) -> HttpResponseBase:
    """Show every position written together on this matter."""
    actor = request.actor
    decision = opened(pk, actor)
    here = request.get_full_path()
    may_sign = decision.is_open and may_do(actor, "decisions.joint_signed", pk)
    context = {
        "decision": decision,
        "joints": Joints(actor, decision, here, may_sign=may_sign).shown(),
        "begin": address_of("decisions.joint_begun", decision=pk, next=here) if may_sign else "",
        "back": reverse("decisions:map", args=[pk]),
    }
    return render(request, "decisions/joint.html", context)


class Joints(OfMatter):
    """The positions of one matter, with their words and their signatures."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str, *, may_sign: bool) -> None:
        super().__init__(actor, decision, here)
        self.may_sign = may_sign
        self.joints = self.rows(models.Joint, "begun_at", "id")
        self.texts: dict[UUID, list[models.JointText]] = defaultdict(list)
        for text in self.rows(models.JointText, "-number"):
            self.texts[text.joint].append(text)
        self.signatures: dict[UUID, list[models.Signature]] = defaultdict(list)
        signed = self.rows(models.Signature, "signed_at", "id")
        for row in signed:
            self.signatures[row.joint].append(row)
        self.bodies = names_of(row.body for row in signed)
        self.names = NamesHere(actor, decision, {row.person for row in (*signed, *self.joints)})

    def shown(self) -> list[dict[str, Any]]:
        return [self._one(row) for row in self.joints]

    def _one(self, row: models.Joint) -> dict[str, Any]:
        live = [one for one in self.signatures[row.id] if one.left_at is None]
        now = [one for one in live if one.number == row.version]
        mine = [one for one in live if one.person in self.actor.ids]
        is_asked = self.may_sign and not any(one.number == row.version for one in mine)
        left = {one.person for one in self.signatures[row.id]} - {one.person for one in live}
        return {
            "row": row,
            "text": self.texts[row.id][0],
            "older": self.texts[row.id][1:],
            "signed": [self._signature(one) for one in now],
            "dissents": sum(one.dissents for one in now),
            "asked_again": len(live) - len(now),
            "left": len(left),
            "sign": self.act("joint_signed", joint=row.id, number=row.version) if is_asked else "",
            "leave": self.act("joint_left", joint=row.id) if mine else "",
            "rewrite": self.act("joint_rewritten", joint=row.id)
            if self.may_sign and (mine or row.person in self.actor.ids)
            else "",
        }

    def _signature(self, row: models.Signature) -> dict[str, Any]:
        labels = {
            StandsAs.DRAWS: "draws",
            StandsAs.CARER: "carer",
            StandsAs.PRACTITIONER: "practitioner",
            StandsAs.BODY: "body",
        }
        return {
            "row": row,
            "who": self.bodies[row.body] if row.body else self.names(row.person),
            "stands_as": labels.get(StandsAs(row.stands_as), "other"),
        }
