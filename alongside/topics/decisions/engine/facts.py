"""The facts that the yardstick reads: who did what when, each with the entry that says so.

Nothing here is an opinion of how well it went. A person is an id; a day is a day in the place; every fact
holds the id of the entry it rests on, so that whoever reads a number can be led to the record.
Source of the list of facts: DOMAIN 3.2 (issue raised, invited, joined, attended, spoke, paid, access met,
option proposed, view given, response given, decision made, task owned and done, evaluation given).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

STAGES = ("frame", "options", "decide", "deliver", "judge")  # in the order of a matter's life
AFFECTED = ("affected_person", "affected_carer")
IN_THE_ROOM = ("present", "spoke", "voted")  # to be invited, quoted or to hand out leaflets is none of these
LEAFLET = "leaflet"  # and no more
ACTS = ("invited", LEAFLET, "present", "quoted", "spoke", "voted")  # each is more than the one before
LATE_AFTER_DAYS = 14  # what is written down later than this is shown, and not counted as early


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has: the entry it rests on, and when that was written."""

    entry: UUID
    at: datetime
    day: date  # of `at`, in the place


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatesAs(Fact):
    """What somebody says they are to this matter, and what the table of relationships says of them."""

    person: UUID
    comes_as: str
    is_own_word: bool = True
    is_shown: bool = False
    is_of_body: bool = False  # paid by the body that decides
    is_of_supplier: bool = False  # paid by a body that sells care or support
    is_of_user_led: bool = False  # of a body whose board passed the user-led test


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Fact):
    """A meeting: on which day, for which stage, whether it decided, how many came without a name."""

    id: UUID
    held_on: date
    stage: str
    decides: bool = False
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Fact):
    """One thing somebody did at a meeting. `is_right` is their own word on what others wrote, if any."""

    person: UUID
    meeting: UUID
    act: str
    is_own_word: bool = False
    is_right: bool | None = None

    @property
    def is_firm(self) -> bool:
        """Whether the person said it, or agreed to it."""
        return self.is_right is True or (self.is_own_word and self.is_right is not False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way(Fact):
    """A way it could go, who put it forward, and who typed it for them, if anybody did."""

    id: UUID
    proposed_by: UUID
    typed_by: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Fact):
    """What somebody said. A declining is no view, and no agreement."""

    id: UUID
    person: UUID
    declines: bool = False
    is_of_body: bool = False
    is_firm: bool = True  # by their own hand, or checked by somebody outside the line that decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Same(Fact):
    """Two views that somebody says are the same; `agreed` only once both givers say so."""

    view: UUID
    other: UUID
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Fact):
    """An answer to a view: what was done with it, whether it has reasons, whether its giver is answered."""

    view: UUID
    result: str  # adopted | partly | not_adopted
    has_reasons: bool
    answered: str = ""  # yes | partly | no, by the giver; nothing: they have not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Fact):
    """That word of it reached so many of the people it affects."""

    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Fact):
    """Pay offered for taking part. `answer` counts only when it is the person's own."""

    person: UUID
    due_on: date  # the day of the meeting, or of the offer
    in_writing: bool = False
    upfront: bool = False
    benefit_advice: bool = False
    answer: str = ""  # accepted | part | declined
    is_own_word: bool = True
    paid_on: date | None = None
    was_received: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access(Fact):
    """Whether somebody had what they needed at a meeting: yes | no | not_asked | none."""

    person: UUID
    meeting: UUID
    met: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Fact):
    """Something somebody took on, and whether they did it."""

    person: UUID
    done: bool = False
    is_own_word: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Fact):
    """A promise that came of the matter, with each verdict of those it was made to: (day, what they said)."""

    made_on: date
    verdicts: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Fact):
    """What somebody said of how it went."""

    person: UUID
    is_own_word: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound(Fact):
    """Whether those who decide said that the judgement of the people it affects binds them."""

    binds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Fact):
    """A problem that the matter comes from: as what the one who first said it stood, as the problem says.

    `joined` is the entry that says the matter comes from it. `is_their_word` is false where somebody typed
    it for them, or where the body or a supplier pays them.
    """

    said_as: str
    joined: UUID
    joined_at: datetime
    is_their_word: bool = True
    way: UUID | None = None  # where one way comes from it; nothing: the whole matter does


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Fact):
    """That somebody is one of those who decide."""

    person: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Fact):
    """What one of those who decide together said to what was put to them."""

    person: UUID
    says: str  # yes | no | aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Size(Fact):
    """How many people of one kind it affects."""

    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Fact):
    """What the body says of itself. It is shown, and goes into no number."""

    step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter(Fact):
    """The matter itself; its entry is the one that raised it."""

    raised_by: UUID
    today: date
    typed_by: UUID | None = None  # who typed it for them
    is_raised_by_a_rule: bool = False  # nobody did: what a change had claimed did not come
    is_in_words: bool = False  # anyone can read what it is about, and why
    size: int | None = None  # how many people it affects
    now_said: int | None = None  # the smaller number that the body says since people spoke
    deciders: frozenset[UUID] = frozenset()
    decided_at: datetime | None = None
    decided_on: date | None = None  # its day
    decided_entry: UUID | None = None
    adopted: UUID | None = None  # the way that was chosen
    is_as_raised: bool = False  # agreed as it was raised, and no other way was chosen


@dataclass(frozen=True)
class Facts:
    """All that is recorded of one matter, with what follows from it at once."""

    matter: Matter
    standings: tuple[RelatesAs, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    acts: tuple[Act, ...] = ()
    ways: tuple[Way, ...] = ()
    views: tuple[View, ...] = ()
    same: tuple[Same, ...] = ()
    replies: tuple[Reply, ...] = ()
    told: tuple[Told, ...] = ()
    offers: tuple[Offer, ...] = ()
    access: tuple[Access, ...] = ()
    tasks: tuple[Task, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    bound: tuple[Bound, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    seats: tuple[Seat, ...] = ()
    voices: tuple[Voice, ...] = ()
    sizes: tuple[Size, ...] = ()
    kinds: tuple[
        Fact, ...
    ] = ()  # what people say of themselves, and the body of all of them: engine/kinds.py
    smallest: int = 0  # the smallest number of people that others may see
    paid_by_body: frozenset[UUID] = frozenset()  # at any time since the matter was raised
    paid_by_suppliers: frozenset[UUID] = frozenset()

    # Who is who ---------------------------------------------------------------------------------

    @cached_property
    def of_body(self) -> frozenset[UUID]:
        """Whoever the deciding body pays, by the table of relationships or when they said what they are."""
        return self.paid_by_body | {each.person for each in self.standings if each.is_of_body}

    @cached_property
    def of_suppliers(self) -> frozenset[UUID]:
        return self.paid_by_suppliers | {each.person for each in self.standings if each.is_of_supplier}

    @cached_property
    def say_affected(self) -> frozenset[UUID]:
        return frozenset(each.person for each in self.standings if each.comes_as in AFFECTED)

    @cached_property
    def affected(self) -> frozenset[UUID]:
        """Who counts as affected: by their own word, and paid by neither the body nor a supplier."""
        own = {s.person for s in self.standings if s.comes_as in AFFECTED and s.is_own_word}
        return frozenset(own - self.of_body - self.of_suppliers)

    @cached_property
    def openly_affected(self) -> frozenset[UUID]:
        """Those of them who said that anyone may know."""
        shown = {s.person for s in self.standings if s.comes_as in AFFECTED and s.is_shown}
        return self.affected & shown

    @cached_property
    def user_led(self) -> frozenset[UUID]:
        """Who speaks for a user-led organisation, where its board passed the test."""
        own = {
            s.person
            for s in self.standings
            if s.comes_as == "user_led" and s.is_own_word and s.is_of_user_led
        }
        return frozenset(own - self.of_body)

    @cached_property
    def views_of_affected(self) -> list[View]:
        """What people it affects said, where it is known to be theirs."""
        return [v for v in self.views if v.person in self.affected and v.is_firm and not v.declines]

    def standings_of(self, people: Iterable[UUID]) -> list[RelatesAs]:
        wanted = set(people)
        return [each for each in self.standings if each.person in wanted]

    @cached_property
    def deciding(self) -> list[Meeting]:
        """The meetings at which it was decided: none that was held after the decision."""
        last = self.matter.decided_on
        return [m for m in self.meetings if m.decides and (last is None or m.held_on <= last)]

    @cached_property
    def first_said(self) -> Source | None:
        """The problem it comes from: the first that was said before it was raised, and joined in good time.

        A problem that is joined to a matter only once it is decided shows nothing of where it came from.
        """
        decided = self.matter.decided_at
        rightly = [
            each
            for each in self.sources
            if each.way is None
            and each.at <= self.matter.at
            and (decided is None or each.joined_at <= decided)
        ]
        return min(rightly, key=lambda each: each.at, default=None)

    @cached_property
    def said_before(self) -> dict[UUID, Source]:
        """The ways that come from a problem: said before they were written, joined before it was decided."""
        written, decided = {way.id: way.at for way in self.ways}, self.matter.decided_at
        return {
            each.way: each
            for each in self.sources
            if each.way in written
            and each.at <= written[each.way]
            and (decided is None or each.joined_at <= decided)
        }

    # Who was where ------------------------------------------------------------------------------

    @cached_property
    def by_meeting(self) -> dict[UUID, list[Act]]:
        """The acts of each meeting that nobody says are wrong."""
        found: dict[UUID, list[Act]] = {each.id: [] for each in self.meetings}
        for act in self.acts:
            if act.is_right is not False:
                found.setdefault(act.meeting, []).append(act)
        return found

    def came(self, meeting: UUID) -> frozenset[UUID]:
        """Who was in the room."""
        return frozenset(act.person for act in self.by_meeting.get(meeting, ()) if act.act in IN_THE_ROOM)

    @cached_property
    def attendances(self) -> list[Act]:
        """One act for each person and meeting: that they were in the room."""
        found: dict[tuple[UUID, UUID], Act] = {}
        for meeting in self.meetings:
            for act in self.by_meeting[meeting.id]:
                if act.act in IN_THE_ROOM:
                    known = found.get((meeting.id, act.person))
                    if known is None or (act.is_firm and not known.is_firm):
                        found[meeting.id, act.person] = act
        return list(found.values())

    def is_late(self, act: Act, meeting: Meeting) -> bool:
        """Whether it was written down too long after the day it tells of to count as early.

        So is what tells of a time before the decision and was written down only after it.
        """
        written = max(act.at, meeting.at)
        days = max((act.day - meeting.held_on).days, (meeting.day - meeting.held_on).days)
        decided = self.matter.decided_at
        before = STAGES.index(meeting.stage) < STAGES.index("decide")
        return days > LATE_AFTER_DAYS or (before and decided is not None and written > decided)

    def stage_of(self, meeting: Meeting) -> int:
        """The stage of a meeting, in STAGES: as it is called, or later where the facts say so.

        A meeting held after the first way was put is not about what the matter is; one held after the
        decision decided nothing. What people it affects put forward themselves ends nothing.
        """
        stage = STAGES.index(meeting.stage)
        if any(way.day < meeting.held_on for way in self.ways if way.proposed_by not in self.affected):
            stage = max(stage, STAGES.index("options"))
        decided = self.matter.decided_on
        if decided is not None and decided < meeting.held_on:
            stage = max(stage, STAGES.index("deliver"))
        return stage
