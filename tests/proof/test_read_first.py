"""Whoever looks, in any order: no words are public unread, and the body alone buries none that others showed.

Judged from the ledger's own lines and from what a visitor sees, without the rule that decides it.
"""

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from alongside.kernel import clock, replay
from alongside.kernel.command import NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import changing
from tests.proof.laws import Line, lines
from tests.world import Cast

pytestmark = pytest.mark.django_db
ROUNDS, STEPS, LONGEST = 6, 30, 4  # two working days are four at most, over a weekend
DAYS = (0, 0, 0, 1, 2, 3, 7)
REASONS = ("names_someone", "one_life", "danger", "abuse")
SHOWS = "decisions.problem_words_shown"


@dataclass(frozen=True)
class Seen:
    """Whether a visitor could read the words at the end of a day, after so many lines."""

    on: date
    after: int
    is_shown: bool


def broken(whole: list[Line], seen: list[Seen], *, writer: str, outside: set[str]) -> list[str]:
    """Every law that was broken. `outside` are those who look for a user-led organisation."""
    found = [f"{line.number}: the writer looked" for line in whole if line.by == writer]
    hidden: set[date] = set()
    for one in seen:
        before = [line for line in whole if line.number <= one.after]
        if one.is_shown and not any(_shows(line) for line in before):
            found.append(f"{one.on}: they were public, and nobody had read them")
        by_others = [line for line in before if line.by in outside]
        if by_others and _shows(by_others[-1]) and not one.is_shown:
            hidden.add(one.on)
        if by_others and not _shows(by_others[-1]):
            hidden = set()  # somebody outside agreed: what the body hides from then on is counted anew
        if hidden and (max(hidden) - min(hidden)).days > LONGEST:
            found.append(f"{one.on}: the body alone hid them from {min(hidden)}")
    return found


def _shows(line: Line) -> bool:
    return line.kind == SHOWS or line.fields.get("is_shown") is True


class Looks:
    """Anybody looks at the words of one problem and of one judgement, mostly those who may."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, Random(seed)
        raise_it = commands.RaiseProblem(
            what="place", organisation=cast.council, where="The hall", words="He shouts at us."
        )
        self.problem = do(raise_it, by=cast.rosa).thing
        self.change = changing.proposed(cast, changing.hall(cast))
        changing.asked(cast, self.change)
        changing.judges(self.change, cast.rosa, "against", words="He shouts.", may_be_read=True)
        self.said = models.Judgement.everything.get(of_change=self.change.id).id
        self.seen: dict[UUID, list[Seen]] = {self.problem: [], self.said: []}

    def run(self) -> None:
        for _step in range(STEPS):
            clock.advance(days=self.chance.choice(DAYS))
            by = self.chance.choice([self.cast.ken, self.cast.june, self.cast.ana, self.cast.omar])
            by = self.chance.choice([by, by, by, self.cast.rosa, self.cast.stranger])
            for command in (self._of_the_problem(), self._of_the_judgement()):
                try:
                    do(command, by=replace(by, strong=True))
                except (Refused, NotAllowed, LookupError):
                    continue
            self._note()

    def _of_the_problem(self) -> Any:
        if self.chance.random() < 0.4:
            return commands.ShowWords(problem=self.problem)
        return commands.HoldWords(problem=self.problem, reason=self.chance.choice(REASONS))

    def _of_the_judgement(self) -> Any:
        shows = self.chance.random() < 0.4
        given = {"judgement": self.said, "is_shown": shows}
        if not shows:
            given["reason"] = self.chance.choice(REASONS)
        return commands.LookAtSaid(decision=self.change.decision, **given)

    def _note(self) -> None:
        last, today, nobody = lines()[-1].number, clock.today(), Actor()
        words = models.ProblemWords.objects.seen_by(nobody).filter(problem=self.problem)
        self.seen[self.problem].append(Seen(today, last, words.exists()))
        said = models.Judgement.objects.seen_by(nobody).filter(id=self.said)
        self.seen[self.said].append(Seen(today, last, said.exists()))


def test_whoever_looks_in_any_order_nothing_is_public_unread_and_the_body_alone_buries_nothing(
    cast: Cast,
) -> None:
    shown = hidden = 0
    for seed in range(ROUNDS):
        before = transaction.savepoint()
        with clock.at("2026-03-02"):
            looks = Looks(cast, seed)
            looks.run()
            whole = lines()
            kinds = {
                looks.problem: [line for line in whole if line.kind.startswith("decisions.problem_words_")],
                looks.said: [line for line in whole if line.kind == "decisions.said_looked_at"],
            }
            assert cast.rosa.person is not None and cast.ana.person is not None
            for pk, of_it in kinds.items():
                writer, outside = cast.rosa.person.hex, {cast.ana.person.hex}
                found = broken(of_it, looks.seen[pk], writer=writer, outside=outside)
                assert found == [], f"seed {seed}"
                shown += sum(one.is_shown for one in looks.seen[pk])
                hidden += sum(not one.is_shown for one in looks.seen[pk])
            assert replay.compare().problems == []
        transaction.savepoint_rollback(before)
    assert shown > 40 and hidden > 40  # both came often enough to judge by


def test_the_judge_of_this_test_sees_words_that_were_public_unread_or_buried() -> None:
    unread = [Seen(date(2026, 3, 2), 0, is_shown=True)]
    assert "nobody had read them" in broken([], unread, writer="w", outside={"a"})[0]


def test_the_judge_of_this_test_sees_words_that_the_body_buried(cast: Cast) -> None:
    """The very lines that were possible before: shown outside, and hidden again by the body for good."""
    with clock.at("2026-03-02"):
        raise_it = commands.RaiseProblem(
            what="place", organisation=cast.council, where="The hall", words="It is shut."
        )
        problem = do(raise_it, by=cast.rosa).thing
        do(commands.ShowWords(problem=problem), by=cast.ana)
        whole = [line for line in lines() if line.kind == SHOWS]
    assert cast.ana.person is not None
    days = [Seen(date(2026, 3, day), whole[-1].number, is_shown=False) for day in (3, 9)]
    found = broken(whole, days, writer="w", outside={cast.ana.person.hex})
    assert found == ["2026-03-09: the body alone hid them from 2026-03-03"]
