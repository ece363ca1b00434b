"""Promises that no longer held and hold again, worked out from what those they were made to say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.engine import Again, Mended, mended
from alongside.topics.promises.models import Erosion, Holds, Promise, StillHolds, Verdict
from alongside.topics.promises.policy.counting import sound


def mended_now(promises: Iterable[UUID]) -> dict[UUID, Mended]:
    """Of these promises: those that no longer held and hold again, since when, and as n of N say.

    Of one that is open to all, as many must have said so since as strangers may see; of a life, one.
    """
    wanted = list(promises)
    if not wanted:
        return {}
    lives = set(Promise.everything.filter(id__in=wanted, person__isnull=False).values_list("id", flat=True))
    least = smallest_shown()
    last: dict[UUID, int] = {}
    for promise, number in Erosion.everything.filter(promise__in=wanted).values_list("promise", "made_by"):
        last[promise] = max(last.get(promise, 0), number)
    said: defaultdict[UUID, list[Again]] = defaultdict(list)
    for row in last_words(list(last)):
        since = row.made_by > last[row.promise]
        holds, gone = row.said == Holds.STILL, row.said == Holds.NO_LONGER
        said[row.promise].append(Again(row.said_on, holds, gone, is_since=since))
    found = {one: mended(words, smallest=1 if one in lives else least) for one, words in said.items()}
    return {promise: each for promise, each in found.items() if each is not None}


def in_numbers(found: Mended) -> bool:
    """Whether anybody may read how many say so: neither they nor the others are a few."""
    smallest, others = smallest_shown(), found.of - found.still
    return found.still >= smallest and (others == 0 or others >= smallest)


def last_words(promises: list[UUID]) -> list[StillHolds]:
    """The last word of each, oldest first, of those whom somebody else knows to be among them."""
    own_word = Verdict.everything.filter(promise__in=promises, counts=True, by_own_word=True)
    apart = set(own_word.values_list("promise", "person"))
    rows = sound(StillHolds.everything.filter(promise__in=promises, counts=True)).order_by("made_by", "id")
    last = {(row.promise, row.person): row for row in rows if (row.promise, row.person) not in apart}
    return sorted(last.values(), key=lambda row: row.made_by)
