"""Whose judgement is asked for by name. A lot belongs to the change: drawn once, it outlives each round.

The same people are asked again about a new plan, and about what it did. Whoever cannot is passed over, and
the next in the order of that first draw is asked. So nobody draws until they like the people.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.kernel import chance, clock
from alongside.topics.decisions import models
from alongside.topics.decisions.commands.standing import pack_of
from alongside.topics.decisions.engine.lot import drawn
from alongside.topics.decisions.models import Change, ChangeState, RoundKind
from alongside.topics.people.models import Kinds, Link, LinkKind, Person, PersonState
from alongside.topics.people.policy import live, one_each_unnamed_too

IN_A_BODY = (*Kinds.MEMBERS, LinkKind.DRAWS_ON_SUPPORT)


def is_large(decision: models.Decision, group: models.Affected) -> bool:
    """Whether a group is so large that some of it are asked by name, by lot."""
    return (group.listed or 0) > pack_of(decision).number("decision.lot.over")


def lot_now(decision: models.Decision, group: models.Affected) -> dict[str, Any]:
    """A draw from the whole list of a group: the seed is made at the door, and nobody can choose it."""
    seed, of = (chance.mint().bytes + chance.mint().bytes).hex(), group.listed or 0
    size = min(of, pack_of(decision).number("decision.lot.size"))
    return {"seed": seed, "of": of, "size": size, "numbers": list(drawn(seed, of, size))}


def lot_to_judge(decision: models.Decision, group: models.Affected) -> dict[str, Any]:
    """Whom to ask by name of a large group: by the draw that there was, or by the first one now."""
    first = first_lot(decision.id, group.id)
    if first is None:
        return lot_now(decision, group)
    cannot = sorted(who_cannot(group))
    return {
        "seed": first.seed,
        "of": first.of,
        "size": first.size,
        "numbers": list(drawn(first.seed, first.of, first.size, without=cannot)),
        "first_lot": first.id,
        "passed": cannot,
    }


def first_lot(decision: UUID, group: UUID) -> models.Lot | None:
    """The draw of those of a group who judge what comes of this decision. There is one, whatever the plan."""
    lots = models.Lot.everything.filter(decision=decision, group=group, of_change__isnull=False)
    found: models.Lot | None = lots.filter(first_lot=None).order_by("made_by").first()
    return found


def who_cannot(group: models.Affected) -> set[int]:
    """The numbers on a list that nobody can ask: who left the lot, who is gone, and a second record of one
    person. Nobody who decides says so: leaving is said by the one who was drawn, without their name."""
    rows = list(models.Listed.everything.filter(group=group.id).order_by("number"))
    people = {row.person for row in rows}
    left = set(models.LotLeft.everything.filter(group=group.id).values_list("person", flat=True))
    who = one_each_unnamed_too(people | left, group.decision)
    gone = {who[one] for one in left} | (people - _there(group, people))
    found, seen = set[int](), set[UUID]()
    for row in rows:
        if who[row.person] in gone or row.person in gone or row.person in seen:
            found.add(row.number)
        seen.add(row.person)
    return found


def _there(group: models.Affected, people: set[UUID]) -> set[UUID]:
    """Those whose record is in use; of a list that came from a body, those who still belong to it. Whose
    membership the body itself ended is there still: it does not choose who judges what it does."""
    known = Person.everything.filter(id__in=people, state=PersonState.ACTIVE)
    if group.body is not None:
        belong = live(clock.now()) | Q(answer__isnull=False, confirmed_at__isnull=False)
        links = Link.everything.filter(belong, organisation=group.body, kind__in=IN_A_BODY)
        known = known.filter(id__in=links.values("person"))
    return set(known.values_list("id", flat=True))


# Who is counted by name -----------------------------------------------------------------------------


def round_of_lot(change: Change, *, end: models.ChangeStep | None = None) -> tuple[UUID, int] | None:
    """The change and its round in which those were asked whose judgement counts by name; nothing, where no
    lot was drawn. What was dropped and is proposed again waits for the same people. With `end`, as it was for
    the round that this ended."""
    lots = models.Lot.everything.filter(decision=change.decision)
    of_round = change.round
    if end is not None and end.ended is not None:
        lots, of_round = lots.filter(made_by__lt=end.made_by), end.ended
    if lots.filter(of_change=change.id, change_round=of_round).exists():
        return change.id, of_round
    same = [change.id]
    if change.group is None:
        dropped = Change.everything.filter(
            decision=change.decision, state=ChangeState.DROPPED, group__isnull=True
        )
        same += dropped.values_list("id", flat=True)
    last = lots.filter(of_change__in=same).order_by("-made_by").first()
    return None if last is None else (last.of_change, last.change_round)


def groups_asked(of: tuple[UUID, int]) -> list[UUID]:
    """The groups that were asked in one round of a change."""
    change, number = of
    rounds = models.Round.everything.filter(of_change=change, change_round=number, kind=RoundKind.JUDGE)
    return list(rounds.order_by("made_by").values_list("group", flat=True))


AGAIN = "asked_again"  # the step that a second asking leaves


def last_asked_again(change: Change) -> models.ChangeStep | None:
    """When those it affects were last asked again in the round of now, if they were."""
    steps = models.ChangeStep.everything.filter(of_change=change.id)
    ended = steps.filter(ended__isnull=False).order_by("-made_by").first()
    found = steps.filter(kind=AGAIN, made_by__gt=ended.made_by if ended else 0)
    last: models.ChangeStep | None = found.order_by("-made_by").first()
    return last


def asked_on_lists(change: Change) -> Any:
    """The rounds of messages that asked people on a list for the present judgement of a change."""
    return models.Round.everything.filter(
        of_change=change.id, change_round=change.round, kind=RoundKind.JUDGE
    )


def was_asked_again(change: Change) -> bool:
    """Whether those it affects were asked a second time: those on a list that word went to, on that list."""
    step = last_asked_again(change)
    if step is None:
        return False
    rounds = asked_on_lists(change)
    before = set(rounds.filter(made_by__lt=step.made_by).values_list("group", flat=True))
    return before <= set(rounds.filter(made_by__gt=step.made_by).values_list("group", flat=True))


def waits_for_the_drawn(change: Change) -> bool:
    """Whether those who were drawn before have not been asked again in this round."""
    of = round_of_lot(change)
    if of is None:
        return False
    now = set(groups_asked((change.id, change.round)))
    return not set(groups_asked(of)) <= now


def asked_by_lot(change: Change, *, end: models.ChangeStep | None = None) -> set[UUID] | None:
    """Who is asked by name to judge a change, where a lot was drawn for it; else nothing.

    Of a large group those drawn; of a small one that was asked beside it, everyone on its list.
    """
    of = round_of_lot(change, end=end)
    if of is None:
        return None
    drawn_in = models.Lot.everything.filter(of_change=of[0], change_round=of[1])
    lots = {lot.group: lot for lot in drawn_in.order_by("made_by")}  # of a second asking, the later one
    found: set[UUID] = set()
    for group in groups_asked(of):
        listed = models.Listed.everything.filter(group=group)
        if group in lots:
            listed = listed.filter(number__in=lots[group].drawn)
        found |= set(listed.values_list("person", flat=True))
    return found
