"""Who stands apart from a matter of somebody's, and was not put there for it: one who may look at a legal
reason, or check with the person what was typed for them.

Never one who decides or ever decided about this person, nor anybody in one line with them; never somebody
whose speaking is disputed, or from whom something about the person is held back. Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Q

from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.outside import Outside
from alongside.topics.decisions.commands.put_there import was_put_there
from alongside.topics.people.models import Dispute, HoldBack, Kinds, Link, Organisation, OrganisationKind
from alongside.topics.people.models.links import live, posts_of
from alongside.topics.people.policy import organisations_of, standings, works_with
from alongside.topics.people.policy.guards import SpeakerStanding
from alongside.topics.people.policy.outside_line import Candidate, Longstanding, is_near, there_days


class InPool(Protocol):
    """Somebody who could be asked, and by which office, if by one."""

    @property
    def person(self) -> UUID: ...
    @property
    def office(self) -> UUID | None: ...


P = TypeVar("P", bound=InPool)
GROUPS = (OrganisationKind.COMMUNITY, OrganisationKind.USER_LED)


class Apart:
    """Who stands apart in one matter of one person: `outside` says who is outside of the line."""

    def __init__(self, decision: models.Decision, person: UUID, outside: Outside, moment: datetime) -> None:
        self.decision, self.person, self.outside, self.moment = decision, person, outside, moment
        self.began = decision.raised_at - timedelta(days=there_days(moment))  # what the line did for it

    @cached_property
    def parties(self) -> set[UUID]:
        """Whose matter it is, or who wants it: they do not look at it from outside."""
        theirs = models.Decision.everything.filter(person=self.person).values("id")
        decided = models.Decider.everything.filter(Q(decision__in=theirs) | Q(decision=self.decision.id))
        affected = models.Affected.everything.filter(decision=self.decision.id, person__isnull=False)
        return {
            self.person,
            self.decision.raised_by,
            *decided.values_list("person", flat=True),
            *affected.values_list("person", flat=True),
        }

    def stands_apart(self, who: UUID) -> bool:
        return self.is_no_part_of_it(who) and not self.works_with_them(who)

    def works_with_them(self, who: UUID) -> bool:
        """Whether they work with the person: not by a word of the line since the matter was raised, for so it
        could strike out whom it likes."""
        if not works_with(Actor(person=who), self.person, self.moment):
            return False
        since = {"since": self.began}
        return not was_put_there(who, self.person, self.decision.id, self.outside, self.moment, **since)

    def is_no_part_of_it(self, who: UUID) -> bool:
        """Neither of the line, nor in the matter, nor somebody the person may fear."""
        if who in self.parties or who not in self.outside or self._held_from(who).exists():
            return False
        disputed = any(one.disputed for one in standings(who, self.person, self.moment))
        return not disputed or self.only_the_line_disputes(who)

    def _held_from(self, who: UUID) -> Any:
        rows = HoldBack.everything.filter(about=self.person, held_from=who, lifted_at=None)
        return rows.filter(ends_at__gt=self.moment)

    def was_near(self, who: UUID) -> bool:
        """Whether they stand in the life of one of these, or ever did: a former husband may be the danger.
        What the line alone wrote down since the matter was raised strikes nobody out."""
        others = self.parties | self.outside.deciders
        if is_near(who, others - {self.person}, self.moment):
            return True
        near = Q(person=who, other__in=others) | Q(other=who, person__in=others)
        rows = Link.everything.filter(near, opens_at__lte=self.moment).exclude(kind__in=Kinds.WORKERS)
        return any(row.kind in Kinds.BY_CONSENT or not self._since_by_the_line(row) for row in rows)

    # The line strikes nobody out --------------------------------------------------------------------

    def _since_by_the_line(self, row: Link) -> bool:
        """Whether the line that decides wrote this since the matter was raised, or only just before."""
        return row.said_by not in self.outside and (row.opens_at or self.moment) >= self.began

    def only_the_line_disputes(self, who: UUID) -> bool:
        """Whether nobody but the line says, since just before it was raised, that they should not speak."""
        rows = list(Dispute.everything.filter(person=self.person, speaker=who, settled_at=None))
        return bool(rows) and all(row.by not in self.outside and row.at >= self.began for row in rows)

    def fairly(self, pool: list[P]) -> list[P]:
        """Those of a pool who have a turn. Where the line struck one of them out, only whoever holds a named
        office: whoever else is left would be chosen by the line."""
        if self.struck_out.isdisjoint(one.person for one in pool):
            return pool
        return [one for one in pool if one.office is not None]

    @cached_property
    def struck_out(self) -> set[UUID]:
        """Whom the line alone, since the matter was raised or only just before, took out of those who could
        be asked: by a post in it, or by asking to hold something back from them."""
        return self._by_its_word() | self._by_a_post()

    def _by_its_word(self) -> set[UUID]:
        rows = HoldBack.everything.filter(about=self.person, lifted_at=None, ends_at__gt=self.moment)
        rightly = {row.held_from for row in rows if self._said_outside(row)}
        since = {row.held_from for row in rows if row.proposed_at >= self.began}
        return {who for who in since - rightly if who in self.outside}

    def _by_a_post(self) -> set[UUID]:
        """Who had a post outside, and has one in the line beside it. Somebody who was truly moved before the
        matter was raised, and has left the other, is of the line."""
        raised = self.decision.raised_at
        then, before = (Outside(self.outside.deciders, at) for at in (raised, self.began))
        posts = Link.everything.filter(live(self.moment), other=None, kind__in=list(Kinds.COLLEAGUES))
        since = [row for row in posts.filter(opens_at__gte=self.began) if row.said_by not in self.outside]
        inside = [row for row in since if row.person not in then.deciders and row.person not in self.outside]
        found = {row.person for row in inside if row.opens_at >= raised and row.person in then}
        found = {who for who in found if posts_of(who, raised, Kinds.COLLEAGUES).exists()}
        kept = posts.filter(opens_at__lt=self.began, person__in={row.person for row in inside})
        beside = set(kept.values_list("person", flat=True))
        return found | {who for who in beside if who in before}

    def _said_outside(self, row: HoldBack) -> bool:
        return any(by is not None and by in self.outside for by in (row.proposed_by, row.agreed_by))

    # Nobody is put there for this matter ------------------------------------------------------------

    def is_independent(self, one: SpeakerStanding, who: UUID) -> bool:
        """An advocate whom the line wrote down works in a group that is none of theirs, in a post that none
        of them gave: nobody makes a friend of theirs the one who looks."""
        said_by = Link.everything.filter(pk=one.link).values_list("said_by", flat=True).first()
        if said_by is not None and said_by in self.outside:
            return True
        groups = Organisation.everything.filter(kind__in=GROUPS).values("id")
        posts = posts_of(who, self.moment, Kinds.COLLEAGUES).filter(organisation__in=groups)
        theirs = {body for one in self.outside.deciders for body in organisations_of(one, self.moment)}
        return any(row.said_by in self.outside and row.organisation not in theirs for row in posts)

    def was_there(self, each: Candidate, where: Q) -> bool:
        """Nobody is put there for this matter. `where` says which of their posts count."""
        return Longstanding(self.outside, self.decision.raised_at, self.moment).holds(each, where)


def posts_in(teams: Iterable[UUID]) -> Q:
    """Posts in one of these teams."""
    return Q(team__in=list(teams))
