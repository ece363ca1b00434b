"""Whatever anybody sends about being heard, in any order: the laws of voice hold, and the tables follow."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.db import transaction

from alongside.kernel import clock, replay
from alongside.kernel.command import COMMANDS
from tests.proof import voice_laws
from tests.proof.anything import Anything, commands, what_is_due
from tests.proof.laws import Line, lines
from tests.world import Cast

pytestmark = pytest.mark.django_db
DAYS = (0, 0, 1, 5, 20, 45)
ROUNDS, STEPS = 8, 110
FIRST = ("hearing_asked", "spoken_up", "feedback_given", "resolution_passed", "question_asked")
MUST_COME = (
    *FIRST,
    "hearing_offered",
    "offer_answered",
    "hearing_refused",
    "hearing_withdrawn",
    "hearing_told",
    "feedback_replied",
    "resolution_revised",
    "speak_up_answered",
)


@pytest.fixture(autouse=True)
def on_a_day_in_march() -> Any:
    with clock.at("2026-03-02"):
        yield


def people(cast: Cast) -> set[str]:
    return {actor.person.hex for actor in cast.everyone().values() if actor.person is not None}


class Speaks:
    """Anybody does anything that this room knows, mostly by hands that may."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance = cast, Random(seed)
        self.anything = Anything(self.chance, cast)
        self.kinds = [one.records for one in commands() if one.records.startswith("voice.")]

    def run(self) -> None:
        for kind in FIRST * 2:
            self._send(f"voice.{kind}")
        for _step in range(STEPS):
            if self.chance.random() < 0.15:
                clock.advance(days=self.chance.choice(DAYS))
                what_is_due(self.cast)
            self._send(self.chance.choice(self.kinds))

    def _send(self, kind: str) -> None:
        for _try in range(3):
            made = self.anything.filled(COMMANDS[kind])
            if made is not None and self.anything.sent(made, self.anything.actor(made)) is not None:
                return


TOLD: dict[int, list[Line]] = {}  # what was sent in each round, and came into the record


def told(cast: Cast, seed: int) -> list[Line]:
    """One round, in which the laws hold and the tables follow: told once for all who judge it."""
    if seed not in TOLD:
        before = transaction.savepoint()
        with clock.at("2026-03-02"):
            Speaks(cast, seed).run()
            whole = lines()
            assert voice_laws.broken(whole, people(cast)) == [], f"seed {seed}"
            assert replay.verify().problems == []
            assert replay.compare().problems == []
        transaction.savepoint_rollback(before)
        TOLD[seed] = whole
    return TOLD[seed]


@pytest.mark.slow
def test_whatever_is_sent_nobody_answers_for_those_who_asked_and_no_writer_is_named(cast: Cast) -> None:
    seen: Counter[str] = Counter()
    for seed in range(ROUNDS):
        seen += Counter(line.kind for line in told(cast, seed))
    never = [kind for kind in MUST_COME if not seen[f"voice.{kind}"]]
    assert never == [], f"{never} never came about: this proves nothing"


@pytest.mark.sqlite  # what is judged are lines, read already
def test_the_judge_of_these_tests_sees_each_law_broken(cast: Cast) -> None:
    ids = people(cast)
    assert cast.boyd.person is not None
    other = cast.boyd.person.hex
    whole = [line for seed in range(ROUNDS) for line in told(cast, seed)]
    assert voice_laws.broken(whole, ids) == []
    for kind in (*voice_laws.OF_THOSE_WHO_ASKED, *voice_laws.OF_A_WRITER):
        changed = [replace(line, by=other) if line.kind == kind else line for line in whole]
        if changed != whole:
            assert voice_laws.broken(changed, ids) != [], kind
    mute = [replace(line, fields={}) if line.kind == "voice.hearing_refused" else line for line in whole]
    assert voice_laws.broken(mute, ids) != []
    for kind in ("voice.feedback_replied", "voice.hearing_offered"):
        left = [line for line in whole if line.kind != kind]
        judged = {"voice.feedback_replied": "voice.feedback_judged"}.get(kind, "voice.offer_answered")
        if any(line.kind == judged for line in whole):
            assert voice_laws.broken(left, ids) != [], kind
