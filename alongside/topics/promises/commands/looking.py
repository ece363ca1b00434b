"""Words that nobody put their name to are read by a named person before everyone can read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Code, Command, Id, Lazy, Recorded, Sealed
from alongside.topics.people.policy import looks_at_words
from alongside.topics.promises.models import LinkedAct, Statement, Stood


def look_by(today: date) -> date:
    """By which day somebody must have read them; then the page says who has not."""
    return rules.on(settings.JURISDICTION, today).due("problem.words_wait_days", today)


class _Looking(Command):
    """What is the same for the words and for what was added to them."""

    page: ClassVar[str] = "promises:statement"
    lead: ClassVar[Lazy] = _("Do they name or point to a person, or put somebody in danger? Then say no.")
    button: ClassVar[Lazy] = _("Say so")

    is_shown: bool = Ask(
        _("Have you read them, and may everyone read them?"),
        hint=_("That they say something bad about a body is no reason to say no."),
        used_for=_("Everyone, and whoever wrote them down."),
        widget="radios",
    )
    reason: Annotated[str, Code("problem.held_reasons")] = Ask(
        _("If not, why not?"), default="", widget="select"
    )
    more: Sealed = Ask(_("Say more to whoever wrote them down"), default="", belongs_to="thing")
    shown_on: date | None = Ask(settled=True)
    writer: UUID | None = Ask(settled=True)

    def settle(self, *rows: Any) -> Mapping[str, Any]:
        row, at = rows[-2], rows[-1]
        return {"shown_on": at.date() if self.is_shown else None, "writer": row.written_by}

    def objections(self, *rows: Any) -> Iterator[tuple[str, Lazy]]:
        statement, row, at = rows[0], rows[-2], rows[-1]
        if statement.state == Stood.WITHDRAWN:
            yield "", _("Who wrote this down has taken it back.")
        if row.written_by in at.by.ids:
            yield "", _("These are your own words. Somebody else must look.")
        if not self.is_shown and not self.reason:
            yield "reason", _("Say why not. Whoever wrote them down is told, and everyone sees why.")

    def apply(self, *rows: Any) -> None:
        row, entry = rows[-2], rows[-1]
        held_for = "" if self.is_shown else self.reason
        row.change(entry, shown_on=self.shown_on, held_for=held_for, held_words=self.more or None)

    def leaves(self, *rows: Any) -> Iterable[tuple[str, Mapping[str, Any]]]:
        link = f"/promises/said/{rows[0].id}"
        if self.writer is not None:
            payload = {"person": self.writer.hex, "what": "words_were_read", "link": link}
            yield "tell", {**payload, "matter": rows[0].id.hex}


class LookAtStatement(_Looking):
    """Say whether everyone may read these words."""

    records = "promises.statement_looked_at"
    may = looks_at_words
    says = _("%(by)s read public words that someone wrote down, and said if everyone may read them.")

    statement: Id[Statement]


class LookAtAct(_Looking):
    """Say whether everyone may read what was added."""

    records = "promises.act_looked_at"
    may = looks_at_words
    says = _("%(by)s read what someone added to public words, and said if everyone may read it.")

    statement: Id[Statement]
    act: Id[LinkedAct]

    def objections(self, statement: Statement, act: LinkedAct, at: At) -> Iterator[tuple[str, Lazy]]:
        if act.statement != statement.id:
            yield "act", _("We could not find that. Please choose again.")
        yield from super().objections(statement, act, at)

    def apply(self, statement: Statement, act: LinkedAct, entry: Recorded) -> None:
        super().apply(statement, act, entry)
