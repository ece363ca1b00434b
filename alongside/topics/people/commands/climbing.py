"""What waits still after somebody was told climbs: the next over them, then the next, each after some days.

At the end of the line a user-led organisation is told. Of what somebody spoke up about, nobody outside is.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.wired import wiring
from alongside.kernel import chance, clock, rules
from alongside.kernel.command import Ask, At, Command, Id, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.people.commands.checks import PeopleCommand, Reasons
from alongside.topics.people.commands.waiting import (
    NoteWaited,
    NoteWaitOver,
    Wait,
    heads,
    nearest_over,
    next_up,
    not_of_their_line,
)
from alongside.topics.people.models import Awaits, Organisation, ToldUp, Waited
from alongside.topics.people.policy import officers_of

MOST_AT_ONCE = 200
UP, OUTSIDE = "waited.further_up_days", "waited.user_led_days"
TOLD_FURTHER = _("So that whoever can mend it hears of it, once.")


class NoteWaitsStill(PeopleCommand):
    """Note that something waits still, and tell whoever is next."""

    records = "people.waits_still"
    may = the_installation
    only_as_consequence = True
    says = _("What waited longer than its day waits still. The next ones were told.")

    waited: Id[Waited]
    up: list[UUID] = Ask(used_for=TOLD_FURTHER, default=[])
    outside: bool = Ask(used_for=TOLD_FURTHER, default=False)
    tell: list[UUID] = Ask(settled=True, default=[])
    rows: list[UUID] = Ask(settled=True, default=[])
    on_day: date | None = Ask(settled=True)

    def settle(self, waited: Waited, at: At) -> Mapping[str, Any]:
        told = ToldUp.everything.filter(person__in=list(self.up), told_at__isnull=False)
        open_now = Waited.everything.filter(what=waited.what, body=waited.body, over_at=None)
        already = set(told.filter(waited__in=open_now.values("id")).values_list("person", flat=True))
        tell = [one for one in self.up if one not in already]
        return {"tell": tell, "rows": [chance.mint() for _each in self.up], "on_day": at.date()}

    def objections(self, waited: Waited, at: At) -> Reasons:
        if waited.over_at is not None:
            yield "", _("This was noted already.")

    def apply(self, waited: Waited, entry: Recorded) -> None:
        for pk, person in zip(self.rows, self.up, strict=True):
            told_at = entry.at if person in self.tell else None
            ToldUp.begin(
                entry, id=pk, waited=waited.id, person=person, told_at=told_at, is_outside=self.outside
            )
        outside_on = self.on_day if self.outside else waited.outside_on
        waited.change(entry, climbed_on=self.on_day, outside_on=outside_on)

    def leaves(self, waited: Waited, entry: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """By their own way: that there is something to read. One message for a kind, however many wait."""
        for person in self.tell:
            yield "tell", {"person": person.hex, "what": "waited_too_long", "link": "/waits-too-long"}


def next_step(waited: Waited, wait: Wait, at: datetime) -> Command | None:
    """The next step of something that waits still, where its day has come and there is one."""
    today = clock.day_of(at)
    pack = rules.here(today)
    if waited.outside_on is not None or UP not in pack:
        return None
    since = waited.climbed_on or clock.day_of(waited.noted_at)
    up_is_due, outside_is_due = (pack.due(clock_of, since) < today for clock_of in (UP, OUTSIDE))
    if not (up_is_due or outside_is_due):
        return None
    if up := further_up(waited, wait, at):
        return NoteWaitsStill(waited=waited.id, up=up) if up_is_due else None
    outside = user_led(wait, at) if outside_is_due else []
    return NoteWaitsStill(waited=waited.id, up=outside, outside=True) if outside else None


def further_up(waited: Waited, wait: Wait, at: datetime) -> list[UUID]:
    """Who is nearest over those who were told; with nobody over them, who answers for the whole body."""
    told = set(ToldUp.everything.filter(waited=waited.id).values_list("person", flat=True))
    known = told | set(wait.holders)
    over = {one for person in sorted(known) for one in nearest_over(person, at)} - known
    return not_of_their_line(over or set(heads(wait.body, at)) - known, wait, at)


def user_led(wait: Wait, at: datetime) -> list[UUID]:
    """Who acts for the user-led organisations: never for one that something waits in, and not of what
    somebody spoke up about, for who asks after it could lead others to the one who did."""
    if wait.what == Awaits.NOTE:
        return []
    led = Organisation.everything.filter(is_user_led=True, is_closed=False).exclude(pk=wait.body)
    found = {one for body in led.order_by("id") for one in officers_of(body.id, at)}
    return sorted(found - set(wait.holders))


def due(now: datetime) -> Iterable[Command]:
    """What the clock brings: what waits longer than its day is noted once, and climbs; what was done since
    is noted too."""
    today = clock.day_of(now)
    waits = {(wait.what, wait.thing): wait for ask in wiring("WAITS", ()) for wait in import_string(ask)(now)}
    noted = set()
    for row in list(Waited.everything.filter(over_at=None).order_by("noted_at", "id")):
        noted.add((row.what, row.thing, row.due_on))
        wait = waits.get((Awaits(row.what), row.thing))
        if wait is None or wait.due_on != row.due_on:
            yield NoteWaitOver(waited=row.id)
        elif (step := next_step(row, wait, now)) is not None:
            yield step
    new = [one for one in waits.values() if (one.what, one.thing, one.due_on) not in noted]
    late = sorted((one for one in new if one.due_on < today), key=lambda one: (one.due_on, one.thing))
    for wait in late[:MOST_AT_ONCE]:
        yield NoteWaited(
            what=wait.what, waits_for=wait.thing, body=wait.body, due_on=wait.due_on, up=next_up(wait, now)
        )
