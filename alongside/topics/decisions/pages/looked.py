"""Words of a change, a question or a problem that wait to be read first: what pages say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Decision, Problem
from alongside.topics.people.models.read_first import not_shown
from alongside.topics.people.pages.looking import (
    ToRead,
    kinds_and_ids,
    looks,
    not_shown_lines,
    rows_of,
    to_look_at_q,
    why_not,
)
from alongside.topics.people.policy import name_of

SAID = ("decisions.said_looked_at",)
OF_A_PROBLEM = ("decisions.problem_words_held", "decisions.problem_words_shown", "decisions.result_looked_at")
SAID_OF_A_CHANGE = (models.Judgement, models.Trial, models.BenefitAnswer)


def of_change(change: models.Change, decision: Decision) -> dict[str, Any]:
    """What people said of a change that not everyone may read yet, and who let everyone read the rest."""
    today, found = clock.today(), []
    for model in SAID_OF_A_CHANGE:
        said = model.everything.filter(of_change=change.id, is_current=True, may_be_read=True)
        found += not_shown(said, "of_change", today)
    lines = not_shown_lines(found, name_of(decision.organisation)) if found else []
    return {"not_shown": lines, "looks": looks(decision.id, SAID)}


def of_questions(
    decision: Decision,
    questions: Iterable[models.Question],
    names: Callable[[UUID | None], str],
    act: Callable[..., str] | None,
    held: Mapping[str, int],
) -> dict[str, Any]:
    """Each question with its answer; where it is about a place, also what waits to be read first.

    In one life nobody outside reads a question first. `act` is the way to answer, for those who decide;
    `held` says how many rows each table has of this decision, whoever asks.
    """
    if not held.get("Question", 1):
        return {"questions": []}
    shown = [
        {
            "row": row,
            "who": names(row.person),
            "by": names(row.answered_by),
            "why_not": row.taken_why or (why_not(row) if row.may_be_read else ""),
            "answer_link": act("question_answered", question=row.id)
            if act and not row.answered_at and not row.taken
            else "",
        }
        for row in questions
    ]
    if decision.is_about_person:
        return {"questions": shown}
    asked = models.Question.everything.filter(decision=decision.id, may_be_read=True)
    found = not_shown(asked, "decision", clock.today())
    was_read = any(row.look_by is not None for row in questions)
    return {
        "questions": shown,
        "not_shown": not_shown_lines(found, name_of(decision.organisation)) if found else [],
        "looks": looks(decision.id, SAID) if found or was_read else [],
    }


def of_problem(problem: Problem, body: str) -> dict[str, Any]:
    """What people said of its result that not everyone may read yet, and each showing and holding back."""
    said = models.ProblemResult.everything.filter(problem=problem.id, is_current=True, may_be_read=True)
    found = not_shown(said, "problem", clock.today())
    return {"not_shown": not_shown_lines(found, body), "looks": looks(problem.id, OF_A_PROBLEM)}


# What is there to read ---------------------------------------------------------------------------------


TABLES: dict[str, Any] = {
    "judgement": models.Judgement,
    "trial": models.Trial,
    "answer": models.BenefitAnswer,
    "question": models.Question,
    "result": models.ProblemResult,
    "words": models.ProblemWords,
}


def rows_to_read(actor: Actor, at: datetime) -> list[tuple[str, Any]]:
    """Each kind of words that waits for this actor, as rows of its table."""
    of_place, problems = Decision.everything.filter(about="place"), Problem.everything.all()
    said = to_look_at_q(actor, at, of_place, "decision") & Q(may_be_read=True)
    of_problem = to_look_at_q(actor, at, problems, "problem")
    current = Q(is_current=True)
    found: list[tuple[str, Q]] = [
        ("judgement", said & current),
        ("trial", said & current),
        ("answer", said & current),
        ("question", said),
        ("result", of_problem & current & Q(may_be_read=True)),
        ("words", of_problem),
    ]
    return [
        (name, TABLES[name].objects.seen_by(actor, at).filter(which).exclude(person__in=actor.ids))
        for name, which in found
    ]


@kept_question
def waiting(actor: Actor, at: datetime) -> Any:
    """(kind, id) of all words here that wait for this actor."""
    return kinds_and_ids(rows_to_read(actor, at))


def to_read(actor: Actor) -> list[ToRead]:
    """What waits for this actor to read, each with where it stands and the two ways on."""
    return [
        _of_a_problem(name, row) if name in ("result", "words") else _of_a_decision(name, row)
        for name, row in rows_of(waiting(actor), TABLES)
    ]


def _of_a_decision(name: str, row: Any) -> ToRead:
    decision: Decision = Decision.everything.get(id=row.decision)
    at_change = reverse("decisions:change", args=[row.of_change]) if name != "question" else ""
    return ToRead(
        row=row,
        thing=decision.id,
        title=str(decision.title),
        link=at_change or reverse("decisions:decision", args=[decision.id]),
        body=decision.organisation,
        kind="decisions.said_looked_at",
        hold_kind="decisions.said_looked_at",
        given={"decision": decision.id, name: row.id},
    )


def _of_a_problem(name: str, row: Any) -> ToRead:
    problem: Problem = Problem.everything.get(id=row.problem)
    is_result = name == "result"
    given = {"problem": problem.id, **({"result": row.id} if is_result else {})}
    return ToRead(
        row=row,
        thing=problem.id,
        title=_("Whether a problem is better now") if is_result else _("A problem that somebody raised"),
        link=reverse("decisions:problem", args=[problem.id]),
        body=problem.organisation,
        kind="decisions.result_looked_at" if is_result else "decisions.problem_words_shown",
        hold_kind="decisions.result_looked_at" if is_result else "decisions.problem_words_held",
        given=given,
    )
