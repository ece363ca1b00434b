"""The one letter that tells somebody of all that waits for them: each matter, and a slip for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.letter import Heading, Question
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.gating import pack_of_change
from alongside.topics.decisions.exports.decided import outcome_of
from alongside.topics.decisions.models import RoundKind
from alongside.topics.people.telling import LetterWords


def letter_of_bundle(person: UUID, notice: Mapping[str, Any]) -> LetterWords | None:
    """The words of that letter; None where nothing is left that this person may see."""
    reader = Actor(person=person)
    bundle = UUID(str(notice["bundle"]))
    waiting = list(models.Waiting.objects.seen_by(reader).filter(bundle=bundle).order_by("made_by", "id"))
    seen = models.Decision.objects.seen_by(reader).filter(id__in=[row.decision for row in waiting])
    matters = {row.id: row for row in seen}
    parts: list[Any] = [_("This letter has all that waits for you today. It needs no hurry.")]
    slip: list[Question] = []
    for row in waiting:
        decision = matters.get(row.decision)
        change = _change_of(row, reader)
        if decision is not None and row.kind == RoundKind.JUDGE and change is not None:
            parts += [Heading(str(change.name)), *_said_of_change(row, change)]
            slip += _slip_to_judge(change)
        elif decision is not None and row.kind != RoundKind.JUDGE:
            parts += [Heading(str(decision.title)), *_said_of(row, decision, reader)]
            slip += _slip_for(row, str(decision.title))
    return LetterWords(_("What waits for you"), tuple(parts), tuple(slip)) if matters else None


def _change_of(row: models.Waiting, reader: Actor) -> models.Change | None:
    """The change that somebody is asked to judge."""
    found: models.Change | None = None
    if row.kind == RoundKind.JUDGE:
        round = models.Round.objects.seen_by(reader).filter(id=row.round).first()
        found = models.Change.objects.seen_by(reader).filter(id=round.of_change).first() if round else None
    return found


def _said_of_change(row: models.Waiting, change: models.Change) -> list[str]:
    begun = (
        _("It runs. You can say what it did.")
        if change.started_on
        else _("It has not started. It waits for those it affects to judge it.")
    )
    how = (
        _("We ask you by name.")
        if row.by_name
        else _("You were not drawn by lot. You may still judge it, and you are counted beside.")
    )
    found = [str(change.plan), begun, how]
    if change.judge_by:
        found.append(_("Please answer by %(day)s.") % {"day": words.day_of_week(change.judge_by)})
    return [*found, _("No answer is never a yes.")]


def _slip_to_judge(change: models.Change) -> list[Question]:
    standings = pack_of_change(change).choices("change.standings")
    return [
        Question(str(change.name), tuple(str(each.label) for each in models.Judged)),
        Question(_("How does it touch you?"), tuple(str(name) for _code, name in standings)),
        Question(_("Why, or what should change?"), lines=3),
    ]


def _said_of(row: models.Waiting, decision: models.Decision, reader: Actor) -> list[str]:
    if row.kind == RoundKind.OUTCOME:
        reasons = [str(decision.reasons)] if decision.reasons else []
        return [_("This was decided."), *_outcome(decision, reader), *reasons]
    if row.kind == RoundKind.EFFECT:
        return [_("This was decided a while ago. How are things since then?")]
    how = (
        _("We ask you by name.")
        if row.by_name
        else _("You were not drawn by lot. You may still say what you think.")
    )
    found = [str(decision.why), how] if decision.why else [how]
    if decision.answer_by:
        found.append(_("Please answer by %(day)s.") % {"day": words.day_of_week(decision.answer_by)})
    return found


def _outcome(decision: models.Decision, reader: Actor) -> list[str]:
    return [outcome_of(decision, reader)] if decision.state == models.State.DECIDED else []


def _slip_for(row: models.Waiting, title: str) -> list[Question]:
    if row.kind == RoundKind.OUTCOME:
        return []
    answers = (_("I agree"), _("I do not agree"), _("I want something else"), _("I am not sure"))
    if row.kind == RoundKind.EFFECT:
        answers = tuple(str(each.label) for each in models.Did)  # type: ignore[assignment]  # four of them too
    return [Question(title, answers), Question(_("Say it in your own words"), lines=3)]
