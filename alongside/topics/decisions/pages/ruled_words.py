"""What each rule about decisions is called on the screen, in the order in which people meet it.

A rule that a council adds has no words here: then its own name in the rules is shown.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

CALLED: Mapping[str, str | Later] = {
    "decision.sizes": _("How large a decision can be"),
    "decision.changes": _("What a decision can change"),
    "decision.weighty.answer_days": _("How long people have to answer"),
    "decision.weighty.more_time_days": _("How much more time they can have"),
    "decision.everyday.undo_days": _("How long a small thing can be undone"),
    "decision.urgent.involve_hours": _("How soon the person is asked when help started in a hurry"),
    "decision.answers": _("What can come back from a person"),
    "decision.positions": _("What people can think of it"),
    "decision.offers": _("What is offered, so that a person can answer"),
    "decision.offers.before_help": _("What must be offered before help may start without an answer"),
    "told.channels": _("Ways to tell a person"),
    "told.signs": _("How we know that word reached them"),
    "told.not_reached": _("Why word may not have reached them"),
    "decision.grounds": _("Legal reasons to decide without an answer"),
    "decision.ground.lapse_review_days": _("How soon we look again when a legal reason has ended"),
    "decision.safeguards": _("What protects the person"),
    "decision.safeguards_of_law": _("What the law adds to protect the person"),
    "decision.evidence_kinds": _("Kinds of things that are known"),
    "decision.taking_reasons": _("Why words may be taken from sight"),
    "decision.support_kinds": _("Kinds of support for those it affects"),
    "decision.lot.over": _("From how many people on some are drawn by lot"),
    "decision.lot.size": _("How many are drawn by lot"),
    "decision.replies": _("How those who decide can reply"),
    "decision.outcomes": _("How a decision can end"),
    "decision.challenge.answer_days": _("How soon we answer somebody who says that it is wrong"),
    "decision.effects.ask_days": _("How soon people are asked what it did to them"),
    "decision.group.review_months": _("How soon we look again when a group was not asked"),
    "change.kinds": _("Kinds of change to a service"),
    "change.standings": _("Who judges a change"),
    "change.judge_days": _("How long they have to judge it"),
    "change.gate.least_heard": _("How many must judge it, at least"),
    "change.gate.least_heard_percent": _("What part of all it affects must judge it, at least"),
    "change.gate.more_than_percent": _("More than this part must be for it"),
    "change.tried_as": _("Who tries it out"),
    "change.fitness.people": _("How many people try each thing it must do"),
    "change.fitness.passed_percent": _("How many of them must say that it works"),
    "change.pilot.longest_months": _("How long a try-out may last"),
    "change.review_months": _("When a change is judged again"),
    "change.judge_window_days": _("How long before that day they are asked"),
    "change.passed_over.look_again_months": _(
        "When it is looked at again if it went on against their judgement"
    ),
    "change.benefit.check_months": _("When we check that the good it was to do has come"),
    "change.benefit.answer_days": _("How long people have to say whether it came"),
    "problem.standings": _("Who can say that something is wrong"),
    "problem.answers": _("How a body can answer them"),
    "problem.answer_days": _("How soon it answers them"),
    "problem.words_wait_days": _("How soon somebody reads words that have no name beside them"),
    "problem.held_reasons": _("Why such words may be held back"),
}
_ORDER = {key: place for place, key in enumerate(CALLED)}


def in_order(keys: list[str]) -> list[str]:
    """These rules in the order in which people meet them; those with no words of ours come last."""
    return sorted(keys, key=lambda key: (_ORDER.get(key, len(_ORDER)), key))
