"""Words that could harm somebody are taken from sight: on a stated reason, by somebody who does not decide.

The words move out of their row, so that no page, list or program shows them; what they count for stays. Their
giver is told what and why, can answer, and can ask another person to look again.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from alongside.kernel import chance
from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.outside import typist
from alongside.topics.decisions.policy import anyone_here, looks_after_words
from alongside.topics.people.policy import same_line
from alongside.topics.people.policy.looking import looker
from alongside.topics.people.policy.outside_line import Asking, stands_outside

COLUMNS: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "view": (models.View, ("words", "instead", "interest")),
    "evidence": (models.Evidence, ("words", "method", "place", "period", "limits", "source")),
    "answer": (models.EvidenceAnswer, ("words",)),
    "risk": (models.Risk, ("words", "to_whom", "carried_by")),
    "forgone": (models.Forgone, ("words",)),
    "text": (models.JointText, ("words",)),
    "signature": (models.Signature, ("words",)),
    "power": (models.Power, ("words", "conflict")),
}
MOST_OFFERED = 60


def said_row(said: str, decision: UUID, at: At) -> Any:
    """The row that is named, if the actor may see it and it belongs to this decision."""
    kind, _colon, pk = said.partition(":")
    wanted = as_id(pk)
    if wanted is None or kind not in COLUMNS:
        return None
    return COLUMNS[kind][0].objects.seen_by(at.by, at.moment).filter(id=wanted, decision=decision).first()


def words_to_take(actor: Actor, decision: Any) -> list[tuple[str, Lazy]]:
    """What stands in public here, the newest first, each in a few words."""
    wanted = as_id(decision)
    if wanted is None:
        return []
    found = []
    for kind, (model, _columns) in COLUMNS.items():
        rows = model.objects.seen_by(actor).filter(decision=wanted, taken="")
        for row in rows.order_by("-made_by", "id")[:MOST_OFFERED]:
            words = row.words or getattr(row, "instead", None)
            if words is not None:
                found.append((f"{kind}:{row.id}", Truncator(str(words)).words(16)))
    return found


class TakeFromSight(OnDecision):
    """Take words from sight that could harm somebody."""

    records = "decisions.words_taken"
    may = looks_after_words
    says = _("%(by)s took words from sight.")
    page: ClassVar[str] = "decisions:taken"
    strong = True

    taken: Fresh[models.Taken] = Ask(settled=True)
    what: str = Ask(
        _("Which words?"),
        used_for=_("These are taken, and no others."),
        widget="select",
        written="(a view, evidence, answer, risk, forgone, text, signature or power by number: view:1b4e…)",
        max_length=80,
    )
    reason: Annotated[str, Code("decision.taking_reasons")] = Ask(
        _("Why?"), used_for=_("It stands where the words stood."), widget="radios"
    )
    words: Sealed = Ask(
        _("What do you say to the one who wrote them?"), used_for=_("They read it, and can answer.")
    )
    kind: str = Ask(settled=True, default="")
    pk: UUID | None = Ask(settled=True)
    giver: UUID | None = Ask(settled=True)
    boxes: list[UUID] | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field != "what":
            return super().choices_within(field, actor, given)
        return words_to_take(actor, given.get("decision"))

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        row = said_row(self.what, decision.id, at)
        if row is None:
            return {}
        kind = self.what.partition(":")[0]
        boxes = [chance.mint() for _column in COLUMNS[kind][1]]
        return {"kind": kind, "pk": row.id, "giver": row.person, "boxes": boxes}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.giver

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        row = said_row(self.what, decision.id, at)
        if row is None:
            yield "what", _("We could not find that. Please choose again.")
        elif row.taken:
            yield "what", _("This was taken from sight already.")
        elif row.person in at.by.ids:
            yield "what", _("Those are your own words. You can change or take them back yourself.")
        if not self.words:
            yield "words", _("Tell them why, in your own words.")
        if typist(at) is not None:
            yield "", _("Do this on your own page.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        model, columns = COLUMNS[self.kind]
        row = model.everything.get(id=self.pk)
        for box, column in zip(self.boxes or (), columns, strict=True):
            models.TakenBox.begin(
                entry,
                id=box,
                decision=decision.id,
                person=self.giver,
                taken=self.taken,
                column=column,
                words=getattr(row, column),
            )
        row.change(entry, taken=self.reason, **dict.fromkeys(columns))
        models.Taken.begin(
            entry,
            id=self.taken,
            decision=decision.id,
            person=self.giver,
            kind=self.kind,
            what=self.pk,
            reason=self.reason,
            words=self.words,
            taken_by=entry.by,
            taken_at=entry.at,
            answer=None,
            wants_another_look=False,
            answered_at=None,
            looked_by=None,
            looked_at=None,
            looked_words=None,
            is_back=False,
        )


class AnswerTaking(OnDecision):
    """Answer why your words were taken from sight, and ask another person to look again if you like."""

    records = "decisions.taking_answered"
    may = anyone_here
    says = _("%(by)s answered why their words were taken from sight.")
    says_to_you = _("You answered why your words were taken from sight.")
    page: ClassVar[str] = "decisions:taken"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_WHOM,)

    taken: Id[models.Taken]
    words: Sealed = Ask(_("What do you want to say to that?"), default="")
    wants_another_look: bool = Ask(_("I want another person to look at this."), default=True, widget="tick")

    def objections(self, decision: models.Decision, taken: models.Taken, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, taken=taken)
        if taken.person not in at.by.ids:
            yield "taken", _("Only the one whose words they were can answer.")
        if taken.looked_at is not None:
            yield "", _("Someone else has already looked at this.")
        if at.by.typed_by is not None and same_line(taken.taken_by, at.by.typed_by, at.moment):
            yield "", _("You took them, or work in one line with whoever did. Somebody else must type this.")

    def apply(self, decision: models.Decision, taken: models.Taken, entry: Recorded) -> None:
        taken.change(
            entry, answer=self.words, wants_another_look=self.wants_another_look, answered_at=entry.at
        )


NOT_FROM_OUTSIDE = _(
    "You took them, or work in one line with whoever did, or have a part in it. Somebody else must look: "
    "from another line, or from a user-led organisation."
)


def may_look_again(decision: models.Decision, taken: models.Taken, by: Actor, moment: datetime) -> bool:
    """Whether somebody stands outside the line of whoever took the words: two of one line are not two sides,
    nor are two of one user-led organisation."""
    if by.person is None or same_line(taken.taken_by, by.person, moment):
        return False
    writer, body = taken.person, decision.organisation
    if writer is not None and not stands_outside(by.person, Asking(writer, writer), moment):
        return False  # they work with whoever wrote the words, or are something to them
    if body is None:
        return False
    first, mine = (looker(one, body, moment) for one in (Actor(person=taken.taken_by), by))
    return not (mine.is_outside and first.body == mine.body)


class LookAgain(OnDecision):
    """Look again at words that were taken from sight."""

    records = "decisions.taking_judged"
    may = looks_after_words
    says = _("%(by)s looked again at words that were taken from sight.")
    page: ClassVar[str] = "decisions:taken"
    strong = True

    taken: Id[models.Taken]
    puts_back: bool = Ask(
        _("Shall the words stand again?"), used_for=_("They are shown again if you say yes."), widget="radios"
    )
    words: Sealed = Ask(_("Why?"), used_for=_("The one whose words they are reads it."))

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, taken: models.Taken, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, taken=taken)
        if taken.looked_at is not None:
            yield "", _("Someone else has already looked at this.")
        elif not taken.wants_another_look:
            yield "", _("No one has asked for another look.")
        if not may_look_again(decision, taken, at.by, at.moment):
            yield "", NOT_FROM_OUTSIDE
        if taken.person in at.by.ids:
            yield "", _("These are your own words. Somebody else must look.")
        if not self.words:
            yield "words", _("Write why.")
        if typist(at) is not None:
            yield "", _("Do this on your own page.")

    def apply(self, decision: models.Decision, taken: models.Taken, entry: Recorded) -> None:
        taken.change(
            entry, looked_by=entry.by, looked_at=entry.at, looked_words=self.words, is_back=self.puts_back
        )
        if not self.puts_back:
            return
        model, _columns = COLUMNS[taken.kind]
        kept = models.TakenBox.everything.filter(taken=taken.id).order_by("column")
        back = {box.column: box.words for box in kept}
        row = model.everything.get(id=taken.what)
        row.change(entry, taken="", **back)
