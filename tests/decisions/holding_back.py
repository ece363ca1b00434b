"""A proposal to hold something back from somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from alongside.kernel import clock
from alongside.kernel.door import do
from alongside.topics.decisions import commands
from alongside.topics.people.commands.keeping import ProposeHoldBack
from tests.decisions import acts
from tests.world import Cast

MARK = "Night care, because he said he would come"


def act(cast: Cast, *, could_harm: bool = True) -> UUID:
    """Priya starts help for Lena at once; Victor reads what is sent to Lena."""
    urgent = commands.ActUrgently(
        person=cast.lena.person,
        what=MARK,
        change="start",
        words="He waits outside.",
        telling_could_harm=could_harm,
    )
    matter = do(urgent, by=cast.priya).thing
    acts.sent(matter, cast.priya, "phone")
    acts.safeguard(matter, cast.priya, "involved_anyway")
    return matter


def proposal(cast: Cast, matter: UUID, **more: Any) -> ProposeHoldBack:
    today = clock.today()
    values: dict[str, Any] = {
        "about_whom": cast.lena.person,
        "table": "decisions.Decision",
        "thing_held": matter,
        "held_from": cast.lena.person,
        "test": "serious_harm",
        "reasons": "He reads her telephone.",
        "review_on": today + timedelta(days=3),
        "ends_on": today + timedelta(days=7),
    }
    return ProposeHoldBack(**(values | more))
