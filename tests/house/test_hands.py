"""Whose hand typed: each command that may be typed for somebody says how it counts, and does what it says."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest

from alongside.kernel.command import COMMANDS, Ask, Command, Fresh, Hand
from alongside.kernel.policy import anyone
from alongside.topics.people.models import Calendar

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
