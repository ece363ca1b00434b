"""Names on a page: whoever reads it is called “you”, and whoever cannot be named is “someone”."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces.words import verbs_stay
from alongside.kernel.policy import INSTALLATION, Actor
from alongside.topics.people.policy import names_of


class Names:
    """The names on one page, read in one go. You are called “you”."""

    def __init__(self, actor: Actor, ids: Iterable[UUID | None]) -> None:
        self.actor, self.ids = actor, frozenset(actor.ids)
        self.known = self.read({one for one in ids if one is not None})

    def read(self, wanted: set[UUID]) -> dict[UUID, str]:
        """What each of these is called on this page."""
        return names_of(wanted)

    def __call__(self, one: UUID | None) -> str:
        if one is None or one == INSTALLATION:
            return _("Alongside")
        return _("You") if one in self.ids else self.known.get(one) or _("Someone")

    def inside(self, one: UUID | None) -> str:
        """The same in the middle of a sentence."""
        return _("you") if one in self.ids else self(one)

    def subject(self, one: UUID | None) -> str:
        """The same before a verb. In a language whose verb changes with “you”: the reader’s own name."""
        if verbs_stay() or one is None or one not in self.ids:
            return self(one)
        return self.known.get(one) or names_of([one])[one]
