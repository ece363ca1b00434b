"""Who stands outside the line of whoever asks, and so may agree to what one line may not do by itself.

Guards: they see everything, and they are asked again when somebody agrees, for people change posts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from alongside.interfaces.wired import answers
from alongside.kernel import clock, reading, rules
from alongside.kernel.policy import Actor
from alongside.topics.people.models import (
    AgreesFor,
    AskedAs,
    Holding,
    Kinds,
    Link,
    LinkKind,
    Organisation,
    OrganisationKind,
    Person,
    PersonState,
    Team,
)
from alongside.topics.people.models.links import live, posts_of
from alongside.topics.people.policy.guards import (
    duty_teams_of,
    in_one_line,
    same_line,
    team_of,
    teams_above,
    works_with,
)
from alongside.topics.people.policy.seen import Outside

THERE = "second_look.there_days"  # how long before the matter whoever looks at it must have been there
ELSEWHERE = "worry.elsewhere"
MOST_ASKED = 6  # of one kind at once: the next are asked when none of these has answered in time


@dataclass(frozen=True)
class Asking:
    """What somebody asks for, as far as it says who may agree to it."""

    asked_by: UUID
    about: UUID  # whose record it is
    others: tuple[UUID, ...] = ()  # whom else it names: from whom it is held back, the record that goes
    lines: tuple[UUID, ...] = ()  # in whose lines nobody may stand either, who agrees
    asked_at: datetime | None = None  # nobody whom the line put there since then is asked

    @property
    def parties(self) -> set[UUID]:
        return {self.asked_by, self.about, *self.others}


class OutsideOf:
    """Everyone who stands outside the lines of these people now."""

    def __init__(self, people: Iterable[UUID], at: datetime) -> None:
        self.people, self.at = frozenset(people), at

    def __contains__(self, who: UUID, /) -> bool:
        return who not in self.people and not any(same_line(who, one, self.at) for one in self.people)


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked, and as what."""

    person: UUID
    standing: AskedAs
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
    there = Longstanding(OutsideOf((asking.asked_by, *asking.lines), at), asking.asked_at or at, at)
    at_the_desk, anywhere = Q(team__in=duty_teams_of(body)), Q(organisation=body)
    for step in candidates(body, at):
        found: dict[UUID, Candidate] = {}
        for one in step:
            if one.person in found or one.person in asked or not stands_outside(one.person, asking, at):
                continue
            if there.holds(one, at_the_desk if one.standing == AskedAs.DUTY else anywhere):
                found[one.person] = one
            if len(found) == MOST_ASKED:
                break
        if found:
            return list(found.values())
    return []


class Longstanding:
    """Nobody is put there for one matter: whom the line gave a post or an office came well before it."""

    def __init__(self, outside: Outside | tuple[()], began: datetime, at: datetime) -> None:
        self.outside, self.began, self.at = outside, began, at

    def holds(self, each: Candidate, where: Q) -> bool:
        """Whether they came by somebody outside the line, or long before. `where` says which posts count."""
        if each.office is None:
            posts = posts_of(each.person, self.at, Kinds.COLLEAGUES).filter(where)
            return any(self._fits(row.opens_at, row.said_by) for row in posts)
        named = AgreesFor.everything.filter(office=each.office, ended_at=None)
        if not any(self._fits(row.named_at, row.named_by) for row in named):
            return False
        held = Holding.everything.filter(office=each.office, holder=each.person, closes_at=None)
        return any(self._fits(row.opens_at, reading.whose_hand(row.made_by)) for row in held)

    def _fits(self, since: datetime | None, by: UUID | None) -> bool:
        if by is not None and by in self.outside:
            return True
        return since is not None and since < self.began - self._days

    @cached_property
    def _days(self) -> timedelta:
        return timedelta(days=there_days(self.at))


def there_days(at: datetime) -> int:
    """How many days before the matter whoever looks at it must have been there, by our rules."""
    pack = rules.here(clock.day_of(at))
    return pack.days(THERE) if THERE in pack else 0


def candidates(body: UUID, at: datetime) -> Iterator[list[Candidate]]:
    """Everyone who could be asked for a body, in the order in which they are. Whoever asks is among them."""
    duty = set(Team.everything.filter(organisation=body, is_duty=True).values_list("id", flat=True))
    posts = _in_post(body, at)
    yield [*(Candidate(row.person, AskedAs.DUTY) for row in posts if row.team in duty), *_holders(body, at)]
    others = [row for row in posts if row.team not in duty]
    manages = [row for row in others if row.kind == LinkKind.MANAGER]
    yield [Candidate(row.person, AskedAs.MANAGER) for row in manages]
    yield [Candidate(row.person, AskedAs.COLLEAGUE) for row in others if row.kind != LinkKind.MANAGER]


def duty_has_others(body: UUID, at: datetime) -> bool | None:
    """Whether anybody stands outside the lines of a body’s duty team, to take up a worry that it does not;
    None where there is no duty team. Only posts are asked: whom it is about is known of one worry alone."""
    duty = set(duty_teams_of(body))
    if not duty:
        return None
    posts = _in_post(body, at)
    above = teams_above({row.team for row in posts if row.team is not None})
    by_person: dict[UUID, list[Link]] = {}
    for row in posts:
        by_person.setdefault(row.person, []).append(row)
    reads = {row.person for row in posts if row.team in duty}
    reads = reads or {row.person for row in posts if row.kind == LinkKind.MANAGER}
    long_there = Longstanding((), at, at)
    here = set(by_person) | {one.person for one in _holders(body, at) if long_there.holds(one, Q())}
    for who in here - reads:
        if not any(in_one_line(by_person.get(who, []), by_person[one], above) for one in reads):
            return True
    return _a_council_beside(body, at)


def _a_council_beside(body: UUID, at: datetime) -> bool:
    """Of another body than a council: whether a council’s duty team is there to be asked."""
    councils = Organisation.everything.filter(kind=OrganisationKind.COUNCIL)
    if councils.filter(id=body).exists():
        return False
    desks = Team.everything.filter(organisation__in=councils.values("id"), is_duty=True)
    on_duty = Link.everything.filter(live(at), other=None, kind__in=list(Kinds.COLLEAGUES))
    return bool(on_duty.filter(team__in=desks.values("id")).exists())


def elsewhere(day: date) -> list[str]:
    """Where anybody can go with a worry about somebody, besides us, by the rules of this place."""
    pack = rules.here(day)
    return [str(one["name"]) for one in pack.items(ELSEWHERE)] if ELSEWHERE in pack else []


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
        yield Candidate(row.holder, AskedAs.OFFICE, row.office)


def lines_without(body: UUID, at: datetime) -> list[tuple[UUID | None, bool]]:
    """The teams in which somebody works who has nobody outside their line, and whether it is their manager.

    Only posts are asked here: who is a relative, or has a part in the matter, is known of one matter alone.
    """
    posts = _in_post(body, at)
    above = teams_above({row.team for row in posts if row.team is not None})
    long_there = Longstanding((), at, at)  # whoever of them was put there just now is nobody’s outside yet
    outside = [one for one in _holders(body, at) if long_there.holds(one, Q())]
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
