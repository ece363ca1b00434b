"""What somebody typed for a person, and the person says that they did not say."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from alongside.kernel import reading
from alongside.kernel.command import Ask, At, Command, Recorded
from alongside.kernel.policy import the_installation
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.answering import ConfirmView
from alongside.topics.decisions.commands.base import OnDecision
from alongside.topics.decisions.commands.outside import outside_of
from alongside.topics.decisions.commands.problems import OnProblem
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.people.commands.denying import (
    SAID_OF_IT,
    Changed,
    How,
    Tables,
    as_before,
    rows_changed,
    rows_written,
    stand_aside,
    values,
)
from alongside.topics.people.commands.looking import look_by

DENIED = models.DENIED
CONFIRMS = {"decisions.view_confirmed": "view", "decisions.telling_confirmed": "telling"}  # kind: of what
NOBODY_CONFIRMED = {"confirmed_by": None, "confirmed_at": None}


def words_gone(*columns: str, **more: Any) -> How:
    """The words leave their place, which says why, as where words are taken from sight."""
    return values(taken=DENIED, **dict.fromkeys(columns), **more)


def said_no_more(row: Any, entry: Recorded) -> Mapping[str, Any]:
    """It is current no more, and it is kept since when they say that they did not say it."""
    return {"is_current": False, "denied": entry.number}


NOT_MOVED: Mapping[str, Any] = {"words": None, "what": None, "whose": None}
NO_WORDS = dict.fromkeys(("words", "method", "place", "period", "limits", "source"))
EVIDENCE_GONE: Mapping[str, Any] = {"taken": DENIED, "how_many": None, "practised_on": None, **NO_WORDS}
CHALLENGE_GONE: Mapping[str, Any] = {"taken": DENIED, "wrong": None, "wants": None}
SUPPORT_GONE: Mapping[str, Any] = {"words": None, "state": models.SupportState.DECLINED}
NOT_CURRENT = values(is_current=False)
ASIDE: Tables = {  # how a row stands aside that an act wrote which they did not say
    models.AccessAnswer: NOT_CURRENT,
    models.AgreedWord: NOT_CURRENT,
    models.BenefitAnswer: NOT_CURRENT,
    models.Effect: NOT_CURRENT,
    models.HowItWent: NOT_CURRENT,
    models.Trial: NOT_CURRENT,
    models.Judgement: said_no_more,
    models.View: said_no_more,
    models.Signature: lambda row, entry: {} if row.left_at else {"left_at": entry.at},
    models.Decider: lambda row, entry: {} if row.until_at else {"until_at": entry.at},
    models.Companion: lambda row, entry: {} if row.until_at else {"until_at": entry.at},
    models.Coming: lambda row, entry: {} if row.ended_at else {"ended_at": entry.at},
    models.ToldWord: lambda row, entry: {"denied": row.denied or entry.number},
    models.OfThemself: lambda row, entry: {} if row.ended_at else {"ended_at": entry.at},
    models.Risk: words_gone("words", "to_whom", "carried_by", carrier=None),
    models.Forgone: words_gone("words"),
    models.EvidenceAnswer: words_gone("words"),
    models.Evidence: lambda row, entry: {**EVIDENCE_GONE, "withdrawn_at": entry.at},
    models.Moved: lambda row, entry: {**NOT_MOVED, "position_after": row.position_before},
    models.Question: words_gone("words", may_be_read=False),
    models.Option: words_gone(
        "words", "risk", "risk_to", "forgone", "tasks"
    ),  # others may have chosen it by its name
    models.Challenge: lambda row, entry: {**CHALLENGE_GONE, "answered_at": row.answered_at or entry.at},
    models.Support: lambda row, entry: SUPPORT_GONE if row.state == models.SupportState.ASKED else {},
    models.PartTaken: lambda row, entry: {"is_right": False, "answered_at": entry.at},
    models.Task: values(words=None, is_shown=False, is_own_word=False),
}
KEPT_AS_IT_IS = {  # what such an act wrote and stays: without it somebody would lose something
    models.Affected: "whoever was named is told and waited for, whoever named them",
    models.MoreTime: "more time to answer harms nobody",
    models.Offer: "that help was asked for opens nothing; whom it let in is let in no more",
    models.Review: "that somebody looks again takes nothing from anybody",
    models.Step: "a line of what happened",
}
CHANGED: Changed = {  # how a row was before, where an act only changed it
    "decisions.risk_answered": (models.Risk, "risk", values(carries="", carrier_words=None, carried_at=None)),
    "decisions.part_answered": (models.PartTaken, "part", values(is_right=None, answered_at=None)),
    "decisions.pay_answered": (
        models.PayOffer,
        "offer",
        values(answer="", answered_at=None, is_own_word=None),
    ),
    "decisions.pay_received": (models.PayOffer, "offer", values(was_received=None)),
    "decisions.reply_judged": (
        models.Reply,
        "reply",
        values(answered="", answered_words=None, answered_at=None),
    ),
    "decisions.support_answered": (
        models.Support,
        "support",
        values(state=models.SupportState.OFFERED, answer=None, answered_by=None),
    ),
    "decisions.support_given": (
        models.Support,
        "support",
        values(state=models.SupportState.ACCEPTED, hours_given=None),
    ),
    "decisions.task_done": (models.Task, "task", values(done_at=None)),
    "decisions.comes_as_taken_back": (models.Coming, "coming", values(ended_at=None)),
    "decisions.taking_answered": (
        models.Taken,
        "taken",
        values(answer=None, wants_another_look=False, answered_at=None),
    ),
}


class SetAsideTyped(OnDecision):
    """Set aside what was typed for somebody who says that they did not say it."""

    records = "decisions.typed_set_aside"
    may = the_installation
    says = SAID_OF_IT
    only_as_consequence = True
    person_is_named: ClassVar[bool] = False

    rows: list[UUID] = Ask(settled=True, default=[])
    unconfirmed: list[UUID] = Ask(settled=True, default=[])  # what was confirmed in their name
    kind: str = Ask(settled=True, default="")
    changed: list[UUID] = Ask(settled=True, default=[])
    stops_days: bool = Ask(settled=True, default=False)  # nobody can vouch any more that it reached them
    involve_by: datetime | None = Ask(settled=True)

    def settle(self, decision: models.Decision, at: At) -> Mapping[str, Any]:
        if not _only_this_told_them(decision, self.unconfirmed, at):
            return {}
        return {"stops_days": True, "involve_by": _first_to_involve_by(decision)}

    def apply(self, decision: models.Decision, entry: Recorded) -> None:
        stand_aside(ASIDE, self.rows, entry, decision=decision.id)
        as_before(CHANGED, self.kind, self.changed, entry, decision=decision.id)
        for view in models.View.everything.filter(id__in=self.unconfirmed, decision=decision.id):
            view.change(entry, denied=entry.number, **NOBODY_CONFIRMED)
        for telling in models.Telling.everything.filter(id__in=self.unconfirmed, decision=decision.id):
            telling.change(entry, **NOBODY_CONFIRMED)
        if decision.id in self.rows and decision.is_open:
            decision.change(entry, state=models.State.WITHDRAWN)  # raised in their name, and not by them
        if self.stops_days:
            decision.change(entry, undo_until=None, answer_by=None, involve_by=self.involve_by)


def _only_this_told_them(decision: models.Decision, unconfirmed: list[UUID], at: At) -> bool:
    """Whether days run because one of these reached the person, and nothing else is known to have."""
    theirs = models.Telling.everything.filter(decision=decision.id, person=decision.person, is_reached=True)
    if decision.person is None or not theirs.filter(id__in=unconfirmed).exists():
        return False
    outside = outside_of(decision.id, at.moment)
    return not any(outside.vouches(row) for row in theirs.exclude(id__in=unconfirmed))


def _first_to_involve_by(decision: models.Decision) -> datetime | None:
    """By when they had to be involved, where help began in a hurry and nobody has told them."""
    if decision.help_started_at is None or not decision.is_open:
        return None
    return pack_of(decision).until("decision.urgent.involve_hours", decision.help_started_at)


class SetAsideTypedOfProblem(OnProblem):
    """Set aside what was typed of a problem for somebody who says that they did not say it."""

    records = "decisions.problem_typed_set_aside"
    may = the_installation
    says = SAID_OF_IT
    only_as_consequence = True

    rows: list[UUID] = Ask(settled=True, default=[])
    look_by: date | None = Ask(settled=True)
    kind: str = Ask(settled=True, default="")
    changed: list[UUID] = Ask(settled=True, default=[])

    def settle(self, problem: models.Problem, at: At) -> Mapping[str, Any]:
        return {"look_by": look_by(at.date())}

    def apply(self, problem: models.Problem, entry: Recorded) -> None:
        if problem.id in self.rows and problem.is_named:
            problem.change(entry, is_named=False)
            words = models.ProblemWords.everything.get(problem=problem.id)
            words.change(entry, look_by=self.look_by, shown_on=None)
        stand_aside(OF_A_PROBLEM, self.rows, entry, problem=problem.id)
        as_before(CHANGED_OF_A_PROBLEM, self.kind, self.changed, entry, problem=problem.id)


OF_A_PROBLEM: Tables = {models.MeToo: NOT_CURRENT, models.ProblemResult: NOT_CURRENT}
CHANGED_OF_A_PROBLEM: Changed = {
    "decisions.problem_unshared": (models.MeToo, "replaces", values(is_current=True))
}


def set_aside(line: reading.Line) -> Iterator[Command]:
    """The command that sets aside what an act of this room wrote, changed or confirmed."""
    thing, kind, rows = line.recorded.thing, line.recorded.kind, rows_written(line)
    if models.Decision.everything.filter(id=thing).exists():
        confirmed = [UUID(str(line.fields[CONFIRMS[kind]]))] if kind in CONFIRMS else []
        changed = rows_changed(CHANGED, line)
        yield SetAsideTyped(decision=thing, rows=rows, unconfirmed=confirmed, kind=kind, changed=changed)
    elif models.Problem.everything.filter(id=thing).exists():
        changed = rows_changed(CHANGED_OF_A_PROBLEM, line)
        yield SetAsideTypedOfProblem(problem=thing, rows=rows, kind=kind, changed=changed)


def meant(thing: UUID, rows: list[UUID], person: UUID) -> Iterator[Command]:
    """What makes an answer that was typed for somebody theirs, once they say that it is: where it waits for
    that or was set aside, and they have said nothing themself since."""
    open_one = models.Decision.everything.filter(id=thing, state=models.State.OPEN)
    if not open_one.exists():
        return
    theirs = models.View.everything.filter(decision=thing, person=person)
    for view in theirs.filter(id__in=rows, typist__isnull=False, confirmed_by=None).exclude(typist=person):
        later = theirs.filter(said_by=view.said_by, is_current=True, said_at__gt=view.said_at)
        if not later.exclude(id=view.id).exists():
            yield ConfirmView(decision=thing, view=view.id)
