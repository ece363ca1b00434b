"""Who speaks for somebody by a power: whoever answers for the promise is not the only one who saw it."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Lazy
from alongside.topics.people.policy import is_advocate_of, may_speak_for
from alongside.topics.promises.models import Promise
from alongside.topics.promises.policy import only_they_saw_the_power


def power_seen_by_others(promise: Promise, person: UUID | None, at: At) -> Iterator[tuple[str, Lazy]]:
    """What stands in the way of an answer for a person by their attorney or deputy."""
    if person is not None and only_they_saw_the_power(promise, at.by.person, person, at.moment):
        yield (
            "",
            _(
                "Only the team that made this promise has seen this power. "
                "Ask somebody of another team to see the document too."
            ),
        )


def speaks_only(other: UUID, person: UUID, at: At) -> bool:
    """An attorney or deputy may give an answer of their own, but not vouch for the person's words."""
    speaks = may_speak_for(other, person, at.moment) is not None
    return speaks and not is_advocate_of(other, person, at.moment)
