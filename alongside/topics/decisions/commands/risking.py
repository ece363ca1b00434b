"""What could go wrong with each way, for whom, and who carries that; and the good that would be lost."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import (
    Objection,
    OnDecision,
    must_be_open,
    must_belong,
    people_named,
    whose,
)
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word
from alongside.topics.decisions.models import Carries
from alongside.topics.decisions.policy import (
    anyone_here,
    named_as_carrying,
    someone_affected,
    the_person,
    their_voice,
    who_decides,
)
from alongside.topics.people.policy import names_of, public_names_of

OPEN_TO_ALL = _("Everyone who can see this decision can read it.")


def could_carry(decision: UUID) -> set[UUID]:
    """Whom a risk can be put to: those it affects by name, and those who decide."""
    named = models.Affected.everything.filter(decision=decision, person__isnull=False, ended_at=None)
    return {*named.values_list("person", flat=True), *deciders_of(decision)}


class AddRisk(OnDecision):
    """Say what could go wrong with one way, and who carries that."""

    records = "decisions.risk_added"
    may = who_decides | the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said what could go wrong with one way.")
    page: ClassVar[str] = "decisions:risks"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = OPEN_TO_ALL

    option: Id[models.Option] = Ask(_("Which way?"), used_for=_("The risk stands beside it."))
    risk: Fresh[models.Risk] = Ask(settled=True)
    words: Sealed = Ask(
        _("How could it go wrong?"),
        hint=_("Name no person who is not part of this."),
        used_for=_("People weigh it before they answer."),
    )
    to_whom: Sealed = Ask(_("For whom?"), default="", widget="line")
    carrier: UUID | None = Ask(
        _("Who carries this risk? We ask them if they do."), default=None, widget="radios"
    )
    carried_by: Sealed = Ask(
        _("If it is a body or a group that carries it: which?"), default="", widget="line"
    )

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        if field != "carrier":
            return super().choices_within(field, actor, given)
        return carriers_to_name(actor, given.get("decision"))

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, option: models.Option, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, option=option)
        if not self.words:
            yield "words", _("Write how it could go wrong.")
        if self.carrier is not None and self.carrier not in could_carry(decision.id):
            yield "carrier", _("Choose someone it affects or who decides. For a body, write its name below.")

    def apply(self, decision: models.Decision, option: models.Option, entry: Recorded) -> None:
        models.Risk.begin(
            entry,
            id=self.risk,
            decision=decision.id,
            person=entry.by,
            option=option.id,
            words=self.words,
            to_whom=self.to_whom,
            carrier=self.carrier,
            carried_by=self.carried_by,
            carries="",
            carrier_words=None,
            carried_at=None,
            said_at=entry.at,
            taken="",
        )


def carriers_to_name(actor: Actor, decision: Any) -> list[tuple[UUID, Lazy]]:
    """Those whom this person may name: whom it affects by name, as far as they see them, and who decides."""
    named = people_named(actor, decision)
    try:
        matter = models.Decision.objects.seen_by(actor).filter(id=decision).first()
        rows = models.Decider.objects.seen_by(actor).filter(decision=decision, until_at=None)
        deciders = list(rows.values_list("person", flat=True))
    except (ValueError, TypeError):
        return []
    in_public = matter is None or not matter.is_about_person  # there an office stands, and never a worker
    known = dict(named) | (public_names_of(deciders, clock.now()) if in_public else names_of(deciders))
    return [(one, _("I carry it") if one in actor.ids else name) for one, name in known.items()]


class AnswerRisk(OnDecision):
    """Say whether you carry this risk."""

    records = "decisions.risk_answered"
    may = named_as_carrying
    says = _("%(by)s said whether they carry a risk.")
    says_to_you = _("You said whether you carry a risk.")
    page: ClassVar[str] = "decisions:risks"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)
    seen_by_line: ClassVar[Any] = OPEN_TO_ALL

    risk: Id[models.Risk]
    carries: Carries = Ask(
        _("Do you carry this risk?"), used_for=_("It is shown beside the risk."), widget="radios"
    )
    words: Sealed = Ask(_("Do you want to say more?"), default="")

    def objections(self, decision: models.Decision, risk: models.Risk, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, risk=risk)
        if risk.carrier not in at.by.ids:
            yield "risk", _("Only the one who is named as carrying it can say that.")
        elif not is_their_own_word(decision.id, risk.carrier, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, risk: models.Risk, entry: Recorded) -> None:
        risk.change(entry, carries=self.carries, carrier_words=self.words, carried_at=entry.at)


class SayWhatIsLost(OnDecision):
    """Say what good would be lost if this way is not chosen."""

    records = "decisions.forgone_said"
    may = who_decides | the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said what good would be lost without one way.")
    page: ClassVar[str] = "decisions:risks"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = OPEN_TO_ALL

    option: Id[models.Option] = Ask(_("Which way?"), used_for=_("It stands beside it."))
    row: Fresh[models.Forgone] = Ask(settled=True)
    words: Sealed = Ask(
        _("What good would be lost if this way is not chosen?"),
        used_for=_("People weigh it before they answer."),
    )

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, option: models.Option, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, option=option)
        if not self.words:
            yield "words", _("Write what good would be lost.")

    def apply(self, decision: models.Decision, option: models.Option, entry: Recorded) -> None:
        models.Forgone.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=entry.by,
            option=option.id,
            words=self.words,
            said_at=entry.at,
            taken="",
        )
