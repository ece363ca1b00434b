"""How a decision stands, in plain rows, as far as the law asks; and what the law says to one wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from msgspec import Struct

from alongside.topics.decisions.engine.saying import Lazy
from alongside.topics.decisions.engine.states import Died, Law, Said, Told
from alongside.topics.decisions.engine.votes import Tally


@dataclass(frozen=True)
class Heard:
    """One person this affects, and how far we have come with them."""

    person: UUID
    name: Lazy
    waits: bool
    told: Told = Told.NOT
    sent_how: str = ""
    sent_on: date | None = None
    asked_how_on: date | None = None  # one letter alone went, and asked in what form they want to be told
    said: Said = Said.NOTHING
    law: Law = Law.NONE
    ground: UUID | None = None  # the one that lives
    safeguards_missing: tuple[Lazy, ...] = ()  # in words
    ways_tried: frozenset[str] = frozenset()
    live_voices: int = 0
    advocate_offered: bool = False
    died: Died = Died.NO

    @property
    def has_answered(self) -> bool:
        return self.said in (Said.VIEW, Said.DECLINED)


@dataclass(frozen=True)
class Point:
    """One view, and whether it was answered. Views of one group are the same: their givers agreed."""

    view: UUID
    group: UUID
    name: Lazy
    went_with: bool
    replied: bool


@dataclass(frozen=True)
class Group:
    """The people a decision about a service or a place affects."""

    size: int = 0
    reached: int = 0
    answered: int = 0
    time_is_up: bool = False
    answer_by: date | None = None
    few: int = 0  # of them, in groups so small that each can be asked by name


@dataclass(frozen=True)
class Standing:
    """How a decision stands, as far as the law asks."""

    is_open: bool = True
    has_died: bool = False  # the one whose life it is
    is_about_person: bool = True
    is_own: bool = False  # a person deciding about their own life
    takes_away: bool = False
    may_be_unanswered: bool = False
    help_has_begun: bool = False
    heard: tuple[Heard, ...] = ()
    points: tuple[Point, ...] = ()
    shown_without_reply: int = 0
    group: Group | None = None
    without_reason: bool = False  # "without you": the published reason is given
    without_review: bool = False  # and the day on which they will look at it again
    channels_needed: int = 2
    live_voices_needed: int = 1
    advocate_needed: bool = True
    together: Tally | None = None  # several decide: how they stand on what was put to them
    for_office: str = ""  # an office decides this, and whoever asks does not hold it


class InTheWay(Struct, frozen=True):
    """One thing in the way, in a sentence that says so, and whom it concerns."""

    code: str
    sentence: Lazy
    person: UUID | None = None
    view: UUID | None = None


class Instead(Struct, frozen=True):
    """One thing that can be done instead."""

    code: str
    sentence: Lazy
    person: UUID | None = None


@dataclass(frozen=True)
class Ruling:
    """What the law says to one wish."""

    in_the_way: tuple[InTheWay, ...] = ()
    can: tuple[Instead, ...] = ()
    cannot: tuple[Lazy, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.in_the_way
