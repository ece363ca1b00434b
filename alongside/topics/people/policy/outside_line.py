"""Who stands outside the line of whoever asks, and so may agree to what one line may not do by itself.

Guards: they see everything, and they are asked again when somebody agrees, for people change posts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.interfaces.wired import answers
from alongside.kernel.policy import Actor
from alongside.topics.people.models import (
    AgreesFor,
    Holding,
    Kinds,
    Link,
    LinkKind,
    Person,
    PersonState,
    Standing,
    Team,
)
from alongside.topics.people.models.links import live
from alongside.topics.people.policy.guards import in_one_line, same_line, team_of, teams_above, works_with

MOST_ASKED = 6  # of one kind at once: the next are asked when none of these has answered in time


@dataclass(frozen=True)
class Asking:
    """What somebody asks for, as far as it says who may agree to it."""

    asked_by: UUID
    about: UUID  # whose record it is
    others: tuple[UUID, ...] = ()  # whom else it names: from whom it is held back, the record that goes
    lines: tuple[UUID, ...] = ()  # in whose lines nobody may stand either, who agrees

    @property
    def parties(self) -> set[UUID]:
        return {self.asked_by, self.about, *self.others}


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked, and as what."""

    person: UUID
    standing: Standing
    office: UUID | None = None


def stands_outside(who: UUID, asking: Asking, at: datetime) -> bool:
    """Whether this person is neither of the line of whoever asks nor of the line that works with the person,
    is nothing to any of those it names, and has no part in a matter of theirs."""
    if who in asking.parties or any(same_line(who, one, at) for one in (asking.asked_by, *asking.lines)):
        return False
    if any(works_with(Actor(person=who), one, at) for one in (asking.about, *asking.others)):
        return False
    return not is_near(who, asking.parties, at) and who not in _party_to_a_matter(asking)


def is_near(who: UUID, parties: Collection[UUID], at: datetime) -> bool:
    """Whether somebody stands in the life of one of these people, or one of these in theirs."""
    near = Q(person=who, other__in=parties) | Q(other=who, person__in=parties)
    return Link.everything.filter(live(at)).filter(near).exists()


def _party_to_a_matter(asking: Asking) -> set[UUID]:
    ask = answers("who_else")
    return set(ask(asking.about)) if ask else set()


def body_of(person: UUID, at: datetime) -> UUID | None:
    """The body that answers for somebody’s record."""
    row = Person.everything.filter(pk=person).first()
    if row is not None and row.held_by is not None:
        held_by: UUID = row.held_by
        return held_by
    team = team_of(person, at)
    return Team.everything.filter(pk=team).values_list("organisation", flat=True).first() if team else None


def who_can_agree(asking: Asking, at: datetime, *, but: Iterable[UUID] = ()) -> list[Candidate]:
    """Those to ask now: of the duty team and the named offices; where none is left, of other lines."""
    body = body_of(asking.about, at)
    if body is None:
        return []
    asked = set(but)
    for step in candidates(body, at):
        found: dict[UUID, Candidate] = {}
        for one in step:
            if one.person not in found and one.person not in asked and stands_outside(one.person, asking, at):
                found[one.person] = one
            if len(found) == MOST_ASKED:
                break
        if found:
            return list(found.values())
    return []


def candidates(body: UUID, at: datetime) -> Iterator[list[Candidate]]:
    """Everyone who could be asked for a body, in the order in which they are. Whoever asks is among them."""
    duty = set(Team.everything.filter(organisation=body, is_duty=True).values_list("id", flat=True))
    posts = _in_post(body, at)
    yield [*(Candidate(row.person, Standing.DUTY) for row in posts if row.team in duty), *_holders(body, at)]
    others = [row for row in posts if row.team not in duty]
    manages = [row for row in others if row.kind == LinkKind.MANAGER]
    yield [Candidate(row.person, Standing.MANAGER) for row in manages]
    yield [Candidate(row.person, Standing.COLLEAGUE) for row in others if row.kind != LinkKind.MANAGER]


def _in_post(body: UUID, at: datetime) -> list[Link]:
    rows = Link.everything.filter(live(at), other=None, organisation=body, kind__in=list(Kinds.COLLEAGUES))
    active = Person.everything.filter(state=PersonState.ACTIVE).values("id")
    return list(rows.filter(person__in=active).order_by("opens_at", "id"))


def offices_that_agree(body: UUID) -> list[UUID]:
    """The offices that a body has named to agree for it from outside its lines."""
    rows = AgreesFor.everything.filter(organisation=body, ended_at=None).order_by("named_at", "id")
    return list(rows.values_list("office", flat=True))


def _holders(body: UUID, at: datetime) -> Iterator[Candidate]:
    open_now = Q(closes_at=None) | Q(closes_at__gt=at)
    held = Holding.everything.filter(open_now, office__in=offices_that_agree(body), opens_at__lte=at)
    for row in held.order_by("opens_at", "id"):
        yield Candidate(row.holder, Standing.OFFICE, row.office)


def lines_without(body: UUID, at: datetime) -> list[tuple[UUID | None, bool]]:
    """The teams in which somebody works who has nobody outside their line, and whether it is their manager.

    Only posts are asked here: who is a relative, or has a part in the matter, is known of one matter alone.
    """
    posts = _in_post(body, at)
    above = teams_above({row.team for row in posts if row.team is not None})
    outside = list(_holders(body, at))
    by_person: dict[UUID, list[Link]] = {}
    for row in posts:
        by_person.setdefault(row.person, []).append(row)
    found: set[tuple[UUID | None, bool]] = set()
    for row in posts:
        theirs = by_person[row.person]
        others = (rows for one, rows in by_person.items() if one != row.person)
        elsewhere = any(one.person != row.person and one.person not in by_person for one in outside)
        if not elsewhere and all(in_one_line(theirs, rows, above) for rows in others):
            found.add((row.team, row.kind == LinkKind.MANAGER))
    return sorted(found, key=lambda pair: (str(pair[0]), pair[1]))
