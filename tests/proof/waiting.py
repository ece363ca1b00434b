"""Whoever the gate waits for reads on their own page that it waits for them; and nobody else is asked.

The gate works it out row by row (commands/standing.py), the page in one question for many matters
(pages/panel.py): said twice, it has come apart before.
"""

from collections import Counter
from collections.abc import Iterator

from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.decisions.commands.standing import Reading
from alongside.topics.decisions.guard import Died, Heard, Law
from alongside.topics.decisions.models import Decision, State
from alongside.topics.decisions.pages.panel import waiting_for
from alongside.topics.people.policy import joined_records


def left_in_silence(met: Counter[str] | None = None) -> list[str]:
    """Everyone of whom the gate and their own page say different things. `met` counts who was asked about."""
    return list(_disagreements(Counter() if met is None else met))


def _disagreements(met: Counter[str]) -> Iterator[str]:
    for decision in Decision.everything.filter(state=State.OPEN, is_own=False).order_by("id"):
        for heard in Reading(decision, clock.now()).standing().heard:
            reader = _reader(heard)
            if reader is None or not Decision.objects.seen_by(reader).filter(pk=decision.id).exists():
                continue  # it is held back from them, or they have died
            met[heard.said.value] += 1
            is_asked = decision.id in {row.id for row in waiting_for(reader)}
            if not heard.has_answered and not is_asked:
                yield f"{decision.id} waits for {heard.name} ({heard.said}), who reads nothing of it."
            elif heard.has_answered and is_asked:
                yield f"{decision.id} asks {heard.name} again, who has answered ({heard.said})."


def _reader(heard: Heard) -> Actor | None:
    if not heard.waits or heard.died is not Died.NO or heard.law is Law.LIVE:
        return None
    stands, others = joined_records(heard.person)
    return Actor(person=stands, former=others)
