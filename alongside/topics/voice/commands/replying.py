"""Replying to feedback: did, did not, because. Who said it is asked for a stated reason only."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import PUBLIC, the_installation
from alongside.topics.people.commands.looking import READ_ALREADY, Looking
from alongside.topics.people.policy import duty_teams_of
from alongside.topics.voice.commands.base import Leaving, Objections, VoiceCommand, tell
from alongside.topics.voice.commands.feedback import repliers
from alongside.topics.voice.models import (
    Contact,
    Desk,
    Feedback,
    FeedbackStep,
    FeedbackWord,
    Judged,
    Purpose,
    Result,
    StepKind,
    WordKind,
)
from alongside.topics.voice.policy import reads_feedback_first, who_gave_it, who_replies, working_days_between


class OnFeedback(VoiceCommand):
    """A command about one piece of feedback."""

    page: ClassVar[str] = "voice:one_feedback"

    feedback: Id[Feedback]


class ReplyToFeedback(OnFeedback):
    """Reply: what you did, or did not do, and why."""

    records = "voice.feedback_replied"
    may = who_replies
    says = _("%(by)s replied to feedback.")
    strong = True
    done: ClassVar[Lazy] = _("Whoever gave it can read your reply with their code.")

    result: Result = Ask(
        _("What did you do because of it?"), used_for=_("Whoever gave it, and the public counts.")
    )
    because: Sealed = Ask(
        _("Because"),
        hint=_("What was done, and why; or why not, and what would change that."),
        used_for=_("Whoever gave it reads this, and says if it answers them."),
        belongs_to="thing",
    )
    replied_on: date | None = Ask(settled=True)
    days_taken: int | None = Ask(settled=True)
    office: UUID | None = Ask(settled=True)

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        purposes = [Purpose.FEEDBACK, *([Purpose.WEBSITE] if feedback.is_about_site else [])]
        desks = Desk.everything.filter(
            organisation=feedback.organisation, purpose__in=purposes, ended_at=None
        )
        desk = desks.order_by("-purpose", "id").first()  # of the two, the website’s own office
        first = feedback.replied_on is None
        taken = working_days_between(feedback.said_on, at.date()) if first else feedback.days_taken
        return {
            "replied_on": at.date() if first else feedback.replied_on,
            "days_taken": taken,
            "office": at.by.office or (desk.office if desk is not None else None),
        }

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if not self.because:
            yield "because", _("Say why. Give a reason. A reply with no reason is no answer.")

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        feedback.change(
            entry,
            result=self.result,
            reply=self.because,
            replied_on=self.replied_on,
            days_taken=self.days_taken,
            reply_office=self.office,
            judged="",
        )
        FeedbackStep.note(entry, feedback.id, StepKind.REPLIED, self.result, self.days_taken)


class ModerateFeedback(Looking, OnFeedback):
    """Say whether everyone may read these words."""

    records = "voice.feedback_moderated"
    may = reads_feedback_first
    says = _("%(by)s read this first, and said whether everyone may.")
    read_at: ClassVar[str] = "/tell-us/{}"

    words: Sealed = Ask(settled=True, default="", belongs_to="thing")  # said so before: now it is “more”
    look_by: date | None = Ask(settled=True)

    def wrote(self, row: Feedback) -> UUID | None:
        return None if row.said_by == PUBLIC else row.said_by

    def looked_at(self, *rows: Any) -> Any:
        return rows[0]

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        return {**super().settle(feedback, at), "look_by": feedback.look_by or at.date()}

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if not feedback.may_be_shown:
            yield "is_shown", _("Whoever gave it did not want it shown.")
        if feedback.is_for_duty or not feedback.words:
            yield "", _("The duty team has it. It is not for everyone.")
        yield from super().objections(feedback, at)

    def in_the_way(self, row: Any, body: UUID, at: At, **more: Any) -> Objections:
        was_before = row.look_by is None and not row.is_shown  # from before words were read first
        for field, sentence in super().in_the_way(row, body, at, **more):
            if not (was_before and sentence == READ_ALREADY):
                yield field, sentence

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        if self.for_body is None:  # written down while the body alone said so
            shown = {"is_shown": self.is_shown, "moderation": "" if self.is_shown else self.reason}
            feedback.change(entry, **shown, moderation_words=self.words)
            return
        feedback.change(
            entry,
            **self.columns(),
            look_by=self.look_by,
            held_words=self.more or None,
            is_shown=False,
            moderation="",
            moderation_words=None,
        )


class AskWhoTheyAre(OnFeedback):
    """Ask who gave it, for a stated reason. They need not say."""

    records = "voice.identity_asked"
    may = who_replies
    says = _("%(by)s asked who gave this, and said why that is needed.")
    strong = True

    reason: Annotated[str, Code("voice.feedback.identity_reasons")] = Ask(
        _("Why would you need to know?"), used_for=_("Whoever gave it decides with this.")
    )

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        feedback.change(entry, identity_reason=self.reason)


class PassToDuty(OnFeedback):
    """Pass this to the duty team: somebody may not be safe."""

    records = "voice.feedback_passed_on"
    may = who_replies
    says = _("%(by)s passed this to the duty team.")
    strong = True
    page: ClassVar[str] = "voice:tell_us"

    said: Sealed = Ask(
        settled=True, default=None, belongs_to="thing"
    )  # the duty team reads it now, nobody else
    organisation: UUID | None = Ask(settled=True)

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        return {"said": str(feedback.words or ""), "organisation": feedback.organisation}

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if not duty_teams_of(feedback.organisation):
            yield "", _("There is no duty team there. Ring the council where the person lives.")

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        feedback.change(entry, is_for_duty=True, is_shown=False, words=None)
        FeedbackStep.note(entry, feedback.id, StepKind.PASSED)


class AddToFeedback(OnFeedback):
    """Add something to what you said."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "voice.feedback_added"
    may = who_gave_it
    says = _("Someone added to their feedback.")

    word: Fresh[FeedbackWord] = Ask(settled=True)
    words: Sealed = Ask(
        _("What do you want to add?"), used_for=_("Those who reply read it."), belongs_to="thing"
    )
    said_on: date | None = Ask(settled=True)

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date()}

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if not self.words:
            yield "words", _("Write what you want to add.")

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        FeedbackWord.begin(
            entry,
            id=self.word,
            feedback=feedback.id,
            kind=WordKind.MORE,
            words=self.words,
            said_on=self.said_on,
        )


class SayWhoIAm(OnFeedback):
    """Say who you are, or how they can reach you. Only if you want to."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "voice.identity_given"
    may = who_gave_it
    says = _("Someone said how they can be reached.")

    row: Fresh[Contact] = Ask(settled=True)
    words: Sealed = Ask(
        _("Who are you, or how can they reach you?"),
        used_for=_("Only those who reply read it, for the reason they gave."),
        belongs_to="thing",
        widget="line",
    )
    said_on: date | None = Ask(settled=True)

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date()}

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if not self.words:
            yield "words", _("Leave this page if you would rather not say.")

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        Contact.begin(entry, id=self.row, feedback=feedback.id, words=self.words, said_on=self.said_on)


class JudgeFeedbackReply(OnFeedback):
    """Say whether the reply answers you."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "voice.feedback_judged"
    may = who_gave_it
    says = _("Someone said whether the reply answers them.")

    word: Fresh[FeedbackWord] = Ask(settled=True)
    judged: Judged = Ask(
        _("Does the reply answer you?"), used_for=_("Those who reply, and the public counts.")
    )
    words: Sealed = Ask(_("Do you want to say why?"), default="", belongs_to="thing")
    said_on: date | None = Ask(settled=True)

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date()}

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if feedback.replied_on is None:
            yield "", _("There is no reply yet.")

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        feedback.change(entry, judged=self.judged)
        FeedbackStep.note(entry, feedback.id, StepKind.JUDGED, self.judged)
        if self.words is not None:
            FeedbackWord.begin(
                entry,
                id=self.word,
                feedback=feedback.id,
                kind=WordKind.JUDGED,
                words=self.words,
                said_on=self.said_on,
            )


class FeedbackIsLate(OnFeedback):
    """Note that the day of a reply has passed."""

    records = "voice.feedback_overdue"
    may = the_installation
    says = _("The day for a reply passed without one.")
    only_as_consequence = True

    on_day: date | None = Ask(settled=True)

    def settle(self, feedback: Feedback, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, feedback: Feedback, at: At) -> Objections:
        if feedback.replied_on or feedback.overdue_on or feedback.is_for_duty or feedback.due_on >= at.date():
            yield "", _("It is not overdue.")

    def apply(self, feedback: Feedback, entry: Recorded) -> None:
        feedback.change(entry, overdue_on=self.on_day)
        FeedbackStep.note(entry, feedback.id, StepKind.LATE)

    def leaves(self, feedback: Feedback, recorded: Recorded) -> Iterable[Leaving]:
        for holder in repliers(feedback.organisation, recorded.at):
            yield tell(holder, "feedback_overdue", f"/tell-us/{feedback.id}", feedback.id)
