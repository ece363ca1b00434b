"""What other systems say: the council's votes and its action plan, brought in from two small files."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.topics.promises import verbs


def from_elsewhere(place: Place) -> Iterator[Story]:
    """Two files."""
    yield _brought_in(place, verbs.decisions, "council-votes.csv", "Minutes of Wexmoor Council", start=-120)
    yield _brought_in(place, verbs.promises, "action-plan.csv", "The plan after the inspection", start=-100)


def _brought_in(place: Place, importer: verbs.Importer, name: str, source: str, *, start: int) -> Story:
    yield place.at_work(start, 16)
    raw = files("alongside.made_up").joinpath("files", name).read_bytes()
    file = importer.read(raw, name=name, dates="dmy")
    outcome = importer.take_in(file, by=place.who("alan"), organisation=place.named("council"), source=source)
    assert outcome is not None  # there was no end to the time
    place.lines += outcome.new + 2
