"""Taking part in a matter about a service or a place: meetings, who came, what they did, and as what."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Recorded, Ref, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word, works_for
from alongside.topics.decisions.models import Act, ComesAs, Stage
from alongside.topics.decisions.policy import (
    anyone_here,
    of_a_user_led,
    of_the_body,
    who_decides,
    who_raised_it,
)
from alongside.topics.people.policy import stands_for_user_led, works_for_a_provider

PLACES_ONLY = _("This is about one person’s life. Nobody keeps a list of who took part in that.")
_COUNTED = _("It is counted. Your name is shown to nobody by this.")


def must_be_a_place(decision: models.Decision) -> Iterator[Objection]:
    if decision.is_about_person:
        yield "", PLACES_ONLY


class NoteMeeting(OnDecision):
    """Write down a meeting or a working session."""

    records = "decisions.meeting_noted"
    may = who_decides | of_the_body | who_raised_it | of_a_user_led
    says = _("%(by)s wrote down a meeting.")

    meeting: Fresh[models.Meeting] = Ask(settled=True)
    name: Sealed = Ask(
        _("Which meeting was it?"),
        hint=_("Anyone can read this. Name no person. For example: second meeting at the town hall."),
        used_for=_("People find the meeting that they came to."),
        belongs_to="thing",
        widget="line",
    )
    held_on: date = Ask(
        _("On which day is it, or was it?"), used_for=_("It says how early people were let in.")
    )
    stage: Stage = Ask(_("What was it for?"), used_for=_("It says how early people were let in."))
    decides: bool = Ask(_("It was decided there, or part of it was."), default=False, widget="tick")
    others: int = Ask(
        _("How many people were there whom you will not name?"),
        hint=_("They count as people in the room. Type 0 if you name everyone."),
        default=0,
        ge=0,
        le=100_000,
    )

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        if not self.name:
            yield "name", _("Say which meeting it was.")
        if self.others and self.held_on > at.date():
            yield "others", _("That day is still to come. Type 0 now, and write the meeting down after it.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Meeting.begin(
            entry,
            id=self.meeting,
            decision=decision.id,
            name=self.name,
            held_on=self.held_on,
            stage=self.stage,
            decides=self.decides,
            others=self.others,
            kept_by=entry.by,
            said_at=entry.at,
        )


def must_have_been(meeting: models.Meeting, act: str, at: At) -> Iterator[Objection]:
    """Nobody has come to a meeting that is still to be held."""
    if act != Act.INVITED and meeting.held_on > at.date():
        yield "act", _("This meeting is still to come. Say who came once it has been.")


def part_taken(
    command: Any, decision: models.Decision, entry: Recorded, *, person: UUID, is_own_word: bool
) -> None:
    """Keep one thing that somebody did at a meeting."""
    models.PartTaken.begin(
        entry,
        id=command.part,
        decision=decision.id,
        person=person,
        meeting=command.meeting,
        act=command.act,
        is_own_word=is_own_word,
        written_by=entry.by,
        said_at=entry.at,
        is_right=None,
        answered_at=None,
    )


class WriteDownWhoCame(OnDecision):
    """Write down who was asked, who came, and what they did there."""

    records = "decisions.part_noted"
    may = who_decides | of_the_body | who_raised_it | of_a_user_led
    says = _("%(by)s wrote down what somebody did at a meeting.")
    person_is_named: ClassVar[bool] = False

    part: Fresh[models.PartTaken] = Ask(settled=True)
    meeting: Id[models.Meeting] = Ask(_("At which meeting?"), used_for=_("It is counted with that meeting."))
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who?"), used_for=_("They are told, and can say if it is right."), of_others=True
    )
    act: Act = Ask(_("What did they do?"), used_for=_("It is counted. They can say if it is right."))

    def objections(self, decision: models.Decision, meeting: models.Meeting, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        yield from must_belong(decision, meeting=meeting)
        yield from must_have_been(meeting, self.act, at)
        if at.by.person not in (meeting.kept_by, *deciders_of(decision.id)):
            yield "meeting", _("Somebody else keeps that list. Ask them, or write down your own meeting.")
        if self.person == at.by.person:
            yield "person", _("Go to “Your part in this” and choose “Say what you did there”.")
        known = models.PartTaken.everything.filter(meeting=meeting.id, person=self.person, act=self.act)
        if known.exists():
            yield "act", _("That is written down already.")

    def about(self, *things: Any) -> UUID | None:
        return self.person

    def apply(self, decision: models.Decision, meeting: models.Meeting, entry: Recorded) -> None:
        part_taken(self, decision, entry, person=self.person, is_own_word=False)


class SayITookPart(OnDecision):
    """Say that you came, and what you did there."""

    records = "decisions.took_part"
    may = anyone_here
    says = _("%(by)s said what they did at a meeting.")
    says_to_you = _("You said what you did at a meeting.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.WAITS,)
    seen_by_line: ClassVar[Any] = _("Those who decide see your name with this. Others see only how many.")

    part: Fresh[models.PartTaken] = Ask(settled=True)
    meeting: Id[models.Meeting] = Ask(_("At which meeting?"), used_for=_("It is counted with that meeting."))
    act: Act = Ask(_("What did you do?"), used_for=_COUNTED, widget="radios")
    is_own: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, meeting: models.Meeting, at: At) -> Mapping[str, Any]:
        return {"is_own": is_their_own_word(decision.id, at.by.person, at)}

    def objections(self, decision: models.Decision, meeting: models.Meeting, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        yield from must_belong(decision, meeting=meeting)
        yield from must_have_been(meeting, self.act, at)
        known = models.PartTaken.everything.filter(
            meeting=meeting.id, person=at.by.person, act=self.act, is_own_word=True
        )
        if known.exists():
            yield "act", _("You have said that already.")

    def apply(self, decision: models.Decision, meeting: models.Meeting, entry: Recorded) -> None:
        part_taken(self, decision, entry, person=entry.by, is_own_word=bool(self.is_own))


class AnswerWhatWasWritten(OnDecision):
    """Say whether what others wrote down of you is right."""

    records = "decisions.part_answered"
    may = anyone_here
    says = _("%(by)s said whether what was written down of them is right.")
    says_to_you = _("You said whether what was written down of you is right.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    part: Id[models.PartTaken]
    is_right: bool = Ask(_("Is it right?"), used_for=_("What is not right is not counted."), widget="radios")

    def objections(self, decision: models.Decision, part: models.PartTaken, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, part=part)
        if part.person not in at.by.ids:
            yield "part", _("Only the one it was written of can say that.")
        elif not is_their_own_word(decision.id, part.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, part: models.PartTaken, entry: Recorded) -> None:
        part.change(entry, is_right=self.is_right, answered_at=entry.at)


class SayWhatIComeAs(OnDecision):
    """Say who you are in this."""

    records = "decisions.comes_as_said"
    may = anyone_here
    says = _("%(by)s said who they are in this.")
    says_to_you = _("You said who you are in this.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.WAITS,)
    may_be_anonymous: ClassVar[bool] = True
    lead: ClassVar[Any] = _("You may be several things. Say them one at a time.")

    coming: Fresh[models.Coming] = Ask(settled=True)
    comes_as: ComesAs = Ask(_("Who are you in this?"), used_for=_COUNTED, widget="radios")
    is_shown: bool = Ask(
        _("Anyone may know this of me."),
        hint=_(
            "Leave this blank, and only you can see it. "
            "If you raised this, your part in that is counted only when anyone may know."
        ),
        default=False,
        widget="tick",
    )
    is_own: bool | None = Ask(settled=True)
    is_of_body: bool | None = Ask(settled=True)
    is_of_supplier: bool | None = Ask(settled=True)
    is_of_user_led: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        who = at.by.person
        return {
            "is_own": is_their_own_word(decision.id, who, at),
            "is_of_body": works_for(who, decision.organisation, at.moment),
            "is_of_supplier": works_for_a_provider(who, at.moment),
            "is_of_user_led": stands_for_user_led(who, at.moment),
        }

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_a_place(decision)
        known = models.Coming.everything.filter(
            decision=decision.id, person__in=at.by.ids, comes_as=self.comes_as, ended_at=None
        )
        if known.exists():
            yield "comes_as", _("You have said that already. To change it, take it back first.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Coming.begin(
            entry,
            id=self.coming,
            decision=decision.id,
            person=entry.by,
            comes_as=self.comes_as,
            is_shown=self.is_shown,
            is_own_word=bool(self.is_own),
            is_of_body=bool(self.is_of_body),
            is_of_supplier=bool(self.is_of_supplier),
            is_of_user_led=bool(self.is_of_user_led),
            said_at=entry.at,
            ended_at=None,
        )


class TakeBackWhatIComeAs(OnDecision):
    """Take back who you said you are in this."""

    records = "decisions.comes_as_taken_back"
    may = anyone_here
    says = _("%(by)s took back who they said they are in this.")
    says_to_you = _("You took back who you said you are in this.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    coming: Id[models.Coming]

    def objections(self, decision: models.Decision, coming: models.Coming, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, coming=coming)
        if coming.person not in at.by.ids:
            yield "coming", _("Only the one who said it can take it back.")
        elif coming.ended_at is not None:
            yield "coming", _("That is taken back already.")
        elif not is_their_own_word(decision.id, coming.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, coming: models.Coming, entry: Recorded) -> None:
        coming.change(entry, ended_at=entry.at)
