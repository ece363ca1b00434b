"""Over any sequence of what the cast could send, the laws hold, and the tables are what the ledger says."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from random import Random
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from alongside.kernel import clock, replay
from alongside.kernel.command import Command
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions.models import Decision, Ground, State, View
from tests.decisions import acts
from tests.proof.anything import Anything, what_is_due
from tests.proof.kinds import kinds
from tests.proof.laws import Laws, lines
from tests.proof.waiting import left_in_silence
from tests.world import Cast, named

pytestmark = pytest.mark.django_db
THOROUGH = int(os.environ.get("ALONGSIDE_THOROUGH", "1"))

LINES_OF_WORK = {
    "ken": {"priya", "june"},
    "priya": {"ken", "june"},
    "june": {"ken", "priya", "omar", "dee"},
    "omar": {"june"},
    "dee": {"june"},
}


class Sequences(RuleBasedStateMachine):
    """The cast, on one day and those that follow. Everything is undone at the end of each sequence."""

    cast: Cast
    moving = False
    seen: ClassVar[Counter[str]] = Counter()  # what was done in all sequences together
    met: ClassVar[Counter[str]] = Counter()  # of whom it was asked whether they are left in silence

    def __init__(self) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.opened.enter_context(clock.at("2026-03-02"))
        self.before = transaction.savepoint()
        self.steps = 0
        self.actors: dict[UUID, Actor] = {}
        self.anything = Anything(Random(0), self.cast)

    @initialize()
    def three_matters(self) -> None:
        cast = self.cast
        place = decisions.RaiseAboutPlace(organisation=cast.council, what="Shut the hall", change="end")
        self.anything.matters = [
            acts.raised(cast.ken, cast.rosa),
            acts.raised(cast.priya, cast.lena, "Move Lena to a home", "move"),
            do(place, by=cast.june).thing,
        ]

    def _try(self, command: Any, by: Actor | None = None) -> None:
        made = self.anything.filled(command)
        if made is None:
            return
        actor = by or self.anything.actor(made)
        done = self.anything.sent(made, actor)
        if done is not None:
            self.actors[done.entry] = actor

    def _begin(self, seed: int) -> Random:
        """One source of chance for this step, another than that of any other step."""
        self.steps += 1
        self.anything.chance = Random(f"{seed} {self.steps}")
        return self.anything.chance

    @rule(seed=st.integers(0, 2**32))
    def people_do_things(self, seed: int) -> None:
        chance = self._begin(seed)
        for _turn in range(5):
            self._try(chance.choice(kinds(moving=self.moving)))

    @rule(seed=st.integers(0, 2**32))
    def ken_tries_everything(self, seed: int) -> None:
        chance = self._begin(seed)
        for _turn in range(5):
            self._try(chance.choice(kinds(moving=False)), self.cast.ken)

    @rule(seed=st.integers(0, 2**32), steps=st.integers(0, 31))
    def most_of_the_way(self, seed: int, steps: int) -> None:
        """Some of the steps towards a decision, by the right hands or others, and then a try to decide."""
        chance = self._begin(seed)
        decider, person = chance.choice([(self.cast.ken, self.cast.rosa), (self.cast.priya, self.cast.lena)])
        change = chance.choice(["cut", "end", "move", "increase", "swap"])
        before = self.anything.matters
        self.anything.matters = [acts.raised(decider, person, "Something changes", change)]
        wanted: list[tuple[Any, Actor]] = [
            (decisions.Tell, decider),
            (chance.choice([decisions.GiveView, decisions.Decline]), person),
            (decisions.ConfirmView, chance.choice([person, self.cast.mina])),
            (decisions.ReplyToView, decider),
            (decisions.RecordGround, decider),
        ]
        for bit, (command, by) in enumerate(wanted):
            if steps >> bit & 1:
                for _turn in range(2):
                    self._try(command, by if chance.random() < 0.7 else None)
        for _turn in range(2):
            self._try(decisions.Decide, decider)
        self.anything.matters = [*before[-6:], *self.anything.matters]

    @rule(seed=st.integers(0, 2**32), code=st.sampled_from(["best_interests", "serious_harm"]))
    def ken_wants_her_moved(self, seed: int, code: str) -> None:
        """A legal reason, what it needs, whoever looks at it, what changes after, and tries to decide."""
        chance, cast = self._begin(seed), self.cast
        by = chance.choice([cast.ken, cast.priya])
        matter = acts.raised(by, cast.lena, "Lena moves", chance.choice(["move", "swap"]))
        for each in ("least_restrictive", "involved_anyway"):
            safe = decisions.RecordSafeguard(decision=matter, code=each, words="As it says.")
            self._send(safe, by)
        reason = decisions.RecordGround(decision=matter, code=code, evidence=acts.evidence(code))
        self._send(reason, by)
        for _turn in range(chance.choice([1, 2, 4])):
            self._one_step(chance, matter, by)
            self._send(decisions.Decide(decision=matter, outcome="agreed", reasons="So it is."), by)
            if chance.random() < 0.3:
                clock.advance(days=1)
                what_is_due(cast)

    def _one_step(self, chance: Random, matter: UUID, by: Actor) -> None:
        ground = Ground.everything.filter(decision=matter).order_by("-made_by").first()
        if ground is None:
            return
        cast, part = self.cast, {"decision": matter, "ground": ground.id}
        evidence = acts.evidence(ground.code)
        looker = chance.choice([cast.mina, cast.mina, cast.dee, cast.june, cast.priya, cast.victor])
        said = chance.choice(["seen", "seen", "seen", "no"])
        steps: list[tuple[Command, Actor]] = [
            (decisions.LookAtGround(**part, said=said, how="saw", words=acts.SAW), looker),
            (decisions.LookAtGround(**part, said=said, how="saw", words=acts.SAW), looker),
            (decisions.RenewGround(**part, evidence=evidence), by),
            (decisions.EndGround(**part), by),
            (decisions.SayWhatMayChange(decision=matter, what="Lena moves far", change="move"), by),
            (decisions.RecordGround(decision=matter, code=ground.code, evidence=evidence), by),
            (decisions.TakeUp(decision=matter), chance.choice([cast.priya, cast.june, cast.dee])),
        ]
        self._send(*chance.choice(steps))

    def _send(self, command: Command, by: Actor) -> None:
        done = self.anything.sent(command, by)
        if done is not None:
            self.actors[done.entry] = by

    @rule(days=st.sampled_from([1, 4, 15, 40]))
    def time_passes(self, days: int) -> None:
        clock.advance(days=days)
        what_is_due(self.cast)

    def teardown(self) -> None:
        try:
            self._holds()
        finally:
            transaction.savepoint_rollback(self.before)
            self.opened.close()

    def _holds(self) -> None:
        whole = lines()
        type(self).seen += Counter(line.kind for line in whole)
        assert replay.verify().problems == []
        assert replay.compare().problems == []
        assert left_in_silence(type(self).met) == []
        everyone = {name: actor.person for name, actor in self.cast.everyone().items() if actor.person}
        colleagues = {
            everyone[name].hex: {everyone[other].hex for other in others}
            for name, others in LINES_OF_WORK.items()
        }
        typed = {entry.hex for entry, actor in self.actors.items() if actor.way == "cli"}
        if not self.moving:
            assert Laws(whole, colleagues, typed).broken() == []


class Anybody(Sequences):
    """The same, and people are moved, joined and erased too: the record still accounts for every row."""

    moving = True


@pytest.fixture
def ground(cast: Cast) -> Iterator[Cast]:
    Sequences.cast = cast
    yield cast


def run(machine: type[Sequences], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples * THOROUGH,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            verbosity=Verbosity.normal,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_whatever_the_cast_does_no_law_is_broken(ground: Cast) -> None:
    Sequences.seen = Counter()
    for examples in (12, 24, 48):  # ids are random: now and then few of the sequences come to a decision
        run(Sequences, examples=examples, steps=25)
        if min(Sequences.seen["decisions.decided"], Sequences.seen["decisions.ground_looked_at"]) >= 4:
            break
    assert Sequences.seen["decisions.decided"] >= 4, "laws about decisions that are hardly made prove nothing"
    assert len(Sequences.seen) > 40
    assert Sequences.seen["decisions.ground_looked_at"] >= 4, "nobody looked: this proves nothing of it"


def test_whatever_anybody_does_the_tables_are_what_the_ledger_says(ground: Cast) -> None:
    Anybody.seen = Counter()
    for examples in (
        4,
        8,
        16,
    ):  # ids are random: now and then somebody is erased or dies early, and little follows
        run(Anybody, examples=examples, steps=25)
        if len(Anybody.seen) > 30:
            break
    assert len(Anybody.seen) > 30


def test_a_broken_law_is_seen_by_the_judge_of_these_tests(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        decision = acts.raised(cast.ken, cast.rosa)
        acts.sent(decision, cast.ken)
        acts.said(decision, cast.rosa)
        acts.replied(decision, cast.ken, acts.latest(View, decision).id)
        acts.decided(decision, cast.ken)
    whole = lines()
    assert Decision.everything.get(id=decision).state == State.DECIDED
    assert Laws(whole, {}).broken() == []
    for kind in ("decisions.view_given", "decisions.replied"):
        assert Laws([line for line in whole if line.kind != kind], {}).broken() != [], kind
    typed = [
        replace(line, typed_by=named("priya").hex) if line.kind == "decisions.view_given" else line
        for line in whole
    ]
    assert Laws(typed, {named("ken").hex: {named("priya").hex}}).broken() != []


def test_a_ground_that_nobody_outside_saw_is_seen_by_the_judge_of_these_tests(cast: Cast) -> None:
    with clock.at("2026-03-02"):
        first, second = (acts.raised(cast.ken, cast.lena, "Lena moves", "move") for _each in range(2))
        for matter, code in ((first, "best_interests"), (second, "serious_harm")):
            ground = acts.ground(matter, cast.ken, code)
            acts.safeguard(matter, cast.ken, "least_restrictive", "involved_anyway")
            if matter == first:
                acts.looked(ground, cast.mina)
            acts.decided(matter, cast.ken)
        clock.advance(days=2)
        what_is_due(cast)
    whole = lines()
    assert Laws(whole, {}).broken() == []
    without = [line for line in whole if line.kind != "decisions.ground_looked_at"]
    assert any("neither heard nor covered" in each for each in Laws(without, {}).broken())
    line = {named("ken").hex: {named("mina").hex}}
    assert any("neither heard nor covered" in each for each in Laws(whole, line).broken())
    held = [replace(line, fields={**line.fields, "reopens": False}) for line in whole]
    assert any("is in force" in each for each in Laws(held, {}).broken())
