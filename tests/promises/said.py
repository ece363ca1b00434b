"""Something said in public, and taken up as a promise."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.promises.commands import LookAtStatement, TakeUpStatement, WriteDownStatement
from tests.world import Cast

WORDS = "By summer every disabled person will have a say."


def said(cast: Cast, *, by: Actor | None = None, is_read: bool = True) -> UUID:
    """Devon wrote down what the leader of the council said in January."""
    made = WriteDownStatement(
        organisation=cast.council,
        words=WORDS,
        who="Leader of the council",
        said_on=date(2026, 1, 31),
        source="Full council, on film",
        pages="Minute 12",
        made_to="Every disabled person in Wexmoor",
    )
    statement = do(made, by=by or cast.devon).thing
    if is_read:
        do(LookAtStatement(statement=statement, is_shown=True), by=cast.ana)
    return statement


def taken_up(statement: UUID, **more: object) -> TakeUpStatement:
    words = {
        "what": "Ask them all.",
        "due_on": date(2026, 5, 1),
        "group": "Disabled people",
        "group_size": 900,
    }
    return TakeUpStatement(statement=statement, **{**words, **more})
