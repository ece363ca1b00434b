"""Any sequence of acts: only those it was made to judge a promise; answers are added; silence is not kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from alongside.kernel import clock, replay
from alongside.kernel.command import Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import (
    AnswerDate,
    ConfirmVerdict,
    HandOverPromise,
    PassOnVerdict,
    ProposeDate,
    PutPromiseRight,
    ReleaseVerdict,
    ReportProgress,
    SayWhatNow,
)
from alongside.topics.promises.models import ProposedDate, Said, Verdict, Wants
from alongside.topics.promises.policy.counting import counts_of
from tests.promises.making import judge, promised, the_promise, to_whom
from tests.world import Cast

REFUSALS = (Missing, NotAllowed, Refused)
ACTORS = ["rosa", "devon", "priya", "ken", "june", "omar", "ana", "mina", "lena", "victor", "tom", "stranger"]
actors = st.sampled_from(ACTORS)
said = st.sampled_from(list(Said))
PEOPLE = {"rosa", "ana", "lena"}
MAY_SAY = {"rosa": {"rosa"}, "ana": {"ana", "mina"}, "lena": {"lena", "mina"}}  # written from the design


class Undo(Exception):
    """Ends a run, so that the next begins with nothing written."""


class Judging(RuleBasedStateMachine):
    """Everyone tries everything on one promise to each of three people."""

    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.sitting = _sitting()
        self.sitting.__enter__()
        self.day = 0
        self.promises = {name: promised(self.cast, to=self.actor(name), by=self.cast.june) for name in PEOPLE}
        self.spoken: list[tuple[UUID, str, str, bytes | None]] = []

    def teardown(self) -> None:
        assert replay.compare().sound
        self.sitting.__exit__(None, None, None)

    def actor(self, name: str) -> Actor:
        found: Actor = getattr(self.cast, name)
        return found

    def try_it(self, command: Any, by: Actor) -> bool:
        with clock.at(
            date(2026, 4, 28 if self.day == 0 else 30).isoformat() if self.day < 2 else "2026-05-04"
        ):
            try:
                with transaction.atomic():
                    do(command, by=by)
            except REFUSALS:
                return False
        return True

    def row(self, name: str) -> UUID:
        return to_whom(self.promises[name], self.actor(name).person)

    @rule()
    def days_pass(self) -> None:
        self.day += 1

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, word=said, held=st.booleans())
    def judge_it(self, name: str, by: str, word: Said, held: bool) -> None:
        command = judge(self.promises[name], self.actor(name).person, word, is_held=held, words="So it was.")
        if self.try_it(command, self.actor(by)):
            assert by in MAY_SAY[name], f"{by} judged a promise to {name}"

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, word=said)
    def judge_it_typed_by_another(self, name: str, by: str, word: Said) -> None:
        hand = self.actor(by)
        typed = Actor(person=self.actor(name).person, typed_by=hand.person, how="phone")
        self.try_it(judge(self.promises[name], self.actor(name).person, word), typed)

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, word=said)
    def pass_it_on(self, name: str, by: str, word: Said) -> None:
        command = PassOnVerdict(
            promise=self.promises[name], made_to=self.row(name), spoken_on=date(2026, 4, 1), said=word
        )
        self.try_it(command, self.actor(by))

    @precondition(lambda self: Verdict.everything.exists())
    @rule(by=actors, which=st.integers(0, 50), release=st.booleans())
    def confirm_or_release(self, by: str, which: int, release: bool) -> None:
        rows = list(Verdict.everything.order_by("made_by", "id"))
        row = rows[which % len(rows)]
        kind = ReleaseVerdict if release else ConfirmVerdict
        self.try_it(kind(promise=row.promise, verdict=row.id), self.actor(by))

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, percent=st.sampled_from([0, 50, 100]))
    def report(self, name: str, by: str, percent: int) -> None:
        self.try_it(ReportProgress(promise=self.promises[name], percent=percent), self.actor(by))

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, to=actors)
    def hand_over(self, name: str, by: str, to: str) -> None:
        owner = self.actor(to).person
        assert owner is not None
        self.try_it(HandOverPromise(promise=self.promises[name], owned_by=owner, why="So."), self.actor(by))

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors)
    def change_the_words(self, name: str, by: str) -> None:
        self.try_it(PutPromiseRight(promise=self.promises[name], what="Less.", why="So."), self.actor(by))

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, wants=st.sampled_from(list(Wants)))
    def want(self, name: str, by: str, wants: Wants) -> None:
        command = SayWhatNow(promise=self.promises[name], made_to=self.row(name), wants=wants)
        if wants != Wants.NEW_DECISION and self.try_it(command, self.actor(by)):
            assert by in MAY_SAY[name]

    @rule(name=st.sampled_from(sorted(PEOPLE)), by=actors, yes=st.booleans(), ask=st.booleans())
    def another_day(self, name: str, by: str, yes: bool, ask: bool) -> None:
        promise = self.promises[name]
        before = the_promise(promise).due_on
        waiting = ProposedDate.everything.filter(promise=promise, state="waiting").first()
        if ask or waiting is None:
            self.try_it(ProposeDate(promise=promise, due_on=date(2026, 7, 1), why="So."), self.actor(by))
        else:
            answer = AnswerDate(promise=promise, proposal=waiting.id, made_to=self.row(name), agrees=yes)
            if self.try_it(answer, self.actor(by)):
                assert by in MAY_SAY[name]
        if the_promise(promise).due_on != before:
            assert yes and by in MAY_SAY[name], "a day changed without those it was made to"

    @invariant()
    def answers_are_only_added(self) -> None:
        rows = Verdict.everything.order_by("promise", "place")
        now = [
            (row.id, row.said, row.through, None if row.words is None else bytes(row.words)) for row in rows
        ]
        known = {one[0]: one for one in now}
        assert all(known.get(before[0]) == before for before in self.spoken)
        self.spoken = now

    @invariant()
    def everyone_is_counted_once_and_silence_is_no_answer(self) -> None:
        for name, promise in self.promises.items():
            found = counts_of([promise])[promise]
            assert found.of == 1
            counting = list(Verdict.everything.filter(promise=promise, counts=True))
            assert len(counting) == found.answered <= 1
            for row in counting:
                assert row.person == self.actor(name).person
                assert not row.is_held
                assert row.confirmed_on is not None or not row.needs_confirming
                self._came_from_somebody_who_may_say(name, row)

    def _came_from_somebody_who_may_say(self, name: str, row: Verdict) -> None:
        """Their own word, a speaker's, or what a worker outside the owner's line wrote or confirmed."""
        by = next(one for one in ACTORS if self.actor(one).person == row.by)
        if row.through == "spoken":
            assert by not in {"victor", "devon", "stranger", "tom", "rosa", "lena", "ana"} or row.confirmed_on
        else:
            assert by in MAY_SAY[name]


@contextmanager
def _sitting() -> Iterator[None]:
    """Everything that is written in here is undone at the end."""
    try:
        with transaction.atomic():
            yield
            raise Undo
    except Undo:
        return


def test_any_order_of_acts_leaves_the_verdict_with_those_it_was_made_to(cast: Cast) -> None:
    Judging.cast = cast
    run_state_machine_as_test(
        Judging,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),  # to shrink a sequence takes longer than to read it
            suppress_health_check=list(HealthCheck),
        ),
    )


pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")
