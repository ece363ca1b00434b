"""On what terms people take part: pay and expenses offered, answered and paid; what they needed to get in.

Nothing is kept of anybody's benefits. An offer is seen by the person and by whoever arranges it.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.fields import as_id
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import is_their_own_word
from alongside.topics.decisions.commands.taking_part import must_be_a_place
from alongside.topics.decisions.models import Met, PayAnswer
from alongside.topics.decisions.policy import anyone_here, of_a_user_led, of_the_body, who_decides
from alongside.topics.people.policy import names_of

_THEY_READ = _("The person reads it before they answer.")
_A_DAY, _THOUSAND_POUNDS = 24 * 60, 100_000
_IN_PENCE = "(in pence: 1250 for £12.50)"  # a form asks in pounds


class OfferPay(OnDecision):
    """Offer somebody pay and expenses for taking part."""

    records = "decisions.pay_offered"
    may = who_decides | of_the_body | of_a_user_led
    says = _("%(by)s offered somebody pay for taking part.")
    person_is_named: ClassVar[bool] = False
    seen_by_line: ClassVar[Any] = _("Only they and you see this. Others see only how many offers there are.")

    offer: Fresh[models.PayOffer] = Ask(settled=True)
    part: Id[models.PartTaken] | None = Ask(
        _("To whom of those who said that they took part?"),
        hint=_("Leave this blank to choose somebody else whom you know."),
        default=None,
    )
    person: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("Whom else do you know who takes part?"),
        hint=_("Choose one person: here, or of those who said that they took part."),
        default=None,
        of_others=True,
    )
    whom: UUID | None = Ask(settled=True)
    meeting: Id[models.Meeting] | None = Ask(_("For which meeting?"), default=None)
    activity: Sealed = Ask(
        _("What is it for?"),
        hint=_("Do not write about benefits."),
        used_for=_THEY_READ,
        belongs_to="person",
        widget="line",
    )
    minutes: int = Ask(_("How many minutes will it take?"), used_for=_THEY_READ, ge=1, le=100 * _A_DAY)
    rate_pence: int = Ask(
        _("How much is it for an hour?"), written=_IN_PENCE, used_for=_THEY_READ, ge=0, le=_THOUSAND_POUNDS
    )
    expenses_pence: int | None = Ask(
        _("At most how much for expenses?"),
        hint=_("Leave this blank if there is no limit."),
        written=_IN_PENCE,
        default=None,
        ge=0,
        le=10 * _THOUSAND_POUNDS,
    )
    expenses_upfront: bool = Ask(_("Expenses are paid before they are spent."), default=False, widget="tick")
    benefit_advice: bool = Ask(
        _("It comes with advice on benefits, from someone independent."),
        hint=_("Pay can change what somebody gets. What they get is never written down here."),
        default=False,
        widget="tick",
    )
    in_writing: bool = Ask(_("They have this in writing."), default=False, widget="tick")

    @classmethod
    def lead_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """Whom it is for, where that was chosen already of those who took part."""
        pk = as_id(given.get("part"))
        row = models.PartTaken.objects.seen_by(actor).filter(pk=pk).first() if pk else None
        return _("It is for %(name)s.") % {"name": names_of([row.person])[row.person]} if row else ""

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        part: models.PartTaken | None = rest[0]
        return {"whom": part.person if part is not None else self.person}

    def objections(self, decision: models.Decision, *rest: Any) -> Iterator[Objection]:
        part, meeting, at = rest
        yield from must_be_a_place(decision)
        yield from must_belong(decision, meeting=meeting, part=part)
        if self.whom is None or (part is not None and self.person not in (None, part.person)):
            yield "part", _("Choose one person: of those who took part, or somebody else.")
        if part is not None and not models.PartTaken.objects.seen_by(at.by, at.moment).filter(pk=part.id):
            yield "part", _("We could not find that. Please choose again.")
        if not self.activity:
            yield "activity", _("Say what the pay is for.")
        if self.whom == at.by.person:
            yield "person", _("Somebody else must arrange your own pay.")

    @property
    def to(self) -> UUID | None:
        """Whom it is offered to. Offers of old name the person alone."""
        return self.whom or self.person

    def about(self, *things: Any) -> UUID | None:
        return self.to

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.to

    def apply(self, decision: models.Decision, *rest: Any) -> None:
        _part, meeting, entry = rest
        models.PayOffer.begin(
            entry,
            id=self.offer,
            decision=decision.id,
            person=self.to,
            meeting=meeting.id if meeting else None,
            activity=self.activity,
            minutes=self.minutes,
            rate_pence=self.rate_pence,
            expenses_pence=self.expenses_pence,
            expenses_upfront=self.expenses_upfront,
            benefit_advice=self.benefit_advice,
            in_writing=self.in_writing,
            arranged_by=entry.by,
            offered_at=entry.at,
            answer="",
            answered_at=None,
            is_own_word=None,
            paid_on=None,
            was_received=None,
        )


def must_be_theirs(decision: models.Decision, offer: models.PayOffer, at: At) -> Iterator[Objection]:
    yield from must_belong(decision, offer=offer)
    if offer.person not in at.by.ids:
        yield "offer", _("Only the one it was offered to can say that.")


class AnswerOfferOfPay(OnDecision):
    """Say whether you take the pay you were offered."""

    records = "decisions.pay_answered"
    may = anyone_here
    says = _("%(by)s answered an offer of pay.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.WAITS, Hand.NOT_WHOM)
    lead: ClassVar[Any] = _("You may take part and say no to pay. You need give no reason.")
    seen_by_line: ClassVar[Any] = _("Only you and whoever arranges it see this.")

    offer: Id[models.PayOffer]
    answer: PayAnswer = Ask(
        _("Do you take it?"), used_for=_("Whoever arranges it pays you by it."), widget="radios"
    )
    is_own: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, offer: models.PayOffer, at: At) -> Mapping[str, Any]:
        own = is_their_own_word(decision.id, offer.person, at) and at.by.typed_by != offer.arranged_by
        return {"is_own": own}

    def objections(self, decision: models.Decision, offer: models.PayOffer, at: At) -> Iterator[Objection]:
        yield from must_be_theirs(decision, offer, at)
        if offer.paid_on is not None:
            yield "offer", _("It has been paid already.")

    def about(self, *things: Any) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def apply(self, decision: models.Decision, offer: models.PayOffer, entry: Recorded) -> None:
        offer.change(entry, answer=self.answer, answered_at=entry.at, is_own_word=self.is_own)


class SayItIsPaid(OnDecision):
    """Say on which day somebody was paid."""

    records = "decisions.pay_sent"
    may = who_decides | of_the_body | of_a_user_led
    says = _("%(by)s said that somebody was paid for taking part.")

    offer: Id[models.PayOffer]
    paid_on: date = Ask(
        _("On which day was it paid?"), used_for=_("They can say if it came. The days it took are counted.")
    )

    def objections(self, decision: models.Decision, offer: models.PayOffer, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, offer=offer)
        if offer.arranged_by != at.by.person:
            yield "offer", _("Only whoever arranged it can say that. The person can say that it came.")
        if offer.answer not in (PayAnswer.ACCEPTED, PayAnswer.PART):
            yield "offer", _("They have not said yes to it.")
        if self.paid_on > at.date():
            yield "paid_on", _("Say it once it has been paid.")

    def about(self, *things: Any) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def apply(self, decision: models.Decision, offer: models.PayOffer, entry: Recorded) -> None:
        offer.change(entry, paid_on=self.paid_on)


class SayIfItCame(OnDecision):
    """Say whether the pay you were offered has come."""

    records = "decisions.pay_received"
    may = anyone_here
    says = _("%(by)s said whether pay has come.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE, Hand.NOT_WHOM)
    seen_by_line: ClassVar[Any] = _("Only you and whoever arranges it see this.")

    offer: Id[models.PayOffer]
    came: bool = Ask(
        _("Has it come?"), used_for=_("What has not come is not counted as paid."), widget="radios"
    )
    came_on: date | None = Ask(_("On which day?"), default=None)
    was_paid_on: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, offer: models.PayOffer, at: At) -> Mapping[str, Any]:
        return {"was_paid_on": (self.came_on or offer.paid_on or at.date()) if self.came else offer.paid_on}

    def objections(self, decision: models.Decision, offer: models.PayOffer, at: At) -> Iterator[Objection]:
        yield from must_be_theirs(decision, offer, at)
        if not is_their_own_word(decision.id, offer.person, at) or at.by.typed_by == offer.arranged_by:
            yield "", not_their_word(decision, at)
        if self.came_on is not None and self.came_on > at.date():
            yield "came_on", _("Say it once it has come.")

    def about(self, *things: Any) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def apply(self, decision: models.Decision, offer: models.PayOffer, entry: Recorded) -> None:
        offer.change(entry, was_received=self.came, paid_on=self.was_paid_on)


class SayIfYouCouldGetIn(OnDecision):
    """Say whether you had what you needed to take part."""

    records = "decisions.access_said"
    may = anyone_here
    says = _("%(by)s said whether they had what they needed to take part.")
    says_to_you = _("You said whether you had what you needed to take part.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE, Hand.THEIRS)
    lead: ClassVar[Any] = _("You need not say what it was, or why you need it.")
    seen_by_line: ClassVar[Any] = _("Only you see this. Others see only how many.")

    access: Fresh[models.AccessAnswer] = Ask(settled=True)
    meeting: Id[models.Meeting] = Ask(_("At which meeting?"), used_for=_("It is counted with that meeting."))
    met: Met = Ask(
        _("Did you have what you needed?"),
        used_for=_("It is counted, so that the next meeting is better."),
        widget="radios",
    )
    replaces: list[UUID] | None = Ask(settled=True)

    def settle(self, decision: models.Decision, meeting: models.Meeting, at: At) -> Mapping[str, Any]:
        before = models.AccessAnswer.everything.filter(
            meeting=meeting.id, person__in=at.by.ids, is_current=True
        )
        return {"replaces": [row.id for row in before]}

    def objections(self, decision: models.Decision, meeting: models.Meeting, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        yield from must_belong(decision, meeting=meeting)
        if not is_their_own_word(decision.id, at.by.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, meeting: models.Meeting, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.AccessAnswer.everything.get(id=earlier).change(entry, is_current=False)
        models.AccessAnswer.begin(
            entry,
            id=self.access,
            decision=decision.id,
            person=entry.by,
            meeting=meeting.id,
            met=self.met,
            said_at=entry.at,
            is_current=True,
        )
