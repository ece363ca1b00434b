"""How a person may be reached: the formats they accept, and the ways they called safe."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.interfaces.letter import STANDARD_SIZE
from alongside.kernel import clock, rules
from alongside.kernel.policy import Actor
from alongside.topics.people.models import InformationNeed, Person, WayToTell

ON_PAPER_BY = ("letter", "letter_large")
WRITTEN_BY = ("text", "email", *ON_PAPER_BY)  # the ways by which a message of ours can go
OURS = ("en", "cy")  # the languages that our own words are in
SHORT = ("plain", "easy_read", "electronic", "coloured_paper")  # a notice of two short sentences suits these
ON_PAPER = ("plain", "coloured_paper")  # and those with a size in points
LARGE = 18


def accepted_formats(person: UUID, at: datetime) -> list[str]:
    """The formats this person can use, as codes of access.format. With none yet, nothing may be written."""
    rows = _formats_of([person], at).order_by("since")
    return list(dict.fromkeys(rows.values_list("code", flat=True)))


def _formats_of(people: Collection[UUID], at: datetime) -> QuerySet[InformationNeed]:
    rows = InformationNeed.everything.filter(person__in=people, category="format", since__lte=at)
    return rows.filter(Q(ended_at=None) | Q(ended_at__gt=at))


def who_was_asked_how(people: Iterable[UUID], at: datetime) -> dict[UUID, date]:
    """Of these people, those to whom nothing can be written yet: one letter alone went on that day, and asked
    in what form. What was to be told went to none of them."""
    rows = Person.everything.filter(pk__in=list(people), first_letter_at__isnull=False)
    asked = dict(rows.values_list("pk", "first_letter_at"))
    can_be_written_to = set(_formats_of(list(asked), at).values_list("person", flat=True)) if asked else set()
    return {one: clock.day_of(when) for one, when in asked.items() if one not in can_be_written_to}


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


def those_behind(person: UUID, place: int) -> list[UUID]:
    """The safe ways of somebody that come one later where another is put at this place: no two are first.
    None where the place is free."""
    rows = WayToTell.everything.filter(person=person, is_safe=True, ended_at=None, place__gte=place)
    behind = list(rows.order_by("place", "-since", "id"))
    return [row.id for row in behind] if any(row.place == place for row in behind) else []


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


def only_written_way(person: UUID, actor: Actor) -> str:
    """The one kind of way by which a message of ours can go to somebody, for a form that would else ask.
    Nothing where there are more, or where the reader may not know of it."""
    rows = WayToTell.objects.seen_by(actor).filter(person=person, ended_at=None, is_safe=True)
    found: set[str] = set(rows.filter(channel__in=WRITTEN_BY).values_list("channel", flat=True))
    return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class Writing:
    """How a message of ours can go to somebody. Print has a size in points."""

    way: Way
    size: int | None


def how_we_write(person: UUID, at: datetime) -> Writing | None:
    """By which safe way a message of ours suits this person. None: somebody has to ring or go.
    The very first letter, which only asks how, is apart from this."""
    formats, way = accepted_formats(person, at), safe_way(person, at, WRITTEN_BY)
    if not formats or way is None or way.language not in OURS:
        return None
    size = size_for(formats, way.channel)
    if way.channel in ON_PAPER_BY:
        return Writing(way, size) if size is not None else None
    suits_short = size is not None or any(code in SHORT for code in formats)
    return Writing(way, size) if suits_short else None


def size_for(formats: Sequence[str], channel: str) -> int | None:
    """The size of print in points that suits this person; None when print does not suit them."""
    pack = rules.here(clock.today())
    sizes = [int(item.get("points", 0)) for item in pack.items("access.format") if item["code"] in formats]
    largest = max(sizes, default=0)
    if largest:
        return largest
    if any(code in ON_PAPER for code in formats):
        return LARGE if channel == "letter_large" else STANDARD_SIZE
    return None
