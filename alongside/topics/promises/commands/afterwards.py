"""What happens after a promise was not kept: nothing, a call, a new day, a new decision."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Command, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.topics.promises.commands.speaking import power_seen_by_others
from alongside.topics.promises.commands.telling import tell
from alongside.topics.promises.commands.who_says import said_to_speaker
from alongside.topics.promises.models import FELL_SHORT, Promise, PromisedTo, Said, Verdict, Wants, WhatNow
from alongside.topics.promises.policy import (
    answer_that_counts,
    answers_for_it,
    its_owner,
    its_owners_manager,
    no_longer_holds_for,
    who_judge,
)


class SayWhatNow(Command):
    """Say what you want now that the promise was not kept."""

    records = "promises.what_now_said"
    may = who_judge
    says = _("%(by)s said what they want now: %(wants)s.")
    says_to_you = _("You said what you want now: %(wants)s.")
    judged_on = "made_to"
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. Those who answer for the promise have been told.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_WHOM)

    promise: Id[Promise]
    made_to: Id[PromisedTo]
    what_now: Fresh[WhatNow] = Ask(settled=True)
    wants: Wants = Ask(
        _("What do you want now?"),
        used_for=_("Those who answer for the promise must do this, or tell you why not."),
        widget="radios",
    )
    words: Sealed = Ask(_("Is there anything else they should know?"), default="", belongs_to="person")
    new_day: date | None = Ask(
        _("Which day would be all right for you?"), hint=_("Only if you want a new date."), default=None
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    organisation: UUID | None = Ask(settled=True)
    decision: UUID | None = Ask(settled=True)
    life: UUID | None = Ask(settled=True)  # whose life the promise is about; nobody's: a service or a place

    @classmethod
    def said_to_speaker(cls, actor: Actor, given: Mapping[str, Any]) -> Mapping[str, Lazy]:
        said = said_to_speaker(actor, given)
        asked = {
            "wants.label": _("What do they want now?"),
            "new_day.hint": _("Only if they want a new date."),
        }
        day = {"new_day.label": _("Which day would be all right for them?")}
        return said and {**said, **asked, **day, "title": _("Say what they want now")}

    @classmethod
    def title_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """Of a promise that was partly kept, or kept and is gone again, nobody reads that it was not kept."""
        rows = PromisedTo.objects.seen_by(actor).filter(pk=given.get("made_to"), promise=given.get("promise"))
        row = rows.first() if given.get("made_to") and given.get("promise") else None
        if row is None or (person := row.person or actor.person) is None or person not in actor.ids:
            return ""
        if no_longer_holds_for(row.promise, person):
            return _("Say what you want now that this no longer holds")
        said = Verdict.objects.seen_by(actor).filter(promise=row.promise, person=person, counts=True)
        is_partly = said.filter(said=Said.PARTLY).exists()
        return _("Say what you want now that the promise was only partly kept") if is_partly else ""

    def settle(self, promise: Promise, made_to: PromisedTo, at: At) -> Mapping[str, Any]:
        return {
            "person": made_to.person or at.by.person,
            "said_on": at.date(),
            "organisation": promise.organisation,
            "decision": promise.decision,
            "life": promise.person,
            "new_day": self.new_day if self.wants == Wants.NEW_DATE else None,
        }

    def objections(self, promise: Promise, made_to: PromisedTo, at: At) -> Iterator[tuple[str, Lazy]]:
        if made_to.promise != promise.id:
            yield "made_to", _("This was not promised to them. Please choose again.")
            return
        assert self.person is not None
        now = answer_that_counts(promise.id, self.person)
        if (now is None or now.said not in FELL_SHORT) and not no_longer_holds_for(promise.id, self.person):
            yield "wants", _("First say whether the promise was kept. We ask this when it was not.")
        hand = at.by.typed_by or at.by.person
        if hand != self.person and answers_for_it(promise, hand, at.moment):
            yield "wants", _("Someone who answers for this promise cannot say what they want.")
        yield from power_seen_by_others(promise, self.person, at)
        if self.new_day is not None and self.new_day <= at.date():
            yield "new_day", _("Choose a day that is still to come.")

    def about(self, promise: Promise, made_to: PromisedTo, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"wants": self.wants.label}

    def apply(self, promise: Promise, made_to: PromisedTo, entry: Recorded) -> None:
        WhatNow.begin(
            entry,
            id=self.what_now,
            promise=promise.id,
            made_to=made_to.id,
            person=self.person,
            wants=self.wants,
            words=self.words or None,
            new_day=self.new_day,
            by=entry.by,
            said_on=self.said_on,
            answered_by=None,
            answered_on=None,
            answer=None,
        )

    def leaves(
        self, promise: Promise, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if self.wants != Wants.NOTHING:
            yield tell(promise.owner, "what_they_want_now", promise.id)


class AnswerWhatNow(Command):
    """Answer what they asked for after the promise was not kept."""

    records = "promises.what_now_answered"
    may = its_owner | its_owners_manager
    says = _("%(by)s answered what they asked for.")
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("They have been told.")

    promise: Id[Promise]
    what_now: Id[WhatNow]
    answer: Sealed = Ask(
        _("What will you do?"),
        hint=_("If you cannot do what they ask, say why."),
        used_for=_("The person reads it."),
        belongs_to="person",
    )
    call_on: date | None = Ask(
        _("On which day will you call them?"),
        hint=_("For a call. It becomes a promise to them."),
        default=None,
    )
    person: UUID | None = Ask(settled=True)
    answered_on: date | None = Ask(settled=True)
    organisation: UUID | None = Ask(settled=True)
    decision: UUID | None = Ask(settled=True)
    owned_by: UUID | None = Ask(settled=True)
    office: UUID | None = Ask(settled=True)
    life: UUID | None = Ask(settled=True)
    is_private: bool = Ask(settled=True, default=False)

    def settle(self, promise: Promise, what_now: WhatNow, at: At) -> Mapping[str, Any]:
        return {
            "person": what_now.person,
            "answered_on": at.date(),
            "organisation": promise.organisation,
            "decision": promise.decision,
            "owned_by": promise.owner,
            "office": promise.office,
            "life": promise.person or what_now.person,
            "is_private": promise.is_private,
        }

    def objections(self, promise: Promise, what_now: WhatNow, at: At) -> Iterator[tuple[str, Lazy]]:
        if what_now.promise != promise.id or what_now.answered_on is not None:
            yield "what_now", _("This has been answered already.")
        if not self.answer:
            yield "answer", _("Say what you will do, or why you cannot.")
        if self.call_on is not None and self.call_on < at.date():
            yield "call_on", _("This day is past. Choose today or a later day.")

    def about(self, promise: Promise, what_now: WhatNow, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, what_now: WhatNow, entry: Recorded) -> None:
        what_now.change(entry, answer=self.answer, answered_by=entry.by, answered_on=self.answered_on)

    def leaves(
        self, promise: Promise, what_now: WhatNow, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return [tell(what_now.person, "what_now_answered", promise.id)]
