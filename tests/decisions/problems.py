"""Problems that people say: for the tests of this room."""

from typing import Any
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.outbox import Outbox
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from tests.world import Cast

WORDS = "The day centre is shut when the bus comes."


def raised(cast: Cast, by: Actor, *, read: bool = True, **more: Any) -> UUID:
    values: dict[str, Any] = {"what": "place", "where": "Mill Street", "words": WORDS, "standing": "draws"}
    problem = commands.RaiseProblem(organisation=cast.council, **(values | more))
    found: UUID = do(problem, by=by).thing
    if read and models.ProblemWords.everything.get(problem=found).waits:
        do(commands.ShowWords(problem=found), by=cast.june)
    return found


def told(person: UUID | None) -> list[str]:
    rows = [row.payload for row in Outbox.objects.order_by("id")]
    return [row["link"] for row in rows if person is not None and row.get("person") == person.hex]
