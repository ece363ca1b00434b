"""Whether promises that were kept still hold, as anybody may know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.engine import GONE, HOLDS
from alongside.topics.promises.models import Erosion, StillHolds, Verdict
from alongside.topics.promises.policy.counting import sound


def lasts(promises: Iterable[UUID]) -> dict[UUID, str]:
    """Of promises open to all, what anybody may know of whether they last: that they hold, or do no longer.

    Nothing where fewer have said so than strangers may see: then, as far as they know, nobody was asked.
    """
    wanted = list(promises)
    gone = Erosion.everything.filter(promise__in=wanted, is_open=True).values_list("promise", flat=True)
    own_word = Verdict.everything.filter(promise__in=wanted, counts=True, by_own_word=True)
    apart = set(own_word.values_list("promise", "person"))
    said = sound(StillHolds.everything.filter(promise__in=wanted, counts=True)).order_by()
    heard = Counter(promise for promise, _one in set(said.values_list("promise", "person")) - apart)
    smallest = smallest_shown()
    return {one: HOLDS for one, many in heard.items() if many >= smallest} | dict.fromkeys(gone, GONE)
