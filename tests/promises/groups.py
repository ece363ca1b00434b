"""Promises made to groups: for the tests of this room."""

from datetime import date
from uuid import UUID

from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.posts import JoinBody
from alongside.topics.promises.commands import MakePromise
from tests.world import BUILDER, Cast


def to_group(cast: Cast, *, of: UUID | None = None, size: int = 40, by: Actor | None = None) -> UUID:
    """June promises everyone at the day centre that it opens on Sundays."""
    made = MakePromise(
        organisation=cast.council,
        what="Open the day centre on Sundays.",
        due_on=date(2026, 5, 1),
        group="Everyone who goes to the day centre",
        group_of=of,
        group_size=size,
    )
    return do(made, by=by or cast.june).thing


def six(cast: Cast) -> list[Actor]:
    """Six who answer for no promise of the council's."""
    return [cast.stranger, cast.rosa, cast.devon, cast.lena, cast.victor, cast.tom]


def members(cast: Cast) -> list[Actor]:
    """Those six, once they belong to the user-led organisation."""
    joined = six(cast)
    for each in joined:
        do(JoinBody(person=each.person, organisation=cast.ulo), by=BUILDER)
    return joined
