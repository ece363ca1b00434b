"""Names on a page that anybody can read: the office stands there, and never a worker's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces.acting import may_do
from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.whom import may_take_over
from alongside.topics.decisions.policy import ANOTHER_WORKER
from alongside.topics.people.models import Holding, Kinds, Link, LinkKind
from alongside.topics.people.policy import workers_of

POST = ("person", "kind", "organisation", "opens_at", "closes_at")  # what is looked at of a post


@dataclass(frozen=True)
class InPublic:
    """As what those stand who decide a matter about a service or a place, or work for its body."""

    body: UUID | None
    seats: Mapping[UUID, models.Decider]
    kinds: Mapping[UUID, set[str]]  # of their posts
    offices: Mapping[UUID, UUID]

    @property
    def to_name(self) -> set[UUID]:
        """The offices and the body whose names stand in place of a person's."""
        return {*self.offices.values(), *([self.body] if self.body else [])}

    def called(self, one: UUID, names: Mapping[UUID, str]) -> str:
        """What the matter calls them; nothing for whoever keeps the name they gave.

        A councillor's office is public, so a councillor is named. Everyone else in it acts as an office, as
        the body, or as a member who draws on care and support.
        """
        row, kinds = self.seats.get(one), self.kinds.get(one, set())
        if row is not None and row.is_member:
            return _("A member who draws on care and support")
        if one in self.offices:
            return names[self.offices[one]]
        if kinds - {LinkKind.COUNCILLOR.value} or (row is not None and not kinds):
            return _("Someone at %(body)s") % {"body": names[self.body] if self.body else ""}
        return ""


def in_public(
    matter: models.Decision, wanted: set[UUID], seats: Sequence[models.Decider] | None = None
) -> InPublic:
    """As what these people stand in the matter. `seats`: all who decide it or did, where they are known."""
    now = clock.now()
    if seats is None:
        seats = models.Decider.everything.like("since_at", decision=matter.id, person=wanted)
    seated = {row.person: row for row in seats if row.person in wanted}
    kinds: dict[UUID, set[str]] = {}
    for post in Link.everything.like(read_only=POST, person=wanted, other=None, kind=Kinds.POSTS):
        if post.is_live(now) and (post.organisation == matter.organisation or post.person in seated):
            kinds.setdefault(post.person, set()).add(post.kind)
    holdings = Holding.everything.like(holder=wanted, organisation=matter.organisation)
    held = {row.holder: row.office for row in holdings if row.closes_at is None or row.closes_at > now}
    offices = held | {one: row.office for one, row in seated.items() if row.office is not None}
    return InPublic(matter.organisation, seated, kinds, offices)


@kept_question
def _posts(actor: Actor, at: datetime) -> Any:
    """What the reader works as or belongs to, whoever said so."""
    return Link.everything.filter(person__in=actor.records, other=None)[:1]


def may_take_up(actor: Actor, decision: models.Decision) -> bool:
    """Whether the page offers the reader to decide this. Who works for nobody is asked nothing about work."""
    works = decision.is_about_person or (actor.person is not None and bool(_posts(actor)))
    if not works or not may_do(actor, "decisions.taken_up", decision.id) or _has_a_stake(actor, decision):
        return False
    return may_take_over(decision, actor.person, clock.now())


def _has_a_stake(actor: Actor, decision: models.Decision) -> bool:
    """Whether it is about the reader: their own life, or somebody who asks for another worker."""
    if decision.person is None:
        return False
    if decision.person in actor.ids:
        return True
    wanted = decision.change_code == ANOTHER_WORKER
    return wanted and actor.person in workers_of(decision.person, clock.now())


def inside(name: str) -> str:
    """What somebody is called by a page that has no name for them, in the middle of a sentence."""
    if name == _("You"):
        return _("you")
    of_ours = (_("A member who draws on care and support"), _("Someone"))
    return name[:1].lower() + name[1:] if name.startswith(of_ours) else name
