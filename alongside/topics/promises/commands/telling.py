"""Whom to tell of a promise: those it was made to by name, and those of a group whom we know."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.kernel.command import Recorded
from alongside.topics.people.policy import TO_MANY, left_in_peace
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.promises.models import Promise, PromisedTo
from alongside.topics.promises.policy import group_people


def tell(person: UUID, what: str, promise: UUID) -> tuple[str, Mapping[str, Any]]:
    """A message without words: whom it is for, a neutral code, and where to look."""
    return (
        "tell",
        {"person": person.hex, "what": what, "link": f"/promises/{promise}", "matter": promise.hex},
    )


def told_at_once(promise: Promise, told: tuple[str, Mapping[str, Any]]) -> tuple[str, Mapping[str, Any]]:
    """A message about a line of a protocol leads to the protocol: its lines come due together."""
    kind, notice = told
    if promise.protocol is None:
        return told
    return kind, {**notice, "link": f"/promises/protocols/{promise.protocol}", "matter": promise.protocol.hex}


def other_lines(promise: Promise) -> Any:
    """The other lines of the protocol that a promise is one of."""
    lines = Promise.everything.filter(protocol=promise.protocol).exclude(protocol=None)
    return lines.exclude(id=promise.id)


def people_of(promise: UUID) -> list[UUID]:
    """The people a promise was made to, by themselves."""
    rows = PromisedTo.everything.filter(promise=promise, person__isnull=False).order_by("id")
    return list(rows.values_list("person", flat=True))


def living_of(promise: UUID) -> list[UUID]:
    """The same, without those who have died: they are neither asked nor told any more."""
    people = people_of(promise)
    gone = who_died(people)
    return [one for one in people if one not in gone]


def tell_all(promise: UUID, what: str, but: UUID | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tell everyone a promise was made to, but the one who did this."""
    for person in living_of(promise):
        if person != but:
            yield tell(person, what, promise)


def tell_group(
    promise: UUID, what: str, recorded: Recorded, *, but: Iterable[UUID] = ()
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tell those of a group whom we know, but the one who did this, as often as each of them wants."""
    row = Promise.everything.get(pk=promise)
    if not row.group_size:
        return
    named = {*people_of(promise), *but, recorded.by}
    people = [person for person in group_people(row, recorded.at) if person not in named]
    peace = left_in_peace(people, recorded.at)
    for person in people:
        if person not in peace:
            kind, notice = tell(person, what, promise)
            yield kind, {**notice, TO_MANY: True}
