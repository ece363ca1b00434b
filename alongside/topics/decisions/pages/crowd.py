"""Where people stand, in one sentence: for a page that shows only the newest of what many said."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import POSITIONS
from alongside.topics.decisions.policy import CHECKED


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
