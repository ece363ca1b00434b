"""The questions of councillors, and their answers with the evidence."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance, clock
from alongside.kernel.command import Actor, Ask, At, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.models import LinkKind
from alongside.topics.people.models.links import bodies_of
from alongside.topics.people.policy import names_of
from alongside.topics.voice.commands.base import (
    Leaving,
    Objections,
    VoiceCommand,
    due,
    office_is_of,
    offices_of_body,
    somebody_holds,
    tell,
    tell_office,
)
from alongside.topics.voice.models import Evidence, Question, Seat, Ward
from alongside.topics.voice.policy import a_councillor_there, who_answers


class AskAsCouncillor(VoiceCommand):
    """Ask an office a question, as a councillor."""

    records = "voice.question_asked"
    may = a_councillor_there
    says = _("%(by)s asked a question.")
    judged_on = "organisation"
    page: ClassVar[str] = "voice:question"
    done: ClassVar[Lazy] = _("It is asked. The office must answer by a date.")

    question: Fresh[Question] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Of which council?"), used_for=_("Its offices answer.")
    )
    office: Annotated[UUID, Ref("people.Office")] = Ask(
        _("Which office should answer?"), used_for=_("Whoever holds it must answer by a date.")
    )
    words: Sealed = Ask(_("What do you ask?"), used_for=_("The office answers it."), belongs_to="thing")
    is_of_resident: bool = Ask(
        _("A resident asks this through me"), hint=_("Do not write who they are."), default=False
    )
    is_about_a_life: bool = Ask(
        _("It is about one person’s life"),
        hint=_("Then only you and the office can read it. Nothing of it is public."),
        default=False,
    )
    ward: Id[Ward] | None = Ask(_("For which ward?"), default=None)
    follows: Id[Question] | None = Ask(
        _("Does it follow up an earlier question?"), default=None, widget="select"
    )
    asked_on: date | None = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    pack: str = Ask(settled=True, default="")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        """A body where they are a councillor, an office of it, and which of their questions it follows."""
        if field == "office" and given.get("organisation"):
            return offices_of_body(UUID(str(given["organisation"])))
        if actor.person is None:
            return None
        if field == "organisation":
            rows = bodies_of(actor, clock.now(), [LinkKind.COUNCILLOR]).values_list("organisation", flat=True)
            return sorted(names_of(rows).items(), key=lambda pair: pair[1])
        if field == "follows":
            mine = Question.objects.seen_by(actor).filter(asked_by__in=actor.records)
            return [(row.id, str(row)) for row in mine.order_by("-asked_on")[:50]]
        return None

    def settle(self, ward: Ward | None, follows: Question | None, at: At) -> Mapping[str, Any]:
        private = self.is_about_a_life or (follows is not None and follows.is_about_a_life)
        return {**due("voice.question.answer", at.date()), "asked_on": at.date(), "is_about_a_life": private}

    def objections(self, ward: Ward | None, follows: Question | None, at: At) -> Objections:
        yield from office_is_of(self.office, self.organisation)
        yield from somebody_holds(self.office, at)
        if not self.words:
            yield "words", _("Write your question.")
        if ward is not None and ward.organisation != self.organisation:
            yield "ward", _("This ward is of another council.")
        if follows is not None and follows.asked_by not in at.by.records:
            yield "follows", _("You can follow up your own questions.")

    def apply(self, ward: Ward | None, follows: Question | None, entry: Recorded) -> None:
        Question.begin(
            entry,
            id=self.question,
            organisation=self.organisation,
            office=self.office,
            ward=ward.id if ward is not None else None,
            is_of_resident=self.is_of_resident,
            is_about_a_life=self.is_about_a_life,
            words=self.words,
            follows=follows.id if follows is not None else None,
            asked_by=entry.by,
            asked_on=self.asked_on,
            due_on=self.due_on,
            pack=self.pack,
            answer=None,
            answered_on=None,
            overdue_on=None,
        )

    def leaves(self, ward: Ward | None, follows: Question | None, recorded: Recorded) -> Iterable[Leaving]:
        thing = recorded.thing
        return tell_office(self.office, "question_asked", address(thing), thing, recorded.at)


def address(question: UUID) -> str:
    """Where a question is shown."""
    return f"/questions/{question}"


class OnQuestion(VoiceCommand):
    """A command about one question."""

    page: ClassVar[str] = "voice:question"

    question: Id[Question]


class AnswerQuestion(OnQuestion):
    """Answer a councillor’s question, with what the answer rests on."""

    records = "voice.question_answered"
    may = who_answers
    says = _("The office answered a councillor’s question.")
    strong = True

    answer: Sealed = Ask(
        _("Your answer"), used_for=_("The councillor, and everyone if it is public."), belongs_to="thing"
    )
    evidence: Sealed = Ask(
        _("What does it rest on?"),
        hint=_("How many, by which method, from when. Say if there is nothing."),
        used_for=_("Readers can judge the answer by it."),
        belongs_to="thing",
    )
    where: Sealed = Ask(_("Where can people see that?"), default="", belongs_to="thing", widget="line")
    row: UUID | None = Ask(settled=True)
    answered_on: date | None = Ask(settled=True)

    def settle(self, question: Question, at: At) -> Mapping[str, Any]:
        return {"row": chance.mint(), "answered_on": question.answered_on or at.date()}

    def objections(self, question: Question, at: At) -> Objections:
        if not self.answer:
            yield "answer", _("Write your answer.")
        if not self.evidence:
            yield "evidence", _("Say what the answer rests on. If on nothing, say that.")

    def apply(self, question: Question, entry: Recorded) -> None:
        question.change(entry, answer=self.answer, answered_on=self.answered_on)
        Evidence.begin(entry, id=self.row, question=question.id, what=self.evidence, where=self.where)

    def leaves(self, question: Question, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(question.asked_by, "question_answered", address(question.id), question.id)


class QuestionIsLate(OnQuestion):
    """Note that the day of an answer has passed."""

    records = "voice.question_overdue"
    may = the_installation
    says = _("The day for an answer to a councillor passed without one.")
    only_as_consequence = True

    on_day: date | None = Ask(settled=True)

    def settle(self, question: Question, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, question: Question, at: At) -> Objections:
        if question.answered_on or question.overdue_on or question.due_on >= at.date():
            yield "", _("It is not overdue.")

    def apply(self, question: Question, entry: Recorded) -> None:
        question.change(entry, overdue_on=self.on_day)

    def leaves(self, question: Question, recorded: Recorded) -> Iterable[Leaving]:
        yield tell(question.asked_by, "question_overdue", address(question.id), question.id)
        yield from tell_office(
            question.office, "question_overdue", address(question.id), question.id, recorded.at
        )


def wards_of(councillor: UUID) -> list[Ward]:
    """The wards a councillor stands for."""
    rows = Seat.everything.filter(councillor=councillor, ended_at=None).values("ward")
    return list(Ward.everything.filter(id__in=rows).order_by("id"))
