"""Whoever speaks for a person in a matter: whom they answer for, and what the form says to them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Lazy
from alongside.kernel.fields import as_id
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import is_affected
from alongside.topics.decisions.policy import ADVOCATES
from alongside.topics.people.models import Kinds
from alongside.topics.people.policy import names_of, standings

SPEAK = (*ADVOCATES, *Kinds.POWERS)
ASKED: Mapping[str, Lazy] = {  # what they are asked says “they”: it is the answer of the one they speak for
    "position.label": _("What do they think?"),
    "position.used_for": _("Those who decide must answer what they say."),
    "words.label": _("Say it in their own words."),
    "instead.label": _("If they do not agree: what do they want instead, or what would they need?"),
    "instead.needed": _("needed if they do not agree, unless you tick the box below"),
    "does_not_know.label": _("They do not know yet what they want instead. They want help to say it."),
    "interest.label": _("What matters to them about this?"),
    "later_says": _(
        "Say more: what they want instead (needed if they do not agree), or what matters to them"
    ),
}


def whose(decision: models.Decision, actor: Actor) -> UUID | None:
    """A voice who is not affected answers for the person; everyone else answers for themself."""
    if decision.person is None or decision.person in actor.ids:
        return None
    return None if is_affected(decision.id, actor) else decision.person


def speaker_kind(actor: Actor, person: UUID | None, at: datetime) -> str:
    """As what the actor speaks for this person now; empty when they do not, or when somebody disputes it."""
    if actor.person is None or person is None or person in actor.ids:
        return ""
    for one in standings(actor.person, person, at):
        if one.speaks and one.kind in SPEAK:
            return str(one.kind.value)
    return ""


def said_to_speaker(actor: Actor, given: Mapping[str, Any], *, declines: bool) -> Mapping[str, Lazy]:
    """The words of the form for whoever would answer by it for somebody else; nothing for all others."""
    pk = as_id(given.get("decision"))
    decision = models.Decision.objects.seen_by(actor).filter(pk=pk).first() if pk else None
    if decision is None or decision.person in actor.ids:
        return {}
    person = as_id(given.get("on_behalf")) or whose(decision, actor)
    kind = speaker_kind(actor, person, clock.now())
    if person is None or not kind:
        return {}
    name = {"name": names_of([person])[person]}
    seen = _("You, %(name)s and those who decide can see this.") % name
    lead = _("You speak for %(name)s here. What you send is their answer, not yours.") % name
    said = {"lead": lead, "seen_by_line": seen}
    if declines:
        no = {"title": _("Say that they do not want to answer")}
        return said | no | {"words.label": _("Do they want to say why?")}
    if kind in Kinds.POWERS:
        return said | {"title": _("Say what you decide for them")}
    return said | {"title": _("Say what they told you")} | dict(ASKED)
