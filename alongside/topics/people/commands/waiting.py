"""What waits longer than its day is told to the next one up, once; and that it was done is noted too.

Each room says what waits, in `site.py`'s WAITS. The clock compares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance
from alongside.kernel.command import Ask, At, Fresh, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import PeopleCommand, Reasons
from alongside.topics.people.models import Awaits, Link, LinkKind, ToldUp, Waited
from alongside.topics.people.models.links import live
from alongside.topics.people.policy import managers_over, officers_of, same_line

TOLD_UP = _("So that the next one up hears of it, once.")


@dataclass(frozen=True)
class Wait:
    """Something that somebody is to do by a day, which is over."""

    what: Awaits
    thing: UUID
    body: UUID | None
    due_on: date
    holders: tuple[UUID, ...] = ()  # whose turn it is; nobody: anybody of the body
    away_from: UUID | None = None  # whose line hears nothing of it, by anybody


def next_up(wait: Wait, at: datetime) -> list[UUID]:
    """Who answers for the work of those whose turn it is; where that is nobody’s or nobody is over them,
    those who answer for the body."""
    over: set[UUID] = set()
    for holder in wait.holders:
        over |= nearest_over(holder, at)
    found = over - set(wait.holders) or set(heads(wait.body, at)) - set(wait.holders)
    return not_of_their_line(found, wait, at)


def not_of_their_line(people: set[UUID], wait: Wait, at: datetime) -> list[UUID]:
    """Without those in whose line the one stands who must not be known by it."""
    away = wait.away_from
    return sorted(one for one in people if away is None or not same_line(one, away, at))


def nearest_over(person: UUID, at: datetime) -> set[UUID]:
    """Of those over somebody, the ones who have none of the others under them."""
    over = managers_over(person, at)
    return {one for one in over if not (over & {other for other in over if one in managers_over(other, at)})}


def heads(body: UUID | None, at: datetime) -> list[UUID]:
    """Who manages a body with nobody over them there; in a body without managers, whoever acts for it."""
    if body is None:
        return []
    rows = Link.everything.filter(live(at), other=None, organisation=body, kind=LinkKind.MANAGER)
    managers = sorted(set(rows.values_list("person", flat=True)))
    return [one for one in managers if not managers_over(one, at)] or officers_of(body, at)


class NoteWaited(PeopleCommand):
    """Note that something waits longer than its day, and tell the next one up."""

    records = "people.waited_too_long"
    may = the_installation
    only_as_consequence = True
    says = _("Something waited longer than its day. The next one up was told.")

    waited: Fresh[Waited] = Ask(settled=True)
    what: Awaits = Ask(used_for=TOLD_UP)
    waits_for: UUID = Ask(used_for=TOLD_UP)
    body: UUID | None = None
    due_on: date = Ask(used_for=TOLD_UP)
    up: list[UUID] = Ask(settled=True, default=[])
    tell: list[UUID] = Ask(settled=True, default=[])
    rows: list[UUID] = Ask(settled=True, default=[])

    def settle(self, at: At) -> Mapping[str, Any]:
        told = ToldUp.everything.filter(person__in=list(self.up), told_at__isnull=False)
        open_now = Waited.everything.filter(what=self.what, body=self.body, over_at=None)
        already = set(told.filter(waited__in=open_now.values("id")).values_list("person", flat=True))
        tell = [one for one in self.up if one not in already]
        return {"tell": tell, "rows": [chance.mint() for _each in self.up]}

    def objections(self, at: At) -> Reasons:
        there = Waited.everything.filter(what=self.what, thing=self.waits_for, due_on=self.due_on)
        if there.exists():
            yield "", _("This was noted already.")
        if self.due_on >= at.date():
            yield "due_on", _("The day is not over.")

    def apply(self, entry: Recorded) -> None:
        Waited.begin(
            entry,
            id=self.waited,
            what=self.what,
            thing=self.waits_for,
            body=self.body,
            due_on=self.due_on,
            noted_at=entry.at,
            over_at=None,
        )
        for pk, person in zip(self.rows, self.up, strict=True):
            told_at = entry.at if person in self.tell else None
            ToldUp.begin(entry, id=pk, waited=self.waited, person=person, told_at=told_at)

    def leaves(self, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """By their own way: that there is something to read. One message for a kind, however many wait."""
        for person in self.tell:
            yield "tell", {"person": person.hex, "what": "waited_too_long", "link": "/waits-too-long"}


class NoteWaitOver(PeopleCommand):
    """Note that what waited too long was done."""

    records = "people.wait_over"
    may = the_installation
    only_as_consequence = True
    says = _("What had waited longer than its day was done.")

    waited: Id[Waited]

    def objections(self, waited: Waited, at: At) -> Reasons:
        if waited.over_at is not None:
            yield "", _("This was noted already.")

    def apply(self, waited: Waited, entry: Recorded) -> None:
        waited.change(entry, over_at=entry.at)
