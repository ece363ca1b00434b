"""What programs read of changes to services and of problems people raise: the kinds of answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from typing_extensions import TypedDict

from alongside.interfaces.answers import Says
from alongside.kernel.packfile import PackRule

Beside = TypedDict("Beside", {"for": int | None, "for_if": int | None, "against": int | None})


class Then(TypedDict):
    kind: str
    on: date


Judged = TypedDict(
    "Judged",
    {
        "affected": Annotated[int, Says("How many it affects; where a lot was drawn, how many were drawn.")],
        "asked_on": date | None,
        "judge_by": date | None,
        "reached": int | None,
        "passed": bool,
        "for": int | None,
        "for_if": int | None,
        "against": int | None,
        "not_answered": int | None,
        "left": Annotated[int | None, Says("How many used it and left.")],
        "left_asked": int | None,
        "left_judged": int | None,
        "by_lot": bool,
        "beside": Annotated[Beside | None, Says("Of a lot: who else judged it, counted apart.")],
    },
)


class Change(TypedDict):
    """One change to a service, and whether it may run."""

    id: UUID
    decision: UUID
    name: str | None
    kind: str
    is_try_out: bool
    run_by: UUID | None
    follows: Annotated[UUID | None, Says("The try-out that it follows.")]
    state: str
    may_run: bool
    proposed_on: date
    started_on: date | None
    review_on: date | None
    passed_over: bool
    rules: str
    judgements: Judged


class Bar(TypedDict):
    """One thing in its way."""

    code: str
    sentence: str


class Judgement(TypedDict):
    """What one of those it affects says of it. No person is named."""

    id: UUID
    judged: str
    standing: str
    takes_away: bool | None
    words: str | None
    counted: bool
    round: int
    said_on: date
    reply: str | None


class Step(TypedDict):
    kind: str
    words: str | None
    office: UUID | None
    on: date


Gone = TypedDict(
    "Gone",
    {
        "round": int,
        "gate": Annotated[int, Says("1: may it start; 2: may it go on.")],
        "is_open": bool,
        "asked_on": date | None,
        "judge_by": date | None,
        "affected": int,
        "by_lot": bool,
        "passed": bool,
        "for": int | None,
        "for_if": int | None,
        "against": int | None,
        "not_answered": int | None,
        "beside": Beside | None,
        "then": list[Then],
    },
)


class TryOut(TypedDict):
    """A try-out: what it foretells, who judges it, and what stops it."""

    where: str | None
    predicts: str | None
    measured: str | None
    judges: str | None
    stop_rule: str | None
    until: date
    checks_on: date
    stop_number: int | None
    stop_when: str | None


class Evaluated(TypedDict):
    """What a change did, as its body wrote it down, and how many judged it then."""

    happened: str | None
    number: int | None
    stop_rule_met: bool | None
    prediction_came: str
    judged: int | None
    affected: int
    left: int | None
    left_asked: int | None
    left_judged: int | None
    on: date


class Tried(TypedDict):
    """What somebody who tried it let others read."""

    works: str
    tried_as: str
    words: str | None
    counted: bool
    said_on: date


class MustDo(TypedDict):
    """One thing it must do: how many tried it and for how many it works. null: too few to tell."""

    id: UUID
    words: str | None
    tried: int | None
    works: int | None
    said: list[Tried]


class ClaimedGood(TypedDict):
    """A good that is claimed: what was measured, and to how many of those who said it came."""

    id: UUID
    words: str | None
    for_whom: str | None
    measured_how: str | None
    found: str | None
    checks_on: date
    result: str | None
    said: int | None
    came: int | None


class WholeChange(Change):
    """One change with all that you may see of it."""

    plan: str | None
    in_the_way: list[Bar]
    ways_on: list[str]
    said: list[Judgement]
    steps: list[Step]
    rounds: list[Gone]
    try_out: TryOut | None
    evaluations: list[Evaluated]
    must_do: list[MustDo]
    claims: list[ClaimedGood]


class ProblemRaised(TypedDict):
    """What somebody says is wrong. Nobody is named."""

    id: UUID
    organisation: UUID
    where: str | None
    words: str | None
    held_back_because: str | None
    standing: str
    raised_on: date
    answer_by: date
    answer: str | None
    me_too: Annotated[int | None, Says("At least so many; null: a few.")]


class ProblemAnswer(TypedDict):
    answer: str
    words: str | None
    would_change: str | None
    office: UUID | None
    on: date


class LeadsTo(TypedDict):
    origin: UUID
    decision: UUID
    option: UUID | None
    on: date


Parted = TypedDict("Parted", {"decision": UUID, "on": date | None, "as": str})


class WholeProblem(ProblemRaised):
    """One problem, the answers to it, the matters that come from it, and its result."""

    answers: list[ProblemAnswer]
    leads_to: list[LeadsTo]
    parted: list[Parted]
    result: Annotated[
        dict[str, int | None] | None,
        Says("What those who have it say now, by answer, and of how many; null: nobody was asked."),
    ]


class RulesThen(TypedDict):
    """The rules one matter was raised under, as they stood then."""

    version: str
    digest: str
    rules: list[PackRule]
