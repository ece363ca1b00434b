"""Who it is that comes in: by an email address, single sign-on or a code. And whom they may type for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from alongside.interfaces.letter import tidy_code
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.people.models import (
    ActingProgram,
    Kinds,
    LinkKind,
    Person,
    PersonState,
    SignInName,
    WayIn,
    WayToTell,
)
from alongside.topics.people.models.links import linked_q, undisputed_links, worked_q, worker_q
from alongside.topics.people.models.persons import finder, found_by
from alongside.topics.people.policy.names import names_of
from alongside.topics.people.policy.one_person import now_is


def person_for_email(email: str) -> UUID | None:
    """Who signs in by this address."""
    return _who(found_by("email", "", email))


MOST_OFFERED = 2000  # names that one form looks through
STILL_ON_ITS_WAY = timedelta(hours=1)  # longer than any code or link that an email brings is good for


def set_up_by(person: UUID) -> UUID | None:
    """The worker who alone wrote down how this person signs in: then nobody can tell the two apart.

    An address that was just taken back counts too: what was sent there a minute before still opens the door.
    """
    stands = Q(ended_at=None) | Q(ended_at__gt=clock.now() - STILL_ON_ITS_WAY)
    rows = SignInName.everything.filter(stands, person=person, set_by__isnull=False)
    found: UUID | None = rows.order_by("since", "id").values_list("set_by", flat=True).first()
    return found


def person_for_oidc(issuer: str, subject: str) -> UUID | None:
    """Who signs in by this name at a council's single sign-on."""
    return _who(finder("oidc", issuer, subject))


def _who(wanted: str) -> UUID | None:
    if not wanted:
        return None
    rows = SignInName.everything.filter(finder=wanted, ended_at=None)
    found = rows.values_list("person", flat=True).first()
    return _in_use(found, PersonState.ACTIVE, PersonState.DIED)  # it may be a mistake, and they say so


def _in_use(person: UUID | None, *states: PersonState) -> UUID | None:
    """The person, or the record that now stands for them; nobody, when they were erased."""
    if person is None:
        return None
    stands = now_is(person)
    found = Person.everything.filter(pk=stands, state__in=states or [PersonState.ACTIVE])
    return stands if found.exists() else None


def acting_program(program: UUID) -> ActingProgram | None:
    """A program that somebody lets act for them today. Nothing once it was stopped or its time is over."""
    found = ActingProgram.everything.filter(pk=program).first()
    return found if found is not None and found.acts_on(clock.today()) else None


@dataclass(frozen=True)
class OpenWayIn:
    """A code that is still good."""

    id: UUID
    person: UUID
    matter: UUID
    path: str
    way: UUID | None
    given_by: UUID | None  # who saw it, or wrote down alone where it is sent: they may have typed it
    is_shared: bool  # it went where somebody else can see it


def way_in(code: str) -> OpenWayIn | None:
    """What a code opens. None when it is unknown, used up, stopped or too old."""
    tidy = tidy_code(code)
    if tidy is None:
        return None
    now = clock.now()
    rows = WayIn.everything.filter(finder=finder("code", tidy), stopped_at=None, expires_at__gt=now)
    row = rows.exclude(is_once=True, used_at__isnull=False).first()
    person = _in_use(row.person) if row is not None else None
    if row is None or person is None:
        return None
    way = WayToTell.everything.filter(pk=row.way).first() if row.way else None
    is_shared = way is not None and way.shared_with is not None
    wrote_it = way.set_by if way is not None and way.confirmed_at is None else None
    return OpenWayIn(row.id, person, row.matter, row.path, row.way, row.given_by or wrote_it, is_shared)


def may_type_for(typist: UUID, at: datetime) -> list[tuple[UUID, str]]:
    """Whose acts this person may type in: those they work for or are the advocate of."""
    actor = Actor(person=typist)
    kinds = (*Kinds.WORKERS, *Kinds.ADVOCATES, LinkKind.SPOKESPERSON)
    theirs = linked_q(actor, at, "pk", kinds, only=undisputed_links()) | worker_q(actor, at, "pk")
    rows = Person.everything.filter(theirs, state=PersonState.ACTIVE).values_list("id", flat=True)
    names = names_of(list(rows[:500]))
    return sorted(names.items(), key=lambda pair: pair[1].casefold())


def those_worked_with(actor: Actor) -> list[tuple[UUID, str]]:
    """Whom a form offers where something is done for somebody one works with: nobody else whom one sees."""
    return Person.choices_for(actor, worked_q(actor, clock.now(), "pk"))[:MOST_OFFERED]


def those_in_whose_life(actor: Actor) -> list[tuple[UUID, str]]:
    """Whom a form offers where it asks whose life something is about: oneself, those in whose life one is and
    those one works with. Not who works with oneself: their life is not ours to raise anything in."""
    now = clock.now()
    theirs = Q(pk=actor.person) | linked_q(actor, now, "pk", Kinds.LIVES) | worked_q(actor, now, "pk")
    return Person.choices_for(actor, theirs)[:MOST_OFFERED]
