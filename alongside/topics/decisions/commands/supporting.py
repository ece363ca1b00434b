"""Power said aloud, and paid, independent support for whoever has less of it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.joint import must_be_of, own_bodies
from alongside.topics.decisions.commands.outside import deciders_of, is_their_own_word, works_for
from alongside.topics.decisions.models import Paid, SupportState
from alongside.topics.decisions.policy import (
    anyone_here,
    someone_affected,
    the_person,
    their_voice,
    who_decides,
    who_offered_support,
)
from alongside.topics.people.policy import works_for_a_provider

ENDED = (SupportState.DECLINED, SupportState.GIVEN)


class SayWhereIStand(OnDecision):
    """Say how you stand in this: what you have at stake, who pays you, and what pulls on you."""

    records = "decisions.power_said"
    may = who_decides | the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said how they stand in this.")
    says_to_you = _("You said how you stand in this.")
    page: ClassVar[str] = "decisions:support"
    may_be_anonymous: ClassVar[bool] = True
    seen_by_line: ClassVar[Any] = _("Everyone who can see this decision can read it.")

    row: Fresh[models.Power] = Ask(settled=True)
    words: Sealed = Ask(
        _("What do you have at stake here?"),
        hint=_("For example: my job; my evenings; nothing of my own."),
        used_for=_("Everyone knows then who speaks from where."),
    )
    paid: Paid = Ask(
        _("Are you paid for the time you give to this?"),
        used_for=_("Everyone knows then who speaks from where."),
        widget="radios",
    )
    body: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Which body do you belong to?"), default=None
    )
    conflict: Sealed = Ask(
        _("Does something pull you one way, such as money or somebody close to you?"), default=""
    )
    replaces: list[UUID] | None = Ask(settled=True)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        return own_bodies(actor) if field == "body" else super().choices_within(field, actor, given)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        before = models.Power.everything.filter(decision=decision.id, person__in=at.by.ids, is_current=True)
        return {"replaces": list(before.order_by("id").values_list("id", flat=True))}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_be_of(self.body, at)
        if not self.words:
            yield "words", _("Write what you have at stake, or that it is nothing of your own.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        for earlier in self.replaces or ():
            models.Power.everything.get(id=earlier).change(entry, is_current=False)
        models.Power.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=entry.by,
            words=self.words,
            body=self.body,
            paid=self.paid,
            conflict=self.conflict,
            said_at=entry.at,
            is_current=True,
            taken="",
        )


# Support: asked for, offered, answered, arranged, given -------------------------------------------


class OnSupport(OnDecision):
    """What the commands about support have in common."""

    page: ClassVar[str] = "decisions:support"


def begin_support(command: Any, decision: models.Decision, entry: Recorded, **values: Any) -> None:
    first = {
        "words": None,
        "asked_by": None,
        "supporter": None,
        "supporting_body": None,
        "payer": None,
        "independent_of": None,
        "is_independent": False,
        "hours": None,
        "hours_given": None,
        "offered_by": None,
        "answer": None,
        "answered_by": None,
    }
    models.Support.begin(
        entry,
        id=command.support,
        decision=decision.id,
        what=command.what,
        began_at=entry.at,
        changed_at=entry.at,
        **{**first, **values},
    )


class AskForSupport(OnSupport):
    """Ask for independent, paid support to take part in this."""

    records = "decisions.support_asked"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s asked for independent support.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    seen_by_line: ClassVar[Any] = _("You and those who decide can see this, unless it is for everyone.")

    support: Fresh[models.Support] = Ask(settled=True)
    what: Annotated[str, Code("decision.support_kinds")] = Ask(
        _("What would help?"), used_for=_("Those who decide must find it."), widget="radios"
    )
    words: Sealed = Ask(_("Do you want to say more?"), default="")
    for_all: bool = Ask(
        _("I ask for everyone it affects. Others may read that we asked."), default=False, widget="tick"
    )

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if self.for_all and decision.is_about_person:
            yield "for_all", _("This is about one life. Leave this blank, and ask for yourself.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        begin_support(
            self,
            decision,
            entry,
            person=None if self.for_all else entry.by,
            words=self.words,
            asked_by=entry.by,
            state=SupportState.ASKED,
        )


class OfferSupport(OnSupport):
    """Offer independent support: who gives it, who pays, and how many hours."""

    records = "decisions.support_offered"
    may = who_decides | anyone_here
    says = _("%(by)s offered independent support.")
    seen_by_line: ClassVar[Any] = _("Those it is for, and those who decide, can see this.")

    asked: Id[models.Support] | None = Ask(_("Does it answer somebody who asked?"), default=None)
    support: Fresh[models.Support] = Ask(settled=True)
    what: Annotated[str, Code("decision.support_kinds")] = Ask(
        _("What do you offer?"), used_for=_("Those it is for choose."), widget="radios"
    )
    supporter: Sealed = Ask(
        _("Who gives it?"), used_for=_("Those it is for choose."), belongs_to="thing", widget="line"
    )
    supporting_body: Annotated[UUID, Ref("people.Organisation")] | None = Ask(
        _("Of which body are they?"), default=None
    )
    payer: Sealed = Ask(
        _("Who pays for it?"), used_for=_("It shows who is free to speak."), belongs_to="thing", widget="line"
    )
    independent_of: Sealed = Ask(
        _("Of whom are they independent?"),
        hint=_("For example: of the council and of the provider."),
        default="",
        belongs_to="thing",
        widget="line",
    )
    hours: int = Ask(_("How many hours?"), used_for=_("Those it is for choose."), ge=1, le=10_000)
    is_independent: bool | None = Ask(settled=True)
    person: UUID | None = Ask(settled=True)
    is_for_all: bool | None = Ask(settled=True)

    def settle(self, decision: models.Decision, *rest: Any) -> Mapping[str, Any]:
        asked, _at = rest
        outside = self.supporting_body is not None and self.supporting_body != decision.organisation
        person = asked.person if asked is not None else decision.person
        return {
            "is_independent": outside and bool(self.independent_of),
            "person": person,
            "is_for_all": person is None,
        }

    def objections(self, decision: models.Decision, *rest: Any) -> Iterator[Objection]:
        asked, at = rest
        yield from must_be_open(decision)
        yield from must_belong(decision, asked=asked)
        if not any(one in at.by.ids for one in deciders_of(decision.id)):
            for _field, sentence in must_be_of(self.supporting_body, at):
                yield "supporting_body", sentence
        for name, words in (("supporter", self.supporter), ("payer", self.payer)):
            if not words:
                yield name, _("Write who. Those it is for cannot choose without it.")
        if (
            asked is not None
            and not models.Support.objects.seen_by(at.by, at.moment).filter(id=asked.id).exists()
        ):
            yield "asked", _("We could not find that. Please choose again.")
        elif asked is not None and asked.state != SupportState.ASKED:
            yield "asked", _("That was answered already. Leave this blank to offer more.")

    def apply(self, decision: models.Decision, asked: models.Support | None, entry: Recorded) -> None:
        offered = {
            "supporter": self.supporter,
            "supporting_body": self.supporting_body,
            "payer": self.payer,
            "independent_of": self.independent_of,
            "is_independent": self.is_independent,
            "hours": self.hours,
            "offered_by": entry.by,
            "state": SupportState.OFFERED,
        }
        if asked is not None:
            asked.change(entry, what=self.what, changed_at=entry.at, **offered)
        else:
            begin_support(self, decision, entry, person=self.person, **offered)


class AnswerSupport(OnSupport):
    """Say whether you want the support that was offered."""

    records = "decisions.support_answered"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said whether they want the support that was offered.")
    says_to_you = _("You said whether you want the support that was offered.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    support: Id[models.Support]
    wants: bool = Ask(_("Do you want it?"), used_for=_("It goes on only if you want it."), widget="radios")
    words: Sealed = Ask(_("Do you want to say more?"), default="")
    is_of_body: bool | None = Ask(settled=True)

    def objections(self, decision: models.Decision, support: models.Support, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, support=support)
        if support.state != SupportState.OFFERED:
            yield "support", _("This has its answer already, or no one has offered anything yet.")
        if support.person is not None and support.person not in at.by.ids:
            yield "support", _("Only the one it is for can answer.")
        elif support.offered_by in at.by.ids:
            yield "support", _("You offered this. Those it is for must answer.")
        elif support.person is None and is_of_another_side(decision, support, at.by, at.moment):
            yield "support", _("It is for the people it affects. One of them must answer.")
        elif not is_their_own_word(decision.id, at.by.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, support: models.Support, entry: Recorded) -> None:
        support.change(
            entry,
            state=SupportState.ACCEPTED if self.wants else SupportState.DECLINED,
            answer=self.words,
            answered_by=entry.by,
            changed_at=entry.at,
        )


def is_of_another_side(
    decision: models.Decision, support: models.Support, who: Actor, moment: datetime
) -> bool:
    """Whether they decide this, or are paid by the body that decides, by whoever gives the support, or by a
    body that sells care. Support for the people it affects is theirs to take, and theirs to say they had."""
    return (
        any(one in who.ids for one in deciders_of(decision.id))
        or works_for(who.person, decision.organisation, moment)
        or works_for(who.person, support.supporting_body, moment)
        or works_for_a_provider(who.person, moment)
    )


class SayArranged(OnSupport):
    """Say that the support is arranged."""

    records = "decisions.support_arranged"
    may = who_decides | who_offered_support
    says = _("%(by)s said that support is arranged.")

    support: Id[models.Support]

    def objections(self, decision: models.Decision, support: models.Support, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, support=support)
        if support.state != SupportState.ACCEPTED:
            yield "support", _("Those it is for have not accepted it. Ask them first.")

    def apply(self, decision: models.Decision, support: models.Support, entry: Recorded) -> None:
        support.change(entry, state=SupportState.ARRANGED, changed_at=entry.at)


class SayGiven(OnSupport):
    """Say that the support was given, and for how many hours."""

    records = "decisions.support_given"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said that support was given.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)

    support: Id[models.Support]
    hours_given: int = Ask(
        _("How many hours was it?"), used_for=_("It is shown beside what was promised."), ge=1, le=10_000
    )

    def objections(self, decision: models.Decision, support: models.Support, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, support=support)
        if support.state not in (SupportState.ACCEPTED, SupportState.ARRANGED):
            yield "support", _("Those it is for have not accepted it yet, or this is said already.")
        if support.person is not None and support.person not in at.by.ids:
            yield "support", _("Only the one it was for can say that they had it.")
        elif support.person is None and (
            support.offered_by in at.by.ids or is_of_another_side(decision, support, at.by, at.moment)
        ):
            yield "support", _("One of those it was for must say that they had it.")
        elif not is_their_own_word(decision.id, at.by.person, at):
            yield "", not_their_word(decision, at)

    def apply(self, decision: models.Decision, support: models.Support, entry: Recorded) -> None:
        support.change(entry, state=SupportState.GIVEN, hours_given=self.hours_given, changed_at=entry.at)
