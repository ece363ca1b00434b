"""Whom to tell of a promise: those it was made to by name, and those of a group whom we know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from alongside.kernel.command import Recorded
from alongside.topics.people.models import Asking
from alongside.topics.people.models.kinds import HowOften
from alongside.topics.promises.models import Promise, PromisedTo
from alongside.topics.promises.policy import group_people


def tell(person: UUID, what: str, promise: UUID) -> tuple[str, Mapping[str, Any]]:
    """A message without words: whom it is for, a neutral code, and where to look."""
    return (
        "tell",
        {"person": person.hex, "what": what, "link": f"/promises/{promise}", "matter": promise.hex},
    )


def people_of(promise: UUID) -> list[UUID]:
    """The people a promise was made to, by themselves."""
    rows = PromisedTo.everything.filter(promise=promise, person__isnull=False).order_by("id")
    return list(rows.values_list("person", flat=True))


def tell_all(promise: UUID, what: str, but: UUID | None) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tell everyone a promise was made to, but the one who did this."""
    for person in people_of(promise):
        if person != but:
            yield tell(person, what, promise)


def tell_group(
    promise: UUID, what: str, recorded: Recorded, *, but: Iterable[UUID] = ()
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Tell those of a group whom we know, but the one who did this and who wants no such messages."""
    row = Promise.everything.get(pk=promise)
    if not row.group_size:
        return
    quiet = set(Asking.everything.filter(how_often=HowOften.NEVER).values_list("id", flat=True))
    named = {*people_of(promise), *but, recorded.by}
    for person in group_people(row, recorded.at):
        if person not in named and person not in quiet:
            yield tell(person, what, promise)
