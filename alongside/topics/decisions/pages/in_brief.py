"""How a matter stands, for its page: what the guard says of hundreds, told in a few sentences and a count.

The page reads three sentences of a kind. So the views of people whom the matter does not name are counted,
not read; of hundreds whom it does name, those who stand alike are judged together (alike.py); and a name is
asked for when it is said. The guard is the same, and counts everyone. Only pages are told this way: the door
reads everything (commands/standing.py), and a test holds the two against each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import ngettext

from alongside.interfaces import words
from alongside.kernel.seen import counted
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.looked_at import LOOKED_AT
from alongside.topics.decisions.commands.standing import Held, Reading
from alongside.topics.decisions.guard import Point, Standing
from alongside.topics.decisions.pages.alike import Alike, alike
from alongside.topics.people.policy import names_of
from alongside.topics.people.policy.reaching import who_was_asked_how

OF_A_KIND = 3  # sentences alike that are read before the rest are only counted
FEW_NAMED = 12  # people: so many are read one by one
JUDGED = 2 * OF_A_KIND  # people of one kind who are read, as many as the page says different sentences of
NAMES_AT_ONCE = 16
OF_PEOPLE = ("Affected", "Telling", "Offer", "Ground", "Safeguard")  # what is read of those it names


@dataclass(frozen=True)
class Brief:
    """How a matter stands, with the first few of each kind, and how many more there are."""

    standing: Standing
    more_people: Mapping[UUID, int] = field(default_factory=dict)  # who stand as this one does
    more_views: int = 0  # like the last, that wait for a reply

    def left_out(self, ruling: guard.Ruling) -> Mapping[str, int]:
        """How many more things of each kind are in the way than the ruling says."""
        found = Counter(no_reply=self.more_views)
        for each in ruling.in_the_way:
            found[each.code] += self.more_people.get(each.person, 0) if each.person else 0
        return found


def in_brief(
    decision: models.Decision, moment: datetime, *, asks: UUID | None, named: int, judged: int = JUDGED
) -> Brief:
    """How it stands. `named`: how many people the matter names, or a few more."""
    held = Held([decision.id], moment)
    if any(same.agreed_at is not None for same in held.rows(models.SameView, decision.id)):
        return Brief(Reading(decision, moment, also_decides=asks, held=held).standing())
    together = alike(decision.id, judged) if named > FEW_NAMED else None
    reading = InBrief(decision, moment, asks=asks, held=held, together=together)
    return Brief(reading.standing(), together.more if together else {}, reading.unlisted)


KIND = ("position", "option__isnull", "instead__isnull", "taken")  # of a view, as far as the rule asks


def of_kind(kind: tuple[Any, ...]) -> Q:
    return Q(**dict(zip(KIND, kind, strict=True)))


@cache
def no_reply() -> Q:
    """Of views: those with no reply yet."""
    replies = models.Reply.everything.filter(decision=OuterRef("decision"), view=OuterRef("pk"))
    return Q(~Exists(replies))


class InBrief(Reading):
    """The rows of a decision, where no two views are the same and nothing is chosen yet."""

    unlisted = 0

    def __init__(
        self,
        decision: models.Decision,
        moment: datetime,
        *,
        asks: UUID | None,
        held: Held,
        together: Alike | None,
    ) -> None:
        """`together`: where it names hundreds, the people of each kind who are read."""
        self.names, self.together = NamesLater(), together
        super().__init__(decision, moment, also_decides=asks, held=held)

    def _rows(self, model: Any, **more: Any) -> list[Any]:
        if self.together is None or model.__name__ not in OF_PEOPLE:
            return super()._rows(model, **more)
        if model.__name__ in self.together.empty:
            return []
        like = more | {"decision": self.decision.id, "read_only": LOOKED_AT.get(model.__name__, ())}
        found = model.everything.like("made_by", "id", person=self.together.people, **like)
        if model in (models.Affected, models.Telling):
            found += model.everything.like("made_by", "id", person=None, **like)  # groups
        return list(found)

    @cached_property
    def views(self) -> list[Any]:
        """What the people it names said: it is all that the gate asks about."""
        named = {row.person for row in self.affected if row.person}
        like: dict[str, Any] = {"decision": self.decision.id, "is_current": True, "person": named}
        return models.View.everything.like("made_by", "id", read_only=LOOKED_AT["View"], **like)

    def _all_views(self) -> Any:
        return models.View.everything.filter(decision=self.decision.id, is_current=True)

    @cached_property
    def asked_how(self) -> dict[UUID, date]:
        return who_was_asked_how({row.person for row in self.affected if row.person}, self.moment)

    def name(self, person: UUID) -> Any:
        return self.names.later(person)

    def _points(self, option: models.Option | None, outcome: str) -> Iterable[Point]:
        """The first views that went the other way and have no reply; the others are counted by their kind."""
        like: dict[str, Any] = {"decision": self.decision.id, "is_current": True}
        waiting = [] if counted([models.Reply], "decision", self.decision.id) == [0] else [no_reply()]
        kinds = models.View.everything.tally(*KIND, where=waiting, **like)
        against: list[Q] = []
        number = 0
        for kind, count in sorted(kinds.items(), key=str):
            position, no_option, no_instead, taken = kind
            some_option = None if no_option else self.decision.id  # none is chosen: whichever it was
            more = {"instead": not no_instead, "taken": bool(taken)}
            if not guard.went_with(position, some_option, chosen=None, outcome=outcome, **more):
                against, number = [*against, of_kind(kind)], number + count
        if not against:
            return
        self.unlisted = max(0, number - OF_A_KIND)
        first = models.View.everything.like(
            "made_by",
            "id",
            where=[*waiting, reduce(or_, against)],
            most=OF_A_KIND,
            read_only=("person",),
            **like,
        )
        for row in first:
            yield Point(row.id, row.id, self.name(row.person), went_with=False, replied=False)

    def _counted(self, named: set[UUID]) -> tuple[int, int]:
        others = self._named().values("person") if self.together else named
        counted = self._all_views().filter(is_of_body=False).exclude(person__in=others)
        listed = models.Listed.everything.filter(decision=self.decision.id)
        spoke = listed.filter(person__in=counted.values("person")).values("person").distinct()
        answered = counted.filter(is_declining=False).values("person").distinct()
        return spoke.count(), answered.count()

    def _named(self) -> Any:
        rows = models.Affected.everything.filter(decision=self.decision.id, ended_at=None)
        return rows.filter(person__isnull=False)

    def _last_said(self) -> datetime | None:
        if self.together is None:
            return super()._last_said()
        waits = self._named().filter(waits=True).values("person")
        last = self._all_views().filter(person__in=waits).aggregate(last=Max("said_at"))
        found: datetime | None = last["last"]
        return found


class NamesLater:
    """Names that are asked for when they are said, with those that would be said next."""

    def __init__(self) -> None:
        self.order: dict[UUID, int] = {}
        self.known: dict[UUID, str] = {}

    def later(self, person: UUID) -> Called:
        self.order.setdefault(person, len(self.order))
        return Called(self, person)

    def of(self, person: UUID) -> str:
        if person not in self.known:
            start = self.order[person]
            self.known |= names_of(list(self.order)[start : start + NAMES_AT_ONCE])
        return self.known[person]


class Called:
    """One name."""

    __slots__ = ("names", "person")

    def __init__(self, names: NamesLater, person: UUID) -> None:
        self.names, self.person = names, person

    def __str__(self) -> str:
        return self.names.of(self.person)


def in_short(
    items: Iterable[Any],
    say: Callable[[Any], Any],
    more: Callable[[int], Any] | None = None,
    unlisted: Mapping[str, int] | None = None,
) -> list[Any]:
    """Each item in words, but of many of one kind only the first few, and how many more there are."""
    kinds: dict[str, list[Any]] = {}
    for each in items:
        kinds.setdefault(each.code, []).append(each)
    found = []
    for code, same in kinds.items():
        found += [say(each) for each in same[:OF_A_KIND]]
        left = len(same) - OF_A_KIND + (unlisted or {}).get(code, 0)
        if more is not None and left > 0:
            found.append(more(left))
    return found


def first_different(lines: Iterable[Any], most: int) -> list[str]:
    """The first few lines that say something else than those before."""
    found: dict[str, None] = {}
    for line in lines:
        if len(found) == most:
            break
        found[str(line)] = None
    return list(found)


def and_more(count: int) -> str:
    """That there are so many more of a kind."""
    return ngettext("And %(count)s more like this.", "And %(count)s more like these.", count) % {
        "count": words.number(count)
    }
