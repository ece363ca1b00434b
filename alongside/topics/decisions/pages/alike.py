"""Of hundreds of people whom a matter names, those with whom it has come equally far.

The page says a few sentences of a kind, and how many more there are. So people of whom the rule would say
the same are put together, by the columns that `guard.may_decide` and nothing else rests on; the first few of
each kind are then read in full and judged. Whoever has something of their own, such as words that somebody
typed or said for them, or a legal ground, is a kind alone. No rule stands here: two people who are alike can
only be judged alike, and a test holds what the page says against every row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q

from alongside.topics.decisions import models

ADVOCATE = "advocate"  # of all that was offered, the rule asks only for this
Kind = tuple[Any, ...]


@dataclass(frozen=True)
class Alike:
    """The people to read, and of the first of each kind how many more stand as they do."""

    people: list[UUID]
    more: Mapping[UUID, int]
    empty: frozenset[str]  # tables that hold nothing about anybody


@cache
def is_named() -> Q:
    """Of a row about a person: whether its matter names them now."""
    named = models.Affected.everything.filter(decision=OuterRef("decision"), ended_at=None)
    return Q(person__in=named.values("person"))


def alike(decision: UUID, first: int) -> Alike:
    """Everyone whom a matter names, put together by kind; of each kind the first few are to be read."""
    views = models.View.everything.values_like(
        "person",
        "is_spoken_for",
        "typist",
        "confirmed_by",
        "is_declining",
        "shape",
        where=[is_named()],
        decision=decision,
        is_current=True,
    )
    tellings = models.Telling.everything.values_like(
        "person", "typist", "confirmed_by", "sign", "is_reached", "channel", "is_live", decision=decision
    )
    advocates = models.Offer.everything.values_like("person", "what", decision=decision, what=ADVOCATE)
    grounds = models.Ground.everything.values_like("person", "code", decision=decision, ended_at=None)
    alone = {person for person, _code in grounds}
    alone |= {person for person, spoken, typist, checked, *_rest in views if spoken or typist or checked}
    alone |= {person for person, typist, checked, *_rest in tellings if typist or checked}
    rows = {"Telling": tellings, "Ground": grounds, "Safeguard": grounds}
    kinds = _kinds(decision, alone, [_by_person(each) for each in (views, tellings, advocates)])
    return Alike(
        [_id(person) for same in kinds for person in same[:first]],
        {_id(same[0]): len(same) - first for same in kinds if len(same) > first},
        frozenset(name for name, found in rows.items() if not found),
    )


def _kinds(decision: UUID, alone: set[Any], had: list[dict[Any, Kind]]) -> list[list[Any]]:
    """The people of each kind, in the order in which they were named."""
    order = ("made_by", "id")
    rows = models.Affected.everything.values_like(
        "person", "waits", order=order, decision=decision, ended_at=None
    )
    often, kinds = Counter(person for person, _waits in rows), defaultdict[Kind, list[Any]](list)
    for person, waits in rows:
        if person is None:
            continue  # a group
        if person in alone or often[person] > 1:
            kinds[person,].append(person)
        else:
            kinds[waits, *[each.get(person, ()) for each in had]].append(person)
    return list(kinds.values())


def _by_person(rows: list[tuple[Any, ...]]) -> dict[Any, Kind]:
    found: dict[Any, Kind] = {}
    for person, *rest in rows:
        found[person] = (*found.get(person, ()), *rest)
    return found


def _id(kept: Any) -> UUID:
    """An id, as the database keeps it."""
    return kept if isinstance(kept, UUID) else UUID(kept)
