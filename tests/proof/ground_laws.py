"""Of a legal reason, judged from the ledger's own lines: somebody outside the line that decided had seen it,
or it was its day, as an emergency; and what was decided on one that nobody saw is in force no longer.

A part of laws.py, in a file of its own. It imports no topic.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from alongside.kernel import clock

EMERGENCY, BY_COURT = "serious_harm", "court_or_power"
LOOKED = "decisions.ground_looked_at"
ENDS = ("decisions.ground_lapsed", "decisions.ground_ended")
AGAIN = timedelta(days=28)


def day_of_emergency(recorded: Any) -> date:
    """The last day of an emergency that nobody outside has seen: the next working day, or its own end."""
    day: date = recorded.day + timedelta(days=1)
    while not clock.is_working_day(day):
        day += timedelta(days=1)
    ends_on = recorded.fields.get("ends_on")
    return min(day, date.fromisoformat(ends_on)) if ends_on else day


def opened(laws: Any, decided: Any, recorded: Any, person: str) -> bool:
    """Whether this ground could open what was decided: it was seen from outside, or it is its day."""
    looks = _looks(laws, decided, recorded)
    is_of_court = recorded.fields["code"] == BY_COURT
    if any(look.fields["said"] == "no" for look in (looks[-1:] if is_of_court else looks)):
        return False
    return seen(laws, decided, recorded, person) or (
        recorded.fields["code"] == EMERGENCY and _is_its_day(laws, decided, recorded, person)
    )


def seen(laws: Any, decided: Any, recorded: Any, person: str) -> bool:
    """Whether somebody outside the line had seen this writing of it, and what is decided, before it was."""
    since = max([0, *(put.number for put in _puts(laws, decided, person))])
    looks = _looks(laws, decided, recorded)
    return any(look.number > since and _is_from_outside(laws, look, decided, person) for look in looks)


def _looks(laws: Any, decided: Any, recorded: Any) -> list[Any]:
    """What was said of this writing of it, before it was decided."""
    ground = recorded.id_of("ground")
    again = [e for e in laws._before(decided, "decisions.ground_renewed") if e.id_of("ground") == ground]
    written = max(recorded.number, *(each.number for each in again), recorded.number)
    looks = [look for look in laws._before(decided, LOOKED) if look.id_of("ground") == ground]
    return [look for look in looks if look.number > written]


def _puts(laws: Any, decided: Any, person: str) -> Iterator[Any]:
    for put in laws._before(decided, "decisions.change_put", "decisions.option_added"):
        chosen = put.kind == "decisions.change_put" or put.id_of("option") == decided.id_of("option")
        if chosen and not (put.by == person and put.kind == "decisions.option_added"):
            yield put


def _is_from_outside(laws: Any, look: Any, decided: Any, person: str) -> bool:
    deciders = {decided.by, *(each.by for each in laws._before(decided, "decisions.taken_up"))}
    inside = deciders.union(*(laws.lines_of_work.get(each, set()) for each in deciders))
    own = look.own_hand and look.id not in laws.not_their_hand
    return bool(look.fields["said"] == "seen" and own and look.by not in inside and look.by != person)


def _is_its_day(laws: Any, decided: Any, recorded: Any, person: str) -> bool:
    """Whether it is the day of the first of the emergencies about this person that nobody has seen. Where
    somebody outside did not agree with one of them, none of those after it holds unseen."""
    first = recorded
    if _was_refused(laws, recorded, before=decided.number):
        return False
    for each in laws.ledger:
        if each.number >= recorded.number:
            break
        if each.kind != "decisions.ground_recorded" or each.fields["code"] != EMERGENCY:
            continue
        if (each.id_of("person") or laws._life(each.on)) != person or each.day + AGAIN < recorded.day:
            continue
        if _was_refused(laws, each, before=recorded.number):
            return False
        looks = [e for e in laws._on[each.on] if e.kind == LOOKED and e.number < recorded.number]
        if not any(e.id_of("ground") == each.id_of("ground") and e.fields["said"] == "seen" for e in looks):
            first = min(first, each, key=day_of_emergency)
    return bool(decided.day <= day_of_emergency(first))


def _was_refused(laws: Any, recorded: Any, *, before: int) -> bool:
    looks = (e for e in laws._on[recorded.on] if e.kind == LOOKED and e.number < before)
    return any(e.id_of("ground") == recorded.id_of("ground") and e.fields["said"] == "no" for e in looks)


def still_in_force(laws: Any) -> Iterator[str]:
    """Each decision that rests on nothing but an emergency whose day is over and that nobody outside saw."""
    last = max((line.day for line in laws.ledger), default=date.min)
    for decided in laws.ledger:
        if decided.kind != "decisions.decided":
            continue
        for person in laws._waited_for(decided):
            if laws._answered(decided, person) or laws._covered(decided, person, unseen=False):
                continue
            recorded = laws._before(decided, "decisions.ground_recorded")
            urgent = [
                each
                for each in recorded
                if each.fields["code"] == EMERGENCY
                and (each.id_of("person") or laws._life(decided.on)) == person
            ]
            if all(day_of_emergency(each) < last and _holds_still(laws, decided, each) for each in urgent):
                yield f"Entry {decided.number} is in force, and nobody outside has seen why."


def _holds_still(laws: Any, decided: Any, recorded: Any) -> bool:
    later = [line for line in laws._on[decided.on] if line.number > decided.number]
    ground = recorded.id_of("ground")
    looked = [line for line in laws._on[decided.on] if line.kind == LOOKED and line.id_of("ground") == ground]
    if looked and all(line.fields["said"] == "seen" for line in looked):
        return False
    opened_again = (line.kind in ENDS and line.fields.get("reopens") for line in later)
    upheld = (line.kind == "decisions.challenge_answered" for line in later)
    return not any(opened_again) and not any(upheld)
