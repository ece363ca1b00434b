"""Who decided each item, and in whose words: who first said it, whose words were decided, who decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.kernel import reading
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.pages.problems import STANDINGS
from alongside.topics.decisions.pages.shown import Names, part_rows


def whose_item(
    actor: Actor, decision: models.Decision, options: dict[UUID, Any], steps: list[Any], names: Names
) -> list[dict[str, Any]]:
    """(the item, who it goes back to, as what they stood in this): one line for each."""
    words_by = _words_by(decision, options)
    problems = _from_problems(actor, decision)
    raised = _("Who put it to be decided") if problems else _("Who first said it")
    found = [
        *problems,
        _line(raised, decision.raised_by, decision, names),
        _line(_("Whose words are in it"), words_by, decision, names),
    ]
    for row in options.values():
        label = _("Who said the way “%(name)s”") % {"name": row.name}
        found.append(_line(label, row.proposed_by, decision, names))
    if decision.decided_at is not None:
        line = _line(_("Who decided it"), decision.decided_by, decision, names)
        if decision.proposal is not None:
            line |= {"who": _("All who decide, together"), "stands": _("by their rule")}
        found.append(line)
    return found


def _from_problems(actor: Actor, decision: models.Decision) -> list[dict[str, Any]]:
    """Who first said each problem that it comes from, as the problem's own page says: a kind of person."""
    links = part_rows(models.Origin, actor, decision.id, "on_day", "made_by")
    wanted = [
        link.problem
        for link in links
        if link.problem is not None and link.option is None and link.ended_on is None
    ]
    rows = models.Problem.objects.seen_by(actor).filter(id__in=wanted).order_by("raised_on", "made_by")
    return [
        {
            "item": _("Who first said it"),
            "who": _begun(str(STANDINGS.get(row.standing, STANDINGS["unsaid"]))),
            "stands": _("in a problem of %(on)s") % {"on": words.day(row.raised_on)},
            "link": reverse("decisions:problem", args=[row.id]),
        }
        for row in rows
    ]


def _begun(said: str) -> str:
    return said[:1].upper() + said[1:]


def _words_by(decision: models.Decision, options: dict[UUID, Any]) -> UUID | None:
    """Whose words stand in it now: of the way that was chosen, or of the last who put it in other words."""
    chosen = options.get(decision.option) if decision.option else None
    if chosen is not None:
        who: UUID = chosen.proposed_by
        return who
    put = [line.recorded.by for line in reading.history(decision.id) if line.recorded.kind == _PUT]
    return put[-1] if put else decision.raised_by


_PUT = "decisions.change_put"


def _line(label: str, who: UUID | None, decision: models.Decision, names: Names) -> dict[str, Any]:
    return {"item": label, "who": names(who), "stands": stands_as(who, decision)}


def stands_as(who: UUID | None, decision: models.Decision) -> str:
    """As what somebody stood in this matter. Nothing here says more of them than the matter does."""
    if who is None:
        return ""
    if who == decision.person:
        return _("the person whose life it is")
    seats = models.Decider.everything.filter(decision=decision.id, person=who)
    if seats.exists():
        return _("one of those who decide")
    affected = models.Affected.everything.filter(decision=decision.id, person=who)
    return _("someone it affects") if affected.exists() else ""
