"""An appeal to somebody who did not refuse, and what in fact happened, as each side tells it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day
from alongside.kernel import clock
from alongside.kernel.command import Actor, Ask, At, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.models import Office
from alongside.topics.people.policy import holders_of, names_of
from alongside.topics.voice.commands.base import Leaving, Objections, due_before, tell, tell_office
from alongside.topics.voice.commands.hearings import (
    ANSWER_RULE,
    MOST_MINUTES,
    ByThoseWhoAsked,
    OnHearing,
    address,
    not_closed,
)
from alongside.topics.voice.commands.refusing import holders_but
from alongside.topics.voice.models import Account, Appeal, Happened, Hearing, HearingState
from alongside.topics.voice.models.hearings import waits_for_an_answer_q
from alongside.topics.voice.policy import offices_of_bodies, the_agenda, the_appeal_office, who_asked


class AppealRefusal(ByThoseWhoAsked):
    """Ask somebody who did not refuse to look again."""

    records = "voice.refusal_appealed"
    may = who_asked
    says = _("%(by)s appealed against the refusal.")

    appeal: Fresh[Appeal] = Ask(settled=True)
    office: Annotated[UUID, Ref("people.Office")] = Ask(
        _("Who should look again?"),
        hint=_("It cannot be the office that refused, or the person who did."),
        used_for=_("Whoever holds it must answer you by a date."),
    )
    words: Sealed = Ask(_("Why should you be heard?"), default="", belongs_to="thing")
    appealed_on: date | None = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    pack: str = Ask(settled=True, default="")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        """Offices that somebody holds who did not refuse."""
        if field != "office" or not given.get("hearing"):
            return None
        hearing = Hearing.objects.seen_by(actor).filter(pk=given["hearing"]).first()
        if hearing is None:
            return None
        rows = Office.objects.seen_by(actor).exclude(id=hearing.refused_office).values_list("id", flat=True)
        at = clock.now()
        free = [one for one in rows if set(holders_of(one, at)) - {hearing.refused_by}]
        own = {one for one, body in offices_of_bodies(free).items() if body == hearing.organisation}
        free = [one for one in free if one in own] or free  # where the body has none, somebody else must look
        return sorted(names_of(free).items(), key=lambda pair: pair[1])

    def settle(self, hearing: Hearing, at: At) -> Mapping[str, Any]:
        found = due_before("voice.hearing.appeal", at.date(), hearing.meets_on)
        return {**found, "appealed_on": at.date()}

    def objections(self, hearing: Hearing, at: At) -> Objections:
        yield from not_closed(hearing)
        if hearing.state != HearingState.REFUSED:
            yield "", _("There is no refusal to appeal against now.")
        elif self.office == hearing.refused_office:
            yield "office", _("This office refused. Choose another.")
        elif not holders_but(self.office, hearing.refused_by, at):
            yield "office", _("Nobody there could look at it afresh. Choose another office.")

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        Appeal.begin(
            entry,
            id=self.appeal,
            hearing=hearing.id,
            office=self.office,
            words=self.words,
            appealed_on=self.appealed_on,
            due_on=self.due_on,
            upheld=None,
            answer=None,
            answered_on=None,
            overdue_on=None,
        )
        hearing.change(entry, state=HearingState.APPEALED)

    def leaves(self, hearing: Hearing, recorded: Recorded) -> Iterable[Leaving]:
        for holder in holders_of(self.office, recorded.at):
            if holder != hearing.refused_by:
                yield tell(holder, "hearing_appealed", address(hearing.id), hearing.id)


class AnswerAppeal(OnHearing):
    """Answer an appeal, with reasons."""

    records = "voice.appeal_answered"
    may = the_appeal_office
    says = _("%(by)s answered the appeal.")
    strong = True

    appeal: Id[Appeal]
    upheld: bool = Ask(
        _("Should they be heard after all?"),
        used_for=_("If yes, the office must offer them a place."),
        widget="radios",
    )
    answer: Sealed = Ask(_("Why?"), used_for=_("Those who asked read it."), belongs_to="thing")
    answered_on: date | None = Ask(settled=True)
    state: str = Ask(settled=True, default="")
    offer_by: date | None = Ask(settled=True)

    def settle(self, hearing: Hearing, appeal: Appeal, at: At) -> Mapping[str, Any]:
        state = HearingState.ASKED if self.upheld else HearingState.REFUSED
        found = due_before(ANSWER_RULE, at.date(), hearing.meets_on)
        offer_by = found["due_on"] if self.upheld else None
        return {"answered_on": at.date(), "state": state.value, "offer_by": offer_by}

    def objections(self, hearing: Hearing, appeal: Appeal, at: At) -> Objections:
        yield from not_closed(hearing)
        if appeal.hearing != hearing.id:
            yield "appeal", _("That appeal is about another request. Choose one about this request.")
        elif appeal.answered_on is not None:
            yield "appeal", _("This appeal was answered already.")
        if hearing.refused_by in at.by.records:
            yield "", _("You refused this. Somebody else has to look at it afresh.")
        if not self.answer:
            yield "answer", _("Say why.")

    def apply(self, hearing: Hearing, appeal: Appeal, entry: Recorded) -> None:
        appeal.change(entry, upheld=self.upheld, answer=self.answer, answered_on=self.answered_on)
        again = {"answer_due_on": self.offer_by, "overdue_on": None} if self.offer_by else {}
        hearing.change(entry, state=self.state, **again)

    def leaves(self, hearing: Hearing, appeal: Appeal, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(hearing.asked_by, "appeal_answered", address(hearing.id), hearing.id)
        if self.upheld:
            yield from tell_office(
                hearing.office, "hearing_asked", address(hearing.id), hearing.id, recorded.at
            )


class _Told(OnHearing):
    """What in fact happened, as one side tells it."""

    account: Fresh[Account] = Ask(settled=True)
    happened: Happened = Ask(
        _("What happened?"), used_for=_("The register shows what was done, beside what was granted.")
    )
    minutes: int | None = Ask(
        _("For how many minutes?"),
        hint=_("Only if somebody spoke or read."),
        needed=_("needed, if they spoke"),
        default=None,
        ge=0,
        le=MOST_MINUTES,
    )
    words: Sealed = Ask(_("Do you want to say more?"), default="", belongs_to="thing")
    told_on: date | None = Ask(settled=True)

    def settle(self, hearing: Hearing, at: At) -> Mapping[str, Any]:
        spoken = self.happened in (Happened.SPOKE, Happened.READ_OUT)
        return {"told_on": at.date(), "minutes": self.minutes if spoken else None}

    def objections(self, hearing: Hearing, at: At) -> Objections:
        yield from not_closed(hearing)
        if at.date() < hearing.meets_on:
            yield (
                "",
                _("The day has not come yet. You can say what happened from %(day)s.")
                % {"day": day(hearing.meets_on)},
            )
        if self.happened == Happened.SPOKE and not self.minutes:
            yield "minutes", _("Say for how many minutes they spoke.")

    def _begin(self, hearing: Hearing, entry: Recorded, *, is_of_body: bool) -> None:
        Account.begin(
            entry,
            id=self.account,
            hearing=hearing.id,
            is_of_body=is_of_body,
            happened=self.happened,
            minutes=self.minutes,
            words=self.words,
            told_on=self.told_on,
        )


class TellWhatHappened(_Told, ByThoseWhoAsked):
    """Say what in fact happened when you asked to be heard."""

    records = "voice.hearing_told"
    may = who_asked
    says = _("%(by)s said what in fact happened.")
    title: ClassVar[Lazy] = _("Say what in fact happened")

    def objections(self, hearing: Hearing, at: At) -> Objections:
        yield from super().objections(hearing, at)

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        self._begin(hearing, entry, is_of_body=False)
        hearing.change(entry, happened=self.happened)


class TellAsTheBody(_Told):
    """Say what happened, as the body that holds the meeting."""

    records = "voice.hearing_told_by_body"
    may = the_agenda
    says = _("%(by)s said what happened, for the body that held the meeting.")

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        self._begin(hearing, entry, is_of_body=True)


class HearingIsLate(OnHearing):
    """Note that the day of an answer has passed."""

    records = "voice.hearing_overdue"
    may = the_installation
    says = _("The day for an answer passed without one.")
    only_as_consequence = True

    on_day: date | None = Ask(settled=True)

    def settle(self, hearing: Hearing, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, hearing: Hearing, at: At) -> Objections:
        waits = Hearing.everything.filter(waits_for_an_answer_q(), id=hearing.id).exists()
        if not waits or hearing.overdue_on or hearing.answer_due_on >= at.date():
            yield "", _("It is not overdue.")

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        hearing.change(entry, overdue_on=self.on_day)

    def leaves(self, hearing: Hearing, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(hearing.asked_by, "hearing_overdue", address(hearing.id), hearing.id)
        yield from tell_office(
            hearing.office, "hearing_overdue", address(hearing.id), hearing.id, recorded.at
        )


class AppealIsLate(OnHearing):
    """Note that the day of an appeal’s answer has passed."""

    records = "voice.appeal_overdue"
    may = the_installation
    says = _("The day for the answer to an appeal passed without one.")
    only_as_consequence = True

    appeal: Id[Appeal]
    on_day: date | None = Ask(settled=True)

    def settle(self, hearing: Hearing, appeal: Appeal, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, hearing: Hearing, appeal: Appeal, at: At) -> Objections:
        if appeal.hearing != hearing.id or appeal.answered_on or appeal.overdue_on:
            yield "", _("It is not overdue.")

    def apply(self, hearing: Hearing, appeal: Appeal, entry: Recorded) -> None:
        appeal.change(entry, overdue_on=self.on_day)

    def leaves(self, hearing: Hearing, appeal: Appeal, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(hearing.asked_by, "appeal_overdue", address(hearing.id), hearing.id)
        yield from tell_office(appeal.office, "appeal_overdue", address(hearing.id), hearing.id, recorded.at)
