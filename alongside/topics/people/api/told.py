"""What programs read of people and bodies: the kinds of answer, field by field."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Says


class Me(TypedDict):
    """Who you are here. All null without a token."""

    person: UUID | None
    name: str | None
    decides_about_others: bool


class Found(TypedDict):
    """One person that you may know of."""

    id: UUID
    name: str


class Board(TypedDict):
    """How many of a board draw on support, as it was last counted."""

    counted_on: date
    members: int
    who_draw_on_support: int
    needed_percent: int


class BoardSeats(TypedDict):
    """How many seats on the board stand, and how many of them two people confirmed."""

    confirmed_by_two: int
    of: int


class TeamOf(TypedDict):
    """A team of a body."""

    id: UUID
    name: str
    is_duty: bool


class OfficeOf(TypedDict):
    """An office of a body, and the team it is in."""

    id: UUID
    name: str
    team: UUID | None


class Body(TypedDict):
    """One body, with its teams and offices."""

    id: UUID
    name: str
    kind: str
    is_user_led: bool
    board: Board | None
    board_seats: BoardSeats | None
    teams: list[TeamOf]
    offices: list[OfficeOf]


class Relationship(TypedDict):
    """Who is what to whom, as far as you may know it."""

    id: UUID
    person: UUID
    other: UUID | None
    organisation: UUID | None
    team: UUID | None
    kind: str
    basis: str
    scope: str
    shows: bool
    since_on: date
    until_on: date | None
    is_live: bool
    ended_by_decision: UUID | None
    said_by: UUID | None
    said_at: Annotated[datetime | None, Says("Only where you may know who said it.")]
    said_on: date | None


class Member(TypedDict):
    """Who belongs to a body, or says so and waits."""

    link: UUID
    person: UUID
    name: str
    kind: str
    since_on: date
    confirmed: bool
    confirmed_by_two: bool


class Dead(TypedDict):
    """That they have died, or that somebody told us so."""

    id: UUID
    died_on: date | None
    written_down: bool
    at: datetime | None
    by: UUID | None


class Need(TypedDict):
    """In which form somebody needs to be told things."""

    id: UUID
    category: str
    code: str


class WayToBeTold(TypedDict):
    """One way of being told things; never the address itself."""

    id: UUID
    channel: str
    is_safe: bool
    language: str
    set_by: UUID | None
    confirmed: bool


class OnePerson(TypedDict):
    """One person, as far as you may see them."""

    id: UUID
    name: str
    state: str
    merged_into: UUID | None
    is_child: bool
    death: Dead | None
    needs: list[Need]
    ways: list[WayToBeTold]


class Sees(TypedDict):
    """How many rows of one kind somebody sees, of how many."""

    what: str
    rows: int
    of: int


class Seer(TypedDict):
    """Somebody who can see something, and why."""

    person: UUID
    name: str
    sees: list[Sees]
    because: Annotated[list[UUID], Says("The relationships that let them.")]
    why: Annotated[list[str], Says("The same in words, where no relationship says it.")]


class Look(TypedDict):
    """One look at the record."""

    at: datetime
    page: str


class LookedThatDay(TypedDict):
    """What one person looked at on one day."""

    person: UUID
    name: str
    day: date
    pages: int
    first: datetime
    last: datetime
    looks: list[Look]


class WhoCanSee(TypedDict):
    """Who can see what of a person, and who looked."""

    items: list[Seer]
    everyone_sees: list[Sees]
    who_looked: list[LookedThatDay]
