"""What is done without a name bears none: not the person, not their office, nor what follows from it."""

from collections.abc import Iterator
from random import Random
from uuid import UUID

import pytest

from alongside.kernel import clock, ledger
from alongside.kernel.command import COMMANDS, Command, Missing, NotAllowed, Refused
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.decisions import changing
from tests.proof.anything import Anything
from tests.world import Cast

pytestmark = pytest.mark.django_db
TRIES = 12
UNNAMED = sorted(
    kind
    for kind, command in COMMANDS.items()
    if (command.may_be_anonymous or command.under_a_pseudonym) and not kind.startswith("toy.")
)
SELDOM = {  # chance does not come to them here: their own rooms' tests do, and what they settle is read below
    "decisions.answerer_chosen",  # tests/decisions/test_who_answers.py
    "decisions.benefit_judged",
    "decisions.fitness_tried",
    "decisions.joint_rewritten",
    "decisions.lot_left",
    "voice.resolution_quoted",  # tests/voice/test_quotes.py
    "voice.spoken_up",
    "voice.retaliation_reported",
    "voice.speak_up_added",
    "voice.speak_up_judged",
}


@pytest.fixture(autouse=True)
def on_a_day() -> Iterator[None]:
    with clock.at("2026-03-02"):
        yield


def everything_since(number: int) -> str:
    return "\n".join(row.header for row in ledger.entries() if row.number > number)


def last() -> int:
    return max(row.number for row in ledger.entries())


def who_it_was(by: Actor) -> list[str]:
    ids = [one for one in (by.person, by.office) if one is not None]
    return [text for one in ids for text in (one.hex, str(one))]


def places(cast: Cast) -> list[UUID]:
    """A matter with a change that people judge, and an open one with ways and a position to sign."""
    change = changing.proposed(cast, changing.hall(cast))
    changing.asked(cast, change)
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    hall = do(place, by=cast.june).thing
    do(commands.AddOption(decision=hall, name="On Mondays", change="start"), by=cast.june)
    do(commands.BringEvidence(decision=hall, kind="counts", words="Forty came.", how_many=40), by=cast.lena)
    do(commands.BeginJoint(decision=hall, name="Keep it", words="Keep it open."), by=cast.ana)
    return [change.decision, hall]


def test_no_line_that_comes_of_it_says_who_it_was(cast: Cast) -> None:
    any_, reached = Anything(Random(7), cast, matters=places(cast)), set()
    for kind in UNNAMED:
        for by in (cast.june, cast.ken, cast.priya, cast.devon, cast.ana):
            for _try in range(TRIES):
                made, before = any_.filled(COMMANDS[kind]), last()
                if made is None or names_them(made, by) or not sent_without_a_name(made, by):
                    continue
                reached.add(kind)
                said = everything_since(before)
                assert not [one for one in who_it_was(by) if one in said], f"{kind} by {by}: {said}"
    missed = set(UNNAMED) - reached
    assert missed <= SELDOM, f"chance never came to {missed - SELDOM}; tell Anything how"


def names_them(made: Command, by: Actor) -> bool:
    """Whether chance chose the very person as an answer: then they are named by the answer."""
    return any(one in made.model_dump_json() for one in who_it_was(by))


def sent_without_a_name(made: Command, by: Actor) -> bool:
    try:
        do(made, by=by, anonymous=made.may_be_anonymous)
    except (Refused, NotAllowed, Missing):
        return False
    return True


def test_whoever_raises_a_matter_without_a_name_is_not_shown_as_who_decides_it(cast: Cast) -> None:
    place = commands.RaiseAboutPlace(organisation=cast.council, what="Close the hall", change="end")
    hall = do(place, by=cast.june, anonymous=True).thing
    assert not models.Decider.everything.filter(decision=hall).exists()
    named = do(place, by=cast.june).thing
    assert models.Decider.everything.get(decision=named).person == cast.june.person
