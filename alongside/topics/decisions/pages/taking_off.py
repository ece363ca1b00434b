"""Whom a matter affects, each with the way to say that it does not, for whoever may say that of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.people.policy.deaths import has_died_q


def died_since(actor: Actor, decision: models.Decision) -> Any:
    """Whom the reader named in their own matter, for whom it waits, and who has died since."""
    named = {"decision": decision.id, "named_by__in": actor.ids, "waits": True, "ended_at": None}
    return models.Affected.everything.filter(has_died_q(), person__isnull=False, **named).order_by("id")


class TakingOff(OfMatter):
    """These people of one matter, as one reader may take them off its list.

    Themself; whoever decides, those whom those who decide named by mistake; whose life it is, somebody it
    waited for who has died.
    """

    def __init__(
        self, actor: Actor, decision: models.Decision, here: str, people: Sequence[models.Affected]
    ) -> None:
        super().__init__(actor, decision, here)
        self.deciders = {row.person for row in self.rows(models.Decider, until_at=None)}
        self.decides = bool(self.deciders & set(actor.ids))
        self.may = decision.is_open and actor.person is not None
        self.is_theirs = decision.person is not None and decision.person in actor.ids
        self.dead = list(died_since(actor, decision)) if self.may and self.is_theirs else []
        known = {row.id for row in people}
        self.people = [*people, *(row for row in self.dead if row.id not in known)]
        others = [row.person for row in people if row.person != decision.person and row.person is not None]
        self.spoke = self._who_spoke(others) if self.may and self.decides else set[UUID]()

    def _who_spoke(self, others: Sequence[UUID]) -> set[UUID]:
        """Who of these has said something: nobody who decides takes them off."""
        said = models.View.everything.filter(decision=self.decision.id, person__in=others)
        return set(said.values_list("person", flat=True))

    def lines(self, names: Names) -> list[tuple[str, str, str]]:
        """Each name with the address of the form and its words; both are empty where the reader may not."""
        found = [(names(row.person), *self._way(row)) for row in self.people]
        return sorted(found, key=lambda line: line[0].casefold())

    def _way(self, row: models.Affected) -> tuple[str, str]:
        if not self.may or row.person == self.decision.person:
            return "", ""
        to = self.act("affected_ended", affected=row.id)
        if row.person in self.actor.ids:
            return to, _("It does not affect me after all")
        named_by_mistake = not row.waits and row.named_by in self.deciders and row.person not in self.spoke
        if row in self.dead or (self.decides and named_by_mistake):
            return to, _("It does not affect them after all")
        return "", ""

    @property
    def why_so(self) -> str:
        """Why nobody else can be taken off, for those who might look for it."""
        if not self.may or not (self.decides or self.is_theirs):
            return ""
        if self.decides:
            return _("Once it waits for them, or they spoke, only they can say that it does not affect them.")
        return _(
            "Was somebody named by mistake? Ask those who decide. If you named somebody who has died since, "
            "you can say here that it does not wait for them."
        )
