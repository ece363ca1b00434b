"""What programs read of a whole place or one body: the kinds of answer, field by field."""

from __future__ import annotations

from datetime import date

from typing_extensions import TypedDict

from alongside.interfaces.wired import Figure
from alongside.topics.decisions.api.together_told import Profile


class PlaceQuarter(TypedDict):
    """Who decided in one whole quarter: of lives protected, of places exact."""

    first: date
    last: date
    of: Figure
    lives: dict[str, Figure]
    places: dict[str, int]


class PlaceQuarters(TypedDict):
    """The quarters that are over, the latest first."""

    quarters: list[PlaceQuarter]


class AgreedQuarter(TypedDict):
    """Of small things written down as agreed in one quarter: how many the person says were."""

    first: date
    last: date
    of: int | None
    agreed: dict[str, Figure]


class AgreedQuarters(TypedDict):
    """The quarters of one body."""

    quarters: list[AgreedQuarter]


class Parts(TypedDict):
    """Some of a whole, by name. `of` null: too few to tell."""

    of: int | None
    parts: dict[str, Figure]


class SecondPerson(TypedDict):
    """Of what needs two people: who agreed to it, and whether some line has nobody outside it."""

    of: int | None
    agreed: dict[str, Figure]
    somebody_has_nobody: bool


class LegalReasons(TypedDict):
    """Legal reasons to decide without somebody: emergencies, and the others."""

    emergencies: Parts
    others: Parts


class WaitedHere(TypedDict):
    """How many things waited longer than their day; new ones are counted in whole lots of so many."""

    waited_longer: int
    told_in_lots_of: int


class StepClaimedBy(TypedDict):
    """Which step is claimed, and where it is said."""

    step: str
    by: str


class HowMade(Profile):
    """The rows of how Alongside was made, and what is claimed beside them."""

    claimed: list[StepClaimedBy]
