"""Whoever it is about says that something takes from them, whatever it is called; or that it is help.

Help may start without an answer. So a move could be called a start: a room in a home, from tonight. The
person, or who speaks for them, says so, and it is no help any more that may go on by itself. The person ends
that with one press. What somebody else said for them, who is no independent advocate, holds only until there
was time to ask them: nobody makes a person wait for help again and again by saying so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import Ask, At, Command, Fresh, Hand, Lazy, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open
from alongside.topics.decisions.commands.hands import not_their_word
from alongside.topics.decisions.commands.outside import is_their_own_word, typist
from alongside.topics.decisions.commands.said_to_take import (
    FOR_THEM,
    IS_HELP,
    OVER,
    TAKES_AWAY,
    holds_until,
    is_said_for_good,
    is_their_own,
    may_say_it_for_them,
    said_last,
    word_on,
)
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.commands.telling import is_typed_in_the_line
from alongside.topics.decisions.models import State
from alongside.topics.decisions.policy import the_person, their_voice
from alongside.topics.people.policy import joined_records

WHY_AGAIN = "said_to_take_away"
IN_LINE = _("You work in the line that wrote it down. Somebody else must type this.")


class SayItTakesAway(OnDecision):
    """Say that this takes something away from you, or limits you, whatever it is called."""

    records = "decisions.said_to_take_away"
    may = the_person | their_voice
    says = _("%(by)s said that this takes something away, whatever it is called.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)
    lead: ClassVar[Lazy] = _(
        "Then it cannot go on by itself. It waits for your answer, or for a legal reason that somebody "
        "outside has seen."
    )
    done: ClassVar[Lazy] = _("Thank you. Those who decide are told. It waits for your answer now.")

    step: Fresh[models.Step] = Ask(settled=True)
    review: Fresh[models.Review] = Ask(settled=True)
    due_on: date | None = Ask(settled=True)
    kind: str = Ask(settled=True, default=TAKES_AWAY)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        due_on = pack_of(decision).due("decision.ground.lapse_review_days", at.date())
        return {"due_on": due_on, "kind": TAKES_AWAY if is_said_for_good(decision, at) else FOR_THEM}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        last = said_last(decision)
        is_new = last is None or last.kind != FOR_THEM or not is_their_own(decision, at)
        if decision.is_own:
            yield "", _("This is yours alone to decide.")
        elif decision.takes_away and is_new:
            yield "", _("It is treated so already: nothing may be taken away before you answer.")
        yield from _typed_by_whom(decision, at)
        if not is_their_own(decision, at):
            yield from may_say_it_for_them(decision, at)

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        decision.change(entry, takes_away=True, may_be_unanswered=False)
        put = decision.title if self.kind == FOR_THEM else None
        _step(self, decision, entry, self.kind, put)
        if models.Review.everything.filter(decision=decision.id, why=WHY_AGAIN, done_at=None).exists():
            return
        models.Review.begin(
            entry,
            id=self.review,
            decision=decision.id,
            person=decision.person,
            why=WHY_AGAIN,
            due_on=self.due_on,
            done_at=None,
            words=None,
        )


class _HelpAgain(OnDecision):
    """It is what the rules say of its kind of change again, and needs no look at that any more."""

    step: Fresh[models.Step] = Ask(settled=True)
    takes_away: bool | None = Ask(settled=True)
    may_be_unanswered: bool | None = Ask(settled=True)
    kind: ClassVar[str]

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        item = pack_of(decision).item("decision.changes", decision.change_code)
        return {"takes_away": bool(item["taking_away"]), "may_be_unanswered": bool(item["may_be_unanswered"])}

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        last = said_last(decision)
        put = last.words if self.kind == OVER and last is not None else decision.title
        decision.change(entry, takes_away=self.takes_away, may_be_unanswered=self.may_be_unanswered)
        _step(self, decision, entry, self.kind, put)
        looks = models.Review.everything.filter(decision=decision.id, why=WHY_AGAIN, done_at=None)
        for row in list(looks.order_by("id")):
            row.change(entry, done_at=entry.at)


class SayItIsHelp(_HelpAgain):
    """Say that this takes nothing away from you. It is help."""

    records = "decisions.said_to_be_help"
    may = the_person
    says = _("%(by)s said that this takes nothing away from them.")
    says_to_you = _("You said that this takes nothing away from you.")
    assisted: ClassVar[bool] = True
    by_another: ClassVar[tuple[Hand, ...]] = (Hand.NOT_IN_LINE,)
    lead: ClassVar[Lazy] = _("Then help may start or go on at once. You can say the opposite at any time.")
    done: ClassVar[Lazy] = _("Thank you. Those who decide are told. Help may go on.")
    kind: ClassVar[str] = IS_HELP

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        last = said_last(decision)
        if last is None or last.kind not in (TAKES_AWAY, FOR_THEM):
            yield "", _("Nobody says that this takes something away.")
        elif typist(at) is not None and last.by == typist(at):
            yield "", _("You said that it takes something away. Somebody else must type this.")
        yield from _typed_by_whom(decision, at)


class EndWhatWasSaid(_HelpAgain):
    """Note that what was said for somebody holds no longer: there was time to ask them."""

    records = "decisions.said_for_them_ended"
    may = the_installation
    says = _("Somebody said for them that it takes something away. They did not say so themself in time.")
    kind: ClassVar[str] = OVER

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        last = said_last(decision)
        if last is None or last.kind != FOR_THEM or holds_until(last) > at.moment:
            yield "", _("It holds still, or it is settled.")


def _step(command: Any, decision: models.Decision, entry: Recorded, kind: str, put: Any) -> None:
    """Keep who said what, and of which words: they can be put anew."""
    models.Step.begin(
        entry, id=command.step, decision=decision.id, kind=kind, words=put, by=entry.by, at=entry.at
    )


def _typed_by_whom(decision: models.Decision, at: At) -> Iterator[Objection]:
    if is_typed_in_the_line(decision.id, at):
        yield "", IN_LINE
    elif at.by.typed_by is not None and not is_their_own_word(decision.id, at.by.person, at):
        yield "", not_their_word(decision, at)


def said_for_long_enough(now: datetime) -> Iterable[Command]:
    """What the clock brings: what was said for somebody, who had time to say so themself and did not."""
    rows = models.Step.everything.filter(kind=FOR_THEM).values("decision")
    matters = models.Decision.everything.filter(id__in=rows, state=State.OPEN, takes_away=True)
    for decision in matters.order_by("raised_at", "id"):
        last = said_last(decision)
        if last is not None and last.kind == FOR_THEM and holds_until(last) <= now:
            yield EndWhatWasSaid(decision=decision.id)


CALLED_HELP_AGAIN = _(
    "They said of this that it takes something away. Put it as what it is, and it waits for their answer. "
    "Other help may start at once, in its own words."
)


def called_help_again(person: UUID, words: Any, change: str, at: At) -> bool:
    """Whether somebody else puts in the same words, as help or as a small thing, what the person said takes
    something from them: in whatever matter it was, and whatever became of that."""
    stands, joined = joined_records(person)
    if {stands, *joined} & set(at.by.records) and at.by.typed_by is None:
        return False
    if rules.here(at.date()).item("decision.changes", change)["taking_away"]:
        return False
    last = word_on(person, str(words))
    return last is not None and _holds(last, at.moment)


def they_say_it_takes_away(decision: models.Decision, at: At) -> bool:
    """Whether the person, or who speaks for them, says so: then nobody who decides calls it help again."""
    last = said_last(decision)
    return last is not None and _holds(last, at.moment)


def _holds(last: models.Step, moment: datetime) -> bool:
    return last.kind == TAKES_AWAY or (last.kind == FOR_THEM and holds_until(last) > moment)
