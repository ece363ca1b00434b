"""The gate and a person's own page say the same of what waits for them, whatever comes before and after an
answer: who typed it, who spoke, whose consent ended, what was put anew, who decides now."""

from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.db import transaction

from alongside.kernel import clock
from alongside.kernel.command import COMMANDS
from alongside.kernel.policy import Actor
from alongside.topics.decisions.guard import Said
from alongside.topics.people.models import Link
from tests.decisions import acts
from tests.proof.anything import Anything, what_is_due
from tests.proof.waiting import left_in_silence
from tests.world import Cast

pytestmark = pytest.mark.django_db
ANSWERS = "decisions.view_given decisions.declined decisions.view_confirmed decisions.told"
BEFORE_AND_AFTER = (
    "decisions.change_put decisions.option_added decisions.affected_named decisions.affected_ended"
    " decisions.change_put decisions.change_put people.consent_withdrawn people.speaker_disputed"
    " decisions.taken_up decisions.stepped_back decisions.check_asked decisions.checker_asked"
    " decisions.check_answered decisions.check_settled decisions.telling_confirmed decisions.typed_set_aside"
    " decisions.words_taken decisions.newcomer_named decisions.withdrawn decisions.said_for_them_ended"
    " people.related people.link_agreed people.link_ended people.consent_withdrawn people.speaker_disputed"
    " people.dispute_settled people.power_confirmed people.post_given people.post_ended"
    " people.placed_with_team people.typed_act_answered people.typed_set_aside people.people_merged"
)


def test_nobody_whom_a_decision_waits_for_is_left_in_silence(cast: Cast) -> None:
    met: Counter[str] = Counter()
    found: list[str] = []
    for seed in range(24):
        before = transaction.savepoint()
        with clock.at("2026-03-02"):
            found += [f"{seed}: {each}" for each in _story(Random(seed), cast, met)]
        transaction.savepoint_rollback(before)
    assert found == []
    assert {each.value for each in Said} <= set(met), "a state that is never met proves nothing of it"


def _story(chance: Random, cast: Cast, met: Counter[str]) -> list[str]:
    """One matter about somebody, and what is done in it by right and wrong hands; what came apart."""
    others_speak = chance.random() < 0.4  # they say nothing themself: an advocate does, or holds a power
    decider, person = (cast.priya, cast.lena) if others_speak else chance.choice(_lives(cast))
    anything = Anything(chance, cast)
    kind = "money" if others_speak else chance.choice(["cut", "swap"])
    anything.matters = [acts.raised(decider, person, "Something changes", kind)]
    if others_speak:
        acts.ground(anything.matters[0], decider, "attorney_or_deputy", holder=cast.victor.person)
    for _step in range(16):
        if chance.random() < 0.1:
            _one_speaks_no_longer(chance, anything, person)
        name = chance.choice((ANSWERS if chance.random() < 0.6 else BEFORE_AND_AFTER).split())
        command = anything.filled(COMMANDS[name])
        if command is None:
            continue
        by = anything.actor(command)
        if name in ANSWERS.split():
            by = chance.choice([cast.mina, cast.victor]) if others_speak else _hand(chance, cast, person)
            command = command.having({"on_behalf": None}) if "on_behalf" in command.shapes else command
        elif name == "decisions.change_put":
            by = decider
        done = anything.sent(command, by)
        if chance.random() < 0.1:
            clock.advance(days=chance.choice([1, 4, 15]))
            what_is_due(cast)
        if done is not None and (apart := left_in_silence(met)):
            return [f"after {name} by {by}: {each}" for each in apart]
    return []


def _lives(cast: Cast) -> list[tuple[Actor, Actor]]:
    """Who decides, and about whom."""
    return [(cast.ken, cast.rosa), (cast.priya, cast.lena), (cast.ken, cast.lena), (cast.june, cast.ana)]


def _one_speaks_no_longer(chance: Random, anything: Anything, person: Actor) -> None:
    """The person disputes one of those who may speak for them, or takes back what they agreed to."""
    links = list(Link.everything.filter(person=person.person, withdrawn_at=None).order_by("id"))
    if links:
        command: Any = COMMANDS[chance.choice(["people.speaker_disputed", "people.consent_withdrawn"])]
        anything.sent(command(link=chance.choice(links).id), person)


def _hand(chance: Random, cast: Cast, person: Actor) -> Actor:
    """Their own, that of somebody who typed it for them, or of one who may speak for them, or not."""
    everyone = list(cast.everyone().values())
    turn = chance.random()
    if turn < 0.2:
        return person
    if turn < 0.7:
        typist = chance.choice(everyone)
        return replace(person, typed_by=typist.person, how="paper", strong=typist.strong)
    return chance.choice([cast.mina, cast.victor, cast.victor, cast.devon, cast.sol])
