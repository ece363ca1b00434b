"""No command, import or sequence starts or extends a change past the judgement of those it affects."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from alongside.kernel import clock, replay
from alongside.kernel.command import COMMANDS, Command
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands as decisions
from alongside.topics.decisions.models import Change
from tests.decisions import changing
from tests.decisions.by_lot import asks, those, tied
from tests.proof import changes, gate_laws
from tests.proof.anything import Anything, what_is_due
from tests.proof.laws import lines
from tests.world import Cast

pytestmark = pytest.mark.django_db
OURS = {kind for part in changes.POWERS.values() for kind in part.split()}
DAYS = (0, 0, 1, 15, 29, 60)
ROUNDS, STEPS = 14, 70


@pytest.fixture(autouse=True)
def on_a_day_in_march() -> Any:
    with clock.at("2026-03-02"):
        yield


def test_every_kind_of_change_and_problem_comes_into_the_record_and_breaks_no_law(cast: Cast) -> None:
    changes.every_kind(cast)
    whole = lines()
    assert {line.kind for line in whole} >= OURS
    assert gate_laws.broken(whole) == []
    assert replay.verify().problems == []
    assert replay.compare().problems == []


def test_the_judge_of_these_tests_sees_a_gate_that_was_jumped(cast: Cast) -> None:
    changing.running(cast)
    whole = lines()
    assert gate_laws.broken(whole) == []
    for kind in ("decisions.change_judged", "decisions.judgement_asked"):
        assert gate_laws.broken([line for line in whole if line.kind != kind]) != [], kind
    early = [
        replace(line, day=clock.day_of(clock.moment_of("2026-03-03T10:00:00+00:00")))
        if line.kind == "decisions.change_started"
        else line
        for line in whole
    ]
    assert gate_laws.broken(early) != []


def test_the_judge_of_these_tests_counts_those_drawn_and_sees_a_second_draw(cast: Cast) -> None:
    change = changing.proposed(cast, changing.hall(cast, size=200))
    tied(cast, change)
    asks(cast, change)
    drawn, others = (those(changing.again(change), are_drawn=each) for each in (True, False))
    for by in drawn[:20]:
        changing.judges(changing.again(change), by)
    for by in others[:20]:
        changing.judges(changing.again(change), by)
    clock.advance(days=29)
    changing.started(cast, change)
    whole = lines()
    assert gate_laws.broken(whole) == []
    fewer = {by.person.hex for by in drawn[:1] if by.person}
    judged = [line for line in whole if line.kind == "decisions.change_judged"]
    assert gate_laws.broken([line for line in whole if line not in judged or line.by not in fewer]) != []
    asked = next(line for line in whole if line.kind == "decisions.group_asked_to_judge")
    again = replace(asked, number=len(whole) + 1, fields={**asked.fields, "seed": "ab" * 32})
    assert any("a second time" in each for each in gate_laws.broken([*whole, again]))


def test_only_the_two_gates_set_a_change_running() -> None:
    """Whoever adds another way must come here and say why."""
    sets = [
        kind
        for kind, command in COMMANDS.items()
        if kind.startswith("decisions.") and "through" in command.apply.__code__.co_names
    ]
    assert sorted(sets) == ["decisions.change_goes_on", "decisions.change_started"]
    writers = [
        name for name, code in _code().items() if "ChangeState.RUNNING,\n" in code and "change(" in code
    ]
    assert writers == ["going"]


def _code() -> dict[str, str]:
    place = Path(decisions.__file__).parent
    return {path.stem: path.read_text(encoding="utf-8") for path in place.glob("*.py")}


class Tries:
    """Anybody does anything to one place's changes, mostly by hands that may."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, Random(seed)
        self.anything = Anything(self.chance, cast)
        self.kinds = sorted(OURS - {"decisions.permission_lapsed", "decisions.benefit_settled"})

    def run(self, decision: UUID) -> None:
        self.anything.matters = [decision]
        changing.proposed(self.cast, decision, self.chance.choice(["service", "front_door"]))
        for _step in range(STEPS):
            days = self.chance.choice(DAYS)
            if days and self.chance.random() < 0.3:
                clock.advance(days=days)
                if self.chance.random() < 0.7:
                    what_is_due(self.cast)
            self._one()

    def _one(self) -> None:
        change = Change.everything.order_by("-made_by").first()
        assert change is not None
        if self.chance.random() < 0.06:
            self._most_of_the_way(change)
            return
        if self.chance.random() < 0.35:
            by = self.chance.choice([self.cast.rosa, self.cast.devon, self.cast.lena, self.cast.stranger])
            judged = self.chance.choice(["for", "for", "for", "against"])
            part = {"decision": change.decision, "change": change.id}
            self.anything.sent(decisions.JudgeChange(**part, judged=judged, standing="uses"), by)
            return
        if self.chance.random() < 0.5:
            self._towards(change)
            return
        made = self.anything.filled(COMMANDS[self.chance.choice(self.kinds)])
        if made is not None:
            self.anything.sent(made, self.anything.actor(made))

    def _most_of_the_way(self, change: Change) -> None:
        """All that a gate asks, but now and then for one thing; and then a try to go through it."""
        part = {"decision": change.decision, "change": change.id}
        if change.review_on is not None and change.state == "running":
            early = self.chance.choice([40, 40, -2])
            clock.advance(days=max(0, (change.review_on - clock.today()).days - early))
            what_is_due(self.cast)
        left = {"left": 0, "left_asked": 0} if self.chance.random() < 0.8 else {}
        self.anything.sent(decisions.AskToJudge(**part, reached=change.size - 1, **left), self.cast.june)
        for by in (self.cast.rosa, self.cast.devon, self.cast.lena, self.cast.stranger):
            if self.chance.random() < 0.9:
                judged = self.chance.choice(["for", "for", "for", "against"])
                self.anything.sent(decisions.JudgeChange(**part, judged=judged, standing="uses"), by)
        clock.advance(days=self.chance.choice([3, 29, 29]))
        what_is_due(self.cast)
        for command in (decisions.StartChange(**part), decisions.GoOn(**part)):
            self.anything.sent(command, self.cast.june)

    def _towards(self, change: Change) -> None:
        """What those who decide would try next, in time or not."""
        part = {"decision": change.decision, "change": change.id}
        day = clock.today().replace(day=28)
        over: dict[str, Any] = {"passed_over": "We must.", "look_again_on": day}
        given = over if self.chance.random() < 0.3 else {}
        wanted: list[Command] = [
            decisions.AskToJudge(**part, reached=change.size - 1, left=0, left_asked=0),
            decisions.StartChange(**part, **given),
            decisions.GoOn(**part, **given),
            decisions.ReportChange(**part, words="It goes well."),
            decisions.ProposeChange(
                decision=change.decision,
                kind="service",
                name="Next",
                plan="More of it.",
                run_by=self.cast.provider,
                follows=change.id,
            ),
        ]
        by: Actor = self.cast.june if self.chance.random() < 0.9 else self.cast.ken
        self.anything.sent(self.chance.choice(wanted), by)


@pytest.mark.slow
def test_whatever_is_tried_no_change_gets_past_those_it_affects(cast: Cast) -> None:
    seen: Counter[str] = Counter()
    for seed in range(ROUNDS):
        before = transaction.savepoint()
        with clock.at("2026-03-02"):
            change, size = Random(seed).choice(
                [("start", 4), ("cut", 5)]
            )  # of fewer, each cut waits for each
            decision = changing.hall(cast, change=change, size=size)
            Tries(cast, seed).run(decision)
            whole = lines()
            assert gate_laws.broken(whole) == [], f"seed {seed}"
            assert replay.compare().problems == []
            seen += Counter(line.kind for line in whole)
        transaction.savepoint_rollback(before)
    for kind in ("change_started", "change_goes_on", "permission_lapsed", "change_reported"):
        assert seen[f"decisions.{kind}"] >= 1, f"{kind} never came about: this proves nothing"
