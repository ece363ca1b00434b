"""Who has died, as somebody who works with them wrote it down and nobody has said since that it is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.wired import EVERYTHING, OpenTo
from alongside.kernel import clock
from alongside.kernel.policy import NO_ROWS, Actor, rule
from alongside.topics.people.models import Death, EndedByDeath, Kinds, Link, Person, PersonState
from alongside.topics.people.models.links import live
from alongside.topics.people.policy.guards import same_line


def who_died(people: Iterable[UUID | None]) -> set[UUID]:
    """Of these people, those who have died."""
    wanted = {one for one in people if one is not None}
    rows = Person.everything.like(id=wanted, state=PersonState.DIED, read_only=("state",)) if wanted else []
    return {row.id for row in rows}


def has_died_q() -> Q:
    """Whether the person that a row names has died, as one condition of a larger question."""
    return Q(Exists(Person.everything.filter(pk=OuterRef("person"), state=PersonState.DIED)))


def all_who_died() -> list[UUID]:
    """Everybody of whom it is written down, and nobody has said since that it is wrong."""
    return list(_standing().values_list("person", flat=True))


def who_wrote_it_down(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Who wrote down that each of these has died. What the installation wrote is nobody’s word."""
    rows = _standing().filter(person__in=list(people))
    return {row.person: row.written_by for row in rows if row.written_by is not None}


def _standing() -> QuerySet[Death]:
    """The deaths that are written down and not undone, the latest last."""
    found: QuerySet[Death] = Death.everything.filter(written_at__isnull=False, undone_at=None)
    return found.order_by("written_at", "id")


def has_died(person: UUID | None) -> bool:
    """Whether this person has died."""
    return bool(who_died([person]))


def death_of(person: UUID) -> Death | None:
    """What is written down of it."""
    return _standing().filter(person=person).last()


def days_lost(person: UUID | None) -> timedelta:
    """For how long it was last written down of somebody who lives that they had died."""
    rows = Death.everything.filter(person=person, written_at__isnull=False, undone_at__isnull=False)
    last = rows.order_by("-undone_at").first()
    return clock.day_of(last.undone_at) - clock.day_of(last.written_at) if last else timedelta(0)


def told_of(person: UUID) -> Death | None:
    """What somebody told us of it, while nobody who works with them has written it down or put it away."""
    rows = Death.everything.filter(person=person, written_at=None, taken_up_at=None, undone_at=None)
    return rows.order_by("told_at").first()


def open_to(person: UUID) -> OpenTo | None:
    """Everything that is theirs; the page of their death alone, where one is written down; nothing, where
    they were erased. Each page begins with this."""
    state = next((row.state for row in Person.everything.like(id=person, read_only=("state",))), None)
    if state == PersonState.ERASED:
        return None
    found = death_of(person) if state == PersonState.DIED else None
    return EVERYTHING if found is None else OpenTo(found.id, reverse("people:death", args=[found.id]))


def a_second_must_tell_first(person: UUID, by: UUID | None, at: datetime) -> bool:
    """Whether somebody from outside must tell us first. Nobody writes down alone that somebody has died who
    works for a body, or speaks for others: else whoever decides could choose who is asked."""
    works = Link.everything.filter(live(at), person=person, other=None, kind__in=_AT_WORK)
    if not (works | Link.everything.filter(live(at), other=person, kind__in=_FOR_OTHERS)).exists():
        return False
    told = told_of(person)
    return told is None or told.told_by is None or by is None or same_line(told.told_by, by, at)


_AT_WORK = [kind.value for kind in (*Kinds.POSTS, *Kinds.OFFICERS)]
_FOR_OTHERS = [kind.value for kind in (*Kinds.WORKERS, *Kinds.SPEAKERS)]


@rule(_("the advocate they had"))
def advocate_until_then(actor: Actor, at: datetime) -> Q:
    """Who stood beside them until it was written down, should it be a mistake. Nobody who holds a power."""
    if actor.person is None:
        return NO_ROWS
    advised = Link.everything.filter(other=actor.person, kind__in=[kind.value for kind in Kinds.ADVOCATES])
    mine = EndedByDeath.everything.filter(other=actor.person, link__in=advised.values("id"))
    return Q(pk__in=mine.values("death"))


@rule(_("the one who told us"))
def who_told(actor: Actor, at: datetime) -> Q:
    """As long as nothing has come of it."""
    return NO_ROWS if actor.person is None else Q(told_by=actor.person, taken_up_at=None)
