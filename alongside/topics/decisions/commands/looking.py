"""Words that nobody put their name to: a problem's, what is said of a change or a result, and questions.

What somebody judged counts at once. Only their words wait until a named person has read them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Actor, Ask, At, Code, Id, Lazy, Recorded
from alongside.kernel.policy import rule
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision
from alongside.topics.decisions.commands.problems import OnProblem
from alongside.topics.decisions.models import About, Problem, ProblemResult, ProblemWords
from alongside.topics.people.commands.looking import READ_ALREADY, Looking, Weighing
from alongside.topics.people.policy import looks_at_words, looks_at_words_q

NOT_FOUND = _("We could not find that. Please choose again.")
OF_A_DECISION = ("judgement", "trial", "answer", "question")


@rule(_("someone of the body it is about, or of a user-led organisation"))
def looks_at_a_place(actor: Actor, at: datetime) -> Q:
    """Only of a service or a place: in one life nobody outside it reads what was said first."""
    return looks_at_words_q(actor, at) & Q(about=About.PLACE)


class LookAtSaid(Looking, OnDecision):
    """Say whether everyone may read what somebody said here. What they judged counts already."""

    records = "decisions.said_looked_at"
    may = looks_at_a_place
    says = _("%(by)s read what somebody said here, and said whether everyone may.")
    read_at: ClassVar[str] = "/decisions/{}"

    judgement: Id[models.Judgement] | None = Ask(_("What somebody said of a change"), default=None)
    trial: Id[models.Trial] | None = Ask(_("What somebody said when they tried it"), default=None)
    answer: Id[models.BenefitAnswer] | None = Ask(
        _("What somebody said of the good it was to do"), default=None
    )
    question: Id[models.Question] | None = Ask(_("What somebody asked"), default=None)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """Which words these are comes from where they stand: nobody chooses among words they do not see."""
        return [] if field in OF_A_DECISION else super().choices_within(field, actor, given)

    def looked_at(self, *rows: Any) -> Any:
        named = [row for row in rows[1:-1] if row is not None]
        return named[0] if len(named) == 1 else None

    def objections(self, *rows: Any) -> Iterator[Objection]:
        decision, row = rows[0], self.looked_at(*rows)
        if row is None or row.decision != decision.id or not row.may_be_read:
            yield "", NOT_FOUND
        yield from super().objections(*rows)


class LookAtResult(Looking, OnProblem):
    """Say whether everyone may read what somebody said of the result. Their answer counts already."""

    records = "decisions.result_looked_at"
    may = looks_at_words
    says = _("%(by)s read what somebody said of the result, and said whether everyone may.")
    read_at: ClassVar[str] = "/problems/{}"

    result: Id[ProblemResult]

    def objections(self, problem: Problem, result: ProblemResult, at: At) -> Iterator[Objection]:
        if result.problem != problem.id or not result.may_be_read:
            yield "result", NOT_FOUND
        yield from super().objections(problem, result, at)


class _OfItsWords(Weighing, OnProblem):
    """What is the same for holding back the words of a problem and for showing them."""

    words: UUID | None = Ask(settled=True)

    def row_of(self, problem: Problem) -> ProblemWords:
        found: ProblemWords = ProblemWords.everything.get(problem=problem.id)
        return found


class HoldWords(_OfItsWords):
    """Hold back the words of this problem, and say why. The problem itself stays."""

    records = "decisions.problem_words_held"
    may = looks_at_words
    says = _("%(by)s held back the words of this problem. The problem stays on the list.")
    strong = True

    reason: Annotated[str, Code("problem.held_reasons")] = Ask(
        _("Why?"), used_for=_("Anyone can see that words are held back, and why."), widget="radios"
    )

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        row, body = self.row_of(problem), problem.organisation
        told = self.weighed(row, body, at, is_shown=False, reason=self.reason, writer=problem.raised_by)
        return {**told, "words": row.id}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        row, body = self.row_of(problem), problem.organisation
        if row.is_held_on(at.date()) and not row.asked_for:
            yield "", _("They are held back already.")
        yield from self.in_the_way(row, body, at, is_shown=False, writer=problem.raised_by)

    def apply(self, problem: Problem, entry: Recorded) -> None:
        row = ProblemWords.everything.get(id=self.words)
        if self.for_body is None:  # written down before it was kept for whom somebody looked
            row.change(entry, held_for=self.reason)
            problem.change(entry, held_for=self.reason)
            return
        row.change(entry, **self.columns())
        problem.change(entry, held_for=self.held_for)


class ShowWords(_OfItsWords):
    """Show the words of this problem to everyone. You have read them, and they point to no person."""

    records = "decisions.problem_words_shown"
    may = looks_at_words
    says = _("%(by)s looked at the words of this problem, and showed them to everyone.")
    title: ClassVar[Lazy] = _("Show these words to everyone?")
    lead: ClassVar[Lazy] = _(
        "Read them first. Do they name or point to a person, or put somebody in danger? Then hold them back."
    )
    button: ClassVar[Lazy] = _("Show them")

    shows_on: date | None = Ask(settled=True)

    def settle(self, problem: Problem, at: At) -> Mapping[str, Any]:
        row, body = self.row_of(problem), problem.organisation
        told = self.weighed(row, body, at, is_shown=True, reason="", writer=problem.raised_by)
        return {**told, "words": row.id, "shows_on": row.shown_on or at.date()}

    def objections(self, problem: Problem, at: At) -> Iterator[Objection]:
        row = self.row_of(problem)
        if not row.held_for and row.shown_on is not None and not row.asked_for:
            yield "", READ_ALREADY
        yield from self.in_the_way(row, problem.organisation, at, is_shown=True, writer=problem.raised_by)

    def apply(self, problem: Problem, entry: Recorded) -> None:
        row = ProblemWords.everything.get(id=self.words)
        if self.for_body is None:
            row.change(entry, held_for="", shown_on=self.shows_on or row.shown_on)
        else:
            row.change(entry, **self.columns())
        problem.change(entry, held_for="")
