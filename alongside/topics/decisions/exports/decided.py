"""What a letter says once a matter is decided: all that its page says, for whoever never opens a page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alongside.interfaces import words
from alongside.interfaces.acting import may_do
from alongside.interfaces.letter import Heading
from alongside.kernel import clock
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.models import State
from alongside.topics.decisions.pages.by_whom import decided_words
from alongside.topics.decisions.pages.shown import Names


def what_was_decided(decision: models.Decision, reader: Actor) -> list[str | Heading]:
    """The answer, who gave it and why, when it is looked at again, and until when it can be undone."""
    if decision.state != State.DECIDED:
        return [str(State(decision.state).label), *_why(decision)]
    names = Names(reader, [decision.decided_by], matter=decision)
    found: list[str | Heading] = [Heading(_("What was decided")), outcome_of(decision, reader)]
    found += [decided_words(reader, decision, decision, names), *_why(decision)]
    if decision.would_change:
        found += [Heading(_("What would change this")), str(decision.would_change)]
    if decision.review_on and decision.review_on >= clock.today():
        found.append(_("They will look at it on %(on)s.") % {"on": words.day(decision.review_on)})
    return [*found, *_undoing(decision)]


def outcome_of(decision: models.Decision, reader: Actor) -> str:
    """Whether it was agreed, and which way it goes."""
    outcome = _(pack_of(decision).item("decision.outcomes", decision.outcome)["name"])
    way = (
        models.Option.objects.seen_by(reader).filter(id=decision.option).first() if decision.option else None
    )
    return f"{outcome}: {way.name}" if way else outcome


def _why(decision: models.Decision) -> list[str | Heading]:
    return [Heading(_("Why")), str(decision.reasons)] if decision.reasons else []


def _undoing(decision: models.Decision) -> list[str]:
    if decision.undo_days is None:
        return []
    if decision.undo_until is None:
        return [_("You can undo this. Ring us, or use the code below.")]
    return [_("You can undo this until %(day)s.") % {"day": words.day(decision.undo_until)}]


def if_it_is_wrong(decision: models.Decision, reader: Actor) -> list[str | Heading]:
    """How to say that it is wrong. A small thing can be undone; their own decision needs no answer."""
    small = decision.undo_days is not None or decision.is_own
    if decision.state != State.DECIDED or small or not may_do(reader, "decisions.challenged", decision.id):
        return []
    who = _(
        "Say what is wrong and what you want. Somebody from outside will answer: not whoever decided, nor "
        "their boss or team."
    )
    less = _("Nothing that you have now is made less because you say this.")
    return [Heading(_("Is this decision wrong?")), who, less]
