"""Where people stand, in one sentence: for a page that shows only the newest of what many said."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.shown import POSITIONS


def where_people_stand(actor: Actor, decision: models.Decision) -> tuple[int, str]:
    """How many people's words this reader may read, and how many of them say what.

    What somebody typed for another is counted once that is checked, as it is on the map.
    """
    rows = models.View.objects.seen_by(actor).filter(decision=decision.id, is_current=True)
    rows = rows.exclude(typist__isnull=False, confirmed_by=None, is_trusted=False)
    counts = dict(rows.order_by().values_list("position").annotate(many=Count("id")))
    said = [
        _("“%(what)s”: %(many)s") % {"many": words.number(counts[code]), "what": name}
        for code, name in POSITIONS.items()
        if counts.get(code)
    ]
    return sum(counts.values()), "; ".join(said)
