"""What programs read of how much of a matter was done together: the kinds of answer, field by field."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Says


class NamedFigure(TypedDict):
    """One number by its name; `of` null: it is a count by itself."""

    name: str
    value: int
    of: int | None


class Row(TypedDict):
    """One of the eleven rows. `is_at_least`: it is at least so many of at most `of`."""

    row: str
    value: int | None
    of: int | None
    is_at_least: bool
    says: str | None
    figures: list[NamedFigure]
    seen_and_not_counted: list[NamedFigure]
    missing: list[str]
    not_shown: list[str]
    rests_on: Annotated[list[UUID | str], Says("Entries of the record, or where it is said.")]


class Reached(TypedDict):
    """The step it reaches, and which row stops it there."""

    step: str | None
    number: int
    of: int
    stopped_by: str | None
    arnstein: str | int | None


class Profile(TypedDict):
    """The rows and the step."""

    rows: list[Row]
    reached: Reached


class StepClaimed(TypedDict):
    """Which step a body says it reached: beside the rows, and never in them."""

    step: str
    by: UUID
    at: datetime


class Graded(TypedDict):
    """How a meeting went by the words of those who were there."""

    meeting: UUID
    group: str
    most: str
    counts: dict[str, int]


class Yardstick(Profile):
    """How much of one matter was done together."""

    decision: UUID
    claimed: list[StepClaimed]
    meetings: list[Graded]
