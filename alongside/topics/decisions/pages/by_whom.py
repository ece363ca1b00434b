"""Who decided, in a sentence: one person, an office, a panel or several. Of several, nobody is named alone.

The last voice that a rule needs closes the matter, and decides no more than the voices before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NotRequired, Protocol
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from alongside.interfaces import words
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.models import Says, Who
from alongside.topics.decisions.pages.shown import Names, part_rows


class Decided(Protocol):
    """What was decided and by whom: the matter as it stands, or what was decided before it was reopened."""

    decided_at: Any
    decided_by: Any
    proposal: Any


@dataclass(frozen=True)
class ByWhom:
    """Who decided: as what, how many they were, and how many said what."""

    who: str  # one of Who
    of: int
    yes: int
    no: int
    aside: int

    @property
    def silent(self) -> int:
        return self.of - self.yes - self.no - self.aside

    def counted(self) -> str:
        """How many said yes, no and neither."""
        if self.yes == self.of:
            return _("All of them said yes.")
        parts = [
            _("%(count)s said yes") % {"count": words.number(self.yes)},
            _("%(count)s said no") % {"count": words.number(self.no)},
        ]
        if self.aside:
            parts.append(_("%(count)s stood aside") % {"count": words.number(self.aside)})
        if self.silent:
            parts.append(_("%(count)s had not said") % {"count": words.number(self.silent)})
        return capfirst(words.listing(parts)) + "."


def by_whom(actor: Actor, decision: UUID, made: Decided) -> ByWhom | None:
    """How several decided it, as their votes stood then. None where one decided: then that one is named."""
    if made.proposal is None or made.decided_at is None:
        return None
    at: datetime = made.decided_at
    seats = {
        row.person
        for row in part_rows(models.Decider, actor, decision)
        if row.since_at <= at and (row.until_at is None or row.until_at > at)
    }
    voices = [
        row.says
        for row in part_rows(models.Voice, actor, decision)
        if row.proposal == made.proposal and row.is_current and row.person in seats
    ]
    rules = [row for row in part_rows(models.DecidingRule, actor, decision, "number") if row.said_at <= at]
    return ByWhom(
        who=rules[-1].who if rules else Who.SEVERAL,
        of=len(seats),
        yes=voices.count(Says.YES),
        no=voices.count(Says.NO),
        aside=voices.count(Says.ASIDE),
    )


def decided_words(actor: Actor, matter: models.Decision, made: Decided, names: Names) -> str:
    """Who decided it and when, in a sentence or two; nothing before it is decided."""
    if made.decided_at is None:
        return ""
    on = words.day(made.decided_at)
    several = by_whom(actor, matter.id, made)
    if several is None:
        named = {"who": names.subject(made.decided_by), "on": on}
        if _on_the_spot(matter, made):
            return _("%(who)s wrote down on %(on)s that this was agreed together.") % named
        return _("%(who)s decided this on %(on)s.") % named
    told = {"of": words.people(several.of), "count": words.number(several.of), "on": on}
    if several.who == Who.PANEL:
        said = _("A panel of %(count)s decided this together on %(on)s.") % told
    else:
        said = _("%(of)s decided this together on %(on)s.") % told
    return f"{said} {several.counted()}"


def _on_the_spot(matter: models.Decision, made: Decided) -> bool:
    """Whether it was a small thing that two agreed at once, and one of them typed."""
    if made is matter:
        return matter.size == "everyday"
    return made.proposal is None and made.decided_at == matter.raised_at  # only those have no time between


class DecidedBy(TypedDict):
    """As what it was decided; where several decided together, how many of them said what."""

    who: str
    of: NotRequired[int]
    yes: NotRequired[int]
    no: NotRequired[int]
    aside: NotRequired[int]
    not_said: NotRequired[int]


def plainly(found: ByWhom | None) -> DecidedBy:
    """The same for programs."""
    if found is None:
        return {"who": Who.ONE.value}
    return {
        "who": str(found.who),
        "of": found.of,
        "yes": found.yes,
        "no": found.no,
        "aside": found.aside,
        "not_said": found.silent,
    }
