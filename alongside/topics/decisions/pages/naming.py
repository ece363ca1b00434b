"""Who is named how, on pages about one matter: by name in a life, by office where anyone can read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.shown import Names
from alongside.topics.people.policy import names_for_a_visitor, names_of, public_names_of


class NamesHere(Names):
    """The names on one page about one matter."""

    def __init__(self, actor: Actor, decision: models.Decision, ids: Iterable[UUID | None]) -> None:
        wanted = {one for one in ids if one is not None}
        super().__init__(actor, wanted if decision.is_about_person else ())
        self.private: dict[UUID, str] = {}  # those who are named here by their own name
        if not decision.is_about_person:
            self.known = public_names_of(wanted, clock.now())
            self.private = names_of(wanted)
            if actor.person is None:  # whoever has not signed in is told of offices and bodies alone
                shown = names_for_a_visitor(wanted)
                self.known = {
                    one: shown[one] if name == self.private[one] else name for one, name in self.known.items()
                }
                self.private = shown


def numbers_told(actor: Actor, decision: models.Decision, ids: Iterable[UUID | None]) -> set[UUID]:
    """Of these people, whose number a program may be told: as a page tells their names.

    In a life, of all whom it shows. Where anyone can read, never a worker’s, and a visitor is told nobody’s:
    a number says who said two things as surely as a name does.
    """
    wanted = {one for one in ids if one is not None}
    if decision.is_about_person:
        return wanted
    if actor.person is None:
        return set()
    called, own = public_names_of(wanted, clock.now()), names_of(wanted)
    return {one for one in wanted if one in actor.ids or called[one] == own[one]}
