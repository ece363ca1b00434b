"""Whom a decision affects, who decides it, and whom the person chose to check what was typed."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Lazy, Recorded, Ref, Sealed
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.checkers import Checkers
from alongside.topics.decisions.commands.outside import deciders_of, typist, works_for
from alongside.topics.decisions.commands.sizes import Others, are_others, groups_named, listed
from alongside.topics.decisions.commands.voices import TOGETHER, rule_of
from alongside.topics.decisions.models import Stake
from alongside.topics.decisions.policy import (
    ANOTHER_WORKER,
    duty_for_untaken,
    of_the_body,
    someone_affected,
    the_person,
    their_voice,
    their_worker,
    who_decides,
    who_raised_it,
)
from alongside.topics.people.models import Person
from alongside.topics.people.policy import managers_over, officers_of, workers_of
from alongside.topics.people.policy.deaths import has_died


class SayWhoIsAffected(OnDecision):
    """Name somebody else whom this affects."""

    records = "decisions.affected_named"
    may = who_decides | the_person | who_raised_it | their_voice
    says = _("%(by)s said whom this affects.")
    person_is_named: ClassVar[bool] = False
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)

    affected: Fresh[models.Affected] = Ask(settled=True)
    person: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Who else does this affect?"), used_for=_("They are told, and can say what they think.")
    )
    stake: Stake = Ask(
        _("What of theirs does it touch?"),
        hint=_("It waits for someone whose life, home or money it is."),
        used_for=_("It says whether the decision waits for them."),
    )
    waits: bool | None = Ask(settled=True)
    is_child: bool | None = Ask(settled=True)

    @classmethod
    def not_offered(cls, field: str, actor: Actor, given: Mapping[str, Any]) -> list[UUID]:
        """Whoever is named already; and whoever decides it, to themself."""
        decision = given.get("decision")
        if field != "person" or not decision:
            return []
        rows = models.Affected.objects.seen_by(actor).filter(decision=decision, ended_at=None)
        mine = models.Decider.everything.filter(decision=decision, person__in=actor.ids, until_at=None)
        named = rows.exclude(person=None).values_list("person", flat=True)
        return [*named, *(actor.ids if mine.exists() else ())]

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        row = Person.everything.filter(pk=self.person).first()
        return {"waits": self.stake != Stake.OTHER, "is_child": bool(row and row.is_child)}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        known = models.Affected.everything.filter(decision=decision.id, person=self.person, ended_at=None)
        if known.exists():
            yield "person", _("They are named already. Choose somebody else.")
        if has_died(self.person):
            yield "person", _("They have died. Nothing waits for them any more.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Affected.begin(
            entry,
            id=self.affected,
            decision=decision.id,
            person=self.person,
            stake=self.stake,
            waits=self.waits,
            is_child=self.is_child,
            group=None,
            size=None,
            named_by=entry.by,
            ended_at=None,
        )


class SayWhichPeople(OnDecision):
    """Say which people a decision about a service or a place affects, and how many they are."""

    records = "decisions.people_defined"
    may = who_decides | who_raised_it
    says = _("%(by)s said which people this affects.")

    affected: Fresh[models.Affected] = Ask(settled=True)
    which: Others | None = Ask(
        _("Some people are named already. Are these others?"),
        blank=_("No, they are the same people"),
        needed=_("needed, since some are named"),
        default=None,
        widget="radios",
    )
    group: Sealed = Ask(
        _("Which people does it affect?"),
        hint=_("For example: everyone who goes to the Tuesday lunch club."),
        used_for=_("Anyone can read it, and say who was left out."),
        belongs_to="thing",
    )
    size: int = Ask(
        _("How many people are they?"),
        used_for=_("We count how many of them we reached."),
        ge=1,
        le=10_000_000,
    )

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if decision.is_about_person:
            yield "", _("This is about one person. Name each person it affects.")
        if not self.group:
            yield "group", _("Say which people it affects.")
        yield from are_others(groups_named(decision.id), self.group, self.which)

    @classmethod
    def choices_within(
        cls, field: str, actor: Actor, given: Mapping[str, Any]
    ) -> Iterable[tuple[Any, Lazy]] | None:
        """Whether they are others is asked only where some are named, and says which."""
        if field != "which":
            return super().choices_within(field, actor, given)
        named = groups_named(given["decision"]) if given.get("decision") else []
        others = _("Yes, others than %(groups)s") % {"groups": listed(named)}
        return [(Others.OTHERS.value, others)] if named else []

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Affected.begin(
            entry,
            id=self.affected,
            decision=decision.id,
            person=None,
            stake=Stake.LIFE,
            waits=False,
            is_child=False,
            group=self.group,
            size=self.size,
            named_by=entry.by,
            ended_at=None,
        )


class NoLongerAffected(OnDecision):
    """Say that this does not affect somebody after all."""

    by_another: ClassVar[tuple[Hand, ...]] = (Hand.OWN_RULE,)
    records = "decisions.affected_ended"
    may = who_decides | the_person | their_voice | someone_affected
    says = _("%(by)s said that this does not affect someone after all.")

    affected: Id[models.Affected]
    words: Sealed = Ask(
        _("Why not?"), used_for=_("It is kept, so that anyone can see why."), belongs_to="thing"
    )

    def objections(self, decision: models.Decision, affected: models.Affected, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, affected=affected)
        if affected.person is None:
            yield "affected", _("This is a group of people. Correct how many they are, or name others too.")
        elif affected.person == decision.person:
            yield "affected", _("This is their life. It cannot stop being about them.")
        elif _has_died_and_they_say_so(decision, affected, at):
            pass
        elif affected.waits and (affected.person not in at.by.ids or typist(at) is not None):
            yield "affected", _("This waits for them. Only they can say that it does not touch them.")
        elif affected.person not in at.by.ids:
            yield from _not_their_own_slip(decision, affected, at)
        if not self.words:
            yield "words", _("Say why it does not affect them.")

    def apply(self, decision: models.Decision, affected: models.Affected, entry: Recorded) -> None:
        affected.change(entry, ended_at=entry.at)


def _has_died_and_they_say_so(decision: models.Decision, affected: models.Affected, at: At) -> bool:
    """Whose life a matter is knows best that somebody it waited for has died, once that is written down."""
    is_theirs = decision.person is not None and decision.person in at.by.ids and typist(at) is None
    return is_theirs and has_died(affected.person)


def _not_their_own_slip(decision: models.Decision, affected: models.Affected, at: At) -> Iterator[Objection]:
    """Those who decide take off whom they named by mistake, and nobody who was to be heard, or was."""
    deciders = deciders_of(decision.id)
    if at.by.person not in deciders:
        yield "affected", _("Only they, or those who decide, can say that. Ask them.")
    elif affected.named_by not in deciders:
        yield "affected", _("Somebody else named them. Only they can say that it does not touch them.")
    elif models.View.everything.filter(decision=decision.id, person=affected.person).exists():
        yield "affected", _("They have said what they think. Only they can say that it does not touch them.")


class TakeUp(OnDecision):
    """Say that you are one of those who decide this."""

    records = "decisions.taken_up"
    may = their_worker | of_the_body | duty_for_untaken
    says = _("%(by)s became one of those who decide this.")
    strong = True

    row: Fresh[models.Decider] = Ask(settled=True)
    office: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"office": at.by.office}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if models.Interest.everything.filter(decision=decision.id, person=at.by.person).exists():
            yield "", _("You have a stake of your own in this, and stepped back. Somebody else decides.")
        if at.by.person == decision.person:
            yield "", _("This is about your own life. You have your say already.")
        rule = rule_of(decision.id)
        if rule is not None and rule.who in TOGETHER and deciders_of(decision.id):
            yield "", _("Several people decide this together. One of them can offer you a vote.")
        if decision.change_code == ANOTHER_WORKER and is_their_worker(decision, at):
            yield "", _("They ask for another worker, and you are the worker. Somebody else decides.")
        known = models.Decider.everything.filter(decision=decision.id, person=at.by.person, until_at=None)
        if known.exists():
            yield "", _("You are one of those who decide this already.")
        elif not may_take_over(decision, at.by.person, at.moment):
            yield "", _("Somebody decides this already. They can offer you a vote, and another agrees to it.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Decider.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=entry.by,
            since_at=entry.at,
            until_at=None,
            office=self.office,
        )


def may_take_over(decision: models.Decision, who: UUID | None, moment: datetime) -> bool:
    """For a place: who may take up what somebody decides, should they fall ill. Whoever answers for
    their work; where nobody does, another who manages there. Anyone there, once they work there no more."""
    body = decision.organisation
    there = [one for one in deciders_of(decision.id) if works_for(one, body, moment)]
    if decision.person is not None or not there:
        return True
    over = set[UUID]().union(*(managers_over(one, moment) for one in there))
    return who in (over or set(officers_of(body, moment) if body else ()))


class StepBack(OnDecision):
    """Say that you no longer decide this."""

    records = "decisions.stepped_back"
    may = who_decides
    says = _("%(by)s no longer decides this.")

    row: Id[models.Decider]

    def objections(self, decision: models.Decision, row: models.Decider, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, row=row)
        if row.person != at.by.person:
            yield "row", _("Only they can step back. Ask them.")
        others = models.Decider.everything.filter(decision=decision.id, until_at=None).exclude(id=row.id)
        if not others.exists():
            yield "", _("Nobody else decides this yet. Ask someone to take it up first.")

    def apply(self, decision: models.Decision, row: models.Decider, entry: Recorded) -> None:
        row.change(entry, until_at=entry.at)


class AskToCheck(OnDecision):
    """Choose who checks with you what somebody typed for you."""

    records = "decisions.check_asked"
    may = the_person | someone_affected
    says = _("%(by)s asked a worker in another team to check what was typed.")
    lead: ClassVar[Any] = _(
        "You need not choose. If you do not, a rule says whose turn it is. Those who decide never choose."
    )

    row: Fresh[models.Checker] = Ask(settled=True)
    person: UUID | None = Ask(settled=True)
    checker: Annotated[UUID, Ref("people.Person")] = Ask(
        _("Whom do you trust to ask you?"),
        hint=_("Somebody who works for the council or another body, in another team."),
        used_for=_("They can then see what was typed, and ring you."),
        of_others=True,
    )

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"person": decision.person if decision.person in at.by.ids else at.by.person}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if typist(at) is not None:
            yield "", _("Only they themself choose that: signed in, or with a code that nobody else saw.")
        if self.person is None:
            yield "", _("Only they themself choose that.")
        elif not models.Affected.everything.filter(decision=decision.id, person=self.person).exists():
            yield "", _("This does not name you.")
        elif not Checkers(decision, self.person, self.person, at.moment).may_be_chosen(self.checker):
            yield "checker", _("They cannot check this. Choose somebody else, who works in another team.")

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Checker.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=self.person,
            checker=self.checker,
            asked_by=entry.by,
            asked_at=entry.at,
            check_of=None,
            standing="",
            office=None,
            answer_by=None,
            said="",
            words=None,
            said_at=None,
            ended_at=None,
        )


def is_their_worker(decision: models.Decision, at: At) -> bool:
    """Whether the actor is one of those who work for the person now."""
    who = at.by.person
    return decision.person is not None and who in workers_of(decision.person, at.moment)
