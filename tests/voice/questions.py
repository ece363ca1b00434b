"""A question that is asked of a body."""

from __future__ import annotations

from typing import Any

from alongside.kernel.door import do
from alongside.topics.voice import commands
from alongside.topics.voice.models import Question
from tests.world import Cast

MARK = "MARK-QUESTION"


def question(cast: Cast, **more: Any) -> Question:
    values: dict[str, Any] = {"organisation": cast.council, "office": cast.junes_office, "words": MARK}
    done = do(commands.AskAsCouncillor(**{**values, **more}), by=cast.boyd)
    row: Question = Question.everything.get(id=done.thing)
    return row
