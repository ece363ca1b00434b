"""What programs may read of changes to services, their gates and judgement, and of problems people raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ninja import Router

from alongside.interfaces.answers import Page
from alongside.interfaces.api import Cursor, cut, page_of
from alongside.interfaces.who import Request
from alongside.kernel import clock
from alongside.kernel.few import answers_told, at_least_told, number_told
from alongside.kernel.now import the
from alongside.kernel.policy import Actor
from alongside.kernel.seal import words_or_none
from alongside.topics.decisions import models
from alongside.topics.decisions.api import changes_told as told
from alongside.topics.decisions.commands.gating import measure_of, plan_of, tally_of
from alongside.topics.decisions.commands.gone_through import Gone, gone_through
from alongside.topics.decisions.commands.problem_counts import shared_counts, solved_counts, words_not_shown
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.engine import counted, few, gates
from alongside.topics.decisions.pages.changes import OneChange, office_of
from alongside.topics.decisions.pages.judged import fewest_told
from alongside.topics.decisions.pages.opened import opened
from alongside.topics.people.policy import smallest_shown

router = Router(tags=["decisions"])


@router.get("/changes/")
def changes(request: Request, cursor: Cursor = None, limit: int = 50) -> Page[told.Change]:
    """Changes to services, and whether each may run."""
    return page_of(models.Change.objects.seen_by(request.actor), change_shown, cursor, limit)


@router.get("/changes/{pk}")
def change(request: Request, pk: UUID) -> told.WholeChange:
    """One change: what is in its way, what those it affects say, its try-out, fitness and claimed good."""
    row: models.Change = the(models.Change, pk, seen_by=request.actor)
    decision = the(models.Decision, row.decision, seen_by=request.actor)
    today, smallest = clock.today(), fewest_told(request.actor, decision)
    plan = plan_of(decision, row, today, smallest=smallest)
    is_next_start = row.state == gates.PROPOSED
    bars = gates.may_start(plan) if is_next_start else gates.may_go_on(plan, today)

    def parts(model: Any) -> list[Any]:
        seen = model.objects.seen_by(request.actor).filter(decision=row.decision, of_change=pk)
        return list(seen.order_by("made_by", "id")[:500])

    steps, page = parts(models.ChangeStep), OneChange(request.actor, decision, row, request.path)
    return {
        **change_shown(row, smallest=smallest),
        "plan": words_or_none(row.plan),
        "in_the_way": [{"code": code, "sentence": str(sentence)} for code, sentence in bars],
        "ways_on": [str(sentence) for sentence in gates.ways_on(plan)],
        "said": [_judgement(one) for one in parts(models.Judgement) if one.is_current],
        "steps": [_step(one) for one in steps],
        "rounds": [_round(one, smallest) for one in gone_through(row, steps, smallest=smallest)],
        "try_out": next((_pilot(one) for one in parts(models.Pilot)), None),
        "evaluations": [_evaluation(one, smallest) for one in parts(models.Evaluation)],
        "must_do": [_item(one) for one in page.items()],
        "claims": [_benefit(one) for one in page.benefits()],
    }


def change_shown(row: models.Change, *, smallest: int | None = None) -> told.Change:
    """One change, as anybody may read it: no number from which one person’s answer would follow."""
    fewest = smallest_shown() if smallest is None else smallest
    tally, lapsed = tally_of(row, smallest=fewest), gates.is_lapsed(row.state, row.review_on, clock.today())
    counts = few.told(tally, smallest=fewest)
    return {
        "id": row.id,
        "decision": row.decision,
        "name": words_or_none(row.name),
        "kind": row.kind,
        "is_try_out": row.is_pilot,
        "run_by": row.run_by,
        "follows": row.follows,
        "state": gates.LAPSED if lapsed else row.state,
        "may_run": row.state == gates.RUNNING and not lapsed,
        "proposed_on": row.proposed_on,
        "started_on": row.started_on,
        "review_on": row.review_on,
        "passed_over": row.is_passed_over,
        "rules": row.rules_version,
        "judgements": {
            "affected": tally.whom,
            "asked_on": row.asked_on,
            "judge_by": row.judge_by,
            "reached": tally.reached,
            "passed": counted.is_passed(tally_of(row), measure_of(row)),
            "for": counts.is_for,
            "for_if": counts.for_if,
            "against": counts.against,
            "not_answered": counts.not_answered,
            "left": tally.left,
            "left_asked": tally.left_asked,
            "left_judged": counts.left_heard,
            "by_lot": tally.is_by_lot,
            "beside": _beside(tally, fewest),
        },
    }


def _beside(tally: counted.Tally, smallest: int) -> told.Beside | None:
    """Where those affected were drawn by lot: who else judged it, without what would show one answer."""
    if not tally.is_by_lot:
        return None
    parts = (tally.beside_for, tally.beside_for_if, tally.beside_against)
    is_for, for_if, against = answers_told(parts, smallest=smallest)
    return {"for": is_for, "for_if": for_if, "against": against}


def _judgement(row: models.Judgement) -> told.Judgement:
    return {
        "id": row.id,
        "judged": row.judged,
        "standing": row.standing,
        "takes_away": row.takes_away,
        "words": words_or_none(row.words),
        "counted": row.is_counted,
        "round": row.round,
        "said_on": row.said_on,
        "reply": words_or_none(row.reply),
    }


def _round(one: Gone, smallest: int) -> told.Gone:
    """One judgement of it: at which gate, n of N as anybody may know it, and what followed on which day."""
    counts = few.told(one.plan.numbers, smallest=smallest)
    return {
        "round": one.number,
        "gate": one.gate,
        "is_open": one.is_open,
        "asked_on": one.asked_on,
        "judge_by": one.judge_by,
        "affected": one.plan.numbers.whom,
        "by_lot": one.plan.numbers.is_by_lot,
        "passed": one.passed,
        "for": counts.is_for,
        "for_if": counts.for_if,
        "against": counts.against,
        "not_answered": counts.not_answered,
        "beside": _beside(one.plan.numbers, smallest),
        "then": [{"kind": row.kind, "on": row.on_day} for row in one.then],
    }


def _step(row: models.ChangeStep) -> told.Step:
    return {"kind": row.kind, "words": words_or_none(row.words), "office": office_of(row), "on": row.on_day}


def _pilot(row: models.Pilot) -> told.TryOut:
    return {
        "where": words_or_none(row.where),
        "predicts": words_or_none(row.predicts),
        "measured": words_or_none(row.measured),
        "judges": words_or_none(row.judges),
        "stop_rule": words_or_none(row.stop_rule),
        "until": row.until_on,
        "checks_on": row.checks_on,
        "stop_number": row.stop_number,
        "stop_when": row.stop_when,
    }


def _evaluation(row: models.Evaluation, smallest: int) -> told.Evaluated:
    return {
        "happened": words_or_none(row.happened),
        "number": row.number,
        "stop_rule_met": row.is_stop_met,
        "prediction_came": row.came,
        "judged": number_told(row.heard, smallest=smallest),
        "affected": row.whom,
        "left": row.left,
        "left_asked": row.left_asked,
        "left_judged": number_told(row.left_heard, smallest=smallest),
        "on": row.on_day,
    }


def _item(found: dict[str, Any]) -> told.MustDo:
    """One thing it must do: how many tried it and for how many it works, where that tells nobody’s answer;
    and what people let others read of it."""
    row: models.FitnessItem = found["row"]
    said: list[told.Tried] = [
        {
            "works": one.works,
            "tried_as": one.tried_as,
            "words": words_or_none(one.words),
            "counted": one.is_current and one.is_counted,
            "said_on": one.said_on,
        }
        for one, _who, _works, _why in found["said"]
    ]
    return {
        "id": row.id,
        "words": words_or_none(row.words),
        "tried": found["tried"],
        "works": found["works"],
        "said": said,
    }


def _benefit(found: dict[str, Any]) -> told.ClaimedGood:
    """A good that is claimed: what was measured, and to how many of those who said it came."""
    row: models.Benefit = found["row"]
    return {
        "id": row.id,
        "words": words_or_none(row.words),
        "for_whom": words_or_none(row.for_whom),
        "measured_how": words_or_none(row.measured_how),
        "found": words_or_none(row.found),
        "checks_on": row.checks_on,
        "result": row.result or None,
        "said": found["heard"],
        "came": found["came"],
    }


# Problems -----------------------------------------------------------------------------------------


@router.get("/problems/")
def problems(request: Request, cursor: Cursor = None, limit: int = 50) -> Page[told.ProblemRaised]:
    """What people say is wrong. Nobody is named; small counts are not told."""
    found = cut(models.Problem.objects.seen_by(request.actor), cursor, limit)
    return {"items": problems_shown(request.actor, found["items"]), "next": found["next"]}


@router.get("/problems/{pk}")
def problem(request: Request, pk: UUID) -> told.WholeProblem:
    """One problem, the answers to it, the decisions that come from it, and its result."""
    row: models.Problem = the(models.Problem, pk, seen_by=request.actor)
    answers = models.ProblemAnswer.objects.seen_by(request.actor).filter(problem=pk).order_by("on_day", "id")
    rows = models.Origin.objects.seen_by(request.actor).filter(problem=pk).order_by("on_day", "id")
    origins, parted = [o for o in rows if o.ended_on is None], [o for o in rows if o.ended_on is not None]
    return {
        **problems_shown(request.actor, [row])[0],
        "answers": [
            {
                "answer": one.answer,
                "words": words_or_none(one.words),
                "would_change": words_or_none(one.would_change),
                "office": one.office,
                "on": one.on_day,
            }
            for one in answers
        ],
        "leads_to": [
            {"origin": o.id, "decision": o.decision, "option": o.option, "on": o.on_day} for o in origins
        ],
        "parted": [{"decision": o.decision, "on": o.ended_on, "as": o.ended_as} for o in parted],
        "result": results_shown([pk]).get(pk),
    }


def results_shown(problems: list[UUID]) -> dict[UUID, dict[str, int | None]]:
    """What those who have each problem say now, with no number that tells what one of a few said."""
    shared, smallest = shared_counts(problems), smallest_shown()
    return {
        problem: few.result_told(counts, shared=shared.get(problem, 0), smallest=smallest)
        for problem, counts in solved_counts(problems, smallest=smallest).items()
    }


def problems_shown(actor: Actor, rows: Sequence[models.Problem]) -> list[told.ProblemRaised]:
    """Problems, as this reader may read them. Nobody is named; small counts are not told."""
    ids = [row.id for row in rows]
    said = models.ProblemWords.objects.seen_by(actor).filter(problem__in=ids)
    words, shared = {one.problem: one for one in said}, shared_counts(ids)
    held = words_not_shown(ids, clock.today())
    smallest = smallest_shown()
    found: list[told.ProblemRaised] = []
    for row in rows:
        number, own = shared.get(row.id, 0), words.get(row.id)
        found.append(
            {
                "id": row.id,
                "organisation": row.organisation,
                "where": words_or_none(own.where) if own else None,
                "words": words_or_none(own.words) if own else None,
                "held_back_because": (held[row.id].held_for or None) if row.id in held else None,
                "standing": row.standing,
                "raised_on": row.raised_on,
                "answer_by": row.answer_by,
                "answer": row.answer or None,
                "me_too": at_least_told(number, smallest=smallest),
            }
        )
    return found


# Rules --------------------------------------------------------------------------------------------


@router.get("/{pk}/rules")
def ruled(request: Request, pk: UUID) -> told.RulesThen:
    """The rules one decision was made under, as they stood then, each with its source, force and days."""
    decision = opened(pk, request.actor)
    pack = pack_of(decision)
    return {"version": pack.version, "digest": pack.digest, "rules": [pack.rule(key) for key in pack]}
