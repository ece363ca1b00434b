"""By whose hand: every command, by every way in, sent through the door where its own hand would be let in."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from django.db import transaction

from alongside.kernel import clock, door
from alongside.kernel.actor import AT_KEYS
from alongside.kernel.command import AsWhat, Command, Missing, NotAllowed, Refused
from alongside.kernel.hands import BY_ONE_S_OWN_HAND, NOBODY_WE_KNOW
from alongside.kernel.now import now_tables
from alongside.kernel.policy import Actor
from alongside.kernel.submission import Submission
from tests.ledgers.rare import rare_acts
from tests.proof.anything import Anything, may
from tests.proof.by_hand import WAYS, by_hand, declared, text
from tests.proof.hands import TEXT
from tests.proof.last_acts import last_acts
from tests.proof.story import story
from tests.proof.strong import silent
from tests.world import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DONE = "done"
TRIES = 30


@dataclass
class Outcome:
    """What the door said: that it was done, or why not; and what the rows it wrote say of themselves."""

    said: str
    flags: set[str] = field(default_factory=set)


@dataclass
class Ways:
    """Stands where a writer of the process stands: sees what comes to the door, and lets it pass."""

    cast: Cast
    found: dict[str, list[str]] = field(default_factory=dict)  # what differs from what is declared, by kind
    refused: set[str] = field(default_factory=set)  # for their hand, beside other reasons

    def __call__(self, submission: Submission) -> None:
        command, by = submission.command, submission.by
        is_own = not by.installation and not by.typed_by and by.way in ("page", "code")
        if command.records in self.found or not is_own:
            return
        strong = replace(by, strong=True)
        if sent(command, strong, submission.anonymous).said == DONE:
            self.found[command.records] = list(differs(command, strong, submission.anonymous, self.cast))

    def seldom(self, anything: Anything) -> None:
        """What the story never comes to, by chance: let in, or refused for its hand beside all else."""
        for command in by_hand():
            for _try in range(TRIES):
                made = anything.filled(command) if command.records not in self.found else None
                if made is not None:
                    self._by_chance(made)

    def _by_chance(self, made: Command) -> None:
        for by in self.cast.everyone().values():
            strong = replace(by, strong=True)
            if not may(made, strong):
                continue
            if sent(made, strong).said == DONE:
                self.found[made.records] = list(differs(made, strong, False, self.cast))
                return
            hands = [replace(strong, way=way) for way in AT_KEYS]
            if all(str(NOBODY_WE_KNOW) in sent(made, hand).said for hand in hands):
                self.refused.add(made.records)
                return


def sent(command: Command, by: Actor, anonymous: bool = False) -> Outcome:
    """Send it, look what came of it, and let it not have happened."""
    with transaction.atomic():
        try:
            [done] = door.carry_out([Submission(command, by, None, anonymous)])
            is_asked = command.at_the_keys in (AsWhat.WAITS, AsWhat.UNCOUNTED)
            number = done.recorded.number if done.recorded else 0
            found = Outcome(DONE, flags_of(number) if is_asked else set())
        except (Refused, NotAllowed, Missing) as no:
            found = Outcome(str(no) or "missing")
        transaction.set_rollback(True)
    return found


def flags_of(number: int) -> set[str]:
    """What stands on the rows that an entry wrote, of whether it counts."""
    rows: list[Any] = [row for model in now_tables() for row in model.everything.filter(made_by=number)]
    found = set()
    for row in rows:
        unsure = getattr(row, "typist", None) is not None or getattr(row, "typed", None) is not None
        if getattr(row, "needs_confirming", False) or (unsure and not getattr(row, "is_trusted", True)):
            found.add("waits")
        if getattr(row, "is_counted", None) is False:
            found.add("uncounted")
        if getattr(row, "counts", False) or getattr(row, "is_counted", False):
            found.add("counts")
    return found


def differs(command: Command, by: Actor, anonymous: bool, cast: Cast) -> Iterator[str]:
    """Where what happens is not what is declared."""
    said = declared(type(command))
    own = sent(command, replace(by, strong=False), anonymous)
    for_others = "sign in with your passkey" in own.said  # on another’s record; on their own it is taken
    if (own.said == DONE) != (said["own"] == "yes") and not (said["own"] == "yes" and for_others):
        yield f"own: {own.said}"
    for name, way in WAYS.items():
        yield from _unknown(name, said[name], sent(command, replace(by, way=way), anonymous))
    for typist in (cast.ken, cast.omar, cast.mina):
        hand = replace(by, typed_by=typist.person, how="paper")
        found = sent(command, hand, anonymous).said
        if said["typed"] == "no" and found == DONE:
            yield "typed: it is taken"
        elif said["typed"] != "no" and str(BY_ONE_S_OWN_HAND) in found:
            yield "typed: it is refused by the door"


TAKEN = {one.value for one in AsWhat}


def _unknown(name: str, as_what: str, found: Outcome) -> Iterator[str]:
    shut = any(str(one) in found.said for one in (NOBODY_WE_KNOW, BY_ONE_S_OWN_HAND))
    wrong = found.said == DONE or not shut if as_what == "no" else as_what in TAKEN and found.said != DONE
    if wrong or (as_what != "no" and name != "seen code" and shut):
        yield f"{name}: {found.said}"
    if as_what == AsWhat.WAITS.value and ("waits" not in found.flags or "counts" in found.flags):
        yield f"{name}: it does not wait: {found.flags}"
    if as_what == AsWhat.UNCOUNTED.value and "uncounted" not in found.flags:
        yield f"{name}: it is counted: {found.flags}"


@pytest.fixture
def ways(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ways]:
    ways = Ways(cast)
    monkeypatch.setattr(door, "through_writer", ways)
    with clock.at("2026-03-02"):
        yield ways


def test_every_act_is_taken_by_the_hands_it_declares_and_by_no_other(ways: Ways, cast: Cast) -> None:
    for _state in story(cast):
        pass
    rare_acts(cast)
    ways.seldom(Anything(Random(3), cast))
    last_acts(cast)
    wrong = [f"{kind} {one}" for kind, found in sorted(ways.found.items()) for one in found]
    assert wrong == []
    never = {command.records for command in by_hand()} - set(ways.found) - ways.refused
    assert never == set(), "nobody sends these here: do them in tests/proof/last_acts.py"
    left = sorted(ways.refused - set(ways.found))
    assert not left, f"let each in by its own hand, in last_acts.py: {left}"
    assert silent(cast) == [], "whoever changes another’s record must have signed in strongly: not_strong(…)"


def test_the_table_of_hands_is_the_one_that_was_read() -> None:
    if os.environ.get("WRITE_HANDS"):
        TEXT.write_text(text(), encoding="utf-8")
    written = TEXT.read_text(encoding="utf-8") if TEXT.exists() else ""
    assert text() == written, "python -m tests.proof.hands --write, and read what changed"
