"""The law of the two gates, judged from the ledger's own lines, and from nothing that decides at the door.

A change starts, and goes on, only when enough of those it affects have judged this very plan, or this very
stretch of it, and more than half of them are for it; or when going over them was published with a reason and
a day. It imports no topic.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.proof.laws import Line

LEAST, PART, ASKED_FOR = 5, 10, timedelta(days=14)
THROUGH = {"decisions.change_started", "decisions.change_goes_on"}


@dataclass
class Course:
    """What the ledger says of one change, up to a line."""

    whom: int
    takes_away: bool
    started: bool = False
    over: bool = False
    review_on: date | None = None
    passed_over: bool = False
    asked_on: date | None = None
    again_on: date | None = None  # asked a second time in this round
    judged: dict[str, str] = field(default_factory=dict)  # by whom: the latest word that counts
    tried: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)
    needs_fitness: bool = False
    claimed: bool = False
    is_pilot: bool = False
    set_out: bool = False
    evaluated: bool = False
    stop_met: bool = False
    drawn: set[str] = field(default_factory=set)  # who was drawn by lot to judge it, in whatever round
    is_by_lot: bool = False


def broken(lines: list[Line]) -> list[str]:
    """Every line that let a change through a gate it had not come to."""
    return list(_broken(lines))


def _broken(lines: list[Line]) -> Iterator[str]:
    takes_away: dict[str, bool] = {}
    sizes: dict[str, int] = {}
    lists: dict[str, dict[int, str]] = {}
    seeds: dict[str, str] = {}
    courses: dict[str, dict[str, Course]] = {}
    for line in lines:
        said = line.fields
        if line.kind in ("decisions.place_raised", "decisions.change_put"):
            takes_away[line.on] = bool(said.get("takes_away"))
        if line.kind == "decisions.people_defined":
            sizes[line.on] = sizes.get(line.on, 0) + int(said["size"])
        if line.kind in ("decisions.people_listed", "decisions.some_listed"):
            numbered = enumerate(said["people"] or (), start=int(said["first"]))
            lists.setdefault(line.id_of("group"), {}).update({at: _id(one) for at, one in numbered})
        if line.kind == "decisions.group_size_corrected":
            sizes[line.on] += int(said["size"]) - int(said["was"])
        seed = said.get("seed") if line.kind == "decisions.group_asked_to_judge" else None
        if seed and seeds.setdefault(line.id_of("group"), seed) != seed:
            yield f"{line.number} {line.kind}: drawn a second time"
        if line.kind == "decisions.change_proposed":
            of = courses.setdefault(line.on, {})
            of[line.id_of("change")] = Course(
                whom=int(said.get("size") or sizes.get(line.on) or said.get("whom") or 0),
                takes_away=takes_away.get(line.on, False),
                needs_fitness=said["kind"] in ("front_door", "ict"),
                is_pilot=bool(said.get("is_pilot")),
            )
            continue
        course = courses.get(line.on, {}).get(line.id_of("change"))
        if course is not None:
            others = [one for one in courses[line.on].values() if one is not course]
            yield from (f"{line.number} {line.kind}: {why}" for why in _wrong(line, course, others))
            _note(line, course)
            _drawn(line, course, lists)


def _drawn(line: Line, course: Course, lists: Mapping[str, Mapping[int, str]]) -> None:
    """Who is asked by name from this line on. A lot holds for the change, whatever its plan or its round."""
    if line.kind == "decisions.group_asked_to_judge":
        there = lists.get(line.id_of("group"), {})
        numbers = line.fields.get("numbers")
        course.is_by_lot = course.is_by_lot or bool(numbers)
        course.drawn = {there[number] for number in (numbers or there)}


def _id(one: Any) -> str:
    return str(one).replace("-", "")


def _wrong(line: Line, course: Course, others: list[Course]) -> Iterator[str]:
    is_past = course.review_on is not None and course.review_on < line.day
    if line.kind == "decisions.change_reported" and (not course.started or course.over or is_past):
        yield "reported without permission"
    if line.kind == "decisions.permission_lapsed" and not is_past:
        yield "lapsed before its day"
    if line.kind not in THROUGH:
        return
    if course.over:
        yield "it is over"
    if (line.kind == "decisions.change_started") == course.started:
        yield "out of turn"
    if course.stop_met or any(one.is_pilot and one.stop_met for one in others):
        yield "a stop rule is met"
    if any(one.is_pilot and one.started and not one.evaluated for one in others) and not course.started:
        yield "a try-out is not evaluated"
    if any(one.is_pilot and not one.started and not one.over for one in others) and not (
        course.started or course.is_pilot
    ):
        yield "a try-out was not tried"
    if course.is_pilot and not course.set_out:
        yield "a try-out with no stop rule"
    if course.needs_fitness and not course.started:
        yield from _unfit(course)
    yield from _unheard(line, course)


def _unfit(course: Course) -> Iterator[str]:
    if not course.items or not course.claimed:
        yield "nothing it must do, or no good claimed"
    for item in course.items:
        tried = [said for (which, _by), said in course.tried.items() if which == item]
        works = [tried_as for tried_as, said in tried if said == "yes"]
        if len(tried) < 3 or not {"disabled", "practitioner"} <= set(works):
            yield "not tried by those who must try it"
        if len(works) * 100 < len(tried) * 80:
            yield "it does not work for those who tried it"


def _unheard(line: Line, course: Course) -> Iterator[str]:
    heard = [said for by, said in course.judged.items() if not course.is_by_lot or by in course.drawn]
    whole = list(course.judged.values())
    if course.asked_on is None:
        yield "nobody was asked"
    elif line.day < course.asked_on + ASKED_FOR and len(heard) < course.whom:
        yield "no time to judge"
    least = min(course.whom, max(LEAST, -(-course.whom * PART // 100)))
    if course.is_by_lot:
        least = min(least, len(course.drawn) // 2 + 1)
    enough = len(heard) >= least
    agreed = heard.count("for") * 2 > len(heard) and whole.count("for") * 2 > len(whole)
    if enough and agreed:
        return
    if not (line.fields.get("is_passed_over") and line.fields.get("look_again_on")):
        yield "too few judged it, or too few are for it"
    if not whole:
        yield "nobody judged it, and that was passed over"
    elif not enough and course.takes_away:
        yield "too few judged what takes something away"
    elif not enough and (course.again_on is None or line.day < course.again_on + ASKED_FOR):
        yield "too few judged it, and they were not asked again"
    elif not enough and len(heard) * 2 < least:
        yield "not even half of the least number judged it"
    if course.started and course.passed_over:
        yield "passed over twice running"


def _note(line: Line, course: Course) -> None:
    said: Mapping[str, Any] = line.fields
    kind = line.kind.removeprefix("decisions.")
    if kind == "change_judged" and said["is_counted"]:
        course.judged[line.by] = said["judged"]
    elif kind == "change_judged":
        course.judged.pop(line.by, None)
    elif kind in ("judgement_asked", "group_asked_to_judge"):
        course.asked_on = course.asked_on or line.day
    elif kind == "judgement_asked_again":
        course.again_on = line.day
    elif kind == "plan_put":
        course.judged, course.asked_on, course.again_on = {}, None, None
    elif kind in ("change_started", "change_goes_on"):
        course.judged, course.asked_on, course.again_on, course.started = {}, None, None, True
        course.review_on = date.fromisoformat(said["next_on"])
        course.passed_over = bool(said["is_passed_over"])
    elif kind in ("change_stopped", "change_dropped"):
        course.over = True
    elif kind == "fitness_set":
        course.items.append(line.id_of("item"))
    elif kind == "fitness_tried" and said["is_counted"]:
        course.tried[line.id_of("item"), line.by] = (said["tried_as"], said["works"])
    elif kind == "fitness_tried":
        course.tried.pop((line.id_of("item"), line.by), None)
    elif kind == "benefit_claimed":
        course.claimed = True
    elif kind == "pilot_set_out":
        course.set_out = True
    elif kind == "pilot_evaluated":
        course.evaluated, course.stop_met = True, course.stop_met or bool(said["met"])
