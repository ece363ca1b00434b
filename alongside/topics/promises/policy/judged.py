"""Whether anybody is left who can say how a promise went: those who have died are not asked."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from alongside.topics.people.models import Person, PersonState
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.promises.models import PromisedTo


def somebody_lives() -> Exists:
    """Whether a promise was made to a group, or to somebody who has not died."""
    died = Person.everything.filter(state=PersonState.DIED, id=OuterRef("person"))
    return Exists(PromisedTo.everything.filter(~Exists(died), promise=OuterRef("id")))


def can_still_be_judged() -> Q:
    """Promises made to a group, or to somebody who has not died."""
    return Q(somebody_lives())


def nobody_left(rows: Iterable[PromisedTo]) -> set[UUID]:
    """The promises of which nobody can say any more how they went, among those that these rows are of."""
    made = list(rows)
    gone = who_died(row.person for row in made)
    living = {row.promise for row in made if row.person is None or row.person not in gone}
    return {row.promise for row in made} - living
