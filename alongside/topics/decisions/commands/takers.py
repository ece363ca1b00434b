"""Who could take up a worry that nobody on duty did, and whose turn it is.

First an office that the body has named; of any other body than a council, then a council’s duty team; then
whoever works there in another line. We do not know whom a worry is about: it says so in words. So nobody has
a turn whose name stands in them, nor anybody near to one whose name does. Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from alongside.kernel.policy import INSTALLATION, PUBLIC, Actor
from alongside.kernel.pseudonyms import person_behind
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.outside import Outside
from alongside.topics.decisions.commands.turns import Could, whose_turn, work_for
from alongside.topics.decisions.models import ChecksAs
from alongside.topics.decisions.policy.worries import still_there_q, worry_q
from alongside.topics.people.models import (
    AskedAs,
    Findable,
    HoldBack,
    Kinds,
    Link,
    Organisation,
    OrganisationKind,
)
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import duty_teams_of, now_is, officers_of, same_line, staff_of, works_with
from alongside.topics.people.policy.naming import NamesInWords
from alongside.topics.people.policy.outside_line import Longstanding

STEPS = (AskedAs.MANAGER, AskedAs.COLLEAGUE)  # of other lines, in this order


def on_duty(organisation: UUID, moment: datetime) -> set[UUID]:
    """Whoever works on a duty team of a body."""
    return {one for team in duty_teams_of(organisation) for one in staff_of(team, moment)}


def who_reads(concern: models.Concern, moment: datetime) -> set[UUID]:
    """Who reads a worry without being asked: whoever is on duty; where nobody is, whoever helps to run it."""
    could = on_duty(concern.organisation, moment) | set(officers_of(concern.organisation, moment))
    worry = models.Concern.everything.filter(id=concern.id)
    return {one for one in could if worry.filter(worry_q(Actor(person=one), moment, "organisation")).exists()}


class Everybody:
    """The names of all whom we know, read once for all worries that are looked at in one go."""

    @cached_property
    def names(self) -> NamesInWords:
        return NamesInWords(Findable.everything.values_like("id", "folded", kind=Findable.PERSON))


class Takers:
    """Who could take up one worry now."""

    def __init__(self, concern: models.Concern, moment: datetime, everybody: Everybody | None = None) -> None:
        self.concern, self.moment, self.everybody = concern, moment, everybody or Everybody()

    def next(self, but: Collection[UUID]) -> Could | None:
        """Whose turn it is now, of all but these. Of those with as few, the digest of the worry’s id says
        who: it was made at the door, and nobody chose it."""
        for pool in self._pools():
            left = [one for one in pool if one.person not in but]
            found = whose_turn(
                left, self._may_be_asked, entry=self.concern.id, moment=self.moment, outside=self.outside
            )
            if found is not None:
                return found
        return None

    def can_still(self, who: UUID) -> bool:
        """Whether one who was asked stands outside now, and works there still: people change their posts."""
        there = models.ConcernAsked.asked_now(self.concern.id).filter(asked=who)
        here = there.filter(still_there_q(Actor(person=who), self.moment))
        return who in self.outside and bool(here.exists())

    def _may_take(self, who: UUID) -> bool:
        return who in self.outside and not any(self._is_near(who, one) for one in self._away_from)

    def _may_be_asked(self, one: Could) -> bool:
        """Nor is anybody put there for it by whoever reads it already."""
        there = Longstanding(self.outside, self.concern.raised_at, self.moment)
        return self._may_take(one.person) and there.holds(one.post, one.where)

    def _pools(self) -> Iterator[list[Could]]:
        own = list(work_for(self.concern.organisation, self.moment))
        yield [one for one in own if one.post.standing == AskedAs.OFFICE]
        if not self._is_a_council:
            councils = Organisation.everything.filter(kind=OrganisationKind.COUNCIL).order_by("id")
            for body in councils.exclude(id=self.concern.organisation).values_list("id", flat=True):
                yield list(work_for(body, self.moment, as_what=ChecksAs.COUNCIL))
        for standing in STEPS:
            yield [one for one in own if one.post.standing == standing]

    @cached_property
    def _is_a_council(self) -> bool:
        body = Organisation.everything.filter(id=self.concern.organisation)
        return bool(body.filter(kind=OrganisationKind.COUNCIL).exists())

    # Who stands outside -----------------------------------------------------------------------------

    @cached_property
    def outside(self) -> Outside:
        """Outside the lines of all who are on duty, or were when it came, as they work now and as they worked
        then. Where nobody was on duty at all, outside the lines of those who read it in their place."""
        began = self.concern.raised_at
        line = {one for at in (began, self.moment) for one in on_duty(self.concern.organisation, at)}
        return Outside(line or who_reads(self.concern, self.moment), self.moment, since=began)

    @cached_property
    def _away_from(self) -> set[UUID]:
        """Who told it, and everybody whose name stands in it: it may be about them, or about their boss."""
        said_by = self.concern.raised_by
        if said_by in (PUBLIC, INSTALLATION):
            return self.named
        return self.named | {now_is(person_behind(said_by) or said_by)}

    @cached_property
    def named(self) -> set[UUID]:
        """Who is named in it, of all whom we know."""
        posts = Link.everything.filter(live(self.moment), other=None, kind__in=list(Kinds.COLLEAGUES))
        works_here = {_as_kept(one) for one in posts.values_list("person", flat=True)}
        found = self.everybody.names.within(str(self.concern.words or ""), well_known=works_here)
        return {one if isinstance(one, UUID) else UUID(str(one)) for one in found}

    def _is_near(self, who: UUID, other: UUID) -> bool:
        """Whether somebody is another, works in one line or with them, or ever stood in their life."""
        if same_line(who, other, self.moment) or works_with(Actor(person=who), other, self.moment):
            return True
        near = Q(person=who, other=other) | Q(person=other, other=who)
        if Link.everything.filter(near, opens_at__lte=self.moment).exists():
            return True
        held = HoldBack.everything.filter(about=other, held_from=who, lifted_at=None)
        return bool(held.filter(ends_at__gt=self.moment).exists())


def _as_kept(person: UUID) -> Any:
    """An id as the database keeps it, to be compared with one that was not made into an id."""
    return person if connection.vendor == "postgresql" else person.hex
