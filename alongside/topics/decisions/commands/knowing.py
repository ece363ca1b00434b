"""Evidence: what is known and how well, who brought it, who answers it, and what was done with it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Recorded, Sealed
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.outside import typist
from alongside.topics.decisions.commands.telling import is_typed_in_the_line
from alongside.topics.decisions.models import Leans, Sees, ShownAs, Used
from alongside.topics.decisions.policy import (
    anyone_here,
    someone_affected,
    the_person,
    their_voice,
    their_worker,
    who_decides,
)

LIVED, JUDGEMENT = "lived_experience", "judgement"


class BringEvidence(OnDecision):
    """Say what is known about this, and how."""

    records = "decisions.evidence_brought"
    may = who_decides | the_person | someone_affected | their_voice | anyone_here | their_worker
    says = _("%(by)s brought evidence.")
    page: ClassVar[str] = "decisions:evidence"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    may_be_anonymous: ClassVar[bool] = True
    lead: ClassVar[Any] = _("Leave blank what you do not know. Then the page says “not said”.")
    seen_by_line: ClassVar[Any] = _("Everyone who can see this decision can read it, unless you say so.")

    evidence: Fresh[models.Evidence] = Ask(settled=True)
    kind: Annotated[str, Code("decision.evidence_kinds")] = Ask(
        _("What kind of knowledge is it?"), used_for=_("It stands beside what you say."), widget="radios"
    )
    words: Sealed = Ask(_("What does it say?"), used_for=_("Those who decide weigh it."))
    option: Id[models.Option] | None = Ask(_("Which way is that about?"), default=None)
    leans: Leans = Ask(_("Which way does it point?"), default=Leans.NEITHER, widget="radios")
    how_many: int | None = Ask(
        _("How many people or things does it stand on?"), default=None, ge=0, le=1_000_000_000
    )
    method: Sealed = Ask(
        _("How was it found out?"), hint=_("For example: we asked everyone who came."), default=""
    )
    place: Sealed = Ask(_("Where?"), default="", widget="line")
    period: Sealed = Ask(_("When?"), default="", widget="line")
    limits: Sealed = Ask(_("What does it not tell us?"), default="")
    source: Sealed = Ask(_("Where can people read it? An address on the web."), default="", widget="line")
    practised_on: date | None = Ask(
        _("If it is a judgement from your work: when did you last do this work yourself?"), default=None
    )
    shown_as: ShownAs = Ask(_("How shall we show who it is from?"), default=ShownAs.NAME, widget="radios")
    agrees: bool = Ask(
        _("If it is my own life: I agree that it is shown here. I can take it back at any time."),
        default=False,
        widget="tick",
    )
    only_deciders: bool = Ask(
        _("If it is my own life: show it only to those who decide."), default=False, widget="tick"
    )
    sees: str = Ask(settled=True, default=Sees.EVERYONE.value)

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        kept_close = self.kind == LIVED and self.only_deciders
        return {"sees": Sees.DECIDERS.value if kept_close else Sees.EVERYONE.value}

    def objections(self, decision: models.Decision, *rest: Any) -> Iterator[Objection]:
        option, at = rest
        yield from must_be_open(decision)
        yield from must_belong(decision, option=option)
        if not self.words:
            yield "words", _("Write what it says.")
        if self.kind == LIVED and typist(at) is not None:
            yield "kind", _("Only they can tell of their own life: on their page, or by their code.")
        elif self.kind == LIVED and not self.agrees:
            yield "agrees", _("Tick this if you agree. Without it we do not show what you lived.")
        if self.practised_on is not None and self.practised_on > at.date():
            yield "practised_on", _("Choose a day that is over, or today.")
        if self.source and urlsplit(self.source).scheme not in ("http", "https"):
            yield "source", _("Write the whole address, beginning with https://, or leave it blank.")

    def apply(self, decision: models.Decision, option: models.Option | None, entry: Recorded) -> None:
        models.Evidence.begin(
            entry,
            id=self.evidence,
            decision=decision.id,
            person=entry.by,
            kind=self.kind,
            option=option.id if option else None,
            leans=self.leans,
            words=self.words,
            how_many=self.how_many,
            method=self.method,
            place=self.place,
            period=self.period,
            limits=self.limits,
            source=self.source,
            shown_as=self.shown_as,
            practised_on=self.practised_on,
            sees=self.sees,
            said_at=entry.at,
            withdrawn_at=None,
            use="",
            use_words=None,
            used_by=None,
            used_at=None,
            taken="",
        )


NO_WORDS = {"words": None, "method": None, "place": None, "period": None, "limits": None, "source": None}


class WithdrawEvidence(OnDecision):
    """Take back evidence that you brought. Its words are gone from the page."""

    records = "decisions.evidence_withdrawn"
    may = who_decides | the_person | someone_affected | their_voice | anyone_here | their_worker
    says = _("%(by)s took back evidence that they had brought.")
    says_to_you = _("You took back evidence that you had brought.")
    page: ClassVar[str] = "decisions:evidence"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    evidence: Id[models.Evidence]

    def objections(self, decision: models.Decision, evidence: models.Evidence, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, evidence=evidence)
        if evidence.person not in at.by.ids:
            yield "evidence", _("Only the one who brought it can take it back.")
        elif evidence.withdrawn_at is not None:
            yield "evidence", _("It was taken back already.")
        elif is_typed_in_the_line(decision.id, at):
            yield "", _("You work in the line that decides. Ask another team to type this.")

    def apply(self, decision: models.Decision, evidence: models.Evidence, entry: Recorded) -> None:
        evidence.change(entry, withdrawn_at=entry.at, how_many=None, practised_on=None, **NO_WORDS)
        taken = models.Taken.everything.filter(what=evidence.id).values("id")
        for box in models.TakenBox.everything.filter(taken__in=taken).order_by("id"):
            box.change(entry, words=None)


class AnswerEvidence(OnDecision):
    """Answer a piece of evidence. Your answer goes wherever it goes."""

    records = "decisions.evidence_answered"
    may = who_decides | the_person | someone_affected | their_voice | anyone_here | their_worker
    says = _("%(by)s answered a piece of evidence.")
    page: ClassVar[str] = "decisions:evidence"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = _("Everyone who can read the evidence can read your answer.")

    evidence: Id[models.Evidence]
    row: Fresh[models.EvidenceAnswer] = Ask(settled=True)
    words: Sealed = Ask(_("What do you say to it?"), used_for=_("It stands beside the evidence."))
    is_described: bool = Ask(_("It says something about me."), default=False, widget="tick")

    def objections(self, decision: models.Decision, evidence: models.Evidence, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, evidence=evidence)
        seen = models.Evidence.objects.seen_by(at.by, at.moment).filter(id=evidence.id)
        if not at.by.installation and not seen.exists():
            yield "evidence", _("We could not find that. Please choose again.")
        if not self.words:
            yield "words", _("Write your answer.")

    def apply(self, decision: models.Decision, evidence: models.Evidence, entry: Recorded) -> None:
        models.EvidenceAnswer.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=entry.by,
            evidence=evidence.id,
            is_described=self.is_described,
            words=self.words,
            said_at=entry.at,
            taken="",
        )


class SayIfUsed(OnDecision):
    """Say what you did with a piece of evidence."""

    records = "decisions.evidence_used"
    may = who_decides
    says = _("%(by)s said what they did with a piece of evidence.")
    page: ClassVar[str] = "decisions:evidence"

    evidence: Id[models.Evidence]
    use: Used = Ask(_("What did you do with it?"), used_for=_("Whoever brought it is told."), widget="radios")
    words: Sealed = Ask(_("Why?"), used_for=_("Whoever brought it is told."))

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, evidence: models.Evidence, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, evidence=evidence)
        if not self.words:
            yield "words", _("Write why.")
        if evidence.person in at.by.ids:
            yield "evidence", _("You brought this yourself. Somebody else must say if it was used.")

    def apply(self, decision: models.Decision, evidence: models.Evidence, entry: Recorded) -> None:
        evidence.change(entry, use=self.use, use_words=self.words, used_by=entry.by, used_at=entry.at)
