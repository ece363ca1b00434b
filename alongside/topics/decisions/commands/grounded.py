"""How a lawful ground stands: whether it lives, has its safeguards, and was seen from outside the line.

A ground opens nothing while only the line that decides has seen it. An emergency holds at once, and no longer
than its day. Evidence that was written down anew, and what was put anew, must be seen anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from alongside.kernel import clock, rules
from alongside.kernel.pack import Pack
from alongside.topics.decisions import models
from alongside.topics.decisions.engine.states import Law
from alongside.topics.decisions.models import Looked
from alongside.topics.people.models import Kinds

EMERGENCY, BY_COURT, BY_POWER = "serious_harm", "court_or_power", "attorney_or_deputy"
UNSEEN_DAYS = "decision.ground.unseen_days"
WORST_LAST = list(Law)
Grounded = tuple[Law, tuple[str, ...], UUID | None]


class Reading(Protocol):
    """What is asked here of the rows of one decision (commands/standing.py)."""

    moment: datetime
    pack: Pack

    @property
    def outside(self) -> Any: ...

    @property
    def grounds(self) -> Any: ...

    @property
    def safeguards(self) -> Any: ...

    @property
    def said(self) -> Any: ...

    @property
    def looks(self) -> list[models.GroundSaid]: ...

    @property
    def outside_of_law(self) -> Any: ...

    def was_put(self, view: Any, person: UUID, option: models.Option | None) -> bool: ...

    def may_speak(self, speaker: UUID | None, person: UUID, kinds: Collection[Any]) -> bool: ...


def must_be_seen(day: date) -> bool:
    """Whether the rules of that day ask that somebody outside the line sees a legal reason. They are those of
    the day on which it opens something, however long ago the matter was raised."""
    return UNSEEN_DAYS in rules.here(day)


def law_of(reading: Reading, person: UUID, option: models.Option | None) -> Grounded:
    """How it stands with the grounds about one person: the one that lives, or what the best of them lacks."""
    found: Grounded = (Law.NONE, (), None)
    if person not in reading.grounds:
        return found
    recorded = {row.code for row in reading.safeguards.get(person, ())}
    for ground in reading.grounds[person]:
        law, missing = _of_one(reading, ground, person, option, recorded)
        if law is Law.LIVE:
            return law, (), ground.id
        if WORST_LAST.index(law) >= WORST_LAST.index(found[0]):
            found = (law, missing, None)
    return found


def _of_one(
    reading: Reading, ground: models.Ground, person: UUID, option: models.Option | None, recorded: set[str]
) -> tuple[Law, tuple[str, ...]]:
    if ground.expires_at <= reading.moment:
        return Law.LAPSED, ()
    law = Law.LIVE
    if must_be_seen(clock.day_of(reading.moment)):
        law = how_seen(
            ground,
            reading.looks,
            reading.moment,
            counts=lambda row: (
                reading.was_put(row, person, option)
                and reading.outside_of_law.takes_word_of(row.said_by, person)
            ),
        )
    if law is Law.LAPSED_UNSEEN:
        return law, ()
    needed = reading.pack.item("decision.grounds", ground.code)["safeguards"]
    lacks = tuple(code for code in needed if code not in recorded)
    if lacks:
        return Law.LACKS_SAFEGUARD, lacks
    if ground.holder and not _holder_has_said(reading, ground, person, option):
        return Law.LACKS_HOLDER, ()
    return law, ()


def how_seen(
    ground: models.Ground,
    looks: Sequence[models.GroundSaid],
    moment: datetime,
    *,
    counts: Callable[[models.GroundSaid], bool],
) -> Law:
    """Whether somebody outside the line has seen this writing of it. One who does not agree shuts the gate
    until it is written down anew; of an order of a court the last word counts, for the court decides."""
    said = [row for row in looks if row.ground == ground.id and row.writing == ground.renewals]
    if ground.code == BY_COURT:
        said = said[-1:]
    if any(row.said == Looked.NO for row in said):
        return Law.NOT_AGREED
    if any(counts(row) for row in said):
        return Law.LIVE
    until = ground.holds_until
    if until is None or not ground.held_at_once or was_refused(ground, looks):
        return Law.UNSEEN
    return Law.LIVE if until > moment else Law.LAPSED_UNSEEN


def was_refused(ground: models.Ground, looks: Sequence[models.GroundSaid]) -> bool:
    """Whether somebody outside did not agree with any writing of it: then it holds at once no longer, and is
    seen anew before it opens anything. Else an emergency would be written down anew until the no is gone."""
    return any(row.ground == ground.id and row.said == Looked.NO for row in looks)


def _holder_has_said(
    reading: Reading, ground: models.Ground, person: UUID, option: models.Option | None
) -> bool:
    if not reading.may_speak(ground.holder, person, Kinds.POWERS):
        return False
    return any(
        view.said_by == ground.holder
        and reading.was_put(view, person, option)
        and reading.outside.vouches(view)
        for view in reading.said[person]
    )
