"""Whose hand typed: each command that may be typed for somebody says how it counts, and does what it says."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from alongside.kernel.command import COMMANDS, Ask, Command, Fresh, Hand
from alongside.kernel.policy import anyone
from alongside.topics.decisions.commands import denying as decisions_denying
from alongside.topics.decisions.models import Decision, Origin, Problem, ProblemWords
from alongside.topics.people.commands import denying
from alongside.topics.people.models import Calendar
from alongside.topics.promises.commands import denying as promises_denying

pytestmark = pytest.mark.house

# What the code of a command that declares this must ask. THEIRS asks nothing: what is typed can be denied.
MARKS: dict[Hand, str] = {
    Hand.BESIDE: r"own_word_stands|over_earlier|said_themself|_by_own_hand|verdict_counts",
    Hand.WAITS: r"typist|is_their_own_word|needs_confirming|typed_by",
    Hand.NOT_IN_LINE: r"is_their_own_word|is_typed_in_the_line|works_for|outside_of|may_vouch",
    Hand.NOT_WHOM: r"not_away_from|works_for|hand\b|typed_by|typist",
}


def what_it_asks(command: type[Command]) -> str:
    """The code of a command, and of the functions beside it that it calls."""
    classes = [one for one in command.__mro__ if issubclass(one, Command) and one is not Command]
    found = "\n".join(inspect.getsource(one) for one in classes)
    for _round in range(2):
        called = [
            inspect.getsource(function)
            for module in {inspect.getmodule(one) for one in classes}
            for name, function in vars(module).items()
            if inspect.isfunction(function)
            and function.__module__.startswith("alongside.topics")
            and re.search(rf"\b{name}\(", found)
        ]
        found = "\n".join([found, *called])
    return re.sub(r"by_another: .*", "", found)


def typed() -> Iterator[Any]:
    for kind, command in sorted(COMMANDS.items()):
        if command.assisted:
            yield from (pytest.param(command, hand, id=f"{kind}-{hand.value}") for hand in command.by_another)


@pytest.mark.parametrize(("command", "hand"), list(typed()))
def test_what_a_command_says_of_another_hand_is_asked_in_its_code(command: type[Command], hand: Hand) -> None:
    assert hand is not Hand.OWN_RULE, "say on the form’s behalf how it counts: a worker may type it"
    if hand in MARKS:
        assert re.search(MARKS[hand], what_it_asks(command)), f"{command.__name__} never asks: {hand.value}"


def test_no_new_command_can_forget_it() -> None:
    with pytest.raises(TypeError, match="by_another"):

        class ForgetsTheHand(Command):
            """Typed for somebody, and nobody asked how it counts."""

            records = "people.forgets_the_hand"
            may = anyone
            assisted: ClassVar[bool] = True
            calendar: Fresh[Calendar] = Ask(settled=True)

    COMMANDS.pop("people.forgets_the_hand", None)


def test_each_of_these_sentences_is_there_to_read() -> None:
    for command in COMMANDS.values():
        if command.assisted:
            assert all(str(hand.sentence) for hand in command.by_another), command.__name__


ROOMS_ASIDE: list[Any] = [decisions_denying.ASIDE, decisions_denying.OF_A_PROBLEM, promises_denying.ASIDE]
ROOMS_ASIDE += [denying.ASIDE, decisions_denying.KEPT_AS_IT_IS]
ROOMS_CHANGED: list[Any] = [
    decisions_denying.CHANGED,
    decisions_denying.CHANGED_OF_A_PROBLEM,
    denying.CHANGED,
]
NOT_TAKEN_BACK = {  # what only changed something, and what happens where somebody did not say it
    "decisions.telling_confirmed": "it is confirmed no more (CONFIRMS)",
    "decisions.view_confirmed": "it is confirmed no more (CONFIRMS)",
    "decisions.joint_left": "they sign again: a name stands nowhere without their hand",
    "decisions.evidence_withdrawn": "they bring it again: its words have left the page",
    "decisions.seat_agreed": "who got the vote by it sits no longer (Decider)",
    "decisions.origin_not_mine": "a line of what they said of it; both ways of it can be read",
    "decisions.undone": "it takes nothing away; the small thing is agreed again",
    "decisions.newcomer_named": "whoever was named is told, whoever named them",
    "people.consent_withdrawn": "it protects them: it is given again by their own hand",
    "people.need_ended": "it is asked for again by their own hand",
    "people.need_checked": "a need that is there stays there",
    "people.way_not_safe": "it protects them: they give the way again by their own hand",
    "people.way_stopped": "it protects them: they give the way again by their own hand",
    "people.dispute_settled": "somebody can be disputed again",
    "people.speaker_disputed": "it is settled by somebody of another line, with them",
    "people.erasure_asked_for": "somebody outside the line speaks with them first, and says no",
}


def by_kind() -> list[Any]:
    return [pytest.param(c, id=kind) for kind, c in sorted(COMMANDS.items()) if c.assisted]


@pytest.mark.parametrize("command", by_kind())
def test_every_kind_of_typed_word_can_be_denied(command: type[Command]) -> None:
    """What it wrote stands aside, what it changed is as before, or it is said here why not."""
    if command.records in NOT_TAKEN_BACK or any(command.records in one for one in ROOMS_CHANGED):
        return
    written = {shape.target() for shape in command.shapes_of("fresh")}
    known = {model for tables in ROOMS_ASIDE for model in tables}
    known |= {Decision, Problem, Origin, ProblemWords}  # raised in their name: it is withdrawn, or bears none
    assert written, f"{command.records} only changes something: say in CHANGED how that was before"
    assert written <= known, f"{command.records}: how do {written - known} stand aside?"
