"""Promises that are looked at again after half a year and a year: for the tests of this room."""

from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import THE_CLOCK
from alongside.topics.promises.commands import SayWhetherItHolds, due
from tests.interfaces.conftest import browser_of
from tests.promises.making import to_whom

KEPT, HALF_A_YEAR, A_YEAR = "2026-05-04", "2026-11-05", "2027-05-05"


def holds(promise: UUID, person: UUID | None, said: str = "no_longer", words: str = "") -> SayWhetherItHolds:
    return SayWhetherItHolds(promise=promise, made_to=to_whom(promise, person), said=said, words=words)


def the_clock() -> list[str]:
    """Let the clock do what is due; the kinds of what it did."""
    found = []
    for command in list(due(clock.now())):
        do(command, by=THE_CLOCK)
        found.append(command.records)
    return found


def told(what: str) -> set[str]:
    return {row.payload["person"] for row in Outbox.objects.filter(kind="tell", payload__what=what)}


def read(address: str) -> str:
    answer = browser_of(None).get(address)
    parts = getattr(answer, "streaming_content", None)
    return (b"".join(parts) if parts is not None else answer.content).decode()
