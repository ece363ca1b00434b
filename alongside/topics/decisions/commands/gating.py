"""How a change stands, read from the rows for the two gates. No gate counts under a filter."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.kernel import rules
from alongside.kernel.command import At, Id, Recorded
from alongside.kernel.few import as_the_last_lot_stood
from alongside.kernel.pack import Pack
from alongside.kernel.policy import INSTALLATION
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.base import Objection, OnDecision, must_belong
from alongside.topics.decisions.commands.lots import asked_by_lot, waits_for_the_drawn, was_asked_again
from alongside.topics.decisions.commands.outside import typist, works_for
from alongside.topics.decisions.engine import counted, fitness, gates
from alongside.topics.decisions.models import Change, ChangeStep, Judgement
from alongside.topics.people.models.read_first import at_first
from alongside.topics.people.policy import one_each_unnamed_too, over_earlier

AGREED = ("agreed", "agreed_with_changes")


def pack_of_change(change: Change) -> Pack:
    """The rules this change was proposed under."""
    return rules.version(change.rules_version, on=change.proposed_on)


class OnChange(OnDecision):
    """A command on a change: all that the gates read changes under the lock of the decision it comes from."""

    page = "decisions:changes"
    change: Id[Change]

    def objections(self, decision: models.Decision, change: Change, *rest: Any) -> Iterator[Objection]:
        yield from must_belong(decision, change=change)

    def about(self, *things: Any) -> UUID | None:
        return None


def refused_by(bars: Iterable[gates.Bar], plan: gates.Plan | None = None) -> Iterator[Objection]:
    """Everything in the way; and where too few have judged it, what can be done instead."""
    found = tuple(bars)
    for _code, sentence in found:
        yield "", sentence
    if plan is not None and any(code == "unheard" for code, _sentence in found):
        for way in gates.ways_on(plan):
            yield "", way


ENDS_A_ROUND = ("plan_before", "started", "goes_on", "stopped", "dropped")
NO_ROUND = dict.fromkeys(("ended", "asked_on", "judge_by", "reached", "left", "left_asked"))


def step_of_change(command: Any, change: Change, entry: Recorded, kind: str, words: Any, **more: Any) -> None:
    """Keep what was done with a change, its words, and how the round stood that it ended."""
    stood = _how_it_stood(change) if kind in ENDS_A_ROUND else NO_ROUND
    ChangeStep.begin(
        entry,
        id=command.step,
        decision=change.decision,
        of_change=change.id,
        kind=kind,
        words=words,
        office=entry.office or change.office,
        on_day=command.on_day,
        **{**stood, **more},
    )


def _how_it_stood(change: Change) -> dict[str, Any]:
    """How the round stands that ends now: the next one begins empty."""
    return {name: change.round if name == "ended" else getattr(change, name) for name in NO_ROUND}


def counts(standing_counts: bool, decision: models.Decision, change: Change, at: At) -> bool:
    """Whether somebody's word is counted: affected, not paid by those it judges, nor typed by them, nor by
    nobody we know."""
    bodies = {decision.organisation, change.run_by}
    who = {at.by.person, typist(at)} - {None}
    return (
        standing_counts
        and INSTALLATION not in who
        and not any(works_for(one, body, at.moment) for one in who for body in bodies)
    )


def earlier(model: Any, change: Change, at: At, **more: Any) -> dict[str, Any]:
    """What the same person said before about the same thing: the new word takes its place, unless it is
    typed for somebody who said it themself."""
    rows = model.everything.filter(of_change=change.id, person__in=at.by.ids, is_current=True, **more)
    return over_earlier(rows.order_by("id"), typist(at))


def say_of_change(command: Any, model: Any, entry: Recorded, change: Change, **more: Any) -> None:
    """Keep what one person says of a change, in place of what they said before of the same."""
    for pk in command.replaces or ():
        model.everything.get(id=pk).change(entry, is_current=False)
    model.begin(
        entry,
        decision=change.decision,
        person=entry.by,
        of_change=change.id,
        words=command.words or None,
        is_counted=command.is_counted,
        typist=command.typed,
        is_current=not command.is_beside,
        may_be_read=command.may_be_read,
        **at_first(command.look_by),
        heard=None if command.is_beside else entry.number,
        said_on=command.on_day,
        **more,
    )


def once(rows: Any, decision: UUID) -> list[Any]:
    """The last word of each: two records that were joined are one person, whatever name they used here."""
    found = list(rows.order_by("made_by", "id"))
    who = one_each_unnamed_too((row.person for row in found), decision)
    return list({who[row.person]: row for row in found}.values())


def said_in_lots(rows: Any, decision: UUID, *, smallest: int) -> list[Any]:
    """The last word of each whose word counts and was not set aside, as the last whole lot left them."""
    found = list(rows.filter(Q(heard__isnull=False) | Q(is_current=True)).order_by("made_by", "id"))
    who = one_each_unnamed_too({row.person for row in found}, decision)
    standing = {who[row.person] for row in found if row.is_current}
    ever = {who[row.person] for row in found if row.is_counted} & standing
    said = [(row.heard or row.made_by, who[row.person], row) for row in found if who[row.person] in ever]
    last = as_the_last_lot_stood(said, smallest=smallest)
    return [row for row in last.values() if row.is_counted]


def tally_of(change: Change, *, smallest: int = 0, end: ChangeStep | None = None) -> counted.Tally:
    """What those affected said in this round, or in the one that `end` ended: n of N.

    Whoever was drawn counts as drawn, named or not.
    For everyone, as it stood when the last whole lot of `smallest` people had judged it (kernel/few.py).
    """
    of_round, stood = (change.round, change) if end is None else (end.ended, end)
    rows = _ever_counted(change, of_round)
    drawn = asked_by_lot(change, end=end)
    who = one_each_unnamed_too({*(drawn or ()), *(row.person for row in rows)}, change.decision)
    drawn = None if drawn is None else {who[one] for one in drawn}
    ever = {who[row.person] for row in rows if row.is_counted}
    came = [(who[row.person], row) for row in rows if who[row.person] in ever]
    inside = [one for one in came if drawn is None or one[0] in drawn]
    beside = [one for one in came if drawn is not None and one[0] not in drawn]
    said, others = _last_words(inside, smallest), _last_words(beside, smallest)
    words, other_words = [row.judged for row in said], [row.judged for row in others]
    left = set(pack_of_change(change).codes("change.standings", having="left"))
    return counted.Tally(
        whom=change.size if drawn is None else len(drawn),
        reached=stood.reached,
        is_for=words.count("for"),
        for_if=words.count("for_if"),
        against=words.count("against"),
        left=stood.left,
        left_asked=stood.left_asked,
        left_heard=sum(row.standing in left for row in (*said, *others)),
        is_by_lot=drawn is not None,
        drawn_from=0 if drawn is None else change.size,
        beside_for=other_words.count("for"),
        beside_for_if=other_words.count("for_if"),
        beside_against=other_words.count("against"),
        some_more=len(_last_words(inside, 0)) > len(said),
        some_more_beside=len(_last_words(beside, 0)) > len(others),
    )


def _ever_counted(change: Change, of_round: int | None) -> list[Any]:
    """All that was said in this round and counted as theirs at some time. What was typed beside somebody's
    own word never did."""
    rows = Judgement.everything.filter(of_change=change.id, round=of_round)
    return list(rows.filter(Q(heard__isnull=False) | Q(is_current=True)))


def _last_words(came: list[tuple[UUID, Judgement]], smallest: int) -> list[Judgement]:
    said = [(row.heard or row.made_by, whose, row) for whose, row in came]
    unsaid = [(row.denied, whose, row) for whose, row in came if row.denied is not None]
    last = as_the_last_lot_stood(said, smallest=smallest, unsaid=unsaid)
    return [row for row in last.values() if row.is_counted]


def measure_of(change: Change) -> counted.Measure:
    pack = pack_of_change(change)
    return counted.Measure(
        least_heard=pack.number("change.gate.least_heard"),
        least_heard_percent=pack.number("change.gate.least_heard_percent"),
        more_than_percent=pack.number("change.gate.more_than_percent"),
    )


def plan_of(
    decision: models.Decision,
    change: Change,
    today: date,
    *,
    passes_over: bool = False,
    looks_again: bool = False,
    smallest: int = 0,
) -> gates.Plan:
    """Everything the two gates ask of one change, as it stands now; told in numbers from `smallest` on."""
    pilots = {row.of_change: row for row in models.Pilot.everything.filter(decision=decision.id)}
    evaluated, tally = _evaluated(decision.id), tally_of(change)
    return gates.Plan(
        state=change.state,
        is_agreed_on=decision.state == models.State.DECIDED and decision.outcome in AGREED,
        takes_away=decision.takes_away,
        said_to_take=said_to_take(change),
        tally=tally,
        numbers=tally_of(change, smallest=smallest) if smallest else tally,
        measure=measure_of(change),
        was_asked=change.asked_on is not None,
        drawn_wait=waits_for_the_drawn(change),
        time_is_up=change.judge_by is not None and change.judge_by < today,
        asked_again=was_asked_again(change),
        unanswered=_unanswered(change, smallest=smallest),
        is_pilot=change.is_pilot,
        is_set_out=change.id in pilots,
        stop_rule_met=evaluated.get(change.id, False),
        others=try_outs(decision.id, but=change.id),
        needs_fitness=change.needs_fitness,
        unfit=tuple(unfit(change, is_exact=not smallest)) if change.needs_fitness else (),
        is_good_claimed=models.Benefit.everything.filter(of_change=change.id).exists(),
        review_on=change.review_on,
        judged_from=judged_from(change),
        was_passed_over=change.is_passed_over and change.state != gates.PROPOSED,
        passes_over=passes_over,
        looks_again=looks_again,
        smallest=smallest,
    )


def _unanswered(change: Change, *, smallest: int) -> int:
    """How many who are not for it wait for a reply. Whoever is told no small number reads nothing of a few:
    else it would say of the last one who spoke what they said."""
    rows = Judgement.everything.filter(of_change=change.id, round=change.round)
    said = (
        said_in_lots(rows, change.decision, smallest=smallest) if smallest else rows.filter(is_current=True)
    )
    waits = [row for row in said if row.judged != "for" and row.words is not None and row.replied_on is None]
    return len(waits) if len(waits) >= smallest else 0


def said_to_take(change: Change) -> bool:
    """Whether one of those it affects says in this round that it takes something away from them."""
    rows = Judgement.everything.filter(of_change=change.id, round=change.round, is_current=True)
    return bool(rows.filter(takes_away=True, is_counted=True, denied=None).exists())


def _evaluated(decision: UUID) -> dict[UUID, bool]:
    """Of each try-out of this matter that was evaluated: whether it met its stop rule, now or ever."""
    found: dict[UUID, bool] = {}
    for row in models.Evaluation.everything.filter(decision=decision):
        found[row.of_change] = found.get(row.of_change, False) or row.is_stop_met
    return found


def try_outs(decision: UUID, *, but: UUID | None = None) -> tuple[gates.TryOut, ...]:
    """The try-outs of a matter, and what came of each."""
    evaluated = _evaluated(decision)
    rows = Change.everything.filter(decision=decision, is_pilot=True).exclude(id=but).order_by("number")
    return tuple(
        gates.TryOut(
            name=str(row.name),
            has_started=row.started_on is not None,
            is_evaluated=row.id in evaluated,
            stop_rule_met=evaluated.get(row.id, False),
            waits=row.state == gates.PROPOSED,
        )
        for row in rows
    )


def judged_from(change: Change) -> date | None:
    """From which day those affected judge what a change did."""
    if change.review_on is None:
        return None
    return change.review_on - timedelta(days=pack_of_change(change).days("change.judge_window_days"))


def unfit(change: Change, *, is_exact: bool = True) -> Iterator[Any]:
    """What each thing it must do still lacks."""
    pack = pack_of_change(change)
    wanted = fitness.Wanted(
        people=pack.number("change.fitness.people"),
        passed_percent=pack.number("change.fitness.passed_percent"),
        needed=pack.codes("change.tried_as", having="needed"),
    )
    names = dict(pack.choices("change.tried_as"))
    items = list(models.FitnessItem.everything.filter(of_change=change.id).order_by("number"))
    if not items:
        yield _("Say each thing it must do, so that people can try it.")
    for item in items:
        tries = models.Trial.everything.filter(item=item.id, of_change=change.id, is_current=True)
        tried = [
            fitness.Try(row.tried_as, row.works == "yes", row.is_counted)
            for row in once(tries, change.decision)
        ]
        yield from fitness.why_unfit(str(item.words), tried, wanted, names, is_exact=is_exact)
