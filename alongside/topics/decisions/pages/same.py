"""Views whose givers say that they are the same: who may say so of which, and who is asked to agree."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.functional import cached_property

from alongside.interfaces.acting import may_do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Sees, View
from alongside.topics.decisions.pages.of_matter import OfMatter
from alongside.topics.decisions.pages.shown import Names


class SaidTheSame(OfMatter):
    """What one reader can say of their own view beside those of others. To whoever gave none, nothing."""

    def __init__(self, actor: Actor, decision: models.Decision, here: str) -> None:
        super().__init__(actor, decision, here)
        self.mine = self._mine()
        self.pairs = self.rows(models.SameView, "asked_at") if self.mine is not None else []

    def _mine(self) -> View | None:
        """What the reader said, as it stands now, where it can be said to be the same as something."""
        actor, pk = self.actor, self.decision.id
        if actor.person is None or not self.decision.is_open or not may_do(actor, "decisions.same_said", pk):
            return None
        own = {"person": actor.ids, "is_current": True, "is_declining": False, "taken": ""}
        return next(iter(self.rows(View, "-said_at", **own)), None)

    @property
    def must_show_first(self) -> str:
        """Where the reader lets others read what they said: nobody can agree to words they cannot read."""
        if self.mine is None or self.mine.sees != Sees.DECIDERS:
            return ""
        return self.act("view_shown", view=self.mine.id)

    @cached_property
    def asking(self) -> list[View]:
        """The views, open to the reader, of those who say that the reader said the same."""
        wanted = [row.view for row in self.pairs if self._asks_me(row)]
        return self.rows(View, "said_at", id=wanted, is_current=True) if wanted else []

    def _asks_me(self, row: models.SameView) -> bool:
        return self.mine is not None and row.other == self.mine.id and row.agreed_at is None

    def asks(self, names: Names) -> list[dict[str, Any]]:
        """Each who waits for the reader to agree: who, what they said, and where to say yes."""
        row_of = {row.view: row.id for row in self.pairs if self._asks_me(row)}
        return [
            {"who": names(view.person), "view": view, "agree": self.act("same_agreed", row=row_of[view.id])}
            for view in self.asking
        ]

    def beside(self, view: View) -> dict[str, Any]:
        """What stands under one view: that both agree, that one of them said so, or where to say it."""
        if self.mine is None or view.person in self.actor.ids or view.is_declining or view.taken:
            return {}
        state = self._state(view.id)
        if state or self.mine.sees == Sees.DECIDERS:
            return {"state": state}
        return {"state": "", "say": self.act("same_said", view=self.mine.id, other=view.id)}

    def _state(self, other: UUID) -> str:
        """How the reader and the giver of this view stand: both agree, the reader asked, or was asked."""
        assert self.mine is not None
        both = {self.mine.id, other}
        for row in self.pairs:
            if {row.view, row.other} == both:
                return "agreed" if row.agreed_at else "asked" if row.view == self.mine.id else "asks"
        return ""
