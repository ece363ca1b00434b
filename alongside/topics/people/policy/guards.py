"""Questions that a guard may ask about people. They see everything: a guard never counts under a filter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.people.models import (
    Dispute,
    HoldBack,
    Kinds,
    Link,
    LinkKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonState,
    Scope,
    Team,
)
from alongside.topics.people.models.links import live, not_held_back_q, own_word_q, posts_of, worked_q
from alongside.topics.people.policy.seen import Outside, who_saw_the_document


def has_live_link(other: UUID, person: UUID, kinds: Iterable[LinkKind | str], at: datetime) -> bool:
    """Whether `other` stands in this person's life as one of these kinds now."""
    codes = [LinkKind(kind).value for kind in kinds]
    return Link.everything.filter(live(at), other=other, person=person, kind__in=codes).exists()


@dataclass(frozen=True)
class SpeakerStanding:
    """On what footing somebody may speak for a person. While disputed, their words are only their own."""

    link: UUID
    kind: LinkKind
    scope: Scope
    matter: UUID | None
    disputed: bool
    in_use: bool
    seen_by: frozenset[UUID] = frozenset()  # of a power: who wrote it down, and who has seen the document too
    ends: datetime | None = None

    @property
    def speaks(self) -> bool:
        return self.in_use and not self.disputed

    @property
    def is_power(self) -> bool:
        """An attorney's or a deputy's: it rests on a document, and can be a lawful ground."""
        return self.kind in Kinds.POWERS

    def is_seen_outside(self, outside: Outside) -> bool:
        """Whether somebody outside of a line has seen the document: a line writes down no power alone, and
        then goes on without the person because of it. A voice that rests on no document is not asked this."""
        return not self.is_power or any(who in outside for who in self.seen_by)

    def covers(self, scope: Scope | str, matter: UUID | None = None) -> bool:
        """Whether the power reaches this. A power over money says nothing about where somebody lives."""
        if self.scope == Scope.ONE_MATTER:
            return matter is not None and matter == self.matter
        return self.scope in (Scope.EVERYTHING, Scope(scope))


def standings(speaker: UUID, person: UUID, at: datetime) -> list[SpeakerStanding]:
    """Every footing on which this speaker stands, disputed ones too, the soundest first."""
    kinds = [kind.value for kind in Kinds.SPEAKERS]
    rows = list(Link.everything.filter(live(at), other=speaker, person=person, kind__in=kinds))
    open_now = Dispute.everything.filter(link__in=[row.id for row in rows], settled_at=None)
    disputed = set(open_now.values_list("link", flat=True))
    seen = who_saw_the_document([row for row in rows if row.kind in Kinds.POWERS])
    found = [
        SpeakerStanding(
            row.id,
            LinkKind(row.kind),
            Scope(row.scope),
            row.matter,
            row.id in disputed,
            row.in_use,
            seen.get(row.id, frozenset()),
            row.closes_at,
        )
        for row in rows
    ]
    order = list(Kinds.SPEAKERS)
    return sorted(
        found, key=lambda one: (not one.speaks, one.scope != Scope.EVERYTHING, order.index(one.kind))
    )


def may_speak_for(
    speaker: UUID, person: UUID, at: datetime, *, scope: str | None = None, matter: UUID | None = None
) -> SpeakerStanding | None:
    """The footing on which somebody may speak, if any. Look at `.speaks`: a disputed one does not."""
    for one in standings(speaker, person, at):
        if scope is None or one.covers(scope, matter):
            return one
    return None


def is_advocate_of(other: UUID, person: UUID, at: datetime) -> bool:
    """Whether this is the person's advocate, whom nobody disputes now."""
    return any(one.speaks and one.kind in Kinds.ADVOCATES for one in standings(other, person, at))


def is_disputed(other: UUID, person: UUID, at: datetime) -> bool:
    """Whether somebody disputes this speaker now, and they are not an advocate whom nobody disputes."""
    held = standings(other, person, at)
    sound = any(one.speaks and one.kind in Kinds.ADVOCATES for one in held)
    return any(one.disputed for one in held) and not sound


def is_in_doubt(other: UUID, person: UUID, at: datetime, outside: Outside) -> bool:
    """Whether somebody disputes this speaker now, or they speak by a power that nobody outside of a line has
    seen: then we do not take their word for the person’s."""
    if is_disputed(other, person, at):
        return True
    speaks = [one for one in standings(other, person, at) if one.speaks]
    if not speaks:
        return False
    seen = any(one.is_seen_outside(outside) for one in speaks)
    return not seen or _line_settled_it(other, person, outside)


def _line_settled_it(other: UUID, person: UUID, outside: Outside) -> bool:
    """Whether a line itself settled for this speaker what somebody outside of it had disputed, and then
    would rely on them."""
    rows = Dispute.everything.filter(speaker=other, person=person, stands=True)
    return any(row.by in outside and row.settled_by not in outside for row in rows.exclude(settled_by=person))


def same_line(one: UUID, other: UUID, at: datetime) -> bool:
    """Whether two people work in one team or one line of management. Each is in their own line.

    Somebody of the same body who is in no team may be in anyone's line: then we say yes, to be safe.
    """
    if one == other:
        return True
    first, second = _posts(one, at), _posts(other, at)
    if not {row.organisation for row in first} & {row.organisation for row in second}:
        return False
    return in_one_line(first, second, teams_above(_teams((*first, *second))))


def in_one_line(first: list[Link], second: list[Link], above: dict[UUID, set[UUID]]) -> bool:
    """The same, of two people’s posts; `above` says for each of their teams in which larger ones it lies."""
    shared = {row.organisation for row in first} & {row.organisation for row in second}
    if not shared:
        return False
    if any(row.team is None for row in (*first, *second) if row.organisation in shared):
        return True
    teams = _teams(first), _teams(second)
    if teams[0] & teams[1]:
        return True
    manages = [_teams(row for row in rows if row.kind == LinkKind.MANAGER) for rows in (first, second)]
    return _is_over(manages[0], teams[1], above) or _is_over(manages[1], teams[0], above)


def _posts(person: UUID, at: datetime) -> list[Link]:
    return _posts_held(Actor(person=person), at)


@kept_question
def _posts_held(actor: Actor, at: datetime) -> Any:
    """Where the actor works."""
    return posts_of(actor.person, at, Kinds.COLLEAGUES)


def _teams(rows: Iterable[Link]) -> set[UUID]:
    return {row.team for row in rows if row.team is not None}


def _is_over(managed: set[UUID], teams: set[UUID], above: dict[UUID, set[UUID]]) -> bool:
    return any(managed & above.get(team, set()) for team in teams)


def teams_above(teams: set[UUID]) -> dict[UUID, set[UUID]]:
    """For each team, the larger teams it lies in."""
    parent = dict(Team.everything.values_list("id", "above"))
    found: dict[UUID, set[UUID]] = {}
    for team in teams:
        over: set[UUID] = set()
        step = parent.get(team)
        while step is not None and step not in over:
            over.add(step)
            step = parent.get(step)
        found[team] = over
    return found


def organisations_of(person: UUID, at: datetime) -> set[UUID]:
    """The bodies somebody works for or belongs to."""
    rows = posts_of(person, at, (*Kinds.POSTS, *Kinds.MEMBERS))
    return set(rows.filter(organisation__isnull=False).values_list("organisation", flat=True))


def officers_of(organisation: UUID, at: datetime) -> list[UUID]:
    """Who acts for a body: who manages there or sits on its board, by more than their own word."""
    rows = Link.everything.filter(live(at), other=None, organisation=organisation)
    found = rows.filter(kind__in=[kind.value for kind in Kinds.OFFICERS]).exclude(own_word_q())
    return sorted(set(found.values_list("person", flat=True)))


def teams_of(person: UUID, at: datetime) -> set[UUID]:
    """The teams somebody works in."""
    rows = posts_of(person, at, Kinds.COLLEAGUES).filter(team__isnull=False)
    return set(rows.values_list("team", flat=True))


def is_user_led(organisation: UUID) -> bool:
    """Whether its last count found that enough of the board draw on care and support themselves."""
    return Organisation.everything.filter(pk=organisation, is_user_led=True).exists()


def workers_of(person: UUID, at: datetime, kinds: Iterable[LinkKind] = Kinds.WORKERS) -> list[UUID]:
    """Who works for this person: the named worker first."""
    rows = Link.everything.filter(live(at), person=person, other__isnull=False, kind__in=list(kinds))
    return [
        row.other for row in sorted(rows, key=lambda row: (row.kind != LinkKind.NAMED_WORKER, row.opens_at))
    ]


def team_of(person: UUID, at: datetime) -> UUID | None:
    """The team that answers for this person's support: the named worker's, or the one they draw on."""
    rows = Link.everything.filter(live(at), person=person, team__isnull=False).filter(
        Q(kind=LinkKind.DRAWS_ON_SUPPORT) | Q(kind__in=list(Kinds.WORKERS), other__isnull=False)
    )
    best = sorted(rows, key=lambda row: (row.kind != LinkKind.NAMED_WORKER, row.opens_at))
    return best[0].team if best else None


def duty_teams_of(organisation: UUID) -> list[UUID]:
    """The teams of a body that take what is nobody's yet."""
    return list(Team.everything.filter(organisation=organisation, is_duty=True).values_list("id", flat=True))


def staff_of(team: UUID, at: datetime) -> list[UUID]:
    """Who works in a team."""
    rows = Link.everything.filter(live(at), team=team, other=None, kind__in=list(Kinds.COLLEAGUES))
    return list(rows.values_list("person", flat=True).distinct())


def managers_of_team(team: UUID | None, at: datetime) -> list[UUID]:
    """Who manages this team, or the nearest larger one that somebody manages."""
    while team is not None:
        rows = Link.everything.filter(live(at), kind=LinkKind.MANAGER, team=team, other=None)
        found = list(rows.order_by("opens_at", "id").values_list("person", flat=True))
        if found:
            return found
        team = Team.everything.filter(id=team).values_list("above", flat=True).first()
    return []


def managers_over(person: UUID, at: datetime) -> set[UUID]:
    """Who answers for somebody’s work: the managers of their teams, and of the larger ones these lie in."""
    teams = teams_of(person, at)
    teams = teams.union(*teams_above(teams).values())
    rows = Link.everything.filter(live(at), kind=LinkKind.MANAGER, team__in=teams, other=None)
    return set(rows.values_list("person", flat=True)) - {person}


def works_with(actor: Actor, person: UUID, at: datetime) -> bool:
    """Whether the actor works for this person, at their side or as a manager."""
    return bool(_worked_with(actor, at, among=[person]))


@kept_question
def _worked_with(actor: Actor, at: datetime, among: Sequence[UUID]) -> Any:
    """Those of these people whom the actor works with."""
    return Person.everything.filter(worked_q(actor, at, "pk"), pk__in=among).values_list("pk", flat=True)


def held_from(actor: Actor, at: datetime) -> set[UUID]:
    """The things that are held back from this actor now: for histories, which are no table of rows."""
    rows = HoldBack.everything.filter(~not_held_back_q(actor, at, "thing"))
    return set(rows.values_list("thing", flat=True))


def held_until(thing: UUID, person: UUID, at: datetime) -> datetime | None:
    """Until when this thing is held back from this person, if it is now."""
    held = HoldBack.everything.filter(~not_held_back_q(Actor(person=person), at, "thing"), thing=thing)
    held = held.filter(agreed_at__isnull=False, lifted_at=None, ends_at__gt=at)
    return max(held.values_list("ends_at", flat=True), default=None)


def around(person: UUID, at: datetime, others: Iterable[UUID] = ()) -> set[UUID]:
    """Everyone who could see anything of this person: those in their life, their teams, those over them."""
    rows = list(Link.everything.filter(Q(person=person) | Q(other=person)))
    found = {one for row in rows for one in (row.person, row.other) if one is not None} | set(others)
    teams = {row.team for row in rows if row.team is not None}
    over = teams_above(teams)
    teams |= {team for above in over.values() for team in above}
    staff = Link.everything.filter(live(at), other=None, team__in=teams, kind__in=list(Kinds.COLLEAGUES))
    found |= set(staff.values_list("person", flat=True))
    row = Person.everything.filter(pk=person).first()
    found |= {row.added_by} if row is not None else set()
    for link in rows:
        if link.person == person and link.kind in Kinds.MEMBERS and link.organisation is not None:
            found |= set(officers_of(link.organisation, at))
    known = Person.everything.filter(pk__in=found, state=PersonState.ACTIVE).exclude(pk=person)
    return set(known.values_list("id", flat=True))


def works_for_a_provider(who: UUID | None, at: datetime) -> bool:
    """Whether a body that sells care or support pays somebody now."""
    return who is not None and who in paid_by_providers([who], at)


def paid_by_providers(people: Iterable[UUID], since: datetime) -> set[UUID]:
    """Which of these people a provider pays, or has paid at any time since a moment."""
    sellers = Organisation.everything.filter(kind=OrganisationKind.PROVIDER).values("id")
    return _paid(people, since, sellers)


def paid_by(people: Iterable[UUID], organisation: UUID | None, since: datetime) -> set[UUID]:
    """Which of these people one body pays, or has paid at any time since a moment."""
    return _paid(people, since, [organisation]) if organisation is not None else set()


def _paid(people: Iterable[UUID], since: datetime, bodies: Any) -> set[UUID]:
    lasted = Q(closes_at=None) | Q(closes_at__gt=since)
    rows = Link.everything.filter(lasted, opens_at__isnull=False, other=None, organisation__in=bodies)
    rows = rows.filter(person__in=list(people), kind__in=[kind.value for kind in Kinds.POSTS])
    return set(rows.values_list("person", flat=True))


def stands_for_user_led(who: UUID | None, at: datetime) -> bool:
    """Whether somebody works for or belongs to a body whose last count of its board says it is user-led."""
    if who is None:
        return False
    led = Organisation.everything.filter(is_user_led=True).values("id")
    return posts_of(who, at, (*Kinds.POSTS, *Kinds.MEMBERS)).filter(organisation__in=led).exists()
