"""A slip from somebody in a group, months after a promise to it was kept: the front office types it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.topics.promises.commands.lasting import WAS_KEPT
from alongside.topics.promises.commands.slips import slip_is_sound, types_slips, whose_slip
from alongside.topics.promises.commands.telling import tell
from alongside.topics.promises.models import AskedAgain, Holds, Promise, PromisedTo, StillHolds, Through
from alongside.topics.promises.policy import answer_that_counts


class PassOnWhetherItHolds(Command):
    """Type a slip on which somebody says whether a promise still holds."""

    records = "promises.still_holds_passed_on"
    may = types_slips
    says = _("%(by)s typed a slip of somebody who says whether the promise still holds: %(said)s.")
    judged_on = "made_to"
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("We have written to them, so that they can put it right.")

    promise: Id[Promise]
    made_to: Id[PromisedTo]
    still: Fresh[StillHolds] = Ask(settled=True)
    member: UUID | None = Ask(
        _("Whose slip is it?"), hint=_("Only somebody you know of already is offered here."), default=None
    )
    paper: Sealed = Ask(
        _("Which paper is it?"),
        hint=_("For example: the slip of 3 May, in the post book under 41."),
        used_for=_("Anyone can then find it again, and check it."),
        belongs_to="person",
        widget="line",
    )
    came_on: date = Ask(
        _("On which day did it come?"), used_for=_("They see it, and can say if it is wrong.")
    )
    said: Holds = Ask(
        _("Does it still hold, by the slip?"),
        used_for=_("If enough people it was made to say no, those who promised it must answer."),
        widget="radios",
    )
    words: Sealed = Ask(
        _("What has changed, by the slip?"), hint=_("In their words."), default="", belongs_to="person"
    )
    person: UUID | None = Ask(settled=True)
    months: int = Ask(settled=True, default=0)
    said_on: date | None = Ask(settled=True)

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        return whose_slip(field, actor, given)

    def settle(self, promise: Promise, made_to: PromisedTo, at: At) -> Mapping[str, Any]:
        asked = AskedAgain.everything.filter(promise=promise.id, person=self.member).order_by("-months")
        first = asked.first()
        return {
            "person": self.member,
            "months": first.months if first is not None else 0,
            "said_on": at.date(),
        }

    def objections(self, promise: Promise, made_to: PromisedTo, at: At) -> Iterator[tuple[str, Lazy]]:
        if made_to.promise != promise.id or made_to.person is not None:
            yield "made_to", _("This was not promised to them. Please choose again.")
            return
        yield from slip_is_sound(self, promise, made_to, at)
        if self.came_on > at.date():
            yield "came_on", _("This day is still to come. Say when the slip came.")
        if self.person is None:
            return
        kept = answer_that_counts(promise.id, self.person)
        if kept is None or kept.said not in WAS_KEPT:
            yield "said", _("First say whether it was kept. We ask this of promises that were.")
        elif self.came_on < kept.said_on:
            yield "came_on", _("On this day they had not yet said that it was kept. Look at the slip again.")
        if self._said_it_themself(promise):
            yield "said", _("They have said so themself. Nobody says it again for them.")

    def _said_it_themself(self, promise: Promise) -> bool:
        rows = StillHolds.everything.filter(promise=promise.id, person=self.person, counts=True)
        return rows.filter(months=self.months, through=Through.THEMSELF).exists()

    def about(self, promise: Promise, made_to: PromisedTo, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"said": self.said.label}

    def apply(self, promise: Promise, made_to: PromisedTo, entry: Recorded) -> None:
        before = StillHolds.everything.filter(promise=promise.id, person=self.person, months=self.months)
        for row in before.filter(counts=True).order_by("id"):
            row.change(entry, counts=False)
        StillHolds.begin(
            entry,
            id=self.still,
            promise=promise.id,
            made_to=made_to.id,
            person=self.person,
            months=self.months,
            said=self.said,
            words=self.words or None,
            through=Through.SPOKEN,
            by=entry.by,
            said_on=self.said_on,
            counts=True,
            came_on=self.came_on,
            paper=self.paper,
        )

    def leaves(
        self, promise: Promise, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return [tell(self.person, "said_for_you", promise.id)] if self.person else []
