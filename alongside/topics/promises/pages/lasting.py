"""Whether promises that were kept still hold, no longer do, or hold again, as anybody may know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from alongside.topics.people.policy import smallest_shown
from alongside.topics.promises.engine import GONE, HOLDS
from alongside.topics.promises.models import Erosion
from alongside.topics.promises.policy.mending import last_words, mended_now


def lasts(promises: Iterable[UUID]) -> dict[UUID, str]:
    """Of promises open to all, what anybody may know of whether they last: that they hold, or do no longer.

    Nothing where fewer have said so than strangers may see: then, as far as they know, nobody was asked.
    What no longer held and is mended holds.
    """
    wanted = list(promises)
    gone = set(Erosion.everything.filter(promise__in=wanted, is_open=True).values_list("promise", flat=True))
    heard = Counter(row.promise for row in last_words(wanted))
    smallest = smallest_shown()
    told = {one: HOLDS for one, many in heard.items() if many >= smallest} | dict.fromkeys(gone, GONE)
    return told | dict.fromkeys(mended_now(gone), HOLDS)
