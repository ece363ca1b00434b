"""A slip in a promise, found after the day it was made: other words are offered, and hold once they agree.

Nobody weakens a promise by this unseen. All it was made to by name must say yes, and silence is no yes. Of a
group enough must answer, and one no leaves the words as they are: what somebody it was made to does not take
for a slip is none. The number, and what a decision promised, are not changed here. The words from before
are kept.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.promises.commands.agreeing import (
    AnswersWhatIsPut,
    nobody_agrees_for_them,
    who_agrees,
    who_answers,
    who_must_agree,
)
from alongside.topics.promises.commands.new_day import AGREED, DECLINED, WAITING
from alongside.topics.promises.commands.telling import tell, tell_all, tell_group
from alongside.topics.promises.models import OfferedWords, Promise, PromisedTo, Verdict, WordsAnswer
from alongside.topics.promises.policy import its_owner, its_owners_manager

SETTLED = _("This has been settled already.")
JUDGED = _("Somebody has said how it went. Leave this promise as it is, and make a new one.")


class OfferCorrection(Command):
    """Offer other words for this promise, where there is a slip in it."""

    records = "promises.correction_offered"
    may = its_owner | its_owners_manager
    says = _("%(by)s offered other words. They hold only if those it was made to agree.")
    page: ClassVar[str] = "promises:promise"
    done: ClassVar[Lazy] = _("The words stay as they are until everyone it was made to has agreed.")

    promise: Id[Promise]
    offer: Fresh[OfferedWords] = Ask(settled=True)
    what: Sealed = Ask(
        _("What should it say?"),
        hint=_("For a slip. Less than was promised is a new decision, and its number stays as it is."),
        used_for=_("The people it was made to read both, and say yes or no."),
        belongs_to="person",
    )
    why: Sealed = Ask(
        _("What was wrong?"),
        used_for=_("The people it was made to read it before they say yes or no."),
        belongs_to="person",
    )
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    closes_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        closes_on = pack.due("promise.group_new_day.answer_days", at.date())
        if not promise.group_size:  # somebody named is asked for as long as there is time before its day
            closes_on = min(closes_on, promise.due_on - timedelta(days=1))
        return {"person": promise.person, "said_on": at.date(), "closes_on": closes_on}

    def objections(self, promise: Promise, at: At) -> Iterator[tuple[str, Lazy]]:
        if not self.what:
            yield "what", _("Type the words of the promise.")
        elif str(self.what).split() == str(promise.what or "").split():
            yield "what", _("It says this already.")
        if not self.why:
            yield "why", _("Say what was wrong.")
        if promise.decision is not None:
            yield "", _("It was promised in a decision. Leave it, and make a new promise or a new decision.")
        if promise.protocol is not None:
            yield "", _("It is a line of a protocol, which others hold to as well. Leave it as it is.")
        if promise.statement is not None:
            yield "", _("These words were said in public. Leave them as they were said.")
        if was_judged(promise.id):
            yield "", JUDGED
        assert self.closes_on is not None  # settled above
        if promise.due_on <= at.date() or self.closes_on >= promise.due_on:
            yield ("", _("There is too little time before its day. Make a new promise beside it."))
        if OfferedWords.everything.filter(promise=promise.id, state=WAITING).exists():
            yield "", _("Other words are waiting for their answer. Wait for that first.")

    def about(self, promise: Promise, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, entry: Recorded) -> None:
        OfferedWords.begin(
            entry,
            id=self.offer,
            promise=promise.id,
            what=self.what,
            was=promise.what,
            why=self.why,
            said_by=entry.by,
            said_on=self.said_on,
            closes_on=self.closes_on,
            state=WAITING,
            settled_on=None,
            yes=None,
            no=None,
        )

    def leaves(self, promise: Promise, recorded: Recorded) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield from tell_all(promise.id, "may_the_words_change", recorded.by)
        yield from tell_group(promise.id, "may_the_words_change", recorded)


class AnswerCorrection(AnswersWhatIsPut):
    """Say yes or no to other words for this promise."""

    records = "promises.correction_answered"
    says = _("%(by)s answered whether the words may change.")

    promise: Id[Promise]
    offer: Id[OfferedWords]
    made_to: Id[PromisedTo]
    answer: Fresh[WordsAnswer] = Ask(settled=True)
    agrees: bool = Ask(
        _("Are the new words all right for you?"),
        hint=_("If you say no, the promise stays as it was made."),
        used_for=_("The words change only when all it was made to agree."),
        widget="radios",
    )
    why: Sealed = Ask(_("Why?"), default="", belongs_to="person")
    person: UUID | None = Ask(settled=True)
    said_on: date | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    holds: bool = Ask(settled=True, default=False)
    ends_it: bool = Ask(settled=True, default=False)

    def settle(self, promise: Promise, offer: OfferedWords, made_to: PromisedTo, at: At) -> Mapping[str, Any]:
        who = who_answers(made_to, at)
        yes = {one for one, agrees in answers_to(promise, offer, at).items() if agrees}
        named = not promise.group_size
        return {
            **who,
            "holds": self.agrees
            and named
            and set(who_must_agree(promise, at.moment)) <= yes | {who["person"]},
            "ends_it": not self.agrees and named,
        }

    def objections(
        self, promise: Promise, offer: OfferedWords, made_to: PromisedTo, at: At
    ) -> Iterator[tuple[str, Lazy]]:
        if made_to.promise != promise.id or offer.promise != promise.id:
            yield "offer", _("These words were not offered here. Please choose again.")
            return
        if offer.state != WAITING:
            yield "offer", SETTLED
        elif at.date() > offer.closes_on:
            yield "offer", _("The time to answer is over. It is being counted.")
        elif was_judged(promise.id):
            yield "offer", _("Somebody has said how it went. So the words stay as they are.")
        said = WordsAnswer.everything.filter(offer=offer.id)
        yield from nobody_agrees_for_them(promise, made_to, self.person, self.typed, said, at)

    def apply(self, promise: Promise, offer: OfferedWords, made_to: PromisedTo, entry: Recorded) -> None:
        WordsAnswer.begin(
            entry,
            id=self.answer,
            promise=promise.id,
            offer=offer.id,
            person=self.person,
            agrees=self.agrees,
            by=entry.by,
            typist=self.typed,
            denied=None,
            said_on=self.said_on,
            why=self.why or None,
        )
        if self.holds or self.ends_it:
            offer.change(entry, state=AGREED if self.holds else DECLINED, settled_on=self.said_on)
        if self.holds:
            promise.change(entry, what=offer.what)

    def leaves(
        self, promise: Promise, offer: OfferedWords, made_to: PromisedTo, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        if self.holds or self.ends_it:
            yield tell(promise.owner, "the_words_were_answered", promise.id)
        if self.holds:
            yield from tell_all(promise.id, "promise_put_right", recorded.by)


class SettleCorrection(Command):
    """Count whether those it was made to agreed to other words."""

    records = "promises.correction_settled"
    may = the_installation
    says = _("The time to answer was over. It was counted whether enough agreed to other words.")

    promise: Id[Promise]
    offer: Id[OfferedWords]
    yes: int = Ask(settled=True, default=0)
    no: int = Ask(settled=True, default=0)
    holds: bool = Ask(settled=True, default=False)
    settled_on: date | None = Ask(settled=True)

    def settle(self, promise: Promise, offer: OfferedWords, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        said = answers_to(promise, offer, at)
        needed = min(pack.number("promise.group_new_day.answers"), promise.group_size or 0)
        enough = bool(promise.group_size) and bool(said) and len(said) >= needed and all(said.values())
        named = all(said.get(one) for one in who_must_agree(promise, at.moment))
        holds = enough and named and not was_judged(promise.id)
        yes = sum(said.values())
        return {"yes": yes, "no": len(said) - yes, "holds": holds, "settled_on": at.date()}

    def objections(self, promise: Promise, offer: OfferedWords, at: At) -> Iterator[tuple[str, Lazy]]:
        if offer.promise != promise.id or offer.state != WAITING:
            yield "offer", SETTLED
        elif at.date() <= offer.closes_on:
            yield "offer", _("The time to answer is not over yet.")

    def about(self, promise: Promise, offer: OfferedWords, at: At) -> UUID | None:
        return promise.person

    def apply(self, promise: Promise, offer: OfferedWords, entry: Recorded) -> None:
        state = AGREED if self.holds else DECLINED
        offer.change(entry, state=state, yes=self.yes, no=self.no, settled_on=self.settled_on)
        if self.holds:
            promise.change(entry, what=offer.what)

    def leaves(
        self, promise: Promise, offer: OfferedWords, recorded: Recorded
    ) -> Iterable[tuple[str, Mapping[str, Any]]]:
        yield tell(promise.owner, "the_words_were_answered", promise.id)
        what = "promise_put_right" if self.holds else "the_words_stay"
        yield from tell_all(promise.id, what, None)
        yield from tell_group(promise.id, what, recorded)


def was_judged(promise: UUID) -> bool:
    """Whether somebody has said how it went: they judged these words, and no others."""
    return Verdict.everything.filter(promise=promise, is_held=False).exists()


def answers_to(promise: Promise, offer: OfferedWords, at: At) -> dict[UUID, bool]:
    """Whether each one agrees to these words."""
    return who_agrees(promise, WordsAnswer.everything.filter(offer=offer.id), at)


def to_count(today: date, most: int) -> Iterator[Command]:
    """The offers whose time to answer is over."""
    over = OfferedWords.everything.filter(state=WAITING, closes_on__lt=today)
    for promise, offer in over.order_by("closes_on", "id").values_list("promise", "id")[:most]:
        yield SettleCorrection(promise=promise, offer=offer)
