"""Counts of what people said of promises, as anybody may be told them.

They look at everything, so that nothing is counted under a filter, and give numbers only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from alongside.kernel.few import as_the_last_lot_stood, whole_lots
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import NOBODY, Actor
from alongside.topics.people.models.links import Dispute
from alongside.topics.people.policy import smallest_shown
from alongside.topics.people.policy.deaths import all_who_died
from alongside.topics.promises.engine import Answer, Counts, Protected, counts, in_lots, protect, together
from alongside.topics.promises.models import GroupTold, Promise, PromisedTo, StillHolds, Through, Verdict

SPOKEN_FOR = (Through.SPEAKER, Through.ADVOCATE)


def counts_of(promises: Iterable[UUID]) -> dict[UUID, Counts]:
    """How each of these promises was judged. The page has shown that its reader may know."""
    wanted = list(promises)
    if not wanted:
        return {}
    said: defaultdict[UUID, dict[str, int]] = defaultdict(dict)
    spoken: defaultdict[UUID, list[int]] = defaultdict(lambda: [0, 0, 0])
    asked = _asked(wanted)
    for promise, word, way, number in _answers_to(NOBODY, among=wanted):
        said[promise][word] = said[promise].get(word, 0) + number
        spoken[promise][0] += number if way in SPOKEN_FOR else 0
        spoken[promise][1] += number if way == Through.SPOKEN else 0
    waiting, heard = (question(NOBODY, among=wanted) for question in (_waiting_for_a_yes, _heard))
    for promise, _person in set(waiting) - set(heard):
        spoken[promise][2] += 1
    return {
        one: counts(
            said[one],
            of=asked.get(one, 0),
            unconfirmed=spoken[one][2],
            through_speaker=spoken[one][0],
            written_down=spoken[one][1],
        )
        for one in wanted
    }


def standing_answers(**which: Any) -> QuerySet[Any]:
    """Answers that count as the person’s. A speaker’s do not while somebody disputes that speaker, and never
    again if it was found that they may not speak: then their words were only their own."""
    rows: QuerySet[Any] = Verdict.everything.filter(counts=True, by_own_word=False, **which)
    return sound(rows)


def sound(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Answers, without those of a speaker whom somebody disputes or who may not speak."""
    mine = Dispute.everything.filter(speaker=OuterRef("by"), person=OuterRef("person"))
    unsound = mine.filter(Q(settled_at=None) | Q(stands=False, made_by__gt=OuterRef("made_by")))
    return rows.exclude(Exists(unsound), through__in=SPOKEN_FOR)


def no_longer_theirs(rows: Iterable[Verdict | StillHolds], people: Collection[UUID]) -> set[UUID]:
    """Of these answers, those that a speaker gave for one of these people and that are nobody's now: they are
    asked themself again. Nothing is looked up where nobody spoke for them."""
    spoken = [row for row in rows if row.counts and row.person in people and row.through in SPOKEN_FOR]
    if not spoken:
        return set()
    ids = {row.id for row in spoken}
    return ids - set(sound(type(spoken[0]).everything.filter(id__in=ids)).values_list("id", flat=True))


def _asked(promises: list[UUID]) -> dict[UUID, int]:
    """For each promise, how many people it was made to."""
    found: dict[UUID, int] = dict(_people_promised(NOBODY, among=promises))
    for promise, size in _sizes(NOBODY, among=promises):
        found[promise] = found.get(promise, 0) + size
    return found


@kept_question
def _answers_to(actor: Actor, at: datetime, promises: list[UUID]) -> Any:
    """(promise, answer, in whose mouth, how many)."""
    rows = standing_answers(promise__in=promises).order_by().values_list("promise", "said", "through")
    return rows.annotate(number=Count("id"))


@kept_question
def _people_promised(actor: Actor, at: datetime, promises: list[UUID]) -> Any:
    """(promise, how many people it was made to by name)."""
    rows = PromisedTo.everything.filter(promise__in=promises, person__isnull=False).order_by()
    return rows.values_list("promise").annotate(number=Count("person", distinct=True))


@kept_question
def _sizes(actor: Actor, at: datetime, promises: list[UUID]) -> Any:
    """(promise, how many are in the group it was made to)."""
    return Promise.everything.filter(id__in=promises, group_size__gt=0).values_list("id", "group_size")


@kept_question
def _waiting_for_a_yes(actor: Actor, at: datetime, promises: list[UUID]) -> Any:
    """(promise, person): answers that somebody wrote down and nobody has confirmed."""
    rows = Verdict.everything.filter(needs_confirming=True, confirmed_on=None, is_held=False)
    return rows.filter(promise__in=promises).values_list("promise", "person")


@kept_question
def _heard(actor: Actor, at: datetime, promises: list[UUID]) -> Any:
    """(promise, person): answers that count."""
    return standing_answers(promise__in=promises).values_list("promise", "person")


def counts_apart(promise: Promise) -> Counts:
    """What those said who say themselves that they are in the group, and whom nobody has confirmed yet."""
    rows = Verdict.everything.filter(promise=promise.id, counts=True, by_own_word=True).order_by()
    said = dict(rows.values_list("said").annotate(number=Count("id")))
    return counts(said, of=sum(said.values()))


def apart_told(promise: Promise, *, smallest: int) -> Protected:
    """The same as everyone is told it: as the last whole lot left it."""
    rows = Verdict.everything.filter(promise=promise.id, by_own_word=True, heard__isnull=False)
    standing = set(rows.filter(counts=True).values_list("person", flat=True))
    came = [row for row in rows.values_list("heard", "person", "said") if row[1] in standing]
    shown = as_the_last_lot_stood(came, smallest=smallest)
    words = list(shown.values())
    if not words:
        return Protected((), None)
    return protect(counts({one: words.count(one) for one in set(words)}, of=len(words)), smallest=smallest)


def told_of_group(promise: Promise, *, smallest: int = 0) -> int:
    """How many of the group we know were told: the most that one telling reached, or all who have answered.

    Tellings are never added up: the same people may be told twice. For everyone, those who answered are
    counted in whole lots of `smallest`.
    """
    most = GroupTold.everything.filter(promise=promise.id).aggregate(most=Max("reached"))["most"] or 0
    said = Verdict.everything.filter(promise=promise.id, counts=True, by_own_word=False)
    heard = whole_lots(said.values("person").distinct().count(), smallest=smallest)
    return min(max(most, heard), promise.group_size or 0)


# What strangers may be told. Every figure is added up from the same small pieces: one promise that is open
# to all, or all promises about people’s lives that one body made for one month. So no two tables can be taken
# from each other to find what neither shows. A piece changes only when `smallest` more people have answered,
# so that no two days can be taken from each other either.


def published(pieces: Mapping[Any, Sequence[UUID]]) -> dict[Any, Protected]:
    """For each piece, what anybody may be told of its promises."""
    smallest = smallest_shown()
    wanted = {promise for promises in pieces.values() for promise in promises}
    asked = _asked(list(wanted))
    said: defaultdict[UUID, list[Answer]] = defaultdict(list)
    unsaid: defaultdict[UUID, list[Answer]] = defaultdict(list)
    rows = sound(Verdict.everything.filter(promise__in=wanted, by_own_word=False, heard__isnull=False))
    columns = ("promise", "person", "heard", "denied", "id", "said")
    for promise, person, heard, denied, pk, word in rows.values_list(*columns):
        said[promise].append((heard, (promise, person), (pk, word)))
        if denied is not None:
            unsaid[promise].append((denied, (promise, person), (pk, word)))
    died = _died(wanted)
    return {
        piece: in_lots(
            [one for promise in of for one in said[promise]],
            unsaid=[one for promise in of for one in unsaid[promise]],
            of=sum(asked.get(promise, 0) for promise in of),
            smallest=smallest,
            died=[(promise, person) for promise in of for person in died[promise]],
        )
        for piece, of in pieces.items()
    }


def _died(promises: Iterable[UUID]) -> defaultdict[UUID, set[UUID]]:
    """For each promise, those it was made to by name who have died."""
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    dead = set(all_who_died())
    rows = PromisedTo.everything.filter(promise__in=promises, person__in=dead) if dead else None
    for promise, person in rows.values_list("promise", "person") if rows is not None else ():
        found[promise].add(person)
    return found


def public_pieces(which: Q) -> dict[Any, list[UUID]]:
    """The pieces of those promises: each that is open to all by itself, the others by body and month."""
    found: defaultdict[Any, list[UUID]] = defaultdict(list)
    rows = Promise.everything.filter(which).order_by("made_by", "id")
    columns = ("id", "person", "organisation", "first_due_on")
    for pk, person, organisation, due_on in rows.values_list(*columns):
        found[pk if person is None else (organisation, due_on.year, due_on.month)].append(pk)
    return found


def public_counts(which: Q) -> Protected:
    """What anybody may be told of promises. For lives, `which` must take whole months of `first_due_on`."""
    return together(published(public_pieces(which)).values())


def told_of_one(promise: UUID) -> Protected:
    """What anybody may be told of one promise that is open to all."""
    return published({promise: [promise]})[promise]
