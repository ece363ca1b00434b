"""Asking to be heard, and what is offered, refused, appealed and in fact done."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Actor, Ask, At, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.topics.people.policy import is_user_led, names_of, organisations_of
from alongside.topics.voice.commands.base import (
    Leaving,
    Objections,
    VoiceCommand,
    due_before,
    office_is_of,
    offices_of_body,
    offices_with_bodies,
    somebody_holds,
    tell,
    tell_office,
)
from alongside.topics.voice.models import (
    Answered,
    Appeal,
    Hearing,
    HearingState,
    InWhoseName,
    Offer,
    Ward,
    Way,
)
from alongside.topics.voice.policy import somebody, the_agenda, who_asked, working_days_between

MOST_MINUTES = 480
ANSWER_RULE = "voice.hearing.answer"


def address(hearing: UUID) -> str:
    """Where a request is shown."""
    return f"/hearings/{hearing}"


class AskToBeHeard(VoiceCommand):
    """Ask for a place on an agenda."""

    records = "voice.hearing_asked"
    may = somebody
    says = _("%(by)s asked to be heard.")
    judged_on = "organisation"
    page: ClassVar[str] = "voice:hearing"
    done: ClassVar[Lazy] = _("You have asked. They must offer you a place, or say why not, by a date.")
    button: ClassVar[Lazy] = _("Ask to be heard")
    title: ClassVar[Lazy] = _("Ask to be heard")
    later: ClassVar[tuple[str, ...]] = ("says_what", "name_of", "body", "people", "who", "is_open", "ward")

    hearing: Fresh[Hearing] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Whose meeting is it?"), used_for=_("It goes to the office that answers for the agenda.")
    )
    office: Annotated[UUID, Ref("people.Office")] = Ask(
        _("Which office answers for the agenda?"),
        hint=_("If you do not know, choose the most senior one."),
        used_for=_("Whoever holds it must answer you by a date."),
    )
    meeting: Sealed = Ask(
        _("Which meeting?"),
        used_for=_("They must know which agenda you mean."),
        belongs_to="thing",
        widget="line",
    )
    meets_on: date = Ask(_("On which day is it?"), used_for=_("They must answer in time for it."))
    item: Sealed = Ask(
        _("Which item, or what about?"),
        used_for=_("The place on the agenda is for this."),
        belongs_to="thing",
        widget="line",
    )
    minutes: int = Ask(
        _("How many minutes do you ask for?"),
        used_for=_("Everyone can see how much was asked, and how much was granted."),
        ge=1,
        le=MOST_MINUTES,
    )
    says_what: Sealed = Ask(_("What do you want to say?"), default="", belongs_to="thing")
    name_of: InWhoseName = Ask(_("In whose name do you ask?"), default=InWhoseName.ONE)
    body: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Which organisation asks?"),
        hint=_("Only if you ask in an organisation’s name. You must work for it or belong to it."),
        default=None,
    )
    people: int = Ask(_("How many people is that?"), default=1, ge=1, le=10_000_000)
    who: Sealed = Ask(
        _("Who are they?"),
        hint=_("Only if several people ask. For example: people who go to the day centre."),
        needed=_("needed, if several people ask"),
        default="",
        belongs_to="thing",
        widget="line",
    )
    is_open: bool = Ask(
        _("Everyone may read this request"),
        hint=_("If not, only you and the office read it. It is counted either way, without your name."),
        default=False,
    )
    ward: Id[Ward] | None = Ask(_("In which ward is it?"), default=None)
    is_user_led: bool = Ask(settled=True, default=False)
    asked_on: date | None = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    pack: str = Ask(settled=True, default="")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        if field == "office":
            body = given.get("organisation")
            return offices_of_body(UUID(str(body))) if body else offices_with_bodies()
        if field != "body" or actor.person is None:
            return None
        return sorted(names_of(organisations_of(actor.person, clock.now())).items(), key=lambda one: one[1])

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        """People’s own words are theirs, and go when they are erased; an organisation’s are the request’s."""
        return None if self.name_of == InWhoseName.BODY else at.by.person

    def settle(self, ward: Ward | None, at: At) -> Mapping[str, Any]:
        led = self.body is not None and is_user_led(self.body)
        found = due_before(ANSWER_RULE, at.date(), self.meets_on)
        return {
            **found,
            "is_user_led": led,
            "asked_on": at.date(),
            "people": self.people if self.name_of != InWhoseName.ONE else 1,
        }

    def objections(self, ward: Ward | None, at: At) -> Objections:
        yield from office_is_of(self.office, self.organisation)
        yield from somebody_holds(self.office, at)
        if not self.meeting:
            yield "meeting", _("Say which meeting you mean.")
        if not self.item:
            yield "item", _("Say what it is about.")
        if self.meets_on < at.date():
            yield "meets_on", _("This day is past. Choose today or a later day.")
        if (self.name_of == InWhoseName.BODY) != (self.body is not None):
            yield "body", _("Choose an organisation when, and only when, you ask in its name.")
        elif self.body is not None and not _is_of(at, self.body):
            yield "body", _("You can ask only in the name of a body you work for or belong to.")
        if self.name_of == InWhoseName.SEVERAL and not self.who:
            yield "who", _("Say who the several people are.")

    def apply(self, ward: Ward | None, entry: Recorded) -> None:
        Hearing.begin(
            entry,
            id=self.hearing,
            organisation=self.organisation,
            office=self.office,
            meeting=self.meeting,
            item=self.item,
            meets_on=self.meets_on,
            name_of=self.name_of,
            body=self.body,
            is_user_led=self.is_user_led,
            people=self.people,
            who=self.who,
            says=self.says_what,
            is_open=self.is_open,
            ward=ward.id if ward is not None else None,
            asked_by=entry.by,
            asked_on=self.asked_on,
            minutes_asked=self.minutes,
            answer_due_on=self.due_on,
            pack=self.pack,
            answered_on=None,
            days_taken=None,
            state=HearingState.ASKED,
            minutes_granted=None,
            way_granted="",
            refused_by=None,
            refused_office=None,
            refused_on=None,
            reasons=None,
            would_change=None,
            was_refused=False,
            overdue_on=None,
            happened="",
        )

    def leaves(self, ward: Ward | None, recorded: Recorded) -> Iterable[Leaving]:
        thing = recorded.thing
        return tell_office(self.office, "hearing_asked", address(thing), thing, recorded.at)


def _is_of(at: At, body: UUID) -> bool:
    return at.by.person is not None and body in organisations_of(at.by.person, at.moment)


class OnHearing(VoiceCommand):
    """A command about one request to be heard."""

    page: ClassVar[str] = "voice:hearing"

    hearing: Id[Hearing]


class ByThoseWhoAsked(OnHearing):
    """What those who asked say of it: people’s own words are theirs, an organisation’s are the request’s."""

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        hearing: Hearing = things[0]
        return None if hearing.body is not None else hearing.asked_by


def first_answer(hearing: Hearing, at: At) -> Mapping[str, Any]:
    """When the first answer came, and how many working days that took. A later answer changes neither."""
    if hearing.answered_on is not None:
        return {"answered_on": hearing.answered_on, "days_taken": hearing.days_taken}
    return {"answered_on": at.date(), "days_taken": working_days_between(hearing.asked_on, at.date())}


def not_closed(hearing: Hearing) -> Objections:
    if hearing.state == HearingState.WITHDRAWN:
        yield "", _("Those who asked took this back.")


def are_to_be_heard(hearing: Hearing) -> bool:
    """Whether somebody who did not refuse found that they are to be heard after all."""
    return hearing.was_refused and Appeal.everything.filter(hearing=hearing.id, upheld=True).exists()


class OfferPlace(OnHearing):
    """Offer them a place on the agenda."""

    records = "voice.hearing_offered"
    may = the_agenda
    says = _("%(by)s offered a place on the agenda.")
    strong = True

    offer: Fresh[Offer] = Ask(settled=True)
    minutes: int = Ask(
        _("How many minutes?"),
        hint=_("0 if they may only give out leaflets."),
        used_for=_("It is shown beside the minutes they asked for."),
        ge=0,
        le=MOST_MINUTES,
    )
    way: Way = Ask(_("How will they be heard?"), used_for=_("They must know what they say yes or no to."))
    on_day: date = Ask(_("On which day?"), used_for=_("They must know when to come."))
    at_time: Sealed = Ask(_("At what time, and where?"), default="", belongs_to="thing", widget="line")
    reason: Sealed = Ask(
        _("Why this, and not what they asked for?"),
        default="",
        belongs_to="thing",
        needed=_("needed unless you offer all they asked for"),
    )
    by_office: UUID | None = Ask(settled=True)
    answered_on: date | None = Ask(settled=True)
    days_taken: int | None = Ask(settled=True)
    offered_on: date | None = Ask(settled=True)
    replaces: list[UUID] = Ask(settled=True, default=[])

    def settle(self, hearing: Hearing, at: At) -> Mapping[str, Any]:
        waiting = Offer.everything.filter(hearing=hearing.id, answer=Answered.WAITING).order_by("id")
        return {
            **first_answer(hearing, at),
            "by_office": hearing.office,
            "offered_on": at.date(),
            "replaces": list(waiting.values_list("id", flat=True)),
        }

    def objections(self, hearing: Hearing, at: At) -> Objections:
        yield from not_closed(hearing)
        if hearing.state == HearingState.APPEALED:
            yield "", _("An appeal waits. Its answer comes first.")
        if self.on_day < at.date():
            yield "on_day", _("This day is past. Choose today or a later day.")
        if self.way != Way.LEAFLETS and self.minutes == 0:
            yield "minutes", _("Say how many minutes. Only leaflets take none.")
        if self.way == Way.LEAFLETS and self.minutes > 0:
            yield "minutes", _("Nobody speaks with leaflets only. Type 0, or choose how they will speak.")
        if self.way == Way.LEAFLETS and are_to_be_heard(hearing):
            yield "way", _("An appeal found that they are to be heard. Choose how they will speak.")
        whole = self.minutes >= hearing.minutes_asked and self.way in (Way.IN_PERSON, Way.VIDEO)
        if not whole and not self.reason:
            yield "reason", _("You offer less than they asked for. Say why.")

    def apply(self, hearing: Hearing, entry: Recorded) -> None:
        for row in Offer.everything.filter(id__in=self.replaces):
            row.change(entry, answer=Answered.REPLACED)
        Offer.begin(
            entry,
            id=self.offer,
            hearing=hearing.id,
            minutes=self.minutes,
            on_day=self.on_day,
            at_time=self.at_time,
            way=self.way,
            reason=self.reason,
            office=self.by_office,
            offered_on=self.offered_on,
            answer=Answered.WAITING,
            answer_words=None,
            answered_on=None,
        )
        hearing.change(
            entry, state=HearingState.OFFERED, answered_on=self.answered_on, days_taken=self.days_taken
        )

    def leaves(self, hearing: Hearing, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(hearing.asked_by, "hearing_offered", address(hearing.id), hearing.id)


class AnswerOffer(ByThoseWhoAsked):
    """Say yes or no to the place you were offered."""

    records = "voice.offer_answered"
    may = who_asked
    says = _("%(by)s answered the offer.")

    offer: Id[Offer]
    answer: Answered = Ask(
        _("What do you say to it?"),
        hint=_("Under protest: you take it, and everyone sees that you asked for more."),
        used_for=_("The office keeps the place for you, or offers another."),
    )
    words: Sealed = Ask(_("Do you want to say why?"), default="", belongs_to="thing")
    answered_on: date | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[str, Lazy]] | None:
        if field != "answer":
            return None
        return [(one.value, one.label) for one in (Answered.ACCEPTED, Answered.PROTEST, Answered.DECLINED)]

    def settle(self, hearing: Hearing, offer: Offer, at: At) -> Mapping[str, Any]:
        return {"answered_on": at.date()}

    def objections(self, hearing: Hearing, offer: Offer, at: At) -> Objections:
        yield from not_closed(hearing)
        if offer.hearing != hearing.id:
            yield "offer", _("That offer is about another request. Choose one about this request.")
        elif offer.answer != Answered.WAITING:
            yield "offer", _("This offer waits for no answer any more.")
        if self.answer in (Answered.WAITING, Answered.REPLACED):
            yield "answer", _("Choose: accepted, taken under protest, or declined.")

    def apply(self, hearing: Hearing, offer: Offer, entry: Recorded) -> None:
        offer.change(entry, answer=self.answer, answer_words=self.words, answered_on=self.answered_on)
        if self.answer == Answered.DECLINED:
            hearing.change(entry, state=HearingState.ASKED, minutes_granted=None, way_granted="")
            return
        state = HearingState.PROTEST if self.answer == Answered.PROTEST else HearingState.GRANTED
        hearing.change(entry, state=state, minutes_granted=offer.minutes, way_granted=offer.way)

    def leaves(self, hearing: Hearing, offer: Offer, recorded: Recorded) -> Iterable[Leaving]:
        return tell_office(hearing.office, "hearing_answered", address(hearing.id), hearing.id, recorded.at)
