"""What people ask for before they answer: an answer to a question, more time, help."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alongside.interfaces.words import day_of_week
from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import (
    Objection,
    OnDecision,
    decision_given,
    is_for_another,
    must_be_open,
    must_belong,
)
from alongside.topics.decisions.commands.outside import is_their_own_word, typist
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.policy import (
    anyone_here,
    someone_affected,
    the_person,
    their_voice,
    who_decides,
)
from alongside.topics.people.commands.checks import known_but
from alongside.topics.people.commands.looking import waits_from
from alongside.topics.people.models.read_first import at_first

SEEN_BY = _("You and those who decide can see this.")


class AskQuestion(OnDecision):
    """Ask a question about this."""

    records = "decisions.question_asked"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s asked a question.")
    seen_by_line: ClassVar[Any] = SEEN_BY
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    question: Fresh[models.Question] = Ask(settled=True)
    words: Sealed = Ask(_("What do you want to ask?"), used_for=_("Those who decide answer it."))
    may_be_read: bool = Ask(
        _("Others who can see this may read my question and its answer."), default=False, widget="tick"
    )

    look_by: date | None = Ask(settled=True)

    @classmethod
    def is_of_another(cls, actor: Actor, given: Mapping[str, Any]) -> bool:
        return False  # whoever asks, it is their own question

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        """In one life it goes to those alone to whom that life is shown; nobody else need read it first."""
        for_all = self.may_be_read and not decision.is_about_person
        return {"look_by": waits_from(at.date(), may_be_read=for_all, words=self.words)}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        if not self.words:
            yield "words", _("Write your question.")
        if self.may_be_read and typist(at) is not None:
            yield "may_be_read", _("Only they can show it to more people. Leave this blank.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Question.begin(
            entry,
            id=self.question,
            decision=decision.id,
            person=entry.by,
            words=self.words,
            asked_at=entry.at,
            answer=None,
            answered_by=None,
            answered_at=None,
            may_be_read=self.may_be_read,
            taken="",
            **at_first(self.look_by),
        )


class AnswerQuestion(OnDecision):
    """Answer a question that somebody asked."""

    records = "decisions.question_answered"
    may = who_decides
    says = _("%(by)s answered a question.")

    question: Id[models.Question]
    answer: Sealed = Ask(_("What is your answer?"), used_for=_("The one who asked reads it."))

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, question: models.Question, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, question=question)
        if question.answered_at is not None:
            yield "", _("This was answered. To say more, tell them.")
        if question.taken:
            yield "", _("They say that they did not ask this. Ask them what they want to know.")
        if not self.answer:
            yield "answer", _("Write your answer.")

    def apply(self, decision: models.Decision, question: models.Question, entry: Recorded) -> None:
        question.change(entry, answer=self.answer, answered_by=entry.by, answered_at=entry.at)


class AskForMoreTime(OnDecision):
    """Ask for more time to answer. You get it."""

    records = "decisions.more_time"
    done: ClassVar[Lazy] = _("There is more time now. The new day stands on the page.")
    may = the_person | someone_affected | their_voice | who_decides
    says = _("%(by)s gave more time to answer.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    row: Fresh[models.MoreTime] = Ask(settled=True)
    until_on: date | None = Ask(settled=True)

    @classmethod
    def is_of_another(cls, actor: Actor, given: Mapping[str, Any]) -> bool:
        return is_for_another(actor, given)

    @classmethod
    def lead_for(cls, actor: Actor, given: Mapping[str, Any]) -> Lazy:
        """How long there is then, and until which day: so nobody asks for they do not know what."""
        decision = decision_given(actor, given)
        if decision is None or not decision.is_open:
            return cls.lead
        start, until = _more_time(decision, clock.today())
        gaps = {"days": (until - start).days, "day": day_of_week(until)}
        asked = models.Affected.everything.filter(decision=decision.id, person__in=actor.ids, ended_at=None)
        if asked.exists():
            return _("Then you have %(days)s more days. You can answer until %(day)s.") % gaps
        return _("Then they have %(days)s more days. They can answer until %(day)s.") % gaps

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"until_on": _more_time(decision, at.date())[1]}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.MoreTime.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=entry.by,
            until_on=self.until_on,
            asked_at=entry.at,
        )
        decision.change(entry, answer_by=self.until_on)


def _more_time(decision: models.Decision, today: date) -> tuple[date, date]:
    """From which day more time is counted, and until which day it lasts: never less than there was."""
    start = max(today, decision.answer_by) if decision.answer_by else today
    return start, pack_of(decision).due("decision.weighty.more_time_days", start)


class AskForHelp(OnDecision):
    """Ask for help to answer, or let somebody you trust see this and help you."""

    records = "decisions.help_asked"
    may = the_person | someone_affected
    says = _("%(by)s asked for help to answer.")
    seen_by_line: ClassVar[Any] = SEEN_BY
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS, Hand.NOT_IN_LINE)

    offer: Fresh[models.Offer] = Ask(settled=True)
    row: Fresh[models.Companion] = Ask(settled=True)
    what: Annotated[str, Code("decision.offers")] = Ask(
        _("What would help?"), used_for=_("Those who decide arrange it."), widget="radios"
    )
    companion: Annotated[UUID, Ref("people.Person")] | None = Ask(
        _("Is there someone who may see this and help you?"), default=None, of_others=True
    )
    words: Sealed = Ask(_("Anything else that would help?"), default="")

    @classmethod
    def is_of_another(cls, actor: Actor, given: Mapping[str, Any]) -> bool:
        return False  # only whom it affects asks for help to answer

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        """Anyone the reader may know of; not the one it is about, who sees it and asks for the help."""
        if field != "companion" or not given.get("decision"):
            return super().choices_within(field, actor, given)
        try:
            about = models.Decision.objects.seen_by(actor).filter(pk=given["decision"]).first()
        except ValidationError:  # the address is not whole
            about = None
        return known_but(str(about.person if about else ""), actor)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if self.companion is not None and self.companion == at.by.typed_by:
            yield "companion", _("You cannot ask yourself for them. They must be asked without you.")
        elif self.companion is not None and not is_their_own_word(decision.id, at.by.person, at):
            yield "companion", _("Only they can let somebody see this. Ask another team to type it.")
        if self.companion is not None and self.companion == at.by.person:
            yield "companion", _("That is you. Choose somebody else, or leave it blank.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        begin_offer(self, decision.id, entry, person=entry.by, is_asked_for=True, channel="", is_live=False)
        if self.companion is not None:
            models.Companion.begin(
                entry,
                id=self.row,
                decision=decision.id,
                person=entry.by,
                companion=self.companion,
                since_at=entry.at,
                until_at=None,
            )


def begin_offer(command: Any, decision: UUID, entry: Recorded, **more: Any) -> None:
    """Add the row of help asked for or offered."""
    models.Offer.begin(
        entry,
        id=command.offer,
        decision=decision,
        what=command.what,
        words=command.words,
        made_by_person=entry.by,
        at=entry.at,
        **more,
    )


class EndTheirHelp(OnDecision):
    """Stop letting somebody see this."""

    records = "decisions.help_ended"
    may = the_person | someone_affected
    says = _("%(by)s no longer lets somebody see this.")

    row: Id[models.Companion]

    def objections(self, decision: models.Decision, row: models.Companion, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, row=row)
        if row.person not in at.by.ids:
            yield "", _("Only the one who asked for this help can end it.")

    def apply(self, decision: models.Decision, row: models.Companion, entry: Recorded) -> None:
        row.change(entry, until_at=entry.at)


class OfferHelp(OnDecision):
    """Offer help to answer, and write down how."""

    records = "decisions.help_offered"
    may = who_decides
    says = _("%(by)s offered help to answer.")

    offer: Fresh[models.Offer] = Ask(settled=True)
    person: UUID | None = Ask(
        _("To whom?"), hint=_("Leave this blank for the person it is about."), default=None
    )
    what: Annotated[str, Code("decision.offers")] = Ask(
        _("What did you offer?"), used_for=_("It shows what was tried."), widget="radios"
    )
    channel: Annotated[str, Code("told.channels")] = Ask(
        _("How did you offer it?"), used_for=_("It shows what was tried."), widget="radios"
    )
    words: Sealed = Ask(_("What came of it?"), default="")
    is_live: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        live = bool(pack_of(decision).item("told.channels", self.channel)["live"])
        return {"person": self.person or decision.person, "is_live": live}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.person

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        named = models.Affected.everything.filter(decision=decision.id, person=self.person, ended_at=None)
        if self.person is None or not named.exists():
            yield "person", _("This does not name that person. Choose somebody it affects.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        begin_offer(
            self,
            decision.id,
            entry,
            person=self.person,
            is_asked_for=False,
            channel=self.channel,
            is_live=self.is_live,
        )
