"""The eleven indicators of how much of a matter was done together (DOMAIN 3.2).

Each is a pure function: it takes the `Facts` of one matter and gives one `Finding`. They count people and
acts, in whole numbers; days are whole days. None raises: a fact that is not there is named in `missing`.
No two are ever added up, and what a body claims of itself goes into none of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from uuid import UUID

from alongside.topics.decisions.engine.facts import AFFECTED, IN_THE_ROOM, STAGES, Act, Facts, Meeting, Source
from alongside.topics.decisions.engine.finding import Figure, Finding, entries, median, only, some
from alongside.topics.decisions.engine.kinds import with_kinds
from alongside.topics.decisions.engine.terms import fair_terms

SIX_MONTHS, TWELVE_MONTHS = 183, 365  # days


def origin(facts: Facts) -> Finding:
    """1. Whether somebody it affects raised it: 0 or 1, of 1. `says` is as what they came.

    Where it comes from a problem, whoever said the problem counts, as what the problem's page says they are.
    Who raised a matter stands on its page, so only what they let anyone know is counted here.
    """
    matter, raiser = facts.matter, facts.matter.raised_by
    if facts.first_said is not None:
        return _first_said(facts, facts.first_said)
    if matter.is_raised_by_a_rule:
        return Finding("origin", 0, 1, says="a_rule", rests_on=(matter.entry,))
    if raiser in facts.of_body:
        return Finding("origin", 0, 1, says="of_body", rests_on=(matter.entry,))
    shown = [each for each in facts.standings_of([raiser]) if each.is_shown and each.is_own_word]
    if not shown or _is_typed_by_paid(facts, matter.typed_by):
        return Finding("origin", missing=("raiser_standing",), rests_on=(matter.entry,))
    said = [each.comes_as for each in shown]
    best = next((one for one in said if one in AFFECTED), said[0])
    if raiser in facts.of_suppliers:
        best = "supplier"
    if best == "user_led" and raiser not in facts.user_led:
        return Finding("origin", missing=("user_led_test",), rests_on=entries([matter], shown))
    return Finding("origin", int(best in AFFECTED), 1, says=best, rests_on=entries([matter], shown))


def _is_typed_by_paid(facts: Facts, typed_by: UUID | None) -> bool:
    """Whether somebody whom the body or a supplier pays typed it for them. Nothing shows whose it was."""
    return typed_by in facts.of_body | facts.of_suppliers


SAID_BY_AFFECTED = ("draws", "carer")


def _is_of_people(source: Source) -> bool:
    """Whether somebody it affects says openly that they said it, and nobody said it for them."""
    return source.said_as in SAID_BY_AFFECTED and source.is_their_word


def _first_said(facts: Facts, first: Source) -> Finding:
    """The same, of a matter that comes from a problem. What nobody said openly is not evidenced."""
    rests_on = tuple(dict.fromkeys((first.entry, first.joined, facts.matter.entry)))
    if first.said_as == "unsaid" or (first.said_as in SAID_BY_AFFECTED and not first.is_their_word):
        return Finding("origin", missing=("raiser_standing",), rests_on=rests_on)
    value = int(first.said_as in SAID_BY_AFFECTED)
    return Finding("origin", value, 1, says=f"problem_{first.said_as}", rests_on=rests_on)


def firm_and_early(facts: Facts) -> tuple[list[tuple[int, Act]], dict[str, int]]:
    """Each time somebody affected was in a room, with its stage: by their own word, and written down in time.

    Also how many were left out, and why. The stage is an index of STAGES.
    """
    meetings: dict[UUID, Meeting] = {each.id: each for each in facts.meetings}
    counted: list[tuple[int, Act]] = []
    left: Counter[str] = Counter()
    for act in facts.attendances:
        meeting = meetings[act.meeting]
        if act.person not in facts.affected:
            if act.person in facts.say_affected:
                left["paid_or_not_own_word"] += 1
        elif not act.is_firm:
            left["only_on_the_list"] += 1
        elif facts.is_late(act, meeting):
            left["written_late"] += 1
        else:
            counted.append((facts.stage_of(meeting), act))
    left["disputed"] = sum(act.is_right is False for act in facts.acts if act.act in IN_THE_ROOM)
    left["invited_only"] = _invited_only(facts)
    return counted, left


def _invited_only(facts: Facts) -> int:
    invited = {(a.meeting, a.person) for a in facts.acts if a.act == "invited" and a.person in facts.affected}
    return len(invited - {(act.meeting, act.person) for act in facts.attendances})


def stage_joined(facts: Facts) -> Finding:
    """2. The earliest stage at which somebody affected was in the room. `value` is 1 to 5, of 5 stages."""
    counted, left = firm_and_early(facts)
    figures = some(*(Figure(name, number) for name, number in left.items()))
    if not counted:
        missing = only(meeting=not facts.meetings, affected_in_the_room=bool(facts.meetings))
        return Finding("stage", left_out=figures, missing=missing, rests_on=entries(facts.meetings))
    first = min(stage for stage, _act in counted)
    acts = [act for stage, act in counted if stage == first]
    wanted = {act.meeting for act in acts}
    rests_on = entries((each for each in facts.meetings if each.id in wanted), acts)
    return Finding("stage", first + 1, len(STAGES), STAGES[first], left_out=figures, rests_on=rests_on)


def voters(facts: Facts) -> tuple[set[UUID], list[Act]]:
    """Who held a vote when it was decided: who voted at a meeting that decides, and those who decide."""
    deciding = {each.id for each in facts.deciding}
    votes = [a for a in facts.acts if a.act == "voted" and a.meeting in deciding and a.is_right is not False]
    return {act.person for act in votes} | set(facts.matter.deciders), votes


def share_in_the_room(facts: Facts) -> Finding:
    """3. People it affects, of all who were in a room where it was decided; and of those who vote.

    Each person is counted once over all deciding meetings, with those who decide among them, so that neither
    many small meetings nor one that was not written down makes the share look larger. Those nobody named
    count each time. `meetings_with` is to how many deciding meetings somebody affected came.
    """
    deciding = facts.deciding
    voting, votes = voters(facts)
    figures = [Figure("voting", len(voting & facts.affected), len(voting))] if voting else []
    if not deciding:
        missing = ("deciding_meeting",)
        return Finding("share", figures=tuple(figures), missing=missing, rests_on=entries(votes, facts.seats))
    rooms = [facts.came(each.id) for each in deciding]
    named = frozenset[UUID]().union(*rooms) | facts.matter.deciders
    wanted = {each.id for each in deciding}
    acts = [act for act in facts.attendances if act.meeting in wanted]
    firm = {act.person for act in acts if act.is_firm}
    there = named & facts.affected
    figures.append(Figure("meetings_with", sum(bool(room & facts.affected) for room in rooms), len(deciding)))
    figures += [Figure("by_their_word", len(firm & there), len(there))] if there else []
    paid = named & facts.say_affected & (facts.of_body | facts.of_suppliers)
    return Finding(
        "share",
        len(there),
        len(named) + sum(each.others for each in deciding),
        figures=tuple(figures),
        left_out=some(Figure("paid_by_body", len(paid))),
        rests_on=entries(deciding, acts, votes, facts.seats),
    )


def breadth(facts: Facts) -> Finding:
    """4. How many different people it affects took part, of all whom it affects.

    `top_three` is how many of all their times in a room are those of the three who came most. Whether they
    are of all kinds is told by what they chose to say of themselves (engine/kinds.py), and by nothing else.
    """
    times = [act for act in facts.attendances if act.person in facts.affected]
    gave = facts.views_of_affected
    people = {act.person for act in times} | {view.person for view in gave}
    each = Counter(act.person for act in times)
    top = Figure("top_three", sum(number for _person, number in each.most_common(3)), len(times))
    size = facts.matter.size
    missing = only(size=size is None, affected_in_the_room=not people)
    found = Finding(
        "breadth",
        len(people) if size is not None and people else None,
        max(size, len(people)) if size is not None and people else None,
        figures=(top,) if times else (),
        left_out=_now_said(facts),
        missing=missing,
        rests_on=entries(times, gave, facts.sizes),
    )
    return with_kinds(found, facts, people)


def _now_said(facts: Facts) -> tuple[Figure, ...]:
    """That the body made the number of those it affects smaller once people had spoken."""
    return some(Figure("now_said", facts.matter.now_said or 0))


def power(facts: Facts) -> Finding:
    """5. People it affects who held a vote when it was decided, of all who did."""
    voting, votes = voters(facts)
    meetings = {each.id: each for each in facts.deciding}
    in_time = [a for a in votes if a.is_firm and not facts.is_late(a, meetings[a.meeting])]
    firm = {act.person for act in in_time} | facts.matter.deciders
    missing = only(decided=facts.matter.decided_at is None, vote=not voting)
    rests_on = entries(votes, facts.seats, facts.voices)
    if missing:
        return Finding("power", missing=missing, rests_on=rests_on)
    entry = facts.matter.decided_entry
    rests_on = tuple(dict.fromkeys((*rests_on, *([entry] if entry else []))))
    left = some(Figure("only_on_the_list", len((voting - firm) & facts.affected)))
    return Finding(
        "power", len(voting & firm & facts.affected), len(voting), left_out=left, rests_on=rests_on
    )


def option_origin(facts: Facts) -> Finding:
    """6. Whether the way chosen was first put forward by somebody it affects: 0 or 1, of 1. A way that comes
    from a problem which they had said before is theirs, whoever wrote it down as a way.

    `ways` is how many of all ways were theirs; `changes` is how many of their views led to a change, of all
    their views. Who put a way forward can be read, so only those who let anyone know are counted for it.
    """
    ways = {way.id: way for way in facts.ways}
    adopted = ways.get(facts.matter.adopted) if facts.matter.adopted else None
    said = [each for each in facts.said_before.values() if _is_of_people(each)]
    first = {each.way for each in said}
    theirs = [
        way
        for way in facts.ways
        if way.id in first
        or (way.proposed_by in facts.openly_affected and not _is_typed_by_paid(facts, way.typed_by))
    ]
    figures = [Figure("ways", len(theirs), len(ways))] if ways else []
    changes, views = changes_made(facts)
    figures += [Figure("changes", changes, views)] if views else []
    counted = [reply for reply in facts.replies if reply.result in ("adopted", "partly")]
    if adopted is None and facts.matter.is_as_raised:  # then what was raised is the way
        from_them = facts.first_said is not None and _is_of_people(facts.first_said)
        is_raised = facts.matter.raised_by in facts.openly_affected
        is_theirs = from_them or (is_raised and not _is_typed_by_paid(facts, facts.matter.typed_by))
        rests_on = entries([facts.matter], theirs, counted)
        return Finding("options", int(is_theirs), 1, figures=tuple(figures), rests_on=rests_on)
    if adopted is None:
        return Finding(
            "options", figures=tuple(figures), missing=("way_chosen",), rests_on=entries(theirs, counted)
        )
    is_theirs = adopted in theirs
    rests_on = entries([adopted], theirs, said, counted)
    return Finding("options", int(is_theirs), 1, figures=tuple(figures), rests_on=rests_on)


def changes_made(facts: Facts) -> tuple[int, int]:
    """(views of people it affects that led to a change, all their views)."""
    views = {view.id for view in facts.views_of_affected}
    led = {reply.view for reply in facts.replies if reply.result in ("adopted", "partly")}
    return len(views & led), len(views)


def distinct_views(facts: Facts) -> list[list[UUID]]:
    """The views in groups. Two are one only if both givers agreed that they are the same."""
    head = {view.id: view.id for view in facts.views if not view.declines and not view.is_of_body}

    def find(one: UUID) -> UUID:
        while head[one] != one:
            head[one] = head[head[one]]
            one = head[one]
        return one

    for pair in facts.same:
        if pair.agreed and pair.view in head and pair.other in head:
            head[find(pair.other)] = find(pair.view)
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for one in head:
        groups[find(one)].append(one)
    return list(groups.values())


def responsiveness(facts: Facts) -> Finding:
    """7. Distinct views that had an answer with reasons, of all; the middle number of days it took.

    `addressed` counts views that were not taken up whose giver says the answer addresses them: theirs to say.
    """
    groups = distinct_views(facts)
    declined = some(Figure("declined", sum(view.declines for view in facts.views)))
    if not groups:
        return Finding("responses", left_out=declined, missing=("views",))
    given = {view.id: view for view in facts.views}
    first: dict[UUID, list[date]] = defaultdict(list)
    for reply in facts.replies:
        if reply.has_reasons:
            first[reply.view].append(reply.day)
    took = []
    for group in groups:
        answered = [day for one in group for day in first.get(one, ())]
        if answered:
            took.append((min(answered) - min(given[one].day for one in group)).days)
    refused = [reply for reply in facts.replies if reply.result == "not_adopted"]
    content = sum(reply.answered in ("yes", "partly") for reply in refused)
    middle = median(took)
    figures = [Figure("days", middle)] if middle is not None else []
    figures += [Figure("addressed", content, len(refused))] if refused else []
    asked = [view for view in facts.views if not view.declines and not view.is_of_body]
    return Finding(
        "responses", len(took), len(groups), figures=tuple(figures), left_out=declined,
        rests_on=entries(asked, facts.replies),
    )  # fmt: skip


def delivery(facts: Facts) -> Finding:
    """9. Things to do that people it affects, or user-led organisations, took on, of all; and those done."""
    theirs = [t for t in facts.tasks if t.is_own_word and t.person in facts.affected | facts.user_led]
    of = len(facts.tasks) + len(facts.commitments)
    if not of:
        return Finding("delivery", missing=("tasks",))
    done = Figure("done", sum(task.done for task in theirs), len(theirs))
    return Finding(
        "delivery",
        len(theirs),
        of,
        figures=(done,) if theirs else (),
        rests_on=entries(facts.tasks, facts.commitments),
    )


def judges(facts: Facts) -> Finding:
    """10. People it affects who judged how it went, of all whom it affects: never of those who came alone.

    `not_there` is how many of them were at no meeting. `says` is whether their judgement binds those who
    decide, where they said so before anybody judged.
    """
    given = [e for e in facts.evaluations if e.is_own_word and e.person in facts.affected]
    people = {each.person for each in given}
    attended = {act.person for act in facts.attendances}
    first = min((each.at for each in facts.evaluations), default=None)
    in_time = [each for each in facts.bound if first is None or each.at < first]
    last = max(in_time, key=lambda each: each.at, default=None)
    says = ""
    if last is not None:
        says = "binds" if last.binds else "does_not_bind"
    size = facts.matter.size
    left = some(
        Figure("others_judged", len({e.person for e in facts.evaluations} - people)),
        Figure("bound_too_late", len(facts.bound) - len(in_time)),
        *_now_said(facts),
    )
    missing = only(evaluation=not given, size=size is None, binding=not in_time)
    return Finding(
        "judges",
        len(people) if given and size is not None else None,
        max(size, len(people)) if given and size is not None else None,
        says=says,
        figures=(Figure("not_there", len(people - attended), len(people)),) if given else (),
        left_out=left,
        missing=missing,
        rests_on=entries(given, facts.bound, facts.sizes),
    )


def persistence(facts: Facts) -> Finding:
    """11. Promises older than six months that were kept, by those they were made to, of all that old.

    `not_kept` and `silent` are the rest; `twelve` is the same after twelve months. Silence is not "kept".
    """
    if not facts.commitments:
        return Finding("persistence", missing=("commitments",))
    old = [c for c in facts.commitments if (facts.matter.today - c.made_on).days >= SIX_MONTHS]
    if not old:
        return Finding("persistence", missing=("six_months",), rests_on=entries(facts.commitments))
    six = Counter(_held(c.made_on, c.verdicts, SIX_MONTHS) for c in old)
    oldest = [c for c in old if (facts.matter.today - c.made_on).days >= TWELVE_MONTHS]
    twelve = Counter(_held(c.made_on, c.verdicts, TWELVE_MONTHS) for c in oldest)
    figures = [Figure("not_kept", six["not_kept"], len(old)), Figure("silent", six["silent"], len(old))]
    figures += [Figure("twelve", twelve["kept"], len(oldest))] if oldest else []
    return Finding("persistence", six["kept"], len(old), figures=tuple(figures), rests_on=entries(old))


def _held(made_on: date, verdicts: tuple[tuple[date, str], ...], after: int) -> str:
    """How a promise stands once so many days have gone by: kept, not_kept or silent."""
    said = {what for day, what in verdicts if (day - made_on).days >= after}
    if said & {"not_kept", "partly"}:
        return "not_kept"
    return "kept" if "kept" in said else "silent"


INDICATORS: tuple[Callable[[Facts], Finding], ...] = (
    origin,
    stage_joined,
    share_in_the_room,
    breadth,
    power,
    option_origin,
    responsiveness,
    fair_terms,
    delivery,
    judges,
    persistence,
)
