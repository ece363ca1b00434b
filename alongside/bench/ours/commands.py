"""What can be done in the small topic: open a matter, write a note on it, report one from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.bench.ours.models import Matter
from alongside.bench.ours.models import Note as NoteRow
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Recorded, Sealed
from alongside.kernel.policy import Actor, rule, signed_in


class Kind(TextChoices):
    """What sort of note it is."""

    PLAN = "plan"
    CALL = "call"


@rule(_("the person who keeps it"))
def the_keeper(actor: Actor, at: datetime) -> Q:
    return Q(keeper=actor.person)


class OpenMatter(Command):
    """Open a matter to write on."""

    records = "bench.matter_opened"
    may = signed_in
    says = _("%(by)s opened a matter.")

    matter: Fresh[Matter] = Ask(settled=True)
    opened_on: date | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        return {"opened_on": at.date()}

    def apply(self, entry: Recorded) -> None:
        Matter.begin(entry, id=self.matter, keeper=entry.by, opened_on=self.opened_on)


class WriteNote(Command):
    """Write a note on a matter you keep: one lock, one rule, one guard, one row."""

    records = "bench.note_written"
    may = the_keeper
    says = _("%(by)s wrote a note.")

    matter: Id[Matter]
    note: Fresh[NoteRow] = Ask(settled=True)
    kind: Kind = Ask(_("What sort of note?"), default=Kind.PLAN)
    due_on: date | None = Ask(_("By when?"), default=None)
    words: Sealed = Ask(_("What do you want to say?"), default="")

    def objections(self, matter: Matter, at: At) -> Iterator[tuple[str, Any]]:
        if self.due_on is not None and self.due_on < matter.opened_on:
            yield "due_on", _("Choose a day after the matter was opened.")

    def apply(self, matter: Matter, entry: Recorded) -> None:
        NoteRow.begin(
            entry,
            id=self.note,
            matter=matter.id,
            by=entry.by,
            kind=self.kind,
            due_on=self.due_on,
            words=self.words,
        )


class ReportNote(Command):
    """Report a note from elsewhere, as each row of an import does: all under one matter."""

    records = "bench.note_reported"
    thing = "matter"
    may = the_keeper
    says = _("%(by)s reported a note.")
    in_bulk = True

    matter: Id[Matter]
    note: Fresh[NoteRow] = Ask(settled=True)
    kind: Kind = Ask(_("What sort of note?"), default=Kind.PLAN)
    due_on: date | None = Ask(_("By when?"), default=None)
    words: Sealed = Ask(_("What does it say?"), default="", belongs_to="matter")

    def objections(self, matter: Matter, at: At) -> Iterator[tuple[str, Any]]:
        if not self.words:
            yield "words", _("Each row needs its words.")

    def apply(self, matter: Matter, entry: Recorded) -> None:
        NoteRow.begin(
            entry,
            id=self.note,
            matter=matter.id,
            by=entry.by,
            kind=self.kind,
            due_on=self.due_on,
            words=self.words,
        )
