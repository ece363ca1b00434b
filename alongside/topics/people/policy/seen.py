"""Who has seen the document on which a power rests, as far as the record says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from alongside.topics.people.models import Link, PowerCheck


class Outside(Protocol):
    """Everyone who stands outside of one line."""

    def __contains__(self, who: UUID, /) -> bool: ...


def who_saw_the_document(powers: Iterable[Link]) -> dict[UUID, frozenset[UUID]]:
    """Of each power: who wrote it down, and who outside of their line read its number too."""
    found = {row.id: {row.said_by} for row in powers}
    checked = PowerCheck.everything.filter(link__in=list(found), agreed_by__isnull=False) if found else ()
    for check in checked:
        found[check.link].add(check.agreed_by)
    return {link: frozenset(who) for link, who in found.items()}
