"""What was said of a matter: that it takes something away, or that it is help; by whom, and until when.

The person’s own word holds until they say the opposite, and so does an independent advocate’s, for they may
be all who speaks for somebody who cannot. What anybody else says for them holds for as long as help that
began in a hurry may go on without them: in that time they are asked. Guards: they see everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock, rules
from alongside.kernel.command import At
from alongside.kernel.letters import nearly_same
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.apart import GROUPS, Apart
from alongside.topics.decisions.commands.base import Objection
from alongside.topics.decisions.commands.outside import is_their_own_word, outside_of_law
from alongside.topics.people.models import Kinds, Link, Organisation
from alongside.topics.people.models.links import live, posts_of
from alongside.topics.people.policy import joined_records, standings

TAKES_AWAY = "takes_away"  # the person says so, or their independent advocate
FOR_THEM = "takes_away_said"  # somebody else said so for them
IS_HELP = "is_help"  # the person says that it takes nothing from them
OVER = "takes_away_over"  # what somebody else said holds no longer
WORDS_OF_IT = (TAKES_AWAY, FOR_THEM, IS_HELP, OVER)
HOURS = "decision.urgent.involve_hours"
AGAIN = timedelta(days=28)  # so long nobody says it for them again, whose word did not hold


def said_last(decision: models.Decision) -> models.Step | None:
    """What was said last in this matter."""
    rows = models.Step.everything.filter(decision=decision.id, kind__in=WORDS_OF_IT)
    found: models.Step | None = rows.order_by("at", "made_by").last()
    return found


def word_on(person: UUID, words: str) -> models.Step | None:
    """What was said last of these words, or of nearly the same, in whatever matter of this person."""
    stands, joined = joined_records(person)
    matters = models.Decision.everything.filter(person__in=[stands, *joined])
    rows = list(_said_in(matters).order_by("at", "made_by"))
    found = matters.filter(id__in={row.decision for row in rows})
    titles = {row.id: str(row.title) for row in found}
    alike = [row for row in rows if nearly_same(str(row.words or titles[row.decision]), words)]
    return alike[-1] if alike else None


def _said_in(matters: Any) -> Any:
    return models.Step.everything.filter(kind__in=WORDS_OF_IT, decision__in=matters.values("id"))


def holds_until(said: models.Step) -> datetime:
    """Until when what somebody said for another holds, if they say nothing themself."""
    return rules.here(clock.day_of(said.at)).until(HOURS, said.at)


# Who says it ----------------------------------------------------------------------------------------------


def is_their_own(decision: models.Decision, at: At) -> bool:
    """Whether the person whose life it is says this, by their own hand or typed from outside the line."""
    return decision.person in at.by.ids and is_their_own_word(decision.id, decision.person, at)


def is_said_for_good(decision: models.Decision, at: At) -> bool:
    """Whether this word holds until the person says the opposite."""
    return is_their_own(decision, at) or _is_independent(decision, at)


def _is_independent(decision: models.Decision, at: At) -> bool:
    """Whether the one who says it for them is an advocate of a group, undisputed, and nothing else to them: a
    relative or carer, or who holds a power, is none by being called so."""
    who, person = at.by.person, decision.person
    if who is None or person is None or at.by.typed_by is not None:
        return False
    near = Link.everything.filter(live(at.moment), person=person, other=who)
    groups = Organisation.everything.filter(kind__in=GROUPS).values("id")
    if near.filter(kind__in=(*Kinds.CIRCLE, *Kinds.POWERS)).exists():
        return False
    if not posts_of(who, at.moment, Kinds.COLLEAGUES).filter(organisation__in=groups).exists():
        return False
    apart = Apart(decision, person, outside_of_law(decision, at.moment), at.moment)
    held = [one for one in standings(who, person, at.moment) if one.kind in Kinds.ADVOCATES and one.speaks]
    return any(apart.is_independent(one, who) for one in held)


def may_say_it_for_them(decision: models.Decision, at: At) -> Iterator[Objection]:
    """Whoever speaks for the person says it once. What the person said of it themself is their word."""
    who, person = at.by.person, decision.person
    if who is None or person is None or not any(one.speaks for one in standings(who, person, at.moment)):
        yield "", _("You may not speak for them in this now. Ask them to say it themself.")
        return
    last = word_on(person, str(decision.title))
    if last is not None and last.kind == IS_HELP:
        yield "", _("They said themself that it takes nothing away from them.")
        return
    was_not_so = (last is not None and last.kind == OVER) or _lately(who, person, at)
    if was_not_so and not _is_independent(decision, at):
        yield "", _("You said so of help for them lately. Now they, or an independent advocate, can say it.")


def _lately(who: UUID, person: UUID, at: At) -> bool:
    """Whether this one said it for them lately, and they did not say so themself."""
    stands, joined = joined_records(person)
    matters = models.Decision.everything.filter(person__in=[stands, *joined])
    said = _said_in(matters).filter(kind=FOR_THEM, by__in=at.by.ids, at__gte=at.moment - AGAIN)
    for matter in matters.filter(id__in=said.values("decision")).order_by("id"):
        last = said_last(matter)
        if last is None or last.kind != TAKES_AWAY:
            return True
    return False
