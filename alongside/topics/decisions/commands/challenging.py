"""Challenge a decision: somebody who did not decide it answers, by a day. Upheld, it is open again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Fresh, Hand, Id, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.answerers import Answerers, had_a_part
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.outside import typist
from alongside.topics.decisions.commands.reopening import open_again
from alongside.topics.decisions.commands.telling import later_answer_day
from alongside.topics.decisions.models import State
from alongside.topics.decisions.policy import (
    anyone_here,
    asked_to_answer,
    someone_affected,
    the_person,
    their_voice,
)
from alongside.topics.people.policy import standings


class Finding(TextChoices):
    """What came of a challenge."""

    UPHELD = "upheld", _("They are right. This is opened again.")
    NOT_UPHELD = "not_upheld", _("The decision stands")


def spoken_for(decision: models.Decision, at: At) -> UUID | None:
    """For whom somebody speaks in this; None for themself."""
    if decision.person is None or decision.person in at.by.ids:
        return None
    named = models.Affected.everything.filter(decision=decision.id, person__in=at.by.ids, ended_at=None)
    return None if named.exists() else decision.person


def may_speak(decision: models.Decision, at: At) -> Iterator[Objection]:
    """Whoever speaks for the person must be one whom nobody disputes now."""
    person = spoken_for(decision, at)
    if person is None:
        return
    who = at.by.person
    if who is None or not any(one.speaks for one in standings(who, person, at.moment)):
        yield "", _("You may not speak for them in this now. Ask them to say it themself.")


def next_places(day: date) -> str:
    """Where somebody can go when we do not agree, by the rules of this place: codes, apart by commas."""
    pack = rules.here(day)
    return ",".join(pack.codes("complaint.ombudsman")) if "complaint.ombudsman" in pack else ""


class ChallengeIt(OnDecision):
    """Say that this decision is wrong."""

    records = "decisions.challenged"
    may = the_person | someone_affected | their_voice | anyone_here
    says = _("%(by)s said that this decision is wrong.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.THEIRS,)
    may_be_anonymous: ClassVar[bool] = True
    lead = _(
        "Somebody from outside will answer you: not whoever decided, nor their boss or "
        "team. Nothing you have now is made less."
    )

    challenge: Fresh[models.Challenge] = Ask(settled=True)
    wrong: Sealed = Ask(_("What is wrong with it?"), used_for=_("Whoever answers you looks into it."))
    wants: Sealed = Ask(_("What do you want instead?"), used_for=_("Whoever answers you looks into it."))
    on_behalf: UUID | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)
    typed: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        by = rules.here(at.date()).due("decision.challenge.answer_days", at.date())
        return {"answer_by": by, "typed": typist(at), "on_behalf": spoken_for(decision, at)}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        return self.on_behalf

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from may_speak(decision, at)
        if decision.is_own:
            yield "", _("This was theirs alone to decide. They can decide it anew.")
        elif decision.state != State.DECIDED:
            yield "", _("This is not decided. Say what you think, and it must be answered.")
        if not self.wrong:
            yield "wrong", _("Say what is wrong with it.")
        if not self.wants:
            yield "wants", _("Say what you want instead. A few words are enough.")
        mine = models.Challenge.everything.filter(
            decision=decision.id, made_by_person__in=at.by.ids, answered_at=None
        )
        if at.by.ids and mine.exists():
            yield ("", _("You have said this already, and it will be answered."))

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Challenge.begin(
            entry,
            id=self.challenge,
            decision=decision.id,
            person=self.on_behalf or entry.by,
            made_by_person=entry.by,
            wrong=self.wrong,
            wants=self.wants,
            made_at=entry.at,
            answer_by=self.answer_by,
            typist=self.typed,
            answered_by=None,
            answered_at=None,
            upheld=None,
            reasons=None,
            go_next="",
            taken="",
        )


def decided_it(decision: models.Decision, who: UUID | None) -> bool:
    """Whether somebody had a part in deciding this: a seat at any time, a voice, or the last word."""
    return who is None or who in had_a_part(decision)


class AnswerChallenge(OnDecision):
    """Answer somebody who says that this decision is wrong."""

    records = "decisions.challenge_answered"
    may = asked_to_answer
    says = _("%(by)s answered whether the decision was wrong.")
    strong = True

    challenge: Id[models.Challenge]
    finding: Finding = Ask(
        _("What do you find?"), used_for=_("If they are right, it opens again."), widget="radios"
    )
    reasons: Sealed = Ask(_("Why?"), used_for=_("They read it."))
    earlier: Fresh[models.Earlier] = Ask(settled=True)
    number: int | None = Ask(settled=True)
    shape: int | None = Ask(settled=True)
    answer_by: date | None = Ask(settled=True)
    go_next: str = Ask(settled=True, default="")

    def settle(self, decision: models.Decision, challenge: models.Challenge, at: At) -> Mapping[str, Any]:
        before = models.Earlier.everything.filter(decision=decision.id).count()
        found: dict[str, Any] = {"number": before + 1, "shape": decision.shape + 1}
        found["answer_by"] = None if decision.is_about_person else later_answer_day(decision, at)
        upheld = self.finding == Finding.UPHELD
        return found | {"go_next": "" if upheld else next_places(at.date())}

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(
        self, decision: models.Decision, challenge: models.Challenge, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, challenge=challenge)
        if not models.Challenge.objects.seen_by(at.by, at.moment).filter(id=challenge.id).exists():
            yield "challenge", _("We could not find that. Please choose again.")
        if challenge.answered_at is not None:
            yield "challenge", _("This was answered already.")
        if decided_it(decision, at.by.person):
            yield "", _("You had a part in deciding this. Somebody who did not must answer.")
        elif not {challenge.person, challenge.made_by_person}.isdisjoint(at.by.ids):
            yield "", _("You said it yourself. Somebody else must answer.")
        elif at.by.person is None or not Answerers(decision, challenge, at.moment).may_answer(at.by.person):
            yield "", _("You stand in the line that decided now, or near to them. Somebody else must answer.")
        if at.by.typed_by is not None:
            yield "", _("Nobody can answer this for somebody else.")
        if not self.reasons:
            yield "reasons", _("Write why.")

    def apply(self, decision: models.Decision, challenge: models.Challenge, entry: Recorded) -> None:
        upheld = self.finding == Finding.UPHELD
        challenge.change(
            entry,
            answered_by=entry.by,
            answered_at=entry.at,
            upheld=upheld,
            reasons=self.reasons,
            go_next=self.go_next,
        )
        models.ChallengeAsked.let_go(challenge.id, entry, but=entry.by)
        if upheld and decision.state == State.DECIDED:
            open_again(
                decision,
                entry,
                earlier=self.earlier,
                number=self.number,
                challenge=challenge.id,
                shape=self.shape,
                change_shape=self.shape,
                answer_by=self.answer_by,
            )


class MissChallenge(OnDecision):
    """Note that a challenge was not answered in time. Whoever made it can go on to others."""

    records = "decisions.challenge_missed"
    may = the_installation
    says = _("A challenge was not answered in time. Whoever made it can go to others now.")

    challenge: Id[models.Challenge] = Ask(_("Which challenge?"), used_for=_("It says which one is late."))
    go_next: str = Ask(settled=True, default="")

    def settle(self, decision: models.Decision, challenge: models.Challenge, at: At) -> Mapping[str, Any]:
        return {"go_next": next_places(at.date())}

    def objections(
        self, decision: models.Decision, challenge: models.Challenge, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, challenge=challenge)
        if challenge.answered_at is not None or challenge.answer_by >= at.date() or challenge.go_next:
            yield "challenge", _("It was answered, or there is still time.")

    def apply(self, decision: models.Decision, challenge: models.Challenge, entry: Recorded) -> None:
        challenge.change(entry, go_next=self.go_next)
