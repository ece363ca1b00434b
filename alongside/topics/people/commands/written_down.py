"""Writing somebody down, and what a person or a body is found by."""

from typing import Any
from uuid import UUID

from alongside.kernel.command import Recorded
from alongside.kernel.letters import plain_letters
from alongside.kernel.now import words_of
from alongside.topics.people.models import Findable, Person, PersonState


def by_name(name: Any) -> dict[str, str]:
    """What somebody is found by: the name, and the same in plain letters. A box is opened only here."""
    words = words_of(name) or ""
    return {"name": words, "folded": plain_letters(words)}


def can_be_found(entry: Recorded, pk: UUID, kind: str, name: Any, *, added_by: UUID) -> None:
    """From now on a person, a body, a team or an office is found by its name."""
    Findable.begin(entry, id=pk, kind=kind, added_by=added_by, **by_name(name))


def write_down(
    entry: Recorded, person: UUID, name: Any, *, is_child: bool, held_by: UUID, added_by: UUID
) -> None:
    """A new record of a person, found by their name."""
    Person.begin(
        entry,
        id=person,
        state=PersonState.ACTIVE,
        merged_into=None,
        is_child=is_child,
        held_by=held_by,
        added_by=added_by,
        added_at=entry.at,
    )
    can_be_found(entry, person, Findable.PERSON, name, added_by=added_by)
