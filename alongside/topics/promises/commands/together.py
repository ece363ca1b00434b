"""Promises to a group: who is in it, how many were told, and when its day may change."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import Ask, At, Command, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.policy.deaths import who_died
from alongside.topics.promises.commands.agreeing import who_agrees, who_must_agree
from alongside.topics.promises.commands.new_day import AGREED, DECLINED, WAITING, who_said_yes
from alongside.topics.promises.commands.telling import people_of, tell, tell_all, tell_group
from alongside.topics.promises.models import (
    DateAnswer,
    GroupMember,
    GroupTold,
    Promise,
    PromisedTo,
    ProposedDate,
    Verdict,
)
from alongside.topics.promises.policy import (
    answers_for_it,
    its_owner,
    its_owners_manager,
    who_confirms_a_member,
    who_is_in_the_group,
)


class JoinGroup(Command):
    """Say that you are one of those this promise was made to."""

    records = "promises.group_joined"
    may = who_is_in_the_group
    says = _("%(by)s said that they are one of those the promise was made to.")
    says_to_you = _("You said that you are one of those the promise was made to.")
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. Now you can say how it went.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.WAITS,)
    seen_by_line: ClassVar[Lazy] = _("Those who answer for this promise do not see this.")

    promise: Id[Promise]
    member: Fresh[GroupMember] = Ask(settled=True)
    words: Sealed = Ask(
        _("How do you belong to this group?"),
        hint=_("A few words are enough. For example: I go there on Mondays."),
        default="",
    )
    said_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date()}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if GroupMember.everything.filter(promise=promise.id, person=at.by.person).exists():
            yield "", _("You have said so already. You can say how it went.")
        if answers_for_it(promise, at.by.person, at.moment):
            yield "", _("Someone who answers for this promise cannot say whether it was kept.")

    def apply(self, promise: Promise, entry: Recorded) -> None:
        GroupMember.begin(
            entry,
            id=self.member,
            promise=promise.id,
            person=entry.by,
            words=self.words or None,
            by=entry.typed_by or entry.by,
            said_on=self.said_on,
            confirmed_by=None,
            confirmed_on=None,
        )


class ConfirmInGroup(Command):
    """Confirm that this person is one of the group."""

    records = "promises.in_group_confirmed"
    may = who_confirms_a_member
    says = _("%(by)s confirmed that somebody is one of those the promise was made to.")
    judged_on = "member"
    page: ClassVar[str] = "promises:promise"

    promise: Id[Promise]
    member: Id[GroupMember]
    confirmed_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, member: GroupMember, at: At) -> Mapping[str, Any]:
        return {"confirmed_on": at.date()}

    def objections(self, promise: Promise, member: GroupMember, at: At) -> Iterator[tuple[str, Lazy]]:
        if member.promise != promise.id or member.confirmed_on is not None:
            yield "member", _("Nothing waits to be confirmed here.")
        hand = at.by.typed_by or at.by.person
        if hand == member.person:
            yield "member", _("You have said so yourself. Someone else must confirm it.")
        elif answers_for_it(promise, hand, at.moment):
            yield "member", _("Someone outside the team that made the promise must confirm it.")

    def apply(self, promise: Promise, member: GroupMember, entry: Recorded) -> None:
        by = entry.typed_by or entry.by
        member.change(entry, confirmed_by=by, confirmed_on=self.confirmed_on)
        rows = Verdict.everything.filter(promise=promise.id, person=member.person, by_own_word=True)
        for row in list(rows.order_by("place")):
            heard = entry.number if row.counts else row.heard
            row.change(entry, by_own_word=False, heard=heard)


def confirm_in_its_promises(command: Any, recorded: Recorded) -> Iterator[Command]:
    """Whoever is confirmed as a member is confirmed in each promise to the members where they said so."""
    promises = Promise.everything.filter(group_of=command.organisation)
    rows = GroupMember.everything.filter(promise__in=promises.values("id"), person=command.person)
    for row in rows.filter(confirmed_on=None).order_by("promise", "id"):
        promise = Promise.everything.get(id=row.promise)
        if not answers_for_it(promise, recorded.by, recorded.at):
            yield ConfirmInGroup(promise=row.promise, member=row.id)


class SayGroupWasTold(Command):
    """Say how many of the group have been told of this promise."""

    records = "promises.group_told"
    may = its_owner | its_owners_manager
    says = _("%(by)s said how many of the group were told of this promise.")
    page: ClassVar[str] = "promises:promise"

    promise: Id[Promise]
    told: Fresh[GroupTold] = Ask(settled=True)
    reached: int = Ask(
        _("How many people did it reach?"),
        hint=_(
            "Count those who read it, heard it or wrote back. A letter in the post has not reached anyone."
        ),
        used_for=_("Everyone sees it beside the answers: so many were told, so many have answered."),
        ge=0,
        le=10_000_000,
    )
    how: Sealed = Ask(
        _("How were they told, and how do you know?"),
        used_for=_("People who were not told can see that, and say so."),
        belongs_to="thing",
    )
    said_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date()}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if not promise.group_size:
            yield "", _("This promise was made to people by name. They are told one by one.")
        elif self.reached > promise.group_size:
            yield (
                "reached",
                _("The group has %(size)s people. Say how many of them it reached.")
                % {"size": promise.group_size},
            )
        if not self.how:
            yield "how", _("Say how they were told, and how you know that it reached them.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        GroupTold.begin(
            entry,
            id=self.told,
            promise=promise.id,
            reached=self.reached,
            how=self.how,
            said_by=entry.by,
            said_on=self.said_on,
        )


ALL_WHO_LIVE = _("One it was made to has died. All who live had agreed to another day, so the day changed.")


class SettleDate(Command):
    """Count whether enough of a group agreed to another day."""

    records = "promises.date_settled"
    may = the_installation
    says = _("The time to answer was over. It was counted whether enough of the group agreed to another day.")

    promise: Id[Promise]
    proposal: Id[ProposedDate]
    yes: int = Ask(settled=True, default=0)
    no: int = Ask(settled=True, default=0)
    holds: bool = Ask(settled=True, default=False)
    by_the_living: bool | None = Ask(settled=True)  # of people by name: one has died, and all who live agreed

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        return ALL_WHO_LIVE if fields.get("by_the_living") else cls.says

    def settle(self, promise: Promise, proposal: ProposedDate, at: At) -> Mapping[str, Any]:
        if proposal.closes_on is None:
            agreed = all_who_live_agreed(promise, proposal, at.moment)
            return {"holds": agreed, "by_the_living": agreed}
        pack = rules.here(at.date())
        said = group_answers(promise, proposal, at)
        yes = sum(said.values())
        named = who_must_agree(promise, at.moment)
        needed = min(pack.number("promise.group_new_day.answers"), promise.group_size or 0)
        enough = len(said) >= needed and yes * 100 >= pack.number("promise.group_new_day.agree") * len(said)
        holds = bool(said) and enough and all(said.get(one) for one in named)
        return {"yes": yes, "no": len(said) - yes, "holds": holds}

    def objections(self, promise: Promise, proposal: ProposedDate, at: At) -> Iterator[tuple[str, Lazy]]:
        if proposal.promise != promise.id or proposal.state != WAITING:
            yield "proposal", _("This has been settled already.")
        elif proposal.closes_on is None:
            if not self.holds or proposal.has_passed(at.date()):
                yield "proposal", _("It waits for an answer of those it was made to.")
        elif at.date() <= proposal.closes_on:
            yield "proposal", _("The time to answer is not over yet.")

    def about(self, promise: Promise, proposal: ProposedDate, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, proposal: ProposedDate, entry: Recorded) -> None:
        counted = {} if self.by_the_living else {"yes": self.yes, "no": self.no}
        proposal.change(entry, state=AGREED if self.holds else DECLINED, **counted)
        if self.holds:
            promise.change(entry, due_on=proposal.due_on, asked_on=None)

    def leaves(
        self, promise: Promise, proposal: ProposedDate, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield tell(promise.owner, "the_day_was_answered", promise.id)
        what = "promise_new_day" if self.holds else "the_day_stays"
        yield from tell_all(promise.id, what, None)
        yield from tell_group(promise.id, what, recorded)


def all_who_live_agreed(promise: Promise, proposal: ProposedDate, moment: datetime) -> bool:
    """Whether one it was made to has died, and each of the others agrees to this day."""
    needed = set(who_must_agree(promise, moment))
    return bool(needed) and needed < set(people_of(promise.id)) and needed <= who_said_yes(proposal)


def agreed_by_the_living(now: datetime) -> Iterator[SettleDate]:
    """What the clock brings: another day that waits for nobody but one who has died."""
    waiting = ProposedDate.everything.filter(state=WAITING, closes_on=None, due_on__gte=clock.day_of(now))
    made_to = PromisedTo.everything.filter(promise__in=waiting.values("promise"), person__isnull=False)
    dead = who_died(made_to.values_list("person", flat=True))
    theirs = made_to.filter(person__in=dead).values("promise") if dead else []
    for proposal in waiting.filter(promise__in=theirs).order_by("made_by") if dead else ():
        promise = Promise.everything.get(id=proposal.promise)
        if all_who_live_agreed(promise, proposal, now):
            yield SettleDate(promise=promise.id, proposal=proposal.id)


def group_answers(promise: Promise, proposal: ProposedDate, at: At) -> dict[UUID, bool]:
    """Whether each one of the group agrees to this day."""
    return who_agrees(promise, DateAnswer.everything.filter(proposal=proposal.id), at)
