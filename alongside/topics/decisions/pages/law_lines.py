"""A legal reason in one line, on the own page of those who decide and of the person it is about.

That somebody has not answered is not the whole truth where a legal reason waits to be seen, or is not agreed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel import clock
from alongside.kernel.command import Lazy
from alongside.kernel.policy import Actor
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.grounded import must_be_seen
from alongside.topics.decisions.guard import InTheWay
from alongside.topics.decisions.pages.seeing import HOLDS, kind_of

WHAT_NOW: Mapping[str, Lazy] = {  # by what is in the way: what whoever decides can do about it
    "unseen": _("See who is asked to look at it, and by when"),
    "not_agreed": _("Read why. Then talk with them again, or write it down anew"),
    "lapsed_unseen": _("See what has ended, and who could look at a new one"),
    "lapsed": _("See when it ended. Then ask them again"),
    "lacks_safeguard": _("See what is missing, and write it down"),
    "lacks_holder": _("See whose word is missing"),
}
TO_THE_PERSON: Mapping[str, Lazy] = {  # by how the legal reason stands: the truth, to whom it is about
    "unseen": _(
        "They wrote down a legal reason to decide without your answer. Somebody outside their team looks at "
        "it first. Until then it opens nothing."
    ),
    "not_agreed": _(
        "They wrote down a legal reason to decide without your answer. Somebody outside their team does not "
        "agree. It opens nothing."
    ),
    "until": _(
        "They say that this is an emergency, and may decide without your answer for a short time. Somebody "
        "outside their team is asked to look at it."
    ),
    "live": _(
        "They have a legal reason to decide without your answer. Somebody outside their team has seen it."
    ),
    "lapsed_unseen": _(
        "They said that this was an emergency. That is over: nobody outside had seen it in time."
    ),
    "ended_unseen": _(
        "It was decided in an emergency. Nobody outside had seen it in time, so that holds no longer."
    ),
}


def in_the_law(in_the_way: Iterable[InTheWay]) -> InTheWay | None:
    """What the law says of a legal reason, where one was written down and opens nothing."""
    return next((each for each in in_the_way if each.code in WHAT_NOW), None)


def of_the_law(actor: Actor, rows: Sequence[models.Decision]) -> dict[UUID, dict[str, Any]]:
    """How the legal reason of each of these matters stands, in a line to the person it is about, and
    whether it may be decided on now: then nobody says that nothing happens before they answer."""
    now = clock.now()
    about = {row.id: row for row in rows if row.is_about_person and row.person in actor.ids}
    if not about or not must_be_seen(clock.day_of(now)):
        return {}
    found: dict[UUID, dict[str, Any]] = {}
    for ground in models.Ground.objects.seen(actor, "recorded_at", "id", decision=set(about)):
        kind = kind_of(about[ground.decision], ground, now)
        if kind in TO_THE_PERSON:
            holds = kind in HOLDS or found.get(ground.decision, {}).get("holds", False)
            found[ground.decision] = {"words": TO_THE_PERSON[kind], "holds": holds}
    return found


def decided_without_an_answer(actor: Actor, rows: Iterable[models.Decision]) -> set[UUID]:
    """Which of these may be decided now for a legal reason: there nobody says that nothing happens before."""
    now = clock.now()
    about = {row.id: row for row in rows if row.is_about_person and row.takes_away}
    if not about or not must_be_seen(clock.day_of(now)):
        return set()
    grounds = models.Ground.objects.seen(actor, "recorded_at", "id", decision=set(about))
    return {each.decision for each in grounds if kind_of(about[each.decision], each, now) in HOLDS}
