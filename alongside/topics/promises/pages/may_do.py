"""What the rules let a reader do with the rows of one promise: each question written once, with gaps.

The questions are kept as `kernel/kept.py` says. Each answers with ids, of rows that this reader may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.kernel.kept import kept_question
from alongside.kernel.policy import Actor, Rule
from alongside.topics.promises import models
from alongside.topics.promises.models import Promise, PromisedTo, knows_answers_q
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
