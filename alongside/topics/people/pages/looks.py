"""Who looked at somebody's record, folded by day and person; each look can be opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import reading
from alongside.kernel.command import Lazy
from alongside.topics.people.policy import joined_records, names_of

MOST_LOOKS = 5_000  # of the newest; all of them are in the person's own record, as a file
PAGES: Mapping[str, Lazy] = {
    "decision": _("A decision"),
    "promise": _("A promise"),
    "decisions:look": _("A legal reason that somebody outside was asked to look at"),
    "people:person": _("The page of this record"),
    "people:api": _("The record, read by a program"),
    "people:who_can_see": _("Who can see what"),
    "people:one_asked": _("Something that two people must agree to"),
    "people:parting": _("Two records that were joined"),
    "people:ways": _("The ways of being told things"),
}


@dataclass(frozen=True)
class ShownLook:
    """One look: when, and at which page."""

    at: datetime
    words: Lazy


@dataclass(frozen=True)
class ShownDay:
    """What one person looked at on one day."""

    who: str
    day: reading.LookedThatDay
    looks: list[ShownLook]


def who_looked(person: UUID) -> list[ShownDay]:
    """Every look at this person's record, by each record of theirs, the newest day first."""
    found = reading.by_day_and_person(
        reading.who_looked(person, *joined_records(person)[1], limit=MOST_LOOKS)
    )
    names = names_of({one.by for one in found})
    return [
        ShownDay(
            names[one.by],
            one,
            [ShownLook(look.at, PAGES.get(look.page, _("A page of this record"))) for look in one.looks],
        )
        for one in found
    ]
