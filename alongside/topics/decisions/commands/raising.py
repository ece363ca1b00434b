"""How a matter is raised, and what is put to people: what may change, and which ways it could go."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Code, Command, Fresh, Hand, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor, signed_in
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_live, whose
from alongside.topics.decisions.commands.beginning import (
    opened,
    settled_change,
    settled_person,
    the_one_it_is_about,
)
from alongside.topics.decisions.commands.outside import typist
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.commands.taking import (
    CALLED_HELP_AGAIN,
    called_help_again,
    they_say_it_takes_away,
)
from alongside.topics.decisions.models import About
from alongside.topics.decisions.policy import (
    ANOTHER_WORKER,
    in_their_life,
    someone_affected,
    the_person,
    their_voice,
    themself,
    who_decides,
    who_raised_it,
    works_with_them,
)
from alongside.topics.people.models import HoldBack
from alongside.topics.people.policy import organisations_of, those_in_whose_life, workers_of

_USED_TO_SAY = _("The people it is about read this.")
_OF_YOU = {
    "change.used_for": _("It says how you are protected."),
    "is_own.label": _("I decide this myself. I only want it written down."),
}


class RaiseDecision(Command):
    """Say what needs deciding in somebody’s life."""

    records = "decisions.raised"
    to_oneself = _OF_YOU
    may = themself | in_their_life | works_with_them
    says = _("%(by)s raised this.")
    page: ClassVar[str] = "decisions:decision"
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    decision: Fresh[models.Decision] = Ask(settled=True)
    affected: Fresh[models.Affected] = Ask(settled=True)
    decider_row: Fresh[models.Decider] = Ask(settled=True)
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Whose life is it about?"), used_for=_("The decision waits for this person.")
    )
    what: Sealed = Ask(
        _("What needs deciding?"),
        hint=_("One sentence. For example: change my morning help from 7 days to 5."),
        used_for=_USED_TO_SAY,
        belongs_to="person",
        widget="line",
    )
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of change is it?"), used_for=_("It says how the person is protected.")
    )
    why: Sealed = Ask(_("Why?"), default="")
    is_own: bool = Ask(_("They decide this themself. It is only written down."), default=False, widget="tick")
    takes_away: bool | None = Ask(settled=True)
    may_be_unanswered: bool | None = Ask(settled=True)
    rules_version: str | None = Ask(settled=True)
    decider: UUID | None = Ask(settled=True)
    is_child: bool | None = Ask(settled=True)
    organisation: UUID | None = Ask(settled=True)
    from_promise: UUID | None = Ask(settled=True)  # a promise to them that was not kept

    @classmethod
    def choices_within(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> Any:
        """Themself, those in whose life they are and those they work with: not who works with them."""
        if field != "person":
            return super().choices_within(field, actor, given)
        return those_in_whose_life(actor)

    def settle(self, at: At) -> Mapping[str, Any]:
        return settled_change(self.change, at) | settled_person(self.person, at, self.change)

    def objections(self, at: At) -> Iterator[Objection]:
        yield from must_live(self.person)
        if not self.what:
            yield "what", _("Say in one sentence what needs deciding.")
        elif called_help_again(self.person, self.what, self.change, at):
            yield "change", CALLED_HELP_AGAIN
        if self.is_own and at.by.person != self.person:
            yield "is_own", _("Only the person can decide this alone. Leave this blank.")
        if self.change == ANOTHER_WORKER and self.why:
            yield "why", _("The worker could read this. Leave it blank, and say why in your answer.")

    def about(self, at: At) -> UUID | None:
        return self.person

    def apply(self, entry: Recorded) -> None:
        opened(
            self,
            entry,
            about=About.PERSON,
            person=self.person,
            organisation=self.organisation,
            is_own=self.is_own,
            why=self.why,
        )
        the_one_it_is_about(self, entry)


class RaiseAboutPlace(Command):
    """Say what needs deciding about a service or a place."""

    records = "decisions.place_raised"
    may = signed_in
    says = _("%(by)s raised this.")
    page: ClassVar[str] = "decisions:decision"
    may_be_anonymous: ClassVar[bool] = True
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    decision: Fresh[models.Decision] = Ask(settled=True)
    decider_row: Fresh[models.Decider] = Ask(settled=True)
    organisation: Annotated[UUID, Ref("people.Organisation")] = Ask(
        _("Who would decide it?"), used_for=_("Those who answer for it there find it on their page.")
    )
    what: Sealed = Ask(
        _("What needs deciding?"),
        hint=_("Name no person."),
        used_for=_("Anyone can read this."),
        belongs_to="thing",
        widget="line",
    )
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of change is it?"), used_for=_("It says how people are protected.")
    )
    why: Sealed = Ask(_("Why?"), hint=_("Anyone can read this. Name no person."), default="")
    problem: Annotated[UUID, Ref("decisions.Problem")] | None = Ask(
        _("Does it come from a problem that people raised?"), default=None
    )
    from_change: Annotated[UUID, Ref("decisions.Change")] | None = Ask(settled=True)
    from_promise: UUID | None = Ask(settled=True)  # a promise to somebody that was not kept
    origin: Fresh[models.Origin] = Ask(settled=True)
    raised_on: date | None = Ask(settled=True)
    takes_away: bool | None = Ask(settled=True)
    may_be_unanswered: bool | None = Ask(settled=True)
    rules_version: str | None = Ask(settled=True)
    decider: UUID | None = Ask(settled=True)

    def settle(self, at: At) -> Mapping[str, Any]:
        by = at.by.person
        works_there = by is not None and at.by.strong and self.organisation in organisations_of(by, at.moment)
        works_there = works_there and not at.unnamed  # whoever decides is shown: then it would have a name
        return settled_change(self.change, at) | {
            "decider": by if works_there else None,
            "raised_on": at.date(),
        }

    def objections(self, at: At) -> Iterator[Objection]:
        if not self.what:
            yield "what", _("Say in one sentence what needs deciding.")

    def apply(self, entry: Recorded) -> None:
        opened(self, entry, about=About.PLACE, organisation=self.organisation, why=self.why)
        if self.problem is not None or self.from_change is not None:
            models.Origin.begin(
                entry,
                id=self.origin,
                decision=self.decision,
                problem=self.problem,
                from_change=self.from_change,
                option=None,
                on_day=self.raised_on,
                ended_on=None,
                ended_as="",
            )


# What is put to people ----------------------------------------------------------------------------


class SayWhatMayChange(OnDecision):
    """Put what may change in other words. People are asked about it again."""

    records = "decisions.change_put"
    to_oneself = _OF_YOU
    may = who_decides | who_raised_it
    says = _("%(by)s changed what is proposed.")

    what: Sealed = Ask(_("What may change?"), used_for=_USED_TO_SAY, widget="line")
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of change is it?"), used_for=_("It says how the person is protected.")
    )
    why: Sealed = Ask(_("Why?"), default="")
    takes_away: bool | None = Ask(settled=True)
    may_be_unanswered: bool | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        item = pack_of(decision).item("decision.changes", self.change)
        found = {
            "takes_away": bool(item["taking_away"]),
            "may_be_unanswered": bool(item["may_be_unanswered"]),
        }
        return found | {"shape": decision.shape + 1}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things) if name == "what" else None

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from self._of_the_worker(decision, at)
        if self.takes_away and decision.person is not None and _waits_in_secret(decision):
            yield "change", _("This is held back from the person. Nothing can be taken away in it.")
        if not self.takes_away and decision.person not in at.by.ids and they_say_it_takes_away(decision, at):
            yield "change", _("They say that it takes something away. Put it as what it is.")
        if not self.what:
            yield "what", _("Say in one sentence what may change.")

    def _of_the_worker(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        """Having another worker is never for the worker, and stays what the person asked for."""
        was, becomes = decision.change_code == ANOTHER_WORKER, self.change == ANOTHER_WORKER
        if not (was or becomes) or decision.person is None:
            return
        workers = set(workers_of(decision.person, at.moment))
        if was and {at.by.person, typist(at)} & workers:
            yield "", _("They ask for another worker, and you are the worker. Somebody else does this.")
        elif was and not becomes and decision.person not in at.by.ids:
            yield "change", _("They ask for another worker. Only they can make something else of it.")
        elif becomes and not was:
            yield "change", _("Raise it as a decision of its own. Then the worker does not decide it.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(
            entry,
            title=self.what,
            why=self.why,
            change_code=self.change,
            takes_away=self.takes_away,
            may_be_unanswered=self.may_be_unanswered,
            shape=self.shape,
            change_shape=self.shape,
        )


class AddOption(OnDecision):
    """Add a way this could go."""

    records = "decisions.option_added"
    to_oneself = _OF_YOU
    may = who_decides | the_person | someone_affected | their_voice | who_raised_it
    says = _("%(by)s added a way this could go.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    option: Fresh[models.Option] = Ask(settled=True)
    name: Sealed = Ask(_("What is wanted, in a few words?"), used_for=_USED_TO_SAY, widget="line")
    change: Annotated[str, Code("decision.changes")] = Ask(
        _("What kind of change is it?"), used_for=_("It says how the person is protected.")
    )
    words: Sealed = Ask(_("What would happen?"), default="")
    tasks: Sealed = Ask(
        _("What would have to be done for it, and by whom?"),
        hint=_("One thing on each line. For example: the library puts in a desk by May."),
        default="",
    )
    risk: Sealed = Ask(_("What could go wrong?"), default="")
    risk_to: Sealed = Ask(_("For whom, and who carries that?"), default="", widget="line")
    forgone: Sealed = Ask(_("What good would be lost?"), default="")
    takes_away: bool | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)
    number: int | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        item = pack_of(decision).item("decision.changes", self.change)
        before = models.Option.everything.filter(decision=decision.id).count()
        found = {"takes_away": bool(item["taking_away"]), "shape": decision.shape + 1}
        return found | {"number": before + 1, "typed": typist(at)}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return whose(things)

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if not self.name:
            yield "name", _("Give this way a short name.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Option.begin(
            entry,
            id=self.option,
            decision=decision.id,
            number=self.number,
            name=self.name,
            words=self.words,
            change_code=self.change,
            takes_away=self.takes_away,
            risk=self.risk,
            risk_to=self.risk_to,
            forgone=self.forgone,
            tasks=self.tasks,
            proposed_by=self.typed or entry.by,  # typed for somebody, it is not known to be theirs
            shape=self.shape,
            taken="",
        )
        decision.change(entry, shape=self.shape)


def _waits_in_secret(decision: models.Decision) -> bool:
    """Whether this matter is held back from its own person, or somebody asked that it is."""
    return HoldBack.everything.filter(thing=decision.id, held_from=decision.person, lifted_at=None).exists()
