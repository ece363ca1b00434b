"""Two gates for a change to a service: it may not start, nor go on, unless those affected have judged it.

Plain values in, sentences out. `may_start` and `may_go_on` say everything that is in the way; the commands
refuse by them and the pages show them, so that nothing else can let a change through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from alongside.topics.decisions.engine.counted import (
    Measure,
    Tally,
    all_are_against,
    is_agreed,
    is_heard,
    least_to_go_over,
    needed_of,
    others_are_against,
)
from alongside.topics.decisions.engine.few import told
from alongside.topics.decisions.engine.saying import Saying

Lazy = Any  # a translatable sentence
Bar = tuple[str, Lazy]  # what is in the way: a code for programs and tests, and the sentence

PROPOSED, RUNNING, LAPSED = "proposed", "running", "lapsed"
CHANGED, STOPPED, DROPPED = "changed", "stopped", "dropped"
MOVES: Mapping[tuple[str, str], str] = {  # every way a change can go; there are no others
    (PROPOSED, "put"): PROPOSED,
    (PROPOSED, "start"): RUNNING,
    (PROPOSED, "drop"): DROPPED,
    (RUNNING, "progress"): RUNNING,
    (RUNNING, "go_on"): RUNNING,
    (RUNNING, "lapse"): LAPSED,
    (RUNNING, "stop"): STOPPED,
    (RUNNING, "replace"): CHANGED,
    (LAPSED, "go_on"): RUNNING,
    (LAPSED, "stop"): STOPPED,
    (LAPSED, "replace"): CHANGED,
}


@dataclass(frozen=True)
class TryOut:
    """A try-out of the same matter, and what came of it."""

    name: str
    has_started: bool
    is_evaluated: bool
    stop_rule_met: bool
    waits: bool = False  # it is proposed, and neither started nor dropped


@dataclass(frozen=True)
class Plan:
    """How one change stands, as far as the two gates ask."""

    state: str
    is_agreed_on: bool = True  # the decision it belongs to still stands
    takes_away: bool = False
    said_to_take: bool = False  # one of those it affects says so, whatever those who decide call it
    tally: Tally = field(default_factory=Tally)  # how it stands, by which the gates go
    numbers: Tally = field(default_factory=Tally)  # what the reader of the sentences may be told of it
    measure: Measure = field(default_factory=Measure)
    was_asked: bool = False
    drawn_wait: bool = False  # a lot was drawn for it, and those drawn have not been asked again
    time_is_up: bool = False
    asked_again: bool = False  # too few had judged it, and they were asked a second time
    unanswered: int = 0  # conditions and objections with words, and no reply
    is_pilot: bool = False
    is_set_out: bool = False  # the try-out says where, whom, how long, what it predicts, and when it stops
    stop_rule_met: bool = False
    others: tuple[TryOut, ...] = ()
    needs_fitness: bool = False
    unfit: tuple[Lazy, ...] = ()
    is_good_claimed: bool = False
    review_on: date | None = None
    judged_from: date | None = None
    was_passed_over: bool = False  # its permission now was given over their judgement
    passes_over: bool = False  # whoever asks gives a reason to pass over their judgement
    looks_again: bool = False  # and a day on which they look again
    smallest: int = 0  # the smallest number of people that whoever reads the sentences may be told


def is_lapsed(state: str, review_on: date | None, today: date) -> bool:
    """Whether it has lost its permission, also before the clock has written that down."""
    return state == LAPSED or (state == RUNNING and review_on is not None and review_on < today)


def may_move(state: str, wish: str) -> Iterator[Bar]:
    """What stands in the way of this step from this state; nothing where it may be taken."""
    if (state, wish) not in MOVES:
        yield "state", _NOT_NOW.get(state, _("This is over. Propose a new change."))


_NOT_NOW = {
    PROPOSED: _("This has not started."),
    RUNNING: _("This has started already."),
    LAPSED: _("Its permission has lapsed. It waits for those it affects to judge it."),
}


def may_start(plan: Plan) -> tuple[Bar, ...]:
    """Gate one: everything in the way of starting."""
    return (*may_move(plan.state, "start"), *_decided(plan), *_tried_out(plan), *_fit(plan), *_judged(plan))


def may_go_on(plan: Plan, today: date) -> tuple[Bar, ...]:
    """Gate two: everything in the way of going on to the next review."""
    first = (*may_move(plan.state, "go_on"), *_decided(plan), *_stop_rule(plan))
    early = tuple(_too_early(plan, today))
    if early:  # that nobody has judged what it did is no wonder yet
        return (*first, *early)
    return (*first, *_left(plan), *_judged(plan), *_not_twice(plan))


def may_widen(others: Iterable[TryOut]) -> Iterator[Bar]:
    """What came of try-outs stands in the way of anything wider."""
    for one in others:
        name = {"name": one.name}
        if one.stop_rule_met:
            yield (
                "stop_rule_met",
                _("The try-out “%(name)s” met its stop rule. It may not be made wider.") % name,
            )
        elif one.has_started and not one.is_evaluated:
            yield "not_evaluated", _("First write down what came of the try-out “%(name)s”.") % name
        elif one.waits:
            yield (
                "not_tried",
                _("First try out “%(name)s”, and write down what came of it. Or drop it.") % name,
            )


def may_evaluate(plan: Plan) -> Iterator[Bar]:
    """What is in the way of writing down what came of a try-out."""
    if not plan.is_pilot:
        yield "not_a_pilot", _("This is not a try-out.")
    elif plan.state in (PROPOSED, DROPPED):
        yield "state", _("It has not started.")
    if plan.stop_rule_met:
        return
    yield from _left(plan)
    if not is_heard(plan.tally, plan.measure):
        yield "unheard", _too_few(plan)


# What is in the way -------------------------------------------------------------------------------


def _decided(plan: Plan) -> Iterator[Bar]:
    if not plan.is_agreed_on:
        yield "undecided", _("The decision that this comes from does not stand. Decide it first.")


def _tried_out(plan: Plan) -> Iterator[Bar]:
    yield from may_widen(one for one in plan.others if not (plan.is_pilot and one.waits))
    if plan.is_pilot and not plan.is_set_out:
        yield "not_set_out", _("Say first where, for how long, what you expect, and when you would stop.")


def _fit(plan: Plan) -> Iterator[Bar]:
    if not plan.needs_fitness:
        return
    for why in plan.unfit:
        yield "unfit", why
    if not plan.is_good_claimed:
        yield "no_claim", _("Say what good it will do for people, and on which day that is checked.")


def _judged(plan: Plan) -> Iterator[Bar]:
    tally = plan.tally
    if not tally.whom:
        yield "no_group", _("Say which people it affects, and how many they are.")
        return
    if not plan.was_asked:
        yield "not_asked", _("Ask those it affects to judge it.")
    elif plan.drawn_wait:
        yield "drawn_wait", _("Ask those who were drawn by lot. The same people judge it again.")
    elif not plan.time_is_up and tally.heard < tally.whom:
        yield "time", _("Their time to judge is not up.")
    if plan.unanswered:
        yield "no_reply", _("Answer what people said against it, or what should change.")
    yield from _verdict(plan)


_ALL = _("Counted together with those who were not drawn by lot, not enough are for it.")
_OTHERS = _("Many who were not drawn by lot judged it too, and not enough of them are for it.")


def _who_stands_in_the_way(tally: Tally, measure: Measure) -> Lazy:
    return _ALL if all_are_against(tally, measure) else _OTHERS


def _verdict(plan: Plan) -> Iterator[Bar]:
    tally, found = plan.tally, list[Bar]()
    if not is_heard(tally, plan.measure):
        found.append(("unheard", _too_few(plan)))
    elif not is_agreed(tally, plan.measure):
        found.append(("not_agreed", _too_little(plan)))
    elif others_are_against(tally, plan.measure):
        found.append(("others_against", _who_stands_in_the_way(tally, plan.measure)))
    shut = tuple(_not_gone_over(plan))
    if not found or (plan.passes_over and plan.looks_again and not shut):
        return
    yield from found
    if shut:
        yield from shut
        return
    if not plan.passes_over:
        yield "no_reason", _("To go against that, publish why.")
    if not plan.looks_again:
        yield "no_day", _("And give the day on which they will look again.")


def _not_gone_over(plan: Plan) -> Iterator[Bar]:
    """What those who decide cannot go over, whatever reason they publish: that nobody judged it; and, until
    people were asked a second time and half of the least number came, that too few did."""
    if is_heard(plan.tally, plan.measure):
        return
    fewest = {"fewest": least_to_go_over(plan.tally, plan.measure)}
    if plan.tally.heard + plan.tally.beside == 0:
        yield "nobody", _("Nobody it affects has judged it. No reason can stand in for that.")
    elif plan.takes_away:
        yield "too_few_to_lose", _("It takes something away. So it waits until enough have judged it.")
    elif plan.said_to_take and not plan.smallest:  # of a few, nobody else reads what one of them said
        yield "too_few_to_lose", _TAKES
    elif plan.time_is_up and not plan.asked_again and not plan.smallest:
        yield (
            "ask_again",
            _("Ask them again. If %(fewest)s have judged it then, a published reason is enough.") % fewest,
        )
    elif plan.smallest or not plan.asked_again or plan.tally.heard < fewest["fewest"]:
        yield "too_few", _FEWEST % fewest  # whoever is told no small number reads it whether or not some came


_TAKES = _("It takes something away, says one of them. So it waits until enough have judged it.")
_FEWEST = _("A published reason is enough only after they were asked twice and %(fewest)s have judged it.")


def ways_on(plan: Plan) -> Iterator[Lazy]:
    """What can be done while too few have judged it. There is always a way, and none goes round them."""
    if not plan.was_asked or plan.state not in (PROPOSED, RUNNING, LAPSED):
        return
    if is_heard(plan.tally, plan.measure):
        return
    if plan.time_is_up:
        yield _("Give more time and ask again in other ways: by letter, by telephone, or at the door.")
    else:
        yield _("Ask whoever has not answered in other ways too: by letter, by telephone, or at the door.")
    yield _("Ask a user-led organisation to go to people, and to help them answer.")
    if plan.tally.is_by_lot:
        yield _("Whoever was drawn by lot and cannot judge can say so. The next one drawn is then asked.")
    elif needed_of(plan.tally, plan.measure) == plan.tally.whom:
        yield _("They are few, so each of them counts. Somebody from outside can write down what they say.")
    if plan.state == PROPOSED:
        yield _("Or change the plan, or drop it. Nothing changes until they have judged it.")
    else:
        yield _("Or stop it. Help that people have from it goes on.")


def _too_few(plan: Plan) -> Lazy:
    tally = plan.numbers
    said = {"heard": tally.heard, "whom": tally.whom, "needed": needed_of(plan.tally, plan.measure)}
    if told(tally, smallest=plan.smallest).heard is None:
        return _("Only a few of %(whom)s have judged it. It needs %(needed)s.") % said
    return _("Judged by %(heard)s of %(whom)s. It needs %(needed)s.") % said


def _too_little(plan: Plan) -> Lazy:
    tally = plan.numbers
    if told(tally, smallest=plan.smallest).is_for is None or is_agreed(tally, plan.measure):
        return _("Those who judged it did not agree: not enough of them are for it.")
    said = {"for": tally.is_for, "heard": tally.heard}
    return _("%(for)s of %(heard)s who judged it are for it.") % said


def passed(tally: Tally, measure: Measure) -> Lazy:
    """Whether their judgement is enough, as it stands: always said, whatever numbers are kept back."""
    if not tally.heard:
        return _("Nobody has judged it in this round yet.")
    if not is_heard(tally, measure):
        return _("Not passed so far: too few have judged it.")
    if not is_agreed(tally, measure):
        return _("Not passed: those who judged it do not agree to it.")
    if others_are_against(tally, measure):
        return _who_stands_in_the_way(tally, measure)
    return _("Passed: those who judged it agree to it.")


def _stop_rule(plan: Plan) -> Iterator[Bar]:
    if plan.stop_rule_met:
        yield "stop_rule_met", _("Its stop rule is met. Stop it, or propose something else instead.")


def _too_early(plan: Plan, today: date) -> Iterator[Bar]:
    if plan.state == RUNNING and plan.judged_from and today < plan.judged_from:
        day = {"day": date_format(plan.judged_from, "j F Y")}
        yield "early", Saying(_("It is too early to judge what it did. They can judge it from %(day)s."), day)


def _left(plan: Plan) -> Iterator[Bar]:
    tally = plan.tally
    if plan.was_asked and tally.left is None:
        yield "left_unknown", _("Say how many used it and left, and how many of those you asked.")
    elif tally.left and not tally.left_asked:
        yield "left_not_asked", _("Ask those who left too. Those who stayed are not all.")


def _not_twice(plan: Plan) -> Iterator[Bar]:
    if plan.passes_over and plan.was_passed_over:
        yield "twice", _("Their judgement was passed over last time. It cannot be passed over again.")
