"""What a form says may stay blank may stay blank: where the door then asks for it, the question says when."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from uuid import UUID

import pytest

from alongside.interfaces.asking import askable
from alongside.interfaces.cli import main
from alongside.kernel.command import Command

COMMANDS = {command.records: command for command in askable()}
AT_ONCE = ("people.person_erased", "people.note_removed", "people.people_merged")


def refused_when_blank(command: type[Command]) -> Iterator[str]:
    """The fields that its own objections ask for where they are blank, read from their text."""
    text = textwrap.dedent(inspect.getsource(command.objections))
    for found in ast.walk(ast.parse(text)):
        if isinstance(found, ast.If):
            blank = {name for one in ast.walk(found.test) if (name := asked_whether_blank(one))}
            for said in (one for line in found.body for one in ast.walk(line)):
                if isinstance(said, ast.Yield) and isinstance(said.value, ast.Tuple):
                    field = said.value.elts[0]
                    if isinstance(field, ast.Constant) and field.value in blank:
                        yield str(field.value)


def asked_whether_blank(test: ast.AST) -> str:
    """Of “not self.words”, and of “self.day is None”: the field. Empty for anything else."""
    inner: ast.AST | None = None
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = test.operand
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.Is):
        inner = test.left
    if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "self":
        return inner.attr
    return ""


def says_it_may_stay_blank(command: type[Command], field: str) -> bool:
    """A tick says itself what it is to leave it blank. Whoever is left out is settled by what it is about."""
    shape = next((one for one in command.asked_shapes() if one.name == field), None)
    if shape is None or shape.required or shape.asked.needed:
        return False
    return shape.inner is not bool and shape.inner is not UUID


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_no_question_says_leave_this_blank_and_is_then_refused_for_it(kind: str) -> None:
    command = COMMANDS[kind]
    asked = [one for one in refused_when_blank(command) if says_it_may_stay_blank(command, one)]
    assert not asked, f"{kind} asks for {asked} where it is blank: say when, with needed="


@pytest.mark.parametrize("kind", [*AT_ONCE, "people.hold_back_agreed"])
def test_a_second_person_reads_that_they_must_say_what_they_checked(kind: str) -> None:
    shape = next(one for one in COMMANDS[kind].asked_shapes() if one.name == "checked")
    assert shape.asked.needed


def test_the_terminal_says_so_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["do", "people.person_erased", "--ask"]) == 0
    assert "What did you check? (needed)" in capsys.readouterr().out


def test_whoever_is_refused_reads_only_someone_can_and_never_only_anyone_can() -> None:
    said = {str(command.may.sentence) for command in COMMANDS.values()}
    assert len(said) > 50
    assert [sentence for sentence in said if sentence.startswith("anyone ")] == []
