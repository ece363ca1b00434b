"""That support goes on, though somebody wrote down that it has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Recorded
from alongside.topics.people.commands.asked import told_to_read
from alongside.topics.people.commands.checks import PeopleCommand, Reasons
from alongside.topics.people.models import Kinds, Link, LinkKind
from alongside.topics.people.policy import is_the_person, linked


def goes_on(link: Link, moment: datetime) -> bool:
    """Whether the same is on record by another row, and counts now."""
    same = Link.everything.filter(
        person=link.person, organisation=link.organisation, team=link.team, kind=link.kind
    )
    return any(row.is_live(moment) for row in same)


class SaySupportGoesOn(PeopleCommand):
    """Say that your support has not ended.

    It is on record again at once. To end it anew, it must first be decided anew with the person: what they
    agreed to before does not serve twice.
    """

    records = "people.support_goes_on"
    may = is_the_person() | linked(Kinds.ADVOCATES)
    says = _("%(by)s said that this support has not ended.")

    link: Id[Link]
    again: Fresh[Link] = Ask(settled=True)

    def objections(self, link: Link, at: At) -> Reasons:
        if link.kind != LinkKind.DRAWS_ON_SUPPORT or link.closes_at is None or link.closes_at > at.moment:
            yield "", _("No support was written down here as ended.")
        elif goes_on(link, at.moment):
            yield "", _("Support from here is on record, and goes on.")

    def about(self, link: Link, at: At) -> UUID | None:
        return link.person

    def apply(self, link: Link, entry: Recorded) -> None:
        Link.begin(
            entry,
            id=self.again,
            person=link.person,
            organisation=link.organisation,
            team=link.team,
            kind=link.kind,
            basis=link.basis,
            scope=link.scope,
            in_use=link.in_use,
            shows=link.shows,
            since_on=link.since_on,
            opens_at=entry.at,
            said_by=entry.by,
        )

    def leaves(self, link: Link, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        """Whose support it is hears of it where another said it for them."""
        if recorded.by != link.person:
            yield told_to_read(
                link.person, f"/people/links/{self.again}", what="support_goes_on", matter=link.id
            )
