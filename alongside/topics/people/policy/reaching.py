"""How a person may be reached: the formats they accept, and the ways they called safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.topics.people.models import InformationNeed, WayToTell


def accepted_formats(person: UUID, at: datetime) -> list[str]:
    """The formats this person can use, as codes of access.format. With none yet, nothing may be written."""
    rows = InformationNeed.everything.filter(person=person, category="format", since__lte=at)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__gt=at)).order_by("since")
    return list(dict.fromkeys(rows.values_list("code", flat=True)))


@dataclass(frozen=True)
class Way:
    """A way to reach somebody."""

    id: UUID
    channel: str
    address: str
    language: str
    times: str
    shared_with: UUID | None


def ways_of(person: UUID, at: datetime) -> list[WayToTell]:
    """Every way to tell this person that holds now, the first choice first."""
    rows = WayToTell.everything.filter(person=person, since__lte=at)
    return list(rows.filter(Q(ended_at=None) | Q(ended_at__gt=at)).order_by("place", "-since"))


def safe_way(person: UUID, at: datetime, channels: Iterable[str] | None = None) -> Way | None:
    """The first way that this person called safe. None: do not write, ring or call."""
    wanted = None if channels is None else set(channels)
    for row in ways_of(person, at):
        if row.is_safe and (wanted is None or row.channel in wanted):
            address, times = row.address, row.times
            if address is not None and address.words is None:
                continue  # the words are gone with the key: there is no such way any more
            return Way(
                row.id,
                row.channel,
                str(address) if address is not None else "",
                row.language,
                str(times) if times is not None else "",
                row.shared_with,
            )
    return None
