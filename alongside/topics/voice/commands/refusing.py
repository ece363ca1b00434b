"""Refusing a place on an agenda, which needs reasons and what would change it; and taking a request back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Recorded, Sealed
from alongside.topics.people.policy import holders_of
from alongside.topics.voice.commands.base import Leaving, Objections, tell
from alongside.topics.voice.commands.hearings import (
    ByThoseWhoAsked,
    OnHearing,
    address,
    are_to_be_heard,
    first_answer,
    not_closed,
)
from alongside.topics.voice.models import Answered, Hearing, HearingState, Offer
from alongside.topics.voice.policy import the_agenda, who_asked


class RefuseHearing(OnHearing):
    """Refuse, and say why and what would change it."""

    records = "voice.hearing_refused"
    may = the_agenda
    says = _("%(by)s refused a place on the agenda.")
    strong = True

    reasons: Sealed = Ask(
        _("Why not?"), used_for=_("Those who asked can answer it, and appeal."), belongs_to="thing"
    )
    would_change: Sealed = Ask(
        _("What would change this?"), used_for=_("Those who asked know what to do next."), belongs_to="thing"
    )
    by_person: UUID | None = Ask(settled=True)
    by_office: UUID | None = Ask(settled=True)
    refused_on: date | None = Ask(settled=True)
    answered_on: date | None = Ask(settled=True)
    days_taken: int | None = Ask(settled=True)

    def settle(self, hearing: Hearing, at: At) -> Mapping[str, Any]:
        return {
            **first_answer(hearing, at),
            "by_person": at.by.person,
            "by_office": hearing.office,
            "refused_on": at.date(),
        }

    def objections(self, hearing: Hearing, at: At) -> Objections:
        yield from not_closed(hearing)
        if hearing.state in (HearingState.REFUSED, HearingState.APPEALED):
            yield "", _("This was refused already.")
        if hearing.state in (HearingState.GRANTED, HearingState.PROTEST):
            yield "", _("They have a place already. Offer them another instead.")
        if are_to_be_heard(hearing):
            yield "", _("An appeal found that they are to be heard. Offer them a place.")
        if not self.reasons:
            yield "reasons", _("Say why not. They can answer only what they are told.")
        if not self.would_change:
            yield "would_change", _("Say what would change this. If nothing would, say so.")

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        for row in Offer.everything.filter(hearing=hearing.id, answer=Answered.WAITING):
            row.change(entry, answer=Answered.REPLACED)
        hearing.change(
            entry,
            state=HearingState.REFUSED,
            was_refused=True,
            refused_by=self.by_person,
            refused_office=self.by_office,
            refused_on=self.refused_on,
            reasons=self.reasons,
            would_change=self.would_change,
            answered_on=self.answered_on,
            days_taken=self.days_taken,
        )

    def leaves(self, hearing: Hearing, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(hearing.asked_by, "hearing_refused", address(hearing.id), hearing.id)


class WithdrawHearing(ByThoseWhoAsked):
    """Take back your request."""

    records = "voice.hearing_withdrawn"
    may = who_asked
    says = _("%(by)s took the request back.")

    words: Sealed = Ask(_("Do you want to say why?"), default="", belongs_to="thing")

    def objections(self, hearing: Hearing, at: At) -> Objections:
        yield from not_closed(hearing)
        if hearing.happened:
            yield "", _("The day is past, and you have told what happened.")

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        hearing.change(entry, state=HearingState.WITHDRAWN)


def holders_but(office: UUID, but: UUID | None, at: At) -> list[UUID]:
    """Who holds an office, but for one person."""
    return [one for one in holders_of(office, at.moment) if one != but]
