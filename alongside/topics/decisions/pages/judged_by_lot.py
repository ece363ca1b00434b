"""On the page of a change: who was asked to judge it by name or by lot, and who is counted beside."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.acting import needs_passkey
from alongside.kernel import clock
from alongside.kernel.few import answers_told
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.changing import may_be_judged_on
from alongside.topics.decisions.commands.judging_groups import rounds_of
from alongside.topics.decisions.engine import counted
from alongside.topics.decisions.pages.shown import part_rows

KIND = "group_asked_to_judge"


def by_lot_words(tally: counted.Tally, *, smallest: int) -> list[str]:
    """Where a lot was drawn: of whom the numbers are, and who is counted beside. A few are not told."""
    if not tally.is_by_lot:
        return []
    drawn = _("Drawn by lot and asked by name: %(whom)s. The numbers here are of them alone.")
    found = [drawn % {"whom": words.people(tally.whom)}]
    if not tally.beside and not tally.some_more_beside:
        return [*found, _("Nobody else has judged it. Anyone may.")]
    found.append(_("Whoever was not drawn can stop it. They cannot help it through."))
    if tally.beside < smallest:
        return [*found, _("A few others judged it too. They are counted beside, never with them.")]
    others = _("Others judged it too, and are counted beside, never with them: %(beside)s.")
    found.append(others % {"beside": words.people(tally.beside)})
    parts = (tally.beside_for, tally.beside_for_if, tally.beside_against)
    told = [words.number(one) for one in answers_told(parts, smallest=smallest) if one is not None]
    if len(told) == len(parts):
        said = dict(zip(("for", "if", "no"), told, strict=True))
        found.append(
            _("Of these %(for)s are for it, %(if)s for it if something changes, and %(no)s against.") % said
        )
    return found


def lists_of(
    actor: Actor, decision: models.Decision, change: models.Change, act: Callable[..., str]
) -> list[tuple[str, str]]:
    """(address, words): ask everyone on a whole list, by name or by lot; and where lists are made."""
    if may_be_judged_on(change, clock.today()):
        return []
    rows = part_rows(models.Affected, actor, decision.id, "made_by")
    groups = [row for row in rows if row.group and row.ended_at is None]
    asked = set(rounds_of(change).values_list("group", flat=True))
    found: list[tuple[str, str]] = []
    if not needs_passkey(actor, f"decisions.{KIND}"):
        said = _("Send word to everyone on the list: %(group)s")
        whole = [row for row in groups if row.listed and row.id not in asked]
        found = [(act(KIND, group=row.id), said % {"group": row.group}) for row in whole]
    here = reverse("decisions:groups", args=[decision.id])
    return [*found, (here, _("Which people it affects, and their lists"))] if groups else found
