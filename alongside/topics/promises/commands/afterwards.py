"""What happens after a promise was not kept: nothing, a call, a new day, a new decision. And new days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel import rules
from alongside.kernel.command import Actor, Ask, At, Command, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.topics.people.commands.looking import waits_from
from alongside.topics.people.models.read_first import at_first
from alongside.topics.promises.commands.agreeing import nobody_agrees_for_them, who_must_agree
from alongside.topics.promises.commands.speaking import power_seen_by_others
from alongside.topics.promises.commands.telling import living_of, people_of, tell, tell_all, tell_group
from alongside.topics.promises.models import (
    DateAnswer,
    Promise,
    PromisedTo,
    ProposedDate,
    Said,
    Wants,
    WhatNow,
)
from alongside.topics.promises.policy import (
    answer_that_counts,
    answers_for_it,
    its_owner,
    its_owners_manager,
    no_longer_holds_for,
    who_judge,
)

WAITING, AGREED, DECLINED = "waiting", "agreed", "declined"
FELL_SHORT = (Said.NOT_KEPT, Said.PARTLY)


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
    def title_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """Of a promise that was kept and is gone again nobody reads that it was not kept."""
        rows = PromisedTo.objects.seen_by(actor).filter(pk=given.get("made_to"), promise=given.get("promise"))
        row = rows.first() if given.get("made_to") and given.get("promise") else None
        person = row and (row.person or actor.person)
        is_gone = row is not None and person is not None and no_longer_holds_for(row.promise, person)
        return _("Say what you want now that this no longer holds") if is_gone else ""

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


def who_wishes(promise: UUID, new_day: date) -> set[UUID]:
    """Who wants this new day, by what they said last: what they wished for before and no longer want is no
    yes. Of two wishes on one day both must say so."""
    last: dict[UUID, tuple[date, bool]] = {}
    rows = WhatNow.everything.filter(promise=promise).order_by("said_on")
    for person, said_on, wish in rows.values_list("person", "said_on", "new_day"):
        same_day = person in last and last[person][0] == said_on
        last[person] = (said_on, wish == new_day and (not same_day or last[person][1]))
    return {person for person, (_on, wants) in last.items() if wants}


def who_said_yes(proposal: ProposedDate) -> set[UUID]:
    """Who agrees to this day, or had named it themself."""
    said = DateAnswer.everything.filter(proposal=proposal.id, agrees=True, denied=None)
    return {*said.values_list("person", flat=True), *who_wishes(proposal.promise, proposal.due_on)}


class ProposeDate(Command):
    """Ask for another day for this promise."""

    records = "promises.date_proposed"
    may = its_owner | its_owners_manager
    says = _("%(by)s asked for another day. The day changes only if those it was made to agree.")
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("The day stays as it is until everyone it was made to has agreed.")

    promise: Id[Promise]
    proposal: Fresh[ProposedDate] = Ask(settled=True)
    due_on: date = Ask(
        _("Which day do you ask for?"), used_for=_("The people it was made to say yes or no to this day.")
    )
    why: Sealed = Ask(
        _("Why can it not be done in time?"),
        used_for=_("The people it was made to read it before they say yes or no."),
        belongs_to="person",
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    agreed_by: list[UUID] = Ask(settled=True, default=[])
    holds: bool = Ask(settled=True, default=False)
    was_due_on: date | None = Ask(settled=True)
    closes_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        people = who_must_agree(promise, at.moment)
        pack = rules.here(at.date())
        closes_on = pack.due("promise.group_new_day.answer_days", at.date()) if promise.group_size else None
        wished = who_wishes(promise.id, self.due_on)
        agreed = [one for one in people if one in wished]
        return {
            "person": promise.person,
            "said_on": at.date(),
            "agreed_by": agreed,
            "holds": bool(people) and len(agreed) == len(people) and not promise.group_size,
            "was_due_on": promise.due_on,
            "closes_on": closes_on,
        }

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if self.due_on <= at.date() or self.due_on == promise.due_on:
            yield "due_on", _("Choose another day that is still to come.")
        if not self.why:
            yield "why", _("Say why it cannot be done in time.")
        named = people_of(promise.id)
        if named and not promise.group_size and not living_of(promise.id):
            yield "", _("They have died, so nobody can agree to another day. It stays as it was promised.")
        if self.closes_on is not None and self.due_on <= self.closes_on:
            yield (
                "due_on",
                _("The group has until %(day)s to answer. Choose a later day.")
                % {"day": day(self.closes_on)},
            )
        waiting = ProposedDate.everything.filter(promise=promise.id, state=WAITING)
        if waiting.filter(due_on__gte=at.date()).exists():
            yield "", _("Another day is waiting for their answer. Wait for that first.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        ProposedDate.begin(
            entry,
            id=self.proposal,
            promise=promise.id,
            due_on=self.due_on,
            why=self.why,
            said_by=entry.by,
            said_on=self.said_on,
            agreed_before=len(self.agreed_by),
            state=AGREED if self.holds else WAITING,
            was_due_on=self.was_due_on,
            closes_on=self.closes_on,
            yes=None,
            no=None,
        )
        if self.holds:
            promise.change(entry, due_on=self.due_on, asked_on=None)

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        what = "promise_new_day" if self.holds else "may_the_day_change"
        yield from tell_all(promise.id, what, recorded.by)
        yield from tell_group(promise.id, what, recorded)


class AnswerDate(Command):
    """Say yes or no to another day for this promise."""

    records = "promises.date_answered"
    may = who_judge
    says = _("%(by)s answered whether the day may change.")
    judged_on = "made_to"
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. We have kept your answer.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_IN_LINE)

    promise: Id[Promise]
    proposal: Id[ProposedDate]
    made_to: Id[PromisedTo]
    answer: Fresh[DateAnswer] = Ask(settled=True)
    agrees: bool = Ask(
        _("Is the new day all right for you?"),
        hint=_("If you say no, the day stays as it was promised."),
        used_for=_("The day changes only when all it was made to agree, or enough of a group."),
        widget="radios",
    )
    why: Sealed = Ask(_("Why?"), default="", belongs_to="person")
    may_be_read: bool = Ask(
        _("Everyone may read why"),
        hint=_("Only where everyone can see the promise. Your name is not shown."),
        default=False,
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    look_by: date | None = Ask(settled=True)
    holds: bool = Ask(settled=True, default=False)
    ends_it: bool | None = Ask(settled=True)  # a no ends it, but not in a group

    def settle(
        self, promise: Promise, proposal: ProposedDate, made_to: PromisedTo, at: At
    ) -> Mapping[str, Any]:
        person = made_to.person or at.by.person
        yes = who_said_yes(proposal)
        everyone = set(who_must_agree(promise, at.moment))
        group = bool(promise.group_size)
        for_all = self.may_be_read and promise.is_public
        return {
            "person": person,
            "said_on": at.date(),
            "typed": at.by.typed_by if at.by.typed_by != person else None,
            "holds": self.agrees and everyone <= (yes | {person}) and not group,
            "ends_it": not self.agrees and not group,
            "may_be_read": for_all,
            "look_by": waits_from(at.date(), may_be_read=for_all, words=self.why),
        }

    def objections(
        self, promise: Promise, proposal: ProposedDate, made_to: PromisedTo, at: At
    ) -> Iterator[tuple[str, Lazy]]:
        if made_to.promise != promise.id or proposal.promise != promise.id:
            yield "proposal", _("This day was not asked for here. Please choose again.")
            return
        if proposal.state != WAITING:
            yield "proposal", _("This has been settled already.")
        elif proposal.has_passed(at.date()):
            yield "proposal", _("That day has passed. Nobody is asked about it any more.")
        elif proposal.closes_on is not None and at.date() > proposal.closes_on:
            yield "proposal", _("The time to answer is over. It is being counted.")
        said = DateAnswer.everything.filter(proposal=proposal.id)
        yield from nobody_agrees_for_them(promise, made_to, self.person, self.typed, said, at)

    def about(self, promise: Promise, proposal: ProposedDate, made_to: PromisedTo, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, proposal: ProposedDate, made_to: PromisedTo, entry: Recorded) -> None:
        DateAnswer.begin(
            entry,
            id=self.answer,
            promise=promise.id,
            proposal=proposal.id,
            person=self.person,
            agrees=self.agrees,
            by=entry.by,
            typist=self.typed,
            denied=None,
            said_on=self.said_on,
            why=self.why or None,
            may_be_read=self.may_be_read,
            **at_first(self.look_by),
        )
        if self.holds:
            proposal.change(entry, state=AGREED)
            promise.change(entry, due_on=proposal.due_on, asked_on=None)
        elif not self.agrees if self.ends_it is None else self.ends_it:
            proposal.change(entry, state=DECLINED)

    def leaves(
        self, promise: Promise, proposal: ProposedDate, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if self.holds or self.ends_it:
            yield tell(promise.owner, "the_day_was_answered", promise.id)
