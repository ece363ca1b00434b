"""The ways to answer one matter, as the page of it shows them: what waits first, and the rest folded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.interfaces.acting import may_do
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models

Way = tuple[str, str, str]  # the address, the words, the kind of button
Act = Callable[..., str]


def ways_to_answer(
    actor: Actor,
    decision: models.Decision,
    act: Act,
    *,
    is_affected: bool,
    mine: models.View | None,
    shown: Collection[UUID],
) -> dict[str, Any]:
    """The buttons of one reader; those that are folded; and, for who has answered, where that is changed.

    Whoever has answered about a life finds “Change what I said” under their own words: there they see what
    they would change. `shown` are the answers that stand on the page.
    """
    if not decision.is_open or actor.person is None:
        return {"buttons": []}
    if not decision.is_about_person:
        again = "button-quiet" if is_said(decision, mine) else "button-voice"
        return {"buttons": [(act("place_view_given"), to_say(decision, mine), again), _question(act)]}
    if decision.is_own and decision.person in actor.ids:
        return {"buttons": [(act("decided_by_themself"), _("Say what I have decided"), "button-voice")]}
    if not is_affected:
        return {"buttons": _speaking(actor, decision, act)}
    others = [
        (act("more_time"), _("I need more time"), "button-quiet"),
        (act("help_asked"), _("I want help to answer"), "button-quiet"),
        (act("declined"), _("I do not want to answer"), "button-quiet"),
    ]
    if mine is not None and is_said(decision, mine) and mine.id in shown:
        return {"buttons": [_question(act)], "more_ways": others, "change_said": act("view_given")}
    return {"buttons": [(act("view_given"), to_say(decision, mine), "button-voice"), _question(act), *others]}


def is_said(decision: models.Decision, mine: models.View | None) -> bool:
    """Whether the reader answered the question as it stands now, and did not decline to."""
    return mine is not None and mine.shape >= decision.change_shape and not mine.is_declining


def to_say(decision: models.Decision, mine: models.View | None) -> str:
    """What the first button says: whoever answered the question as it stands now can change that."""
    return _("Change what I said") if is_said(decision, mine) else _("Say what I think")


def _question(act: Act) -> Way:
    return act("question_asked"), _("Ask a question"), "button-quiet"


def _speaking(actor: Actor, decision: models.Decision, act: Act) -> list[Way]:
    """The ways to answer for somebody who speaks for the person."""
    if not may_do(actor, "decisions.view_given", decision.id):
        return []
    holds = {"decision": decision.id, "holder__in": actor.ids, "ended_at": None}
    by_power = models.Ground.everything.filter(**holds).exists()
    says = _("Say what you decide for them") if by_power else _("Say what they told you")
    whose = {} if by_power else {"on_behalf": decision.person}
    return [
        (act("view_given", **whose), says, "button-voice"),
        _question(act),
        (act("more_time"), _("Ask for more time"), "button-quiet"),
    ]
