"""How those affected judge a change, in numbers: all of them for those who decide, for others none that shows
what one person said."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.chart import Part, bar
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.engine import few, gates
from alongside.topics.decisions.policy import decided_by_q
from alongside.topics.people.policy import smallest_shown


def fewest_told(actor: Actor, decision: models.Decision) -> int:
    """The smallest number of people this reader is told. Those who decide read each answer: for them none."""
    decides = models.Decision.everything.filter(decided_by_q(actor, "id"), id=decision.id).exists()
    return 0 if decides else smallest_shown()


def told_of(plan: gates.Plan, *, smallest: int) -> dict[str, Any]:
    """What those affected said: a drawn bar with its sentence, and counts for a table; few are hidden."""
    tally = plan.numbers
    told = few.told(tally, smallest=smallest)
    rows = [
        (_("for it"), told.is_for, "kept"),
        (_("for it if something changes"), told.for_if, "partly"),
        (_("against it"), told.against, "not-kept"),
        (_("not answered"), told.not_answered, "no-answer"),
    ]
    parts = [Part(name, count, look) for name, count, look in rows if count is not None]
    if told.heard is not None and None in [count for _name, count, _look in rows]:
        parts = [
            Part(_("have judged it"), told.heard, "these"),
            Part(_("not answered"), tally.not_answered, "no-answer"),
        ]
    said = {"heard": words.number(tally.heard), "whom": words.number(tally.whom)}
    sentence = _("%(heard)s of %(whom)s people it affects have judged it.") % said
    if told.heard is None:
        sentence = _("A few of %(whom)s people it affects have judged it.") % said
    return {
        "bar": bar(parts, name=_("What those it affects say"), sentence=sentence) if parts else None,
        "sentence": sentence,
        "rows": [(name, count) for name, count, _look in rows],
        "passed": gates.passed(plan.tally, plan.measure),
        "is_whole": told.is_whole,
        "lots_of": smallest,
        "left_heard": told.left_heard,
    }
