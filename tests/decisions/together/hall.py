"""A hall about whose hours a whole village decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import commands, models
from alongside.topics.decisions.engine.rung import Profile, profile
from alongside.topics.decisions.models import Stage
from alongside.topics.decisions.pages.together import facts_of
from tests.decisions import acts
from tests.world import Cast


@dataclass
class Hall:
    """A matter about a place that June decides, with one meeting a week ago."""

    cast: Cast
    matter: UUID
    meeting: UUID

    def profile(self) -> Profile:
        return profile(facts_of(models.Decision.everything.get(id=self.matter)))

    def row(self, key: str) -> Any:
        return self.profile().finding(key)

    def says(self, command: Any, by: Actor, **values: Any) -> Any:
        return do(command(decision=self.matter, **values), by=by)

    def latest(self, model: Any) -> Any:
        return acts.latest(model, self.matter)


@pytest.fixture
def hall(cast: Cast) -> Hall:
    raised = commands.RaiseAboutPlace(
        organisation=cast.council, what="Open the hall on Sundays", change="start", why="It stands empty."
    )
    matter = do(raised, by=cast.june).thing
    do(commands.SayWhichPeople(decision=matter, group="Everyone in East", size=20), by=cast.june)
    held = clock.today() - timedelta(days=2)
    note = commands.NoteMeeting(decision=matter, name="First session", held_on=held, stage=Stage.FRAME)
    do(note, by=cast.june)
    return Hall(cast, matter, acts.latest(models.Meeting, matter).id)
