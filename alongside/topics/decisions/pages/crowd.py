"""Of many: whom a matter affects, and in one sentence where they stand, for a page that shows a few."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import POSITIONS
from alongside.topics.decisions.pages.shown import part_rows
from alongside.topics.decisions.policy import CHECKED

READ_AT_ONCE = 20  # whom a matter affects, before they are counted
IS_SOMEBODY = Q(person__isnull=False)  # and not a group
WHOM = ("decision", "person", "waits", "group", "size", "ended_at")  # what its page shows of hundreds


def where_people_stand(actor: Actor, decision: models.Decision) -> tuple[int, str]:
    """How many people's words this reader may read, and how many of them say what.

    What somebody typed for another is counted once that is checked, as it is on the map.
    """
    counts = models.View.objects.tally(
        actor, "position", where=CHECKED, decision=decision.id, is_current=True
    )
    each = _("“%(what)s”: %(many)s")
    said = [
        each % {"many": words.number(counts[code]), "what": name}
        for code, name in POSITIONS.items()
        if counts.get(code)
    ]
    return sum(counts.values()), "; ".join(said)


def whom_it_affects(actor: Actor, decision: UUID, held: int, *, most: int) -> tuple[list[Any], int]:
    """Whom it affects as this reader may know, and how many people they are.

    Of hundreds, the first few, the groups and the reader are read. `held`: how many rows there are at most.
    """
    if not held:
        return [], 0
    now: dict[str, Any] = {"ended_at": None, "read_only": WHOM}
    if held <= READ_AT_ONCE:
        rows = part_rows(models.Affected, actor, decision, "made_by", **now)
        return rows, sum(row.person is not None for row in rows)
    groups = part_rows(models.Affected, actor, decision, "made_by", person=None, **now)
    first = part_rows(models.Affected, actor, decision, "made_by", most=most + len(groups), **now)
    mine = part_rows(models.Affected, actor, decision, "made_by", person=actor.ids, **now)
    counts = models.Affected.objects.tally(
        actor, "waits", where=IS_SOMEBODY, decision=decision, ended_at=None
    )
    return list({row.id: row for row in (*first, *groups, *mine)}.values()), sum(counts.values())
