"""The yardstick laid on Alongside itself: the facts we have, each with its source, and the same engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args, get_type_hints
from uuid import UUID, uuid5

from alongside.kernel import clock
from alongside.topics.decisions.engine import facts as engine
from alongside.topics.decisions.engine.facts import Facts
from alongside.topics.decisions.engine.rung import Profile, profile
from alongside.topics.decisions.pages.yardstick import shown_profile

KEPT = Path(__file__).with_name("itself.json")
NAMES = UUID("6f0a1c1e-7d3b-4e57-8d5b-0f5d3c1b9a42")  # people and things are named by words in the file
KINDS: Mapping[str, type[engine.Fact]] = {
    "standings": engine.RelatesAs,
    "meetings": engine.Meeting,
    "acts": engine.Act,
    "ways": engine.Way,
    "views": engine.View,
    "same": engine.Same,
    "replies": engine.Reply,
    "told": engine.Told,
    "offers": engine.Offer,
    "access": engine.Access,
    "tasks": engine.Task,
    "commitments": engine.Commitment,
    "evaluations": engine.Evaluation,
    "bound": engine.Bound,
    "claims": engine.Claim,
    "sources": engine.Source,
    "seats": engine.Seat,
    "voices": engine.Voice,
    "sizes": engine.Size,
}


class NotAFact(ValueError):
    """Something in the file cannot be read as a fact: it says which, and what is wrong with it."""


@dataclass(frozen=True)
class Itself:
    """How Alongside was made: its profile, and the source of each entry that a row rests on."""

    profile: Profile
    sources: Mapping[UUID, str]

    def shown(self) -> dict[str, Any]:
        """For the template of a profile: each row with its sources in the place of a link."""
        return shown_profile(self.profile, sources=self.sources)


def itself() -> Itself:
    """As the file of this release says, measured today."""
    return read(json.loads(KEPT.read_text(encoding="utf-8")), clock.today())


def read(kept: Mapping[str, Any], today: date) -> Itself:
    """Turn the file into facts and measure them. Raises NotAFact for what cannot be read."""
    unknown = set(kept) - {*KINDS, "note", "matter", "adopted"}
    if unknown:
        raise NotAFact(f"There is no kind of fact called {', '.join(sorted(unknown))}.")
    sources: dict[UUID, str] = {}
    found: dict[str, Any] = {
        name: tuple(_fact(kind, row, sources) for row in kept.get(name, ())) for name, kind in KINDS.items()
    }
    told = dict(kept["matter"])
    decided = told.pop("decided_on", None)
    said = {"today": today.isoformat(), "decided_at": decided, "decided_on": decided}
    matter = _fact(engine.Matter, {**told, **said, "adopted": kept.get("adopted")}, sources)
    return Itself(profile(Facts(matter=matter, **found)), sources)


def _fact(kind: type[Any], row: Mapping[str, Any], sources: dict[UUID, str]) -> Any:
    """One fact. `source` says where it can be read, and `on` when that was written."""
    known = {each.name: each for each in fields(kind)}
    strange = set(row) - known.keys() - {"source", "on"}
    if strange or not row.get("source") or not row.get("on"):
        raise NotAFact(f"{dict(row)}: give a source, a day, and no {', '.join(sorted(strange)) or 'more'}.")
    entry = uuid5(NAMES, f"source: {row['source']}")
    sources[entry] = row["source"]
    day = date.fromisoformat(row["on"])
    values: dict[str, Any] = {"entry": entry, "at": _noon(day), "day": day}
    hints = get_type_hints(kind)
    for name, field in known.items():
        if name in values:
            continue
        if row.get(name) is not None:
            values[name] = _value(hints[name], row[name])
        elif field.default is MISSING:
            raise NotAFact(f"{row['source']}: {name} is missing.")
    return kind(**values)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _value(hint: Any, said: Any) -> Any:
    """What the file says, as the fact wants it: a name is an id, and a day a day."""
    wanted = [one for one in get_args(hint) if one is not type(None)] or [hint]
    if UUID in wanted and isinstance(said, str):
        return uuid5(NAMES, said)
    if isinstance(said, list):
        return tuple((date.fromisoformat(day), what) for day, what in said)
    if datetime in wanted:
        return _noon(date.fromisoformat(said))
    return date.fromisoformat(said) if date in wanted else said
