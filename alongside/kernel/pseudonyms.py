"""A name for this matter only. Whose it is can be found with the installation's keys, not in the tables."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models

from alongside.kernel import chance
from alongside.kernel.keyring import keyring
from alongside.kernel.seal import Box, Sealer


class Pseudonym(models.Model):
    """A name for this matter only. The link to the person is sealed; the finder is a keyed digest."""

    id = models.UUIDField(primary_key=True)
    matter = models.UUIDField(db_index=True)
    finder = models.BinaryField(max_length=32, unique=True)
    link = models.BinaryField()

    class Meta:
        app_label = "kernel"


def _finder(person: UUID, matter: UUID) -> bytes:
    return keyring().mac(b"pseudonym", person.bytes, matter.bytes)


def pseudonym_for(person: UUID, matter: UUID, former: Iterable[UUID] = ()) -> UUID:
    """This person's pseudonym in this matter, made when there is none. The link is sealed to it.

    `former` are records that were joined into theirs: by whichever they spoke first, they keep that name.
    """
    finder = _finder(person, matter)
    for record in (finder, *(_finder(one, matter) for one in sorted(former))):
        known = Pseudonym.objects.filter(finder=record).values_list("id", flat=True).first()
        if known is not None:
            return known
    made = chance.mint()
    link = Sealer(made).seal(str(person), made, "link")
    Pseudonym.objects.create(id=made, matter=matter, finder=finder, link=link)
    return made


def voices_of(*records: UUID) -> frozenset[UUID]:
    """Every pseudonym of a person, by each record of theirs, found matter by matter with the keyed digest."""
    matters = Pseudonym.objects.values_list("matter", flat=True).distinct()
    finders = [_finder(record, matter) for matter in matters for record in records]
    return (
        frozenset(Pseudonym.objects.filter(finder__in=finders).values_list("id", flat=True))
        if finders
        else frozenset()
    )


def same_speakers(joined: Iterable[tuple[UUID, UUID]], matter: UUID) -> dict[UUID, UUID]:
    """Of the names used in one matter: those that are of one person since two records were joined.

    `joined` are pairs (record that went, record that stays). Names are compared by their digests alone: no
    link is opened, and nothing of this is written down. For counting a person once, and for nothing else.
    """
    pairs = list(joined)
    return _speakers([*pairs, *((new, new) for new in {new for _old, new in pairs})], matter)


def names_of_these(people: Iterable[UUID], matter: UUID) -> dict[UUID, UUID]:
    """Of the names used in one matter: those of these people, each with whose it is.

    As above: by the digests alone, and only to count. Whoever shows a number made with this shows none from
    which one person follows.
    """
    return _speakers([(one, one) for one in set(people)], matter)


def _speakers(records: Iterable[tuple[UUID, UUID]], matter: UUID) -> dict[UUID, UUID]:
    if not Pseudonym.objects.filter(matter=matter).exists():
        return {}
    stand = {_finder(record, matter): person for record, person in records}
    found = Pseudonym.objects.filter(matter=matter, finder__in=list(stand)).values_list("id", "finder")
    return {pk: stand[bytes(finder)] for pk, finder in found}


def person_behind(pseudonym: UUID) -> UUID | None:
    """Whose pseudonym this is, for the tellings that must reach them. None when the key is gone."""
    row = Pseudonym.objects.filter(id=pseudonym).first()
    words = Box(bytes(row.link)).words if row else None
    return UUID(words) if words else None
