"""What each rule about decisions is called on the screen, by what people want to know.

A rule that a council adds has no words here: then its own name in the rules is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.functional import Promise as Later
from django.utils.translation import gettext_lazy as _

Words = str | Later

TO_KNOW: Sequence[tuple[Words, Mapping[str, Words]]] = (  # (what to know, the rules that say it)
    (
        _("How long you have, and how long they have"),
        {
            "decision.weighty.answer_days": _("How long people have to answer"),
            "decision.weighty.more_time_days": _("How much more time they can have"),
            "decision.everyday.undo_days": _("How long a small thing can be undone"),
            "decision.urgent.involve_hours": _("How soon the person is asked when help started in a hurry"),
            "decision.challenge.answer_days": _("How soon we answer somebody who says that it is wrong"),
            "decision.effects.ask_days": _("How soon people are asked what it did to them"),
        },
    ),
    (
        _("How you are told, and who helps you to answer"),
        {
            "told.channels": _("Ways to tell a person"),
            "told.signs": _("How we know that word reached them"),
            "told.not_reached": _("Why word may not have reached them"),
            "decision.offers": _("What is offered, so that a person can answer"),
            "decision.offers.before_help": _("What must be offered before help may start without an answer"),
            "decision.support_kinds": _("Kinds of support for those it affects"),
        },
    ),
    (
        _("What you can say, and what they can reply"),
        {
            "decision.answers": _("What can come back from a person"),
            "decision.positions": _("What people can think of it"),
            "decision.replies": _("How those who decide can reply"),
            "decision.evidence_kinds": _("Kinds of things that are known"),
            "decision.taking_reasons": _("Why words may be taken from sight"),
        },
    ),
    (
        _("What can be decided"),
        {
            "decision.sizes": _("How large a decision can be"),
            "decision.changes": _("What a decision can change"),
            "decision.outcomes": _("How a decision can end"),
        },
    ),
    (
        _("When it may be decided without an answer"),
        {
            "decision.grounds": _("Legal reasons to decide without an answer"),
            "decision.ground.lapse_review_days": _("How soon we look again when a legal reason has ended"),
            "decision.ground.unseen_days": _("How long an emergency holds while nobody outside has seen it"),
            "decision.ground.again_days": _("How long a new emergency does not begin its day anew"),
            "second_look.there_days": _("How long before the matter whoever looks must have been there"),
            "decision.safeguards": _("What protects the person"),
            "decision.safeguards_of_law": _("What the law adds to protect the person"),
        },
    ),
    (
        _("When it affects many people"),
        {
            "decision.lot.over": _("How large a group is when some are drawn by lot"),
            "decision.lot.size": _("How many are drawn by lot"),
            "decision.group.review_months": _("How soon we look again when a group was not asked"),
        },
    ),
    (
        _("When a service changes: who judges it"),
        {
            "change.kinds": _("Kinds of change to a service"),
            "change.standings": _("Who judges a change"),
            "change.judge_days": _("How long they have to judge it"),
            "change.gate.least_heard": _("How many must judge it, at least"),
            "change.gate.least_heard_percent": _("What part of all it affects must judge it, at least"),
            "change.gate.more_than_percent": _("More than this part must be for it"),
            "change.review_months": _("When a change is judged again"),
            "change.judge_window_days": _("How long before that day they are asked"),
            "change.passed_over.look_again_months": _(
                "When it is looked at again if it went on against their judgement"
            ),
        },
    ),
    (
        _("When a service changes: how it is tried, and the good it is to do"),
        {
            "change.tried_as": _("Who tries it out"),
            "change.fitness.people": _("How many people try each thing it must do"),
            "change.fitness.passed_percent": _("How many of them must say that it works"),
            "change.pilot.longest_months": _("How long a try-out may last"),
            "change.benefit.check_months": _("When we check that the good it was to do has come"),
            "change.benefit.answer_days": _("How long people have to say whether it came"),
        },
    ),
    (
        _("When somebody says what is wrong"),
        {
            "problem.standings": _("Who can say that something is wrong"),
            "problem.answers": _("How a body can answer them"),
            "problem.answer_days": _("How soon it answers them"),
            "problem.words_wait_days": _("How soon somebody reads words that have no name beside them"),
            "problem.held_reasons": _("Why such words may be held back"),
            "problem.held_alone_days": _("How long a body alone may hide words that others showed"),
        },
    ),
)
OTHER = _("Other rules")
CALLED: Mapping[str, Words] = {key: called for _name, rules in TO_KNOW for key, called in rules.items()}


def by_what_to_know(keys: Iterable[str]) -> Iterator[tuple[Words, list[str]]]:
    """These rules by what somebody wants to know; those with no words of ours come last."""
    left = list(keys)
    for name, rules in TO_KNOW:
        found = [key for key in rules if key in left]
        if found:
            yield name, found
    others = sorted(key for key in left if key not in CALLED)
    if others:
        yield OTHER, others
