"""Who has a vote in a matter: seats are offered and taken; whoever has a stake of their own steps back."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Actor, Ask, At, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong, whose
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word, typist, works_for
from alongside.topics.decisions.policy import (
    ANOTHER_WORKER,
    who_agrees_to_a_seat,
    who_decides,
    who_was_offered_a_seat,
)
from alongside.topics.people.models import Person, PersonState
from alongside.topics.people.models.persons import folded
from alongside.topics.people.policy import (
    names_of,
    offices_of,
    paid_by_providers,
    public_names_of,
    workers_of,
)


class OfferVote(OnDecision):
    """Offer somebody a vote in this."""

    records = "decisions.vote_offered"
    may = who_decides
    says = _("%(by)s offered somebody a vote in this.")
    strong = True
    person_is_named: ClassVar[bool] = False

    seat: Fresh[models.Seat] = Ask(settled=True)
    decider_row: Fresh[models.Decider] = Ask(settled=True)
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who should have a vote?"), used_for=_("They are asked, and can say no."), of_others=True
    )
    is_member: bool = Ask(
        _("They draw on care and support, or care for somebody, and sit as that."),
        default=False,
        widget="tick",
    )
    office: UUID | None = Ask(settled=True)
    sits_now: bool | None = Ask(settled=True)  # so it was once: now somebody else agrees first
    needs_agreement: bool = Ask(settled=True, default=False)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """For a place also whom it affects, known to those who decide from this matter alone."""
        usual = super().choices_within(field, actor, given)
        decision = given.get("decision")
        here = named_here(actor, decision, clock.now()) if field == "person" and decision else {}
        if not here:
            return usual
        return sorted({**here, **dict(Person.choices_for(actor))}.items(), key=lambda pair: folded(pair[1]))

    def known_here(self, field: str, wanted: Collection[UUID], at: At) -> Collection[UUID]:
        return named_here(at.by, self.decision, at.moment) if wanted and field == "person" else ()

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        office = next(iter(offices_of(self.person, at.moment)), None)
        is_colleague = works_for(self.person, decision.organisation, at.moment)
        return {"office": None if self.is_member else office, "needs_agreement": is_colleague}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if self.is_member and decision.is_about_person:
            yield "is_member", _("For one life nobody sits as a member. Ask the person what they think.")
        elif self.is_member and works_for(self.person, decision.organisation, at.moment):
            yield "is_member", _("They work for the body that decides. They do not sit as one it affects.")
        elif self.is_member and paid_by_providers([self.person], at.moment):
            yield "is_member", _("A provider pays them. They do not sit as one it affects.")
        if decision.change_code == ANOTHER_WORKER and is_worker_of(self.person, decision, at):
            yield "person", _("They ask for another worker, and this is the worker. Choose somebody else.")
        if self.person == decision.person:
            yield "person", _("This is about their own life. They have their say already.")
        elif self.person in deciders_of(decision.id):
            yield "person", _("They have a vote already. Choose somebody else.")
        elif decision.is_about_person and not works_for(self.person, decision.organisation, at.moment):
            yield "person", _("Only people who work for the body that decides may see this life. Choose one.")
        if models.Interest.everything.filter(decision=decision.id, person=self.person).exists():
            yield "person", _("They have a stake of their own in this, and stepped back. Choose another.")
        open_still = models.Seat.everything.filter(decision=decision.id, person=self.person, answered_at=None)
        if open_still.exists():
            yield "person", _("They were asked already. Wait for their answer.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Seat.begin(
            entry,
            id=self.seat,
            decision=decision.id,
            person=self.person,
            is_member=self.is_member,
            office=self.office,
            offered_by=entry.by,
            offered_at=entry.at,
            answered_at=entry.at if self.sits_now else None,
            is_taken=True if self.sits_now else None,
            needs_agreement=self.needs_agreement,
            agreed_by=None,
            agreed_at=None,
        )
        if self.sits_now:
            sit(entry, self.decider_row, decision.id, self.person, self.office, is_member=self.is_member)


def named_here(actor: Actor, decision: Any, at: datetime) -> dict[UUID, str]:
    """For a matter about a place: who is named there as affected, or says under their name what they think.
    Nobody who goes there by the office or the body they work for."""
    place = models.Decision.objects.seen_by(actor, at).filter(pk=decision, about="place")
    if not place.exists():
        return {}
    said = models.View.objects.seen_by(actor, at).filter(decision=decision, is_current=True)
    named = models.Affected.objects.seen_by(actor, at).filter(decision=decision, ended_at=None)
    found = {one for rows in (said, named) for one in rows.values_list("person", flat=True)} - {None}
    people = Person.everything.filter(id__in=found, state=PersonState.ACTIVE).values_list("id", flat=True)
    alive = set(people)
    called, own = public_names_of(alive, at), names_of(alive)
    return {one: own[one] for one in alive if called[one] == own[one]}


def sit(
    entry: Recorded,
    row: UUID | None,
    decision: UUID,
    person: UUID | None,
    office: UUID | None,
    *,
    is_member: bool,
) -> None:
    """Somebody is one of those who decide from now on."""
    models.Decider.begin(
        entry,
        id=row,
        decision=decision,
        person=person,
        since_at=entry.at,
        until_at=None,
        office=office,
        is_member=is_member,
    )


class AgreeToSeat(OnDecision):
    """Say whether somebody who works for the body that decides may have a vote in this too."""

    records = "decisions.seat_agreed"
    may = who_agrees_to_a_seat
    says = _("%(by)s said whether somebody may have a vote in this.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE, Hand.NOT_WHOM)

    seat: Id[models.Seat]
    agrees: bool = Ask(
        _("May they decide this too?"), used_for=_("Without your yes they have no vote."), widget="radios"
    )
    decider_row: Fresh[models.Decider] = Ask(settled=True)
    sits_now: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, seat: models.Seat, at: At) -> Mapping[str, Any]:
        return {"sits_now": self.agrees and decision.is_about_person}

    def objections(self, decision: models.Decision, seat: models.Seat, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, seat=seat)
        who = {*at.by.ids, typist(at)}
        if not seat.waits_for_agreement:
            yield "seat", _("Nobody has to agree to this now.")
        elif who & {seat.offered_by, seat.person} or (typist(at) in deciders_of(decision.id)):
            yield "seat", _("Somebody else must agree: not who offered it, who gets it, or who decides.")
        elif decision.is_about_person and not is_their_own_word(decision.id, decision.person, at):
            yield "seat", _("Ask their advocate, or a worker of another line, to write it down.")
        elif (
            decision.person is None
            and at.by.person not in deciders_of(decision.id)
            and any(works_for(one, decision.organisation, at.moment) for one in who)
        ):
            yield "seat", _("You work for the body that decides. Somebody else must agree.")

    def apply(self, decision: models.Decision, seat: models.Seat, entry: Recorded) -> None:
        seat.change(entry, agreed_by=entry.by, agreed_at=entry.at)
        if not self.agrees or self.sits_now:
            seat.change(entry, answered_at=entry.at, is_taken=self.agrees)
        if self.sits_now:
            sit(entry, self.decider_row, decision.id, seat.person, seat.office, is_member=False)


class AnswerVoteOffer(OnDecision):
    """Say whether you take the vote that was offered to you."""

    records = "decisions.vote_offer_answered"
    may = who_was_offered_a_seat
    says = _("%(by)s answered the offer of a vote.")

    seat: Id[models.Seat]
    takes_it: bool = Ask(
        _("Do you take it?"), used_for=_("With a yes you are one of those who decide."), widget="radios"
    )
    decider_row: Fresh[models.Decider] = Ask(settled=True)

    def objections(self, decision: models.Decision, seat: models.Seat, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, seat=seat)
        if seat.person != at.by.person or at.by.typed_by is not None:
            yield "seat", _("Only the one who was asked can answer that.")
        elif seat.answered_at is not None:
            yield "seat", _("You have answered this already.")
        elif self.takes_it and seat.waits_for_agreement:
            yield (
                "seat",
                _("First somebody else must agree: one more who decides, or a user-led organisation."),
            )

    def apply(self, decision: models.Decision, seat: models.Seat, entry: Recorded) -> None:
        seat.change(entry, answered_at=entry.at, is_taken=self.takes_it)
        if self.takes_it:
            person, office = seat.person, seat.office
            sit(entry, self.decider_row, decision.id, person, office, is_member=seat.is_member)


class SayInterest(OnDecision):
    """Say that you have a stake of your own in this, and step back."""

    records = "decisions.interest_said"
    may = who_decides
    says = _("%(by)s has a stake of their own in this, and stepped back.")
    says_to_you = _("You have a stake of your own in this, and stepped back.")

    row: Id[models.Decider]
    interest: Fresh[models.Interest] = Ask(settled=True)
    words: Sealed = Ask(
        _("What is it, in a few words?"),
        hint=_("Everyone who sees this can read it. Leave it blank if it is private."),
        default="",
    )

    def objections(self, decision: models.Decision, row: models.Decider, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, row=row)
        if row.person != at.by.person or row.until_at is not None:
            yield "row", _("Only they can say that. Ask them.")

    def apply(self, decision: models.Decision, row: models.Decider, entry: Recorded) -> None:
        row.change(entry, until_at=entry.at)
        models.Interest.begin(
            entry,
            id=self.interest,
            decision=decision.id,
            person=entry.by,
            office=row.office,
            words=self.words,
            said_at=entry.at,
        )


def is_worker_of(who: UUID | None, decision: models.Decision, at: At) -> bool:
    """Whether somebody works for the person of this decision now."""
    return decision.person is not None and who in workers_of(decision.person, at.moment)
