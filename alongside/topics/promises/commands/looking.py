"""Words that nobody put their name to are read by a named person before everyone can read them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import At, Id, Lazy, Recorded
from alongside.kernel.policy import Actor, rule
from alongside.topics.people.commands.looking import Looking
from alongside.topics.people.policy import looks_at_words, looks_at_words_q
from alongside.topics.promises.models import DateAnswer, LinkedAct, Promise, Statement, Stood, Verdict

NOT_FOUND = _("We could not find that. Please choose again.")


class _OfStatement(Looking):
    """What is the same for public words and for what was added to them."""

    read_at: ClassVar[str] = "/promises/said/{}"
    page: ClassVar[str] = "promises:statement"

    def wrote(self, row: Any) -> UUID | None:
        writer: UUID | None = row.written_by
        return writer

    def objections(self, *rows: Any) -> Iterator[tuple[str, Lazy]]:
        if rows[0].state == Stood.WITHDRAWN:
            yield "", _("Who wrote this down has taken it back.")
        yield from super().objections(*rows)


class LookAtStatement(_OfStatement):
    """Say whether everyone may read these words."""

    records = "promises.statement_looked_at"
    may = looks_at_words
    says = _("%(by)s read public words that someone wrote down, and said if everyone may read them.")

    statement: Id[Statement]


class LookAtAct(_OfStatement):
    """Say whether everyone may read what was added."""

    records = "promises.act_looked_at"
    may = looks_at_words
    says = _("%(by)s read what someone added to public words, and said if everyone may read it.")

    statement: Id[Statement]
    act: Id[LinkedAct]

    def objections(self, statement: Statement, act: LinkedAct, at: At) -> Iterator[tuple[str, Lazy]]:
        if act.statement != statement.id:
            yield "act", NOT_FOUND
        yield from super().objections(statement, act, at)

    def apply(self, statement: Statement, act: LinkedAct, entry: Recorded) -> None:
        super().apply(statement, act, entry)


@rule(_("someone of the body it is about, or of a user-led organisation"))
def looks_at_what_all_see(actor: Actor, at: datetime) -> Q:
    """Only of a promise that is open to all: of one life nobody outside it reads what was said."""
    return looks_at_words_q(actor, at) & Q(person=None)


class _OfPromise(Looking):
    """What is the same for an answer, and for why somebody agrees to another day. Each counts already."""

    read_at: ClassVar[str] = "/promises/{}"
    page: ClassVar[str] = "promises:promise"

    def objections(self, *rows: Any) -> Iterator[tuple[str, Lazy]]:
        promise, row = rows[0], rows[1]
        if row.promise != promise.id or not row.may_be_read:
            yield "", NOT_FOUND
        yield from super().objections(*rows)


class LookAtVerdict(_OfPromise):
    """Say whether everyone may read what somebody said of this promise. Their answer counts already."""

    records = "promises.verdict_looked_at"
    may = looks_at_what_all_see
    says = _("%(by)s read what somebody said of this promise, and said whether everyone may.")

    promise: Id[Promise]
    verdict: Id[Verdict]

    def objections(self, promise: Promise, verdict: Verdict, at: At) -> Iterator[tuple[str, Lazy]]:
        if not verdict.counts:
            yield "verdict", NOT_FOUND
        yield from super().objections(promise, verdict, at)


class LookAtDateAnswer(_OfPromise):
    """Say whether everyone may read why somebody agrees to another day, or does not."""

    records = "promises.date_answer_looked_at"
    may = looks_at_what_all_see
    says = _("%(by)s read why somebody agrees to another day or not, and said whether everyone may.")

    promise: Id[Promise]
    answer: Id[DateAnswer]
