"""Feedback with no account: by web, shared screen, telephone, text, paper. And its reply, by a date."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.letter import tidy_code
from alongside.kernel.command import Actor, Ask, AsWhat, At, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import PUBLIC, anyone
from alongside.topics.people.commands.looking import waits_from
from alongside.topics.people.models import Organisation, OrganisationKind
from alongside.topics.people.models.persons import finder
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy import duty_teams_of, holders_of, names_of, works_in_a_body
from alongside.topics.voice.commands.base import Leaving, Objections, VoiceCommand, due, tell
from alongside.topics.voice.models import (
    About,
    Channel,
    Contact,
    Desk,
    Feedback,
    FeedbackStep,
    Purpose,
    StepKind,
    Ward,
)

THEIR_OWN = (Channel.WEB, Channel.KIOSK, Channel.OTHER)
TYPED = (Channel.PHONE, Channel.TEXT, Channel.PAPER, Channel.SPOKEN)


def digest_of(code: str) -> str:
    """The keyed digest that a receipt code is known again by. The code itself is kept nowhere."""
    tidy = tidy_code(code)
    return finder("receipt", tidy) if tidy else ""


def repliers(organisation: UUID, at: Any, *, about_site: bool = False) -> list[UUID]:
    """Who holds the office that replies: to a body's feedback, or to what is said about this website."""
    open_now = Desk.everything.filter(organisation=organisation, ended_at=None)
    desks = open_now.filter(purpose=Purpose.FEEDBACK)
    if about_site and open_now.filter(purpose=Purpose.WEBSITE).exists():
        desks = open_now.filter(purpose=Purpose.WEBSITE)
    found: dict[UUID, None] = {}
    for office in desks.order_by("id").values_list("office", flat=True):
        found |= dict.fromkeys(holders_of(office, at))
    return list(found)


def who_runs_this_site() -> UUID | None:
    """The body whose office was named as running this website; with none, the first council."""
    desk = Desk.everything.filter(purpose=Purpose.WEBSITE, ended_at=None).order_by("since", "id").first()
    if desk is not None:
        named: UUID = desk.organisation
        return named
    councils = Organisation.everything.filter(is_closed=False, kind=OrganisationKind.COUNCIL)
    return councils.order_by("made_by", "id").values_list("id", flat=True).first()


def bodies_told() -> list[tuple[UUID, str]]:
    """The bodies that feedback can be about: councils first."""
    rows = Organisation.everything.filter(is_closed=False).values_list("id", "kind")
    kinds = dict(rows)
    names = dict(names_of(kinds))
    order = (OrganisationKind.COUNCIL.value, OrganisationKind.PROVIDER.value)
    return sorted(
        names.items(),
        key=lambda one: (order.index(kinds[one[0]]) if kinds[one[0]] in order else len(order), one[1]),
    )


class _Given(VoiceCommand):
    """What is the same however feedback comes."""

    feedback: Fresh[Feedback] = Ask(settled=True)
    contact_row: Fresh[Contact] = Ask(settled=True)
    about_what: About = Ask(
        _("What is it about?"),
        hint=_("What is said about this website goes to the people who run it."),
        default=About.BODY,
        widget="radios",
    )
    organisation: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Whom is it about?"),
        hint=_("About this website, leave this blank."),
        needed=_("needed, unless it is about this website"),
        default=None,
    )
    words: Sealed = Ask(
        _("What do you want to tell them?"), used_for=_("They reply to it."), belongs_to="thing"
    )
    is_unsafe: bool = Ask(
        _("I worry that somebody is not safe"),
        hint=_("Then only the duty team reads it. In danger now? Ring 999."),
        default=False,
    )
    may_be_shown: bool = Ask(
        _("Everyone may read my words, with the reply"),
        hint=_("We check first that they name nobody. If we do not show them, we tell you why."),
        default=False,
    )
    contact: Sealed = Ask(
        _("How can they reach you?"),
        hint=_("Only if you want them to. You can read the reply with your code, without this."),
        default="",
        belongs_to="thing",
        widget="line",
    )
    ward: Id[Ward] | None = Ask(_("In which ward is it?"), hint=_("Only if you want to say."), default=None)
    code: str = Ask(
        _("Code to come back with"),
        hint=_(
            "Eight letters and numbers, like K7MP-3XQ9. Our own page makes one for you. Without a code "
            "nobody can come back to read the reply."
        ),
        default="",
        max_length=20,
    )
    digest: str = Ask(settled=True, default="")
    said_on: date | None = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    look_by: date | None = Ask(settled=True)  # nothing where not everyone may read it
    pack: str = Ask(settled=True, default="")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        return bodies_told() if field == "organisation" else None

    def settle(self, ward: Ward | None, at: At) -> Mapping[str, Any]:
        found = dict(due("voice.feedback.reply", at.date()))
        if self.about_what == About.WEBSITE:
            found["organisation"] = who_runs_this_site()
        # The code leaves the command here: only its digest is ever written.
        open_words = self.may_be_shown and not self.is_unsafe
        found["look_by"] = waits_from(at.date(), may_be_read=open_words, words=self.words)
        return {**found, "digest": digest_of(self.code), "code": "", "said_on": at.date()}

    def objections(self, ward: Ward | None, at: At) -> Objections:
        if not self.words:
            yield "words", _("Write what you want to tell them.")
        if self.organisation is None:
            yield "organisation", _("Choose whom it is about. They must reply by a date.")
        elif self.is_unsafe and not duty_teams_of(self.organisation):
            yield "organisation", _("Nobody there would read it. Choose the council where the person lives.")
        if self.digest and Feedback.everything.filter(finder=self.digest).exists():
            yield "code", _("This code cannot be used. Choose another.")
        if ward is not None and ward.name is None:
            yield "ward", _("We could not find that. Please choose again.")

    def _begin(self, ward: Ward | None, entry: Recorded, *, channel: str, said_by: UUID) -> None:
        Feedback.begin(
            entry,
            id=self.feedback,
            organisation=self.organisation,
            is_about_site=self.about_what == About.WEBSITE,
            channel=channel,
            words=None if self.is_unsafe else self.words,
            may_be_shown=self.may_be_shown and not self.is_unsafe,
            ward=ward.id if ward is not None else None,
            finder=self.digest,
            said_by=said_by,
            said_on=self.said_on,
            due_on=self.due_on,
            pack=self.pack,
            is_for_duty=self.is_unsafe,
            result="",
            replied_on=None,
            days_taken=None,
            reply=None,
            reply_office=None,
            is_shown=False,
            moderation="",
            moderation_words=None,
            identity_reason="",
            judged="",
            overdue_on=None,
            **at_first(self.look_by),
        )
        if not self.is_unsafe:
            FeedbackStep.note(entry, self.feedback, StepKind.CAME, channel)
        if self.contact is not None and not self.is_unsafe:
            Contact.begin(
                entry, id=self.contact_row, feedback=self.feedback, words=self.contact, said_on=self.said_on
            )

    def leaves(self, ward: Ward | None, recorded: Recorded) -> Iterable[Leaving]:
        if self.is_unsafe or self.organisation is None:
            return
        about_site = self.about_what == About.WEBSITE
        for holder in repliers(self.organisation, recorded.at, about_site=about_site):
            yield tell(holder, "feedback_came", f"/tell-us/{recorded.thing}", recorded.thing)


class GiveFeedback(_Given):
    """Tell us something. You need no account."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "voice.feedback_given"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.NAMELESS
    may = anyone
    says = _("Someone gave feedback.")
    page: ClassVar[str] = "voice:sent"
    title: ClassVar[Lazy] = _("Tell us something")
    done: ClassVar[Lazy] = _("Thank you. They must reply by a date.")

    channel: Channel = Ask(_("Who is typing?"), default=Channel.WEB)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field == "channel":
            return [(one.value, one.label) for one in THEIR_OWN]
        return super().choices_within(field, actor, given)

    def objections(self, ward: Ward | None, at: At) -> Objections:
        if self.channel not in THEIR_OWN:
            yield "channel", _("Whoever took the call or the slip writes it down on a page of its own.")
        yield from super().objections(ward, at)

    def apply(self, ward: Ward | None, entry: Recorded) -> None:
        self._begin(ward, entry, channel=self.channel, said_by=entry.by)


class WriteDownFeedback(_Given):
    """Write down what somebody told you by telephone, text, paper or in person."""

    records = "voice.feedback_written_down"
    may = works_in_a_body
    says = _("%(by)s wrote down feedback that somebody gave.")
    judged_on = "at_body"
    page: ClassVar[str] = "voice:sent"
    lead: ClassVar[Lazy] = _("Use their words. Read them back. Give them the code.")

    at_body: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("For which body do you take this down?"), used_for=_("The record says where it came in.")
    )
    channel: Channel = Ask(
        _("How did it come?"), used_for=_("We look whether people without a computer are heard as well.")
    )
    read_back: bool = Ask(
        _("I read it back to them, or I typed it from the slip word for word"), default=False
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field == "channel":
            return [(one.value, one.label) for one in TYPED]
        return super().choices_within(field, actor, given)

    def objections(self, ward: Ward | None, at: At) -> Objections:
        if self.channel not in TYPED:
            yield "channel", _("Choose how it came: phone, text message, paper, or in person.")
        if not self.read_back:
            yield "read_back", _("Read it back to them first, or type it from the slip word for word.")
        yield from super().objections(ward, at)

    def apply(self, ward: Ward | None, entry: Recorded) -> None:
        self._begin(ward, entry, channel=self.channel, said_by=PUBLIC)
