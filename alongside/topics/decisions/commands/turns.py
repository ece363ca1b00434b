"""Those who work for a body, one after the other: who could be asked, as what, and whose turn it is.

Who stands outside is asked of one after the other, in the order of their turn. Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from alongside.topics.decisions.commands.apart import posts_in
from alongside.topics.decisions.commands.outside import Outside
from alongside.topics.decisions.engine.turn import in_turn
from alongside.topics.decisions.models import ChecksAs
from alongside.topics.people.models import AskedAs, turns_had
from alongside.topics.people.policy.guards import duty_teams_of
from alongside.topics.people.policy.outside_line import Candidate, candidates

AS_WHAT = {AskedAs.DUTY: ChecksAs.DUTY, AskedAs.OFFICE: ChecksAs.OFFICE}


@dataclass(frozen=True)
class AskedPerson:
    """Somebody who is asked, and as what."""

    person: UUID
    standing: ChecksAs
    office: UUID | None = None


@dataclass(frozen=True)
class Could(AskedPerson):
    """Somebody who could be asked for a body; whether they stand outside is asked in their turn."""

    body: UUID = field(kw_only=True)
    post: Candidate = field(kw_only=True)
    where: Q = field(kw_only=True)  # which of their posts count


def work_for(body: UUID, moment: datetime, *, as_what: ChecksAs | None = None) -> Iterator[Could]:
    """Those of one body: all who work there, or of another body only its duty team and its offices."""
    at_the_desk, anywhere = posts_in(duty_teams_of(body)), Q(organisation=body)
    for step in candidates(body, moment):
        for each in step:
            where = at_the_desk if each.standing == AskedAs.DUTY else anywhere
            standing = as_what or AS_WHAT.get(each.standing, ChecksAs.COLLEAGUE)
            yield Could(each.person, standing, each.office, body=body, post=each, where=where)
        if as_what is not None:
            return


def whose_turn(
    pool: Collection[Could], may: Callable[[Could], bool], *, entry: UUID, moment: datetime, outside: Outside
) -> Could | None:
    """Whose turn it is: of those who were asked least of all, whom a digest names. `outside` is of the line
    whose own askings do not count."""
    could = {one.person: one for one in reversed(list(pool))}
    order = in_turn(could, had=turns_had(could, moment, outside), entry=entry)
    return next((could[who] for who in order if may(could[who])), None)
