"""Whether word of a promise reached those it was made to, as they say it: beside what its owner says."""

from collections.abc import Iterable, Iterator
from typing import ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Id, Lazy, Recorded
from alongside.topics.people.commands.told import SaysIfTold
from alongside.topics.people.commands.told import they_say as counted
from alongside.topics.promises.models import Promise, ToldWord
from alongside.topics.promises.policy import answers_for_it, may_vouch, who_is_in_the_group


class SayIfToldOfPromise(SaysIfTold):
    """Say whether you were told of this promise."""

    records = "promises.told_or_not_said"
    may = who_is_in_the_group
    says = _("%(by)s said whether they were told of this promise.")
    says_to_you = _("You said whether you were told of this promise.")
    page: ClassVar[str] = "promises:promise"

    promise: Id[Promise]
    row: Fresh[ToldWord] = Ask(settled=True)

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        hand, person = at.by.typed_by, at.by.person
        if answers_for_it(promise, person, at.moment):
            yield "", _("You answer for this promise. Only those it was made to say whether they were told.")
        elif hand is not None and person is not None and not may_vouch(promise, hand, person, at.moment):
            yield "", _("Only they themself say this, or somebody who does not answer for it types it.")
        yield from self.must_be_an_answer(self.what)

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        ToldWord.begin(
            entry,
            id=self.row,
            promise=promise.id,
            person=entry.by,
            what=self.what,
            said_at=entry.at,
            denied=None,
        )


def they_say(promises: Iterable[UUID]) -> dict[UUID, tuple[int, int] | None]:
    """Of each promise: how many say that nobody told them, of how many who said anything of it."""
    return counted(ToldWord, "promise", promises)
