"""Builds the whole place, from nothing, through the door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management import call_command

from alongside.kernel import chance, reading
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.made_up import cast
from alongside.made_up.conductor import tell
from alongside.made_up.ground import lay
from alongside.made_up.place import LIVES, NOT_STRONG, STAFF, Place
from alongside.made_up.stories import stories
from alongside.topics.people.models import Person

WAITING_DAYS = 4  # messages as fresh as this still wait to be sent


@dataclass(frozen=True)
class Built:
    """What was built: how many lines its record has, and what the mark file says of it."""

    lines: int
    marker: dict[str, Any]


def people_are_here() -> bool:
    """Whether this home holds anybody, so that nothing may be made up in it."""
    call_command("migrate", verbosity=0, interactive=False)
    return bool(Person.objects.seen_by(Actor(installation=True)).exists())


def build(*, seed: int, today: date, progress: Callable[[float], None]) -> Built:
    """Build Wexmoor as it is on this day. The same seed and day give the same place."""
    with chance.seeded(seed) as random:
        place = Place(today, random)
        lay(place)
        tell(place, stories(place), progress)
    _let_go_of_what_was_sent(place)
    return Built(reading.how_many(), _marker(place))


def _let_go_of_what_was_sent(place: Place) -> None:
    """Letters of a made-up year never left the house: only those of the last days still wait to be sent."""
    old = Outbox.objects.filter(made_at__lt=place.at(-WAITING_DAYS))
    old.update(state="sent", said="This was sent in the made-up year, and never left the house.")


def _marker(place: Place) -> dict[str, Any]:
    names = {life.key: life.name for life in LIVES.values()} | {
        post.key: post.name for post in STAFF.values()
    }
    faces = [
        {
            "person": str(place.named(key)),
            "name": names[key],
            "who": who,
            "strong": key in STAFF and key not in NOT_STRONG,
        }
        for key, who in cast.FACES
    ]
    return {"today": place.today.isoformat(), "faces": faces, "stories": _to_follow(place)}


def _to_follow(place: Place) -> list[dict[str, str]]:
    """Stories that a visitor can follow, each on the page where it is best read."""
    decision, change = place.named("front door matter"), place.named("front door change")
    ana, devon = str(place.named("ana")), str(place.named("devon"))
    return [
        {"code": "fit", "path": f"/changes/{change}"},
        {"code": "mind", "path": f"/decisions/{decision}/minds"},
        {"code": "words", "path": f"/decisions/{decision}/taken", "person": devon},
        {"code": "pay", "path": f"/promises/{place.named('front door pay promise')}", "person": ana},
        {"code": "heard", "path": "/hearings/"},
    ]
