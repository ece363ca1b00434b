"""Another day for a promise: it is asked for, and whoever it was made to agrees or does not."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.topics.people.commands.looking import waits_from
from alongside.topics.people.models.read_first import at_first
from alongside.topics.promises.commands.agreeing import (
    AnswersWhatIsPut,
    nobody_agrees_for_them,
    who_answers,
    who_must_agree,
)
from alongside.topics.promises.commands.telling import living_of, people_of, tell, tell_all, tell_group
from alongside.topics.promises.models import DateAnswer, Promise, PromisedTo, ProposedDate, WhatNow
from alongside.topics.promises.policy import its_owner, its_owners_manager

WAITING, AGREED, DECLINED = "waiting", "agreed", "declined"


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


class AnswerDate(AnswersWhatIsPut):
    """Say yes or no to another day for this promise."""

    records = "promises.date_answered"
    says = _("%(by)s answered whether the day may change.")

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
        who = who_answers(made_to, at)
        yes = who_said_yes(proposal)
        everyone = set(who_must_agree(promise, at.moment))
        group = bool(promise.group_size)
        for_all = self.may_be_read and promise.is_public
        return {
            **who,
            "holds": self.agrees and everyone <= (yes | {who["person"]}) and not group,
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
