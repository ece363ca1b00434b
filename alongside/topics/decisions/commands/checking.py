"""Somebody outside the line checks with a person what was typed for them. A rule says whose turn it is.

Whoever asks does not choose whom (commands/checkers.py). One is asked at a time, by a day; when it is over,
the next. The person can say it themself at any time, which ends the need. A no is kept: it opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, partial
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import Ask, At, Command, Fresh, Id, Lazy, Recorded, Sealed
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_be_open, must_belong
from alongside.topics.decisions.commands.checkers import Checkers, typed_for, unchecked_of
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.models import Became, CheckSaid, ChecksAs, State
from alongside.topics.decisions.policy import asked_in_turn, the_person, their_voice, who_decides
from alongside.topics.people.commands.asked import asked_already
from alongside.topics.people.models import is_next_ones_turn, were_enough
from alongside.topics.people.policy import joined_records

SO_THAT_ONE_CHECKS = _("So that somebody from outside checks what was typed.")
ASKED_ALREADY = _("This was asked for already. The page says who is asked, or that nobody can be yet.")
NOT_WHAT_THEY_SAID = _(
    "Somebody asked them, and it is not what they said. Ask them anew, or let them say it themself."
)


class AskForCheck(OnDecision):
    """Ask that somebody from outside checks with the person what was typed for them."""

    records = "decisions.check_wanted"
    to_oneself = {
        "title": _("Ask that somebody from outside checks with you what was typed for you"),
        "lead": _("It is whom you chose, your advocate, or whose turn it is of all who work outside."),
        "person.hint": _("Leave this blank for yourself."),
    }
    may = who_decides | the_person | their_voice
    says = _("%(by)s asked that somebody from outside checks what was typed.")
    lead: ClassVar[Lazy] = _(
        "You do not choose who. It is whom the person chose, their advocate, or whose turn it is of all who "
        "work outside."
    )
    done: ClassVar[Lazy] = _("Somebody from outside is asked, if anybody is. The page says who.")

    check: Fresh[models.Check] = Ask(settled=True)
    person: UUID | None = Ask(
        _("With whom should they check?"),
        hint=_("Leave this blank for the person it is about."),
        default=None,
    )

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        return {"person": self.person or decision.person}

    def objections(self, decision: models.Decision, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        if self.person is None:
            yield "person", _("Say with whom they should check.")
        elif not models.Affected.everything.filter(decision=decision.id, person=self.person).exists():
            yield "person", _("This does not name that person. Choose somebody it affects.")
        elif open_check(decision.id, self.person) is not None:
            yield "", ASKED_ALREADY
        elif is_not_so(decision.id, self.person, typed_for(decision.id, self.person)):
            yield "", NOT_WHAT_THEY_SAID

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        models.Check.begin(
            entry,
            id=self.check,
            decision=decision.id,
            person=self.person,
            asked_by=entry.by,
            asked_at=entry.at,
            turn=entry.id,
            became=Became.WAITS,
            settled_by=None,
            settled_at=None,
        )


class AskChecker(OnDecision):
    """Ask the one whose turn it is to check with the person what was typed for them."""

    records = "decisions.checker_asked"
    may = the_installation
    only_as_consequence = True
    says = _("The one whose turn it is was asked to check what was typed.")

    row: Fresh[models.Checker] = Ask(settled=True)
    check: Id[models.Check] = Ask(used_for=SO_THAT_ONE_CHECKS)
    checker: UUID = Ask(used_for=SO_THAT_ONE_CHECKS)
    standing: ChecksAs = Ask(used_for=SO_THAT_ONE_CHECKS)
    office: UUID | None = None
    answer_by: date | None = Ask(settled=True)

    def settle(self, decision: models.Decision, check: models.Check, at: At) -> Mapping[str, Any]:
        if not unchecked_of(decision.id, check.person, at.moment):
            return {"answer_by": None}  # nothing is typed yet: its day is counted from when it is
        return {"answer_by": days_after(at.date())}

    def objections(self, decision: models.Decision, check: models.Check, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, check=check)
        if check.became:
            yield "", _("This was settled already.")
        yield from asked_already(models.Checker.asked_of(check.id), self.checker, name="checker")

    def apply(self, decision: models.Decision, check: models.Check, entry: Recorded) -> None:
        models.Checker.make_room(check.id, entry)
        models.Checker.begin(
            entry,
            id=self.row,
            decision=decision.id,
            person=check.person,
            checker=self.checker,
            asked_by=check.asked_by,
            asked_at=entry.at,
            check_of=check.id,
            standing=self.standing,
            office=self.office,
            answer_by=self.answer_by,
            said="",
            words=None,
            said_at=None,
            ended_at=None,
        )


class AnswerCheck(OnDecision):
    """Say that it is not what they said, or that you cannot check it."""

    records = "decisions.check_answered"
    may = asked_in_turn
    says = _("%(by)s was asked to check what was typed, and did not confirm it.")
    lead: ClassVar[Lazy] = _("If you asked them and it is what they said, go back and confirm it instead.")
    seen_by_line: ClassVar[Lazy] = _("The person and those who decide read it.")

    check: Id[models.Check]
    said: CheckSaid = Ask(
        _("What came of it?"),
        hint=_("If it is not what they said, it opens nothing until they say it themself."),
        used_for=_("Nothing is decided on words that are not theirs."),
        widget="radios",
    )
    words: Sealed = Ask(
        _("What did they tell you? Or why can you not?"), used_for=_("They read it, and those who decide.")
    )

    def owner(self, name: str, things: tuple[Any, ...], at: At) -> UUID | None:
        person: UUID | None = things[1].person
        return person

    def objections(self, decision: models.Decision, check: models.Check, at: At) -> Iterator[Objection]:
        yield from must_be_open(decision)
        yield from must_belong(decision, check=check)
        mine = models.Checker.asked_now(check.id).filter(checker__in=at.by.ids)
        if check.became:
            yield "", _("This was settled already.")
        elif not mine.exists():
            yield "", _("Only whoever was asked to check this can say that.")
        elif self.said == CheckSaid.NOT_SO:
            if not unchecked_of(decision.id, check.person, at.moment):
                yield "said", _("Nothing is typed for them that waits to be checked.")
            if at.by.person is None or at.by.person not in outside_of(decision.id, at.moment):
                yield "", _("You work in the line that decides now. Somebody else must check it.")
        if not self.words:
            yield "words", _("Say it in a few words.")

    def apply(self, decision: models.Decision, check: models.Check, entry: Recorded) -> None:
        for row in list(models.Checker.asked_now(check.id).filter(checker=entry.by)):
            row.change(entry, said=self.said, words=self.words, said_at=entry.at, ended_at=entry.at)
        if self.said == CheckSaid.NOT_SO:
            settled(check, entry, Became.NOT_SO, entry.by)


class SettleCheck(OnDecision):
    """Note that what was typed for somebody was checked with them, or that they said it themself."""

    records = "decisions.check_settled"
    may = the_installation
    only_as_consequence = True
    says = _("What was typed for somebody need be checked no more.")

    check: Id[models.Check] = Ask(used_for=SO_THAT_ONE_CHECKS)
    became: Became = Ask(used_for=SO_THAT_ONE_CHECKS)
    settled_by: UUID | None = None

    @classmethod
    def sentence_of(cls, fields: Mapping[str, Any]) -> Lazy:
        return SETTLED_AS.get(str(fields.get("became")), cls.says)

    def objections(self, decision: models.Decision, check: models.Check, at: At) -> Iterator[Objection]:
        yield from must_belong(decision, check=check)

    def apply(self, decision: models.Decision, check: models.Check, entry: Recorded) -> None:
        settled(check, entry, self.became, self.settled_by)


SETTLED_AS: Mapping[str, Lazy] = {
    Became.CHECKED.value: _("Somebody from outside asked whether what was typed is right, and it is."),
    Became.THEIRS.value: _("They said it themself. Nobody need check what was typed any more."),
}


def settled(check: models.Check, entry: Recorded, became: Became, by: UUID | None) -> None:
    """For apply: it is settled, and nobody but whoever checked it sees anything by it any more."""
    check.change(entry, became=became, settled_by=by, settled_at=entry.at)
    models.Checker.let_go(check.id, entry, but=by)


def open_check(decision: UUID, person: UUID | None) -> models.Check | None:
    """That it waits to be checked what was typed for this person in this matter."""
    rows = models.Check.everything.filter(decision=decision, person=person, became="")
    return rows.order_by("asked_at", "id").last()


def is_not_so(decision: UUID, person: UUID | None, typed: Iterable[Any]) -> bool:
    """Whether somebody outside asked the person, who said of the last that was typed that it is not so."""
    no = models.Check.everything.filter(decision=decision, person=person, became=Became.NOT_SO)
    last = no.order_by("settled_at").last()
    times = [typed_at(row) for row in typed]
    return last is not None and max(times, default=last.asked_at) <= last.settled_at


def typed_at(row: Any) -> datetime:
    """When an answer, or that somebody was reached, was typed."""
    moment: datetime = getattr(row, "said_at", None) or row.reached_at
    return moment


# Whose turn it is, and when it is the next one’s ----------------------------------------------------------


def want_check(command: Any, entry: Recorded) -> Iterable[Command]:
    """For WHEN: the person chose who checks. They are asked; if somebody was asked before, they are next."""
    check = open_check(entry.thing, command.person)
    if check is None:
        decision = models.Decision.everything.get(pk=entry.thing)
        if not is_not_so(decision.id, command.person, typed_for(decision.id, command.person)):
            yield AskForCheck(decision=decision.id, person=command.person)
    elif command.checker not in models.Checker.who_was_asked(check.id):
        yield from _next(check, entry.at)


def ask_in_turn(command: Any, entry: Recorded) -> Iterable[Command]:
    """For WHEN: a check is wanted, and the one whose turn it is is asked."""
    yield from _next(models.Check.everything.get(pk=command.check), entry.at)


def ask_the_next(command: AnswerCheck, entry: Recorded) -> Iterable[Command]:
    """For WHEN: whoever was asked cannot check it, and the next one is asked."""
    if command.said == CheckSaid.CANNOT:
        yield from _next(models.Check.everything.get(pk=command.check), entry.at)


def _next(check: models.Check, moment: datetime) -> Iterator[Command]:
    asked = next_one(check, moment)
    if asked is not None:
        yield AskChecker(
            decision=check.decision,
            check=check.id,
            checker=asked.person,
            standing=asked.standing,
            office=asked.office,
        )


def next_one(check: models.Check, moment: datetime) -> Any:
    """Whose turn it is after those who were asked already, if anybody stands outside; nobody after six."""
    asked = models.Checker.who_was_asked(check.id)
    if were_enough(asked):
        return None
    person: UUID = check.person  # type: ignore[assignment]  # a check is with somebody
    decision = models.Decision.everything.get(pk=check.decision)
    return Checkers(decision, person, check.asked_by, moment).next(check.turn, asked)


def days_after(day: date) -> date:
    return rules.here(day).due("second_person.answer_days", day)


def day_of(row: models.Checker, unchecked: Iterable[Any]) -> date | None:
    """By when one who was asked is to check: counted from when there was something to check."""
    if row.answer_by is not None:
        return row.answer_by
    first = min(map(typed_at, unchecked), default=None)
    return days_after(clock.day_of(max(first, row.asked_at))) if first is not None else None


class Unchecked(Iterable[Any]):
    """What there is to check: read when somebody first looks, for most days are said already."""

    def __init__(self, check: models.Check, moment: datetime) -> None:
        self.check, self.moment = check, moment

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    @cached_property
    def _rows(self) -> list[Any]:
        return unchecked_of(self.check.decision, self.check.person, self.moment)


def due_to_check(now: datetime) -> Iterable[Command]:
    """What the clock brings: where nobody outside was asked yet, their day is over, or they stand outside no
    more, the next one is asked. Nobody is asked twice."""
    open_now = models.Decision.everything.filter(state=State.OPEN).values("id")
    today = clock.day_of(now)
    waiting = models.Check.everything.filter(became="", decision__in=open_now)
    for check in list(waiting.order_by("asked_at", "id")):
        unchecked = Unchecked(check, now)
        if is_next_ones_turn(
            models.Checker.asked_of(check.id),
            today,
            is_able=outside_of(check.decision, now).__contains__,
            day_of=partial(day_of, unchecked=unchecked),
        ):
            yield from _next(check, now)


def overdue_checks(now: datetime) -> Iterator[tuple[models.Decision, models.Check, date, tuple[UUID, ...]]]:
    """What waits longer than its day to be checked: the matter, the check, its first day, and whose turn it
    was. Where nobody stands outside it has a day too, so that whoever can name an office hears of it."""
    today = clock.day_of(now)
    open_now = models.Decision.everything.filter(state=State.OPEN).values("id")
    waiting = models.Check.everything.filter(became="", decision__in=open_now)
    checks = list(waiting.order_by("asked_at", "id"))
    their_matters = sorted({check.decision for check in checks})
    matters = {row.id: row for row in models.Decision.everything.like(id=their_matters)}
    for check in checks:
        unchecked = Unchecked(check, now)
        rows = list(models.Checker.asked_of(check.id))
        days = [day for row in rows if (day := day_of(row, unchecked)) is not None]
        if not rows and (first := min(map(typed_at, unchecked), default=None)):
            days = [days_after(clock.day_of(max(check.asked_at, first)))]
        if days and min(days) < today:
            yield matters[check.decision], check, min(days), tuple(sorted({row.checker for row in rows}))


# What came of it ------------------------------------------------------------------------------------------

ANSWERS = (
    "decisions.view_given",
    "decisions.place_view_given",
    "decisions.declined",
    "decisions.view_confirmed",
    "decisions.telling_confirmed",
    "decisions.telling_marked",
)


def settle_checks(command: Any, entry: Recorded) -> Iterable[Command]:
    """For WHEN: something was said or confirmed. Where nothing is left to check, that is noted."""
    for check in models.Check.everything.filter(decision=entry.thing, became="").order_by("asked_at", "id"):
        came = what_came_of(check, entry.at)
        if came is not None:
            became, by = came
            yield SettleCheck(decision=entry.thing, check=check.id, became=became, settled_by=by)


def what_came_of(check: models.Check, moment: datetime) -> tuple[Became, UUID | None] | None:
    """Whether the person said it themself, or somebody outside checked it; None while it waits."""
    person: UUID = check.person  # type: ignore[assignment]  # a check is with somebody
    stands, joined = joined_records(person)
    ids = {stands, *joined}
    views = models.View.everything.filter(decision=check.decision, person__in=ids, is_current=True)
    own = views.filter(typist=None, is_spoken_for=False, said_at__gte=check.asked_at)
    if own.exists() or views.filter(confirmed_by__in=ids, confirmed_at__gte=check.asked_at).exists():
        return Became.THEIRS, person
    if unchecked_of(check.decision, check.person, moment):
        return None
    for row in reversed(typed_for(check.decision, check.person)):
        when = row.confirmed_at or typed_at(row)
        if when >= check.asked_at:
            return Became.CHECKED, row.confirmed_by or row.typist
    return None


AFTER: Mapping[str, list[Callable[[Any, Recorded], Iterable[Command]]]] = {  # for WHEN
    "decisions.check_asked": [want_check],
    "decisions.check_wanted": [ask_in_turn],
    "decisions.check_answered": [ask_the_next],
    **{kind: [settle_checks] for kind in ANSWERS},
}
