"""A front door or a computer system: tried by people who will use it, and the good it claims is checked."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Ask, AsWhat, At, Code, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.gating import (
    OnChange,
    counts,
    earlier,
    once,
    pack_of_change,
    say_of_change,
)
from alongside.topics.decisions.commands.outside import typist, works_for
from alongside.topics.decisions.engine import fitness, gates
from alongside.topics.decisions.models import Benefit, BenefitAnswer, Change, FitnessItem, Trial, Works
from alongside.topics.decisions.policy import anyone_here, runs_a_change, someone_affected, who_decides
from alongside.topics.people.commands.looking import waits_from

_ANYONE = _("Anyone can read it.")
LATER = (gates.CHANGED, gates.STOPPED, gates.DROPPED)


def must_be_before_start(change: Change) -> Iterator[Objection]:
    if change.state != gates.PROPOSED:
        yield "", _("It has started already, or is over.")


class SayWhatItMustDo(OnChange):
    """Say one thing that it must do, so that people can try it."""

    records = "decisions.fitness_set"
    may = who_decides | someone_affected
    says = _("%(by)s said one thing that it must do.")

    item: Fresh[FitnessItem] = Ask(settled=True)
    words: Sealed = Ask(
        _("What must it do?"),
        hint=_("For example: someone who cannot see can ask for help by phone."),
        used_for=_("People who will use it try this before it goes live."),
        belongs_to="thing",
        widget="line",
    )
    number: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        return {"number": FitnessItem.everything.filter(of_change=change.id).count() + 1}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        yield from must_be_before_start(change)
        if not change.needs_fitness:
            yield "", _("This is not a front door or a computer system. It needs no such test.")
        if not self.words:
            yield "words", _("Say what it must do.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        FitnessItem.begin(
            entry,
            id=self.item,
            decision=decision.id,
            of_change=change.id,
            number=self.number,
            words=self.words,
        )


class TryIt(OnChange):
    """Try one thing that it must do, and say if it works for you."""

    records = "decisions.fitness_tried"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.UNCOUNTED
    may = someone_affected | anyone_here
    says = _("%(by)s tried one thing that it must do.")
    may_be_anonymous: ClassVar[bool] = True
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_WHOM)

    trial: Fresh[Trial] = Ask(settled=True)
    item: Id[FitnessItem]
    tried_as: Annotated[str, Code("change.tried_as")] = Ask(
        _("Who are you, as you try it?"),
        used_for=_("Disabled people and those who work with people must have tried it."),
        widget="radios",
    )
    works: Works = Ask(
        _("Does it work for you?"), used_for=_("It goes live only when it works."), widget="radios"
    )
    words: Sealed = Ask(_("What happened?"), hint=_("Name no other person."), default="")
    may_be_read: bool = Ask(_("Anyone may read my words, without my name"), default=False, widget="tick")
    look_by: date | None = Ask(settled=True)
    is_counted: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_beside: bool | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, *rest: Any) -> Mapping[str, Any]:
        at: At = rest[-1]
        who = {at.by.person, typist(at)} - {None}
        made_it = any(works_for(one, change.run_by, at.moment) for one in who)
        is_practitioner = self.tried_as == "practitioner"
        return {
            "is_counted": is_practitioner or (not made_it and counts(True, decision, change, at)),
            **earlier(Trial, change, at, item=self.item),
            "on_day": at.date(),
            "look_by": waits_from(at.date(), may_be_read=self.may_be_read, words=self.words),
        }

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change)
        if rest[0].of_change != change.id:
            yield "item", _("That belongs to another change. Open the right page.")
        if change.state in LATER:
            yield "", _("This is over. There is nothing to try now.")

    def apply(self, decision: models.Decision, change: Change, item: FitnessItem, entry: Recorded) -> None:
        said = {"id": self.trial, "tried_as": self.tried_as, "works": self.works}
        say_of_change(self, Trial, entry, change, item=item.id, **said)


class ClaimBenefit(OnChange):
    """Say what good it will do for people, and when that is checked."""

    records = "decisions.benefit_claimed"
    may = who_decides
    says = _("%(by)s said what good it will do, and when that is checked.")

    benefit: Fresh[Benefit] = Ask(settled=True)
    words: Sealed = Ask(_("What good will it do?"), used_for=_ANYONE, belongs_to="thing")
    for_whom: Sealed = Ask(
        _("For whom?"), used_for=_("They say whether it came."), belongs_to="thing", widget="line"
    )
    measured_how: Sealed = Ask(_("How will you measure it?"), used_for=_ANYONE, belongs_to="thing")
    checks_on: date = Ask(_("On which day is it checked?"), used_for=_("From then on they say if it came."))
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, at: At) -> Mapping[str, Any]:
        return {"answer_by": pack_of_change(change).due("change.benefit.answer_days", self.checks_on)}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        today = rest[-1].date()
        yield from super().objections(decision, change)
        yield from must_be_before_start(change)
        if not today < self.checks_on <= pack_of_change(change).due("change.benefit.check_months", today):
            yield "checks_on", _("Choose a day to come, and no later than the rules allow.")
        for name in ("words", "for_whom", "measured_how"):
            if not getattr(self, name):
                yield name, _("Write this down. It goes live only with it.")

    def apply(self, decision: models.Decision, change: Change, entry: Recorded) -> None:
        Benefit.begin(
            entry,
            id=self.benefit,
            decision=decision.id,
            of_change=change.id,
            words=self.words,
            for_whom=self.for_whom,
            measured_how=self.measured_how,
            checks_on=self.checks_on,
            answer_by=self.answer_by,
            found=None,
            found_on=None,
            result="",
        )


class OnBenefit(OnChange):
    """A command on the good that a change claims."""

    benefit: Id[Benefit]

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        benefit: Benefit = rest[0]
        yield from super().objections(decision, change)
        if benefit.of_change != change.id:
            yield "benefit", _("That belongs to another change. Open the right page.")
        elif benefit.result:
            yield "", _("This was checked already.")


class MeasureBenefit(OnBenefit):
    """Write down what was measured of the good it claims."""

    records = "decisions.benefit_measured"
    may = who_decides | runs_a_change
    says = _("%(by)s wrote down what was measured.")

    found: Sealed = Ask(_("What did you measure, and what was it?"), used_for=_ANYONE, belongs_to="thing")
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, *rest: Any) -> Mapping[str, Any]:
        return {"on_day": rest[-1].date()}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change, *rest)
        if change.started_on is None:
            yield "", _("It has not started. There is nothing to measure.")
        if not self.found:
            yield "found", _("Write down what you measured.")

    def apply(self, decision: models.Decision, change: Change, benefit: Benefit, entry: Recorded) -> None:
        benefit.change(entry, found=self.found, found_on=self.on_day)


class SayIfGoodCame(OnBenefit):
    """Say whether the good that was claimed came to you."""

    records = "decisions.benefit_judged"
    at_the_keys: ClassVar[AsWhat | None] = AsWhat.UNCOUNTED
    may = someone_affected | anyone_here
    says = _("%(by)s said whether the good that was claimed came.")
    may_be_anonymous: ClassVar[bool] = True
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.BESIDE, Hand.NOT_WHOM)

    answer: Fresh[BenefitAnswer] = Ask(settled=True)
    came: Works = Ask(
        _("Did this good come to you?"),
        used_for=_("If it did not come, switching it off is decided."),
        widget="radios",
    )
    is_for_me: bool = Ask(_("I am one of those it was for"), default=False, widget="tick")
    words: Sealed = Ask(_("What happened?"), hint=_("Name no other person."), default="")
    may_be_read: bool = Ask(_("Anyone may read my words, without my name"), default=False, widget="tick")
    look_by: date | None = Ask(settled=True)
    is_counted: bool | None = Ask(settled=True)
    replaces: list[UUID] | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)
    is_beside: bool | None = Ask(settled=True)
    on_day: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, *rest: Any) -> Mapping[str, Any]:
        at: At = rest[-1]
        return {
            "is_counted": counts(self.is_for_me, decision, change, at),
            **earlier(BenefitAnswer, change, at, benefit=self.benefit),
            "on_day": at.date(),
            "look_by": waits_from(at.date(), may_be_read=self.may_be_read, words=self.words),
        }

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change, *rest)
        if rest[-1].date() < rest[0].checks_on:
            yield "", _("You can say this from %(day)s.") % {"day": date_format(rest[0].checks_on, "j F Y")}

    def apply(self, decision: models.Decision, change: Change, benefit: Benefit, entry: Recorded) -> None:
        say_of_change(self, BenefitAnswer, entry, change, id=self.answer, benefit=benefit.id, came=self.came)


class SettleBenefit(OnBenefit):
    """Note whether the good that was claimed came, by those it was for."""

    records = "decisions.benefit_settled"
    may = the_installation
    says = _("The good that was claimed was checked, by what those it was for said.")

    result: str = Ask(settled=True, default="")
    organisation: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, change: Change, *rest: Any) -> Mapping[str, Any]:
        rows = BenefitAnswer.everything.filter(benefit=self.benefit, is_current=True, is_counted=True)
        said = [row.came for row in once(rows, decision.id)]
        result = fitness.came_of(
            was_measured=rest[0].found_on is not None,
            came=said.count("yes"),
            partly=said.count("partly"),
            not_=said.count("no"),
        )
        return {"result": result, "organisation": decision.organisation}

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from super().objections(decision, change, *rest)
        if change.started_on is None:
            yield "", _("It has not started.")
        if rest[-1].date() <= rest[0].answer_by:
            yield "", _("There is still time to say if it came.")

    def apply(self, decision: models.Decision, change: Change, benefit: Benefit, entry: Recorded) -> None:
        benefit.change(entry, result=self.result)


def unsettled(now: datetime) -> Iterator[SettleBenefit]:
    """Every claimed good whose time to be judged is over."""
    live = Change.everything.filter(started_on__isnull=False).values("id")
    rows = Benefit.everything.filter(result="", answer_by__lt=clock.day_of(now), of_change__in=live)
    for row in rows.order_by("answer_by", "id"):
        yield SettleBenefit(decision=row.decision, change=row.of_change, benefit=row.id)
