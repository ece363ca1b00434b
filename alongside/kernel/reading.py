"""The ledger, to read: the history of a thing, what was recorded about a person, who looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import msgspec
from django.db import models

from alongside.kernel import clock, ledger
from alongside.kernel.command import COMMANDS, Recorded
from alongside.kernel.ledger import Entry
from alongside.kernel.policy import Actor
from alongside.kernel.seal import Box


class Look(models.Model):
    """That somebody looked at a person's record: shown to that person. Added to, never changed."""

    id = models.BigAutoField(primary_key=True)
    person = models.UUIDField()
    by = models.UUIDField()
    at = models.DateTimeField()
    page = models.CharField(max_length=80)

    class Meta:
        app_label = "kernel"
        indexes = [models.Index(fields=["person", "at"], name="look_person")]


@dataclass(frozen=True)
class Line:
    """One line of the record, as a page or an export shows it. The words stay in their boxes."""

    recorded: Recorded
    fields: dict[str, Any]
    lengths: Sequence[int] = ()  # of its boxes, which lie joined
    joined: bytes = b""

    @cached_property
    def boxes(self) -> list[Box]:
        return ledger.split_boxes(self.lengths, self.joined)

    def value(self, name: str) -> Any:
        """What was answered to one question: words in their box, everything else as the record has it."""
        found = self.fields.get(name)
        return self.boxes[found["$"]] if isinstance(found, dict) and "$" in found else found

    @property
    def says(self) -> str:
        """The sentence of the command, without the name of who did it: the page knows that."""
        command = COMMANDS.get(self.recorded.kind)
        return str(command.sentence_of(self.fields)) if command else self.recorded.kind

    def says_to(self, readers: Collection[UUID]) -> str:
        """The same, as somebody with these records reads it: of what they did, or of what is about them."""
        command = COMMANDS.get(self.recorded.kind)
        if command is None:
            return self.recorded.kind
        did_it, is_about = self.recorded.by in readers, self.recorded.about in readers
        return str(command.sentence_to(self.fields, did_it=did_it, is_about=is_about))


def _lines(rows: Any) -> Iterator[Line]:
    for row in rows:
        yield _line(row.number, row.header, row.boxes)


def _line(number: int, text: str, boxes: bytes) -> Line:
    header = ledger.read_header(text)
    return Line(header.recorded(number), msgspec.json.decode(header.fields), header.boxes, bytes(boxes))


def history(thing: UUID, kinds: Iterable[str] = ()) -> list[Line]:
    """Every entry of one thing, or of some kinds, oldest first. The page has shown it may see the thing."""
    wanted = frozenset(kinds)
    lines = [_line(*row) for row in ledger.chain(thing)]
    return [line for line in lines if not wanted or line.recorded.kind in wanted]


def entries(ids: Collection[UUID], of: Iterable[UUID]) -> list[Line]:
    """Those of these entries that are of these things, oldest first. The page that asks has shown that its
    reader may know of them."""
    found = [line for thing in of if ids for line in history(thing) if line.recorded.id in ids]
    return sorted(found, key=lambda line: line.recorded.number)


def about(*records: UUID, before: int | None = None, limit: int = 50) -> list[Line]:
    """The entries about a person's life, by each record of theirs, newest first."""
    rows = Entry.objects.filter(about__in=records).order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(_lines(rows[:limit]))


def typed_for(records: Iterable[UUID], limit: int = 50) -> list[Line]:
    """The newest of a person's acts that somebody else typed for them, by each record of theirs."""
    rows = Entry.objects.filter(typed_for__in=list(records)).order_by("-number")
    return list(_lines(rows[:limit]))


def entry_about(person: UUID, pk: UUID) -> Line | None:
    """This entry, if it is about this person."""
    return _the_one(Entry.objects.filter(about=person), pk)


def typed_entry(authors: Iterable[UUID], pk: UUID) -> Line | None:
    """This entry, if it is one of these that did it, and somebody else typed it for them."""
    return _the_one(Entry.objects.filter(typed_for__in=list(authors)), pk)


def _the_one(rows: models.QuerySet[Entry], pk: UUID) -> Line | None:
    """Of these rows the entry of this id, which stands in its header alone: the database looks there."""
    named = _lines(rows.filter(header__contains=f'"id":"{pk.hex}"'))
    return next((line for line in named if line.recorded.id == pk), None)


def moments(numbers: Iterable[int]) -> dict[int, datetime]:
    """When each of these entries was made, by number."""
    return {line.recorded.number: line.recorded.at for line in _numbered(numbers)}


def began(last: Mapping[UUID, int]) -> dict[UUID, Recorded]:
    """Of each of these things the entry that began it, by the number of the one that last made its row so.
    Where that one is of another thing, it is the answer itself. All are read together, step by step."""
    found: dict[UUID, Recorded] = {}
    ahead = dict(last)
    while ahead:
        rows = {row.number: row for row in Entry.objects.filter(number__in=set(ahead.values()))}
        back: dict[UUID, int] = {}
        for thing, number in ahead.items():
            row = rows.get(number)
            if row is None:
                continue
            found[thing] = ledger.read_header(row.header).recorded(row.number)
            if row.before is not None and found[thing].thing == thing:
                back[thing] = row.before
        ahead = back
    return found


def hows(numbers: Iterable[int]) -> dict[int, str]:
    """How it was said, for each of these entries that somebody typed for another."""
    found = _numbered(numbers)
    return {line.recorded.number: line.recorded.how for line in found if line.recorded.typed_by}


def _numbered(numbers: Iterable[int]) -> Iterator[Line]:
    return _lines(Entry.objects.filter(number__in=list(numbers)))


def last_number() -> int:
    """The number of the newest entry: while it stays, nothing here has changed."""
    return int(Entry.objects.aggregate(last=models.Max("number"))["last"] or 0)


def how_many() -> int:
    """How many lines the record has."""
    return int(Entry.objects.count())


def looked(actor: Actor, person: UUID, page: str) -> None:
    """Note that somebody looked at a person's record. Their own looking is not noted."""
    if actor.person is None or actor.person == person:
        return
    Look.objects.create(person=person, by=actor.person, at=clock.now(), page=page)


@dataclass(frozen=True)
class Looked:
    by: UUID
    at: datetime
    page: str


def whose_hand(number: int) -> UUID | None:
    """Who made the entry of this number: by whose hand a row is as it is, which its `made_by` names."""
    return next((line.recorded.by for line in _numbered([number])), None)


def who_looked(*records: UUID, limit: int = 100) -> list[Looked]:
    """Who looked at a person's record, newest first: for that person, by each record of theirs."""
    rows = Look.objects.filter(person__in=records).order_by("-at", "-id")
    return [Looked(*row) for row in rows.values_list("by", "at", "page")[:limit]]


@dataclass(frozen=True)
class LookedThatDay:
    """What one person looked at in somebody's record on one day, newest first."""

    by: UUID
    on: date
    looks: tuple[Looked, ...]

    @property
    def first(self) -> datetime:
        return self.looks[-1].at

    @property
    def last(self) -> datetime:
        return self.looks[0].at


def by_day_and_person(looked: Iterable[Looked]) -> list[LookedThatDay]:
    """The same looks, one group for each day and person, the newest first. Not one is left out."""
    found: dict[tuple[date, UUID], list[Looked]] = {}
    for one in looked:
        found.setdefault((clock.day_of(one.at), one.by), []).append(one)
    return [LookedThatDay(by, on, tuple(looks)) for (on, by), looks in found.items()]
