"""Who stands apart from a matter of somebody's, and was not put there for it: one who may look at a legal
reason, or check with the person what was typed for them.

Never one who decides or ever decided about this person, nor anybody in one line with them; never somebody
whose speaking is disputed, or from whom something about the person is held back. Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import Outside
from alongside.topics.people.models import HoldBack, Kinds, Link, Organisation, OrganisationKind
from alongside.topics.people.models.links import posts_of
from alongside.topics.people.policy import organisations_of, standings, works_with
from alongside.topics.people.policy.guards import SpeakerStanding
from alongside.topics.people.policy.outside_line import Candidate, Longstanding

GROUPS = (OrganisationKind.COMMUNITY, OrganisationKind.USER_LED)


class Apart:
    """Who stands apart in one matter of one person: `outside` says who is outside of the line."""

    def __init__(self, decision: models.Decision, person: UUID, outside: Outside, moment: datetime) -> None:
        self.decision, self.person, self.outside, self.moment = decision, person, outside, moment

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
        return self.is_no_part_of_it(who) and not works_with(Actor(person=who), self.person, self.moment)

    def is_no_part_of_it(self, who: UUID) -> bool:
        """Neither of the line, nor in the matter, nor somebody the person may fear."""
        if who in self.parties or who not in self.outside:
            return False
        if any(one.disputed for one in standings(who, self.person, self.moment)):
            return False
        feared = HoldBack.everything.filter(about=self.person, held_from=who, lifted_at=None)
        return not feared.filter(ends_at__gt=self.moment).exists()

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
