"""Whether all kinds of people took part: what people chose to say of themselves, beside who all of them are.

It is never worked out of who somebody is elsewhere, and nobody is counted who did not choose it. A number is
told only where at least `smallest` people said it and as many did not, so that nobody's own word follows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from alongside.kernel.few import as_the_last_lot_stood, whole_lots
from alongside.topics.decisions.engine.facts import Fact, Facts
from alongside.topics.decisions.engine.finding import Figure, Finding, only

TOOK_PART, IN_ALL = "kind_", "all_"  # what a figure of one kind is called begins with these
ENOUGH = 2  # one in so many of those who took part must have chosen to say something


@dataclass(frozen=True, slots=True, kw_only=True)
class OfThemself(Fact):
    """One thing somebody said of themself, by its code, until they take it back."""

    person: UUID
    kind: str
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Fact):
    """How many of all it affects are of one kind, as the body says."""

    kind: str
    people: int


def said_by(facts: Facts, people: set[UUID]) -> dict[UUID, frozenset[str]]:
    """What each of these people says of themself, as the last whole lot of people who spoke left it."""
    own = [one for one in facts.kinds if isinstance(one, OfThemself)]
    turns = [(one.at, False, one) for one in own]
    turns += [(one.ended_at, True, one) for one in own if one.ended_at is not None]
    now: dict[UUID, set[str]] = defaultdict(set)
    said = []
    for number, (_at, is_taken_back, one) in enumerate(sorted(turns, key=lambda turn: turn[:2])):
        (now[one.person].discard if is_taken_back else now[one.person].add)(one.kind)
        said.append((number, one.person, frozenset(now[one.person])))
    stood = as_the_last_lot_stood(said, smallest=facts.smallest)
    return {who: kinds for who, kinds in stood.items() if kinds and who in people}


def with_kinds(found: Finding, facts: Facts, people: set[UUID]) -> Finding:
    """The row of breadth with each kind that the body counted: of those who took part and say what is true of
    them, and of all. What is missing is named: that too few chose to say, or who all of them are."""
    said, size = said_by(facts, people), facts.matter.size
    among = [one for one in facts.kinds if isinstance(one, Among)]
    latest = {one.kind: one for one in sorted(among, key=lambda one: one.at)}
    figures = [Figure("of_themselves", len(said), len(people))] if said else []
    for kind, one in latest.items():
        figures += [Figure(IN_ALL + kind, one.people, max(size or 0, one.people))]
        if said:
            figures.append(Figure(TOOK_PART + kind, sum(kind in own for own in said.values()), len(said)))
    missing = only(equality_said=not said or len(said) * ENOUGH < len(people), equality_of_all=not among)
    return replace(
        found,
        figures=(*found.figures, *figures),
        missing=(*found.missing, *missing),
        rests_on=tuple(dict.fromkeys((*found.rests_on, *(one.entry for one in latest.values())))),
    )


def kinds_protected(found: Finding, *, smallest: int) -> Finding:
    """The same as anybody may see it: in whole lots, and only where neither those who are of the kind nor
    those who are not are few. That nobody who took part says it, is told."""
    kept, hidden = [], []
    for each in found.figures:
        of = each.of or 0
        if each.name.startswith(TOOK_PART) and each.value and min(each.value, of - each.value) < smallest:
            hidden.append(each.name)
        elif each.name.startswith(TOOK_PART):
            told = [whole_lots(one, smallest=smallest) for one in (each.value, of)]
            kept.append(Figure(each.name, told[0], told[1]))
        elif each.name == "of_themselves":
            kept.append(replace(each, value=whole_lots(each.value, smallest=smallest)))
        else:
            kept.append(each)
    return replace(found, figures=tuple(kept), hidden=(*found.hidden, *hidden))
