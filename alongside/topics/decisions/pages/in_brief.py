"""How a matter stands, for its page: what the guard says of hundreds, told in a few sentences and a count.

The page reads three sentences of a kind. So the views of people whom the matter does not name are counted,
not read, and a name is asked for when it is said. The guard is the same, and counts everyone. Only pages are
told this way: the door reads everything (commands/standing.py), and a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import ngettext

from alongside.interfaces import words
from alongside.kernel.seen import counted
from alongside.topics.decisions import guard, models
from alongside.topics.decisions.commands.looked_at import LOOKED_AT
from alongside.topics.decisions.commands.standing import Held, Reading
from alongside.topics.decisions.guard import Point, Standing
from alongside.topics.people.policy import names_of

OF_A_KIND = 3  # sentences alike that are read before the rest are only counted
NAMES_AT_ONCE = 16


def in_brief(decision: models.Decision, moment: datetime, *, asks: UUID | None) -> tuple[Standing, int]:
    """How it stands, and how many more views like the last wait for a reply."""
    held = Held([decision.id])
    if any(same.agreed_at is not None for same in held.rows(models.SameView, decision.id)):
        return Reading(decision, moment, also_decides=asks, held=held).standing(), 0
    reading = InBrief(decision, moment, also_decides=asks, held=held)
    return reading.standing(), reading.unlisted


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

    def _current_views(self) -> list[Any]:
        """What the people it names said: it is all that the gate asks about."""
        self.names = NamesLater()
        named = {row.person for row in self.affected if row.person}
        like: dict[str, Any] = {"decision": self.decision.id, "is_current": True, "person": named}
        return models.View.everything.like("made_by", "id", read_only=LOOKED_AT["View"], **like)

    def _all_views(self) -> Any:
        return models.View.everything.filter(decision=self.decision.id, is_current=True)

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
        counted = self._all_views().filter(is_of_body=False).exclude(person__in=named)
        listed = models.Listed.everything.filter(decision=self.decision.id)
        spoke = listed.filter(person__in=counted.values("person")).values("person").distinct()
        answered = counted.filter(is_declining=False).values("person").distinct()
        return spoke.count(), answered.count()


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
    for code, alike in kinds.items():
        found += [say(each) for each in alike[:OF_A_KIND]]
        left = len(alike) - OF_A_KIND + (unlisted or {}).get(code, 0)
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
