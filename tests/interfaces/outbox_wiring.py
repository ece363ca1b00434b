"""A wiring page for the tests of the outbox: one way to tell people, and what the clock brings."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.interfaces.delivery import Channel, Message
from alongside.kernel.command import Command
from tests.kernel.toy.commands import Wave
from tests.kernel.toy.models import Plant as PlantRow

SAFE: dict[UUID, str] = {}  # whose safe way is which email address
BECAME: list[tuple[str, str]] = []

WHEN: dict[str, list[Any]] = {}
TELL = {"toy.planted": [lambda command, recorded: [("tell", notice(recorded.by))]]}
ASKS = {
    name: f"tests.interfaces.outbox_wiring.{name}" for name in ("prepare", "channel_for", "what_became_of_it")
}


def notice(person: UUID) -> dict[str, Any]:
    return {"person": person.hex, "what": "something_to_read", "link": "/me", "clock": "2026-05-14"}


def prepare(person: UUID, told: Mapping[str, Any]) -> Message | None:
    if person not in SAFE:
        return None
    return Message(
        channel=Channel.EMAIL,
        to=SAFE[person],
        subject="You have something to read",
        body="You have something to read in Alongside.",
        language="en",
        reference="",
        key="",
    )


def channel_for(person: UUID) -> Channel | None:
    return Channel.EMAIL if person in SAFE else None


def what_became_of_it(told: Mapping[str, Any], state: str, channel: str) -> Iterable[Command]:
    BECAME.append((state, channel))
    for plant in PlantRow.everything.filter(keeper=UUID(told["person"])):
        if state == "failed":
            yield Wave(plant=plant.pk)


def thirsty(now: datetime) -> Iterable[Command]:
    """Each plant nobody has watered: waved at."""
    for plant in PlantRow.everything.filter(water=0):
        yield Wave(plant=plant.pk)


DUE = [thirsty]
