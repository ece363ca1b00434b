"""Something that is held back from Lena, and what whoever checked it says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.kernel.policy import Actor
from alongside.topics.people.commands.keeping import ProposeHoldBack
from tests.world import Cast

CHECKED = "I rang her, and she told me herself."


def held(cast: Cast, by: Actor, thing: UUID, test: str = "serious_harm", **more: Any) -> UUID:
    values: dict[str, Any] = {
        "about_whom": cast.lena.person,
        "table": "people.Dispute",
        "thing_held": thing,
        "held_from": cast.lena.person,
        "test": test,
        "reasons": "He reads her telephone.",
        "review_on": clock.today() + timedelta(days=7),
        "ends_on": clock.today() + timedelta(days=30),
    }
    return do(ProposeHoldBack(**(values | more)), by=by).thing
