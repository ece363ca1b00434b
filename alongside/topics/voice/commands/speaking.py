"""Speaking up. Each act of the writer is done under a pseudonym, whoever asks for it and by whatever way."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance, clock, rules
from alongside.kernel.command import Actor, Ask, At, Code, Fresh, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.people.policy import names_of
from alongside.topics.voice.commands.base import Leaving, Objections, VoiceCommand, due, tell
from alongside.topics.voice.engine import asks_who
from alongside.topics.voice.models import Judged, Note, NoteKind, NoteWord, Reader
from alongside.topics.voice.policy import (
    at_the_front_line,
    open_desks,
    readers_for,
    readers_now,
    readers_wanted,
    standing_of,
    who_reads_it,
    who_wrote_it,
)


class SpeakUp(VoiceCommand):
    """Say what worries you in your work."""

    records = "voice.spoken_up"
    may = at_the_front_line
    says = _("A practitioner spoke up.")
    under_a_pseudonym = True
    page: ClassVar[str] = "voice:note"
    title: ClassVar[Lazy] = _("Say what worries you in your work")
    done: ClassVar[Lazy] = _(
        "It is sent. We write to nobody about it. Come back to this page for the answer."
    )
    seen_by_line: ClassVar[Lazy] = _(
        "Only that office reads it, nobody in your own line. Your name is locked away unless you show it."
    )

    note: Fresh[Note] = Ask(settled=True)
    office: Annotated[UUID, Ref("people.Office")] = Ask(
        _("Who should read it?"),
        hint=_("We offer only offices outside your own line."),
        used_for=_("Whoever holds it must answer you by a date."),
    )
    theme: Annotated[str, Code("voice.speak_up.themes")] = Ask(
        _("What is it about?"), used_for=_("It is counted by this, if you want members to know.")
    )
    words: Sealed = Ask(
        _("What worries you?"),
        hint=_("Leave out what only you could know. Name nobody who draws on support."),
        used_for=_("The office reads it and answers."),
    )
    to_members: bool = Ask(
        _("Count it for elected members"),
        hint=_("They see how many spoke of this, never what you wrote."),
        default=False,
    )
    is_named: bool = Ask(_("Let that office see my name"), hint=_("Nobody else sees it."), default=False)
    standing: str = Ask(settled=True, default="")
    area: UUID | None = Ask(settled=True)
    readers: list[UUID] = Ask(settled=True, default=[])
    rows: list[UUID] = Ask(settled=True, default=[])
    said_on: date | None = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    pack: str = Ask(settled=True, default="")

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> list[tuple[UUID, str]] | None:
        if field != "office" or actor.person is None:
            return None
        offices = open_desks(actor.person, clock.now())
        names = names_of(offices)
        return [(one, names[one]) for one in offices]

    def settle(self, at: At) -> Mapping[str, Any]:
        found: dict[str, Any] = dict(due("voice.speak_up.answer", at.date()))
        standing, area = (standing_of(at.by.person, at.moment) if at.by.person else None) or ("", None)
        readers = readers_for(self.office, at.by.person, at.moment) if at.by.person else []
        rows = [chance.mint() for _each in readers]
        return found | {
            "standing": standing,
            "area": area,
            "readers": readers,
            "rows": rows,
            "said_on": at.date(),
        }

    def objections(self, at: At) -> Objections:
        if at.by.typed_by is not None:
            yield "", _("Nobody else can type this for you. Sign in yourself, or ring the office.")
        if at.by.person is not None and self.office not in open_desks(at.by.person, at.moment):
            yield "office", _("Choose an office that answers people who speak up, outside your own line.")
        if not self.words:
            yield "words", _("Write what worries you.")

    def apply(self, entry: Recorded) -> None:
        Note.begin(
            entry,
            id=self.note,
            office=self.office,
            standing=self.standing,
            area=self.area,
            theme=self.theme,
            words=self.words,
            to_members=self.to_members,
            is_named=self.is_named,
            said_by=entry.by,
            said_on=self.said_on,
            due_on=self.due_on,
            pack=self.pack,
            answered_on=None,
            judged="",
            harm_said_on=None,
            overdue_on=None,
        )
        for row, reader in zip(self.rows, self.readers, strict=True):
            Reader.begin(entry, id=row, note=self.note, person=reader, ended_on=None)

    def leaves(self, recorded: Recorded) -> Iterable[Leaving]:
        return [_tell_reader(one, "speak_up_came", recorded.thing) for one in self.readers]


def _tell_reader(reader: UUID, what: str, note: UUID) -> Leaving:
    return tell(reader, what, f"/speak-up/{note}", note)


class OnNote(VoiceCommand):
    """A command about one note."""

    page: ClassVar[str] = "voice:note"

    note: Id[Note]


def _word(said: Any, note: Note, kind: NoteKind, entry: Recorded) -> None:
    NoteWord.begin(entry, id=said.word, note=note.id, kind=kind, words=said.words, said_on=said.said_on)


class AnswerNote(OnNote):
    """Answer a practitioner who spoke up."""

    records = "voice.speak_up_answered"
    may = who_reads_it
    says = _("The office answered a practitioner who spoke up.")
    strong = True
    seen_by_line: ClassVar[Lazy] = _("Only whoever wrote it reads this. Do not ask who they are.")

    word: Fresh[NoteWord] = Ask(settled=True)
    words: Sealed = Ask(
        _("What will be done, or not, and why?"),
        used_for=_("Whoever spoke up reads it, and says if it answers them."),
        belongs_to="thing",
    )
    said_on: date | None = Ask(settled=True)
    answered_on: date | None = Ask(settled=True)

    def settle(self, note: Note, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date(), "answered_on": note.answered_on or at.date()}

    def objections(self, note: Note, at: At) -> Objections:
        if not self.words:
            yield "words", _("Write what will be done, or why not.")
        elif asks_who(str(self.words)):
            yield "words", _("This asks them to show who they are. Take that out. They will read you here.")

    def apply(self, note: Note, entry: Recorded) -> None:
        _word(self, note, NoteKind.ANSWER, entry)
        note.change(entry, answered_on=self.answered_on, judged="")


class _OwnWords(OnNote):
    """Something the writer adds, under the same pseudonym."""

    under_a_pseudonym = True

    word: Fresh[NoteWord] = Ask(settled=True)
    said_on: date | None = Ask(settled=True)

    def settle(self, note: Note, at: At) -> Mapping[str, Any]:
        return {"said_on": at.date()}


class AddToNote(_OwnWords):
    """Add something to what you wrote."""

    records = "voice.speak_up_added"
    may = who_wrote_it
    says = _("A practitioner added to what they wrote.")

    words: Sealed = Ask(_("What do you want to add?"), used_for=_("The office reads it."))

    def objections(self, note: Note, at: At) -> Objections:
        if not self.words:
            yield "words", _("Write what you want to add.")

    def apply(self, note: Note, entry: Recorded) -> None:
        _word(self, note, NoteKind.MORE, entry)

    def leaves(self, note: Note, recorded: Recorded) -> Iterable[Leaving]:
        return [_tell_reader(one, "speak_up_came", note.id) for one in readers_now(note.id)]


class JudgeAnswer(_OwnWords):
    """Say whether the answer answers you."""

    records = "voice.speak_up_judged"
    may = who_wrote_it
    says = _("A practitioner said whether the answer answers them.")

    judged: Judged = Ask(_("Does the answer answer you?"), used_for=_("The office, and members as counts."))
    words: Sealed = Ask(
        _("Do you want to say why?"),
        hint=_("If the answer asks who you are, say so here. You need never tell."),
        default="",
    )

    def objections(self, note: Note, at: At) -> Objections:
        if note.answered_on is None:
            yield "", _("There is no answer yet.")

    def apply(self, note: Note, entry: Recorded) -> None:
        note.change(entry, judged=self.judged)
        if self.words is not None:
            _word(self, note, NoteKind.JUDGED, entry)


class ReportRetaliation(_OwnWords):
    """Say that you are treated worse because you spoke up."""

    records = "voice.retaliation_reported"
    may = who_wrote_it
    says = _("A practitioner said that they are treated worse because they spoke.")

    words: Sealed = Ask(
        _("What has happened?"),
        hint=_("Say only as much as is safe."),
        used_for=_("The office must answer this too, by a date."),
    )
    due_on: date | None = Ask(settled=True)

    def settle(self, note: Note, at: At) -> Mapping[str, Any]:
        pack = rules.here(at.date())
        return {"said_on": at.date(), "due_on": pack.due("voice.speak_up.answer", at.date())}

    def objections(self, note: Note, at: At) -> Objections:
        if not self.words:
            yield "words", _("Write what has happened.")

    def apply(self, note: Note, entry: Recorded) -> None:
        _word(self, note, NoteKind.RETALIATION, entry)
        note.change(entry, harm_said_on=self.said_on, answered_on=None, due_on=self.due_on, overdue_on=None)

    def leaves(self, note: Note, recorded: Recorded) -> Iterable[Leaving]:
        return [_tell_reader(one, "speak_up_came", note.id) for one in readers_now(note.id)]


class SetReaders(OnNote):
    """Keep a note with those outside its writer’s line, when offices or lines change."""

    records = "voice.speak_up_readers_set"
    may = the_installation
    says = _("An office or a line changed, so others answer this now.")
    only_as_consequence = True

    ended: list[UUID] = Ask(settled=True, default=[])
    readers: list[UUID] = Ask(settled=True, default=[])
    rows: list[UUID] = Ask(settled=True, default=[])
    on_day: date | None = Ask(settled=True)

    def settle(self, note: Note, at: At) -> Mapping[str, Any]:
        wanted, now = set(readers_wanted(note, at.moment)), set(readers_now(note.id))
        gone = Reader.everything.filter(note=note.id, ended_on=None, person__in=now - wanted).order_by("id")
        new = sorted(wanted - now)
        return {
            "ended": list(gone.values_list("id", flat=True)),
            "readers": new,
            "rows": [chance.mint() for _each in new],
            "on_day": at.date(),
        }

    def objections(self, note: Note, at: At) -> Objections:
        if not self.ended and not self.readers:
            yield "", _("The same people answer it.")

    def apply(self, note: Note, entry: Recorded) -> None:
        for row in Reader.everything.filter(id__in=self.ended):
            row.change(entry, ended_on=self.on_day)
        for pk, reader in zip(self.rows, self.readers, strict=True):
            Reader.begin(entry, id=pk, note=note.id, person=reader, ended_on=None)

    def leaves(self, note: Note, recorded: Recorded) -> Iterable[Leaving]:
        return [_tell_reader(one, "speak_up_came", note.id) for one in self.readers]


class NoteIsLate(OnNote):
    """Note that the day of an answer has passed."""

    records = "voice.speak_up_overdue"
    may = the_installation
    says = _("The day for an answer passed without one. Elected members see that.")
    only_as_consequence = True

    on_day: date | None = Ask(settled=True)

    def settle(self, note: Note, at: At) -> Mapping[str, Any]:
        return {"on_day": at.date()}

    def objections(self, note: Note, at: At) -> Objections:
        if note.answered_on or note.overdue_on or note.due_on >= at.date():
            yield "", _("It is not overdue.")

    def apply(self, note: Note, entry: Recorded) -> None:
        note.change(entry, overdue_on=self.on_day)

    def leaves(self, note: Note, recorded: Recorded) -> Iterable[Leaving]:
        return [_tell_reader(one, "speak_up_overdue", note.id) for one in readers_now(note.id)]
