"""Legal reasons and who looks at them: one waits, one is not agreed, and two are emergencies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from uuid import UUID

from alongside.made_up.conductor import Story
from alongside.made_up.place import Place
from alongside.made_up.stories.acts import decides, raises, tells
from alongside.topics.decisions.commands import LookAtGround, RecordGround, RecordSafeguard

BY = "ken"  # he decides: a visitor can see these matters with his eyes
HARM = {
    "harm": "Smoke, and a cooker that was left on three times this week.",
    "to_whom": "To the person, and to the neighbours above.",
    "why_now": "The fire service will not let anybody sleep there tonight.",
    "tried": "Rang twice and called. Nobody came to the door until the alarm had stopped.",
    "least": "One room, for as long as the kitchen is shut. The key stays with the person.",
}
CANNOT_NOW = {
    "capacity_decision": "Where to live this winter.",
    "functional_limb": "weigh",
    "causal_nexus": "An infection, with a fever that comes and goes.",
    "help_given": "One talk in the afternoon.",
    "assessed_by": "Dr Ellen Marsh",
    "consulted": "The warden of the flats was asked.",
    "wishes_feelings": "Says no to each new place, and asks for the cat.",
    "less_restrictive": "More visits. There is nobody free at night.",
}


def seen_from_outside(place: Place) -> Iterator[Story]:
    """One of each that can become of a legal reason."""
    yield _waits(place, "odette", start=-12, reason=-2)
    yield _not_agreed(place, "tariq", start=-20)
    yield _emergency(place, "ivy", start=-26, seen=True)
    yield _emergency(place, "meera", start=-12, seen=False)


def _begun(place: Place, key: str, what: str, why: str) -> UUID:
    decision = raises(place, BY, key, what, "move", why)
    tells(place, BY, decision, key)
    return decision


def _reason(place: Place, key: str, decision: UUID, code: str, *, start: int) -> UUID:
    """The legal reason with what protects the person. Gives the ground."""
    for protects, words in (
        ("involved_anyway", "Asked each day, with pictures."),
        ("least_restrictive", "The door is not locked, and the old home is kept."),
    ):
        place.do(BY, RecordSafeguard(decision=decision, code=protects, words=words))
    answers = HARM if code == "serious_harm" else {**CANNOT_NOW, "assessed_on": place.past(start).isoformat()}
    ground = place.named(f"{key} reason {code}")
    evidence = json.dumps(answers, ensure_ascii=False)
    ends_on = None if code == "serious_harm" else place.day(start + 60)
    reason = RecordGround(decision=decision, ground=ground, code=code, evidence=evidence, ends_on=ends_on)
    place.do(BY, reason)
    return ground


def _waits(place: Place, key: str, *, start: int, reason: int) -> Story:
    """It was written down, and nobody outside the line has seen it yet."""
    yield place.at_work(start, 14)
    decision = _begun(place, key, "Move to a flat with a warden at Quarry Court", "You fell twice at night.")
    yield place.at_work(reason, 14)
    _reason(place, key, decision, "best_interests", start=reason)


def _not_agreed(place: Place, key: str, *, start: int) -> Story:
    """Somebody of the duty team went there, and does not agree."""
    yield place.at_work(start, 10)
    decision = _begun(place, key, "Move to a room at Park House for the winter", "You are alone and ill.")
    ground = _reason(place, key, decision, "best_interests", start=start)
    yield place.at_work(start + 1, 11)
    words = "I sat with him in the morning, with no fever. He weighs it well, and says no. Ask him then."
    place.do("dee", LookAtGround(decision=decision, ground=ground, said="no", how="saw", words=words))


def _emergency(place: Place, key: str, *, start: int, seen: bool) -> Story:
    """It holds at once. One was seen in its day; one was not, and what was decided on it holds no longer."""
    yield place.at_work(start, 15)
    decision = _begun(place, key, "Sleep at Park House while the kitchen is shut", "There was a fire.")
    ground = _reason(place, key, decision, "serious_harm", start=start)
    decides(place, BY, decision, "agreed", "Nobody may sleep in the flat tonight.")
    if seen:
        yield place.at_work(start, 17)
        words = "I saw the kitchen, and spoke with the fire service. It is as they say. She has the key."
        place.do("dee", LookAtGround(decision=decision, ground=ground, said="seen", how="asked", words=words))
