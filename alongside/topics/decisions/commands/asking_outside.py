"""Somebody outside the line that decided is asked to answer a challenge: one after the other, by a day.

A rule says whose turn it is (commands/answerers.py). Where nobody stands outside, whoever says that it is
wrong can choose an office that the body has named. Those who decided are not told who is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, reading, rules
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Ref
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.answerers import Answerers
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.outside import typist
from alongside.topics.decisions.models import ChecksAs
from alongside.topics.decisions.policy import (
    anyone_here,
    asked_to_answer,
    someone_affected,
    the_person,
    their_voice,
)
from alongside.topics.people.commands.asked import (
    SAY_SO_AT_ONCE,
    THE_NEXT_IS_ASKED,
    asked_already,
    told_to_read,
)
from alongside.topics.people.models import is_next_ones_turn, were_enough

SO_THAT_ONE_ANSWERS = _("So that somebody from outside answers.")
ANSWERED = _("This was answered already.")


class AskToAnswer(OnDecision):
    """Ask the one whose turn it is to answer somebody who says that this decision is wrong."""

    records = "decisions.answerer_asked"
    may = the_installation
    only_as_consequence = True
    says = _("Somebody from outside was asked to answer whether the decision was wrong.")

    row: Fresh[models.ChallengeAsked] = Ask(settled=True)
    challenge: Id[models.Challenge] = Ask(used_for=SO_THAT_ONE_ANSWERS)
    answerer: UUID = Ask(used_for=SO_THAT_ONE_ANSWERS)
    standing: ChecksAs = Ask(used_for=SO_THAT_ONE_ANSWERS)
    office: UUID | None = None
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, challenge: models.Challenge, at: At) -> Mapping[str, Any]:
        return {"answer_by": half_of_what_is_left(challenge, at.date())}

    def objections(
        self, decision: models.Decision, challenge: models.Challenge, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, challenge=challenge)
        if challenge.answered_at is not None:
            yield "", ANSWERED
        asked = models.ChallengeAsked.asked_of(challenge.id)
        yield from asked_already(asked, self.answerer, name="answerer")

    def apply(self, decision: models.Decision, challenge: models.Challenge, entry: Recorded) -> None:
        models.ChallengeAsked.make_room(challenge.id, entry)
        models.ChallengeAsked.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=challenge.person,
            challenge=challenge.id,
            asked=self.answerer,
            standing=self.standing,
            office=self.office,
            asked_at=entry.at,
            answer_by=self.answer_by,
            ended_at=None,
        )

    def leaves(
        self, decision: models.Decision, challenge: models.Challenge, entry: Recorded
    ) -> Iterable[Any]:
        yield told_to_read(self.answerer, f"/decisions/{decision.id}/afterwards", matter=decision.id)


class CannotAnswer(OnDecision):
    """Say that you cannot answer this. The next one is asked."""

    records = "decisions.answer_passed_on"
    may = asked_to_answer
    says = _("Somebody from outside said that they cannot answer whether the decision was wrong.")
    strong = True
    lead: ClassVar[Lazy] = SAY_SO_AT_ONCE
    done: ClassVar[Lazy] = THE_NEXT_IS_ASKED

    challenge: Id[models.Challenge]

    def objections(
        self, decision: models.Decision, challenge: models.Challenge, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, challenge=challenge)
        if challenge.answered_at is not None:
            yield "", ANSWERED
        elif not models.ChallengeAsked.asked_now(challenge.id).filter(asked__in=at.by.ids).exists():
            yield "challenge", _("We could not find that. Please choose again.")

    def apply(self, decision: models.Decision, challenge: models.Challenge, entry: Recorded) -> None:
        models.ChallengeAsked.pass_on(challenge.id, entry)


class ChooseWhoAnswers(OnDecision):
    """Choose the office that answers you."""

    records = "decisions.answerer_chosen"
    may = the_person | someone_affected | their_voice | anyone_here
    may_be_anonymous: ClassVar[bool] = True
    says = _("%(by)s chose the office that answers whether the decision was wrong.")
    lead: ClassVar[Lazy] = _(
        "The body named it. Whoever holds it reads what you wrote. You need not choose: you can go on to "
        "others, as the page says."
    )

    challenge: Id[models.Challenge]
    office: Annotated[UUID, Ref("people.Office")] = Ask(
        _("Which office?"), used_for=_("Whoever holds it reads what you wrote, and answers you.")
    )
    answerer: UUID | None = Ask(settled=True)

    def settle(self, decision: models.Decision, challenge: models.Challenge, at: At) -> Mapping[str, Any]:
        could = Answerers(decision, challenge, at.moment).to_choose()
        return {"answerer": next((who for office, who in could if office == self.office), None)}

    def objections(
        self, decision: models.Decision, challenge: models.Challenge, at: At
    ) -> Iterator[Objection]:
        yield from must_belong(decision, challenge=challenge)
        if typist(at) is not None:
            yield "", _("Only they themself choose that: signed in, or with a code that nobody else saw.")
        elif {challenge.person, challenge.made_by_person}.isdisjoint(at.by.ids):
            yield "challenge", _("We could not find that. Please choose again.")
        elif {challenge.person, challenge.made_by_person}.isdisjoint(at.by.records) and not at.unnamed:
            yield "", _("You said it without your name. Choose that you do this without it too.")
        elif challenge.answered_at is not None:
            yield "", ANSWERED
        elif who_answers(Answerers(decision, challenge, at.moment)):
            yield "", _("Somebody from outside is asked already. The page says who.")
        elif self.answerer is None:
            yield "office", _("This office cannot answer you. Choose one that the page names.")

    def apply(self, decision: models.Decision, challenge: models.Challenge, entry: Recorded) -> None:
        """It follows that they are asked."""


def half_of_what_is_left(challenge: models.Challenge, day: date) -> date:
    """By when one who is asked is to answer: so that the next one has time too."""
    left = (challenge.answer_by - day).days
    if left > 1:
        return day + timedelta(days=left // 2)
    return rules.here(day).due("second_person.answer_days", day)


def who_answers(could: Answerers) -> list[models.ChallengeAsked]:
    """Who is asked now, and stands outside still."""
    still = models.ChallengeAsked.asked_now(could.challenge.id)
    return [row for row in still if could.may_answer(row.asked)]


# Who is asked, and when the next one is -------------------------------------------------------------------


def ask_somebody(command: Any, entry: Recorded) -> Iterable[Command]:
    """For WHEN: somebody says that it is wrong, or whoever was asked cannot answer, and the next is asked."""
    challenge = models.Challenge.everything.get(pk=command.challenge)
    decision = models.Decision.everything.get(pk=challenge.decision)
    yield from _next(Answerers(decision, challenge, entry.at), turn=entry.id)


def ask_whom_they_chose(command: ChooseWhoAnswers, entry: Recorded) -> Iterable[Command]:
    """For WHEN: they chose an office, and its holder is asked."""
    if command.answerer is not None:
        yield AskToAnswer(
            decision=entry.thing,
            challenge=command.challenge,
            answerer=command.answerer,
            standing=ChecksAs.WISH,
            office=command.office,
        )


def _next(could: Answerers, *, turn: UUID) -> Iterator[Command]:
    challenge = could.challenge
    before = models.ChallengeAsked.who_was_asked(challenge.id)
    found = None if were_enough(before) else could.next(turn, before)
    if found is not None:
        yield AskToAnswer(
            decision=challenge.decision,
            challenge=challenge.id,
            answerer=found.person,
            standing=found.standing,
            office=found.office,
        )


def _entry_of(challenge: models.Challenge) -> UUID:
    """The entry that said it is wrong: its id is made at the door, and nobody chooses it."""
    said = reading.history(challenge.decision, ["decisions.challenged"])
    mine = (line.recorded.id for line in said if line.fields.get("challenge") == str(challenge.id))
    return next(mine, challenge.id)


def waiting() -> Iterator[tuple[models.Decision, models.Challenge]]:
    """Every challenge that waits for an answer, with its matter, the longest ago first."""
    rows = list(models.Challenge.everything.filter(answered_at=None).order_by("made_at", "id"))
    matters = models.Decision.everything.in_bulk({row.decision for row in rows})
    for row in rows:
        yield matters[row.decision], row


def due_to_answer(now: datetime) -> Iterable[Command]:
    """What the clock brings: where nobody outside is asked, or their day is over, the next one is asked.
    Nobody is asked twice, and after six nobody more: that it waits is told to the next one up."""
    today = clock.day_of(now)
    for decision, challenge in waiting():
        could = Answerers(decision, challenge, now)
        asked = models.ChallengeAsked.asked_of(challenge.id)
        if is_next_ones_turn(asked, today, is_able=could.may_answer):
            yield from _next(could, turn=_entry_of(challenge))


def overdue(now: datetime) -> Iterator[tuple[models.Decision, models.Challenge, date, tuple[UUID, ...]]]:
    """What waits longer than its day: the matter, the challenge, its day, and whose turn it was."""
    for decision, challenge in waiting():
        if challenge.answer_by < clock.day_of(now):
            asked = models.ChallengeAsked.who_was_asked(challenge.id)
            yield decision, challenge, challenge.answer_by, tuple(sorted(asked))


AFTER: Mapping[str, list[Callable[[Any, Recorded], Iterable[Command]]]] = {  # for WHEN
    "decisions.challenged": [ask_somebody],
    "decisions.answer_passed_on": [ask_somebody],
    "decisions.answerer_chosen": [ask_whom_they_chose],
}
