"""Who may look at a legal reason from outside the line that decides, and who of them is asked.

Never one who decides or ever decided about this person, nor anybody in one line with them; never who wrote it
down, who raised the matter or by whose power it goes; never somebody whose speaking is disputed, or from whom
something about the person is held back. Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from alongside.topics.decisions import models
from alongside.topics.decisions.commands.apart import Apart, posts_in
from alongside.topics.decisions.commands.grounded import EMERGENCY
from alongside.topics.decisions.commands.outside import outside_of_law
from alongside.topics.decisions.models import SeesAs
from alongside.topics.decisions.policy import MONEY_CHANGES
from alongside.topics.people.models import AskedAs, Dispute, HoldBack, Kinds, Scope
from alongside.topics.people.policy import standings, workers_of
from alongside.topics.people.policy.guards import SpeakerStanding, duty_teams_of
from alongside.topics.people.policy.outside_line import body_of, candidates

MOST_ASKED = 6  # at once: the next are asked when none of these has said anything by the day


@dataclass(frozen=True)
class Looker:
    """Somebody who may look at it, and as what."""

    person: UUID
    standing: SeesAs
    office: UUID | None = None


class Lookers(Apart):
    """Who may look at one legal reason now."""

    def __init__(self, decision: models.Decision, ground: models.Ground, moment: datetime) -> None:
        person: UUID = ground.person  # type: ignore[assignment]  # a ground is about somebody
        super().__init__(decision, person, outside_of_law(decision, moment, ground.author), moment)
        self.ground = ground

    def of(self, who: UUID | None) -> Looker | None:
        """As what this person may look at it, if they may."""
        if who is None or not self.stands_apart(who):
            return self._struck_advocate(who)
        speaks = self._speaks(who)
        if speaks is not None:
            return Looker(who, speaks)
        return next((one for one in self.desk if one.person == who), None)

    def to_ask(self, but: set[UUID]) -> list[Looker]:
        """Who is asked now: those who speak for the person first, and then the desks that are outside. In an
        emergency all at once, for its day is short."""
        speakers = [*workers_of(self.person, self.moment, Kinds.ADVOCATES)]
        speakers += workers_of(self.person, self.moment, Kinds.POWERS)
        near = [one for each in dict.fromkeys(speakers) if (one := self.of(each)) and each not in but]
        desk = [one for one in self.desk if one.person not in but and self.stands_apart(one.person)]
        if self.ground.held_at_once:
            return [*near, *desk][:MOST_ASKED]
        if all(one.person in self._disputed or one.person in self.struck_out for one in near):
            return [*near, *desk][:MOST_ASKED]  # her no counts, and her yes waits until it is settled
        return near[:MOST_ASKED]

    def _struck_advocate(self, who: UUID | None) -> Looker | None:
        """The advocate whom the line gave a post in it: their no shuts the gate as before. Their yes does not
        count while they work there."""
        if who is None or who not in self.struck_out or who in self._feared or who in self.parties:
            return None
        speaks = self._speaks(who)
        return Looker(who, speaks) if speaks == SeesAs.ADVOCATE else None

    # Who stands apart -------------------------------------------------------------------------------

    @cached_property
    def parties(self) -> set[UUID]:
        """And who wrote it down, and by whose power it goes."""
        named = (self.ground.author, self.ground.holder)
        return super().parties | {one for one in named if one is not None}

    def stands_apart(self, who: UUID) -> bool:
        if who in self.parties or who not in self.outside:
            return False
        if self.works_with_them(who):
            return False
        if who in self._disputed and (self._is_emergency or self._others_dispute(who)):
            return False
        return who not in self._feared

    def _others_dispute(self, who: UUID) -> bool:
        return any(by in self.outside for by in self._disputed[who])

    @property
    def _is_emergency(self) -> bool:
        return self.ground.code == EMERGENCY

    @cached_property
    def _disputed(self) -> dict[UUID, set[UUID]]:
        """Whose speaking for the person is disputed now, and by whom. The word of the line that decides does
        not strike out whoever would say no to it; in an emergency it does, for others look the same day."""
        rows = Dispute.everything.filter(person=self.person, settled_at=None)
        found: dict[UUID, set[UUID]] = {}
        for speaker, by in rows.values_list("speaker", "by"):
            found.setdefault(speaker, set()).add(by)
        return found

    @cached_property
    def _feared(self) -> set[UUID]:
        """From whom something about the person is held back: the word of the line alone is not enough."""
        rows = HoldBack.everything.filter(about=self.person, lifted_at=None, ends_at__gt=self.moment)
        return {
            row.held_from
            for row in rows
            if self._is_emergency
            or row.proposed_by in self.outside
            or (row.agreed_by is not None and row.agreed_by in self.outside)
        }

    # Those who speak for the person -----------------------------------------------------------------

    def _speaks(self, who: UUID) -> SeesAs | None:
        scope = Scope.MONEY if self.decision.change_code in MONEY_CHANGES else Scope.WELFARE
        for one in standings(who, self.person, self.moment):
            if not one.in_use or not one.covers(scope, self.decision.id):
                continue
            if one.kind in Kinds.ADVOCATES and self.is_independent(one, who):
                return SeesAs.ADVOCATE
            if one.is_power and one.speaks and self._may_look_by_power(one):
                return SeesAs.POWER
        return None

    def _may_look_by_power(self, one: SpeakerStanding) -> bool:
        """Never in an emergency: whoever holds a power is often near, and may be whom the person fears."""
        return not self._is_emergency and one.is_seen_outside(self.outside)

    # The desks that are outside: the duty team, and the offices that the body has named -------------

    @cached_property
    def desk(self) -> list[Looker]:
        """Nobody is put there for this matter: whom the line put there came well before it was raised."""
        body = self.decision.organisation or body_of(self.person, self.moment)
        if body is None:
            return []
        first, duty = next(candidates(body, self.moment), []), posts_in(duty_teams_of(body))
        found: dict[UUID, Looker] = {}
        for each in first:
            if each.person not in found and self.was_there(each, duty) and not self.was_near(each.person):
                as_what = SeesAs.OFFICE if each.standing == AskedAs.OFFICE else SeesAs.DUTY
                found[each.person] = Looker(each.person, as_what, each.office)
        return self.fairly(list(found.values()))


def nobody_outside(decision: models.Decision, ground: models.Ground, moment: datetime) -> bool:
    """Whether nobody could look at it now: then the gate stays shut, and the page says whom to ask."""
    return not Lookers(decision, ground, moment).to_ask(set())


def pairs(grounds: list[models.Ground]) -> Iterator[tuple[models.Decision, models.Ground]]:
    """Each ground with its matter."""
    matters = {row.id: row for row in models.Decision.everything.filter(id__in={g.decision for g in grounds})}
    for ground in grounds:
        yield matters[ground.decision], ground
