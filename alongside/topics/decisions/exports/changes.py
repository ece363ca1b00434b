"""The public registers of changes to services with their two gates, and of what people say is wrong.

Both show what their pages and addresses show to a visitor, by the same functions: what is hidden there is
hidden here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from alongside.interfaces.open_data import Column, News, Register
from alongside.kernel import clock
from alongside.kernel.policy import NOBODY
from alongside.topics.decisions import models
from alongside.topics.decisions.api.changes import change_shown, problems_shown, results_shown
from alongside.topics.decisions.commands.gating import plan_of
from alongside.topics.decisions.engine import gates
from alongside.topics.decisions.pages.changes import kind_words, stands
from alongside.topics.decisions.pages.problems import Ways
from alongside.topics.people.policy import names_of, smallest_shown


def _change_rows() -> Any:
    return models.Change.objects.seen_by(NOBODY)


def _changes_shown(rows: Sequence[models.Change]) -> list[dict[str, Any]]:
    bodies = names_of(row.run_by for row in rows)
    wanted = {row.decision for row in rows}
    of = {row.id: row for row in models.Decision.objects.seen_by(NOBODY).filter(id__in=wanted)}
    return [_one_change(row, of.get(row.decision), bodies[row.run_by]) for row in rows]


def _one_change(row: models.Change, decision: models.Decision | None, body: str) -> dict[str, Any]:
    shown = change_shown(row)
    said = shown["judgements"]
    bars = [] if decision is None else [str(sentence) for _code, sentence in _bars(decision, row)]
    return shown | {
        "body": body,
        "kind": kind_words(row),
        "plan": None if row.plan is None else str(row.plan),
        "whom_it_affects": None if row.group is None else str(row.group),
        "in_the_way": bars,
        "affected": said["affected"],
        "by_lot": said["by_lot"],
        "asked_on": said["asked_on"],
        "judge_by": said["judge_by"],
        "reached": said["reached"],
        "judgement_passed": said["passed"],
        "for_it": said["for"],
        "for_it_if": said["for_if"],
        "against_it": said["against"],
        "not_answered": said["not_answered"],
    }


def _bars(decision: models.Decision, row: models.Change) -> list[gates.Bar]:
    today = clock.today()
    if row.state == gates.PROPOSED:
        return list(gates.may_start(plan_of(decision, row, today, smallest=smallest_shown())))
    if row.state in (gates.RUNNING, gates.LAPSED):
        return list(gates.may_go_on(plan_of(decision, row, today, smallest=smallest_shown()), today))
    return []


def _change_news(rows: Sequence[models.Change]) -> list[News]:
    bodies = names_of(row.run_by for row in rows)
    return [
        News(
            id=row.id,
            title=str(row.name),
            says=stands(row),
            path=reverse("decisions:change", args=[row.id]),
            of=bodies[row.run_by],
            number=row.made_by,
        )
        for row in rows
    ]


changes = Register(
    name="changes",
    title=gettext_lazy("Changes to services"),
    says=gettext_lazy("Which changes may run, and what the people they affect say of them."),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("name", gettext_lazy("What the change is.")),
        Column("body", gettext_lazy("The body that runs it.")),
        Column("kind", gettext_lazy("What kind of change it is.")),
        Column("is_try_out", gettext_lazy("Whether it is a try-out.")),
        Column("plan", gettext_lazy("The plan, as it is now.")),
        Column("decision", gettext_lazy("The number of the decision it comes from.")),
        Column(
            "follows", gettext_lazy("The number of the change whose place it takes, or that it makes wider.")
        ),
        Column("state", gettext_lazy("How far it is. Lapsed: its permission ended, and it may not go on.")),
        Column("may_run", gettext_lazy("Whether it may run today.")),
        Column("in_the_way", gettext_lazy("What must be done before it may start or go on.")),
        Column("proposed_on", gettext_lazy("When it was proposed.")),
        Column("started_on", gettext_lazy("When it started.")),
        Column("review_on", gettext_lazy("By when those it affects judge it again.")),
        Column("passed_over", gettext_lazy("Whether it runs though they had not judged it so.")),
        Column("whom_it_affects", gettext_lazy("Which people it affects.")),
        Column("affected", gettext_lazy("How many people it affects.")),
        Column("by_lot", gettext_lazy("Whether they were drawn by lot: then each number is of those drawn.")),
        Column("asked_on", gettext_lazy("When they were last asked to judge it.")),
        Column("judge_by", gettext_lazy("Until when they can judge it.")),
        Column("reached", gettext_lazy("How many of them heard that they could.")),
        Column("judgement_passed", gettext_lazy("Whether enough of them judged it, and are for it.")),
        Column("for_it", gettext_lazy("How many of them are for it. Empty where it would name somebody.")),
        Column("for_it_if", gettext_lazy("How many of them are for it if something changes.")),
        Column("against_it", gettext_lazy("How many of them are against it.")),
        Column("not_answered", gettext_lazy("How many of them have not answered.")),
        Column("rules", gettext_lazy("The version of the rules it is judged under.")),
    ],
    rows=_change_rows,
    shown=_changes_shown,
    news=_change_news,
)


# Problems -----------------------------------------------------------------------------------------


def _problem_rows() -> Any:
    return models.Problem.objects.seen_by(NOBODY)


def _problems_shown(rows: Sequence[models.Problem]) -> list[dict[str, Any]]:
    ids = [row.id for row in rows]
    bodies = names_of(row.organisation for row in rows)
    answers: dict[UUID, models.ProblemAnswer] = {}
    said = models.ProblemAnswer.objects.seen_by(NOBODY).filter(problem__in=ids)
    for one in said.order_by("on_day", "made_by"):
        answers[one.problem] = one
    leads: dict[UUID, list[UUID]] = defaultdict(list)
    for origin in _origins(ids):
        if origin.problem is not None and origin.decision not in leads[origin.problem]:
            leads[origin.problem].append(origin.decision)
    results = results_shown(ids)
    return [
        shown
        | {
            "body": bodies[row.organisation],
            "answer_words": _words(answers, row.id, "words"),
            "would_change": _words(answers, row.id, "would_change"),
            "decisions": leads[row.id],
            **{f"better_{name}": results.get(row.id, {}).get(name) for name in ("yes", "partly", "no")},
        }
        for row, shown in zip(rows, problems_shown(NOBODY, rows), strict=True)
    ]


def _origins(problems: list[UUID]) -> Any:
    """What these problems led to, without what was joined to them wrongly."""
    rows = models.Origin.objects.seen_by(NOBODY).filter(problem__in=problems, ended_on=None)
    return rows.order_by("on_day", "id")


def _words(answers: dict[UUID, models.ProblemAnswer], pk: UUID, name: str) -> str | None:
    said = getattr(answers[pk], name) if pk in answers else None
    return None if said is None else str(said)


def _problem_news(rows: Sequence[models.Problem]) -> list[News]:
    ways = Ways(NOBODY, list(rows))
    shown = [ways.of(row) for row in rows]
    return [
        News(
            id=row.id,
            title=one["title"],
            says=f"{one['state']}.",
            path=one["link"],
            of=one["body"],
            number=row.made_by,
        )
        for row, one in zip(rows, shown, strict=True)
    ]


problems = Register(
    name="problems",
    title=gettext_lazy("What people say is wrong"),
    says=gettext_lazy(
        "Problems with services and places, in the words they were first said in, and what came of each."
    ),
    columns=[
        Column("id", gettext_lazy("Its number here. It never changes.")),
        Column("where", gettext_lazy("Where it is. Empty while its words are not shown.")),
        Column("words", gettext_lazy("What is wrong, in their words. Empty while they are not shown.")),
        Column("held_back_because", gettext_lazy("Why its words are held back, if they are.")),
        Column("standing", gettext_lazy("What the one who first said it is to the matter. Nobody is named.")),
        Column("body", gettext_lazy("The body that must answer.")),
        Column("raised_on", gettext_lazy("When it was first said.")),
        Column("answer_by", gettext_lazy("By when it must be answered.")),
        Column("answer", gettext_lazy("The latest answer, by its kind.")),
        Column("answer_words", gettext_lazy("The latest answer, in words.")),
        Column("would_change", gettext_lazy("What would change that answer.")),
        Column("me_too", gettext_lazy("How many others have it. Empty where they are too few.")),
        Column("decisions", gettext_lazy("The numbers of the decisions that come from it.")),
        Column("better_yes", gettext_lazy("How many of those who have it say that it is better.")),
        Column("better_partly", gettext_lazy("How many of those who have it say that it is partly better.")),
        Column("better_no", gettext_lazy("How many of those who have it say that it is not better.")),
    ],
    rows=_problem_rows,
    shown=_problems_shown,
    news=_problem_news,
)
