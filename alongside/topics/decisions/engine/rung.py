"""The profile of a matter: its eleven findings, and the step of the ladder that the facts reach.

Steps are the seven of Think Local Act Personal's ladder, after Arnstein; her eight are the second reading
(DOMAIN 3.1, 3.2). A step is reached only when everything it asks for is evidenced, and every step below it
too: a fact that is missing lowers it. It is no score: nothing is weighed, and nothing is added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from alongside.topics.decisions.engine.facts import ACTS, LEAFLET, Claim, Facts
from alongside.topics.decisions.engine.finding import Finding, protected
from alongside.topics.decisions.engine.indicators import INDICATORS, changes_made
from alongside.topics.decisions.engine.kinds import kinds_protected

STEPS = ("coercion", "educating", "informing", "consultation", "engagement", "co_design", "co_production")
ARNSTEIN = (
    "manipulation",
    "therapy",
    "informing",
    "consultation",
    "placation",
    "partnership",
    "delegated_power",
    "citizen_control",
)


@dataclass(frozen=True, slots=True)
class Reached:
    """The step that the facts reach, Arnstein's word for it, and what kept it from the next step."""

    step: str
    arnstein: str
    stopped_by: str  # empty at the top

    @property
    def number(self) -> int:
        """1 to 7."""
        return STEPS.index(self.step) + 1


@dataclass(frozen=True, slots=True)
class Profile:
    """The whole yardstick of one matter. What is claimed stands beside it, and is part of nothing."""

    findings: tuple[Finding, ...]
    reached: Reached
    claims: tuple[Claim, ...]

    def protected(self, *, smallest: int) -> Profile:
        """The same, as anybody may see it."""
        told = (kinds_protected(each, smallest=smallest) for each in self.findings)
        return Profile(tuple(protected(each, smallest=smallest) for each in told), self.reached, self.claims)

    def finding(self, key: str) -> Finding:
        return next(each for each in self.findings if each.key == key)


def profile(facts: Facts) -> Profile:
    """All eleven findings in their order, and the step. Takes time linear in the number of facts, nearly."""
    findings = tuple(indicator(facts) for indicator in INDICATORS)
    return Profile(findings, reached(facts, findings), facts.claims)


def reached(facts: Facts, findings: tuple[Finding, ...]) -> Reached:
    """Climb from the lowest step while everything the next one asks for is evidenced."""
    by_key = {each.key: each for each in findings}
    step, stopped_by = STEPS[0], ""
    for name, asks in ASKS:
        stopped_by = next((what for what, holds in asks if not holds(facts, by_key)), "")
        if stopped_by:
            break
        step = name
    return Reached(step, _arnstein(step, by_key), stopped_by)


def _arnstein(step: str, by_key: dict[str, Finding]) -> str:
    """Her word. A vote is partnership; most of the votes, delegated power; all of them, control. At the top
    somebody it affects held one."""
    if step != "co_production":
        return ARNSTEIN[STEPS.index(step)]
    held = by_key["power"]
    votes, of = held.value or 0, held.of or 0
    if votes == of:
        return "citizen_control"
    return "delegated_power" if 2 * votes > of else "partnership"


Holds = Callable[[Facts, dict[str, Finding]], bool]


def _in_words(facts: Facts, found: dict[str, Finding]) -> bool:
    return facts.matter.is_in_words


def _told(facts: Facts, found: dict[str, Finding]) -> bool:
    decided = facts.matter.decided_at
    return any(each.reached > 0 and (decided is None or each.at <= decided) for each in facts.told)


def _asked(facts: Facts, found: dict[str, Finding]) -> bool:
    """Somebody it affects gave a view before it was decided. A declining is none."""
    decided = facts.matter.decided_at
    return any(decided is None or view.at <= decided for view in facts.views_of_affected)


def _answered(facts: Facts, found: dict[str, Finding]) -> bool:
    """Once it is decided, at least one view was answered with reasons."""
    return facts.matter.decided_at is None or (found["responses"].value or 0) > 0


def _from_the_start(facts: Facts, found: dict[str, Finding]) -> bool:
    """Somebody it affects was in the room before there were ways to choose between."""
    return found["stage"].value == 1


def _vote(facts: Facts, found: dict[str, Finding]) -> bool:
    return (found["power"].value or 0) > 0


def _shaped(facts: Facts, found: dict[str, Finding]) -> bool:
    """A way was theirs, or what they said led to a change."""
    ways = found["options"].figure("ways")
    return bool(ways and ways.value) or changes_made(facts)[0] > 0


def _does(facts: Facts, found: dict[str, Finding]) -> bool:
    return (found["delivery"].value or 0) > 0


def _has_done(facts: Facts, found: dict[str, Finding]) -> bool:
    done = found["delivery"].figure("done")
    return bool(done and done.value)


def _judges(facts: Facts, found: dict[str, Finding]) -> bool:
    return (found["judges"].value or 0) > 0


def _binds(facts: Facts, found: dict[str, Finding]) -> bool:
    return found["judges"].says == "binds"


# What each step asks for beyond the one below it: (what is missing where it does not hold, the test).
ASKS: tuple[tuple[str, tuple[tuple[str, Holds], ...]], ...] = (
    ("educating", (("in_words", _in_words),)),
    ("informing", (("told", _told),)),
    ("consultation", (("view_of_affected", _asked), ("reply", _answered))),
    ("engagement", (("from_the_start", _from_the_start),)),
    ("co_design", (("vote", _vote), ("shaped", _shaped))),
    (
        "co_production",
        (("delivery", _does), ("delivery_done", _has_done), ("judge", _judges), ("binding", _binds)),
    ),
)


# The participation grade ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grade:
    """What one group of people did at one meeting: how many did each thing, and the most that any did.

    `most` is one of ACTS, worked out from what was done, and from no label; empty where nothing was.
    """

    meeting: UUID
    group: str
    most: str
    counts: tuple[tuple[str, int], ...]


def grades(facts: Facts) -> list[Grade]:
    """For each meeting and each standing, what people did there (row 10). Disputed acts count for nothing.

    Whoever handed out leaflets is counted for that only where they did no more.
    """
    found = []
    groups = _groups(facts)
    for meeting in facts.meetings:
        acts = facts.by_meeting[meeting.id]
        for group, people in groups.items():
            did = {name: {a.person for a in acts if a.act == name and a.person in people} for name in ACTS}
            did[LEAFLET] -= set().union(*(did[more] for more in ACTS[ACTS.index(LEAFLET) + 1 :]))
            counts = tuple((name, len(did[name])) for name in ACTS if did[name])
            if counts:
                found.append(Grade(meeting.id, group, counts[-1][0], counts))
    return found


def _groups(facts: Facts) -> dict[str, frozenset[object]]:
    """People by what they count as: those it affects, user-led organisations, and everyone else."""
    everyone = {act.person for act in facts.acts}
    found: dict[str, frozenset[object]] = {
        "affected": frozenset(facts.affected),
        "user_led": frozenset(facts.user_led - facts.affected),
        "of_body": frozenset(facts.of_body),
        "of_suppliers": frozenset(facts.of_suppliers - facts.of_body),
    }
    known = frozenset[object]().union(*found.values())
    return {**found, "others": frozenset(everyone - known)}
