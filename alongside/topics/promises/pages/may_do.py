"""What the rules let a reader do with the rows of one promise: each question written once, with gaps.

The questions are kept as `kernel/kept.py` says. Each answers with ids, of rows that this reader may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.interfaces.acting import address_of
from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor, Rule
from alongside.topics.promises import models
from alongside.topics.promises.commands.judging import BEFORE_ITS_DAY
from alongside.topics.promises.models import Promise, PromisedTo, Said, knows_answers_q
from alongside.topics.promises.policy import who_confirms, who_judge, who_writes_it_down


def _allowed(model: Any, rule: Rule, actor: Actor, at: datetime, promises: Sequence[UUID]) -> Any:
    """The ids of the rows of these promises on which a rule lets this actor act."""
    rows = model.objects.seen_by(actor, at).filter(rule.predicate(actor, at), promise__in=promises)
    return rows.order_by("id").values_list("id", flat=True)


@kept_question
def i_judge(actor: Actor, at: datetime, promises: Sequence[UUID]) -> Any:
    """For whom the reader may say whether it was kept."""
    return _allowed(PromisedTo, who_judge, actor, at, promises)


@kept_question
def i_write_down(actor: Actor, at: datetime, promises: Sequence[UUID]) -> Any:
    """Whose answer the reader may type."""
    return _allowed(PromisedTo, who_writes_it_down, actor, at, promises)


@kept_question
def i_confirm(actor: Actor, at: datetime, promises: Sequence[UUID]) -> Any:
    """The answers that the reader may confirm."""
    return _allowed(models.Verdict, who_confirms, actor, at, promises)


@kept_question
def i_know(actor: Actor, at: datetime, promises: Sequence[UUID]) -> Any:
    """The promises of which the reader may know every answer."""
    near = Promise.objects.seen_by(actor, at).filter(knows_answers_q(actor, at), pk__in=promises)
    return near.values_list("pk", flat=True)


FIVE = [
    (Said.KEPT, _("Yes, it was kept"), "button-voice"),
    (Said.PARTLY, _("Partly"), "button-voice"),
    (Said.NOT_KEPT, _("No, it was not kept"), "button-voice"),
    (Said.TOO_EARLY, _("It is too soon to say"), "button-quiet"),
    (Said.NO_LONGER, _("It no longer matters to me"), "button-quiet"),
]


def five_answers(promise: Promise, made_to: UUID, today: date) -> list[dict[str, Any]]:
    """The five answers, or before its day the two that can be given already."""
    early = today < promise.due_on and promise.done_on is None
    given = {"promise": promise.id, "made_to": made_to}
    return [
        {"words": words, "look": look, "link": address_of("promises.verdict_given", said=said.value, **given)}
        for said, words, look in FIVE
        if not early or said in BEFORE_ITS_DAY
    ]
