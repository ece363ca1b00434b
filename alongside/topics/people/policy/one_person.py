"""One person, whatever they are called by: records that were joined, and the name they use in one matter."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from alongside.kernel.pseudonyms import names_of_these, same_speakers
from alongside.topics.people.models import Person, PersonState


def now_is(person: UUID) -> UUID:
    """The record that now stands for this person: after two records of one person were joined."""
    for _step in range(8):
        row = Person.everything.filter(pk=person, state=PersonState.MERGED).first()
        if row is None or row.merged_into is None:
            return person
        person = row.merged_into
    return person


def joined_records(person: UUID) -> tuple[UUID, frozenset[UUID]]:
    """The record that stands for this person now, and all that were joined into it."""
    stands = now_is(person)
    found, step = {stands}, {stands}
    while step:
        step = set(Person.everything.filter(merged_into__in=step).values_list("id", flat=True)) - found
        found |= step
    return stands, frozenset(found - {stands})


def joined_now() -> dict[UUID, UUID]:
    """Every record that was joined into another, with the one that stands for that person now."""
    rows = Person.everything.filter(state=PersonState.MERGED, merged_into__isnull=False)
    into: dict[UUID, UUID] = dict(rows.values_list("id", "merged_into"))
    return {old: _last(old, into) for old in into}


def one_each(
    people: Iterable[UUID], matter: UUID, joined: dict[UUID, UUID] | None = None
) -> dict[UUID, UUID]:
    """For counting: each of these ids, with the one by which that person is counted.

    Two records that were joined are one person, and so are the names they use in this one matter. Whoever
    asks of many matters gives `joined_now()` once.
    """
    wanted = set(people)
    joined = joined_now() if joined is None and wanted else joined or {}
    speakers = same_speakers(joined.items(), matter) if joined else {}
    return {one: joined.get(one) or speakers.get(one) or one for one in wanted}


def one_each_unnamed_too(people: Iterable[UUID], matter: UUID) -> dict[UUID, UUID]:
    """As `one_each`, where some spoke by name and some without: somebody who did both is one person.

    It opens no link and writes nothing down. It is for counting, and no page shows whom it found.
    """
    wanted = set(people)
    who = one_each(wanted, matter)
    unnamed = names_of_these({*wanted, *who.values()}, matter)
    named = {one: who.get(person, person) for one, person in unnamed.items()}
    return {one: named.get(one, stands) for one, stands in who.items()}


def _last(record: UUID, into: dict[UUID, UUID]) -> UUID:
    """The record at the end of the chain of those that were joined."""
    for _step in range(8):
        if record not in into:
            break
        record = into[record]
    return record
