"""Who could answer somebody who says that a decision is wrong, and whose turn it is.

All who work for the body that decided, outside the line of everybody who decides it or ever did, who raised
it, or had a voice in it: as they work now and as they worked when it was raised. Each has a turn.
Where nobody stands outside: an office that the body has named, if whoever says that it is wrong chooses it.
Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from uuid import UUID

from alongside.kernel.policy import INSTALLATION
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.checkers import InTurn
from alongside.topics.decisions.commands.outside import outside_of_law
from alongside.topics.decisions.commands.turns import AskedPerson, work_for
from alongside.topics.people.policy import holders_of
from alongside.topics.people.policy.outside_line import body_of, offices_that_agree


def had_a_part(decision: models.Decision) -> set[UUID]:
    """Everybody who had a part in deciding this: a seat at any time, a voice, or the last word."""
    seats = models.Decider.everything.filter(decision=decision.id).values_list("person", flat=True)
    voices = models.Voice.everything.filter(decision=decision.id).values_list("person", flat=True)
    earlier = models.Earlier.everything.filter(decision=decision.id).values_list("decided_by", flat=True)
    return {one for one in (*seats, *voices, *earlier, decision.decided_by) if one is not None}


class Answerers(InTurn):
    """Who could answer one challenge of a decision."""

    def __init__(self, decision: models.Decision, challenge: models.Challenge, moment: datetime) -> None:
        person: UUID = challenge.person  # type: ignore[assignment]  # a challenge is somebody’s
        self.challenge = challenge
        line = had_a_part(decision) | ({decision.raised_by} - {person, decision.person})
        outside = outside_of_law(decision, moment, deciders=line - {INSTALLATION})
        super().__init__(decision, person, outside, moment)

    def next(self, entry: UUID, but: Collection[UUID]) -> AskedPerson | None:
        """Whose turn it is now, of all but these."""
        pool = list(work_for(self.body, self.moment)) if self.body is not None else []
        return self.drawn(pool, entry, but)

    def may_answer(self, who: UUID) -> bool:
        """Whether they stand outside now: people change their posts after they were asked."""
        return self.stands_apart(who) and not self.was_near(who)

    def to_choose(self) -> list[tuple[UUID, UUID]]:
        """(office, who holds it) of each that whoever says it is wrong could choose: the body named it, and
        its holder stands outside. How long ago does not count, for nobody of the line chooses."""
        offices = offices_that_agree(self.body) if self.body is not None else []
        found = [(office, who) for office in offices for who in holders_of(office, self.moment)]
        return [(office, who) for office, who in found if self.may_answer(who)]

    @cached_property
    def parties(self) -> set[UUID]:
        """And who wrote it down, or says it for somebody."""
        row = self.challenge
        return super().parties | {one for one in (row.made_by_person, row.typist) if one is not None}

    @cached_property
    def body(self) -> UUID | None:
        """The body that decided."""
        return self.decision.organisation or body_of(self.person, self.moment)
