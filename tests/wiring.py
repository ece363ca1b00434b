"""The wiring page of the tests: the project's own, and what the small topic needs."""

from collections.abc import Iterable
from typing import Any

from alongside import site
from alongside.kernel.command import Command, Recorded
from tests.kernel.toy.commands import Count, Plant


def counted(command: Command, recorded: Recorded) -> Iterable[Command]:
    """A plant put in a bed is counted there."""
    assert isinstance(command, Plant)
    if command.bed is not None:
        yield Count(bed=command.bed)


def __getattr__(name: str) -> Any:
    """Everything else is as the project has it."""
    return getattr(site, name)


WHEN = {**site.WHEN, "toy.planted": [counted]}
TELL = {**site.TELL, "toy.watered": [lambda command, recorded: [("tell", {"plant": recorded.thing.hex})]]}
