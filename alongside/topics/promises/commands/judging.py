"""Saying whether a promise was kept: only by the people it was made to, or someone who speaks for them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel.command import Actor, Ask, AsWhat, At, Command, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import UNHEARD_WAYS
from alongside.topics.people.commands.looking import waits_from
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy.deaths import has_died
from alongside.topics.promises.commands.slips import joins_by_slip, slip_is_sound, types_slips, whose_slip
from alongside.topics.promises.commands.speaking import power_seen_by_others, speaks_only
from alongside.topics.promises.commands.telling import tell
from alongside.topics.promises.commands.who_says import SaidByThoseItWasMadeTo
from alongside.topics.promises.models import GroupMember, Promise, PromisedTo, Said, Through, Verdict
from alongside.topics.promises.policy import (
    answer_that_counts,
    answers_for_it,
    is_own_word,
    may_vouch,
    through,
    verdict_counts,
    who_confirms,
    who_gave_it,
    who_judge,
    who_writes_it_down,
)

BEFORE_ITS_DAY = (Said.TOO_EARLY, Said.NO_LONGER)


def _of_this_promise(made_to: PromisedTo, promise: Promise) -> Iterator[tuple[str, Lazy]]:
    if made_to.promise != promise.id:
        yield "made_to", _("This was not promised to them. Please choose again.")


def _not_before_its_day(promise: Promise, said: Said, at: At) -> Iterator[tuple[str, Lazy]]:
    if at.date() < promise.due_on and promise.done_on is None and said not in BEFORE_ITS_DAY:
        yield "said", _("You can say how it went from %(due)s.") % {"due": day(promise.due_on)}


class GiveVerdict(SaidByThoseItWasMadeTo):
    """Say whether this promise was kept."""

    records = "promises.verdict_given"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.WAITS
    may = who_judge
    says = _("%(by)s said of this promise: %(said)s.")
    judged_on = "made_to"
    page: ClassVar[str] = "promises:after"
    page_before: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("Thank you. We have kept what you said.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.WAITS)
    seen_by_line: ClassVar[Lazy] = _("Those who answer for this promise will see what you say.")

    promise: Id[Promise]
    made_to: Id[PromisedTo]
    verdict: Fresh[Verdict] = Ask(settled=True)
    said: Said = Ask(
        _("Was this promise kept?"),
        used_for=_("It is counted. Nobody else can answer this for you."),
        widget="radios",
    )
    words: Sealed = Ask(_("What happened?"), default="", belongs_to="person")
    is_held: bool = Ask(
        _("Keep this to myself for now"),
        hint=_("Nobody sees or counts it before you let it go."),
        default=False,
    )
    may_be_read: bool = Ask(
        _("Everyone may read my words"),
        hint=_("Only where everyone can see the promise. Your name is not shown."),
        default=False,
    )
    person: UUID | None = Ask(settled=True)
    through: Through | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    place: int = Ask(settled=True, default=0)
    needs_confirming: bool = Ask(settled=True, default=False)
    counts: bool = Ask(settled=True, default=False)
    look_by: date | None = Ask(settled=True)
    by_own_word: bool = Ask(settled=True, default=False)

    def settle(self, promise: Promise, made_to: PromisedTo, at: At) -> Mapping[str, Any]:
        person = made_to.person or at.by.person
        if person is None:  # a group’s, asked by nobody we know: `may` comes next, and says no
            return {}
        way = through(person, at.by.person, at.by.typed_by, at.moment)
        place = Verdict.everything.filter(promise=promise.id).count() + 1
        waits = way == Through.SPOKEN and not may_vouch(promise, at.by.typed_by, person, at.moment)
        waits = waits or at.by.way in UNHEARD_WAYS  # nobody knows who typed it
        counts = not self.is_held and not waits and verdict_counts(promise.id, person, way, place)
        for_all = self.may_be_read and promise.is_public
        return {
            "person": person,
            "through": way,
            "said_on": at.date(),
            "place": place,
            "needs_confirming": waits,
            "counts": counts,
            "may_be_read": for_all,
            "look_by": waits_from(at.date(), may_be_read=for_all, words=self.words),
            "by_own_word": is_own_word(made_to, person, at.moment),
        }

    def objections(self, promise: Promise, made_to: PromisedTo, at: At) -> Iterator[tuple[str, Lazy]]:
        yield from _of_this_promise(made_to, promise)
        yield from _not_before_its_day(promise, self.said, at)
        speaks = at.by.person != self.person
        owns_and_joined = made_to.person is None and answers_for_it(promise, at.by.person, at.moment)
        is_mine = made_to.person == promise.owner  # it was handed to whom it was made to
        if is_mine or owns_and_joined or (speaks and answers_for_it(promise, at.by.person, at.moment)):
            yield "said", _("Someone who answers for this promise cannot say whether it was kept.")
        yield from power_seen_by_others(promise, self.person, at)

    def about(self, promise: Promise, made_to: PromisedTo, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"said": self.said.label}

    def apply(self, promise: Promise, made_to: PromisedTo, entry: Recorded) -> None:
        _write_down(
            self,
            promise,
            made_to,
            entry,
            through=self.through,
            by=entry.typed_by if self.through == Through.SPOKEN else entry.by,
            spoken_on=self.said_on if self.through == Through.SPOKEN else None,
            is_held=self.is_held,
            may_be_read=self.may_be_read,
            **at_first(self.look_by),
        )

    def leaves(
        self, promise: Promise, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if not self.is_held and not self.needs_confirming:
            yield tell(promise.owner, "promise_was_judged", promise.id)
        if self.through != Through.THEMSELF and self.person is not None:
            yield tell(self.person, "said_for_you", promise.id)


def _no_longer_counts(promise: UUID, person: UUID, entry: Recorded) -> None:
    """The answer from before stays as it was said; it is only no longer the one that is counted."""
    before = answer_that_counts(promise, person)
    if before is not None:
        before.change(entry, counts=False)


def _reads_from(verdict: Verdict, at: At) -> date | None:
    """By which day somebody must read its words, from the day on which others can see it."""
    return waits_from(at.date(), may_be_read=verdict.may_be_read, words=verdict.words is not None)


class PassOnVerdict(Command):
    """Write down what somebody told you about a promise to them."""

    records = "promises.verdict_passed_on"
    may = who_writes_it_down | types_slips
    says = _("%(by)s wrote down what somebody said of this promise: %(said)s.")
    judged_on = "made_to"
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("We have written to them, so that they can put it right.")

    promise: Id[Promise]
    made_to: Id[PromisedTo]
    verdict: Fresh[Verdict] = Ask(settled=True)
    member: UUID | None = Ask(
        _("Whose slip is it?"), hint=_("Only somebody you know of already is offered here."), default=None
    )
    paper: Sealed = Ask(
        _("If it came on paper: which paper is it?"),
        hint=_("For example: the slip of 3 May, in the post book under 41."),
        default="",
        belongs_to="person",
        widget="line",
    )
    spoken_on: date = Ask(
        _("On which day did you speak with them, or did the paper come?"),
        used_for=_("They see it, and can say if it is wrong."),
    )
    said: Said = Ask(
        _("Did they say it was kept?"),
        used_for=_("It is counted apart from answers that people gave themselves."),
        widget="radios",
    )
    words: Sealed = Ask(
        _("What did they say happened?"), hint=_("In their words."), default="", belongs_to="person"
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    place: int = Ask(settled=True, default=0)
    needs_confirming: bool = Ask(settled=True, default=False)
    counts: bool = Ask(settled=True, default=False)
    by_own_word: bool = Ask(settled=True, default=False)
    group_member: Fresh[GroupMember] = Ask(settled=True)
    joins: bool | None = Ask(settled=True)

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        return whose_slip(field, actor, given)

    def settle(self, promise: Promise, made_to: PromisedTo, at: At) -> Mapping[str, Any]:
        place = Verdict.everything.filter(promise=promise.id).count() + 1
        person = made_to.person or self.member
        by_slip = made_to.person is None and bool(self.paper)
        waits = person is None or not (by_slip or may_vouch(promise, at.by.person, person, at.moment))
        counts = (
            person is not None and not waits and verdict_counts(promise.id, person, Through.SPOKEN, place)
        )
        return {
            "person": person,
            "said_on": at.date(),
            "place": place,
            "needs_confirming": waits,
            "counts": counts,
            "by_own_word": person is not None and is_own_word(made_to, person, at.moment),
            "joins": joins_by_slip(promise, person) if made_to.person is None else None,
        }

    def objections(self, promise: Promise, made_to: PromisedTo, at: At) -> Iterator[tuple[str, Lazy]]:
        yield from _of_this_promise(made_to, promise)
        yield from slip_is_sound(self, promise, made_to, at)
        if has_died(self.person):
            yield "said", _("They have died. Nobody says any more for them whether it was kept.")
        yield from _not_before_its_day(promise, self.said, at)
        if self.spoken_on > at.date():
            yield "spoken_on", _("This day is still to come. Say when you spoke with them.")
        if self.spoken_on < promise.made_on:
            yield "spoken_on", _("This day is before the promise was made. Say when you spoke with them.")

    def about(self, promise: Promise, made_to: PromisedTo, at: At) -> UUID | None:
        return promise.person

    def gaps(self) -> Mapping[str, Any]:
        return {"said": self.said.label}

    def apply(self, promise: Promise, made_to: PromisedTo, entry: Recorded) -> None:
        _write_down(
            self,
            promise,
            made_to,
            entry,
            through=Through.SPOKEN,
            by=entry.by,
            spoken_on=self.spoken_on,
            is_held=False,
            may_be_read=False,
            **at_first(None),
            paper=self.paper or None,
        )
        if self.joins:
            GroupMember.begin(
                entry,
                id=self.group_member,
                promise=promise.id,
                person=self.person,
                words=None,
                by=entry.by,
                said_on=self.said_on,
                confirmed_by=None,
                confirmed_on=None,
            )

    def leaves(
        self, promise: Promise, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return [tell(self.person, "said_for_you", promise.id)] if self.person else []


def _write_down(
    command: GiveVerdict | PassOnVerdict, promise: Promise, made_to: PromisedTo, entry: Recorded, **more: Any
) -> None:
    """What one person says of a promise. If it counts, what they said before does not any more."""
    assert command.person is not None
    if command.counts:
        _no_longer_counts(promise.id, command.person, entry)
    Verdict.begin(
        entry,
        id=command.verdict,
        promise=promise.id,
        made_to=made_to.id,
        person=command.person,
        said=command.said,
        words=command.words or None,
        said_on=command.said_on,
        place=command.place,
        needs_confirming=command.needs_confirming,
        confirmed_by=None,
        confirmed_on=None,
        counts=command.counts,
        heard=entry.number if command.counts else None,
        denied=None,
        by_own_word=command.by_own_word,
        **more,
    )


class ReleaseVerdict(Command):
    """Let others see what you said."""

    records = "promises.verdict_released"
    may = who_gave_it
    says = _("%(by)s let others see what they said.")
    says_to_you = _("You let others see what you said.")
    judged_on = "verdict"
    page: ClassVar[str] = "promises:promise"

    promise: Id[Promise]
    verdict: Id[Verdict]
    counts: bool = Ask(settled=True, default=False)
    look_by: date | None = Ask(settled=True)

    def settle(self, promise: Promise, verdict: Verdict, at: At) -> Mapping[str, Any]:
        waits = verdict.needs_confirming or verdict.denied is not None
        counts = not waits and verdict_counts(promise.id, verdict.person, verdict.through, verdict.place)
        return {"counts": counts, "look_by": _reads_from(verdict, at)}

    def objections(self, promise: Promise, verdict: Verdict, at: At) -> Iterator[tuple[str, Lazy]]:
        if verdict.promise != promise.id or not verdict.is_held:
            yield "verdict", _("This is not being kept back. Others can see it already.")

    def about(self, promise: Promise, verdict: Verdict, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, verdict: Verdict, entry: Recorded) -> None:
        if self.counts:
            _no_longer_counts(promise.id, verdict.person, entry)
        heard = entry.number if self.counts else verdict.heard
        look_by = self.look_by or verdict.look_by
        verdict.change(entry, is_held=False, counts=self.counts, heard=heard, look_by=look_by)

    def leaves(
        self, promise: Promise, verdict: Verdict, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        return [tell(promise.owner, "promise_was_judged", promise.id)]


class ConfirmVerdict(Command):
    """Say that this is what they said."""

    records = "promises.verdict_confirmed"
    to_oneself = {"title": _("Say that this is what you said")}
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NAMED,)
    may = who_confirms
    says = _("%(by)s confirmed what was written down.")
    judged_on = "verdict"
    page: ClassVar[str] = "promises:promise"

    promise: Id[Promise]
    verdict: Id[Verdict]
    confirmed_on: date | None = Ask(settled=True)
    counts: bool = Ask(settled=True, default=False)
    look_by: date | None = Ask(settled=True)

    def settle(self, promise: Promise, verdict: Verdict, at: At) -> Mapping[str, Any]:
        way = Through.THEMSELF if (at.by.person, at.by.typed_by) == (verdict.person, None) else Through.SPOKEN
        counts = not verdict.is_held and verdict_counts(promise.id, verdict.person, way, verdict.place)
        return {"confirmed_on": at.date(), "counts": counts, "look_by": _reads_from(verdict, at)}

    def objections(self, promise: Promise, verdict: Verdict, at: At) -> Iterator[tuple[str, Lazy]]:
        if verdict.promise != promise.id or not verdict.needs_confirming or verdict.confirmed_on is not None:
            yield "verdict", _("Nothing waits to be confirmed here.")
            return
        hand = at.by.typed_by or at.by.person
        if hand == verdict.person:
            return
        if verdict.denied is not None:
            yield "verdict", _("They say that this is not what they said. Only they can confirm it.")
        assert hand is not None  # nobody without a name passes `may`
        if hand == verdict.by:
            yield "verdict", _("You wrote this down. Someone else must confirm it.")
        elif answers_for_it(promise, hand, at.moment):
            yield "verdict", _("Someone outside the team that made the promise must confirm it.")
        elif speaks_only(hand, verdict.person, at):
            yield "verdict", _("The person, their advocate or another worker can confirm it.")

    def about(self, promise: Promise, verdict: Verdict, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, verdict: Verdict, entry: Recorded) -> None:
        if self.counts:
            _no_longer_counts(promise.id, verdict.person, entry)
        heard = entry.number if self.counts else verdict.heard
        by, look_by = entry.typed_by or entry.by, self.look_by or verdict.look_by
        confirmed = {"confirmed_by": by, "confirmed_on": self.confirmed_on, "denied": None}
        verdict.change(entry, counts=self.counts, heard=heard, look_by=look_by, **confirmed)
